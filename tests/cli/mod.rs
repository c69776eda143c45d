//! The command line from outside: whole processes, their output and their exit codes.

mod export;
mod find;
