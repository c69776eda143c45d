//! (being built)

pub mod syntax;
