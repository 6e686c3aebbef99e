//! Text edits as data: apply, invert, map an offset.

use std::fmt;

use super::Span;
use crate::source::sort::sort_by_number;

/// One range and the text that takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The range in the text before the edit.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// A set of replacements that happen at once.
///
/// Invariant: sorted by position and not overlapping, all in terms of the text
/// before the edit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextEdit {
    replacements: Vec<Replacement>,
}

/// Why an edit does not fit a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// Two replacements share a byte.
    Overlap,
    /// A range ends beyond the text or inside a character.
    OutOfText,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EditError::Overlap => "two replacements of one edit overlap",
            EditError::OutOfText => "an edit reaches outside the text or splits a character",
        })
    }
}

impl std::error::Error for EditError {}

impl TextEdit {
    /// An edit of several replacements, in any order.
    pub fn new(mut replacements: Vec<Replacement>) -> Result<Self, EditError> {
        sort_by_number(&mut replacements, |replacement| replacement.span.order());
        let overlap = replacements
            .iter()
            .zip(replacements.iter().skip(1))
            .any(|(a, b)| a.span.end > b.span.start);
        if overlap {
            return Err(EditError::Overlap);
        }
        Ok(Self { replacements })
    }

    /// An edit of one replacement.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self {
            replacements: vec![Replacement {
                span,
                text: text.into(),
            }],
        }
    }

    /// An edit that inserts `text` at `offset`.
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::at(offset), text)
    }

    /// The smallest single replacement that turns `old` into `new`.
    pub fn between(old: &str, new: &str) -> Self {
        let prefix = common_prefix(old, new);
        let (old_rest, new_rest) = (
            old.get(prefix..).unwrap_or(""),
            new.get(prefix..).unwrap_or(""),
        );
        let suffix = common_suffix(old_rest, new_rest);
        let text = new_rest.get(..new_rest.len() - suffix).unwrap_or("");
        let span = Span::new(prefix, old.len() - suffix);
        if span.is_empty() && text.is_empty() {
            return Self::default();
        }
        Self::replace(span, text)
    }

    /// The replacements, sorted by position.
    pub fn replacements(&self) -> &[Replacement] {
        &self.replacements
    }

    /// Whether the edit changes nothing.
    pub fn is_empty(&self) -> bool {
        self.replacements
            .iter()
            .all(|replacement| replacement.span.is_empty() && replacement.text.is_empty())
    }

    /// The text after the edit.
    pub fn apply(&self, text: &str) -> Result<String, EditError> {
        let grown: usize = self
            .replacements
            .iter()
            .map(|replacement| replacement.text.len())
            .sum();
        let mut result = String::with_capacity(text.len() + grown);
        let mut kept = 0;
        for Replacement { span, text: new } in &self.replacements {
            result.push_str(
                text.get(kept..span.start as usize)
                    .ok_or(EditError::OutOfText)?,
            );
            text.get(span.range()).ok_or(EditError::OutOfText)?;
            result.push_str(new);
            kept = span.end as usize;
        }
        result.push_str(text.get(kept..).ok_or(EditError::OutOfText)?);
        Ok(result)
    }

    /// The edit that turns the result of `self.apply(text)` back into `text`.
    pub fn invert(&self, text: &str) -> Self {
        let mut shift = 0_i64;
        let replacements = self
            .replacements
            .iter()
            .map(|Replacement { span, text: new }| {
                let start = shifted(span.start, shift);
                shift += new.len() as i64 - span.len() as i64;
                Replacement {
                    span: Span::new(start, start + new.len()),
                    text: span.of(text).to_owned(),
                }
            })
            .collect();
        Self { replacements }
    }

    /// Where a place in the text before the edit is afterwards.
    ///
    /// A place inside a replaced range moves to the end of what replaced it; a
    /// place right at an insertion stays before it.
    pub fn map_offset(&self, offset: u32) -> u32 {
        let mut shift = 0_i64;
        for Replacement { span, text } in &self.replacements {
            if offset <= span.start {
                break;
            }
            if offset < span.end {
                return u32::try_from(shifted(span.start, shift) + text.len()).unwrap_or(u32::MAX);
            }
            shift += text.len() as i64 - span.len() as i64;
        }
        u32::try_from(shifted(offset, shift)).unwrap_or(u32::MAX)
    }
}

fn shifted(offset: u32, shift: i64) -> usize {
    usize::try_from(i64::from(offset) + shift).unwrap_or(0)
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.chars()
        .zip(b.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum()
}

fn common_suffix(a: &str, b: &str) -> usize {
    a.chars()
        .rev()
        .zip(b.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(parts: &[(usize, usize, &str)]) -> TextEdit {
        let replacements = parts
            .iter()
            .map(|&(a, b, text)| Replacement {
                span: Span::new(a, b),
                text: text.into(),
            })
            .collect();
        TextEdit::new(replacements).unwrap()
    }

    #[test]
    fn an_inverse_undoes() {
        let text = "one twö three";
        for parts in [
            &[(0, 3, "1")][..],
            &[(4, 8, ""), (9, 14, "3"), (0, 0, "> ")],
            &[(14, 14, "!")],
            &[(0, 14, "")],
            &[],
        ] {
            let edit = edit(parts);
            let changed = edit.apply(text).unwrap();
            assert_eq!(
                edit.invert(text).apply(&changed).unwrap(),
                text,
                "{parts:?}"
            );
        }
    }

    #[test]
    fn refuses_what_does_not_fit() {
        let replacement = |a, b| Replacement {
            span: Span::new(a, b),
            text: String::new(),
        };
        assert_eq!(
            TextEdit::new(vec![replacement(2, 4), replacement(0, 3)]),
            Err(EditError::Overlap)
        );
        assert_eq!(edit(&[(0, 9, "")]).apply("abc"), Err(EditError::OutOfText));
        assert_eq!(edit(&[(1, 2, "")]).apply("ö"), Err(EditError::OutOfText));
    }

    #[test]
    fn maps_offsets() {
        let edit = edit(&[(2, 4, "xyz"), (6, 6, "++")]);
        let mapped: Vec<u32> = (0..=8).map(|offset| edit.map_offset(offset)).collect();
        assert_eq!(mapped, [0, 1, 2, 5, 5, 6, 7, 10, 11]);
    }

    #[test]
    fn finds_the_smallest_difference() {
        for (old, new, span, text) in [
            ("abcd", "abXd", (2, 3), "X"),
            ("aa", "aaa", (2, 2), "a"),
            ("é1", "è1", (0, 2), "è"),
            ("same", "same", (0, 0), ""),
        ] {
            let edit = TextEdit::between(old, new);
            assert_eq!(edit.apply(old).unwrap(), new);
            if let Some(replacement) = edit.replacements().first() {
                assert_eq!(
                    (replacement.span, replacement.text.as_str()),
                    (Span::new(span.0, span.1), text)
                );
            }
        }
        assert!(TextEdit::between("same", "same").is_empty());
    }
}
