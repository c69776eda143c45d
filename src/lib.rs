//! A CRM for the terminal: one embedded file, one grammar, everything can be undone.
//!
//! The modules are layers; each imports only those above it in this list, and a self-test holds them to it.

pub mod cli;
pub mod config; // 6 paths and settings
pub mod domain; // 1 kinds of record, fields, values, rules; no I/O, no clock
pub mod error; //  0 the one error that reaches a user: kind, message, hint, exit code
pub mod ops; //    4 one file per operation; `commit` is the only write path
pub mod query; //  3 the filter language, sorting, counting, rows to show
pub mod store; //  2 the file: engine, keys, rows, indexes, journal, derived fields
pub mod text; //   0 scrubbing, display width, folding, pinyin, nearest name //    7 arguments in, tables and JSON out
