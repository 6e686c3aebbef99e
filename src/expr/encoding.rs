//! Base64, hashes and identifiers, as the functions of both expression languages make them.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};
use uuid::Builder;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Bytes in Base64.
pub(super) fn base64_encode(bytes: impl AsRef<[u8]>) -> String {
    let bytes = bytes.as_ref();
    let mut digits = vec![0; bytes.len().div_ceil(3) * 4];
    // There is room for all digits, and each is ASCII. That the crate tells so by an `expect`
    // brings the texts of errors into the worker that are never shown.
    let encoded = BASE64.encode_slice(bytes, &mut digits);
    debug_assert_eq!(encoded, Ok(digits.len()));
    String::from_utf8(digits).unwrap_or_default()
}

/// Reads Base64 as leniently as the service and JavaScript do: characters that do not
/// belong are passed over, the first `=` ends the text, padding may be missing.
pub(super) fn base64_decode(text: &str) -> Vec<u8> {
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
    BASE64.decode(digits).unwrap_or_default()
}

/// The hash of data in hexadecimal digits; nothing if no such algorithm is offered.
pub(crate) fn hash(algorithm: &str, data: &[u8]) -> Option<String> {
    let digest = match algorithm {
        "MD5" => Md5::digest(data).to_vec(),
        "SHA-1" => Sha1::digest(data).to_vec(),
        "SHA-256" => Sha256::digest(data).to_vec(),
        "SHA-384" => Sha384::digest(data).to_vec(),
        "SHA-512" => Sha512::digest(data).to_vec(),
        _ => return None,
    };
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A random identifier of version 4.
pub(crate) fn uuid(mut random: impl FnMut() -> u64) -> String {
    let bits = u128::from(random()) << 64 | u128::from(random());
    let uuid = Builder::from_random_bytes(bits.to_be_bytes()).into_uuid();
    uuid.hyphenated().to_string()
}
