//! The proleptic Gregorian calendar and the weeks of ISO 8601, over the range of times
//! that JavaScript has: 100 million days around 1970.

/// Milliseconds of a day.
pub(super) const DAY: f64 = 86_400_000.0;

/// The farthest that a time may be from 1970.
const MAX_MILLIS: f64 = 8.64e15;

/// A day by year, month from 1 and day from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    pub year: i64,
    pub month: i64,
    pub day: i64,
}

/// The week of a day: that of its Thursday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Week {
    /// Number in the year, from 1.
    pub of_year: i64,
    /// Number in the month, from 1.
    pub of_month: i64,
    /// The Thursday.
    pub thursday: Date,
}

/// A whole number of milliseconds within the range, or NaN.
pub(super) fn clip(millis: f64) -> f64 {
    if millis.abs() <= MAX_MILLIS {
        millis.trunc() + 0.0
    } else {
        f64::NAN
    }
}

/// Days since 1970 of the first day of a month.
pub(super) fn days_of_month(year: i64, month: i64) -> i64 {
    // Years begin in March, so that the day of a leap year is the last.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The day that is so many days after 1 January 1970.
pub(super) fn date(days: i64) -> Date {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date { year, month, day }
}

/// 1 for Monday to 7 for Sunday.
pub(super) fn weekday(days: i64) -> i64 {
    (days + 3).rem_euclid(7) + 1
}

/// Number of a day in its year, from 1.
pub(super) fn day_of_year(days: i64) -> i64 {
    days - days_of_month(date(days).year, 1) + 1
}

/// The week that a day belongs to.
pub(super) fn week(days: i64) -> Week {
    let thursday = days - weekday(days) + 4;
    let of_year = (day_of_year(thursday) - 1) / 7 + 1;
    let thursday = date(thursday);
    Week {
        of_year,
        of_month: (thursday.day - 1) / 7 + 1,
        thursday,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_each_others_inverse() {
        for days in (-100_000_000..=100_000_000).step_by(9973) {
            let day = date(days);
            assert!((1..=12).contains(&day.month) && (1..=31).contains(&day.day));
            assert_eq!(days_of_month(day.year, day.month) + day.day - 1, days);
        }
        assert_eq!(
            date(100_000_000),
            Date {
                year: 275_760,
                month: 9,
                day: 13
            }
        );
        assert_eq!(weekday(0), 4);
        assert_eq!(week(-3).of_year, 1);
        assert_eq!(day_of_year(364), 365);
    }
}
