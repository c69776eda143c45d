//! Currencies: their codes, and the names and signs that people write.

use std::fmt;

use super::super::{Result, WordsError};
use crate::text::{fold_cow, said};

/// An ISO 4217 currency: three letters, known to exist.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// That of numbers which are no amounts, where sums are kept by currency.
    pub const NONE: Self = Self([b'X'; 3]);
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
        Self::known(&fold_cow(code.trim())).ok_or_else(|| {
            WordsError::new(said!("'{}' is not a currency code", "“{}”不是货币代码", code.trim()))
                .hint(said!("write an ISO code such as CNY, USD or EUR", "请写 ISO 代码，例如 CNY、USD、EUR"))
        })
    }

    /// The currency of this code, name or sign: `JPY`, `日元`, `JP¥`.
    pub fn named(text: &str) -> Result<Self> {
        let folded = fold_cow(text);
        let called = [NAMES, UNITS, SYMBOLS].into_iter().flatten().find(|(name, _)| name.eq_ignore_ascii_case(&folded));
        called.map_or_else(|| Self::parse(text), |(_, code)| Ok(Self(**code)))
    }

    /// The currency whose Chinese name a folded text begins with, and the name.
    pub fn name_in_front(text: &str) -> Option<(Self, &'static str)> {
        longest([NAMES], |name| text.starts_with(name)).map(|(name, currency)| (currency, name))
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
        if let Some((_, digits)) = COMMON.iter().find(|(code, _)| **code == self.0) {
            return *digits;
        }
        iso_currency::Currency::from_code(self.as_str())
            .and_then(|currency| currency.exponent())
            .and_then(|digits| u8::try_from(digits).ok())
            .unwrap_or(2)
    }

    /// The sign that stands before an amount on a screen, if people know one that means this currency only.
    pub fn symbol(self) -> Option<&'static str> {
        SYMBOLS.iter().find(|(_, code)| **code == self.0).map(|&(symbol, _)| symbol)
    }

    /// A figure with the sign or the code of this currency; where it is negative, a minus stands before both.
    pub(super) fn beside_symbol(self, negative: bool, figure: &str) -> String {
        let sign = if negative { "-" } else { "" };
        match self.symbol() {
            Some(symbol) => format!("{sign}{symbol}{figure}"),
            None => format!("{sign}{figure} {self}"),
        }
    }

    /// The currency of three letters; `RMB` is `CNY`.
    pub(super) fn known(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        let upper = bytes.map(|b| b.to_ascii_uppercase());
        if &upper == b"RMB" {
            return Some(Self::CNY);
        }
        if COMMON.iter().all(|(code, _)| **code != upper) {
            iso_currency::Currency::from_code(std::str::from_utf8(&upper).ok()?)?;
        }
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

/// The currencies of most amounts, with the digits of their minor units: to ask the list of all costs hundreds of
/// instructions, and an import asks several times for each amount.
const COMMON: [(&[u8; 3], u8); 7] =
    [(b"CNY", 2), (b"USD", 2), (b"EUR", 2), (b"JPY", 0), (b"HKD", 2), (b"TWD", 2), (b"GBP", 2)];

/// Names and signs, each with the code of its currency.
type CurrencyNames = &'static [(&'static str, &'static [u8; 3])];

/// Signs beside an amount; the first of a currency is the one printed.
const SYMBOLS: CurrencyNames = &[
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

/// Names before or behind an amount, in simplified Chinese.
const NAMES: CurrencyNames = &[
    ("人民币", b"CNY"),
    ("美元", b"USD"),
    ("美金", b"USD"),
    ("欧元", b"EUR"),
    ("日元", b"JPY"),
    ("日圆", b"JPY"),
    ("日币", b"JPY"),
    ("港元", b"HKD"),
    ("港币", b"HKD"),
    ("英镑", b"GBP"),
    ("新台币", b"TWD"),
    ("台币", b"TWD"),
    ("韩元", b"KRW"),
    ("韩圆", b"KRW"),
    ("韩币", b"KRW"),
    ("澳元", b"AUD"),
    ("澳币", b"AUD"),
    ("加元", b"CAD"),
    ("加币", b"CAD"),
    ("新加坡元", b"SGD"),
    ("新加坡币", b"SGD"),
    ("新币", b"SGD"),
    ("新西兰元", b"NZD"),
    ("纽元", b"NZD"),
    ("澳门元", b"MOP"),
    ("澳门币", b"MOP"),
    ("瑞士法郎", b"CHF"),
    ("瑞郎", b"CHF"),
    ("卢布", b"RUB"),
    ("印度卢比", b"INR"),
    ("泰铢", b"THB"),
    ("越南盾", b"VND"),
    ("印尼盾", b"IDR"),
    ("马来西亚林吉特", b"MYR"),
    ("林吉特", b"MYR"),
    ("马币", b"MYR"),
    ("菲律宾比索", b"PHP"),
];

/// The unit behind an amount, which is the yuan where no other currency is named.
const UNITS: CurrencyNames = &[("元", b"CNY"), ("圆", b"CNY"), ("块", b"CNY")];

/// A currency that a text names, and the word it names it by.
#[derive(Debug, Clone, Copy)]
pub(super) struct NamedCurrency {
    pub(super) name: &'static str,
    pub(super) currency: Currency,
}

impl NamedCurrency {
    /// A unit alone.
    pub(super) const UNIT: Self = Self { name: "元", currency: Currency::CNY };
    /// The sign of the yuan and of the yen.
    pub(super) const YUAN_SIGN: &'static str = "¥";

    /// The currency of a code, which no other word can mean.
    const fn code(currency: Currency) -> Self {
        Self { name: "", currency }
    }

    /// The currency before a folded amount, and the amount.
    pub(super) fn before(text: &str) -> Option<(Self, &str)> {
        let starts = |name: &str| text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
        if let Some((name, currency)) = longest([NAMES, SYMBOLS], starts) {
            return Some((Self { name, currency }, text[name.len()..].trim_start()));
        }
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (code, amount) = text.split_at(letters);
        Currency::known(code).map(|currency| (Self::code(currency), amount.trim_start()))
    }

    /// The currency behind a folded amount, and the amount.
    pub(super) fn behind(text: &str) -> Option<(Self, &str)> {
        let front = |name: &str| text.len().checked_sub(name.len()).filter(|at| text.is_char_boundary(*at));
        let ends = |name: &str| front(name).is_some_and(|at| text[at..].eq_ignore_ascii_case(name));
        if let Some((name, currency)) = longest([NAMES, UNITS, SYMBOLS], ends) {
            return Some((Self { name, currency }, text[..text.len() - name.len()].trim_end()));
        }
        let (amount, code) = text.split_at(front("usd")?);
        Currency::known(code).map(|currency| (Self::code(currency), amount.trim_end()))
    }

    /// The one currency that two words together name, if they do: `$500 CAD`, `港币3万元`.
    pub(super) fn with(self, other: Self) -> Option<Self> {
        match () {
            () if self.currency == other.currency => Some(if self.means(other.currency) { other } else { self }),
            () if other.means(self.currency) => Some(self),
            () if self.means(other.currency) => Some(other),
            () => None,
        }
    }

    /// Whether the word can stand for that currency though it names none by itself.
    fn means(self, currency: Currency) -> bool {
        match self.name {
            "$" | "¥" => currency.symbol().is_some_and(|sign| sign.ends_with(self.name)),
            "元" | "圆" | "块" => {
                NAMES.iter().any(|(name, code)| **code == currency.0 && name.ends_with(['元', '币', '圆']))
            }
            _ => false,
        }
    }
}

/// The longest name that fits, and its currency.
fn longest<const N: usize>(
    tables: [CurrencyNames; N],
    fits: impl Fn(&str) -> bool,
) -> Option<(&'static str, Currency)> {
    let fitting = tables.into_iter().flatten().filter(|(name, _)| fits(name));
    fitting.max_by_key(|(name, _)| name.len()).map(|(name, code)| (*name, Currency(**code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_ones_are_as_the_list_of_all_has_them() {
        for (code, digits) in COMMON {
            let listed = iso_currency::Currency::from_code(Currency(*code).as_str()).unwrap();
            assert_eq!(listed.exponent(), Some(u16::from(digits)), "{listed}");
        }
    }
}
