//! The command line: arguments in, tables and JSON out.

pub mod output;
