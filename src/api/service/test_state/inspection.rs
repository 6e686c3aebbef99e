//! What a test showed, as the answer tells it.

use std::sync::Arc;

use super::{Seen, Test, failure};
use crate::api::types::test_state::{InspectionData, InspectionErrorDetails, TestStateOutput};
use crate::asl::{QueryLanguage, Setting, State, StateKind};
use crate::execution::interpreter::{
    Given, MapInputs, Outcome, Sighting, Stages, TaskResult, map_inputs, stages,
};
use crate::source::json::{Object, Value};

/// The answer.
pub(super) fn tell(test: &Test<'_>, seen: &Seen) -> TestStateOutput {
    let nothing = Sighting::default();
    let sighting = seen.execution.sighting().unwrap_or(&nothing);
    let outcome = seen.execution.outcome();
    let output = match outcome {
        Some(Outcome::Succeeded(output)) => Some(output),
        _ => None,
    };
    let status = match (outcome, sighting.caught, sighting.retry) {
        (Some(Outcome::Succeeded(_)), Some(_), _) => "CAUGHT_ERROR",
        (Some(Outcome::Succeeded(_)), None, _) => "SUCCEEDED",
        (_, _, Some((_, Some(_)))) => "RETRIABLE",
        _ => "FAILED",
    };
    let caught = sighting
        .failure
        .as_ref()
        .filter(|_| sighting.caught.is_some());
    let failure = failure(seen).or(caught);
    let has_data = matches!(
        test.input.inspection_level.as_deref(),
        Some("DEBUG" | "TRACE")
    );
    TestStateOutput {
        output: output.map(text),
        error: failure.and_then(|failure| failure.error.clone()),
        cause: failure.and_then(|failure| failure.cause.clone()),
        inspection_data: has_data.then(|| data(test, seen, sighting)),
        next_state: sighting.next.clone(),
        status: status.into(),
    }
}

fn text(value: &Value) -> Arc<str> {
    value.to_string().into()
}

fn data(test: &Test<'_>, seen: &Seen, sighting: &Sighting) -> InspectionData {
    let (stages, inputs) = worked_out(test, seen, sighting);
    let shown = shown(&test.state);
    let keep =
        |stage: &Option<Value>, is_shown: bool| stage.as_ref().filter(|_| is_shown).map(text);
    let is_json_path = test.state.query_language == QueryLanguage::JsonPath;
    let sent = seen.sent.as_ref().map(|request| text(&request.input));
    let map = match &test.state.kind {
        StateKind::Map(map) if sighting.max_concurrency.is_some() => Some(map),
        _ => None,
    };
    let fixed = |setting: Option<&Setting<u64>>| match setting {
        Some(Setting::Fixed(count)) => Some(*count),
        Some(Setting::Dynamic(_)) | None => None,
    };
    let variables: Object = sighting.variables.clone().into_iter().collect();
    InspectionData {
        input: Some(text(&test.content)),
        after_arguments: sent.filter(|_| !is_json_path),
        after_input_path: keep(&stages.after_input_path, shown.input_path),
        after_parameters: keep(&stages.after_parameters, shown.parameters),
        result: keep(&stages.result, shown.result),
        after_result_selector: keep(&stages.after_result_selector, shown.after_result),
        after_result_path: keep(&stages.after_result_path, shown.after_result),
        request: None,
        response: None,
        variables: (!variables.is_empty()).then(|| text(&variables.into())),
        error_details: error_details(sighting),
        after_items_path: keep(&stages.after_items_path, shown.items_path && map.is_some()),
        after_item_selector: keep(&inputs.after_item_selector, map.is_some()),
        after_item_batcher: keep(&inputs.after_item_batcher, map.is_some()),
        after_items_pointer: keep(&inputs.after_items_pointer, map.is_some()),
        tolerated_failure_count: map.and_then(|map| fixed(map.tolerated_failure_count.as_ref())),
        tolerated_failure_percentage: None,
        max_concurrency: sighting.max_concurrency,
    }
}

fn error_details(sighting: &Sighting) -> Option<InspectionErrorDetails> {
    let (retry, caught) = (sighting.retry, sighting.caught);
    (retry.is_some() || caught.is_some()).then(|| InspectionErrorDetails {
        catch_index: caught.map(|index| index as u64),
        retry_index: retry.map(|(index, _)| index as u64),
        retry_backoff_interval_seconds: retry.and_then(|(_, backoff)| Some(backoff?.as_secs())),
    })
}

/// Which stages the answer shows, by the type of the state.
struct Shown {
    input_path: bool,
    parameters: bool,
    items_path: bool,
    result: bool,
    after_result: bool,
}

/// Learned from recordings: JSONata states show none of the stages of JSONPath; a Pass
/// state shows its `Result` or what it does without one, never both; a Map state does not
/// show its result.
fn shown(state: &State) -> Shown {
    let is_json_path = state.query_language == QueryLanguage::JsonPath;
    let (parameters, items_path, result, after_result) = match &state.kind {
        StateKind::Task(_) => (true, false, true, true),
        StateKind::Parallel(_) => (true, false, true, true),
        StateKind::Map(_) => (false, true, false, true),
        StateKind::Pass { result } => (result.is_none(), false, result.is_some(), true),
        StateKind::Choice { .. }
        | StateKind::Wait { .. }
        | StateKind::Succeed
        | StateKind::Fail { .. }
        | StateKind::Unknown { .. } => (false, false, false, false),
    };
    let has_fixed_result = matches!(&state.kind, StateKind::Pass { result: Some(_) });
    Shown {
        input_path: is_json_path && !has_fixed_result,
        parameters: is_json_path && parameters,
        items_path: is_json_path && items_path,
        result: result && (is_json_path || matches!(state.kind, StateKind::Task(_))),
        after_result: is_json_path && after_result,
    }
}

/// The stages of the data, from what is known of the run.
fn worked_out(test: &Test<'_>, seen: &Seen, sighting: &Sighting) -> (Stages, MapInputs) {
    let is_reached = super::failure(seen).is_none() || seen.sent.is_some();
    let result = match &seen.result {
        Some(TaskResult::Success(value)) if is_reached => Some(value.clone()),
        Some(_) | None => None,
    };
    let output = match seen.execution.outcome() {
        Some(Outcome::Succeeded(output)) if sighting.caught.is_none() => Some(output.clone()),
        _ => None,
    };
    let variables = test.variables.as_object().map(Object::iter);
    let variables = variables.into_iter().flatten();
    let given = Given {
        state: &test.state,
        context: test.context.clone(),
        variables: variables
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        input: test.content.clone(),
        parameters: seen.sent.as_ref().map(|request| request.input.clone()),
        result,
        output,
    };
    let configuration = test.input.state_configuration.as_ref();
    let data = configuration.and_then(|it| it.map_item_reader_data.as_deref());
    let data = data.and_then(|text| Value::parse(text).ok());
    let inputs = map_inputs(&given, data.as_ref());
    (stages(given), inputs)
}
