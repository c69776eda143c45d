//! Literals of values that have an order: from the least to the greatest number that they stand for.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{
    domain::{
        FieldDef, Type, bytes, read,
        words::{
            calendar, duration,
            money::{Currency, Money},
            number::{self, Number},
            period,
            when::{self, When},
        },
    },
    error::Result,
    query::{filter::Ranges, syntax::Span},
    store::keys::scaled,
    text::{fold, said},
};

use super::Resolver;

/// The numbers that a literal stands for: one, or all instants of a day, all days of a month.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub(super) from: i64,
    pub(super) to: i64,
    /// The currency that the literal names.
    pub(super) currency: Option<Currency>,
}

impl Extent {
    const fn of(number: i64) -> Self {
        Self { from: number, to: number, currency: None }
    }
}

impl Resolver<'_> {
    /// Reads a literal of an ordered type that is no text.
    pub(super) fn extent(&self, def: &FieldDef, text: &str, span: Span) -> Result<Extent> {
        let bad = |error| self.bad_value(span, error);
        Ok(match def.ty {
            Type::Whole => Extent::of(read::number_of(def, text, None).map_err(bad)?),
            Type::Percent => Extent::of(number::parse_whole(text.trim_end_matches(['%', '％', ' '])).map_err(bad)?),
            Type::Decimal => Extent::of(self.ten_thousandths(text, u8::MAX, span)?),
            Type::Duration => Extent::of(duration::parse(text).map_err(bad)?),
            Type::Choice => Extent::of(self.choice(def, text, span)?),
            Type::YesNo => Extent::of(i64::from(self.yes_no(text, span)?)),
            Type::Money => self.money(text, span)?,
            Type::Date => self.days(text, span)?,
            Type::Instant | Type::Due => self.instants(text, span)?,
            Type::Text | Type::LongText | Type::Email | Type::Url | Type::Phone | Type::Link => {
                return Err(self.error(
                    span,
                    said!(("'{}' has no order to compare by", def.code), ("“{}”没有可比较的顺序", def.zh)),
                ));
            }
        })
    }

    /// An amount by its number, and the currency that it names: the same whatever a bare number would be.
    fn money(&self, text: &str, span: Span) -> Result<Extent> {
        let bad = |error| self.bad_value(span, error);
        match (Money::parse(text, Currency::CNY), Money::parse(text, Currency::USD)) {
            (Ok(money), Ok(same)) if money.currency == same.currency => {
                let amount = scaled(money.minor, money.currency.digits());
                Ok(Extent { currency: Some(money.currency), ..Extent::of(amount) })
            }
            _ => match self.ten_thousandths(text, self.asking.currency.digits(), span) {
                Ok(number) => Ok(Extent::of(number)),
                Err(error) => Err(Money::parse(text, self.asking.currency).map_err(bad).err().unwrap_or(error)),
            },
        }
    }

    /// A number of something that is counted with so many decimals.
    fn ten_thousandths(&self, text: &str, decimals: u8, span: Span) -> Result<i64> {
        let number = Number::read(text, None).and_then(|number| number.with_decimals(text, decimals));
        let number = number.map_err(|error| self.bad_value(span, error))?;
        let scaled = number.checked_mul(Decimal::from(10_000)).filter(Decimal::is_integer);
        scaled.and_then(|scaled| scaled.to_i64()).ok_or_else(|| {
            self.error(
                span,
                said!("'{text}' is too large or has more than four decimals", "“{text}”太大，或超过四位小数"),
            )
        })
    }

    fn days(&self, text: &str, span: Span) -> Result<Extent> {
        if let Some(period) = self.period(text) {
            let to = bytes::day_number(period.until_excl) - 1;
            return Ok(Extent { from: bytes::day_number(period.from), to, currency: None });
        }
        Ok(Extent::of(bytes::day_number(self.when(text, span)?.day(self.asking.tz))))
    }

    fn instants(&self, text: &str, span: Span) -> Result<Extent> {
        let start = |day| calendar::day_start(day, self.asking.tz).timestamp_millis();
        if let Some(period) = self.period(text) {
            return Ok(Extent { from: start(period.from), to: start(period.until_excl) - 1, currency: None });
        }
        Ok(Extent::of(self.when(text, span)?.start(self.asking.tz).timestamp_millis()))
    }

    fn period(&self, text: &str) -> Option<period::Period> {
        let asking = self.asking;
        period::parse_period(text, asking.now, asking.tz, asking.week_start)
    }

    fn when(&self, text: &str, span: Span) -> Result<When> {
        let asking = self.asking;
        when::parse(text, asking.now, asking.tz, asking.week_start).map_err(|error| self.bad_value(span, error))
    }

    /// The days that begin within a range of instants; a day that is due stands at its beginning.
    pub(super) fn days_beginning(&self, from: i64, to: i64) -> Ranges {
        let tz = self.asking.tz;
        let day_of = |at: i64| crate::domain::Instant(at).day(tz);
        let least = match from {
            i64::MIN => i64::MIN,
            from => {
                let day = day_of(from);
                let begins_before = calendar::day_start(day, tz).timestamp_millis() < from;
                bytes::day_number(day) + i64::from(begins_before)
            }
        };
        let most = if to == i64::MAX { i64::MAX } else { bytes::day_number(day_of(to)) };
        Ranges::between(least, most)
    }

    /// The number of a choice, by code or label.
    pub(super) fn choice(&self, def: &FieldDef, text: &str, span: Span) -> Result<i64> {
        read::choice(def, text)
            .map(i64::from)
            .map_err(|error| self.error(span, error.what().clone()).hint_of(error.next()))
    }

    fn yes_no(&self, text: &str, span: Span) -> Result<bool> {
        match fold(text).as_str() {
            "yes" | "y" | "true" | "1" | "on" | "是" | "对" => Ok(true),
            "no" | "n" | "false" | "0" | "off" | "否" | "不是" => Ok(false),
            _ => {
                let error = self.error(span, said!("'{text}' is neither yes nor no", "“{text}”既不是“是”也不是“否”"));
                Err(error.hint(said!("write yes or no", "请写 yes 或 no")))
            }
        }
    }
}
