//! Deals whose status a file has and whose stage it has not: the status follows from the stage, so a deal that was won would
//! come in as an open one.

use crate::{
    domain::{Kind, deal},
    error::{Error, Result},
    text::said,
};

use super::{
    heading::plain,
    target::{ColumnUse, Target},
};

/// Headings of a column with the status of deals, as [`plain`] leaves them, beside the field's own names.
const STATUS: [&str; 7] =
    ["deal status", "deal state", "opportunity status", "opportunity state", "状态", "销售状态", "机会状态"];

/// Makes sure that a column gives the stage of deals where one has their status.
///
/// # Errors
/// `Invalid` where none does.
pub(super) fn wanted(kind: &'static Kind, targets: &[Target], columns: &[ColumnUse]) -> Result<()> {
    if kind.id != deal::ID || targets.iter().any(|target| *target.def == deal::STAGE.def()) {
        return Ok(());
    }
    let is_status = |heading: &str| {
        kind.field_named(heading).is_some_and(|def| *def == deal::STATUS.def())
            || STATUS.contains(&plain(heading).as_str())
    };
    let unused = |column: &&ColumnUse| !column.given && column.codes.is_empty() && is_status(&column.heading);
    let Some(ColumnUse { heading, .. }) = columns.iter().find(unused) else { return Ok(()) };
    Err(Error::invalid(said!(
        "the column '{heading}' has the status of deals, which follows from their stage, and no column gives the stage",
        "“{heading}”列是商机状态，它由销售阶段决定，而没有列给出销售阶段"
    ))
    .hint(said!(
        "take it for the stage: --map '{heading}=stage', or leave it out: --map '{heading}='",
        "将它作为销售阶段：--map '{heading}=stage'，或略过该列：--map '{heading}='"
    )))
}
