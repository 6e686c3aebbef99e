//! How long ago something was.

use crate::time::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The time from `then` to `now`, roughly; after a week the day itself.
pub(super) fn age(then: Timestamp, now: Timestamp) -> String {
    let seconds = (now.as_millis() - then.as_millis()) / 1000;
    match seconds {
        ..MINUTE => "just now".to_owned(),
        MINUTE..HOUR => format!("{} min ago", seconds / MINUTE),
        HOUR..DAY => format!("{} h ago", seconds / HOUR),
        DAY..=604_799 => match seconds / DAY {
            1 => "yesterday".to_owned(),
            days => format!("{days} days ago"),
        },
        _ => then.to_string().chars().take("2000-01-01".len()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_rough() {
        let then = Timestamp::from_millis(1_700_000_000_000);
        let cases = [
            (-5, "just now"),
            (0, "just now"),
            (59, "just now"),
            (60, "1 min ago"),
            (3_599, "59 min ago"),
            (3_600, "1 h ago"),
            (86_400, "yesterday"),
            (172_800, "2 days ago"),
            (604_799, "6 days ago"),
            (604_800, "2023-11-14"),
        ];
        for (seconds, expected) in cases {
            let now = Timestamp::from_millis(then.as_millis() + seconds * 1000);
            assert_eq!(age(then, now), expected, "{seconds}");
        }
    }
}
