//! Objects with `StartAt` and `States`.

use indexmap::IndexMap;

use super::super::machine::StateMachine;
use super::super::state::QueryLanguage;
use super::fields::Fields;
use super::state::state;
use crate::source::Diagnostic;
use crate::source::json::{Node, NodeKind, Pointer};

/// What a machine is part of, for messages.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Definition,
    Branch,
    ItemProcessor,
}

impl Place {
    fn title(self) -> &'static str {
        match self {
            Place::Definition => "The state machine",
            Place::Branch => "The branch",
            Place::ItemProcessor => "The item processor",
        }
    }
}

pub(super) fn machine(
    node: &Node,
    pointer: Pointer,
    inherited: QueryLanguage,
    place: Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> StateMachine {
    // A message about the whole machine belongs to its opening bracket, not to all of its lines.
    let label = crate::source::Span::new(node.span.start as usize, node.span.start as usize + 1);
    let mut fields = Fields::new(
        node,
        label,
        place.title().into(),
        pointer.clone(),
        inherited,
        diagnostics,
    );
    let query_language = query_language(&mut fields).unwrap_or(inherited);
    let comment = fields.string("Comment");
    let timeout_seconds = fields.count("TimeoutSeconds");
    let start_at = fields.reference("StartAt");
    if fields.node("StartAt").is_none() {
        fields.missing("StartAt");
    }
    let states = fields.member("States");
    if states.is_none() {
        fields.missing("States");
    }
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
    if states.value.members().is_none() && states.value.kind != NodeKind::Missing {
        fields.wrong_type("States", &states.value, "an object of states");
    }
    let pointer = pointer.child("States");
    for member in states.value.members().unwrap_or_default() {
        let pointer = pointer.child(&member.key.name);
        let state = state(member, pointer, query_language, fields.diagnostics);
        machine.states.insert(state.name.clone(), state);
    }
    machine
}

/// `QueryLanguage`, where it is given and known.
pub(super) fn query_language(fields: &mut Fields<'_>) -> Option<QueryLanguage> {
    let text = fields.string("QueryLanguage")?;
    let known = [QueryLanguage::JsonPath, QueryLanguage::Jsonata]
        .into_iter()
        .find(|language| language.as_str() == &*text);
    if known.is_none()
        && let Some(node) = fields.node("QueryLanguage")
    {
        fields.wrong_type("QueryLanguage", node, "\"JSONPath\" or \"JSONata\"");
    }
    known
}
