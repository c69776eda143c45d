//! Import: records from a CSV file of any program.
//!
//! [`ImportJob::read`] does what needs no store: decoding, finding out what the columns mean, reading every cell, in
//! parallel. [`ImportJob::plan`] does the rest against a reader, as often as the store moves on: which record a row
//! updates, what the names of linked records mean, which ids the new ones get.

mod assigned;
mod beside;
mod beyond;
mod cell;
mod check;
mod columns;
mod date_hint;
mod decode;
mod draft;
mod edges;
mod fault;
mod fields;
mod file_row;
mod finder;
mod fresh;
mod handles;
mod heading;
mod identity;
mod into_trash;
mod job;
mod joined;
mod lines;
mod links;
mod mapping;
mod meaning;
mod meant;
mod members;
mod not_table;
mod notes;
mod nothing;
mod numbers;
mod op;
mod options;
mod own;
mod places;
mod quotes;
mod reach;
mod rejected;
mod report;
mod roles;
mod row_reader;
mod rows;
mod same_key;
mod shares;
mod source;
mod stage_column;
mod stages;
mod table;
mod target;
#[cfg(test)]
mod tests;
mod texts;
mod there;
mod unique;
mod units;
mod updated;
mod whose;
mod zone;

pub use decode::TextEncoding;
pub use fault::{Fault, LISTED};
pub use job::{ImportFile, ImportJob};
pub use op::OP;
pub use options::{ImportOptions, LinkMissing};
pub use rejected::{RejectedFile, rejected_path};
pub use report::ImportReport;
pub use source::read_bytes;
pub use target::ColumnUse;
