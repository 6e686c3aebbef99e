//! A text is not JSON, as the service puts it.

use super::service::ServiceDiagnostic;
use crate::source::json::{Parse, complaint};
use crate::source::{Code, Severity};

/// The service's complaint about a text that it cannot read. What a deployment tool replaces
/// is not held against the text.
pub(super) fn service(text: &str, parse: &Parse) -> Option<ServiceDiagnostic> {
    let mut errors = parse.errors.iter();
    let unreadable = errors.find(|error| !error.kind.is_readable())?;
    Some(ServiceDiagnostic {
        severity: Severity::Error,
        code: Code("INVALID_JSON_DESCRIPTION"),
        message: complaint(text).unwrap_or_else(|| unreadable.kind.to_string()),
        location: None,
    })
}
