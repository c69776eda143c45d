//! Working a formula out for one record. A part that has no value makes what is worked out of it empty too, but for the
//! places that say otherwise: conditions, `coalesce`, `empty`, and what is counted or summed up.

use std::{cmp::Ordering, ops::ControlFlow};

use chrono::{DateTime, Utc, Weekday};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::{
    domain::{
        Type, Value,
        words::{
            calendar,
            money::Currency,
            when::{self, When},
        },
    },
    error::Result,
    language::{field_path::FieldPath, measure::Measure, syntax::Span},
};

use super::{
    arithmetic::{arithmetic, order},
    datum::{Amount, Datum, rounded},
    functions::FunctionId,
    node::{Children, Node, NodeKind, Roll, RollOp},
    reason::{Absent, Reason, ReasonKind},
    tally::Tally,
    text,
    tree::Comparison,
};

/// When, where and for whom a formula is worked out.
#[derive(Debug, Clone, Copy)]
pub struct EvalContext {
    /// What `today` and `now` are.
    pub now: DateTime<Utc>,
    /// Where days begin.
    pub tz: Tz,
    /// The first day of a week.
    pub week_start: Weekday,
    /// The number of the user who asks, if there is one.
    pub me: Option<u64>,
    /// The currency of amounts that name none.
    pub currency: Currency,
}

/// Takes what a child has at the end of a path; breaks off when it wants no more.
pub type Visit<'v> = dyn FnMut(Option<Value>) -> ControlFlow<()> + 'v;

/// The record that a formula is worked out for, and what can be reached from it.
pub trait Values {
    /// When, where and for whom.
    fn context(&self) -> &EvalContext;
    /// What the record has at the end of a path; of an id its number, as a link.
    ///
    /// # Errors
    /// What the store says.
    fn own(&self, path: &FieldPath) -> Result<Option<Value>>;
    /// Visits the records that point to this one and pass the filter, in the order of their numbers, with what each has
    /// at the end of a path. A live filter is read anew.
    ///
    /// # Errors
    /// What the store says.
    fn children(&self, of: &Children, item: Option<&FieldPath>, visit: &mut Visit<'_>) -> Result<()>;
}

/// What a formula gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The value, exact and not rounded.
    pub value: Option<Datum>,
    /// Why there is none.
    pub reason: Option<Reason>,
}

/// Works a part out.
pub(super) fn outcome(node: &Node, values: &dyn Values) -> Result<Outcome> {
    match (Evaluation { values, context: values.context() }).value(node) {
        Ok(value) => Ok(Outcome { value: Some(value), reason: None }),
        Err(Absent::For(reason)) => Ok(Outcome { value: None, reason: Some(reason) }),
        Err(Absent::Failed(error)) => Err(error),
    }
}

struct Evaluation<'v> {
    values: &'v dyn Values,
    context: &'v EvalContext,
}

type Got = std::result::Result<Datum, Absent>;

/// A value, or nothing whatever the reason.
fn maybe(got: Got) -> std::result::Result<Option<Datum>, Absent> {
    match got {
        Ok(value) => Ok(Some(value)),
        Err(Absent::For(_)) => Ok(None),
        Err(failed) => Err(failed),
    }
}

/// A value, or nothing where something that it is worked out of is empty. Any other reason says that something is wrong,
/// and no condition holds or fails for that.
fn unless_empty(got: Got) -> std::result::Result<Option<Datum>, Absent> {
    match got {
        Err(Absent::For(Reason { why: ReasonKind::Empty, .. })) => Ok(None),
        got => got.map(Some),
    }
}

impl Evaluation<'_> {
    fn value(&self, node: &Node) -> Got {
        let span = node.span;
        match &node.what {
            NodeKind::Constant(datum) => Ok(datum.clone()),
            NodeKind::Today => Ok(Datum::Date(calendar::today(self.context.now, self.context.tz))),
            NodeKind::Now => Ok(Datum::Instant(self.context.now.into())),
            NodeKind::Me => self.context.me.map(Datum::Link).ok_or_else(|| ReasonKind::Nobody.at(span)),
            NodeKind::Moment(text) => self.moment(text, span),
            NodeKind::Field(path) => self
                .values
                .own(path)?
                .and_then(|value| Datum::of(value, path.ty()))
                .ok_or_else(|| ReasonKind::Empty.at(span)),
            NodeKind::InZone(of) => self.value(of),
            NodeKind::Not(of) => Ok(Datum::YesNo(!self.holds(of)?)),
            NodeKind::Both(left, right) => Ok(Datum::YesNo(self.holds(left)? && self.holds(right)?)),
            NodeKind::Either(left, right) => Ok(Datum::YesNo(self.holds(left)? || self.holds(right)?)),
            NodeKind::Minus(of) => {
                map_number(self.value(of)?, |number| Some(-number)).ok_or_else(|| ReasonKind::Empty.at(span))
            }
            NodeKind::Arithmetic(op, left, right) => {
                arithmetic(*op, self.value(left)?, self.value(right)?, self.context.tz).map_err(|why| why.at(span))
            }
            NodeKind::Compare(comparison, left, right) => self.compare(*comparison, left, right, span),
            NodeKind::OneAmount(of) => match self.value(of)? {
                Datum::Amounts(amounts) => one_of(&amounts).map(Datum::Money).map_err(|why| why.at(span)),
                other => Ok(other),
            },
            NodeKind::Round(of, decimals) => map_number(self.value(of)?, |number| rounded(number, *decimals))
                .ok_or_else(|| ReasonKind::TooLarge.at(span)),
            NodeKind::AsText(of, ty) => {
                text::written(&self.value(of)?, *ty).map(Datum::Text).ok_or_else(|| ReasonKind::TooLarge.at(span))
            }
            NodeKind::Call(id, args) => self.call(*id, args, span),
            NodeKind::Roll(roll) => self.roll(roll, span),
        }
    }

    /// Whether a condition holds. One that is empty does not.
    fn holds(&self, node: &Node) -> std::result::Result<bool, Absent> {
        Ok(unless_empty(self.value(node))? == Some(Datum::YesNo(true)))
    }

    /// As a filter has it: a value that is not there fails every test but `!=`.
    fn compare(&self, comparison: Comparison, left: &Node, right: &Node, span: Span) -> Got {
        let (left, right) = (unless_empty(self.value(left))?, unless_empty(self.value(right))?);
        let order = left.zip(right).map(|(left, right)| order(&left, &right, self.context.tz)).transpose();
        let order = order.map_err(|why| why.at(span))?;
        let holds = match comparison {
            Comparison::Equal => order == Some(Ordering::Equal),
            Comparison::Differ => order != Some(Ordering::Equal),
            Comparison::Less => order == Some(Ordering::Less),
            Comparison::More => order == Some(Ordering::Greater),
            Comparison::AtMost => order.is_some_and(Ordering::is_le),
            Comparison::AtLeast => order.is_some_and(Ordering::is_ge),
        };
        Ok(Datum::YesNo(holds))
    }

    fn moment(&self, text: &str, span: Span) -> Got {
        let EvalContext { now, tz, week_start, .. } = *self.context;
        match when::parse(text, now, tz, week_start) {
            Ok(When::Day(day)) => Ok(Datum::Date(day)),
            Ok(When::At(at)) => Ok(Datum::Instant(at.into())),
            Err(error) => Err(ReasonKind::Refused(error.message).at(span)),
        }
    }

    fn call(&self, id: FunctionId, args: &[Node], span: Span) -> Got {
        let absent = || ReasonKind::Empty.at(span);
        match (id, args) {
            (FunctionId::If, [condition, rest @ ..]) => {
                let at = usize::from(!self.holds(condition)?);
                rest.get(at).map_or_else(|| Err(absent()), |node| self.value(node))
            }
            (FunctionId::Coalesce, args) => {
                for node in args {
                    if let Some(value) = maybe(self.value(node))? {
                        return Ok(value);
                    }
                }
                Err(absent())
            }
            (FunctionId::Empty, [of]) => Ok(Datum::YesNo(maybe(self.value(of))?.is_none())),
            (FunctionId::Min | FunctionId::Max, [first, rest @ ..]) => {
                let wanted = if id == FunctionId::Min { Ordering::Less } else { Ordering::Greater };
                rest.iter().try_fold(self.value(first)?, |held, node| {
                    let next = self.value(node)?;
                    let order = order(&held, &next, self.context.tz).map_err(|why| why.at(span))?;
                    Ok(if order.reverse() == wanted { next } else { held })
                })
            }
            (FunctionId::Abs, [of]) => map_number(self.value(of)?, |number| Some(number.abs())).ok_or_else(absent),
            (FunctionId::Days, [of]) => match self.value(of)? {
                Datum::Duration(seconds) => Ok(Datum::Number(seconds / Decimal::from(24 * 60 * 60))),
                Datum::Number(days) => {
                    let seconds = days.checked_mul(Decimal::from(24 * 60 * 60));
                    seconds.map(Datum::Duration).ok_or_else(|| ReasonKind::TooLarge.at(span))
                }
                _ => Err(absent()),
            },
            (id, args) => {
                let texts = args.iter().map(|arg| match self.value(arg)? {
                    Datum::Text(text) => Ok(text),
                    _ => Err(absent()),
                });
                let texts = texts.collect::<std::result::Result<Vec<_>, Absent>>()?;
                text::changed(id, &texts).map(Datum::Text).ok_or_else(absent)
            }
        }
    }

    fn roll(&self, roll: &Roll, span: Span) -> Got {
        let item = roll.item.as_ref().map(|(path, _)| path);
        let nothing = match roll.item.as_ref().and_then(|(_, def)| *def).map(|def| def.ty) {
            _ if roll.op != RollOp::Of(Measure::Sum) => None,
            Some(Type::Whole | Type::Decimal | Type::Percent | Type::Rate) => Some(Datum::Number(Decimal::ZERO)),
            Some(Type::Duration) => Some(Datum::Duration(Decimal::ZERO)),
            _ => None,
        };
        let mut tally = Tally::new(roll.op, nothing, self.context.tz);
        let ty = item.map_or(Type::Link, FieldPath::ty);
        self.values
            .children(&roll.children, item, &mut |value| tally.add(value.and_then(|value| Datum::of(value, ty))))?;
        tally.end().map_err(|why| why.at(span))
    }
}

/// The one amount of several, if they are of one currency.
fn one_of(amounts: &[Amount]) -> std::result::Result<Amount, ReasonKind> {
    match amounts {
        [one] => Ok(*one),
        [one, other, ..] => match (one.currency, other.currency) {
            (Some(one), Some(other)) => Err(ReasonKind::Currencies(one, other)),
            _ => Err(ReasonKind::Empty),
        },
        [] => Err(ReasonKind::Empty),
    }
}

/// The number of a quantity changed.
fn map_number(datum: Datum, change: impl Fn(Decimal) -> Option<Decimal>) -> Option<Datum> {
    Some(match datum {
        Datum::Number(number) => Datum::Number(change(number)?),
        Datum::Duration(seconds) => Datum::Duration(change(seconds)?),
        Datum::Money(amount) => Datum::Money(Amount { number: change(amount.number)?, ..amount }),
        _ => return None,
    })
}
