//! A time is not written as the language writes times.

use super::finding::{Report, Said};
use super::place::{Place, is_placeholder};
use super::{Rule, bad_jsonata, wrong_type};
use crate::source::{Code, Diagnostic};
use crate::time::Timestamp;

/// Times are RFC 3339, with a capital T and a zone.
pub const BAD_TIMESTAMP: Rule = Rule {
    code: Code("BAD_TIMESTAMP"),
    demand: "A time is written as RFC 3339 has it, with a capital T between date and time, and a capital Z \
             or an offset at its end.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "Timestamp": "2030-01-31 09:00:00Z", "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "Timestamp": "2030-01-31T09:00:00Z", "End": true}}}"#,
    ..Rule::STANDARD
};

/// Checks a field that takes a time.
pub(super) fn check(report: &mut Report<'_>, place: &Place<'_>) {
    let Some(text) = place.node.as_str() else {
        return wrong_type::report(report, place, "an RFC 3339 time", wrong_type::STRING);
    };
    if place.takes_jsonata() && bad_jsonata::is_marked(text) {
        return bad_jsonata::check_text(report, place);
    }
    if Timestamp::parse_rfc3339(text).is_some() {
        return;
    }
    let own = (!is_placeholder(place.node)).then(|| {
        let message = format!("{} is not an RFC 3339 time", place.name());
        Diagnostic::error(BAD_TIMESTAMP.code, place.node.span, message)
            .with_hint("A time is written like 2030-01-31T09:00:00Z")
    });
    let said = "String does not match RFC3339 timestamp";
    report.add(own, Said::schema(place.location, said));
}
