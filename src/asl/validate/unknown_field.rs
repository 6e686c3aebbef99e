//! An object has a field that it cannot have.

use super::Rule;
use super::finding::{Report, Said};
use super::place::Object;
use super::suggest::closest;
use crate::asl::field::{self, Owner};
use crate::asl::state::{QueryLanguage, StateType};
use crate::source::json::Member;
use crate::source::{Code, Diagnostic, Span, edit};

/// Objects have only the fields that the language names for them.
pub const UNKNOWN_FIELD: Rule = Rule {
    code: Code("UNKNOWN_FIELD"),
    demand: "An object has no other fields than the language names for it; names are spelt as they \
             are, case included.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "TimeoutSeconds": 5, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "TimeoutSeconds": 5, "States": {"A": {"Type": "Pass", "End": true}}}"#,
    ..Rule::STANDARD
};

/// Suggestions that are looked for at most in one object: beyond it lies no slip.
const MOST_COMPARED: usize = 20;

/// Reports every field that is not in the table, but for those that a missing one explains.
pub(super) fn check(report: &mut Report<'_>, object: &Object<'_>, explained: &[Span]) {
    let mut compared = 0;
    for member in object.members() {
        let name = &*member.key.name;
        if field::field(object.owner, name).is_some() || is_template(object, name) {
            continue;
        }
        let own = (!explained.contains(&member.key.span)).then(|| {
            compared += 1;
            own(report.text, object, member, compared <= MOST_COMPARED)
        });
        let message = format!("Field '{name}' is not supported");
        // Of what Credentials hold besides, the service says nothing.
        let said =
            (object.owner != Owner::Credentials).then(|| Said::schema(object.location, message));
        report.add(own, said);
    }
}

/// `RoleArn.$` is `RoleArn`, read from the data.
fn is_template(object: &Object<'_>, name: &str) -> bool {
    let bare = name.strip_suffix(".$");
    object.owner == Owner::Credentials
        && object.language == QueryLanguage::JsonPath
        && bare.is_some_and(|bare| field::field(object.owner, bare).is_some())
}

fn own(source: &str, object: &Object<'_>, member: &Member, is_compared: bool) -> Diagnostic {
    let name = &*member.key.name;
    let span = member.key.span;
    let message = format!("{name} is not a field of {}", noun(object.owner));
    let free = field::fields(object.owner)
        .filter(|field| is_compared && field.is_allowed_in(object.language))
        .map(|field| field.name)
        .filter(|name| !object.has(name));
    let remove = || {
        (
            format!("Remove {name}"),
            edit::remove(source, object.node, member),
        )
    };
    if let Some(close) = closest(name, free) {
        let change = edit::rename(source, member, close);
        return Diagnostic::error(
            UNKNOWN_FIELD.code,
            span,
            format!("{message}; is this {close}?"),
        )
        .with_fix(format!("Change to {close}"), change);
    }
    let problem = Diagnostic::error(UNKNOWN_FIELD.code, span, message);
    let (title, removal) = remove();
    match owners(object.owner, name) {
        None => problem.with_fix(title, removal),
        Some(hint) => problem.with_hint(hint).with_fix(title, removal),
    }
}

/// Which state types have the field, if any.
fn owners(owner: Owner, name: &str) -> Option<String> {
    if !matches!(owner, Owner::State(_)) {
        return None;
    }
    let types: Vec<&str> = StateType::ALL
        .into_iter()
        .filter(|&state_type| field::field(Owner::State(state_type), name).is_some())
        .map(StateType::as_str)
        .collect();
    match types.as_slice() {
        [] if field::field(Owner::StateMachine, name).is_some() => {
            Some(format!("{name} is a field of the state machine as a whole"))
        }
        [] => None,
        [state_type] => Some(format!("Only {state_type} states have it")),
        [types @ .., last] => Some(format!(
            "Only {} and {last} states have it",
            types.join(", ")
        )),
    }
}

/// `a Task state`, `the retrier`
pub(super) fn noun(owner: Owner) -> String {
    let title = owner.title();
    if let Some(rest) = title.strip_prefix("A ") {
        return format!("a {rest}");
    }
    match title.strip_prefix("The ") {
        Some(rest) => format!("the {rest}"),
        None => title.to_owned(),
    }
}
