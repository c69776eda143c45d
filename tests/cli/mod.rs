//! The command line from outside: whole processes, their output and their exit codes.

mod examples;
mod export;
mod find;
#[cfg(unix)]
mod readme;
