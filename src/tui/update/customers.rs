//! What only the list of customers does.

use super::{dispatch::Table, lines::asked_anew};

pub(super) const ACTIONS: Table = &[("sort", |state, _, effects| {
    state.customers.question.sort = state.customers.question.sort.next();
    asked_anew(state, effects, true);
})];
