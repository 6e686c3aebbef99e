//! Objects with `StartAt` and `States`.

use indexmap::IndexMap;

use super::super::machine::StateMachine;
use super::super::state::QueryLanguage;
use super::super::validate::WRONG_TYPE;
use super::fields::Fields;
use super::state::state;
use crate::source::Diagnostic;
use crate::source::json::{Node, NodeKind, Pointer};

/// Fields of a machine that are no states, wherever they stand.
const MACHINE_FIELDS: [&str; 5] = [
    "Comment",
    "QueryLanguage",
    "StartAt",
    "TimeoutSeconds",
    "Version",
];

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
    let states = fields.member("States");
    match (fields.node("StartAt").is_none(), states.is_none()) {
        (true, true) => fields.missing_both(),
        (true, false) => fields.missing("StartAt"),
        (false, true) => fields.missing("States"),
        (false, false) => {}
    }
    // Without states the start leads nowhere, which the missing States already says.
    let has_states = states.is_some_and(|states| states.value.members().is_some());
    let mut machine = StateMachine {
        pointer: pointer.clone(),
        span: node.span,
        comment,
        query_language,
        timeout_seconds,
        start_at: start_at.filter(|_| has_states),
        states: IndexMap::new(),
    };
    let Some(states) = states else { return machine };
    if states.value.members().is_none() && states.value.kind != NodeKind::Missing {
        fields.wrong_type("States", &states.value, "an object of states by name");
    }
    let pointer = pointer.child("States");
    for member in states.value.members().unwrap_or_default() {
        let name = &member.key.name;
        if MACHINE_FIELDS.contains(&&**name) && member.value.members().is_none() {
            let message = format!("{name} belongs beside States, not in it");
            let problem = Diagnostic::error(WRONG_TYPE.code, member.key.span, message)
                .with_hint("Move it out of States: it is a field of the state machine");
            fields.diagnostics.push(problem);
            continue;
        }
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
