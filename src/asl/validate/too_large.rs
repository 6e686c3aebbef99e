//! A definition, or a value in it, is larger than the service takes.

use super::Rule;
use super::finding::{Report, Said};
use super::place::Object;
use crate::source::json::Node;
use crate::source::{Code, Diagnostic, Span};

/// Definitions and payloads have limits.
pub const TOO_LARGE: Rule = Rule {
    code: Code("TOO_LARGE"),
    demand: "A definition has at most 1,048,576 characters, and no input, result or output has more than \
             262,144 bytes.",
    invalid: "",
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "small", "End": true}}}"#,
    ..Rule::STANDARD
};

/// Characters of a definition.
const LONGEST_DEFINITION: usize = 1_048_576;
/// Bytes of a payload.
const LARGEST_PAYLOAD: usize = 262_144;

/// Checks the length of the definition. The service refuses the request, not the definition.
pub(super) fn check_definition(report: &mut Report<'_>, root: &Node) {
    if report.text.len() <= LONGEST_DEFINITION {
        return;
    }
    let length = report.text.chars().count();
    if length > LONGEST_DEFINITION {
        let start = root.span.start as usize;
        let message = format!(
            "The definition has {length} characters; the service takes {LONGEST_DEFINITION}"
        );
        let span = Span::char_at(report.text, start);
        report.add(
            Diagnostic::error(TOO_LARGE.code, span, message),
            None::<Said>,
        );
    }
}

/// Checks values that are written out in a state: with one of them the state cannot succeed.
pub(super) fn check_state(report: &mut Report<'_>, state: &Object<'_>) {
    for name in ["Result", "Parameters", "Arguments", "Output"] {
        let Some(member) = state.node.member(name) else {
            continue;
        };
        // Blanks between the tokens do not count; texts that are far shorter need no counting.
        if member.value.span.len() <= LARGEST_PAYLOAD {
            continue;
        }
        let size = member.value.to_value().to_string().len();
        if size > LARGEST_PAYLOAD {
            let message =
                format!("{name} has {size} bytes; a payload has at most {LARGEST_PAYLOAD}");
            let own = Diagnostic::warning(TOO_LARGE.code, member.key.span, message);
            report.add(own, None);
        }
    }
}
