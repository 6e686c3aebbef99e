//! JSON that is something else, and texts that are almost JSON: parts of a definition, answers
//! of the API, histories, mocks.

use super::{Finding, as_object, first, taken_out};
use crate::asl::StateType;
use crate::execution::history::HistoryEventType;
use crate::source::json::{Node, NodeKind, Value, parse};
use crate::source::{Diagnostic, Span};

/// What a JSON text is.
pub(super) fn recognize(text: &str, root: &Node) -> Option<Diagnostic> {
    let finding = in_a_string(text, root)
        .or_else(|| in_an_answer(text, root))
        .or_else(|| history(text, root))
        .or_else(|| mocks(root))
        .or_else(|| state(text, root))
        .or_else(|| states(text, root))
        .or_else(|| no_object(text, root))?;
    Some(finding.diagnostic(text))
}

/// What a YAML text is.
pub(super) fn recognize_yaml(text: &str, root: &Node) -> Option<Diagnostic> {
    let finding = history(text, root)
        .or_else(|| mocks(root))
        .or_else(|| no_object(text, root))?;
    Some(finding.diagnostic(text))
}

/// What a text is that is not JSON but close to it.
pub(super) fn recognize_broken(text: &str) -> Option<Diagnostic> {
    let finding = fenced(text)
        .or_else(|| escaped(text))
        .or_else(|| without_braces(text))?;
    Some(finding.diagnostic(text))
}

/// The first character of a node, so that not the whole text is underlined.
fn mark(text: &str, node: &Node) -> Span {
    Span::char_at(text, node.span.start as usize)
}

fn in_a_string(text: &str, root: &Node) -> Option<Finding> {
    let inner = as_object(root.as_str()?)?;
    Some(Finding {
        span: mark(text, root),
        message: "This is a definition inside a string".into(),
        hint: "Take it out of its quotes and escapes",
        fixes: vec![("Open the definition in the string".into(), inner)],
    })
}

/// An answer of `DescribeStateMachine` and the like.
fn in_an_answer(text: &str, root: &Node) -> Option<Finding> {
    let member = root.member("definition")?;
    let inner = match member.value.as_str() {
        Some(inner) => as_object(inner),
        None => member
            .value
            .members()
            .map(|_| taken_out(text, &member.value)),
    };
    Some(Finding {
        span: member.key.span,
        message: "This is an answer of the Step Functions API; its member “definition” holds the definition".into(),
        hint: "Open what the member “definition” holds",
        fixes: inner.map(|inner| ("Open the definition".into(), inner)).into_iter().collect(),
    })
}

fn history(text: &str, root: &Node) -> Option<Finding> {
    let events = root.items().or_else(|| root.get("events")?.items())?;
    let is_event = |event: &Node| {
        let name = event.get("type").and_then(Node::as_str);
        name.is_some_and(|name| HistoryEventType::parse(name).is_some())
    };
    events.first().filter(|event| is_event(event))?;
    Some(Finding {
        span: mark(text, root),
        message: "This is the history of an execution, not a definition".into(),
        hint: "Paste the definition of the state machine; DescribeStateMachineForExecution answers it",
        fixes: Vec::new(),
    })
}

fn mocks(root: &Node) -> Option<Finding> {
    let member = root.member("MockedResponses")?;
    Some(Finding {
        span: member.key.span,
        message: "This is a mock configuration, not a definition".into(),
        hint: "Paste it into Mocks, under Input and mocks",
        fixes: Vec::new(),
    })
}

fn state_type(node: &Node) -> Option<StateType> {
    StateType::parse(node.get("Type")?.as_str()?)
}

fn state(text: &str, root: &Node) -> Option<Finding> {
    let state_type = state_type(root)?;
    let name = Value::from(state_type.as_str());
    let state = indented(root.span.of(text), 4);
    let machine =
        format!("{{\n  \"StartAt\": {name},\n  \"States\": {{\n    {name}: {state}\n  }}\n}}\n");
    Some(Finding {
        span: root.member("Type")?.key.span,
        message: format!("This is a single {state_type} state, not a state machine"),
        hint: "A state machine holds its states by name in States and says in StartAt where to begin",
        fixes: vec![("Make a state machine of it".into(), machine)],
    })
}

fn states(text: &str, root: &Node) -> Option<Finding> {
    let members = root.members()?;
    let start = members.first()?;
    if !members
        .iter()
        .all(|member| state_type(&member.value).is_some())
    {
        return None;
    }
    let name = start.key.span.of(text);
    let states = indented(root.span.of(text), 2);
    let machine = format!("{{\n  \"StartAt\": {name},\n  \"States\": {states}\n}}\n");
    Some(Finding {
        span: start.key.span,
        message: "These are states without a state machine around them".into(),
        hint: "A state machine holds its states by name in States and says in StartAt where to begin",
        fixes: vec![("Make a state machine of them".into(), machine)],
    })
}

fn no_object(text: &str, root: &Node) -> Option<Finding> {
    if root.members().is_some() || root.kind == NodeKind::Missing {
        return None;
    }
    Some(Finding {
        span: mark(text, root),
        message: format!("This is {}, not a definition", root.describe()),
        hint: "A definition is an object with StartAt and States",
        fixes: Vec::new(),
    })
}

/// A block of Markdown.
fn fenced(text: &str) -> Option<Finding> {
    let body = text.trim().strip_prefix("```")?;
    let (_, body) = body.split_once('\n')?;
    let body = body.trim_end().trim_end_matches('`');
    let fixes = vec![("Remove the code fence".to_owned(), body.to_owned())];
    Some(Finding {
        span: first(text),
        message: "The definition stands in a Markdown code fence".into(),
        hint: "Remove the lines with ```",
        fixes,
    })
}

/// The inside of a JSON string.
fn escaped(text: &str) -> Option<Finding> {
    let trimmed = text.trim();
    let inner = trimmed
        .strip_prefix('{')?
        .trim_start_matches("\\n")
        .trim_start();
    if !inner.starts_with("\\\"") {
        return None;
    }
    let string = Value::parse(&format!("\"{trimmed}\"")).ok();
    let inner = string.as_ref().and_then(Value::as_str).and_then(as_object);
    let at = text.find('\\')?;
    Some(Finding {
        span: Span::new(at, at + 1),
        message: "This text was copied out of a string: its quotes are escaped".into(),
        hint: "Remove the backslashes",
        fixes: inner
            .map(|inner| ("Remove the escapes".into(), inner))
            .into_iter()
            .collect(),
    })
}

/// Members without the braces of their object.
fn without_braces(text: &str) -> Option<Finding> {
    let trimmed = text.trim().trim_end_matches(',');
    if !trimmed.starts_with('"') {
        return None;
    }
    let braced = [format!("{{{trimmed}"), format!("{{{trimmed}}}")];
    let braced = braced.into_iter().find(|text| {
        let parse = parse(text);
        parse.errors.is_empty() && parse.root.members().is_some()
    })?;
    let root = parse(&braced).root;
    if let Some(states) = states(&braced, &root) {
        return Some(Finding {
            span: first(text),
            ..states
        });
    }
    Some(Finding {
        span: first(text),
        message: "The opening { of the definition is missing".into(),
        hint: "Put { before the first member",
        fixes: vec![("Add the missing braces".into(), braced)],
    })
}

/// All lines but the first moved to the right.
fn indented(text: &str, by: usize) -> String {
    text.replace('\n', &format!("\n{}", " ".repeat(by)))
}
