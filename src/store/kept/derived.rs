//! The derived fields of one kind.

use std::ops::ControlFlow;

use super::{Difference, Sink};
use crate::{
    domain::{Kind, Record, RecordId},
    error::{Failed, Result},
    store::{
        engine::{KeyRange, Space},
        keys::num_after,
        reader::Reader,
        row,
    },
};

pub(super) fn differences(reader: &Reader<'_>, kind: &'static Kind, sink: &mut Sink<'_>) -> Result<()> {
    let Some(derivation) = kind.derivation else { return Ok(()) };
    let mut failed = Failed::default();
    reader.rows(kind.id, 0, false, &mut |num, row| {
        let id = RecordId::new(kind.id, num);
        let record = Record::from_bytes(row.bytes().to_vec());
        let compared = (derivation.compute)(id, &record, reader).and_then(|computed| {
            let key = row::key(kind.id, num);
            let held = reader.raw().get(Space::Derived, &key)?;
            let wanted = Some(computed.row().bytes()).filter(|bytes| !bytes.is_empty());
            if held.as_deref() != wanted {
                sink(Difference { space: Space::Derived, key, held, wanted: wanted.map(<[u8]>::to_vec) });
            }
            Ok(ControlFlow::Continue(()))
        });
        failed.flow(compared)
    })?;
    failed.end()?;
    let prefix = [kind.id.byte()];
    let mut orphans = Vec::new();
    reader.raw().scan(Space::Derived, KeyRange::prefix(&prefix), false, &mut |key, value| {
        let is_live = num_after(key, 1).map(|num| reader.with_row(RecordId::new(kind.id, num), |_| ()));
        if !matches!(is_live, Some(Ok(Some(())))) {
            orphans.push((key.to_vec(), value.to_vec()));
        }
        ControlFlow::Continue(())
    })?;
    for (key, value) in orphans {
        sink(Difference { space: Space::Derived, key, held: Some(value), wanted: None });
    }
    Ok(())
}
