//! What only the agenda does.

use crate::tui::panes::Action as List;

use super::{dispatch::Table, lists::list};

pub(super) const ACTIONS: Table = &[("calendar", |state, _, _| list(state, List::Calendar))];
