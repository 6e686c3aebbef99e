//! A field holds a value of another type than it takes.

use super::Rule;
use super::finding::{Report, Said};
use super::location::Location;
use super::place::{Object, Place, is_placeholder};
use crate::source::json::{Node, NodeKind, Number};
use crate::source::{Code, Diagnostic, Span, TextEdit};

/// Fields hold values of their types.
pub const WRONG_TYPE: Rule = Rule {
    code: Code("WRONG_TYPE"),
    demand: "Every field takes values of one type, or a few; a string with ${…} stands for any of them.",
    invalid: r#"{"StartAt": "A", "TimeoutSeconds": "ten", "States": {"A": {"Type": "Succeed"}}}"#,
    valid: r#"{"StartAt": "A", "TimeoutSeconds": "${Ten}", "States": {"A": {"Type": "Succeed"}}}"#,
    ..Rule::STANDARD
};

/// The service's words for types.
pub(super) const OBJECT: &str = "[OBJECT]";
pub(super) const ARRAY: &str = "[ARRAY]";
pub(super) const STRING: &str = "[STRING]";
pub(super) const BOOLEAN: &str = "[BOOLEAN]";
pub(super) const INTEGER: &str = "Integer";
pub(super) const DOUBLE: &str = "Double";

/// Reports a value that does not have the type of its field.
pub(super) fn report(report: &mut Report<'_>, place: &Place<'_>, expected: &str, word: &str) {
    at(
        report,
        place.name(),
        place.node,
        expected,
        place.location,
        word,
    );
}

fn at(
    report: &mut Report<'_>,
    name: &str,
    node: &Node,
    expected: &str,
    location: &Location<'_>,
    word: &str,
) {
    if node.kind == NodeKind::Missing {
        return;
    }
    let own = (!is_placeholder(node)).then(|| own(name, node, expected));
    report.add(own, Said::schema(location, expected_type(word)));
}

/// The service's sentence.
pub(super) fn expected_type(word: &str) -> String {
    format!("Expected value of type {word}")
}

fn own(name: &str, node: &Node, expected: &str) -> Diagnostic {
    let found = match &node.kind {
        // “a number, not a number” says nothing.
        NodeKind::Number(number) => shorten(&number.to_string()),
        NodeKind::Missing
        | NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::String(_)
        | NodeKind::Substitution(_)
        | NodeKind::Array(_)
        | NodeKind::Object(_) => node.describe().to_owned(),
    };
    let message = format!("{name} must be {expected}, not {found}");
    let problem = Diagnostic::error(WRONG_TYPE.code, node.span, message);
    let bare = node.as_str().filter(|text| match expected {
        "true or false" => matches!(&***text, "true" | "false"),
        _ => expected.contains("number") && Number::parse(text).is_some(),
    });
    match bare {
        None => problem,
        Some(bare) => {
            let edit = TextEdit::replace(node.span, bare.to_string());
            problem.with_fix("Remove the quotes", edit)
        }
    }
}

fn shorten(text: &str) -> String {
    match text.get(..40) {
        Some(start) if text.len() > 40 => format!("{start}…"),
        _ => text.to_owned(),
    }
}

/// Reports something that should be an object with fields and is not.
pub(super) fn not_an_object(report: &mut Report<'_>, object: &Object<'_>) {
    let node = object.node;
    if node.kind == NodeKind::Missing {
        return;
    }
    let own = (!is_placeholder(node)).then(|| {
        let message = format!(
            "{} must be an object, not {}",
            object.title,
            node.describe()
        );
        Diagnostic::error(WRONG_TYPE.code, node.span, message)
    });
    report.add(own, Said::schema(object.location, expected_type(OBJECT)));
}

/// Fields of a machine that are no states, wherever they stand.
const MACHINE_FIELDS: [&str; 5] = [
    "Comment",
    "QueryLanguage",
    "StartAt",
    "TimeoutSeconds",
    "Version",
];

/// Reports a member of `States` that is not an object.
pub(super) fn state(
    report: &mut Report<'_>,
    node: &Node,
    label: Span,
    name: &str,
    location: &Location<'_>,
) {
    let own = if MACHINE_FIELDS.contains(&name) {
        let message = format!("{name} belongs beside States, not in it");
        Diagnostic::error(WRONG_TYPE.code, label, message)
            .with_hint("Move it out of States: it is a field of the state machine")
    } else {
        let message = format!("State {name} must be an object, not {}", node.describe());
        Diagnostic::error(WRONG_TYPE.code, node.span, message)
    };
    report.add(
        Some(own).filter(|_| !is_placeholder(node)),
        Said::schema(location, expected_type(OBJECT)),
    );
}

/// Checks a field that takes true or false.
pub(super) fn check_boolean(report: &mut Report<'_>, place: &Place<'_>) {
    if !matches!(place.node.kind, NodeKind::Bool(_)) {
        self::report(report, place, "true or false", BOOLEAN);
    }
}

/// The elements of a field that takes an array.
pub(super) fn check_array<'a>(report: &mut Report<'_>, place: &Place<'a>) -> Option<&'a [Node]> {
    let items = place.node.items();
    if items.is_none() {
        self::report(report, place, "an array", ARRAY);
    }
    items
}

/// Checks a field that takes an array of strings.
pub(super) fn check_texts(report: &mut Report<'_>, place: &Place<'_>) {
    for (index, item) in check_array(report, place).into_iter().flatten().enumerate() {
        if item.as_str().is_none() {
            let name = format!("Each element of {}", place.name());
            let location = place.location.index(index);
            at(report, &name, item, "a string", &location, STRING);
        }
    }
}
