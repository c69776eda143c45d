//! A CRM for the terminal: one embedded file, one grammar, everything can be undone.
//!
//! The modules are layers; each imports only those above it in this list, and a self-test holds them to it.
//!
//! 0. [`text`] (scrubbing, display width, folding, pinyin) and [`error`] (the one error that reaches a user)
//! 1. [`domain`]: kinds of record, fields, values, rules; no I/O, no clock
//! 2. [`store`]: the file: engine, keys, rows, indexes, journal, derived fields
//! 3. [`query`]: the filter language, sorting, counting, rows to show
//! 4. [`ops`]: one file per operation; `commit` is the only write path
//! 5. [`keymap`]: places, keys and the words that they stand for
//! 6. [`config`]: paths and settings
//! 7. [`cli`]: arguments in, tables and JSON out
//! 8. [`tui`]: the full screen

pub mod cli;
pub mod config;
pub mod domain;
pub mod error;
pub mod keymap;
pub mod ops;
pub mod query;
pub mod store;
pub mod text;
pub mod tui;
