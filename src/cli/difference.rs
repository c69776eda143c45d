//! What a step would change (`--dry-run`).

use crate::{
    error::Result,
    query::{difference::difference, names::Names},
    store::RecordChange,
};

use super::output::Output;

/// Shows the difference, and says that nothing was changed.
pub fn show(changes: &[RecordChange], names: &Names<'_>, output: &Output) -> Result<()> {
    output.grid(difference(changes, names))?;
    output.note(output.screen.lang.pick("Nothing was changed (--dry-run)", "未作更改（--dry-run）"));
    Ok(())
}
