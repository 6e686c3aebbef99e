//! The steps of a path.

use std::fmt;
use std::sync::Arc;

use super::filter::Expression;
use super::function::{Argument, Function};

/// The steps after the root of a path.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps(pub Vec<Step>);

/// One step.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// `.name`, `['name']`, `['a','b']`; never empty.
    Names(Vec<Arc<str>>),
    /// `.*`, `[*]`
    Wildcard,
    /// `..`; another step always follows.
    Scan,
    /// `[0]`, `[0,-1]`; never empty.
    Indices(Vec<i64>),
    /// `[1:3]`, `[1:]`, `[:3]`
    Slice { from: Option<i64>, to: Option<i64> },
    /// `[?(…)]`
    Filter(Arc<Expression>),
    /// `.length()`
    Function(Function, Vec<Argument>),
}

impl Steps {
    /// Whether they lead to one value.
    pub fn is_definite(&self) -> bool {
        let last = self.0.len().saturating_sub(1);
        self.0
            .iter()
            .enumerate()
            .all(|(index, step)| step.is_definite(index == last))
    }

    /// Whether the last step calls a function.
    pub fn ends_in_function(&self) -> bool {
        matches!(self.0.last(), Some(Step::Function(..)))
    }
}

impl Step {
    /// Whether the step yields one value. Several names at the end of a path do: the
    /// object that holds them.
    pub fn is_definite(&self, is_last: bool) -> bool {
        match self {
            Step::Names(names) => names.len() == 1 || is_last,
            Step::Indices(indices) => indices.len() == 1,
            Step::Function(..) => true,
            Step::Wildcard | Step::Scan | Step::Slice { .. } | Step::Filter(_) => false,
        }
    }
}

/// Steps in the normal form that messages show.
pub(super) fn render(steps: &[Step]) -> String {
    std::iter::once("$".to_owned())
        .chain(steps.iter().map(Step::to_string))
        .collect()
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Names(names) => {
                let quoted: Vec<String> = names
                    .iter()
                    .map(|name| format!("'{}'", name.replace('\\', "\\\\").replace('\'', "\\'")))
                    .collect();
                write!(f, "[{}]", quoted.join(","))
            }
            Step::Wildcard => f.write_str("[*]"),
            Step::Scan => f.write_str(".."),
            Step::Indices(indices) => {
                let indices: Vec<String> = indices.iter().map(i64::to_string).collect();
                write!(f, "[{}]", indices.join(","))
            }
            Step::Slice { from, to } => {
                let text = |bound: &Option<i64>| bound.map(|n| n.to_string()).unwrap_or_default();
                write!(f, "[{}:{}]", text(from), text(to))
            }
            Step::Filter(_) => f.write_str("[?]"),
            Step::Function(function, _) => write!(f, ".{}", function.name()),
        }
    }
}
