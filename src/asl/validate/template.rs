//! The walk over payload templates, and over values in which JSONata stands.

use super::finding::Report;
use super::location::Location;
use super::place::{Object, Place};
use super::{bad_dynamic_value, bad_jsonata, looks_like_path};
use crate::asl::state::QueryLanguage;
use crate::source::json::{Node, NodeKind};

/// Checks a field that takes a template.
pub(super) fn check(report: &mut Report<'_>, place: &Place<'_>) {
    check_node(report, place.object, place.node, place.location);
}

/// Checks a template of the object's query language.
pub(super) fn check_node(
    report: &mut Report<'_>,
    object: &Object<'_>,
    node: &Node,
    location: &Location<'_>,
) {
    match object.language {
        QueryLanguage::JsonPath => json_path(report, node, location),
        QueryLanguage::Jsonata => jsonata(report, object, node, location),
    }
}

/// All that is in a payload template is reported at its field.
fn json_path(report: &mut Report<'_>, node: &Node, field: &Location<'_>) {
    match &node.kind {
        NodeKind::Array(items) => items.iter().for_each(|item| json_path(report, item, field)),
        NodeKind::Object(members) => {
            for member in members {
                if member.key.name.ends_with(".$") {
                    bad_dynamic_value::check(report, member, field);
                } else {
                    looks_like_path::check(report, member, field);
                    json_path(report, &member.value, field);
                }
            }
        }
        NodeKind::Missing
        | NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::String(_)
        | NodeKind::Substitution(_) => {}
    }
}

/// Every string has its own place.
fn jsonata(report: &mut Report<'_>, object: &Object<'_>, node: &Node, location: &Location<'_>) {
    match &node.kind {
        NodeKind::String(text) => {
            if bad_jsonata::is_marked(text) {
                bad_jsonata::check(report, node, text, object.offers, location);
            }
        }
        NodeKind::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                jsonata(report, object, item, &location.index(index));
            }
        }
        NodeKind::Object(members) => {
            for member in members {
                let inner = location.field(&member.key.name);
                jsonata(report, object, &member.value, &inner);
            }
        }
        NodeKind::Missing
        | NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::Substitution(_) => {}
    }
}
