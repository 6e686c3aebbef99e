//! Objects with `StartAt` and `States`.

use indexmap::IndexMap;

use super::super::field::{Owner, field};
use super::super::machine::StateMachine;
use super::super::state::QueryLanguage;
use super::fields::Fields;
use super::state::state;
use crate::source::Diagnostic;
use crate::source::json::{Node, Pointer};

pub(super) fn machine(
    node: &Node,
    pointer: Pointer,
    inherited: QueryLanguage,
    unresolved: &mut Vec<Diagnostic>,
) -> StateMachine {
    let mut fields = Fields::new(node, pointer.clone(), inherited, unresolved);
    let query_language = query_language(&mut fields).unwrap_or(inherited);
    let comment = fields.string("Comment");
    let timeout_seconds = fields.count("TimeoutSeconds");
    let start_at = fields.reference("StartAt");
    let states = fields.member("States");
    let mut machine = StateMachine {
        pointer: pointer.clone(),
        span: node.span,
        comment,
        query_language,
        timeout_seconds,
        start_at,
        states: IndexMap::new(),
    };
    let Some(states) = states else { return machine };
    let pointer = pointer.child("States");
    for member in states.value.members().unwrap_or_default() {
        if member.value.members().is_none() && is_field(&member.key.name) {
            continue;
        }
        let pointer = pointer.child(&member.key.name);
        let state = state(member, pointer, query_language, fields.unresolved);
        machine.states.insert(state.name.clone(), state);
    }
    machine
}

/// `QueryLanguage`, where it is given and known.
pub(super) fn query_language(fields: &mut Fields<'_>) -> Option<QueryLanguage> {
    let text = fields.string("QueryLanguage")?;
    [QueryLanguage::JsonPath, QueryLanguage::Jsonata]
        .into_iter()
        .find(|language| language.as_str() == &*text)
}

/// Whether a member of `States` is a field of the machine that has slipped in.
fn is_field(name: &str) -> bool {
    field(Owner::StateMachine, name).is_some()
}
