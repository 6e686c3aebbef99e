//! A Choice Rule does not say clearly what it tests.

use super::finding::{Report, Said};
use super::place::{Object, Place};
use super::{Rule, bad_jsonata, wrong_type};
use crate::asl::choice::Operator;
use crate::asl::field::{self, Owner};
use crate::asl::state::QueryLanguage;
use crate::source::json::{Member, NodeKind};
use crate::source::{Code, Diagnostic, Span, edit};

/// A rule tests one thing.
pub const CHOICE_RULE: Rule = Rule {
    code: Code("CHOICE_RULE"),
    demand: "A Choice Rule has either And, Or, Not, or Variable with exactly one comparison; in JSONata it \
             has Condition.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 1, "NumericLessThan": 9, "Next": "B"}]}, "B": {"Type": "Succeed"}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 1, "Next": "B"}]}, "B": {"Type": "Succeed"}}}"#,
    ..Rule::STANDARD
};

/// What a rule begins with.
const SELECTORS: [&str; 5] = ["And", "Or", "Not", "Variable", "Condition"];

/// Checks which tests an object has.
pub(super) fn check(report: &mut Report<'_>, rule: &Object<'_>) {
    let given: Vec<&str> = SELECTORS
        .into_iter()
        .filter(|name| rule.has(name) && is_allowed(rule, name))
        .collect();
    let comparisons = comparisons(rule);
    match (rule.language, given.as_slice()) {
        (QueryLanguage::Jsonata, ["Condition"]) => {}
        (QueryLanguage::JsonPath, ["Variable"]) => compared(report, rule, &comparisons),
        (QueryLanguage::JsonPath, ["And" | "Or" | "Not"]) => {}
        // What belongs to the other language is told field by field.
        (_, []) if has_other(rule) => {}
        (_, given) => {
            let list = SELECTORS.join(", ");
            let said = format!("The object must have only one of the following fields, [{list}]");
            let own = own(report.text, rule, given, &comparisons);
            report.add(own, Said::schema(rule.location, said));
        }
    }
}

fn is_allowed(rule: &Object<'_>, name: &str) -> bool {
    field::field(rule.owner, name).is_some_and(|field| field.is_allowed_in(rule.language))
}

fn has_other(rule: &Object<'_>) -> bool {
    SELECTORS.iter().any(|name| rule.has(name))
}

/// The members that compare something.
fn comparisons<'a>(rule: &Object<'a>) -> Vec<&'a Member> {
    let members = rule.members().iter();
    members
        .filter(|member| Operator::parse(&member.key.name).is_some())
        .collect()
}

fn own(source: &str, rule: &Object<'_>, given: &[&str], comparisons: &[&Member]) -> Diagnostic {
    let title = rule.title;
    let code = CHOICE_RULE.code;
    if let (Some(second), [_, _, ..]) = (given.last(), given) {
        let span = rule
            .node
            .member(second)
            .map_or(rule.label, |member| member.key.span);
        let message = format!("{title} has {} at once", given.join(" and "));
        return Diagnostic::error(code, span, message)
            .with_hint("Put the one inside the other, or make two rules of it");
    }
    let message = match (rule.language, comparisons) {
        (QueryLanguage::Jsonata, _) => format!("{title} needs Condition"),
        (QueryLanguage::JsonPath, [_, ..]) => format!("{title} needs Variable"),
        (QueryLanguage::JsonPath, []) => {
            format!("{title} needs Variable and a comparison, And, Or or Not")
        }
    };
    Diagnostic::error(code, start(source, rule), message)
}

/// A rule of many lines is shown by its bracket.
fn start(source: &str, rule: &Object<'_>) -> Span {
    Span::char_at(source, rule.node.span.start as usize)
}

fn compared(report: &mut Report<'_>, rule: &Object<'_>, comparisons: &[&Member]) {
    let (own, said) = match comparisons {
        [_] => return,
        [] => {
            let message = format!("{} compares Variable with nothing", rule.title);
            let own = Diagnostic::error(CHOICE_RULE.code, start(report.text, rule), message)
                .with_hint(
                    "A comparison is a field like StringEquals, NumericGreaterThan or IsPresent",
                );
            let list = service_operators().join(", ");
            let said =
                format!("This object should have only one of the following fields: [{list}]");
            (own, said)
        }
        [.., last] => {
            let names: Vec<&str> = comparisons.iter().map(|member| &*member.key.name).collect();
            let message = format!("{} has {} at once", rule.title, names.join(" and "));
            let own = Diagnostic::error(CHOICE_RULE.code, last.key.span, message)
                .with_hint("Several comparisons stand in And or Or, each with its Variable");
            let own = comparisons.iter().fold(own, |own, member| {
                let title = format!("Remove {}", member.key.name);
                own.with_fix(title, edit::remove(report.text, rule.node, member))
            });
            let list = service_operators().join(", ");
            let said = format!("There should only be one of the following fields: [{list}]");
            (own, said)
        }
    };
    report.add(own, Said::schema(rule.location, said));
}

/// The comparisons as the service may list them; its own order is not known.
fn service_operators() -> Vec<&'static str> {
    field::fields(Owner::DataTest)
        .map(|field| field.name)
        .filter(|name| Operator::parse(name).is_some())
        .collect()
}

/// Checks `Condition` of a rule in JSONata.
pub(super) fn check_condition(report: &mut Report<'_>, place: &Place<'_>) {
    match &place.node.kind {
        NodeKind::Bool(_) => {}
        NodeKind::String(_) => bad_jsonata::check_text(report, place),
        _ => {
            let expected = "a JSONata expression between {% and %}";
            wrong_type::report(report, place, expected, wrong_type::STRING);
        }
    }
}
