//! Lists in pages.
//!
//! A token says where the next page begins and what was asked for; it is good for a day
//! and for the same arguments only.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::{ApiError, ErrorCode};
use crate::time::Timestamp;

const DEFAULT_SIZE: usize = 100;
const LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// What page of a list is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// What is listed and how it is narrowed; part of every token.
    pub question: &'a str,
    /// `maxResults`; 0 and none are 100.
    pub max_results: Option<u32>,
    /// `nextToken` of the page before.
    pub token: Option<&'a str>,
    /// When it is asked.
    pub now: Timestamp,
}

/// A page, and the token of the next one.
pub type Page<T> = (Vec<T>, Option<Arc<str>>);

/// Takes a page out of a list. `key` names an item among the others, so that a page goes
/// on behind the last item shown even if others came or went.
pub fn page<T>(
    items: Vec<T>,
    key: impl Fn(&T) -> &str,
    wanted: Wanted<'_>,
) -> Result<Page<T>, ApiError> {
    let size = match wanted.max_results {
        None | Some(0) => DEFAULT_SIZE,
        Some(size) => size as usize,
    };
    let start = match wanted.token {
        None => 0,
        Some(token) => {
            let (offset, last) = read(token, wanted)?;
            let found = items.iter().position(|item| key(item) == last);
            found.map_or(offset, |index| index + 1)
        }
    };
    let count = items.len();
    let shown: Vec<T> = items.into_iter().skip(start).take(size).collect();
    let end = start + shown.len();
    let next = shown.last().filter(|_| end < count);
    let next = next.map(|last| write(end, key(last), wanted).into());
    Ok((shown, next))
}

fn write(offset: usize, last: &str, wanted: Wanted<'_>) -> String {
    let issued = wanted.now.as_millis();
    let content = format!("{offset}\n{issued}\n{last}");
    let sum = checksum(&content, wanted.question);
    URL_SAFE_NO_PAD.encode(format!("{sum:016x}\n{content}"))
}

fn read(token: &str, wanted: Wanted<'_>) -> Result<(usize, String), ApiError> {
    let invalid = || ApiError::about(ErrorCode::InvalidToken, "Invalid token");
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| invalid())?;
    let text = String::from_utf8(bytes).map_err(|_| invalid())?;
    let (sum, content) = text.split_once('\n').ok_or_else(invalid)?;
    if format!("{:016x}", checksum(content, wanted.question)) != sum {
        return Err(invalid());
    }
    let mut parts = content.splitn(3, '\n');
    let mut next = || parts.next().ok_or_else(invalid);
    let (offset, issued, last) = (next()?, next()?, next()?);
    let issued = issued.parse().map_err(|_| invalid())?;
    if wanted.now.since(Timestamp::from_millis(issued)) > LIFETIME {
        return Err(invalid());
    }
    let offset = offset.parse().map_err(|_| invalid())?;
    Ok((offset, last.to_owned()))
}

/// FNV-1a, enough to tell a token from a guess.
fn checksum(content: &str, question: &str) -> u64 {
    let bytes = question.bytes().chain([0]).chain(content.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(token: Option<&str>, hours: u64) -> Wanted<'_> {
        Wanted {
            question: "letters",
            max_results: Some(2),
            token,
            now: Timestamp::from_millis(0) + Duration::from_secs(3600 * hours),
        }
    }

    #[test]
    fn pages_follow_each_other() {
        let items = || vec!["a", "b", "c", "d", "e"];
        let (first, token) = page(items(), |item| item, wanted(None, 0)).unwrap();
        assert_eq!(first, ["a", "b"]);
        let token = token.unwrap();
        let (second, _) = page(items(), |item| item, wanted(Some(&token), 1)).unwrap();
        assert_eq!(second, ["c", "d"]);
        // One item more before the page, and one less.
        let (again, _) = page(
            vec!["0", "a", "b", "c"],
            |item| item,
            wanted(Some(&token), 1),
        )
        .unwrap();
        assert_eq!(again, ["c"]);
        let (third, _) = page(vec!["a", "c", "d"], |item| item, wanted(Some(&token), 1)).unwrap();
        assert_eq!(third, ["d"]);
        let (last, token) = page(vec!["a", "b"], |item| item, wanted(None, 0)).unwrap();
        assert_eq!((last.len(), token), (2, None));
    }

    #[test]
    fn a_token_is_for_the_same_question_and_a_day() {
        let items = || vec!["a", "b", "c"];
        let (_, token) = page(items(), |item| item, wanted(None, 0)).unwrap();
        let token = token.unwrap();
        let ask = |wanted| page(items(), |item| item, wanted).map(|(items, _)| items.len());
        assert_eq!(ask(wanted(Some(&token), 24)).unwrap(), 1);
        let other = Wanted {
            question: "digits",
            ..wanted(Some(&token), 1)
        };
        for wrong in [
            wanted(Some(&token), 25),
            wanted(Some("x"), 1),
            wanted(Some("ä"), 1),
            other,
        ] {
            assert_eq!(
                ask(wrong).unwrap_err().message,
                "Invalid Token: 'Invalid token'"
            );
        }
    }
}
