//! What records are grouped by: a field, or the year, quarter, month, week or day of a date.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

use crate::{
    domain::{FieldDef, Kind, Schema, Type, bytes, words::year_day},
    error::{Error, Result},
    query::{
        field_path::{FieldPath, Leaf},
        grid::Column,
    },
    text::{Said, nearest, said},
};

/// A stretch of days that counts as one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bucket {
    /// `2017`
    Year,
    /// `2017-Q1`
    Quarter,
    /// `2017-03`
    Month,
    /// `2017-W05`, as ISO 8601 counts weeks.
    Week,
    /// `2017-03-01`
    Day,
}

const BUCKETS: [(&str, &str, Bucket); 5] = [
    ("year", "年", Bucket::Year),
    ("quarter", "季度", Bucket::Quarter),
    ("month", "月", Bucket::Month),
    ("week", "周", Bucket::Week),
    ("day", "日", Bucket::Day),
];

/// What records are grouped by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupBy {
    /// The field.
    pub path: FieldPath,
    /// For dates, how many days are one group.
    pub bucket: Option<Bucket>,
}

impl GroupBy {
    /// Reads `owner`, `customer.city`, `created:month`.
    pub fn parse(text: &str, kind: &'static Kind, schema: &Schema) -> Result<Self> {
        let Some((name, bucket)) = text.split_once([':', '：']) else {
            return Ok(Self { path: FieldPath::parse(text, kind, schema)?, bucket: None });
        };
        let path = FieldPath::parse(name, kind, schema)?;
        let wanted = crate::text::fold(bucket);
        let found = BUCKETS.iter().find(|(en, zh, _)| wanted == *en || wanted == *zh);
        let Some((_, _, bucket)) = found else {
            let error =
                Error::usage(said!("'{bucket}' is no stretch of time to group by", "不能按“{bucket}”这样的时段分组"));
            return Err(match nearest(bucket, BUCKETS.iter().map(|(en, ..)| *en)) {
                Some(near) => error.hint(Said::did_you_mean_name(near)),
                None => error.hint(said!("write year, quarter, month, week or day", "请写 年、季度、月、周 或 日")),
            });
        };
        let is_time = |def: &FieldDef| matches!(def.ty, Type::Date | Type::Instant | Type::Due) && !def.many;
        match path.leaf() {
            Leaf::Field(def) if is_time(def) => Ok(Self { path, bucket: Some(*bucket) }),
            _ => Err(Error::usage(said!(
                "'{name}' is no date, so it has no {wanted}",
                "“{name}”不是日期，没有 {wanted}"
            ))
            .hint(said!("write --by {name}", "请写 --by {name}"))),
        }
    }

    /// Its column.
    pub fn column(&self) -> Column {
        let column = self.path.column();
        let Some(bucket) = self.bucket else { return Column { numeric: false, ..column } };
        let (en, zh) = BUCKETS.iter().find(|(.., held)| *held == bucket).map_or(("", ""), |(en, zh, _)| (en, zh));
        Column {
            code: Cow::Owned(format!("{}:{en}", column.code)),
            en: Cow::Owned(format!("{} ({en})", column.en)),
            zh: Cow::Owned(format!("{}（{zh}）", column.zh)),
            numeric: false,
            whole: column.whole,
            main: false,
            kind: None,
        }
    }
}

impl Bucket {
    /// The name of the stretch in which a stored date, instant or due time lies; it sorts as it is written.
    pub(super) fn name(self, ty: Type, stored: &[u8], tz: Tz) -> Option<String> {
        let day = match ty {
            Type::Date => match bytes::date(stored)? {
                day if year_day::is(day) => return self.of_every_year(day),
                day => day,
            },
            Type::Instant => bytes::instant(stored)?.day(tz),
            Type::Due => bytes::due(stored)?.day(tz),
            _ => return None,
        };
        Some(self.of(day))
    }

    /// The same of a day of every year, as such a day is written; it lies in no year, and in no week.
    fn of_every_year(self, day: NaiveDate) -> Option<String> {
        match self {
            Self::Year | Self::Week => None,
            Self::Quarter => Some(format!("--Q{}", day.month0() / 3 + 1)),
            Self::Month => Some(format!("--{:02}", day.month())),
            Self::Day => Some(format!("--{:02}-{:02}", day.month(), day.day())),
        }
    }

    fn of(self, day: NaiveDate) -> String {
        match self {
            Self::Year => format!("{:04}", day.year()),
            Self::Quarter => format!("{:04}-Q{}", day.year(), day.month0() / 3 + 1),
            Self::Month => format!("{:04}-{:02}", day.year(), day.month()),
            Self::Week => format!("{:04}-W{:02}", day.iso_week().year(), day.iso_week().week()),
            Self::Day => day.to_string(),
        }
    }
}
