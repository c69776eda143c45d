//! (being built)

pub mod words;
