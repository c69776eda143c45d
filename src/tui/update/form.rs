//! New records and their fields.

use super::{dispatch::Table, fill::begin};

pub(super) const ACTIONS: Table = &[
    ("add", |state, _, _| begin(state, &format!("{} add ", state.pane.noun()))),
    ("add contact", |state, _, _| begin(state, "contact add customer={customer} ")),
    ("add deal", |state, _, _| begin(state, "deal add customer={customer} ")),
    ("add followup", |state, _, _| begin(state, "followup add customer={customer} ")),
    ("add ticket", |state, _, _| begin(state, "ticket add customer={customer} ")),
    ("edit", |state, _, _| begin(state, "set {record} ")),
    ("edit tags", |state, _, _| begin(state, "set {record} tags+=")),
];
