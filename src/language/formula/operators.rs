//! Which types the signs take, what they give, and what a value beside a type can be.

use crate::{error::Error, language::syntax::Span, text::said};

use super::{
    names::Scope,
    node::Arithmetic::{self, Add, Divide, Multiply, Subtract},
    tree::{Binary, Comparison},
    types::Ty::{self, Amounts, Choice, Date, Due, Duration, Instant, Link, Money, Number, Percent, Text, YesNo},
};

/// What a sign gives of two types; `None` where it gives nothing.
pub(super) fn result(op: Arithmetic, left: Ty, right: Ty) -> Option<Ty> {
    match (op, left, right) {
        (Add | Subtract, Percent, Percent) => Some(Percent),
        (Add | Subtract | Multiply | Divide, Number | Percent, Number | Percent)
        | (Divide, Money, Money)
        | (Divide, Duration, Duration) => Some(Number),
        (Add | Subtract, Money, Money) => Some(Money),
        (Add | Subtract, Duration, Duration) => Some(Duration),
        (Add, Text, Text) => Some(Text),
        (Add | Subtract, dated, Duration) | (Add, Duration, dated) if dated.is_dated() => Some(dated),
        (Subtract, one, other) if one.is_dated() && other.is_dated() => Some(Duration),
        (Multiply | Divide, quantity @ (Money | Duration), Number | Percent)
        | (Multiply, Number | Percent, quantity @ (Money | Duration)) => Some(quantity),
        _ => None,
    }
}

/// Whether two types can be compared so.
pub(super) fn compares(comparison: Comparison, left: Ty, right: Ty) -> bool {
    let is_equality = matches!(comparison, Comparison::Equal | Comparison::Differ);
    let ordered = !matches!(left, Link(_) | YesNo);
    let alike = left.is_like(right)
        || left.is_dated() && right.is_dated()
        || matches!((left, right), (Number, Percent) | (Percent, Number));
    alike && (ordered || is_equality)
}

/// What a value can be that stands beside something of a type, the likeliest first. `before` is where it stands.
pub(super) fn beside(op: Binary, other: Ty, before: bool) -> Vec<Ty> {
    let dated = matches!(other, Date | Instant | Due);
    match (op, other) {
        (Binary::Or | Binary::And, _) => vec![YesNo],
        (Binary::Compare(_), Amounts) => vec![Money],
        (Binary::Compare(_), Number) => vec![Number, Percent],
        (Binary::Compare(_), _) => vec![other],
        (Binary::Add, _) if dated => vec![Duration],
        (Binary::Subtract, _) if dated && before => vec![other],
        (Binary::Subtract, _) if dated => vec![Duration, other],
        (Binary::Add, Duration) if before => vec![Duration, Date],
        (Binary::Subtract, Duration) if before => vec![Duration, Date],
        (Binary::Add | Binary::Subtract, Number) => vec![Number, Percent],
        (Binary::Add | Binary::Subtract, Percent) => vec![Percent, Number],
        (Binary::Add | Binary::Subtract, Money | Amounts) => vec![Money],
        (Binary::Add | Binary::Subtract, Choice(_) | Link(_)) => Vec::new(),
        (Binary::Add | Binary::Subtract, _) => vec![other],
        (Binary::Divide, Money | Amounts) if before => vec![Money],
        (Binary::Divide, Duration) if before => vec![Duration],
        (Binary::Divide, Duration) => vec![Number, Percent, Duration],
        (Binary::Divide, Money | Amounts) => vec![Number, Percent, Money],
        (Binary::Multiply | Binary::Divide, Number | Percent) => vec![Percent, Number, Money, Duration],
        (Binary::Multiply | Binary::Divide, _) => vec![Percent, Number],
    }
}

impl Scope<'_> {
    /// The error for a sign between two types that it does not take.
    pub(super) fn no_result(&self, op: Binary, sign: Span, left: Ty, right: Ty) -> Error {
        let (one, other) = (left.name(), right.name());
        let ((one_en, one_zh), (other_en, other_zh)) = (one.both(), other.both());
        let written = op.sign();
        let error = self.error(
            sign,
            said!(
                "'{written}' does not work between {one_en} and {other_en}",
                "“{written}”不能用于{one_zh}和{other_zh}之间"
            ),
        );
        match (op, left, right) {
            (Binary::Multiply, Money, Money) => {
                error.hint(said!("multiply an amount by a number or a percentage", "金额只能乘以数字或百分比"))
            }
            (Binary::Add | Binary::Subtract, one, other) if one.is_dated() != other.is_dated() => error.hint(said!(
                "add a length of time: 2d, or days(3) of a number",
                "请加减时长，如“2天”；数字可用“天数(3)”转为时长"
            )),
            (Binary::Add | Binary::Subtract, Money, Number | Percent)
            | (Binary::Add | Binary::Subtract, Number | Percent, Money) => {
                error.hint(said!("multiply the amount: amount * (1 + 13%)", "请用乘法，如“金额 * (1 + 13%)”"))
            }
            (Binary::Add, Text, _) | (Binary::Add, _, Text) => {
                error.hint(said!("text(...) makes text of the other", "用“文字(…)”可把另一个转为文字"))
            }
            (Binary::Compare(_), Percent, _) | (Binary::Compare(_), _, Percent) => {
                error.hint(said!("write a percentage with its sign: 75%", "百分比请写百分号：75%"))
            }
            (Binary::Compare(_), Text, _) | (Binary::Compare(_), _, Text) => {
                error.hint(said!("text(...) makes text of the other", "用“文字(…)”可把另一个转为文字"))
            }
            (Binary::Compare(_), _, _) if left.is_like(right) => {
                error.hint(said!("only = and != compare these", "它们只能用 = 和 != 比较"))
            }
            _ => error.hint(said!("crm help fields lists what each field holds", "crm help fields 可查看各字段的类型")),
        }
    }
}
