//! Rows with a number whose last character does not follow from the others.

use crate::{
    domain::{customer::TAX_ID, words::registered},
    text::{Said, counted, said},
};

use super::{file_row::Chunk, mapping::Mapping};

/// So many lines are named.
const NAMED: usize = 5;

/// How many rows, and the lines of the first.
#[derive(Debug, Default)]
pub(super) struct Doubtful {
    rows: u64,
    lines: Vec<u32>,
}

impl Doubtful {
    /// Those among the rows of a chunk.
    pub fn of(chunk: &Chunk, mapping: &Mapping) -> Self {
        let mut doubtful = Self::default();
        if !mapping.targets.iter().any(|target| *target.def == TAX_ID.def() && target.constant.is_none()) {
            return doubtful;
        }
        for row in chunk.iter().filter(|row| row.fields.get(TAX_ID).is_some_and(registered::is_doubtful)) {
            doubtful.add(1, &[row.line]);
        }
        doubtful
    }

    fn add(&mut self, rows: u64, lines: &[u32]) {
        self.rows += rows;
        self.lines.extend(lines.iter().take(NAMED.saturating_sub(self.lines.len())));
    }

    /// Adds those of the rows that follow.
    pub fn join(&mut self, more: &Self) {
        self.add(more.rows, &more.lines);
    }

    /// What a person should know of them.
    pub fn said(&self) -> Option<Said> {
        let list = |between: &str| self.lines.iter().map(u32::to_string).collect::<Vec<_>>().join(between);
        let (en, zh) = if self.rows > self.lines.len() as u64 { (" and more", "等") } else { ("", "") };
        (self.rows > 0).then(|| {
            said!(
                (
                    "Taken as they stand, though the last character of {} does not fit the others: {}, lines {}{en}",
                    TAX_ID.def().code,
                    counted(self.rows, "row"),
                    list(", ")
                ),
                (
                    "{}的校验码不符，已按原样导入，请核对：共 {} 行，第 {} 行{zh}",
                    TAX_ID.def().zh,
                    self.rows,
                    list("、")
                )
            )
        })
    }
}
