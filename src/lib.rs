//! A CRM for the terminal: one embedded file, one grammar, everything can be undone.
//!
//! The modules are layers; each imports only those above it in this list, and a self-test holds them to it.
//!
//! 0. [`text`] (scrubbing, display width, folding, pinyin) and [`error`] (the one error that reaches a user)
//! 1. [`domain`]: kinds of record, fields, values, rules; no I/O, no clock
//! 2. [`language`]: filters and formulas, from their text to what they mean for a schema
//! 3. [`store`]: the file: engine, keys, rows, indexes, journal, derived fields
//! 4. [`query`]: plans, sorting, counting, finding
//! 5. [`read_model`]: what surfaces show; [`commit`]: the only write path
//! 6. [`command`]: what operations are made of
//! 7. [`ops`]: the operations, one a file
//! 8. [`grammar`]: words in, operations out
//! 9. [`keymap`]: places, keys and the words that they stand for
//! 10. [`config`]: paths and settings
//! 11. [`cli`]: arguments in, tables and JSON out
//! 12. [`tui`]: the full screen

pub mod cli;
pub mod command;
pub mod commit;
pub mod config;
pub mod domain;
pub mod error;
pub mod grammar;
pub mod keymap;
pub mod language;
pub mod ops;
pub mod query;
pub mod read_model;
pub mod store;
pub mod text;
pub mod tui;
