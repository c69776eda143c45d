//! What is wrong with single rows: the line, the field, the reason.

use crate::text::{Said, said};

/// How many faults an error lists; the rest is counted.
pub const LISTED: usize = 50;

/// Why a row cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line of the file at which the row begins.
    pub line: u32,
    /// The field; `None` where the row as such is wrong.
    pub field: Option<&'static str>,
    /// What is wrong with it.
    pub reason: Said,
}

impl Fault {
    /// All of it in a line.
    pub fn said(&self) -> Said {
        let line = self.line;
        let place = match self.field {
            Some(field) => said!("line {line}, {field}", "第 {line} 行，{field}"),
            None => said!("line {line}", "第 {line} 行"),
        };
        place.then(&self.reason)
    }
}

/// The faults of a file, in the order of lines, and how many rows have one.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    /// All of them, or the first [`LISTED`] where rejected rows are not wanted.
    pub listed: Vec<Fault>,
    /// How many rows have one.
    pub rows: u64,
    /// How many of them would write over what others have changed.
    pub conflicts: u64,
}

impl Faults {
    /// Takes the faults of further rows. Without `all`, those beyond what an error lists are only counted.
    pub fn take(&mut self, faults: Vec<Fault>, all: bool) {
        let mut last = None;
        for fault in faults {
            if last != Some(fault.line) {
                last = Some(fault.line);
                self.rows += 1;
            }
            if all || self.listed.len() < LISTED {
                self.listed.push(fault);
            }
        }
    }
}
