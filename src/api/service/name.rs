//! The names that people may give.

use crate::api::error::{ApiError, ErrorCode};

/// Refuses a name with characters that the service does not take.
pub(super) fn check(name: &str) -> Result<(), ApiError> {
    match name.chars().any(is_forbidden) {
        true => Err(ApiError::about(ErrorCode::InvalidName, name)),
        false => Ok(()),
    }
}

/// White space, brackets, wildcards, characters with a meaning elsewhere, control characters.
fn is_forbidden(char: char) -> bool {
    char.is_whitespace()
        || "<>{}[]?*\"#%\\^|~`$&,;:/".contains(char)
        || char.is_control()
        || matches!(char, '\u{FFFE}' | '\u{FFFF}' | '\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_the_service_refuses() {
        for name in ["a", "A_b-c.d", "été", "(1)", "a=b", "@!'"] {
            assert!(check(name).is_ok(), "{name}");
        }
        for name in ["a b", "a\u{0}", "<", "a/b", "a:b", "a#b", "\u{85}"] {
            let message = check(name).unwrap_err().message;
            assert_eq!(message, format!("Invalid Name: '{name}'"));
        }
    }
}
