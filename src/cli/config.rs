//! `config`: settings, and where each comes from.

use crate::{
    error::Result,
    ops::{
        Noun, Op,
        op::{Run, Words},
    },
};

/// The operation; it needs no store, so it is run by the command line itself.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "config",
    en: "Show and change settings",
    zh: "查看和更改设置",
    examples: &[],
    args: &[],
    run: Run::Ask(|_, _| Ok(())),
};

/// Runs it.
pub fn run(_: &Words) -> Result<()> {
    Ok(())
}
