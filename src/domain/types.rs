//! Markers: the Rust types of fields, and how each reads its bytes without copying.

use chrono::NaiveDate;
use rust_decimal::Decimal as Number;

use super::{
    bytes,
    field::{Marker, Type},
    value::{Due, Instant, Value},
    words::money::{Money as Amount, UnitPrice as Price},
};

macro_rules! markers {
    ($($(#[$doc:meta])* $name:ident = $ty:ident, $out:ty, $in:ty, $read:expr, $value:expr;)*) => {$(
        $(#[$doc])*
        pub struct $name;

        impl Marker for $name {
            const TYPE: Type = Type::$ty;
            type Out<'a> = $out;
            type In = $in;
            fn read(bytes: &[u8]) -> Option<$out> {
                ($read)(bytes)
            }
            fn value(input: $in) -> Value {
                ($value)(input)
            }
        }
    )*};
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        pub struct $name;

        impl Marker for $name {
            const TYPE: Type = Type::$name;
            type Out<'a> = &'a str;
            type In = String;
            fn read(bytes: &[u8]) -> Option<&str> {
                std::str::from_utf8(bytes).ok()
            }
            fn value(input: String) -> Value {
                Value::Text(input)
            }
        }
    )*};
}

texts! {
    /// One line of text.
    Text;
    /// Text of many lines.
    LongText;
    /// An e-mail address.
    Email;
    /// A web address.
    Url;
}

markers! {
    /// A whole number.
    Whole = Whole, i64, i64, bytes::signed, Value::Whole;
    /// A number with decimals.
    Decimal = Decimal, Number, Number, bytes::decimal, Value::Decimal;
    /// An amount with its currency.
    Money = Money, Amount, Amount, bytes::money, Value::Money;
    /// The price of one of something.
    UnitPrice = UnitPrice, Price, Price, bytes::unit_price, Value::UnitPrice;
    /// Whole percent.
    Percent = Percent, u8, u8, bytes::byte, Value::Percent;
    /// Percent with decimals.
    Rate = Rate, Number, Number, bytes::decimal, Value::Decimal;
    /// A day.
    Date = Date, NaiveDate, NaiveDate, bytes::date, Value::Date;
    /// A point in time.
    Moment = Instant, Instant, Instant, bytes::instant, Value::Instant;
    /// A day or a point in time.
    DayOrMoment = Due, Due, Due, bytes::due, Value::Due;
    /// A length of time in seconds.
    Duration = Duration, i64, i64, bytes::signed, Value::Duration;
    /// The number of a choice.
    OneOf = Choice, u16, u16, bytes::choice, Value::Choice;
    /// Yes or no.
    YesNo = YesNo, bool, bool, bytes::yes_no, Value::YesNo;
    /// The number of a record of the target kind.
    Link = Link, u64, u64, bytes::unsigned, Value::Link;
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $ty:ident;)*) => {$(
        $(#[$doc])*
        pub struct $name;

        impl Marker for $name {
            const TYPE: Type = Type::$ty;
            const MANY: bool = true;
            type Out<'a> = Vec<Value>;
            type In = Vec<Value>;
            fn read(bytes: &[u8]) -> Option<Vec<Value>> {
                bytes::items(bytes).map(|item| bytes::read(Type::$ty, item)).collect()
            }
            fn value(input: Vec<Value>) -> Value {
                Value::List(input)
            }
        }
    )*};
}

lists! {
    /// Several lines of text, such as tags.
    Texts = Text;
    /// Several choices.
    AnyOf = Choice;
    /// Several telephone numbers.
    Phones = Phone;
    /// Several e-mail addresses.
    Emails = Email;
    /// The numbers of several records of the target kind.
    Links = Link;
    /// Amounts of several currencies, at most one of each.
    Amounts = Money;
}
