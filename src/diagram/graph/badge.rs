//! The small signs on a node.

use crate::asl::{Integration, MapMode, Pattern, QueryLanguage, Setting, State, StateKind};

/// One sign, with its count where it has one.
///
/// An HTTP Task has no sign: its second line says HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Badge {
    /// Retry attempts of all Retriers together.
    Retry(u64),
    /// Catchers.
    Catch(usize),
    /// Iterations at a time; none if only the run tells.
    Concurrency(Option<u64>),
    /// Iterations run as executions of their own.
    Distributed,
    /// Waits until somebody sends the task token back.
    WaitsForToken,
    /// Speaks another language than its machine.
    QueryLanguage(QueryLanguage),
}

/// The signs of a state whose machine speaks `language`, in the order they are drawn.
pub fn badges(state: &State, language: QueryLanguage) -> Vec<Badge> {
    let mut badges = Vec::new();
    match &state.kind {
        StateKind::Task(task) => {
            let integration = task.resource.as_ref().map(|resource| &resource.integration);
            let pattern = integration.map(Integration::pattern);
            if pattern == Some(Pattern::WaitForTaskToken) {
                badges.push(Badge::WaitsForToken);
            }
        }
        StateKind::Map(map) => {
            if map.mode == MapMode::Distributed {
                badges.push(Badge::Distributed);
            }
            match map.max_concurrency {
                None | Some(Setting::Fixed(0)) => {}
                Some(Setting::Fixed(count)) => badges.push(Badge::Concurrency(Some(count))),
                Some(Setting::Dynamic(_)) => badges.push(Badge::Concurrency(None)),
            }
        }
        StateKind::Pass { .. }
        | StateKind::Choice { .. }
        | StateKind::Wait { .. }
        | StateKind::Succeed
        | StateKind::Fail { .. }
        | StateKind::Parallel(_)
        | StateKind::Unknown { .. } => {}
    }
    let attempts = (state.retriers().iter()).fold(0_u64, |sum, retrier| {
        sum.saturating_add(retrier.max_attempts)
    });
    if attempts > 0 {
        badges.push(Badge::Retry(attempts));
    }
    if !state.catchers().is_empty() {
        badges.push(Badge::Catch(state.catchers().len()));
    }
    if state.query_language != language {
        badges.push(Badge::QueryLanguage(state.query_language));
    }
    badges
}
