//! Timestamps and durations. Reads no clock: every instant is handed in.

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};

/// An instant in milliseconds since the Unix epoch, the service's own precision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The latest instant that can be written with four digits of a year.
    const LATEST_MILLIS: i64 = 253_402_300_799_999;

    /// The instant `millis` milliseconds after the epoch, clamped to years 0 to 9999.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(-62_167_219_200_000, Self::LATEST_MILLIS))
    }

    /// Milliseconds since the epoch.
    pub fn as_millis(self) -> i64 {
        self.0
    }

    /// Seconds since the epoch, as the API's `timestamp` members carry them.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// Reads an RFC 3339 time with a zone, as ASL's `Timestamp` fields demand
    /// (upper-case `T`, and `Z` or an offset).
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        if text.as_bytes().get(10) != Some(&b'T') || text.ends_with('z') {
            return None;
        }
        let instant = DateTime::parse_from_rfc3339(text).ok()?;
        Some(Self::from_millis(instant.timestamp_millis()))
    }

    /// The time elapsed since `earlier`; zero if `earlier` is later.
    pub fn since(self, earlier: Timestamp) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0).max(0).unsigned_abs())
    }
}

impl fmt::Display for Timestamp {
    /// Writes RFC 3339 in UTC with milliseconds: `2026-01-02T03:04:05.678Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instant = DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default();
        f.write_str(&instant.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Add<Duration> for Timestamp {
    type Output = Timestamp;

    /// Saturates at the end of year 9999: a Wait may name any number of seconds.
    fn add(self, duration: Duration) -> Timestamp {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        Self::from_millis(self.0.saturating_add(millis))
    }
}

impl Sub for Timestamp {
    type Output = Duration;

    fn sub(self, earlier: Timestamp) -> Duration {
        self.since(earlier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_utc_with_milliseconds() {
        assert_eq!(
            Timestamp::from_millis(1_700_000_000_123).to_string(),
            "2023-11-14T22:13:20.123Z"
        );
    }

    #[test]
    fn reads_offsets_and_refuses_local_times() {
        let plus_two = Timestamp::parse_rfc3339("2024-01-01T02:00:00+02:00");
        assert_eq!(plus_two, Timestamp::parse_rfc3339("2024-01-01T00:00:00Z"));
        assert!(plus_two.is_some());
        for bad in [
            "2024-01-01T00:00:00",
            "2024-01-01 00:00:00Z",
            "2024-01-01",
            "2024-01-01t00:00:00Z",
            "",
        ] {
            assert_eq!(Timestamp::parse_rfc3339(bad), None, "{bad}");
        }
    }

    #[test]
    fn saturates_far_in_the_future() {
        let end = Timestamp::from_millis(0) + Duration::from_secs(u64::MAX);
        assert_eq!(end.to_string(), "9999-12-31T23:59:59.999Z");
    }
}
