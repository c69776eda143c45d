//! What can be worked out of the values of a group.

use crate::domain::Type;

/// What is worked out of the values of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Their sum.
    Sum,
    /// Their mean.
    Avg,
    /// The least.
    Min,
    /// The greatest.
    Max,
}

impl Measure {
    /// Its name in scripts, and its names for people.
    pub const fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Sum => ("sum", "Sum", "合计"),
            Self::Avg => ("avg", "Average", "平均"),
            Self::Min => ("min", "Least", "最小"),
            Self::Max => ("max", "Greatest", "最大"),
        }
    }

    /// What it is called of points in time.
    pub(crate) const fn names_in_time(self) -> (&'static str, &'static str) {
        match self {
            Self::Max => ("Latest", "最晚"),
            _ => ("Earliest", "最早"),
        }
    }

    /// Whether it can be worked out of values of a type.
    pub(crate) const fn takes(self, ty: Type) -> bool {
        match ty {
            Type::Money | Type::UnitPrice | Type::Whole | Type::Decimal | Type::Duration | Type::Percent => true,
            // Rates of different things add up to nothing.
            Type::Rate => !matches!(self, Self::Sum),
            Type::Date | Type::Instant | Type::Due => matches!(self, Self::Min | Self::Max),
            Type::Text
            | Type::LongText
            | Type::Email
            | Type::Url
            | Type::Phone
            | Type::Choice
            | Type::YesNo
            | Type::Link => false,
        }
    }
}
