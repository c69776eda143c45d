//! The records that pass a filter, in an order.

mod sorted;
mod walk;

use std::ops::ControlFlow;

use crate::{
    domain::{Kind, RecordId, Row, Schema},
    error::Result,
    store::Reader,
    text::Lang,
};

use super::{
    candidates::Candidates,
    field_path::FieldPath,
    filter::{Evaluator, Filter, Visit},
    plan::{PlanStep, QueryPlan, Wanted},
    recheck::{Recheck, RecheckParts},
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
    pub fn parse(text: &str, kind: &'static Kind, schema: &Schema) -> Result<Self> {
        let text = text.trim();
        let (name, descending) = match text.strip_prefix(['-', '－']) {
            Some(name) => (name, true),
            None => (text.strip_prefix('+').unwrap_or(text), false),
        };
        Ok(Self { by: FieldPath::parse(name, kind, schema)?, descending })
    }

    /// Reads several, the most important first; empty ones are none.
    pub fn parse_all<'t>(
        texts: impl Iterator<Item = &'t str>,
        kind: &'static Kind,
        schema: &Schema,
    ) -> Result<Vec<Self>> {
        texts.filter(|text| !text.trim().is_empty()).map(|text| Self::parse(text, kind, schema)).collect()
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
        self.for_each_noting(reader, &mut |_| {}, visit)
    }

    /// The same; tells `note` how they are found.
    pub fn for_each_noting(
        &self,
        reader: &Reader<'_>,
        note: &mut dyn FnMut(PlanStep),
        visit: &mut Visit<'_>,
    ) -> Result<()> {
        if self.limit == Some(0) {
            return Ok(());
        }
        let mut window = OffsetLimit { skip: self.offset, left: self.limit, visit };
        match self.way(reader, note)? {
            ReadOrder::Walk(walk) => walk.run(self, reader, &mut |num, row| window.take(num, row)),
            ReadOrder::ByNumber(candidates, reverse) => {
                self.look(reader, &candidates).each(reverse, &mut |num, row| window.take(num, row))
            }
            ReadOrder::Sorted(numbers) => {
                let all = self.filter.every();
                let ask = Evaluator::new(*reader, &all);
                for num in numbers.into_iter().skip(self.offset) {
                    let step = if self.bare { visit(num, Row::default()) } else { ask.show(num, true, visit) };
                    if step?.is_break() {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    /// Finds out what to read; reads indexes and sorts where that is the way.
    fn way(&self, reader: &Reader<'_>, note: &mut dyn FnMut(PlanStep)) -> Result<ReadOrder> {
        let most = self.limit.map(|limit| limit.saturating_add(self.offset));
        let by_number = self.sort.first().is_none_or(|order| order.by.is_own_id());
        let first = most.filter(|_| by_number).map(|most| most as u64);
        let plan = QueryPlan::new(reader, &self.filter, Wanted { rows: !self.bare, first })?;
        if !by_number
            && !self.filter.is_of_trash()
            && let Some(walk) = walk::of(self, reader, &plan)?
        {
            note(PlanStep::InOrder(walk.name()));
            return Ok(ReadOrder::Walk(walk));
        }
        let candidates = plan.candidates(reader, note)?;
        if by_number {
            return Ok(ReadOrder::ByNumber(candidates, self.sort.first().is_some_and(|order| order.descending)));
        }
        let numbers = sorted::numbers(self, &self.look(reader, &candidates), most)?;
        note(PlanStep::Sorted(numbers.len()));
        Ok(ReadOrder::Sorted(numbers))
    }

    const fn look<'l, 'a>(&'l self, reader: &'l Reader<'a>, candidates: &'l Candidates) -> Recheck<'l, 'a> {
        Recheck { reader, filter: &self.filter, candidates, bare: self.bare }
    }

    /// The numbers of the records.
    pub fn numbers(&self, reader: &Reader<'_>) -> Result<Vec<u64>> {
        let bare = Self { bare: true, ..self.clone() };
        if self.limit.is_none()
            && self.offset == 0
            && self.sort.is_empty()
            && let ReadOrder::ByNumber(candidates, false) = bare.way(reader, &mut |_| {})?
        {
            return bare.look(reader, &candidates).numbers();
        }
        let mut numbers = Vec::new();
        bare.for_each(reader, &mut |num, _| {
            numbers.push(num);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(numbers)
    }

    /// The records in parts, which threads may share; none where reading them one after the other is as good.
    pub fn pieces(&self, reader: &Reader<'_>) -> Result<Option<SelectedParts>> {
        if self.limit.is_some() || self.offset > 0 || reader.shared().is_none() {
            return Ok(None);
        }
        let numbers_or_all = match self.way(reader, &mut |_| {})? {
            ReadOrder::Walk(_) | ReadOrder::ByNumber(_, true) => return Ok(None),
            ReadOrder::ByNumber(candidates, false) => candidates,
            ReadOrder::Sorted(numbers) => {
                let parts = numbers.len().div_ceil(PIECE);
                return Ok(Some(SelectedParts {
                    filter: self.filter.every(),
                    records: SelectedRecords::Sorted(numbers),
                    parts,
                }));
            }
        };
        let parts = self.look(reader, &numbers_or_all).split(PIECE)?.parts;
        Ok(Some(SelectedParts {
            filter: self.filter.clone(),
            records: SelectedRecords::ByNumber(numbers_or_all),
            parts,
        }))
    }

    /// The ids of the records.
    pub fn ids(&self, reader: &Reader<'_>) -> Result<Vec<RecordId>> {
        let kind = self.kind().id;
        Ok(self.numbers(reader)?.into_iter().map(|num| RecordId::new(kind, num)).collect())
    }
}

/// What to read, and in which order.
enum ReadOrder {
    /// The records of an index, in its order.
    Walk(walk::IndexWalk),
    /// These, by number or against it.
    ByNumber(Candidates, bool),
    /// The records with these numbers, which pass for certain.
    Sorted(Vec<u64>),
}

/// So many numbers make a part that is shown at a time: little enough that several fit into memory, whatever they hold.
const PIECE: usize = 1_024;

/// The records of a query in parts, in its order.
pub struct SelectedParts {
    filter: Filter,
    records: SelectedRecords,
    parts: usize,
}

enum SelectedRecords {
    ByNumber(Candidates),
    /// They pass for certain.
    Sorted(Vec<u64>),
}

impl SelectedParts {
    /// How many parts there are.
    pub const fn count(&self) -> usize {
        self.parts
    }

    /// Visits the records of a part, as this reader sees them.
    pub fn visit(&self, part: usize, reader: &Reader<'_>, visit: &mut Visit<'_>) -> Result<()> {
        let ask = Evaluator::new(*reader, &self.filter);
        match &self.records {
            SelectedRecords::ByNumber(candidates) => {
                let _ = RecheckParts::new(candidates, self.parts, PIECE).visit(part, &ask, visit)?;
            }
            SelectedRecords::Sorted(numbers) => {
                for num in numbers.iter().skip(part * PIECE).take(PIECE) {
                    if ask.show(*num, true, visit)?.is_break() {
                        break;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Visits every record that passes, in the order of numbers.
pub fn each(reader: &Reader<'_>, filter: &Filter, visit: &mut Visit<'_>) -> Result<()> {
    Query::new(filter.clone()).for_each(reader, visit)
}

/// The part of the records that is asked for.
struct OffsetLimit<'w, 'v> {
    skip: usize,
    left: Option<usize>,
    visit: &'w mut Visit<'v>,
}

impl OffsetLimit<'_, '_> {
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
