//! Sets of sixteen-bit units.

/// A set of units, by ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Class {
    pub ranges: Vec<(u16, u16)>,
    pub is_negated: bool,
}

const DIGITS: [(u16, u16); 1] = [(0x30, 0x39)];
const WORD: [(u16, u16); 4] = [(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)];
const SPACE: [(u16, u16); 10] = [
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

/// Ranges longer than this are not searched for units that differ in case only; asking for
/// the usual partners of a unit does there.
const MAX_FOLDED: u16 = 0x800;

impl Class {
    /// The class of `\d`, `\w`, `\s` and of their large letters.
    pub fn escape(letter: u16) -> Option<Self> {
        let letter = u8::try_from(letter).ok()?;
        let ranges: &[(u16, u16)] = match letter.to_ascii_lowercase() {
            b'd' => &DIGITS,
            b'w' => &WORD,
            b's' => &SPACE,
            _ => return None,
        };
        let class = Self {
            ranges: ranges.to_vec(),
            is_negated: false,
        };
        Some(if letter.is_ascii_uppercase() {
            class.complement()
        } else {
            class
        })
    }

    /// All other units, as ranges.
    fn complement(&self) -> Self {
        let mut ranges = Vec::new();
        let mut next = 0_u32;
        for (first, last) in &self.ranges {
            if next < u32::from(*first) {
                ranges.push((next as u16, first - 1));
            }
            next = u32::from(*last) + 1;
        }
        if next <= 0xFFFF {
            ranges.push((next as u16, 0xFFFF));
        }
        Self {
            ranges,
            is_negated: false,
        }
    }

    /// Adds what the units become where case makes no difference.
    pub fn fold(mut self) -> Self {
        let mut folded: Vec<(u16, u16)> = Vec::new();
        for (first, last) in &self.ranges {
            if last - first <= MAX_FOLDED {
                folded.extend((*first..=*last).map(fold).map(|unit| (unit, unit)));
            }
        }
        self.ranges.extend(folded);
        self.ranges.sort_unstable();
        let mut merged: Vec<(u16, u16)> = Vec::new();
        for (first, last) in self.ranges {
            match merged.last_mut() {
                Some(before) if u32::from(first) <= u32::from(before.1) + 1 => {
                    before.1 = before.1.max(last);
                }
                _ => merged.push((first, last)),
            }
        }
        self.ranges = merged;
        self
    }

    /// Whether the unit is in the set as it is.
    pub fn has(&self, unit: u16) -> bool {
        self.is_negated != self.is_listed(unit)
    }

    /// Whether the unit or one that differs only in case is in the set, which was folded.
    pub fn has_folded(&self, unit: u16) -> bool {
        let upper = fold(unit);
        let lower = lower(upper);
        self.is_negated
            != (self.is_listed(unit)
                || self.is_listed(upper)
                || (fold(lower) == upper && self.is_listed(lower)))
    }

    fn is_listed(&self, unit: u16) -> bool {
        self.ranges
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&unit))
    }
}

/// Whether a unit belongs to a word: `\w`.
pub(super) fn is_word(unit: u16) -> bool {
    WORD.iter()
        .any(|(first, last)| (*first..=*last).contains(&unit))
}

/// Whether a unit ends a line.
pub(super) fn is_line_end(unit: u16) -> bool {
    matches!(unit, 0x0A | 0x0D | 0x2028 | 0x2029)
}

/// The unit by which units that differ only in case are compared: the large letter, if
/// that is one unit and none of ASCII for one that is not.
pub(super) fn fold(unit: u16) -> u16 {
    if unit < 0x80 {
        return match u8::try_from(unit) {
            Ok(byte) => u16::from(byte.to_ascii_uppercase()),
            Err(_) => unit,
        };
    }
    let Some(c) = char::from_u32(u32::from(unit)) else {
        return unit;
    };
    single(c.to_uppercase())
        .filter(|upper| *upper >= 0x80)
        .unwrap_or(unit)
}

fn lower(unit: u16) -> u16 {
    char::from_u32(u32::from(unit))
        .and_then(|c| single(c.to_lowercase()))
        .unwrap_or(unit)
}

fn single(mut chars: impl Iterator<Item = char>) -> Option<u16> {
    let c = chars.next()?;
    if chars.next().is_some() {
        return None;
    }
    u16::try_from(u32::from(c)).ok()
}
