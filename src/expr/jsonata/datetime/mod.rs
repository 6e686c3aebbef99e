//! Times as texts: the pictures of `$fromMillis` and `$toMillis`, which are those of
//! section 9.8 of XPath and XQuery Functions and Operators 3.1 for English and the
//! calendar of ISO 8601. No clock is read: what a text leaves open is filled from the
//! present that the caller hands in.

mod calendar;
mod complete;
mod error;
mod format;
mod iso;
mod names;
mod picture;
mod read;

pub use error::Error;
pub use read::Reader;

use picture::Picture;

/// The picture of `$fromMillis` where none is given.
const ISO_8601: &str = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]";

/// `$fromMillis`: a time in milliseconds since 1970 as the picture shows it, in the time
/// zone that four digits such as `+0100` name.
pub fn from_millis(
    millis: f64,
    picture: Option<&str>,
    timezone: Option<&str>,
) -> Result<String, Error> {
    let picture = Picture::parse(picture.unwrap_or(ISO_8601))?;
    format::format(millis, &picture, timezone)
}

/// `$toMillis` without picture: the time that a text in ISO 8601 shows, in milliseconds since
/// 1970; NaN if it names no day of the calendar. With one it is a [`Reader`]'s.
pub fn to_millis(text: &str) -> Result<f64, Error> {
    iso::parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_texts_of_any_length_end() {
        let digits = "9".repeat(10_000);
        let markers = "[Y]".repeat(1000);
        assert!(from_millis(0.0, Some(&format!("[Y,{digits}]")), None).is_ok());
        let read = |text: &str, picture| Reader::new(picture)?.millis(text, 0.0, &mut 1_000_000);
        assert_eq!(read(&format!("{digits}x"), &markers), Err(Error::TooLong));
        assert_eq!(read(&digits, "[Yw][H][m]"), Ok(None));
        assert!(from_millis(1e308, Some("[YI]"), Some(&digits)).is_ok());
        let (many, long) = ("[Y]".repeat(200_000), "9".repeat(2_000_000));
        assert_eq!(read(&format!("{long}x"), &many), Err(Error::TooLong));
        // Each of three numbers may end anywhere: no product of all their ends.
        assert_eq!(read(&"9".repeat(1_000), "[H][m][s] "), Ok(None));
    }

    #[test]
    fn the_present_fills_what_is_left_open() {
        const NOW: f64 = 1_748_779_445_006.0; // 2025-06-01T12:04:05.006Z
        let filled = |text, picture| {
            let reader = Reader::new(picture).unwrap();
            let millis = reader.millis(text, NOW, &mut 1_000).unwrap().unwrap();
            from_millis(millis, None, None).unwrap()
        };
        assert_eq!(filled("13:45", "[H]:[m]"), "2025-06-01T13:45:00.000Z");
        assert_eq!(filled("24", "[D]"), "2025-06-24T00:00:00.000Z");
        assert_eq!(filled("30", "[m]"), "2025-06-01T12:30:00.000Z");
        assert_eq!(filled("pm", "[P]"), "2025-06-01T12:00:00.000Z");
        assert_eq!(filled("Monday", "[FNn]"), "2025-06-01T12:04:05.006Z");
        assert_eq!(filled("60", "[d]"), "2025-03-01T12:04:05.006Z");
    }
}
