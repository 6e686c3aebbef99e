//! A required field is not there.

use super::Rule;
use super::finding::{Report, Said};
use super::place::Object;
use super::suggest::closest;
use crate::asl::field::{self, Field, Owner, Presence};
use crate::source::json::{NodeKind, Value};
use crate::source::{Code, Diagnostic, Span, TextEdit};

/// Required fields are there.
pub const MISSING_FIELD: Rule = Rule {
    code: Code("MISSING_FIELD"),
    demand: "A state machine has StartAt and States, a state has Type and the fields its type requires, \
             and a state that does not end the execution says what is next.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass"}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#,
    ..Rule::STANDARD
};

/// Reports required fields that are missing; the keys of members that explain why.
pub(super) fn check(report: &mut Report<'_>, object: &Object<'_>) -> Vec<Span> {
    let mut explained = Vec::new();
    let required: Vec<&str> = rows(object)
        .filter(|field| field.is_required() && !is_checked_elsewhere(object, field))
        .map(|field| field.name)
        .filter(|name| !object.has(name))
        .collect();
    if !required.is_empty() {
        let list = required.join(", ");
        let said = Said::schema(
            object.location,
            format!("These fields are required: [{list}]"),
        );
        let own = match (object.owner, required.as_slice()) {
            (Owner::StateMachine | Owner::Branch | Owner::ItemProcessor, ["StartAt", "States"]) => {
                neither(object, &mut explained)
            }
            _ => own(object, &required.join(" and "), &required, &mut explained),
        };
        report.add(own, said);
    }
    for names in groups(object) {
        if names.iter().any(|name| is_given(object, name)) {
            continue;
        }
        let list = service_order(names).join(", ");
        let said = format!("This object should have only one of the following fields: [{list}]");
        let wanted: Vec<&str> = allowed(object, names).collect();
        let own =
            is_told(object, names).then(|| own(object, &or(&wanted), &wanted, &mut explained));
        report.add(own, Said::schema(object.location, said));
    }
    explained
}

/// A field whose value cannot be read says enough of itself.
fn is_told(object: &Object<'_>, names: &[&str]) -> bool {
    let is_readable = |name: &&str| {
        let node = object.get(name);
        node.is_none_or(|node| matches!(node.kind, NodeKind::Bool(_)))
    };
    names.iter().all(is_readable)
}

/// The rows of fields that the object may have in its language.
fn rows(object: &Object<'_>) -> impl Iterator<Item = &'static Field> {
    let language = object.language;
    field::fields(object.owner).filter(move |field| field.is_allowed_in(language))
}

/// The lists of which one field must be there.
pub(super) fn groups(object: &Object<'_>) -> Vec<&'static [&'static str]> {
    let mut groups: Vec<&'static [&'static str]> = Vec::new();
    for field in rows(object) {
        if let Presence::OneOf(names) = field.presence
            && !groups.contains(&names)
        {
            groups.push(names);
        }
    }
    groups
}

fn allowed<'a>(
    object: &Object<'_>,
    names: &'a [&'static str],
) -> impl Iterator<Item = &'static str> + use<'a> {
    let (owner, language) = (object.owner, object.language);
    names.iter().copied().filter(move |name| {
        let field = field::field(owner, name);
        let is_current = |field: &Field| !matches!(field.presence, Presence::Legacy(_));
        field.is_some_and(|field| field.is_allowed_in(language) && is_current(field))
    })
}

/// Whether a field counts as given: `"End": false` does not.
pub(super) fn is_given(object: &Object<'_>, name: &str) -> bool {
    match object.get(name) {
        None => false,
        Some(node) => name != "End" || node.kind != NodeKind::Bool(false),
    }
}

/// The order in which the service lists a group.
pub(super) fn service_order<'a>(names: &'a [&'static str]) -> Vec<&'a str> {
    match names {
        ["Seconds", seconds_path, timestamp, timestamp_path] => {
            vec![seconds_path, "Seconds", timestamp_path, timestamp]
        }
        names => names.to_vec(),
    }
}

/// Required fields that a rule of their own looks for, as the service has other words there.
fn is_checked_elsewhere(object: &Object<'_>, field: &Field) -> bool {
    matches!(
        (object.owner, field.name),
        (Owner::Credentials, _) | (Owner::ChoiceRule, "Condition") | (Owner::State(_), "Type")
    )
}

fn own(
    object: &Object<'_>,
    sentence: &str,
    wanted: &[&str],
    explained: &mut Vec<Span>,
) -> Diagnostic {
    let message = format!("{} needs {sentence}", object.title);
    let misspelt = object.members().iter().find_map(|member| {
        let name = &*member.key.name;
        let is_known = field::field(object.owner, name).is_some();
        let close = closest(name, wanted.iter().copied().filter(|_| !is_known))?;
        Some((member.key.span, close.to_owned()))
    });
    let Some((span, name)) = misspelt else {
        return Diagnostic::error(MISSING_FIELD.code, object.label, message);
    };
    explained.push(span);
    let edit = TextEdit::replace(span, Value::from(name.as_str()).to_string());
    Diagnostic::error(
        MISSING_FIELD.code,
        span,
        format!("{message}; is this {name}?"),
    )
    .with_fix(format!("Change to {name}"), edit)
}

/// Reports an object that has nothing of a state machine.
fn neither(object: &Object<'_>, explained: &mut Vec<Span>) -> Diagnostic {
    let wanted = ["StartAt", "States"];
    let problem = own(object, "StartAt and States", &wanted, explained);
    if problem.fixes.is_empty() {
        // It is something else altogether.
        explained.extend(object.members().iter().map(|member| member.key.span));
        return problem.with_hint("States holds the states by name, StartAt says where to begin");
    }
    problem
}

/// `A, B or C`
fn or(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [name] => (*name).to_owned(),
        [names @ .., last] => format!("{} or {last}", names.join(", ")),
    }
}
