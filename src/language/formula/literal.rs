//! Values as they are written: the readers of the filter language, told by the type of what stands beside the value.

use chrono::{DateTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::{
    domain::{
        read, user,
        words::{
            self, WordsError, duration,
            money::Money,
            number,
            when::{self, When},
        },
    },
    error::{Error, Result},
    language::syntax::Span,
    text::{fold, said},
};

use super::{
    datum::{Amount, Datum},
    names::Scope,
    node::{NodeKind, Typed},
    types::Ty,
};

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// `3万`.
    Figure,
    /// `"上海"`.
    Quoted,
    /// `明天`.
    Word,
}

/// What a value is where nothing beside it says.
const FIGURES: [Ty; 5] = [Ty::Number, Ty::Percent, Ty::Duration, Ty::Money, Ty::Date];
const WORDS: [Ty; 6] = [Ty::YesNo, Ty::Number, Ty::Percent, Ty::Duration, Ty::Money, Ty::Date];

impl Scope<'_> {
    /// Reads a value as the first of these types that it can be; as any where there is none.
    pub(super) fn literal(&self, text: &str, written: Written, span: Span, wants: &[Ty]) -> Result<Typed> {
        if written == Written::Word
            && let Some(typed) = self.word(text, span, wants)
        {
            return Ok(typed);
        }
        let wants = match written {
            _ if !wants.is_empty() => wants,
            Written::Quoted => &[Ty::Text],
            Written::Figure => &FIGURES,
            Written::Word => &WORDS,
        };
        self.is_told(text, written, span, wants)?;
        let mut failed = None;
        for want in wants {
            match self.read(text, written, span, *want) {
                Ok(typed) => return Ok(typed),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        let error = failed.unwrap_or_else(|| Error::usage(said!("a value is missing", "缺少值")));
        Err(self.bad_value(span, &error))
    }

    /// Refuses a figure of which nothing tells what it is: `3m` is a number of millions and a length of minutes.
    fn is_told(&self, text: &str, written: Written, span: Span, wants: &[Ty]) -> Result<()> {
        let may_be_both = written == Written::Figure && wants.contains(&Ty::Number) && wants.contains(&Ty::Duration);
        let (true, Ok(number), Ok(_)) = (may_be_both, number::parse(text), duration::parse(text)) else {
            return Ok(());
        };
        let number = number::print(number);
        let error = self.error(
            span,
            said!(
                "'{text}' can be read as {number} and as a length of time",
                "“{text}”可以读作 {number}，也可以读作时长"
            ),
        );
        Err(error.hint(said!(
            "write the number in digits, or a length such as 30min or 5weeks",
            "数字请写全各位；时长请写“30分钟”或“5周”"
        )))
    }

    /// `today`, `now`, `me`.
    fn word(&self, text: &str, span: Span, wants: &[Ty]) -> Option<Typed> {
        let wants_user = wants.is_empty() || wants.contains(&Ty::Link(user::ID));
        match fold(text).as_str() {
            "today" | "今天" | "今日" => Some(Typed::new(NodeKind::Today, span, Ty::Date)),
            "now" | "现在" => Some(Typed::new(NodeKind::Now, span, Ty::Instant)),
            _ if user::is_me(text) && wants_user => Some(Typed::new(NodeKind::Me, span, Ty::Link(user::ID))),
            _ => None,
        }
    }

    /// Reads a value as one type.
    fn read(&self, text: &str, written: Written, span: Span, want: Ty) -> Result<Typed> {
        let constant = |datum, ty| Ok(Typed::new(NodeKind::Constant(datum), span, ty));
        let bad = |error: WordsError| error.usage();
        match want {
            Ty::Number => {
                // Elsewhere a number may have commas; here they stand between arguments.
                let plain = || said!("write 1200.50, 10k, 1.5m, 3万 or 2亿", "请写 1200.50、10k、3万 或 2亿");
                let number = number::parse(text).map_err(|error| bad(error.with_hint(plain())));
                constant(Datum::Number(number?), Ty::Number)
            }
            Ty::Percent => constant(Datum::Number(percentage(text)?), Ty::Percent),
            Ty::Money | Ty::Amounts => {
                let default = self.names.currency();
                let (number, currency) = Money::number(text, default).map_err(bad)?;
                if currency.is_some() {
                    Money::parse(text, default).map_err(bad)?;
                }
                constant(Datum::Money(Amount { number, currency }), Ty::Money)
            }
            Ty::Duration => constant(Datum::Duration(duration::parse(text).map_err(bad)?.into()), Ty::Duration),
            Ty::Date | Ty::Instant | Ty::Due => {
                let (ty, datum) = dated(text).map_err(bad)?;
                Ok(Typed::new(datum.map_or_else(|| NodeKind::Moment(text.to_owned()), NodeKind::Constant), span, ty))
            }
            Ty::YesNo => match fold(text).as_str() {
                "yes" | "true" | "是" => constant(Datum::YesNo(true), want),
                "no" | "false" | "否" => constant(Datum::YesNo(false), want),
                _ => Err(Error::usage(said!("'{text}' is neither yes nor no", "“{text}”既不是“是”也不是“否”"))
                    .hint(said!("write yes or no", "请写“是”或“否”"))),
            },
            Ty::Choice(def) => constant(Datum::Choice(read::choice(def, text)?), want),
            Ty::Link(kind) => constant(Datum::Link(self.names.record(kind, text)?), want),
            Ty::Text if written == Written::Quoted => constant(Datum::Text(text.to_owned()), want),
            Ty::Text => Err(Error::usage(said!(
                "'{text}' is no field, and text goes in quotes",
                "“{text}”不是字段；文字请加引号"
            ))
            .hint(said!("write \"{text}\"", "请写 \"{text}\""))),
        }
    }
}

/// A percentage as a part of one. A number without a sign is none, but for 0.
fn percentage(text: &str) -> Result<Decimal> {
    let folded = fold(text);
    if let Some(number) = folded.strip_suffix('%') {
        let number = number::parse(number).map_err(WordsError::usage)?;
        return Ok(number / Decimal::ONE_HUNDRED);
    }
    if folded.contains('成') || folded.contains("百分之") {
        let whole = number::percent(text, None).map_err(WordsError::usage)?;
        return Ok(Decimal::new(whole, 2));
    }
    if number::parse(text).is_ok_and(|number| number.is_zero()) {
        return Ok(Decimal::ZERO);
    }
    let error = Error::usage(said!("'{text}' is not a percentage", "“{text}”不是百分比"));
    Err(error.hint(said!("write it with its sign: 75%", "请写上百分号：75%")))
}

/// What a date says, and its value where that is the same on every day and in every place.
fn dated(text: &str) -> words::Result<(Ty, Option<Datum>)> {
    let at = |year, month, tz| {
        let now: DateTime<Utc> = Utc.with_ymd_and_hms(year, month, 15, 12, 0, 0).single().unwrap_or_default();
        when::parse(text, now, tz, Weekday::Mon)
    };
    let first = at(2001, 2, Tz::UTC)?;
    let same = at(2034, 9, Tz::UTC).as_ref() == Ok(&first) && at(2001, 2, Tz::Asia__Tokyo).as_ref() == Ok(&first);
    Ok(match first {
        When::Day(day) => (Ty::Date, same.then_some(Datum::Date(day))),
        When::At(instant) => (Ty::Instant, same.then_some(Datum::Instant(instant.into()))),
    })
}
