//! Why a formula gives nothing.

use crate::{
    domain::words::money::Currency,
    error::Error,
    language::syntax::{Span, caret},
    text::{Said, said},
};

/// Why there is no value, and which part of the formula is to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Why.
    pub why: ReasonKind,
    /// Where in the formula.
    pub span: Span,
}

/// The ways in which there can be no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReasonKind {
    /// Something that it is worked out of is empty.
    Empty,
    /// A number is divided by 0.
    DividedByZero,
    /// A number has more digits than can be kept, or a day is beyond the calendar.
    TooLarge,
    /// Two amounts are of different currencies.
    Currencies(Currency, Currency),
    /// A day is moved by a part of a day.
    PartOfDay,
    /// Nobody is known who asks.
    Nobody,
    /// The field does not take the value: why not.
    Refused(Said),
}

/// No value, or a store that cannot be read.
#[derive(Debug)]
pub(super) enum Absent {
    For(Reason),
    Failed(Error),
}

impl From<Error> for Absent {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl ReasonKind {
    pub(super) const fn at(self, span: Span) -> Absent {
        Absent::For(Reason { why: self, span })
    }
}

impl Reason {
    /// The reason as a person reads it, with the place in the formula below.
    pub fn said(&self, source: &str) -> Said {
        let caret = caret(source, self.span);
        let message = match &self.why {
            ReasonKind::Empty => said!("this is empty", "此处为空"),
            ReasonKind::DividedByZero => said!("nothing can be divided by 0", "不能除以 0"),
            ReasonKind::TooLarge => said!("this is larger than can be kept", "结果超出可保存的范围"),
            ReasonKind::Currencies(one, other) => {
                said!("{one} and {other} do not add up", "{one} 和 {other} 不能合并计算")
            }
            ReasonKind::PartOfDay => said!("a day is moved by whole days only", "日期只能加减整天"),
            ReasonKind::Nobody => said!("the store does not know who asks", "数据文件中没有当前用户"),
            ReasonKind::Refused(why) => why.clone(),
        };
        message.map(|message| format!("{message}\n{caret}"))
    }
}
