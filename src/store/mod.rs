//! The file: ordered bytes at the bottom, records on top.

pub mod engine; // ordered bytes: snapshots, write transactions, one file shared by any number of processes
