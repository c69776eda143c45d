//! Types of formulas, and which fields can keep what a formula gives.

use crate::{
    domain::{FieldDef, KindId, Type},
    text::{Said, said},
};

use super::names::Names;

/// What a formula gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ty {
    /// An exact number.
    Number,
    /// A number that is written in hundredths: 10% is 0.1.
    Percent,
    /// An amount of one currency.
    Money,
    /// Amounts of several currencies, at most one of each.
    Amounts,
    /// Text.
    Text,
    /// A day.
    Date,
    /// A point in time.
    Instant,
    /// A day or a point in time.
    Due,
    /// A length of time.
    Duration,
    /// Yes or no.
    YesNo,
    /// One of the choices of this field.
    Choice(&'static FieldDef),
    /// A record of a kind.
    Link(KindId),
}

impl Ty {
    /// The type of a field's values; `None` for a list, of which only amounts can be worked with.
    pub fn of(def: &'static FieldDef, names: &dyn Names) -> Option<Self> {
        Some(match def.ty {
            Type::Money | Type::UnitPrice if def.many => Self::Amounts,
            _ if def.many => return None,
            Type::Text | Type::LongText | Type::Email | Type::Url | Type::Phone => Self::Text,
            Type::Whole | Type::Decimal => Self::Number,
            Type::Money | Type::UnitPrice => Self::Money,
            Type::Percent | Type::Rate => Self::Percent,
            Type::Date => Self::Date,
            Type::Instant => Self::Instant,
            Type::Due => Self::Due,
            Type::Duration => Self::Duration,
            Type::Choice => Self::Choice(def),
            Type::YesNo => Self::YesNo,
            Type::Link => Self::Link(names.target(def)?.id),
        })
    }

    /// What a person calls it.
    pub fn name(self) -> Said {
        match self {
            Self::Number => said!("a number", "数字"),
            Self::Percent => said!("a percentage", "百分比"),
            Self::Money => said!("an amount of money", "金额"),
            Self::Amounts => said!("amounts by currency", "分货币的金额"),
            Self::Text => said!("text", "文字"),
            Self::Date => said!("a day", "日期"),
            Self::Instant => said!("a point in time", "时间点"),
            Self::Due => said!("a day or a point in time", "日期或时间点"),
            Self::Duration => said!("a length of time", "时长"),
            Self::YesNo => said!("yes or no", "是或否"),
            Self::Choice(def) => said!(("a choice of {}", def.code), ("“{}”的选项", def.zh)),
            Self::Link(_) => said!("a record", "关联的记录"),
        }
    }

    /// Whether it is a day, a point in time, or either.
    pub const fn is_dated(self) -> bool {
        matches!(self, Self::Date | Self::Instant | Self::Due)
    }

    /// Whether two dates are compared by the days on which they fall in a zone: unless both are days, or both points.
    pub(super) fn needs_zone(self, other: Self) -> bool {
        self.is_dated() && other.is_dated() && !(self == other && self != Self::Due)
    }

    /// Whether the one can stand where the other does: the same, or a choice among the same.
    pub fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Choice(one), Self::Choice(other)) => one.choices == other.choices,
            _ => self == other,
        }
    }

    /// The type of what is either of these, as the branches of an `if` are.
    pub fn joined(self, other: Self) -> Option<Self> {
        match (self, other) {
            _ if self.is_like(other) => Some(self),
            (Self::Number, Self::Percent) | (Self::Percent, Self::Number) => Some(Self::Number),
            (Self::Money, Self::Amounts) | (Self::Amounts, Self::Money) => Some(Self::Amounts),
            _ if self.is_dated() && other.is_dated() => Some(Self::Due),
            _ => None,
        }
    }

    /// Whether a field can keep it.
    ///
    /// # Errors
    /// Why it cannot, with what would work where something would.
    pub fn fits(self, def: &'static FieldDef, names: &dyn Names) -> Result<(), (Said, Option<Said>)> {
        let kept = match (self, def.ty) {
            (Self::Amounts | Self::Money, Type::Money | Type::UnitPrice) => true,
            _ if def.many => false,
            (Self::Number, Type::Whole | Type::Decimal | Type::Percent | Type::Rate)
            | (Self::Percent, Type::Percent | Type::Rate | Type::Decimal)
            | (Self::Text, Type::Text | Type::LongText | Type::Email | Type::Url | Type::Phone)
            | (Self::Date, Type::Date | Type::Due)
            | (Self::Instant, Type::Instant | Type::Due)
            | (Self::Due, Type::Due)
            | (Self::Duration, Type::Duration)
            | (Self::YesNo, Type::YesNo) => true,
            (Self::Choice(_) | Self::Link(_), _) => Self::of(def, names).is_some_and(|ty| ty.is_like(self)),
            _ => false,
        };
        if kept {
            return Ok(());
        }
        let (en, zh) = (self.name().both().0.to_owned(), self.name().both().1.to_owned());
        let message = said!(
            ("'{}' cannot keep this: the formula gives {en}", def.code),
            ("“{}”无法保存公式的结果：结果是{zh}", def.zh)
        );
        let hint = match (self, def.ty) {
            (_, _) if def.many => None,
            (_, Type::Text | Type::LongText) => Some(said!("text(...) makes text of it", "用“文字(…)”可转为文字")),
            (Self::Duration, Type::Whole | Type::Decimal) => {
                Some(said!("days(...) counts its days", "用“天数(…)”可得到天数"))
            }
            (Self::Number | Self::Percent, Type::Money | Type::UnitPrice) => Some(said!(
                "multiply an amount, or write one with its currency: ¥100",
                "请与金额相乘，或写明货币：¥100"
            )),
            (Self::Percent, Type::Whole) => {
                Some(said!("a number with decimals or a percentage keeps it", "可保存到小数或百分比字段"))
            }
            _ => None,
        };
        Err((message, hint))
    }
}
