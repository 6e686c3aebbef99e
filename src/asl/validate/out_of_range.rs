//! A number is too small or too large for its field.

use super::finding::{Report, Said};
use super::place::{Place, is_placeholder};
use super::{Rule, bad_jsonata, wrong_type};
use crate::source::json::{Node, NodeKind, Number};
use crate::source::{Code, Diagnostic};

/// Numbers are within the range of their field.
pub const OUT_OF_RANGE: Rule = Rule {
    code: Code("OUT_OF_RANGE"),
    demand: "TimeoutSeconds and HeartbeatSeconds of a Task are at least 1, BackoffRate is at least 1.0, \
             a percentage is at most 100, and no number of seconds is above 99,999,999.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 100000000, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 99999999, "End": true}}}"#,
    ..Rule::STANDARD
};

/// Checks a field that takes a whole number.
pub(super) fn check_integer(report: &mut Report<'_>, place: &Place<'_>, min: u64, max: u64) {
    let Some(number) = number(report, place, whole(min), wrong_type::INTEGER) else {
        return;
    };
    let Some(integer) = number.as_i64() else {
        return wrong_type::report(report, place, whole(min), wrong_type::INTEGER);
    };
    if integer < 0 && min == 0 {
        // “From 0 to 99,999,999” is the harder sentence.
        let own = own(place, &format!("{} cannot be negative", place.name()));
        return report.add(own, Said::schema(place.location, "Minimum value is 0"));
    }
    let integer = u64::try_from(integer).unwrap_or_default();
    if integer < min {
        let message = format!("{} must be at least {min}", place.name());
        let said = format!("Minimum value is {min}");
        report.add(own(place, &message), Said::schema(place.location, said));
    } else if integer > max {
        let message = format!("{} must be at most {max}", place.name());
        let said = format!("Maximum value is {max}");
        report.add(own(place, &message), Said::schema(place.location, said));
    }
}

fn whole(min: u64) -> &'static str {
    match min {
        0 => "a whole number that is not negative",
        _ => "a whole number",
    }
}

/// Checks a field that takes any number.
pub(super) fn check_number(report: &mut Report<'_>, place: &Place<'_>, min: f64, max: f64) {
    let Some(number) = number(report, place, "a number", wrong_type::DOUBLE) else {
        return;
    };
    let number = number.as_f64();
    if number < min {
        let message = format!("{} must be at least {min}", place.name());
        let said = format!("Minimum value is {min:?}");
        report.add(own(place, &message), Said::schema(place.location, said));
    } else if number > max {
        let message = format!("{} must be at most {max}", place.name());
        let said = format!("Maximum value is {max:?}");
        report.add(own(place, &message), Said::schema(place.location, said));
    }
}

/// The number; nothing for what is none, which is reported, or for an expression.
fn number<'a>(
    report: &mut Report<'_>,
    place: &Place<'a>,
    expected: &str,
    word: &str,
) -> Option<&'a Number> {
    let node: &'a Node = place.node;
    match &node.kind {
        NodeKind::Number(number) => return Some(number),
        NodeKind::String(_) if place.takes_jsonata() => bad_jsonata::check_text(report, place),
        NodeKind::Missing
        | NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::String(_)
        | NodeKind::Substitution(_)
        | NodeKind::Array(_)
        | NodeKind::Object(_) => wrong_type::report(report, place, expected, word),
    }
    None
}

fn own(place: &Place<'_>, message: &str) -> Option<Diagnostic> {
    let problem = Diagnostic::error(OUT_OF_RANGE.code, place.node.span, message);
    (!is_placeholder(place.node)).then_some(problem)
}
