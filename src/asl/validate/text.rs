//! Fields that take any text, or the name of something.

use super::finding::Report;
use super::place::Place;
use super::{bad_jsonata, wrong_type};
use crate::asl::field::FieldKind;

/// Checks a field that takes a string.
pub(super) fn check(report: &mut Report<'_>, place: &Place<'_>) {
    let expected = match place.field.kind {
        FieldKind::StateName | FieldKind::StartState => "the name of a state",
        _ => "a string",
    };
    match place.node.as_str() {
        None => wrong_type::report(report, place, expected, wrong_type::STRING),
        Some(text) if place.takes_jsonata() && bad_jsonata::is_marked(text) => {
            bad_jsonata::check_text(report, place);
        }
        Some(_) => {}
    }
}
