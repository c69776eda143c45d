//! What rules may ask of the filter language, without knowing it.

use super::KindId;
use crate::error::Result;

/// What rules may ask of the filter language: whether a text means something for records of a kind.
pub trait Language {
    /// The canonical spelling of a filter. `own` is the view that it belongs to, which it must not lead back to.
    ///
    /// # Errors
    /// `Usage` for a filter that cannot be asked, with a caret under the place.
    fn filter(&self, kind: KindId, text: &str, own: &str) -> Result<String>;

    /// Refuses what is no column of a list.
    ///
    /// # Errors
    /// `Usage` for an unknown field.
    fn column(&self, kind: KindId, text: &str) -> Result<()>;

    /// Refuses what nothing can be sorted by.
    ///
    /// # Errors
    /// `Usage` for an unknown field.
    fn order(&self, kind: KindId, text: &str) -> Result<()>;

    /// Refuses what nothing can be grouped by.
    ///
    /// # Errors
    /// `Usage` for an unknown field or stretch of time.
    fn grouping(&self, kind: KindId, text: &str) -> Result<()>;
}
