//! Groups as rows: in an order, and with a bar for each.

use std::{borrow::Cow, cmp::Reverse, collections::HashMap};

use chrono_tz::Tz;

use super::{
    Aggregate, GroupBy,
    sums::{GroupTotals, Unit},
};
use crate::{
    domain::{FieldDef, RecordId},
    error::{Error, Result},
    query::{
        grid::{Cell, Column, Grid},
        names::Names,
    },
    text::{Bars, Said, nearest, said},
};

/// What a group has in common, as it is shown. Texts that differ in case or width only are one group, shown as the
/// first record has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    Nothing,
    Id(RecordId),
    Stored(&'static FieldDef, Box<[u8]>),
    Name(String),
}

/// A line of a group.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) labels: Vec<Label>,
    pub(super) unit: Unit,
    pub(super) line: GroupTotals,
}

/// Groups of records, in the order of what they are grouped by.
#[derive(Debug)]
pub struct Groups {
    columns: Vec<Column>,
    aggregates: Vec<Aggregate>,
    rows: Vec<Row>,
    tz: Tz,
}

impl Groups {
    pub(super) fn new(by: &[GroupBy], aggregates: Vec<Aggregate>, rows: Vec<Row>, tz: Tz) -> Self {
        let mut columns: Vec<Column> = by.iter().map(GroupBy::column).collect();
        columns.push(Column::new("count", "Count", "数量").numbers());
        columns.extend(aggregates.iter().map(|aggregate| aggregate.column(aggregates.len() == 1)));
        if aggregates.iter().any(Aggregate::has_currency) {
            columns.push(Column::new("currency", "Currency", "币种"));
        }
        Self { columns, aggregates, rows, tz }
    }

    /// Sorts by the count or by aggregates, by the codes of their columns, a hyphen before one reverses it. Groups of
    /// the same number stay in their order; those without one come last.
    ///
    /// # Errors
    /// `Usage` for what is no such column.
    pub fn sort(&mut self, orders: &str) -> Result<()> {
        let orders: Vec<&str> =
            orders.split([',', '，', '、']).map(str::trim).filter(|order| !order.is_empty()).collect();
        for order in orders.into_iter().rev() {
            let (code, descending) = order.strip_prefix(['-', '－']).map_or((order, false), |code| (code, true));
            let at = self.numbered(code)?;
            let aggregates = &self.aggregates;
            self.rows.sort_by_cached_key(|row| {
                let number = number_of(aggregates, row, at);
                let key = number.map(|number| if descending { -number } else { number });
                (Reverse(key.is_some()), key)
            });
        }
        Ok(())
    }

    /// The column of numbers with that code: `None` for the count, else which aggregate.
    fn numbered(&self, code: &str) -> Result<Option<usize>> {
        if matches!(&*crate::text::fold_words(code), "count" | "数量") {
            return Ok(None);
        }
        let columns: Vec<_> =
            self.aggregates.iter().map(|aggregate| aggregate.column(self.aggregates.len() == 1)).collect();
        if let Some(at) = columns.iter().position(|column| column.zh == code) {
            return Ok(Some(at));
        }
        let labels: Vec<_> = ["数量"].into_iter().chain(columns.iter().map(|column| &*column.zh)).collect();
        let labels = labels.join("、");
        let codes: Vec<_> = columns.into_iter().map(|column| column.code).collect();
        codes.iter().position(|held| *held == code).map(Some).ok_or_else(|| {
            let error =
                Error::usage(said!("Groups cannot be sorted by '{}'", "分组不能按“{}”排序", crate::text::scrub(code)));
            let known: Vec<&str> = ["count"].into_iter().chain(codes.iter().map(|code| &**code)).collect();
            match nearest(code, known.iter().copied()) {
                Some(near) => error.hint(Said::did_you_mean(near)),
                None => error.hint(said!(("sort by {}", known.join(" or ")), ("可按 {labels} 排序"))),
            }
        })
    }

    /// The groups as rows: what they have in common, how many there are, their aggregates and currency; with bars, one
    /// of the first aggregate of each, else of its count, as long as it is large beside the largest of its currency.
    pub fn into_grid<'a>(mut self, names: &'a Names<'a>, bars: Option<Bars>) -> Grid<'a> {
        let drawn = self.aggregates.iter().position(Aggregate::is_quantity);
        let mut largest: HashMap<Unit, i128> = HashMap::new();
        if bars.is_some() {
            self.columns.push(Column::new("bar", "", "").never_cut());
            for row in &self.rows {
                let number = number_of(&self.aggregates, row, drawn).unwrap_or_default();
                let held = largest.entry(row.unit).or_default();
                *held = number.max(*held);
            }
        }
        let rows = self.rows.iter().map(|row| {
            let mut cells: Vec<Cell<'a>> = row.labels.iter().map(cell_of).collect();
            cells.push(Cell::Number(i64::try_from(row.line.count).unwrap_or(i64::MAX)));
            let tallies = row.line.tallies.iter().zip(&self.aggregates);
            cells.extend(
                tallies.map(|(tally, aggregate)| tally.cell(aggregate.measure, aggregate.def(), row.unit, self.tz)),
            );
            if self.aggregates.iter().any(Aggregate::has_currency) {
                cells.push(row.unit.name());
            }
            if let Some(bars) = bars {
                let number = number_of(&self.aggregates, row, drawn).unwrap_or_default();
                let most = largest.get(&row.unit).copied().unwrap_or_default();
                cells.push(Cell::Text(Cow::Owned(bars.draw(number, most))));
            }
            cells
        });
        let rows = rows.collect();
        Grid::of_rows("groups", self.columns, rows, names)
    }
}

/// The count of a row, or one of its aggregates.
fn number_of(aggregates: &[Aggregate], row: &Row, at: Option<usize>) -> Option<i128> {
    match at {
        None => Some(row.line.count.into()),
        Some(at) => row.line.tallies.get(at)?.number(aggregates.get(at)?.measure),
    }
}

fn cell_of<'a>(label: &Label) -> Cell<'a> {
    match label {
        Label::Nothing => Cell::Empty,
        Label::Id(id) => Cell::Id(*id),
        Label::Stored(def, stored) => Cell::Field(def, Cow::Owned(stored.to_vec())),
        Label::Name(name) => Cell::Text(Cow::Owned(name.clone())),
    }
}
