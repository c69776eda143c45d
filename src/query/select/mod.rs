//! The records that pass a filter, in an order.

mod sorted;
mod walk;

use std::ops::ControlFlow;

use crate::{
    domain::{Kind, RecordId, Row},
    error::{Error, Result},
    store::Reader,
    text::Lang,
};

use super::{
    field_path::FieldPath,
    filter::{Evaluator, Filter, Visit},
    plan::{Candidates, Plan},
};

/// One thing to sort by. Records without a value come last, either way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The field; a link sorts by the name of its record.
    pub by: FieldPath,
    /// From the greatest to the least.
    pub descending: bool,
}

impl Order {
    /// Reads `amount` and `-amount`.
    pub fn parse(text: &str, kind: &'static Kind) -> Result<Self> {
        let text = text.trim();
        let (name, descending) = match text.strip_prefix(['-', '－']) {
            Some(name) => (name, true),
            None => (text.strip_prefix('+').unwrap_or(text), false),
        };
        Ok(Self { by: FieldPath::parse(name, kind)?, descending })
    }

    /// Reads several, the most important first; empty ones are none.
    pub fn parse_all<'t>(texts: impl Iterator<Item = &'t str>, kind: &'static Kind) -> Result<Vec<Self>> {
        texts.filter(|text| !text.trim().is_empty()).map(|text| Self::parse(text, kind)).collect()
    }
}

/// Which records, in which order, how many.
#[derive(Debug, Clone)]
pub struct Query {
    /// What they are like, and of which kind.
    pub filter: Filter,
    /// What they are sorted by; the number of the record comes last, and alone where there is nothing.
    pub sort: Vec<Order>,
    /// At most so many.
    pub limit: Option<usize>,
    /// Without the first so many.
    pub offset: usize,
    /// The language of the reader, who in Chinese sorts by sound.
    pub lang: Lang,
    /// Only the numbers are wanted: where an index tells them for certain, rows are shown empty.
    pub bare: bool,
}

impl Query {
    /// All that pass, by number.
    pub const fn new(filter: Filter) -> Self {
        Self { filter, sort: Vec::new(), limit: None, offset: 0, lang: Lang::En, bare: false }
    }

    /// The kind of its records.
    pub const fn kind(&self) -> &'static Kind {
        self.filter.kind()
    }

    /// Shows the records one after the other.
    pub fn for_each(&self, reader: &Reader<'_>, visit: &mut Visit<'_>) -> Result<()> {
        if self.limit == Some(0) {
            return Ok(());
        }
        let mut window = Window { skip: self.offset, left: self.limit, visit };
        let plan = Plan::new(reader, &self.filter)?;
        let by_number = self.sort.iter().position(|order| order.by.is_own_id());
        match (self.sort.first(), by_number) {
            (None, _) => self.by_number(reader, &plan, false, &mut |num, row| window.take(num, row)),
            (Some(order), Some(0)) => {
                self.by_number(reader, &plan, order.descending, &mut |num, row| window.take(num, row))
            }
            (Some(_), _) => match walk::of(self, reader, &plan)? {
                Some(walk) => walk.run(self, reader, &mut |num, row| window.take(num, row)),
                None => {
                    let most = self.limit.map(|limit| limit.saturating_add(self.offset));
                    let numbers = sorted::numbers(self, reader, &plan, most)?;
                    show(reader, self.kind(), &numbers, &mut |num, row| window.take(num, row))
                }
            },
        }
    }

    /// The numbers of the records.
    pub fn numbers(&self, reader: &Reader<'_>) -> Result<Vec<u64>> {
        let mut numbers = Vec::new();
        let bare = Self { bare: true, ..self.clone() };
        bare.for_each(reader, &mut |num, _| {
            numbers.push(num);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(numbers)
    }

    /// The ids of the records.
    pub fn ids(&self, reader: &Reader<'_>) -> Result<Vec<RecordId>> {
        let kind = self.kind().id;
        Ok(self.numbers(reader)?.into_iter().map(|num| RecordId::new(kind, num)).collect())
    }

    /// How the store answers it, in a line.
    pub fn explain(&self, reader: &Reader<'_>) -> Result<String> {
        let plan = Plan::new(reader, &self.filter)?;
        Ok(match walk::of(self, reader, &plan)? {
            Some(walk) => format!("in the order of index {}", walk.name()),
            None if self.sort.is_empty() => plan.explain(self.kind(), reader)?,
            None => format!("{}, then sorted", plan.explain(self.kind(), reader)?),
        })
    }

    fn by_number(&self, reader: &Reader<'_>, plan: &Plan, reverse: bool, visit: &mut Visit<'_>) -> Result<()> {
        let ask = Evaluator::new(*reader, &self.filter);
        match plan.candidates(reader)? {
            Candidates::All => ask.each(reverse, visit),
            Candidates::Numbers { mut numbers, exact } => {
                if reverse {
                    numbers.reverse();
                }
                if exact && self.bare {
                    for num in numbers {
                        if visit(num, Row::default())?.is_break() {
                            break;
                        }
                    }
                    return Ok(());
                }
                show(reader, self.kind(), &numbers, &mut |num, row| {
                    if exact || ask.matches(num, row)? { visit(num, row) } else { Ok(ControlFlow::Continue(())) }
                })
            }
        }
    }
}

/// Visits every record that passes, in the order of numbers.
pub fn each(reader: &Reader<'_>, filter: &Filter, visit: &mut Visit<'_>) -> Result<()> {
    let query = Query::new(filter.clone());
    query.by_number(reader, &Plan::new(reader, filter)?, false, visit)
}

/// Shows live records by their numbers.
fn show(reader: &Reader<'_>, kind: &Kind, numbers: &[u64], visit: &mut Visit<'_>) -> Result<()> {
    for num in numbers {
        let step = reader.with_row(RecordId::new(kind.id, *num), |row| visit(*num, row))?;
        if step.unwrap_or(Ok(ControlFlow::Continue(())))?.is_break() {
            break;
        }
    }
    Ok(())
}

/// The part of the records that is asked for.
struct Window<'w, 'v> {
    skip: usize,
    left: Option<usize>,
    visit: &'w mut Visit<'v>,
}

impl Window<'_, '_> {
    fn take(&mut self, num: u64, row: Row<'_>) -> Result<ControlFlow<()>> {
        if self.skip > 0 {
            self.skip -= 1;
            return Ok(ControlFlow::Continue(()));
        }
        let step = (self.visit)(num, row)?;
        match &mut self.left {
            Some(left) => {
                *left -= 1;
                Ok(if *left == 0 { ControlFlow::Break(()) } else { step })
            }
            None => Ok(step),
        }
    }
}

/// Keeps an error for after a visit that cannot return it.
fn caught(failed: &mut Option<Error>, step: Result<ControlFlow<()>>) -> ControlFlow<()> {
    step.unwrap_or_else(|error| {
        *failed = Some(error);
        ControlFlow::Break(())
    })
}
