//! Wait: lets time pass.

use std::time::Duration;

use super::super::data_flow::{self, Evaluator};
use super::super::execution::Execution;
use super::super::fault::Fault;
use super::super::frame::{Frame, FrameId};
use super::super::jsonata::unexpected;
use super::super::leave::Next;
use super::super::setting;
use super::super::timer::Alarm;
use crate::asl::{Setting, State, WaitFor};
use crate::source::json::Value;
use crate::time::Timestamp;

pub(in super::super) fn run(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    wait: Option<&WaitFor>,
) -> Result<(), Fault> {
    let until = until(run, id, state, wait)?;
    let timer = run.timers.set(until, Alarm::WaitOver(id));
    if let Some(visit) = run.frames.get_mut(&id).and_then(Frame::visit_mut) {
        visit.timers.push(timer);
    }
    Ok(())
}

/// The time is over.
pub(in super::super) fn is_over(
    run: &mut Execution,
    id: FrameId,
    state: &State,
) -> Result<(), Fault> {
    let raw = data_flow::raw_input(run, id);
    let mut evaluator = data_flow::evaluator(run, id, state);
    let passed = evaluator.pass_on(&state.data_flow, &raw)?;
    run.exit(id, state, passed.to(Next::of(&state.transition)))
}

fn until(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    wait: Option<&WaitFor>,
) -> Result<Timestamp, Fault> {
    let now = run.now;
    let Some(wait) = wait else {
        let cause = "The Wait state does not say how long to wait.";
        return Err(Fault::runtime(cause));
    };
    let raw = data_flow::raw_input(run, id);
    let mut evaluator = data_flow::evaluator(run, id, state);
    let input = evaluator.input(&state.data_flow, &raw)?;
    match wait {
        WaitFor::Seconds(seconds) => {
            let seconds = setting::seconds(&mut evaluator, seconds, &input)?;
            Ok(now + Duration::from_secs(seconds))
        }
        WaitFor::Timestamp(Setting::Fixed(text)) => timestamp(&evaluator, text, text),
        WaitFor::Timestamp(Setting::Dynamic(expression)) => {
            let value = evaluator.setting("Timestamp", expression, &input)?;
            let text = match (&evaluator, value) {
                (_, Value::String(text)) => text,
                (Evaluator::JsonPath(_), value) => value.to_string().into(),
                (Evaluator::Jsonata(_), value) => {
                    return Err(unexpected("Timestamp", expression, "string", &value));
                }
            };
            timestamp(&evaluator, &text, &expression.text)
        }
    }
}

fn timestamp(evaluator: &Evaluator, text: &str, written: &str) -> Result<Timestamp, Fault> {
    Timestamp::parse_rfc3339(text).ok_or_else(|| match evaluator {
        Evaluator::JsonPath(_) => Fault::runtime(format!(
            "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: {written} == {text}"
        )),
        // Learned from recordings: this event follows the one of entering.
        Evaluator::Jsonata(_) => Fault {
            is_after_entering: true,
            ..Fault::evaluation("Timestamp", format!(
                "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: {text}"
            ))
        },
    })
}
