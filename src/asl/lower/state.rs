//! One state of each type.

use std::sync::Arc;

use super::super::expression::Expression;
use super::super::resource::Resource;
use super::super::state::{
    DataFlow, FailText, Parallel, QueryLanguage, State, StateKind, StateType, Task, Transition,
    WaitFor,
};
use super::choice::choice_rules;
use super::error_handling::{catchers, retriers};
use super::fields::Fields;
use super::machine::{machine, query_language};
use super::map::map;
use crate::source::Diagnostic;
use crate::source::json::{Member, NodeKind, Pointer};

pub(super) fn state(
    member: &Member,
    pointer: Pointer,
    inherited: QueryLanguage,
    unresolved: &mut Vec<Diagnostic>,
) -> State {
    let name = &member.key.name;
    let mut fields = Fields::new(&member.value, pointer.clone(), inherited, unresolved);
    fields.language = query_language(&mut fields).unwrap_or(inherited);
    let query_language = fields.language;
    let comment = fields.string("Comment");
    let state_type = state_type(&mut fields);
    let data_flow = DataFlow {
        input_path: fields.path("InputPath"),
        parameters: fields.template("Parameters"),
        result_selector: fields.template("ResultSelector"),
        result_path: fields.path("ResultPath"),
        output_path: fields.path("OutputPath"),
        assign: fields.template("Assign"),
        arguments: fields.template("Arguments"),
        output: fields.template("Output"),
    };
    let transition = transition(&mut fields);
    let kind = match state_type {
        Some(StateType::Task) => StateKind::Task(task(&mut fields)),
        Some(StateType::Pass) => {
            let result = fields
                .node("Result")
                .filter(|node| node.kind != NodeKind::Missing);
            StateKind::Pass {
                result: result.map(|node| node.to_value()),
            }
        }
        Some(StateType::Choice) => {
            let default = fields.reference("Default");
            StateKind::Choice {
                rules: choice_rules(&mut fields),
                default,
            }
        }
        Some(StateType::Wait) => StateKind::Wait {
            wait: wait_for(&mut fields),
        },
        Some(StateType::Succeed) => StateKind::Succeed,
        Some(StateType::Fail) => StateKind::Fail {
            error: fail_text(&mut fields, "Error"),
            cause: fail_text(&mut fields, "Cause"),
        },
        Some(StateType::Parallel) => StateKind::Parallel(parallel(&mut fields, inherited)),
        Some(StateType::Map) => StateKind::Map(map(&mut fields, inherited, &data_flow)),
        None => {
            let type_name = fields.node("Type").and_then(|node| node.as_str()).cloned();
            StateKind::Unknown { type_name }
        }
    };
    State {
        name: name.clone(),
        name_span: member.key.span,
        pointer,
        span: member.span(),
        comment,
        query_language,
        data_flow,
        transition,
        kind,
    }
}

fn state_type(fields: &mut Fields<'_>) -> Option<StateType> {
    let node = fields.node("Type")?;
    let state_type = StateType::parse(node.as_str().map_or("", |text| text));
    if state_type.is_none() {
        fields.unresolved("Type", node, "a state type");
    }
    state_type
}

fn transition(fields: &mut Fields<'_>) -> Transition {
    let next = fields.reference("Next");
    let end = fields.boolean("End");
    if let Some(next) = next {
        return Transition::Next(next);
    }
    if end == Some(true) {
        return Transition::End;
    }
    Transition::None
}

fn task(fields: &mut Fields<'_>) -> Task {
    let resource = fields.node("Resource").map(|node| node.span);
    let text = fields.string("Resource");
    Task {
        resource: text
            .zip(resource)
            .map(|(text, span)| Resource::read(text, span)),
        timeout: fields.count_setting("TimeoutSeconds"),
        heartbeat: fields.count_setting("HeartbeatSeconds"),
        credentials: fields.template("Credentials"),
        retry: retriers(fields),
        catch: catchers(fields),
    }
}

fn wait_for(fields: &mut Fields<'_>) -> Option<WaitFor> {
    let seconds = fields.count_setting("Seconds").map(WaitFor::Seconds);
    let timestamp = fields.string_setting("Timestamp").map(WaitFor::Timestamp);
    seconds.or(timestamp)
}

fn fail_text(fields: &mut Fields<'_>, name: &str) -> Option<FailText> {
    if let Some(expression) = fields.expression(&format!("{name}Path")) {
        return Some(FailText::Dynamic(expression));
    }
    let node = fields.node(name)?;
    let text = fields.string(name)?;
    if fields.language == QueryLanguage::Jsonata
        && let Some(expression) = Expression::jsonata(&text, node.span)
    {
        return Some(FailText::Dynamic(expression));
    }
    Some(FailText::Literal(text))
}

/// Nested machines have the language of the whole, whatever the state around them says.
fn parallel(fields: &mut Fields<'_>, inherited: QueryLanguage) -> Parallel {
    let pointer = fields.pointer.child("Branches");
    let nodes = fields.array("Branches").unwrap_or_default();
    let branches = nodes
        .iter()
        .enumerate()
        .map(|(index, node)| {
            let pointer = pointer.index(index);
            Arc::new(machine(node, pointer, inherited, fields.unresolved))
        })
        .collect();
    Parallel {
        branches,
        retry: retriers(fields),
        catch: catchers(fields),
    }
}
