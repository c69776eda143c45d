//! Rows of which something is told: how many, and the lines of the first.

use super::file_row::Chunk;
use crate::{
    domain::{customer::TAX_ID, words::registered},
    text::{Said, counted, said},
};

use super::target::Target;

/// So many lines are named.
const NAMED: usize = 5;

/// How many rows, and the lines of the first.
#[derive(Debug, Default)]
pub(super) struct Lines {
    rows: u64,
    first: Vec<u32>,
    last: u32,
}

impl Lines {
    /// The rows of a chunk that have a number whose last character does not follow from the others.
    pub fn doubtful(chunk: &Chunk, targets: &[Target]) -> Self {
        let mut lines = Self::default();
        if targets.iter().any(|target| *target.def == TAX_ID.def() && target.constant.is_none()) {
            let doubtful =
                chunk.iter().filter(|row| !row.broken && row.fields.get(TAX_ID).is_some_and(registered::is_doubtful));
            doubtful.for_each(|row| lines.add(row.line));
        }
        lines
    }

    /// Adds a row; one that was added last is not counted again.
    pub fn add(&mut self, line: u32) {
        if line != self.last {
            self.join(&Self { rows: 1, first: vec![line], last: line });
        }
    }

    /// Adds rows that follow.
    pub fn join(&mut self, more: &Self) {
        if more.rows > 0 {
            self.rows += more.rows;
            self.first.extend(more.first.iter().take(NAMED.saturating_sub(self.first.len())));
            self.last = more.last;
        }
    }

    /// What a person should know of them, in front of how many they are and where; nothing where there are none.
    pub fn said(&self, what: &Said) -> Option<Said> {
        let list = |between: &str| self.first.iter().map(u32::to_string).collect::<Vec<_>>().join(between);
        let (more, others) = if self.rows > self.first.len() as u64 { (" and more", "等") } else { ("", "") };
        let (en, zh) = what.both();
        (self.rows > 0).then(|| {
            said!(
                ("{en}: {}, lines {}{more}", counted(self.rows, "row"), list(", ")),
                ("{zh}：共 {} 行，第 {} 行{others}", self.rows, list("、"))
            )
        })
    }
}
