//! What the name of a linked record may mean.

use std::{collections::HashMap, sync::Arc};

use crate::{
    domain::{FieldDef, Kind, KindId, customer},
    text::Said,
};

/// What a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// One of these, which are called so, or one to be made: it depends on whose the row is.
    Named(Arc<[Candidate]>),
    /// This record of the store.
    Stored(u64),
    /// This record in the trash.
    Trashed(u64),
    /// This row of the file.
    Row(u32),
    /// A record to be made: its place among those.
    Made(u32),
    /// Nothing; the field stays empty.
    Nothing,
    /// The row is wrong, and why.
    Wrong(Arc<Said>),
}

/// A record that a text may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Candidate {
    /// This record of the store.
    Stored(u64),
    /// What this row of the file makes.
    Row(u32),
}

/// Whose a row is, or a record that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum RowCustomer {
    /// Nobody's, as far as is known.
    Nobodys,
    /// That of this customer of the store.
    Customers(u64),
    /// That of a customer to be made: its place among those.
    Coming(u32),
    /// That of one that there is not, so that the row is wrong.
    Unknown,
}

/// A name that means one record or another by the row in which it stands: its kind, its text, the row's customer, and
/// whether the field says that the record is that customer's.
pub(super) type Named = (KindId, u32, RowCustomer, bool);

/// What such names mean.
pub(super) type ByRow = HashMap<Named, Meaning>;

/// The records that are to be made of a name for each customer: their places among those.
pub(super) type Coming = HashMap<(KindId, String, RowCustomer), u32>;

/// The same by the name alone: the place of each record, and the line of the row that first names it.
pub(super) type ComingByName = HashMap<(KindId, String), Vec<(u32, u32)>>;

/// Whose records of the store are, once they have been read.
pub(super) type Owners = HashMap<(KindId, u64), RowCustomer>;

/// The field of a kind that says which customer a record belongs to.
pub(super) fn customer_of(kind: &'static Kind) -> Option<&'static FieldDef> {
    kind.field(customer::KIND.noun).filter(|def| def.target == Some(customer::KIND.noun))
}
