//! Shape and colour class of each status.

use crate::execution::projection::Status;

/// The glyph in the sprite.
pub fn status_icon(status: Status) -> &'static str {
    match status {
        Status::NotReached => "s-notreached",
        Status::Succeeded => "s-succeeded",
        Status::Aborted => "s-aborted",
        Status::Retried => "s-retried",
        Status::Caught => "s-caught",
        Status::TimedOut => "s-timedout",
        Status::Failed => "s-failed",
        Status::Running => "s-running",
        Status::Pending => "s-pending",
    }
}

/// The class that carries the colours.
pub fn status_class(status: Status) -> &'static str {
    match status {
        Status::NotReached => "is-notreached",
        Status::Succeeded => "is-succeeded",
        Status::Aborted => "is-aborted",
        Status::Retried => "is-retried",
        Status::Caught => "is-caught",
        Status::TimedOut => "is-timedout",
        Status::Failed => "is-failed",
        Status::Running => "is-running",
        Status::Pending => "is-pending",
    }
}
