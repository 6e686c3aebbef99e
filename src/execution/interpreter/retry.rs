//! Retriers: whether, and when, a failed state is tried again.

use std::time::Duration;

use super::execution::Execution;
use super::frame::{Frame, FrameId};
use super::timer::Alarm;
use crate::asl::{Jitter, Retrier, State};
use crate::execution::history::Failure;

/// Plans another attempt if a Retrier of the state wants one.
///
/// The first Retrier that knows the error decides; when its attempts are used up no
/// other Retrier is asked.
pub(super) fn schedule(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    failure: &Failure,
    alias: Option<&str>,
) -> bool {
    let retriers = state.retriers().iter().enumerate();
    let found = retriers
        .into_iter()
        .find(|(_, retrier)| names(&retrier.error_equals, failure.error_name(), alias));
    let Some((index, retrier)) = found else {
        return false;
    };
    let Some(visit) = run.frames.get_mut(&id).and_then(Frame::visit_mut) else {
        return false;
    };
    let Some(retries) = visit.retries.get_mut(index) else {
        return false;
    };
    if *retries >= retrier.max_attempts {
        return false;
    }
    let mut delay = backoff(retrier, *retries);
    *retries += 1;
    visit.retry_count += 1;
    if retrier.jitter == Jitter::Full {
        delay = run.entropy.part_of(delay);
    }
    let timer = run.timers.set(run.now + delay, Alarm::Retry(id));
    if let Some(visit) = run.frames.get_mut(&id).and_then(Frame::visit_mut) {
        visit.timers.push(timer);
    }
    true
}

/// The Retrier of a state that knows an error, and the back-off without jitter if it has
/// attempts left after `retries`.
pub(super) fn planned(
    state: &State,
    failure: &Failure,
    alias: Option<&str>,
    retries: u64,
) -> Option<(usize, Option<Duration>)> {
    let mut retriers = state.retriers().iter().enumerate();
    let (index, retrier) =
        retriers.find(|(_, retrier)| names(&retrier.error_equals, failure.error_name(), alias))?;
    let has_more = retries < retrier.max_attempts;
    Some((index, has_more.then(|| backoff(retrier, retries))))
}

/// Whether `ErrorEquals` knows an error.
///
/// `States.ALL` knows every error; `States.TaskFailed` every one but a timeout.
pub(super) fn names(
    error_equals: &[std::sync::Arc<str>],
    error: &str,
    alias: Option<&str>,
) -> bool {
    error_equals.iter().any(|name| match &**name {
        "States.ALL" => true,
        "States.TaskFailed" => error != "States.Timeout",
        name => name == error || Some(name) == alias,
    })
}

/// The delay before retry number `retries`, counted from 0, without jitter.
fn backoff(retrier: &Retrier, retries: u64) -> Duration {
    let exponent = i32::try_from(retries).unwrap_or(i32::MAX);
    let seconds = retrier.interval_seconds as f64 * retrier.backoff_rate.powi(exponent);
    let longest = retrier
        .max_delay_seconds
        .map_or(f64::INFINITY, |limit| limit as f64);
    // A year is far beyond what the service allows and keeps the arithmetic finite.
    let seconds = seconds.min(longest).clamp(0.0, 31_622_400.0);
    Duration::from_millis((seconds * 1000.0).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::Pointer;
    use crate::source::Span;

    fn retrier(interval: u64, rate: f64, limit: Option<u64>) -> Retrier {
        Retrier {
            pointer: Pointer::root(),
            span: Span::new(0, 0),
            error_equals: Vec::new(),
            interval_seconds: interval,
            max_attempts: 3,
            backoff_rate: rate,
            max_delay_seconds: limit,
            jitter: Jitter::None,
        }
    }

    #[test]
    fn backs_off_up_to_the_limit() {
        let seconds = |retrier: &Retrier, n| backoff(retrier, n).as_secs_f64();
        let plain = retrier(3, 1.5, None);
        assert_eq!([0, 1, 2].map(|n| seconds(&plain, n)), [3.0, 4.5, 6.75]);
        let limited = retrier(3, 2.0, Some(10));
        assert_eq!(
            [0, 1, 2, 60].map(|n| seconds(&limited, n)),
            [3.0, 6.0, 10.0, 10.0]
        );
        assert!(seconds(&plain, u64::MAX).is_finite());
    }

    #[test]
    fn wildcards_know_what_they_should() {
        let names = |list: &[&str], error| {
            let list: Vec<_> = list.iter().map(|name| (*name).into()).collect();
            super::names(&list, error, None)
        };
        assert!(names(&["States.ALL"], "States.Timeout"));
        assert!(names(&["States.TaskFailed"], "Custom"));
        assert!(!names(&["States.TaskFailed"], "States.Timeout"));
        assert!(names(&["A", "B"], "B"));
        assert!(!names(&["A"], ""));
    }
}
