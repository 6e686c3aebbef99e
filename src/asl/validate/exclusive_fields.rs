//! Two fields stand side by side of which only one may be there.

use super::Rule;
use super::finding::{Report, Said};
use super::missing_field::{groups, is_given, service_order};
use super::place::Object;
use crate::asl::field;
use crate::source::{Code, Diagnostic, edit};

/// Fields that say the same in two ways do not stand together.
pub const EXCLUSIVE_FIELDS: Rule = Rule {
    code: Code("EXCLUSIVE_FIELDS"),
    demand: "A state has either Next or End, a Wait state one way to say how long, and no field \
             stands beside the one that reads its value from a path.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 1, "SecondsPath": "$.s", "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "SecondsPath": "$.s", "End": true}}}"#,
    ..Rule::STANDARD
};

/// Reports groups and pairs of fields of which several are there.
pub(super) fn check(report: &mut Report<'_>, object: &Object<'_>) {
    for names in groups(object) {
        let given: Vec<&str> = names
            .iter()
            .copied()
            .filter(|name| is_given(object, name))
            .collect();
        if given.len() > 1 {
            add(report, object, &given, &service_order(names));
        }
    }
    for first in field::fields(object.owner) {
        for &second in first.excludes {
            // Each pair is in the table from both sides.
            let is_first = field::fields(object.owner)
                .map(|field| field.name)
                .find(|name| *name == first.name || *name == second);
            let other = field::field(object.owner, second);
            let are_allowed = first.is_allowed_in(object.language)
                && other.is_some_and(|other| other.is_allowed_in(object.language));
            let are_given = object.has(first.name) && object.has(second);
            if is_first == Some(first.name) && are_allowed && are_given {
                let pair = [first.name, second];
                add(report, object, &pair, &pair);
            }
        }
    }
}

fn add(report: &mut Report<'_>, object: &Object<'_>, given: &[&str], all: &[&str]) {
    let list = all.join(", ");
    let said = format!("There should only be one of the following fields: [{list}]");
    report.add(
        own(report.text, object, given),
        Said::schema(object.location, said),
    );
}

fn own(source: &str, object: &Object<'_>, given: &[&str]) -> Option<Diagnostic> {
    let last = object.node.member(given.last()?)?;
    let message = match given {
        [one, other] => format!("{} has both {one} and {other}", object.title),
        given => format!("{} has {} at once", object.title, given.join(", ")),
    };
    let members = given.iter().filter_map(|name| object.node.member(name));
    let problem = Diagnostic::error(EXCLUSIVE_FIELDS.code, last.key.span, message)
        .with_hint("Only one of them may be there");
    Some(members.fold(problem, |problem, member| {
        let title = format!("Remove {}", member.key.name);
        problem.with_fix(title, edit::remove(source, object.node, member))
    }))
}
