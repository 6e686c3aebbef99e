//! `--start`: where the virtual clock begins.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::time::Timestamp;

/// The first instant of an execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// A given one.
    At(Timestamp),
    /// That of the real clock.
    Now,
}

/// A text that is neither a time nor `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartError;

impl Start {
    /// The instant; reads the clock only for [`Start::Now`].
    pub fn instant(self) -> Timestamp {
        match self {
            Start::At(instant) => instant,
            Start::Now => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH);
                Timestamp::from_millis(0) + since.unwrap_or_default()
            }
        }
    }
}

impl Default for Start {
    /// The first instant of 2026, so that a run without a time is the same every day.
    fn default() -> Self {
        Self::At(Timestamp::from_millis(1_767_225_600_000))
    }
}

impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Start::At(instant) => instant.fmt(f),
            Start::Now => f.write_str("now"),
        }
    }
}

impl FromStr for Start {
    type Err = StartError;

    fn from_str(text: &str) -> Result<Self, StartError> {
        if text == "now" {
            return Ok(Self::Now);
        }
        Timestamp::parse_rfc3339(text)
            .map(Self::At)
            .ok_or(StartError)
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a time such as 2026-01-01T00:00:00Z, or now")
    }
}

impl std::error::Error for StartError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_fixed() {
        let text = Start::default().to_string();
        assert_eq!(text, "2026-01-01T00:00:00.000Z");
        assert_eq!(text.parse(), Ok(Start::default()));
        assert_eq!("now".parse(), Ok(Start::Now));
        assert_eq!("today".parse::<Start>(), Err(StartError));
    }
}
