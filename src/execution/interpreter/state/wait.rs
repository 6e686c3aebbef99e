//! Wait: lets time pass.

use std::sync::Arc;
use std::time::Duration;

use super::super::data_flow;
use super::super::execution::Execution;
use super::super::fault::Fault;
use super::super::frame::{Frame, FrameId};
use super::super::leave::{Exit, Next};
use super::super::timer::Alarm;
use crate::asl::{Expression, Setting, State, WaitFor};
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
    let flow = &state.data_flow;
    let mut evaluator = data_flow::evaluator(run, id, state)?;
    let input = evaluator.input_path(flow.input_path.as_ref(), &raw)?;
    let output = evaluator.output_path(flow.output_path.as_ref(), &input)?;
    let assigned = evaluator.assign(flow.assign.as_ref(), &input)?;
    let next = Next::of(&state.transition);
    run.exit(
        id,
        state,
        Exit {
            output,
            assigned,
            next,
        },
    )
}

fn until(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    wait: Option<&WaitFor>,
) -> Result<Timestamp, Fault> {
    let now = run.now;
    match wait {
        None => Err(Fault::runtime(
            "The Wait state does not say how long to wait.",
        )),
        Some(WaitFor::Seconds(Setting::Fixed(seconds))) => Ok(now + Duration::from_secs(*seconds)),
        Some(WaitFor::Seconds(Setting::Dynamic(path))) => {
            let value = read(run, id, state, "SecondsPath", path)?;
            Ok(now + Duration::from_secs(seconds(&value, path)?))
        }
        Some(WaitFor::Timestamp(Setting::Fixed(text))) => timestamp(text, "Timestamp", text),
        Some(WaitFor::Timestamp(Setting::Dynamic(path))) => {
            let value = read(run, id, state, "TimestampPath", path)?;
            let text = value
                .as_str()
                .map_or_else(|| value.to_string().into(), Arc::<str>::from);
            timestamp(&text, "TimestampPath", &path.text)
        }
    }
}

fn read(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    field: &str,
    path: &Expression,
) -> Result<Value, Fault> {
    let raw = data_flow::raw_input(run, id);
    let mut evaluator = data_flow::evaluator(run, id, state)?;
    let input = evaluator.input_path(state.data_flow.input_path.as_ref(), &raw)?;
    evaluator.setting(field, path, &input)
}

/// Whole seconds, with the service's words for everything else.
fn seconds(value: &Value, path: &Expression) -> Result<u64, Fault> {
    let number = value
        .as_number()
        .filter(|number| number.is_integer_literal());
    let Some(seconds) = number.and_then(|number| number.as_i64()) else {
        return Err(Fault::runtime(format!(
            "The SecondsPath parameter cannot be parsed as a long value: {} == {value}",
            path.text
        )));
    };
    u64::try_from(seconds).map_err(|_| {
        Fault::runtime(format!(
            "The SecondsPath parameter references a negative value: {} == {seconds}",
            path.text
        ))
    })
}

fn timestamp(text: &str, field: &str, path: &str) -> Result<Timestamp, Fault> {
    Timestamp::parse_rfc3339(text).ok_or_else(|| {
        Fault::runtime(format!(
            "The {field} parameter does not reference a valid ISO-8601 extended offset date-time format string: {path} == {text}"
        ))
    })
}
