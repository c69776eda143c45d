//! Counting and summing up children, one after the other.

use std::{cmp::Ordering, ops::ControlFlow};

use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::language::measure::Measure;

use super::{
    arithmetic::order,
    datum::{Amount, Datum},
    node::RollOp,
    reason::ReasonKind,
};

/// What is known of the children so far. A child without a value is counted and otherwise passed over.
pub(super) struct Tally {
    how: RollOp,
    /// What it comes to where no child has a value.
    nothing: Option<Datum>,
    tz: Tz,
    children: u64,
    /// A line for each currency, one for what is no money.
    lines: Vec<Line>,
    failed: Option<ReasonKind>,
}

struct Line {
    values: u64,
    held: Datum,
}

impl Tally {
    pub(super) const fn new(how: RollOp, nothing: Option<Datum>, tz: Tz) -> Self {
        Self { how, nothing, tz, children: 0, lines: Vec::new(), failed: None }
    }

    /// Takes in what the next child has; breaks off where no other can change anything.
    pub(super) fn add(&mut self, value: Option<Datum>) -> ControlFlow<()> {
        self.children += 1;
        match (self.how, value) {
            (RollOp::Count, _) | (_, None) => return ControlFlow::Continue(()),
            (RollOp::First, Some(value)) => {
                self.lines.push(Line { values: 1, held: value });
                return ControlFlow::Break(());
            }
            (RollOp::Last, Some(value)) => self.lines = vec![Line { values: 1, held: value }],
            (RollOp::Of(measure), Some(Datum::Amounts(amounts))) => {
                amounts.into_iter().for_each(|amount| self.measure(measure, Datum::Money(amount)));
            }
            (RollOp::Of(measure), Some(value)) => self.measure(measure, value),
        }
        if self.failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn measure(&mut self, measure: Measure, value: Datum) {
        let Some(line) = self.lines.iter_mut().find(|line| same_line(&line.held, &value)) else {
            return self.lines.push(Line { values: 1, held: value });
        };
        line.values += 1;
        let wanted = match measure {
            Measure::Min => Some(Ordering::Less),
            Measure::Max => Some(Ordering::Greater),
            Measure::Sum | Measure::Avg => None,
        };
        match wanted {
            None => match added(&line.held, &value) {
                Some(sum) => line.held = sum,
                None => self.failed = Some(ReasonKind::TooLarge),
            },
            Some(wanted) => match order(&value, &line.held, self.tz) {
                Ok(order) if order == wanted => line.held = value,
                Ok(_) => {}
                Err(why) => self.failed = Some(why),
            },
        }
    }

    /// What all of them come to. The sum of nothing is 0 where it has no currency.
    pub(super) fn end(self) -> Result<Datum, ReasonKind> {
        if let Some(why) = self.failed {
            return Err(why);
        }
        if self.how == RollOp::Count {
            return Ok(Datum::Number(self.children.into()));
        }
        let is_mean = self.how == RollOp::Of(Measure::Avg);
        let values = self.lines.into_iter().map(|line| if is_mean { mean(line) } else { Some(line.held) });
        let values = values.collect::<Option<Vec<_>>>().ok_or(ReasonKind::TooLarge)?;
        if matches!(self.how, RollOp::Of(_)) && matches!(values.first(), Some(Datum::Money(_))) {
            let amounts = values.into_iter().filter_map(|value| match value {
                Datum::Money(amount) => Some(amount),
                _ => None,
            });
            return Datum::amounts(amounts.collect()).ok_or(ReasonKind::TooLarge);
        }
        values.into_iter().next().or(self.nothing).ok_or(ReasonKind::Empty)
    }
}

fn same_line(held: &Datum, value: &Datum) -> bool {
    match (held, value) {
        (Datum::Money(held), Datum::Money(value)) => held.currency == value.currency,
        _ => true,
    }
}

fn added(held: &Datum, value: &Datum) -> Option<Datum> {
    Some(match (held, value) {
        (Datum::Number(held), Datum::Number(value)) => Datum::Number(held.checked_add(*value)?),
        (Datum::Duration(held), Datum::Duration(value)) => Datum::Duration(held.checked_add(*value)?),
        (Datum::Money(held), Datum::Money(value)) => {
            Datum::Money(Amount { number: held.number.checked_add(value.number)?, ..*held })
        }
        _ => return None,
    })
}

fn mean(line: Line) -> Option<Datum> {
    let values = Decimal::from(line.values);
    Some(match line.held {
        Datum::Number(total) => Datum::Number(total.checked_div(values)?),
        Datum::Duration(total) => Datum::Duration(total.checked_div(values)?),
        Datum::Money(total) => Datum::Money(Amount { number: total.number.checked_div(values)?, ..total }),
        _ => return None,
    })
}
