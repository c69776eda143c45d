//! Money: `12万 CNY`, `CNY 120000`, `¥12万`, `$12,000.50`, `€41k`, `US$5`, or a bare number in the default currency.

use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{
    Result, WordsError,
    figures::Mark,
    number::{self, Number},
};
use crate::text::{Lang, fold_cow, said};

/// An ISO 4217 currency: three letters, known to exist.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The Chinese yuan.
    pub const CNY: Self = Self(*b"CNY");
    /// The US dollar.
    pub const USD: Self = Self(*b"USD");
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");
    /// The Japanese yen.
    pub const JPY: Self = Self(*b"JPY");

    /// The currency of this code, in any case; `RMB` is `CNY`.
    pub fn parse(code: &str) -> Result<Self> {
        Self::known(code.trim()).ok_or_else(|| {
            WordsError::new(said!("'{}' is not a currency code", "“{}”不是货币代码", code.trim()))
                .hint(said!("write an ISO code such as CNY, USD or EUR", "请写 ISO 代码，例如 CNY、USD、EUR"))
        })
    }

    /// The currency of this code, name or sign: `JPY`, `日元`, `JP¥`.
    pub fn named(text: &str) -> Result<Self> {
        let folded = fold_cow(text);
        let called = NAMES.iter().chain(SYMBOLS).find(|(name, _)| name.eq_ignore_ascii_case(&folded));
        called.map_or_else(|| Self::parse(text), |(_, code)| Ok(Self(**code)))
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        // Only ASCII letters ever get in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The three letters as bytes, for keys and rows.
    pub const fn to_bytes(self) -> [u8; 3] {
        self.0
    }

    /// The currency of three stored letters, if there is one.
    pub fn from_bytes(bytes: [u8; 3]) -> Option<Self> {
        std::str::from_utf8(&bytes).ok().and_then(Self::known)
    }

    /// How many digits its minor unit takes: 2 for most, 0 for the yen, 3 for the Kuwaiti dinar.
    pub fn digits(self) -> u8 {
        iso_currency::Currency::from_code(self.as_str())
            .and_then(|currency| currency.exponent())
            .and_then(|digits| u8::try_from(digits).ok())
            .unwrap_or(2)
    }

    /// The sign that stands before an amount on a screen, if people know one that means this currency only.
    pub fn symbol(self) -> Option<&'static str> {
        SYMBOLS.iter().find(|(_, code)| **code == self.0).map(|&(symbol, _)| symbol)
    }

    fn known(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        let upper = bytes.map(|b| b.to_ascii_uppercase());
        if &upper == b"RMB" {
            return Some(Self::CNY);
        }
        iso_currency::Currency::from_code(std::str::from_utf8(&upper).ok()?)?;
        Some(Self(upper))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Signs beside an amount; the first of a currency is the one printed. Longer signs stand before their tails.
const SYMBOLS: &[(&str, &[u8; 3])] = &[
    ("HK$", b"HKD"),
    ("NT$", b"TWD"),
    ("A$", b"AUD"),
    ("C$", b"CAD"),
    ("S$", b"SGD"),
    ("NZ$", b"NZD"),
    ("R$", b"BRL"),
    ("¥", b"CNY"),
    ("CN¥", b"CNY"),
    ("JP¥", b"JPY"),
    ("$", b"USD"),
    ("US$", b"USD"),
    ("€", b"EUR"),
    ("£", b"GBP"),
    ("₩", b"KRW"),
    ("₹", b"INR"),
    ("₽", b"RUB"),
    ("₫", b"VND"),
    ("฿", b"THB"),
    ("₱", b"PHP"),
    ("₪", b"ILS"),
    ("₴", b"UAH"),
];

/// Names after an amount, where the signs can stand too.
const NAMES: &[(&str, &[u8; 3])] = &[
    ("人民币", b"CNY"),
    ("美元", b"USD"),
    ("美金", b"USD"),
    ("欧元", b"EUR"),
    ("日元", b"JPY"),
    ("港元", b"HKD"),
    ("港币", b"HKD"),
    ("英镑", b"GBP"),
    ("新台币", b"TWD"),
    ("元", b"CNY"),
    ("块", b"CNY"),
];

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
        let folded = fold_cow(text);
        let (currency, amount) = split_currency(&folded, default)?;
        let number = Number::read(&amount, mark).map_err(|error| {
            let message = said!("'{}' is not an amount of money", "“{}”不是金额", text.trim());
            if error.hint.is_none() {
                error
            } else {
                WordsError::new(message).hint(said!(
                    "write 12万 CNY, ¥120000, $12,000.50 or a number",
                    "请写 12万 CNY、¥120000、$12,000.50 或一个数"
                ))
            }
        })?;
        let number = number.with_decimals(text, currency.digits())?;
        let digits = currency.digits();
        let minor = number
            .checked_mul(Decimal::from(10u64.pow(u32::from(digits))))
            .ok_or_else(|| WordsError::new(said!("'{}' is too large", "“{}”太大", text.trim())))?;
        if !minor.is_integer() {
            let finest = match digits {
                0 => said!("whole units only", "只能是整数"),
                _ => said!("{digits} decimals", "{digits} 位小数"),
            };
            return Err(WordsError::new(
                said!("'{}' is finer than {currency} has it", "“{}”比 {currency} 的最小单位更细", text.trim())
                    .then(&finest),
            ));
        }
        let minor = minor
            .to_i64()
            .map(i128::from)
            .ok_or_else(|| WordsError::new(said!("'{}' is too large", "“{}”太大", text.trim())))?;
        Ok(Self { minor, currency })
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

    /// The amount for a screen: `¥120,000`, `$12,000.50`, and from a million on `¥2.9m`.
    pub fn short(self, lang: Lang) -> String {
        match self.parts() {
            (_, whole, ..) if whole >= 1_000_000 => self.beside_symbol(&in_units(whole, lang)),
            _ => self.full(),
        }
    }

    /// The amount where room is scarce: `¥310k` or `¥31万`, and from a million on as [`Money::short`] has it.
    pub fn brief(self, lang: Lang) -> String {
        match (self.parts(), lang) {
            ((_, whole @ 10_000..999_500, ..), Lang::En) => self.beside_symbol(&format!("{}k", (whole + 500) / 1000)),
            ((_, whole @ 10_000.., ..), _) => self.beside_symbol(&in_units(whole, lang)),
            _ => self.full(),
        }
    }

    fn beside_symbol(self, figure: &str) -> String {
        let (sign, ..) = self.parts();
        match self.currency.symbol() {
            Some(symbol) => format!("{sign}{symbol}{figure}"),
            None => format!("{sign}{figure} {}", self.currency),
        }
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

/// The currency and the number beside it. `text` is folded, so signs with letters are compared in lower case.
fn split_currency(text: &str, default: Currency) -> Result<(Currency, String)> {
    let in_brackets = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (sign, body) = match in_brackets.or_else(|| text.strip_prefix(['-', '−'])) {
        Some(body) => ("-", body.trim()),
        None => ("", text),
    };
    let with_sign = |number: &str| format!("{sign}{}", number.trim());

    for (symbol, code) in SYMBOLS {
        if let Some(head) = body.get(..symbol.len()).filter(|head| head.eq_ignore_ascii_case(symbol)) {
            let yen = head == "¥" && default == Currency::JPY;
            let number = &body[symbol.len()..];
            // `HK$5 CNY` would say two things; the number parser refuses the letters.
            return Ok((if yen { Currency::JPY } else { Currency(**code) }, with_sign(number)));
        }
    }
    // `US$` ends in `S$` and in `$`.
    let behind = |(name, code): &(&str, &[u8; 3])| {
        let number = body.len().checked_sub(name.len()).filter(|at| body.is_char_boundary(*at))?;
        body[number..].eq_ignore_ascii_case(name).then_some((number, Currency(**code)))
    };
    if let Some((number, currency)) = NAMES.iter().chain(SYMBOLS).filter_map(behind).min_by_key(|(at, _)| *at) {
        let yen = &body[number..] == "¥" && default == Currency::JPY;
        return Ok((if yen { Currency::JPY } else { currency }, with_sign(&body[..number])));
    }
    let letters = |b: &u8| b.is_ascii_alphabetic();
    let leading = body.bytes().take_while(letters).count();
    let trailing = body.bytes().rev().take_while(letters).count();
    let (code, number) = match (leading, trailing) {
        (3, _) => body.split_at(3),
        (_, 3..) => {
            let (number, code) = body.split_at(body.len() - 3);
            (code, number)
        }
        _ => return Ok((default, with_sign(body))),
    };
    let number = with_sign(number);
    match Currency::parse(&code.to_ascii_uppercase()) {
        Ok(currency) => Ok((currency, number)),
        // Letters beside a number are meant as a currency; other words are just no amount.
        Err(unknown) if number::parse(&number).is_ok() => Err(unknown),
        Err(_) => Ok((default, with_sign(body))),
    }
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

/// Two or more figures and a letter: `2.9m`, `12m`, `1.3b`. Rounded half up.
/// A large amount to the tenth of a unit in which readers of this language count.
fn in_units(whole: u128, lang: Lang) -> String {
    let english = ((1_000_000, "m"), (1_000_000_000, "b"));
    let ((small, near), (large, far)) = lang.pick(english, ((10_000, "万"), (100_000_000, "亿")));
    let tenths_of = |unit: u128| (whole + unit / 20) / (unit / 10);
    let (tenths, unit) = match tenths_of(small) {
        tenths if tenths < large / small * 10 => (tenths, near),
        _ => (tenths_of(large), far),
    };
    match tenths % 10 {
        0 => format!("{}{unit}", group(tenths / 10)),
        tenth => format!("{}.{tenth}{unit}", group(tenths / 10)),
    }
}

#[cfg(test)]
mod tests;
