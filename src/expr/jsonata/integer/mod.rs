//! Integers as words, Roman numerals, letters or digits: the pictures of `$formatInteger`
//! and `$parseInteger`, which the pictures of dates use too. They are those of section
//! 4.6.1 of XPath and XQuery Functions and Operators 3.1, for English.

mod digits;
mod error;
mod letters;
mod picture;
mod roman;
mod words;
pub(super) use digits::parse_int;
pub use error::Error;
pub(super) use picture::{Grouping, Letters, Picture, Presentation};
pub(super) use words::numeral_words;

/// `$formatInteger`: the number, rounded down, as the picture shows it, such as `#,##0`,
/// `Ww;o` or `i`.
pub fn format(value: f64, picture: &str) -> Result<String, Error> {
    Picture::parse(picture)?.format(value)
}

/// `$parseInteger`: the number that a text written by such a picture shows; NaN if it
/// shows none.
pub fn parse(text: &str, picture: &str) -> Result<f64, Error> {
    Picture::parse(picture)?.parse_text(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_too_long_for_roman_numerals_are_written_in_digits() {
        assert_eq!(format(1e300, "i").as_deref(), Ok("1e+300"));
        assert_eq!(format(21_000_000.0, "i").as_deref(), Ok("21000000"));
        assert_eq!(format(4000.0, "i").as_deref(), Ok("mmmm"));
    }

    #[test]
    fn what_is_no_number_stays_none() {
        for picture in ["0", "w", "I", "a", "#,##0;o", "Ww;o"] {
            assert!(format(f64::NAN, picture).is_ok());
            assert!(format(f64::INFINITY, picture).is_ok());
            let _ = parse("9".repeat(400).as_str(), picture);
        }
    }
}
