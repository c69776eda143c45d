//! Prices of one of something: an amount of up to six decimals, whatever its currency has.

use std::fmt;

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{Currency, Result, group, read, too_fine, too_large};
use crate::{domain::words::figures::Mark, text::said};

/// The price of one of something, exact to the millionth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UnitPrice {
    /// How many millionths of the currency. One price that people give has no more than 64 bits; a sum may.
    pub millionths: i128,
    /// Of which currency.
    pub currency: Currency,
}

impl UnitPrice {
    /// The most decimals of a price.
    pub const DECIMALS: u8 = 6;

    /// The price that `text` says, in all the spellings of an amount; a bare number is in `default`. One that is finer
    /// than a millionth is an error.
    pub fn parse(text: &str, default: Currency) -> Result<Self> {
        Self::parse_marked(text, default, None)
    }

    /// As [`UnitPrice::parse`], where `mark` is known to stand before decimals.
    pub fn parse_marked(text: &str, default: Currency, mark: Option<Mark>) -> Result<Self> {
        let (number, currency) = read::amount(text, default, mark, |_| Self::DECIMALS)?;
        let millionths = number.checked_mul(Decimal::from(1_000_000)).ok_or_else(|| too_large(text))?;
        if !millionths.is_integer() {
            let what = said!("'{}' is finer than a unit price has it", "“{}”比单价的最小单位更细", text.trim());
            return Err(too_fine(&what, Self::DECIMALS));
        }
        let millionths = millionths.to_i64().map(i128::from).ok_or_else(|| too_large(text))?;
        Ok(Self { millionths, currency: currency.unwrap_or(default) })
    }

    /// The number that `text` says, however fine, and the currency that it names.
    pub fn number(text: &str, default: Currency) -> Result<(Decimal, Option<Currency>)> {
        read::amount(text, default, None, |_| Self::DECIMALS)
    }

    /// The number of main units; `None` for a sum of more than 28 digits.
    pub fn decimal(self) -> Option<Decimal> {
        Decimal::try_from_i128_with_scale(self.millionths, Self::DECIMALS.into()).ok()
    }

    /// The bare price for machines, with the digits of its currency and as many more as it needs: `22500.00`, `0.0125`.
    pub fn amount(self) -> String {
        self.figure(|whole| whole.to_string())
    }

    /// The price for a screen: `¥22,500.00`, `$0.0125`.
    pub fn full(self) -> String {
        let figure = Self { millionths: self.millionths.abs(), ..self }.grouped();
        self.currency.beside_symbol(self.millionths < 0, &figure)
    }

    /// The bare price as a person reads it in a column of one currency: `22,500.00`.
    pub fn grouped(self) -> String {
        self.figure(group)
    }

    fn figure(self, whole: impl Fn(u128) -> String) -> String {
        const UNIT: u128 = 1_000_000;
        let magnitude = self.millionths.unsigned_abs();
        let fraction = format!("{:06}", magnitude % UNIT);
        let least = usize::from(self.currency.digits()).min(fraction.len());
        let shown = &fraction[..fraction.trim_end_matches('0').len().max(least)];
        let (sign, point) = (if self.millionths < 0 { "-" } else { "" }, if shown.is_empty() { "" } else { "." });
        format!("{sign}{}{point}{shown}", whole(magnitude / UNIT))
    }
}

/// `0.0125 USD`, as [`UnitPrice::parse`] reads it back.
impl fmt::Display for UnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;
    use proptest::prelude::*;

    fn parse(text: &str) -> UnitPrice {
        UnitPrice::parse(text, Currency::CNY).expect(text)
    }

    #[test]
    fn prices_are_read_as_amounts_are_and_print_no_more_digits_than_they_need() {
        for (text, plain, full) in [
            ("$0.0125", "0.0125 USD", "$0.0125"),
            ("0.000001 USD", "0.000001 USD", "$0.000001"),
            ("22500", "22500.00 CNY", "¥22,500.00"),
            ("2.25万", "22500.00 CNY", "¥22,500.00"),
            ("三块五", "3.50 CNY", "¥3.50"),
            ("¥1.234", "1.234 CNY", "¥1.234"),
            ("1.250000", "1.25 CNY", "¥1.25"),
            ("4821 USD", "4821.00 USD", "$4,821.00"),
            ("1500 JPY", "1500 JPY", "JP¥1,500"),
            ("1500.5 JPY", "1500.5 JPY", "JP¥1,500.5"),
            ("1.5 KWD", "1.500 KWD", "1.500 KWD"),
            ("1.234,5678 €", "1234.5678 EUR", "€1,234.5678"),
            ("-$0.05", "-0.05 USD", "-$0.05"),
            ("0", "0.00 CNY", "¥0.00"),
        ] {
            let price = parse(text);
            assert_eq!((&*price.to_string(), &*price.full()), (plain, full), "{text}");
        }
    }

    #[test]
    fn what_is_no_price_is_refused_as_amounts_are() {
        for (text, en) in [
            ("0.0000001", "'0.0000001' is finer than a unit price has it: 6 decimals"),
            ("$5 CNY", "'$5 CNY' names two currencies, USD and CNY"),
            ("a lot", "'a lot' is not an amount of money"),
            ("9999999999999", "'9999999999999' is too large"),
        ] {
            let error = UnitPrice::parse(text, Currency::CNY).expect_err(text);
            assert_eq!(error.message.get(Lang::En), en);
        }
    }

    proptest! {
        #[test]
        fn printed_prices_are_read_back(
            millionths in any::<i64>(), size in 0u32..64,
            code in prop::sample::select(vec!["CNY", "JPY", "KWD", "CHF", "USD"]),
        ) {
            let price = UnitPrice { millionths: (millionths >> size).into(), currency: Currency::parse(code).unwrap() };
            prop_assert_eq!(UnitPrice::parse(&price.to_string(), Currency::EUR), Ok(price));
            prop_assert_eq!(UnitPrice::parse(&price.full(), Currency::EUR), Ok(price));
            prop_assert_eq!(UnitPrice::parse_marked(&price.grouped(), price.currency, Some(Mark::Point)), Ok(price));
            prop_assert!(price.decimal().is_some());
        }

        #[test]
        fn any_text_is_survived(text in any::<String>(), like in "[-¥$€A-Za-z0-9(),.万 ]{0,12}") {
            for text in [text, like] {
                let Ok(price) = UnitPrice::parse(&text, Currency::USD) else { continue };
                prop_assert_eq!(UnitPrice::parse(&price.to_string(), Currency::EUR), Ok(price), "{}", text);
            }
        }
    }
}
