//! Sets of units.

use super::Syntax;

/// A set of units, by ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Class {
    pub ranges: Vec<(u32, u32)>,
    pub is_negated: bool,
}

const DIGITS: [(u32, u32); 1] = [(0x30, 0x39)];
const WORD: [(u32, u32); 4] = [(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)];
const SPACE: [(u32, u32); 10] = [
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
];

const JAVA_SPACE: [(u32, u32); 2] = [(0x09, 0x0D), (0x20, 0x20)];
const BLANKS: [(u32, u32); 8] = [
    (0x09, 0x09),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x180E, 0x180E),
    (0x2000, 0x200A),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
];
const LINE_ENDS: [(u32, u32); 3] = [(0x0A, 0x0D), (0x85, 0x85), (0x2028, 0x2029)];

/// Ranges longer than this are not searched for units that differ in case only; asking for
/// the usual partners of a unit does there.
const MAX_FOLDED: u32 = 0x800;

impl Class {
    pub fn of(ranges: &[(u32, u32)]) -> Self {
        Self {
            ranges: ranges.to_vec(),
            is_negated: false,
        }
    }

    /// The class of `\d`, `\w`, `\s`, in Java also `\h` and `\v`, and of their large letters.
    pub fn escape(letter: u32, syntax: Syntax) -> Option<Self> {
        let letter = u8::try_from(letter).ok()?;
        let class = Self::of(match (letter.to_ascii_lowercase(), syntax) {
            (b'd', _) => &DIGITS,
            (b'w', _) => &WORD,
            (b's', Syntax::JavaScript) => &SPACE,
            (b's', Syntax::Java) => &JAVA_SPACE,
            (b'h', Syntax::Java) => &BLANKS,
            (b'v', Syntax::Java) => &LINE_ENDS,
            _ => return None,
        });
        Some(if letter.is_ascii_uppercase() {
            class.complement()
        } else {
            class
        })
    }

    /// What ends a line or a page, one unit at a time: `\v` of Java.
    pub fn line_ends() -> Self {
        Self::of(&LINE_ENDS)
    }

    /// What `.` stands for in Java.
    pub fn dot(takes_line_ends: bool) -> Self {
        let ends: &[(u32, u32)] = match takes_line_ends {
            true => &[],
            false => &[(0x0A, 0x0A), (0x0D, 0x0D), (0x85, 0x85), (0x2028, 0x2029)],
        };
        Self {
            ranges: ends.to_vec(),
            is_negated: true,
        }
    }

    /// Adds the other case of letters of ASCII.
    pub fn fold_ascii(&mut self) {
        for (first, last, other) in [('a', 'z', 'A'), ('A', 'Z', 'a')]
            .map(|(first, last, other)| (u32::from(first), u32::from(last), u32::from(other)))
        {
            for at in 0..self.ranges.len() {
                let Some(range) = self.ranges.get(at) else {
                    continue;
                };
                let (from, to) = (range.0.max(first), range.1.min(last));
                if from <= to {
                    self.ranges.push((from - first + other, to - first + other));
                }
            }
        }
    }

    /// All other units, as ranges.
    fn complement(&self) -> Self {
        let mut ranges = Vec::new();
        let mut next = 0;
        for (first, last) in &self.ranges {
            if next < *first {
                ranges.push((next, first - 1));
            }
            next = last + 1;
        }
        ranges.push((next, u32::MAX));
        Self {
            ranges,
            is_negated: false,
        }
    }

    /// Adds what the units become where case makes no difference.
    pub fn fold(mut self) -> Self {
        let mut folded: Vec<(u32, u32)> = Vec::new();
        for (first, last) in &self.ranges {
            if last - first <= MAX_FOLDED {
                folded.extend((*first..=*last).map(fold).map(|unit| (unit, unit)));
            }
        }
        folded.retain(|(unit, _)| !self.is_listed(*unit));
        // Runs of neighbours, as the units come in order, become one range again.
        folded.dedup_by(|next, before| {
            let is_next = next.0 <= before.1 + 1 && next.0 >= before.0;
            if is_next {
                before.1 = before.1.max(next.1);
            }
            is_next
        });
        self.ranges.extend(folded);
        self
    }

    /// Whether the unit is in the set as it is.
    pub fn has(&self, unit: u32) -> bool {
        self.is_negated != self.is_listed(unit)
    }

    /// Whether the unit or one that differs only in case is in the set, which was folded.
    pub fn has_folded(&self, unit: u32) -> bool {
        let upper = fold(unit);
        let lower = lower(upper);
        self.is_negated
            != (self.is_listed(unit)
                || self.is_listed(upper)
                || (fold(lower) == upper && self.is_listed(lower)))
    }

    fn is_listed(&self, unit: u32) -> bool {
        self.ranges
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&unit))
    }
}

/// Whether a unit belongs to a word: `\w`.
pub(super) fn is_word(unit: u32) -> bool {
    WORD.iter()
        .any(|(first, last)| (*first..=*last).contains(&unit))
}

/// Whether a unit ends a line.
pub(super) fn is_line_end(unit: u32) -> bool {
    matches!(unit, 0x0A | 0x0D | 0x2028 | 0x2029)
}

/// The unit by which units that differ only in case are compared: the large letter, if
/// that is one unit and none of ASCII for one that is not.
pub(super) fn fold(unit: u32) -> u32 {
    let Some(c) = char::from_u32(unit) else {
        return unit;
    };
    if c.is_ascii() {
        return u32::from(c.to_ascii_uppercase());
    }
    single(c.to_uppercase())
        .filter(|upper| *upper >= 0x80)
        .unwrap_or(unit)
}

fn lower(unit: u32) -> u32 {
    char::from_u32(unit)
        .and_then(|c| single(c.to_lowercase()))
        .unwrap_or(unit)
}

fn single(mut chars: impl Iterator<Item = char>) -> Option<u32> {
    let c = chars.next()?;
    chars.next().is_none().then_some(u32::from(c))
}
