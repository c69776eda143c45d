//! New records and their fields.

use super::{dispatch::Table, fill::begin};

pub(super) const ACTIONS: Table = &[
    ("add", |state, _, effects| begin(state, &format!("{} add ", state.pane.noun()), effects)),
    ("add contact", |state, _, effects| begin(state, "contact add customer={customer} ", effects)),
    ("add deal", |state, _, effects| begin(state, "deal add customer={customer} ", effects)),
    ("add followup", |state, _, effects| begin(state, "followup add customer={customer} ", effects)),
    ("add ticket", |state, _, effects| begin(state, "ticket add customer={customer} ", effects)),
    ("edit", |state, _, effects| begin(state, "set {record} ", effects)),
    ("edit tags", |state, _, effects| begin(state, "set {record} tags+=", effects)),
];
