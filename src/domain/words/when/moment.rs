//! What words such as `today` are relative to.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;

use super::{When, time::TimeOfDay};
use crate::domain::words::calendar::{self, shift_days, shift_months};

/// Which of all days of a name is meant: of all Wednesdays, of all 15ths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// The next one. A time of day alone is today's.
    Next,
    /// The next one. A time of day alone that is over today is tomorrow's.
    Ahead,
    /// The last one, for what has been.
    Back,
}

/// How often there is a day of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recurs {
    /// A weekday.
    Week,
    /// A day by its number.
    Month,
    /// A day of a month, without a year.
    Year,
}

impl Recurs {
    /// The day from which on, or the one up to which, there is each such day once: `day` is the other end.
    pub fn other_end(self, day: NaiveDate, is_last: bool) -> Option<NaiveDate> {
        let by = if is_last { -1 } else { 1 };
        match self {
            Self::Week => shift_days(day, 6 * by),
            Self::Month => shift_days(shift_months(day, by)?, -by),
            Self::Year => shift_days(shift_months(day, 12 * by)?, -by),
        }
    }
}

/// When something is said, where, and what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) now: DateTime<Utc>,
    pub(super) tz: Tz,
    pub(super) week_start: Weekday,
    pub(super) toward: Toward,
}

impl Moment {
    pub(super) fn today(&self) -> NaiveDate {
        calendar::today(self.now, self.tz)
    }

    pub(super) fn looks_back(&self) -> bool {
        self.toward == Toward::Back
    }

    /// That day of the week so many weeks from this one.
    pub(super) fn day_of_week(&self, wanted: Weekday, weeks: i64) -> Option<NaiveDate> {
        let start = calendar::week_start(self.today(), self.week_start);
        shift_days(start, weeks.checked_mul(7)? + i64::from(wanted.days_since(self.week_start)))
    }

    /// The next day of the week, or the last one. Today is one, unless it is excluded.
    pub(super) fn weekday(&self, wanted: Weekday, excludes_today: bool) -> Option<NaiveDate> {
        let today = self.today();
        let days = match self.looks_back() {
            true => today.weekday().days_since(wanted),
            false => wanted.days_since(today.weekday()),
        };
        let days = if days == 0 && excludes_today { 7 } else { i64::from(days) };
        shift_days(today, if self.looks_back() { -days } else { days })
    }

    /// The day of a year; where none is said the next one, or the last one, today included.
    pub(super) fn in_year(&self, year: Option<i32>, month: u32, day: u32) -> Option<NaiveDate> {
        let today = self.today();
        match year {
            None if self.looks_back() => (today.year() - 8..=today.year())
                .rev()
                .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
                .find(|&date| date <= today),
            year => calendar::in_year(year, month, day, today),
        }
    }

    /// The next day of a month with this number, or the last one, today included.
    pub(super) fn in_month(&self, day: u32) -> Option<NaiveDate> {
        let today = self.today();
        let first = calendar::month_start(today);
        // Of two months in a row one has 31 days.
        let mut dates =
            (0..=2).filter_map(|by| shift_months(first, if self.looks_back() { -by } else { by })?.with_day(day));
        dates.find(|date| if self.looks_back() { *date <= today } else { *date >= today })
    }

    pub(super) fn at(&self, day: NaiveDate, time: TimeOfDay) -> Option<When> {
        let day = day.checked_add_days(Days::new(time.days_on))?;
        When::at(calendar::instant(day.and_time(time.time), self.tz))
    }

    /// A time of day without a day.
    pub(super) fn at_time(&self, time: TimeOfDay) -> Option<When> {
        match self.at(self.today(), time)? {
            When::At(at) if self.toward == Toward::Ahead && at < self.now => self.at(self.today().succ_opt()?, time),
            when => Some(when),
        }
    }
}
