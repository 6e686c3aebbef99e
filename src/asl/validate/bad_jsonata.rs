//! A JSONata expression cannot be read.

use super::finding::{Report, Said};
use super::location::Location;
use super::place::{Offers, Place, is_placeholder};
use super::{Rule, jsonata_reference};
use crate::expr::jsonata::{Dialect, Error, compile};
use crate::source::json::Node;
use crate::source::{Code, Diagnostic};

/// JSONata expressions can be read.
pub const BAD_JSONATA: Rule = Rule {
    code: Code("BAD_JSONATA"),
    demand: "A JSONata expression stands between {% and %}, with nothing around them in its string, and \
             follows the grammar of JSONata 2.0.6.",
    invalid: r#"{"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% 1 + %}", "End": true}}}"#,
    valid: r#"{"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% 1 + 1 %}", "End": true}}}"#,
    ..Rule::STANDARD
};

/// The service's code for it.
const INVALID: Code = Code("INVALID_JSONATA_EXPRESSION");

/// Whether a string is meant as an expression: it has one of the marks.
pub(super) fn is_marked(text: &str) -> bool {
    text.starts_with("{%") || text.ends_with("%}")
}

/// Checks a string that is an expression or nothing.
pub(super) fn check_text(report: &mut Report<'_>, place: &Place<'_>) {
    if let Some(text) = place.node.as_str() {
        check(
            report,
            place.node,
            text,
            place.object.offers,
            place.location,
        );
    }
}

/// Checks a string that should be an expression.
pub(super) fn check(
    report: &mut Report<'_>,
    node: &Node,
    text: &str,
    offers: Offers,
    location: &Location<'_>,
) {
    let is_open = is_placeholder(node);
    let inner = text
        .strip_prefix("{%")
        .and_then(|text| text.strip_suffix("%}"));
    let Some(inner) = inner else {
        let own = (!is_open).then(|| unmarked(node, text));
        let said = "JSONata string must start with {% and end with %}";
        return report.add(own, Said::schema(location, said));
    };
    match compile(inner, Dialect::States) {
        Ok(expression) => {
            let text = report.text;
            let span = |from: usize, to: usize| node.span_within(text, from + 2..to + 2);
            for reference in expression.references() {
                let range = reference.span.range();
                let span = span(range.start, range.end);
                jsonata_reference::check(report, &reference.kind, span, offers, location);
            }
        }
        // A placeholder inside may make an expression of it.
        Err(_) if is_open => {}
        Err(error) => {
            let own = own(report.text, node, inner, &error);
            report.add(own, Said::error(INVALID, location, error.to_string()));
        }
    }
}

fn unmarked(node: &Node, text: &str) -> Diagnostic {
    let message = match (text.starts_with("{%"), text.ends_with("%}")) {
        (true, _) => "The expression has no %} at its end",
        (false, true) => "The expression has no {% at its start",
        (false, false) => "A text here must be a JSONata expression between {% and %}",
    };
    Diagnostic::error(BAD_JSONATA.code, node.span, message)
}

fn own(text: &str, node: &Node, inner: &str, error: &Error) -> Diagnostic {
    // The reference tells where the token at fault ends.
    let end = error.offset().unwrap_or(inner.len()).min(inner.len());
    let token = error.token_text().map_or(1, str::len);
    let start = inner.floor_char_boundary(end.saturating_sub(token));
    let end = inner
        .ceil_char_boundary(end.max(start + 1))
        .min(inner.len());
    let span = node.span_within(text, start + 2..end + 2);
    let span = if span.is_empty() { node.span } else { span };
    Diagnostic::error(BAD_JSONATA.code, span, error.to_string())
}
