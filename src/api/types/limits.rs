//! The limits of the model that several structures share.

use crate::api::shape::{Pattern, Shape};

pub const NAME: Shape = Shape::text(1, 80);
pub const ARN: Shape = Shape::text(1, 256);
pub const LONG_ARN: Shape = Shape::text(1, 2000);
pub const DEFINITION: Shape = Shape::secret(1, 1_048_576);
pub const DATA: Shape = Shape::secret(0, 262_144);
pub const ERROR: Shape = Shape::secret(0, 256);
pub const CAUSE: Shape = Shape::secret(0, 32_768);
pub const DESCRIPTION: Shape = Shape::secret(0, 256);
pub const PAGE_SIZE: Shape = Shape::Integer { min: 0, max: 1000 };
pub const PAGE_TOKEN: Shape = Shape::text(1, 1024);
pub const TASK_TOKEN: Shape = Shape::secret(1, 2048);
pub const STATE_NAME: Shape = Shape::secret(1, 80);
pub const ANY_TEXT: Shape = Shape::text(0, usize::MAX);
pub const WORKFLOW_TYPE: Shape = Shape::Enum(&["STANDARD", "EXPRESS"]);
pub const INCLUDED_DATA: Shape = Shape::Enum(&["ALL_DATA", "METADATA_ONLY"]);
pub const COUNT: Shape = Shape::Integer {
    min: 0,
    max: i32::MAX as i64,
};
pub const LONG_COUNT: Shape = Shape::Integer {
    min: 0,
    max: i64::MAX,
};
pub const TRACE_HEADER: Shape = Shape::String {
    min: 0,
    max: 256,
    pattern: Some(Pattern {
        text: r"\p{ASCII}*",
        fits: str::is_ascii,
    }),
    is_sensitive: false,
};
pub const ALIAS_NAME: Shape = Shape::String {
    min: 1,
    max: 80,
    pattern: Some(Pattern {
        text: r"^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$",
        fits: is_alias_name,
    }),
    is_sensitive: false,
};
pub const CLIENT_TOKEN: Shape = Shape::String {
    min: 1,
    max: 64,
    pattern: Some(Pattern {
        text: "[!-~]+",
        fits: is_client_token,
    }),
    is_sensitive: false,
};

/// Letters, digits, `_`, `-` and `.`, but not digits alone: those are versions.
fn is_alias_name(name: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphabetic() || b"_-.".contains(&byte);
    let mut bytes = name.bytes();
    name.bytes().any(is_sign) && bytes.all(|byte| is_sign(byte) || byte.is_ascii_digit())
}

fn is_client_token(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| (b'!'..=b'~').contains(&byte))
}
