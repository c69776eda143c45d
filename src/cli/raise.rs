//! A store of an earlier format, raised before it is written, and what the person is told of it.

use crate::{
    domain::Instant,
    error::Result,
    store::{self, Store},
};

use super::output::Output;

/// Raises a store that is open for writing, if it is of an earlier format, and says where the copy of it is.
///
/// # Errors
/// What the store or the system says.
pub fn raise(store: &Store, now: Instant, output: &Output) -> Result<()> {
    if !store.is_of_earlier_format() {
        return Ok(());
    }
    if let Some(copy) = store::raise(store, now)? {
        let copy = crate::text::scrub(&copy.to_string_lossy()).into_owned();
        output.note(&output.screen.lang.pick(
            format!("The store now has the format of this version; a copy as it was is in {copy}"),
            format!("数据文件已升级为此版本的格式；升级前的副本位于 {copy}"),
        ));
    }
    Ok(())
}
