//! The third argument of `$formatNumber`.

/// The characters that a picture and the formatted number use: the decimal format of XPath.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Between integer and fraction.
    pub decimal_separator: String,
    /// Between groups of digits.
    pub grouping_separator: String,
    /// Between mantissa and exponent.
    pub exponent_separator: String,
    /// What stands for an infinite number.
    pub infinity: String,
    /// Before a negative number.
    pub minus_sign: String,
    /// What stands for a value that is no number.
    pub nan: String,
    /// Multiplies by 100 where it stands in a picture.
    pub percent: String,
    /// Multiplies by 1000 where it stands in a picture.
    pub per_mille: String,
    /// The zero of the ten digits.
    pub zero_digit: String,
    /// Place of a digit that is left out if it would be a leading or trailing zero.
    pub digit: String,
    /// Between the pictures of positive and negative numbers.
    pub pattern_separator: String,
}

impl Default for Options {
    fn default() -> Self {
        let owned = str::to_owned;
        Self {
            decimal_separator: owned("."),
            grouping_separator: owned(","),
            exponent_separator: owned("e"),
            infinity: owned("Infinity"),
            minus_sign: owned("-"),
            nan: owned("NaN"),
            percent: owned("%"),
            per_mille: owned("\u{2030}"),
            zero_digit: owned("0"),
            digit: owned("#"),
            pattern_separator: owned(";"),
        }
    }
}

impl Options {
    /// Sets the option of that name; a name that is no option changes nothing.
    pub fn set(&mut self, name: &str, value: &str) {
        let option = match name {
            "decimal-separator" => &mut self.decimal_separator,
            "grouping-separator" => &mut self.grouping_separator,
            "exponent-separator" => &mut self.exponent_separator,
            "infinity" => &mut self.infinity,
            "minus-sign" => &mut self.minus_sign,
            "NaN" => &mut self.nan,
            "percent" => &mut self.percent,
            "per-mille" => &mut self.per_mille,
            "zero-digit" => &mut self.zero_digit,
            "digit" => &mut self.digit,
            "pattern-separator" => &mut self.pattern_separator,
            _ => return,
        };
        value.clone_into(option);
    }

    /// Whether the option is this one character.
    pub(super) fn is(option: &str, c: char) -> bool {
        let mut chars = option.chars();
        chars.next() == Some(c) && chars.next().is_none()
    }

    /// The digit's value, if the character is one of the ten.
    pub(super) fn digit_value(&self, c: char) -> Option<u32> {
        let mut chars = self.zero_digit.chars();
        let (zero, None) = (chars.next()?, chars.next()) else {
            return None;
        };
        u32::from(c)
            .checked_sub(u32::from(zero))
            .filter(|value| *value < 10)
    }

    /// The character of a digit.
    pub(super) fn digit_char(&self, value: u32) -> char {
        let zero = self.zero_digit.chars().next().unwrap_or('0');
        char::from_u32(u32::from(zero) + value).unwrap_or('0')
    }
}
