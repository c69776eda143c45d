//! What a step would change (`--dry-run`).

use crate::{
    error::Result,
    query::{grid::codes, names::Names},
    read_model::difference::difference,
    store::RecordChange,
};

use super::output::{Format, Output};

/// Shows these columns of the difference, or all, and says that nothing was changed.
pub fn show(changes: &[RecordChange], names: &Names<'_>, columns: Option<&str>, output: &Output) -> Result<()> {
    let grid = difference(changes, names);
    output.grid(match columns.filter(|_| !matches!(output.format, Format::Ids)) {
        Some(columns) => grid.only(&codes(columns)?)?,
        None => grid,
    })?;
    output.note(output.screen.lang.pick("Nothing was changed (--dry-run)", "未作更改（--dry-run）"));
    Ok(())
}
