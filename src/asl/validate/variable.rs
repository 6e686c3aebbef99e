//! `Assign` names something that cannot be a variable.

use super::finding::{Report, Said};
use super::place::Place;
use super::{Rule, bad_jsonata, template, wrong_type};
use crate::asl::state::QueryLanguage;
use crate::source::json::{Member, NodeKind};
use crate::source::{Code, Diagnostic};

/// Variables have names.
pub const VARIABLE_NAME: Rule = Rule {
    code: Code("VARIABLE_NAME"),
    demand: "The name of a variable begins with a letter, goes on with letters, digits and underscores, has \
             at most 80 characters, and is not states; one Assign sets it once.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"first-name": 1}, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"first_name": 1}, "End": true}}}"#,
    ..Rule::STANDARD
};

/// Checks a field that takes variables.
pub(super) fn check(report: &mut Report<'_>, place: &Place<'_>) {
    if place.object.language == QueryLanguage::Jsonata && place.node.as_str().is_some() {
        let is_marked = place
            .node
            .as_str()
            .is_some_and(|text| bad_jsonata::is_marked(text));
        if is_marked {
            return bad_jsonata::check_text(report, place);
        }
    }
    let Some(members) = place.node.members() else {
        let expected = "an object of variables by name";
        return wrong_type::report(report, place, expected, wrong_type::OBJECT);
    };
    for member in members {
        name(report, place, member);
    }
    for (index, member) in members.iter().enumerate().take(MOST_COMPARED) {
        let own = bare(place, &member.key.name);
        let is_twice = members
            .iter()
            .take(index)
            .any(|other| bare(place, &other.key.name) == own && other.key.name != member.key.name);
        if is_twice {
            let message = format!("${own} gets two values here");
            let problem = Diagnostic::error(VARIABLE_NAME.code, member.key.span, message);
            report.add(problem, None);
        }
    }
    template::check(report, place);
}

/// Members that are compared with one another; nobody writes more of them by hand.
const MOST_COMPARED: usize = 200;

/// In JSONPath `name.$` sets `name`.
fn bare<'a>(place: &Place<'_>, name: &'a str) -> &'a str {
    match place.object.language {
        QueryLanguage::JsonPath => name.strip_suffix(".$").unwrap_or(name),
        QueryLanguage::Jsonata => name,
    }
}

fn name(report: &mut Report<'_>, place: &Place<'_>, member: &Member) {
    if member.value.kind == NodeKind::Missing {
        return;
    }
    let name = bare(place, &member.key.name);
    let location = place.location.field(&member.key.name);
    let scopes = &mut report.scopes;
    scopes.sets(name, member.key.span, || location.to_string());
    let error = |message: String| Diagnostic::error(VARIABLE_NAME.code, member.key.span, message);
    if name == "states" {
        let own = error("$states belongs to the language and cannot be set".to_owned());
        let said = "Cannot assign to reserved variable '$states'.";
        return report.add(
            own,
            Said::error(Code("RESERVED_VARIABLE_NAME"), location, said),
        );
    }
    let invalid = Code("INVALID_VARIABLE_NAME");
    if name.chars().count() > LONGEST {
        let own = error(format!(
            "The name of a variable has at most {LONGEST} characters"
        ));
        let said = format!(
            "Invalid variable name '{name}': the variable name exceeds the 80-character limit."
        );
        return report.add(own, Said::error(invalid, location, said));
    }
    if !is_identifier(name) {
        let own = error(format!("“{name}” cannot be the name of a variable"))
            .with_hint("It begins with a letter and has letters, digits and underscores");
        let said = format!(
            "Invalid variable name '{name}': the variable name contains invalid characters."
        );
        report.add(own, Said::error(invalid, location, said));
    }
}

const LONGEST: usize = 80;

/// Whether a text is an identifier of Unicode, which begins with a letter.
fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(char::is_alphabetic)
        && chars.all(|char| char.is_alphanumeric() || char == '_')
}
