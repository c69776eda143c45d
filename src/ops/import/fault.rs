//! What is wrong with single rows: the line, the field, the reason.

use std::fmt;

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
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field {
            Some(field) => write!(f, "line {}, {field}: {}", self.line, self.reason),
            None => write!(f, "line {}: {}", self.line, self.reason),
        }
    }
}

/// The faults of a file, in the order of lines, and how many rows have one.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    /// All of them, or the first [`LISTED`] where rejected rows are not wanted.
    pub listed: Vec<Fault>,
    /// How many rows have one.
    pub rows: u64,
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
