//! `States.Base64Encode`, `States.Base64Decode`, `States.Hash` and `States.UUID`.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};
use uuid::Builder;

use super::evaluate::{Arguments, Outcome};
use super::{IntrinsicErrorKind, Random};
use crate::source::json::Value;

/// How many characters these functions take.
const MAX_CHARS: usize = 10_000;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

pub(super) fn base64_encode(arguments: &Arguments) -> Outcome {
    let text = arguments.text(0)?;
    check_length(text)?;
    Ok(BASE64.encode(text).into())
}

/// Reads Base64 as leniently as the service does: characters that do not belong are
/// passed over, the first `=` ends the text, padding may be missing.
pub(super) fn base64_decode(arguments: &Arguments) -> Outcome {
    let text = arguments.text(0)?;
    check_length(text)?;
    let mut digits: Vec<u8> = text
        .bytes()
        .take_while(|byte| *byte != b'=')
        .filter_map(|byte| match byte {
            b'-' => Some(b'+'),
            b'_' => Some(b'/'),
            byte => (byte.is_ascii_alphanumeric() || b"+/".contains(&byte)).then_some(byte),
        })
        .collect();
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    let bytes = BASE64.decode(digits).unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned().into())
}

/// The hash of a text, or of the JSON text of anything else, in hexadecimal digits.
pub(super) fn hash(arguments: &Arguments) -> Outcome {
    let data = match arguments.value(0) {
        Value::String(text) => text.to_string(),
        value => value.to_string(),
    };
    check_length(&data)?;
    let digest = match arguments.text(1)? {
        "MD5" => Md5::digest(data).to_vec(),
        "SHA-1" => Sha1::digest(data).to_vec(),
        "SHA-256" => Sha256::digest(data).to_vec(),
        "SHA-384" => Sha384::digest(data).to_vec(),
        "SHA-512" => Sha512::digest(data).to_vec(),
        name => return Err(IntrinsicErrorKind::UnknownAlgorithm(name.into())),
    };
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(hex.into())
}

/// A random identifier of version 4.
pub(super) fn uuid(random: &mut dyn Random) -> Value {
    let bits = u128::from(random.next_u64()) << 64 | u128::from(random.next_u64());
    let uuid = Builder::from_random_bytes(bits.to_be_bytes()).into_uuid();
    uuid.hyphenated().to_string().into()
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
