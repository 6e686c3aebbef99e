//! `States.Base64Encode`, `States.Base64Decode`, `States.Hash` and `States.UUID`.

use super::evaluate::{Arguments, Outcome};
use super::{IntrinsicErrorKind, Random};
use crate::expr::encoding;
use crate::source::json::Value;

/// How many characters these functions take.
const MAX_CHARS: usize = 10_000;

pub(super) fn base64_encode(arguments: &Arguments) -> Outcome {
    let text = arguments.text(0)?;
    check_length(text)?;
    Ok(encoding::base64_encode(text).into())
}

pub(super) fn base64_decode(arguments: &Arguments) -> Outcome {
    let text = arguments.text(0)?;
    check_length(text)?;
    let bytes = encoding::base64_decode(text);
    Ok(String::from_utf8_lossy(&bytes).into_owned().into())
}

/// The hash of a text, or of the JSON text of anything else, in hexadecimal digits.
pub(super) fn hash(arguments: &Arguments) -> Outcome {
    let data = match arguments.value(0) {
        Value::String(text) => text.to_string(),
        value => value.to_string(),
    };
    check_length(&data)?;
    let algorithm = arguments.text(1)?;
    match encoding::hash(algorithm, data.as_bytes()) {
        Some(hash) => Ok(hash.into()),
        None => Err(IntrinsicErrorKind::UnknownAlgorithm(algorithm.into())),
    }
}

/// A random identifier of version 4.
pub(super) fn uuid(random: &mut dyn Random) -> Value {
    encoding::uuid(|| random.next_u64()).into()
}

fn check_length(text: &str) -> Result<(), IntrinsicErrorKind> {
    if text.chars().count() > MAX_CHARS {
        return Err(IntrinsicErrorKind::TooLong(MAX_CHARS));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> String {
        let value = base64_decode(&Arguments(&[text.into()])).unwrap();
        value.as_str().unwrap().to_owned()
    }

    #[test]
    fn decodes_leniently() {
        assert_eq!(decoded("YWJjZA=="), "abcd");
        assert_eq!(decoded(" YWJjZA"), "abcd");
        assert_eq!(decoded("YW\nJj!ZA==YWJj"), "abcd");
        assert_eq!(decoded("4pyT"), "✓");
        assert_eq!(decoded("A"), "");
        assert_eq!(decoded("_w"), "\u{fffd}");
    }

    #[test]
    fn identifiers_are_of_version_four() {
        let mut bits = 0_u64;
        let mut random = || {
            bits += 1;
            bits
        };
        assert_eq!(
            uuid(&mut random),
            "00000000-0000-4001-8000-000000000002".into()
        );
    }
}
