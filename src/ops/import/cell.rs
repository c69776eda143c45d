//! Cells to stored bytes. What is common in files is read quickly; all else as everywhere in the program.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::atomic::{AtomicBool, Ordering},
};

use chrono::{Datelike, NaiveDate, Weekday};
use chrono_tz::Tz;

use crate::{
    domain::{
        FieldDef, Instant, Type, Value,
        bytes::{day_number, put},
        read::{LONGEST_LINE, ReadContext, read, shortened_number},
        words::{figures::Mark, money::Currency, phone},
    },
    error::{Error, Result},
    text::{fold, fold_cow, said},
};

use super::{
    nothing::is_nothing,
    numbers::{self, DecimalSign},
    units::Unit,
};

/// What the meaning of cells depends on.
#[derive(Clone, Debug)]
pub(super) struct Grammar {
    /// What words such as `today` are relative to.
    pub now: Instant,
    /// Where days begin.
    pub tz: Tz,
    /// The first day of a week.
    pub week_start: Weekday,
    /// The currency of a bare amount.
    pub currency: Currency,
    /// How dates are written, if the person says so.
    pub date_format: Option<String>,
}

impl Grammar {
    /// The value of a cell; `None` where it is empty.
    pub fn read(&self, def: &FieldDef, text: &str) -> Result<Option<Value>> {
        self.read_in(def, text, self.currency, None)
    }

    /// The same where bare amounts are in this currency, and decimals behind this sign, if that is known.
    fn read_in(&self, def: &FieldDef, text: &str, currency: Currency, decimal: Option<Mark>) -> Result<Option<Value>> {
        let reading = ReadContext {
            now: self.now,
            tz: self.tz,
            week_start: self.week_start,
            currency,
            date_format: self.date_format.as_deref(),
            decimal,
            links: &|_, _| {
                Err(Error::failure(said!("links are resolved when all rows are known", "关联在读完所有行之后确定")))
            },
        };
        // A record may keep what its field takes no more: what it takes is said where the record is known.
        read(&FieldDef { strict: false, ..*def }, text, &reading)
    }
}

/// What the columns beside a number, and its heading, say of it.
pub(super) struct Number<'u> {
    /// The sign before its decimals; none where it is to say so itself.
    pub sign: Option<Mark>,
    /// The unit in its heading.
    pub unit: Option<&'u Unit>,
    /// The currency that another column names.
    pub currency: Option<Currency>,
}

/// A text that `--map-value` puts in the place of another.
#[derive(Debug)]
pub(super) struct Replaced {
    /// What stands in cells, as it was given.
    old: String,
    folded: String,
    new: String,
    /// Whether a cell had it.
    met: AtomicBool,
}

impl Replaced {
    /// Puts `new` where cells say `old`.
    pub fn new(old: &str, new: &str) -> Self {
        Self { old: old.to_owned(), folded: fold(old), new: new.to_owned(), met: AtomicBool::new(false) }
    }

    /// What no cell has had so far.
    pub fn unmet(&self) -> Option<&str> {
        (!self.met.load(Ordering::Relaxed)).then_some(self.old.as_str())
    }
}

/// How many different cells of a column are remembered with their value, for each run of rows.
const REMEMBERED: usize = 1024;

/// Reads the cells of one field, remembering those it has read.
pub(super) struct Cells<'a> {
    grammar: &'a Grammar,
    def: &'static FieldDef,
    replaced: &'a [Replaced],
    known: HashMap<Box<str>, Box<[u8]>>,
}

impl<'a> Cells<'a> {
    /// The cells of a field, with what stands for some of them.
    pub fn new(grammar: &'a Grammar, def: &'static FieldDef, replaced: &'a [Replaced]) -> Self {
        Self { grammar, def, replaced, known: HashMap::new() }
    }

    /// The text that `--map-value` puts in the place of this one.
    pub fn replace<'t>(&self, text: &'t str) -> &'t str
    where
        'a: 't,
    {
        if self.replaced.is_empty() {
            return text;
        }
        let folded = fold_cow(text.trim());
        let found = self.replaced.iter().find(|replaced| replaced.folded == folded);
        found.map_or(text, |replaced| {
            replaced.met.store(true, Ordering::Relaxed);
            replaced.new.as_str()
        })
    }

    /// Appends the stored bytes of a cell; nothing where it is empty.
    pub fn put(&mut self, out: &mut Vec<u8>, text: &str) -> Result<()> {
        let text = text.trim();
        if text.is_empty() || self.is_nothing(text) {
            return Ok(());
        }
        self.refuse_shortened(text)?;
        let dated = matches!(self.def.ty, Type::Date | Type::Instant | Type::Due);
        let serial = if dated && self.grammar.date_format.is_none() { serial_day(text) } else { None };
        let text = serial.as_deref().unwrap_or(text);
        if self.put_common(out, text).is_some() {
            return Ok(());
        }
        if !is_repetitive(self.def) {
            if let Some(value) = self.grammar.read(self.def, text)? {
                put(out, &value);
            }
            return Ok(());
        }
        if let Some(stored) = self.known.get(text) {
            out.extend_from_slice(stored);
            return Ok(());
        }
        let start = out.len();
        if let Some(value) = self.grammar.read(self.def, text)? {
            put(out, &value);
        }
        if self.known.len() < REMEMBERED {
            self.known.insert(text.into(), out[start..].into());
        }
        Ok(())
    }

    /// Refuses a number of which a spreadsheet has left the first digits only, where the whole would tell records apart.
    pub fn refuse_shortened(&self, text: &str) -> Result<()> {
        let may_be = matches!(self.def.ty, Type::Text | Type::Link) && text.starts_with(|c: char| c.is_ascii_digit());
        if may_be && phone::is_shortened(text) { Err(shortened_number(self.def, text)) } else { Ok(()) }
    }

    /// Appends the number or the amount of a cell, and tells what it says of its column's decimals.
    pub fn put_number(
        &mut self,
        out: &mut Vec<u8>,
        text: &str,
        number: &Number<'_>,
        hear: &mut dyn FnMut(DecimalSign),
    ) -> Result<()> {
        let text = text.trim();
        if text.is_empty() || self.is_nothing(text) {
            return Ok(());
        }
        let said = numbers::says(text, self.def.ty);
        hear(said);
        let key = match number.currency {
            Some(currency) => Cow::Owned(format!("{text} {currency}")),
            None => Cow::Borrowed(text),
        };
        if let Some(stored) = self.known.get(&*key) {
            out.extend_from_slice(stored);
            return Ok(());
        }
        let sign = match (said, number.sign) {
            (DecimalSign::Sign(own), Some(sign)) if own != sign => {
                return Err(Error::invalid(said!(
                    "'{}' has its decimals behind another sign than its column",
                    "“{}”的小数点与该列的写法不同",
                    crate::text::scrub(text)
                ))
                .hint(said!("write all numbers of a column alike", "同一列的数字请用同样的写法")));
            }
            (DecimalSign::Sign(own), None) => own,
            (_, sign) => sign.unwrap_or(Mark::Point),
        };
        let start = out.len();
        if let Some(value) = self.read_number(text, sign, number)? {
            put(out, &value);
        }
        if self.known.len() < REMEMBERED {
            self.known.insert(key.into(), out[start..].into());
        }
        Ok(())
    }

    /// The value of a cell whose decimals stand behind `sign`.
    fn read_number(&self, text: &str, sign: Mark, number: &Number<'_>) -> Result<Option<Value>> {
        let says = number.unit.and_then(|unit| unit.currency);
        let stands = number.currency.or(says);
        let differs = |currency: Currency| {
            Error::invalid(said!(
                "'{}' is in {currency}, and its column says {}",
                "“{}”的币种是 {currency}，而该列标明 {}",
                crate::text::scrub(text),
                stands.unwrap_or(currency)
            ))
            .hint(said!("mend one of them, or leave the other column out", "请修正其一，或略过另一列"))
        };
        if let (Some(named), Some(says)) = (number.currency, says)
            && named != says
        {
            return Err(differs(says));
        }
        let plain = fold_cow(text);
        let bare = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+-−.,'’".contains(c);
        // Brackets make a number negative, unit and all.
        let inside = in_brackets(&plain).filter(|inside| inside.chars().all(bare));
        let written = match (number.unit.filter(|unit| unit.scales), inside) {
            (None, _) => Cow::Borrowed(text),
            (Some(unit), Some(inside)) => Cow::Owned(format!("({inside}{})", unit.text)),
            (Some(unit), None) if plain.chars().all(bare) => Cow::Owned(format!("{plain}{}", unit.text)),
            (Some(unit), None) => {
                return Err(Error::invalid(said!(
                    "'{}' says more than a number, in a column of {}",
                    "“{}”不只是一个数，而该列的单位是{}",
                    crate::text::scrub(text),
                    unit.text
                ))
                .hint(said!("write the number alone", "请只写数字")));
            }
        };
        let currency = stands.unwrap_or(self.grammar.currency);
        let value = self.grammar.read_in(self.def, &written, currency, Some(sign))?;
        let own = match &value {
            Some(Value::Money(money)) => Some(money.currency),
            Some(Value::UnitPrice(price)) => Some(price.currency),
            _ => None,
        };
        match own.filter(|own| stands.is_some_and(|stands| stands != *own)) {
            Some(own) => Err(differs(own)),
            None => Ok(value),
        }
    }

    /// Whether a cell says that there is no value.
    pub fn is_nothing(&self, text: &str) -> bool {
        is_nothing(self.def, text)
    }

    /// The items of a cell of a list.
    pub fn items(&self, text: &str) -> Result<Vec<Value>> {
        if self.is_nothing(text) {
            return Ok(Vec::new());
        }
        Ok(match self.grammar.read(self.def, text)? {
            Some(Value::List(items)) => items,
            Some(item) => vec![item],
            None => Vec::new(),
        })
    }

    /// What needs no more than a look: plain ASCII text, ISO dates and instants.
    fn put_common(&self, out: &mut Vec<u8>, text: &str) -> Option<()> {
        match self.def.ty {
            Type::Text | Type::LongText
                if self.def.choices.is_empty()
                    && text.len() <= LONGEST_LINE
                    && text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) =>
            {
                out.extend_from_slice(text.as_bytes());
                Some(())
            }
            Type::Date if self.grammar.date_format.is_none() && text.len() == 10 => {
                let day = iso_day(text)?;
                if self.def.yearless && day > self.grammar.now.day(self.grammar.tz) {
                    return None;
                }
                put(out, &Value::Date(day));
                Some(())
            }
            Type::Instant if self.grammar.date_format.is_none() && text.len() == 20 => {
                put(out, &Value::Instant(iso_instant(text)?));
                Some(())
            }
            _ => None,
        }
    }
}

/// What stands in the brackets of bookkeepers.
fn in_brackets(text: &str) -> Option<&str> {
    text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
}

/// Whether a column of the field is likely to hold the same cells again and again.
const fn is_repetitive(def: &FieldDef) -> bool {
    !def.ty.is_text()
}

/// The day of `2026-03-01`.
fn iso_day(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let year = i32::try_from(digits(bytes.get(..4)?)?).ok().filter(|year| *year > 0)?;
    let marked = bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
    NaiveDate::from_ymd_opt(year, digits(bytes.get(5..7)?)?, digits(bytes.get(8..10)?)?).filter(|_| marked)
}

/// The instant of `2026-03-01T15:00:00Z`.
fn iso_instant(text: &str) -> Option<Instant> {
    let (day, time) = (iso_day(text.get(..10)?)?, text.as_bytes().get(10..20)?);
    let [b'T', h1, h2, b':', m1, m2, b':', s1, s2, b'Z'] = *time else { return None };
    let (hour, minute, second) = (digits(&[h1, h2])?, digits(&[m1, m2])?, digits(&[s1, s2])?);
    let seconds = i64::from(hour * 3600 + minute * 60 + second);
    // Years that have four digits on every clock; the others are for the reader to refuse.
    (1..9999).contains(&day.year()).then_some(())?;
    (hour < 24 && minute < 60 && second < 60).then(|| Instant((day_number(day) * 86_400 + seconds) * 1000))
}

/// The day that a spreadsheet counts so: five digits are the days since the end of 1899, decimals a time of that day.
fn serial_day(text: &str) -> Option<String> {
    let (days, part) = text.split_once('.').map_or((text, None), |(days, part)| (days, Some(part)));
    let day = digits(days.as_bytes()).filter(|day| days.len() == 5 && *day >= 10_000)?;
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(u64::from(day)))?;
    let Some(part) = part.filter(|part| part.bytes().any(|byte| byte != b'0')) else { return Some(day.to_string()) };
    if !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = (format!("0.{part}").parse::<f64>().ok()? * 86_400.0).round() as u32;
    let time = chrono::NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)?;
    Some(format!("{day} {}", time.format("%H:%M:%S")))
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::*;

    #[test]
    fn days_that_a_spreadsheet_counts_are_read() {
        for (text, day) in [
            ("45356", Some("2024-03-05")),
            ("45356.5", Some("2024-03-05 12:00:00")),
            ("45356.0", Some("2024-03-05")),
            ("10000", Some("1927-05-18")),
            ("4535", None),
            ("045356", None),
            ("45356.x", None),
            ("20261203", None),
        ] {
            assert_eq!(serial_day(text).as_deref(), day, "{text}");
        }
    }

    #[test]
    fn iso_instants_are_read_at_a_glance() {
        let at = Utc.with_ymd_and_hms(2024, 2, 29, 23, 59, 58).unwrap();
        assert_eq!(iso_instant("2024-02-29T23:59:58Z"), Some(at.into()));
        for text in ["2023-02-29T00:00:00Z", "2024-02-29T24:00:00Z", "2024-02-29 23:59:58Z", "2024/02/29T00:00:00Z"] {
            assert_eq!(iso_instant(text), None, "{text}");
        }
        assert_eq!(iso_day("0000-01-01"), None);
    }
}
