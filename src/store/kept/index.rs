//! The entries of one index.

use std::ops::ControlFlow;

use super::{Difference, Sink};
use crate::{
    domain::Kind,
    error::{Failed, Result},
    store::{
        arena::{Keys, Walk},
        engine::{KeyRange, Space},
        index::Index,
        keys::num_after,
        reader::Reader,
    },
};

/// What the entries of an index should be, beside what they are: both in order, so that one walk over each is enough.
pub(super) fn differences(reader: &Reader<'_>, kind: &'static Kind, index: &Index, sink: &mut Sink<'_>) -> Result<()> {
    let mut keys = Keys::of_index();
    let mut scratch = Vec::new();
    let mut failed = Failed::default();
    if index.is_derived() {
        let prefix = [kind.id.byte()];
        reader.raw().scan(Space::Derived, KeyRange::prefix(&prefix), false, &mut |key, value| {
            let Some(num) = num_after(key, 1) else { return ControlFlow::Continue(()) };
            let row = crate::domain::Row::new(value);
            let given = index.values(row, &mut scratch, &mut |value| keys.push(value, num));
            failed.flow(given.map(ControlFlow::Continue))
        })?;
    } else {
        reader.rows(kind.id, 0, false, &mut |num, row| {
            let given = index.values(row, &mut scratch, &mut |value| keys.push(value, num));
            failed.flow(given.map(ControlFlow::Continue))
        })?;
    }
    failed.end()?;
    let keys = keys.sort();
    let mut wanted = Walk::new(&keys);
    let mut next = wanted.step();
    let lacking =
        |key: &[u8]| Difference { space: Space::Index, key: key.to_vec(), held: None, wanted: Some(Vec::new()) };
    let prefix = index.prefix();
    reader.raw().scan(Space::Index, KeyRange::prefix(&prefix), false, &mut |key, value| {
        while next && wanted.key() < key {
            sink(lacking(wanted.key()));
            next = wanted.step();
        }
        let is_wanted = next && wanted.key() == key;
        if !is_wanted || !value.is_empty() {
            let wanted = is_wanted.then(Vec::new);
            sink(Difference { space: Space::Index, key: key.to_vec(), held: Some(value.to_vec()), wanted });
        }
        if is_wanted {
            next = wanted.step();
        }
        ControlFlow::Continue(())
    })?;
    while next {
        sink(lacking(wanted.key()));
        next = wanted.step();
    }
    Ok(())
}
