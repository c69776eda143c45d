//! The types that values of fields have, and what they have in common.

use serde::{Deserialize, Serialize};

use super::words::money::UnitPrice;

/// How values of a field are written, read, ordered and compared.
///
/// The number that identifies a store's layout is worked out of their order: a new type comes last.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Type {
    /// One line of text.
    Text,
    /// Text of many lines.
    LongText,
    /// An e-mail address.
    Email,
    /// A web address.
    Url,
    /// A telephone number with a label.
    Phone,
    /// A whole number.
    Whole,
    /// A decimal number.
    Decimal,
    /// An amount with its currency.
    Money,
    /// Whole percent.
    Percent,
    /// A day.
    Date,
    /// A point in time.
    Instant,
    /// A day or a point in time.
    Due,
    /// A length of time.
    Duration,
    /// One of the field's choices.
    Choice,
    /// Yes or no.
    YesNo,
    /// A record of the field's target kind.
    Link,
    /// The price of one of something, finer than its currency.
    UnitPrice,
    /// Percent with decimals.
    Rate,
}

/// What a number is, where the type of a field is one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Number {
    /// A whole one.
    Whole,
    /// One with decimals.
    Exact,
    /// One with decimals and a currency.
    Amount,
}

impl Type {
    /// Whether values are free text, so that `contains` and word search make sense.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::LongText | Self::Email | Self::Url | Self::Phone)
    }

    /// Whether values have an order that ranges ask for.
    pub const fn is_ordered(self) -> bool {
        !matches!(self, Self::LongText | Self::Url | Self::YesNo | Self::Link | Self::Phone)
    }

    /// Whether values are numbers: counts, amounts, shares and lengths of time.
    pub const fn is_number(self) -> bool {
        self.number().is_some()
    }

    /// Whether values are numbers with decimals, which are compared exactly.
    pub const fn is_exact(self) -> bool {
        matches!(self.number(), Some(Number::Exact | Number::Amount))
    }

    /// Whether values are of a currency.
    pub const fn has_currency(self) -> bool {
        matches!(self.number(), Some(Number::Amount))
    }

    /// More decimals has no number of any field: its sums may not fit.
    pub const MOST_DECIMALS: u8 = 10;

    /// The most decimals of a number of this type; those of money are its currency's.
    pub const fn most_decimals(self) -> u8 {
        match self {
            Self::Decimal => 6,
            Self::UnitPrice => UnitPrice::DECIMALS,
            Self::Rate => 4,
            Self::Text
            | Self::LongText
            | Self::Email
            | Self::Url
            | Self::Phone
            | Self::Whole
            | Self::Money
            | Self::Percent
            | Self::Date
            | Self::Instant
            | Self::Due
            | Self::Duration
            | Self::Choice
            | Self::YesNo
            | Self::Link => 0,
        }
    }

    const fn number(self) -> Option<Number> {
        match self {
            Self::Whole | Self::Percent | Self::Duration => Some(Number::Whole),
            Self::Decimal | Self::Rate => Some(Number::Exact),
            Self::Money | Self::UnitPrice => Some(Number::Amount),
            Self::Text
            | Self::LongText
            | Self::Email
            | Self::Url
            | Self::Phone
            | Self::Date
            | Self::Instant
            | Self::Due
            | Self::Choice
            | Self::YesNo
            | Self::Link => None,
        }
    }
}
