//! Money: `12万 CNY`, `CNY 120000`, `¥12万`, `人民币三万五`, `三块五`, `$12,000.50`, `€41k`, `US$5`, or a bare number in the
//! default currency.

mod currency;
mod read;
mod unit_price;

use std::fmt;

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{Result, WordsError, figures::Mark};
use crate::text::{Lang, Said, said};

pub use currency::Currency;
pub use unit_price::UnitPrice;

/// An exact amount in the smallest unit of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// How many minor units: cents, fen, or yen. One amount that people give has no more than 64 bits; a sum may.
    pub minor: i128,
    /// Of which currency.
    pub currency: Currency,
}

impl Money {
    /// The amount that `text` says; a bare number is in `default`. Nothing is rounded: an amount finer than its
    /// currency is an error, and so is `1.234` in a currency without three decimals, which says two amounts.
    pub fn parse(text: &str, default: Currency) -> Result<Self> {
        Self::parse_marked(text, default, None)
    }

    /// As [`Money::parse`], where `mark` is known to stand before decimals.
    pub fn parse_marked(text: &str, default: Currency, mark: Option<Mark>) -> Result<Self> {
        let (number, currency) = read::amount(text, default, mark, Currency::digits)?;
        let currency = currency.unwrap_or(default);
        let digits = currency.digits();
        let minor = number.checked_mul(Decimal::from(10u64.pow(u32::from(digits)))).ok_or_else(|| too_large(text))?;
        if !minor.is_integer() {
            let what = said!("'{}' is finer than {currency} has it", "“{}”比 {currency} 的最小单位更细", text.trim());
            return Err(too_fine(&what, digits));
        }
        Ok(Self { minor: minor.to_i64().map(i128::from).ok_or_else(|| too_large(text))?, currency })
    }

    /// The number that `text` says, however fine, and the currency that it names.
    pub fn number(text: &str, default: Currency) -> Result<(Decimal, Option<Currency>)> {
        read::amount(text, default, None, Currency::digits)
    }

    /// The number of main units; `None` for a sum of more than 28 digits.
    pub fn decimal(self) -> Option<Decimal> {
        Decimal::try_from_i128_with_scale(self.minor, self.currency.digits().into()).ok()
    }

    /// The bare amount with the digits of its currency, for machines: `1200.00`.
    pub fn amount(self) -> String {
        let mut out = String::with_capacity(16);
        // Writing to a string does not fail.
        let _ = self.write_amount(&mut out);
        out
    }

    /// The amount for a screen with room: `¥2,900,000`, `$12,000.50`.
    pub fn full(self) -> String {
        let (_, whole, fraction, digits) = self.parts();
        let mut figure = group(whole);
        if fraction > 0 {
            figure.push_str(&format!(".{fraction:0digits$}"));
        }
        self.beside_symbol(&figure)
    }

    /// The bare amount as a person reads it in a column of one currency: `1,200.00`.
    pub fn grouped(self) -> String {
        match self.parts() {
            (sign, whole, _, 0) => format!("{sign}{}", group(whole)),
            (sign, whole, fraction, digits) => format!("{sign}{}.{fraction:0digits$}", group(whole)),
        }
    }

    /// The amount where room is scarce: from ten thousand on `¥310k` or `¥31万`, below that as [`Money::full`] has it.
    pub fn brief(self, lang: Lang) -> String {
        match self.parts() {
            (_, whole, ..) if whole >= 10_000 => self.beside_symbol(&in_units(whole, lang)),
            _ => self.full(),
        }
    }

    fn beside_symbol(self, figure: &str) -> String {
        self.currency.beside_symbol(self.minor < 0, figure)
    }

    fn write_amount(self, out: &mut impl fmt::Write) -> fmt::Result {
        let (sign, whole, fraction, digits) = self.parts();
        match digits {
            0 => write!(out, "{sign}{whole}"),
            digits => write!(out, "{sign}{whole}.{fraction:0digits$}"),
        }
    }

    /// Sign, whole units, minor units beyond them, and how many digits these take.
    fn parts(self) -> (&'static str, u128, u128, usize) {
        let digits = self.currency.digits();
        let unit = 10u128.pow(u32::from(digits));
        let magnitude = self.minor.unsigned_abs();
        (if self.minor < 0 { "-" } else { "" }, magnitude / unit, magnitude % unit, usize::from(digits))
    }
}

/// `1200.00 CNY`, as [`Money::parse`] reads it back.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_amount(f)?;
        write!(f, " {}", self.currency)
    }
}

/// The refusal of a number that is finer than what it counts: `what` says so, and how many decimals there are follows.
pub(in crate::domain) fn too_fine(what: &Said, decimals: u8) -> WordsError {
    let finest = match decimals {
        0 => said!("whole units only", "只能是整数"),
        _ => said!("{decimals} decimals", "{decimals} 位小数"),
    };
    WordsError::new(what.then(&finest))
}

fn too_large(text: &str) -> WordsError {
    WordsError::new(said!("'{}' is too large", "“{}”太大", text.trim()))
}

fn group(whole: u128) -> String {
    let digits = whole.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A large amount to the tenth of a unit in which readers of this language count, hundreds of thousands to the thousand,
/// rounded half up: `12.5k`, `285k`, `3.5m`, `1.3万`.
fn in_units(whole: u128, lang: Lang) -> String {
    let english: &[(u128, &str)] = &[(1000, "k"), (1_000_000, "m"), (1_000_000_000, "b")];
    let chinese: &[(u128, &str)] = &[(10_000, "万"), (100_000_000, "亿")];
    let units = lang.pick(english, chinese);
    let tenths_of = |size: u128| match (whole + size / 20) / (size / 10) {
        1000.. if size == 1000 => (whole + size / 2) / size * 10,
        tenths => tenths,
    };
    let mut found = String::new();
    for (at, (size, unit)) in units.iter().enumerate() {
        let tenths = tenths_of(*size);
        found = match tenths % 10 {
            0 => format!("{}{unit}", group(tenths / 10)),
            tenth => format!("{}.{tenth}{unit}", group(tenths / 10)),
        };
        // What is rounded up to one of the next unit is said in that.
        if units.get(at + 1).is_none_or(|(next, _)| tenths * (size / 10) < *next) {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests;
