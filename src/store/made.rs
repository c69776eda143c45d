//! What steps made beside a change of a record.

use std::ops::ControlFlow;

use crate::{
    domain::{FieldDef, KindId, Record, RecordId, Value, bytes, lookup::Made},
    error::Result,
};

use super::{
    chunks::{find, visit_steps},
    engine::Read,
    journal::ChangeType,
};

/// The steps which gave a record's field this value, the latest first; `head` is the step that changed it last.
///
/// # Errors
/// What the store says.
pub fn steps_giving(
    read: &dyn Read,
    (id, head): (RecordId, Option<u64>),
    field: &FieldDef,
    value: &Value,
) -> Result<Vec<u64>> {
    let mut wanted = Vec::new();
    bytes::put(&mut wanted, value);
    let (mut steps, mut next) = (Vec::new(), head);
    while let Some(seq) = next {
        let Some(change) = find(read, seq, id)? else { break };
        if let ChangeType::Changed { fields, .. } = &change.what
            && fields.iter().any(|change| change.tag == field.tag && change.new.as_deref() == Some(&wanted[..]))
        {
            steps.push(seq);
        }
        next = Some(change.prev).filter(|prev| *prev != 0);
    }
    Ok(steps)
}

/// The records of a kind that a step made and that are in use, as `record` gives them, by their fields `same`.
///
/// # Errors
/// What the store says.
pub fn made_by(
    read: &dyn Read,
    (seq, kind): (u64, KindId),
    same: &[u16],
    record: &dyn Fn(RecordId) -> Result<Option<Record>>,
) -> Result<Made> {
    let (mut numbers, mut changed) = (Vec::new(), 0_u64);
    visit_steps(read, seq..=seq, Some(kind), &mut |_, change| {
        match &change.what {
            ChangeType::Made { last, .. } => numbers.extend(change.num..=*last),
            _ => changed += 1,
        }
        ControlFlow::Continue(())
    })?;
    let mut made = Made::new(numbers.len() == 1 && changed == 1);
    for num in numbers {
        if let Some(record) = record(RecordId::new(kind, num))? {
            made.add(num, &record, same);
        }
    }
    Ok(made)
}
