//! Steps of this session, back and forth.

use super::{dispatch::Table, run};

pub(super) const ACTIONS: Table = &[
    ("undo", |state, _, effects| run(state, vec!["undo".to_owned()], effects)),
    ("redo", |state, _, effects| run(state, vec!["redo".to_owned()], effects)),
];
