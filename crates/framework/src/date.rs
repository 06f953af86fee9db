//! Calendar dates without a clock.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A day of the Gregorian calendar, written `YYYY-MM-DD` (ISO 8601).
///
/// Evaluation dates and deadlines are arguments everywhere: no crate below the binaries asks the
/// clock, so the same submission, rule set and date give the same report for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateError {
    /// Not of the form `YYYY-MM-DD`.
    Form,
    /// Of the right form, but no such day exists (`2026-02-30`).
    NoSuchDay,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "a date is written YYYY-MM-DD",
            Self::NoSuchDay => "no such day in the calendar",
        })
    }
}

impl std::error::Error for DateError {}

impl Date {
    /// A day, if the calendar has it. Years run from 1 to 9999.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 {
            return None;
        }
        if day > days_in(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// The last day of a year: how a deadline given as a year is read.
    pub const fn end_of_year(year: u16) -> Option<Self> {
        Self::new(year, 12, 31)
    }

    /// The year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The same day some years later (29 February becomes 28 February where it must).
    pub const fn plus_years(self, years: u16) -> Option<Self> {
        let year = self.year + years;
        match Self::new(year, self.month, self.day) {
            Some(date) => Some(date),
            None => Self::new(year, 2, 28),
        }
    }

    /// Days since 1970-01-01 (negative before), by the civil-from-days rule.
    pub const fn days_since_epoch(self) -> i64 {
        let year = self.year as i64 - (self.month <= 2) as i64;
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let shifted_month = (self.month as i64 + 9) % 12;
        let day_of_year = (153 * shifted_month + 2) / 5 + self.day as i64 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The day that lies so many days after 1970-01-01.
    pub const fn from_days_since_epoch(days: i64) -> Option<Self> {
        let days = days + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_of_era + era * 400 + (month <= 2) as i64;
        if year < 1 || year > 9999 {
            return None;
        }
        // The ranges were just checked; the casts cannot lose anything.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Self::new(year as u16, month as u8, day as u8)
    }

    /// As Vietnamese letters write it: `31/12/2026`.
    pub fn to_vietnamese(self) -> String {
        format!("{:02}/{:02}/{}", self.day, self.month, self.year)
    }
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(DateError::Form);
        }
        let digits = |range: std::ops::Range<usize>| -> Result<u16, DateError> {
            bytes[range].iter().try_fold(0_u16, |number, byte| {
                byte.is_ascii_digit()
                    .then(|| number * 10 + u16::from(byte - b'0'))
                    .ok_or(DateError::Form)
            })
        };
        let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
        let part = |number: u16| u8::try_from(number).map_err(|_| DateError::Form);
        Self::new(year, part(month)?, part(day)?).ok_or(DateError::NoSuchDay)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for good in ["2026-03-31", "2024-02-29", "2000-02-29", "0001-01-01"] {
            assert_eq!(
                good.parse::<Date>().map(|date| date.to_string()).as_deref(),
                Ok(good)
            );
        }
        for (bad, why) in [
            ("31/12/2026", DateError::Form),
            ("2026-3-31", DateError::Form),
            ("2026-02-30", DateError::NoSuchDay),
            ("2100-02-29", DateError::NoSuchDay),
            ("2026-13-01", DateError::NoSuchDay),
            ("46115", DateError::Form),
            ("", DateError::Form),
        ] {
            assert_eq!(bad.parse::<Date>(), Err(why), "{bad}");
        }
    }

    #[test]
    fn counting_days_agrees_with_the_calendar() {
        let epoch: Date = "1970-01-01".parse().unwrap();
        assert_eq!(epoch.days_since_epoch(), 0);
        let mut expected = "1999-12-30".parse::<Date>().unwrap().days_since_epoch();
        for year in 2000..2005 {
            for month in 1..=12 {
                for day in 1..=days_in(year, month) {
                    let date = Date::new(year, month, day).unwrap();
                    let days = date.days_since_epoch();
                    assert!(days > expected);
                    expected = days;
                    assert_eq!(Date::from_days_since_epoch(days), Some(date));
                }
            }
        }
    }
}
