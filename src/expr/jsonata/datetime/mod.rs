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

/// `$toMillis`: the time that a text shows, in milliseconds since 1970. Without picture the
/// text follows ISO 8601. `None` if the text does not follow the picture; NaN if it names no
/// day of the calendar. `fuel` gets less with every step of looking for the picture.
pub fn to_millis(
    text: &str,
    picture: Option<&str>,
    now_millis: f64,
    fuel: &mut u64,
) -> Result<Option<f64>, Error> {
    match picture {
        Some(picture) => Reader::new(picture)?.millis(text, now_millis, fuel),
        None => iso::parse(text).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_texts_of_any_length_end() {
        let digits = "9".repeat(10_000);
        let markers = "[Y]".repeat(1000);
        assert!(from_millis(0.0, Some(&format!("[Y,{digits}]")), None).is_ok());
        let read = |text: &str, picture| to_millis(text, Some(picture), 0.0, &mut 1_000_000);
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
            let millis = to_millis(text, Some(picture), NOW, &mut 1_000)
                .unwrap()
                .unwrap();
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
