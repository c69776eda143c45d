//! A committed state of a store together with its schema, and what other threads read it through.

use std::ops::Deref;

use crate::domain::Schema;

use super::engine::Snapshot;

/// A committed state of the store, and the schema that was in force then. Later steps change neither.
pub struct StoreView<'s> {
    snapshot: Box<dyn Snapshot + 's>,
    schema: &'static Schema,
}

impl<'s> StoreView<'s> {
    /// The state of a snapshot, read with this schema.
    pub(super) fn new(snapshot: Box<dyn Snapshot + 's>, schema: &'static Schema) -> Self {
        Self { snapshot, schema }
    }

    /// The kinds of record of this state.
    pub const fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// The same state for several threads at once.
    pub fn shared(&self) -> SharedView<'_> {
        SharedView { snapshot: &*self.snapshot, schema: self.schema }
    }
}

/// The ordered bytes underneath.
impl<'s> Deref for StoreView<'s> {
    type Target = dyn Snapshot + 's;

    fn deref(&self) -> &Self::Target {
        &*self.snapshot
    }
}

/// A state of the store as it is handed to other threads: each makes a reader of its own from it, so that all of them
/// read the same records by the same schema.
#[derive(Clone, Copy)]
pub struct SharedView<'a> {
    snapshot: &'a dyn Snapshot,
    schema: &'static Schema,
}

impl<'a> SharedView<'a> {
    /// The state of a snapshot.
    pub(super) const fn of(snapshot: &'a dyn Snapshot, schema: &'static Schema) -> Self {
        Self { snapshot, schema }
    }

    /// The ordered bytes underneath.
    pub const fn snapshot(self) -> &'a dyn Snapshot {
        self.snapshot
    }

    /// The kinds of record of the state.
    pub const fn schema(self) -> &'static Schema {
        self.schema
    }

    /// The same state and schema, read through another snapshot of it, such as one that counts.
    pub const fn through<'b>(self, snapshot: &'b dyn Snapshot) -> SharedView<'b> {
        SharedView { snapshot, schema: self.schema }
    }
}
