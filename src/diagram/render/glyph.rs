//! The signs in a picture: those of the page, read from its own sprite.

use crate::asl::{QueryLanguage, StateType};
use crate::diagram::graph::Badge;
use crate::execution::projection::Status;

/// The one place where signs are drawn, each in a square of 16.
const SPRITE: &str = include_str!("../../../www/sprite.svg");

/// What the sprite has under an id, to be put into a group. Its `currentColor` is the
/// `color` of that group; what stands on it has the class `on-status`.
pub(super) fn glyph(id: &str) -> String {
    let start = format!("<symbol id=\"{id}\" viewBox=\"0 0 16 16\">");
    let (_, rest) = SPRITE.split_once(&start).unwrap_or_default();
    let (content, _) = rest.split_once("</symbol>").unwrap_or_default();
    content.replace("stroke=\"var(--on-status,#fff)\"", "class=\"on-status\"")
}

/// What stands for a type that is unknown.
const UNKNOWN: (&str, &str) = ("i-error", "failed");

/// The sign of a type and the token of its colour.
pub fn sign_of(state_type: StateType) -> (&'static str, &'static str) {
    match state_type {
        StateType::Task => ("t-task", "type-task"),
        StateType::Pass => ("t-pass", "type-pass"),
        StateType::Choice => ("t-choice", "type-choice"),
        StateType::Wait => ("t-wait", "type-wait"),
        StateType::Succeed => ("t-succeed", "type-succeed"),
        StateType::Fail => ("t-fail", "type-fail"),
        StateType::Parallel => ("t-parallel", "type-parallel"),
        StateType::Map => ("t-map", "type-map"),
    }
}

/// As [`sign_of`], of a state whose type may be unknown.
pub(super) fn of_type(state_type: Option<StateType>) -> (&'static str, &'static str) {
    state_type.map_or(UNKNOWN, sign_of)
}

/// The sign of a badge and its count.
pub(super) fn of_badge(badge: &Badge) -> (&'static str, Option<String>) {
    match badge {
        Badge::Retry(count) => ("i-retry", Some(count.to_string())),
        Badge::Catch(count) => ("i-catch", Some(count.to_string())),
        Badge::Concurrency(count) => ("i-times", count.map(|count| count.to_string())),
        Badge::Distributed => ("t-map", Some("D".to_owned())),
        Badge::WaitsForToken => ("i-token", None),
        Badge::QueryLanguage(QueryLanguage::Jsonata | QueryLanguage::JsonPath) => ("i-sub", None),
    }
}

/// The sign of a status and the token of its colour.
pub(super) fn of_status(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::NotReached => ("s-notreached", "notreached"),
        Status::Succeeded => ("s-succeeded", "succeeded"),
        Status::Aborted => ("s-aborted", "aborted"),
        Status::Retried => ("s-retried", "retried"),
        Status::Caught => ("s-caught", "caught"),
        Status::TimedOut => ("s-timedout", "failed"),
        Status::Failed => ("s-failed", "failed"),
        Status::Running => ("s-running", "running"),
        Status::Pending => ("s-pending", "pending"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sprite_has_every_sign() {
        let types = StateType::ALL.map(|state_type| sign_of(state_type).0);
        let badges = [
            Badge::Retry(1),
            Badge::Catch(1),
            Badge::Concurrency(None),
            Badge::Distributed,
            Badge::WaitsForToken,
            Badge::QueryLanguage(QueryLanguage::Jsonata),
        ];
        let badges = badges.iter().map(|badge| of_badge(badge).0);
        let statuses = Status::ALL.iter().map(|&status| of_status(status).0);
        for id in types
            .into_iter()
            .chain(badges)
            .chain(statuses)
            .chain(["i-error", "i-chev"])
        {
            let glyph = glyph(id);
            assert!(
                glyph.starts_with('<') && !glyph.contains("var("),
                "{id}: {glyph}"
            );
        }
    }
}
