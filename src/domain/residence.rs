//! Whether records are in use.

/// Where a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Residence {
    /// In use.
    Live,
    /// In the trash.
    Trash,
}
