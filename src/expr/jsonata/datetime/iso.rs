//! Times as ISO 8601 writes them, as far as `$toMillis` takes them without picture.

use super::Error;
use super::calendar::{DAY, days_of_month};

/// The time in milliseconds; NaN if the text looks like a time and is none.
pub(super) fn parse(text: &str) -> Result<f64, Error> {
    let refuse = || Error::NotIso8601(text.to_owned());
    let mut rest = Rest(text.as_bytes());
    let year = rest.number("0123456789", 4).ok_or_else(refuse)?;
    let groups = rest.groups();
    let clocks = rest.clocks();
    let fraction = rest.fraction();
    let zone = rest.zone();
    if !rest.0.is_empty() {
        return Err(refuse());
    }
    Ok(millis(year, &groups, &clocks, fraction, zone).unwrap_or(f64::NAN))
}

/// A zone behind a time.
#[derive(Clone, Copy)]
enum Zone {
    Greenwich,
    Offset { sign: f64, hours: u32, minutes: u32 },
}

fn millis(
    year: u32,
    groups: &[u32],
    clocks: &[[u32; 3]],
    fraction: Option<u32>,
    zone: Option<Zone>,
) -> Option<f64> {
    let (month, day) = match groups {
        [] => (1, 1),
        [month] => (*month, 1),
        [month, day] => (*month, *day),
        _ => return None,
    };
    let clock = match clocks {
        [] => None,
        [clock] => Some(*clock),
        _ => return None,
    };
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let [hour, minute, second] = clock.unwrap_or([0; 3]);
    let is_midnight = [hour, minute, second] == [24, 0, 0];
    if (hour > 23 && !is_midnight) || (clock.is_none() && fraction.is_some()) {
        return None;
    }
    let offset = match zone {
        None | Some(Zone::Greenwich) => 0.0,
        Some(Zone::Offset { hours, .. }) if hours > 23 || clock.is_none() => return None,
        Some(Zone::Offset {
            sign,
            hours,
            minutes,
        }) => sign * f64::from(hours * 60 + minutes),
    };
    let days = days_of_month(i64::from(year), i64::from(month)) + i64::from(day) - 1;
    let seconds = f64::from((hour * 60 + minute) * 60 + second) - offset * 60.0;
    Some(days as f64 * DAY + seconds * 1000.0 + f64::from(fraction.unwrap_or(0)))
}

/// What is left of the text.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// A number of so many digits, the first one of `first`.
    fn number(&mut self, first: &str, len: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(len)?;
        let is_number = digits
            .first()
            .is_some_and(|digit| first.as_bytes().contains(digit))
            && digits.iter().all(u8::is_ascii_digit);
        if !is_number {
            return None;
        }
        self.0 = rest;
        Some(
            digits
                .iter()
                .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')),
        )
    }

    fn byte(&mut self, byte: u8) -> Option<()> {
        self.0 = self.0.strip_prefix(&[byte])?;
        Some(())
    }

    /// Runs a reader that leaves everything where it is if it fails.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.0;
        let value = read(self);
        if value.is_none() {
            self.0 = before;
        }
        value
    }

    /// Months, days and what else looks like them.
    fn groups(&mut self) -> Vec<u32> {
        let mut groups = Vec::new();
        while let Some(group) = self.attempt(|rest| {
            rest.byte(b'-')?;
            let group = rest.number("0123", 2)?;
            // Otherwise it is a zone.
            let is_end = !matches!(rest.0.first(), Some(b'0'..=b'9' | b':'));
            is_end.then_some(group)
        }) {
            groups.push(group);
        }
        groups
    }

    fn clocks(&mut self) -> Vec<[u32; 3]> {
        let mut clocks = Vec::new();
        while let Some(clock) = self.attempt(|rest| {
            rest.byte(b'T')?;
            let hour = rest.number("012", 2)?;
            rest.byte(b':')?;
            let minute = rest.number("012345", 2)?;
            rest.byte(b':')?;
            Some([hour, minute, rest.number("012345", 2)?])
        }) {
            clocks.push(clock);
        }
        clocks
    }

    /// Milliseconds; further digits are cut off.
    fn fraction(&mut self) -> Option<u32> {
        self.attempt(|rest| {
            rest.byte(b'.')?;
            let len = rest
                .0
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            let (digits, tail) = rest.0.split_at_checked(len).filter(|_| len > 0)?;
            rest.0 = tail;
            let padded = digits.iter().copied().chain([b'0'; 2]).take(3);
            Some(padded.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')))
        })
    }

    fn zone(&mut self) -> Option<Zone> {
        if self.byte(b'Z').is_some() {
            return Some(Zone::Greenwich);
        }
        self.attempt(|rest| {
            let sign = match rest.byte(b'+') {
                Some(()) => 1.0,
                None => {
                    rest.byte(b'-')?;
                    -1.0
                }
            };
            let hours = rest.number("012", 2)?;
            let _ = rest.byte(b':');
            let minutes = rest.number("012345", 2)?;
            Some(Zone::Offset {
                sign,
                hours,
                minutes,
            })
        })
    }
}
