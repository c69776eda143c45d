//! What steps made beside a change of a record.

use std::ops::ControlFlow;

use crate::{
    domain::{FieldDef, RecordId, Value, bytes},
    error::Result,
};

use super::{
    chunks::{find, visit},
    engine::Read,
    journal::What,
};

/// The numbers of the records that were made by the steps which gave a record's field this value, of its own kind, the
/// latest step first; `head` is the step that changed it last.
///
/// # Errors
/// What the store says.
pub fn made_along(
    read: &dyn Read,
    (id, head): (RecordId, Option<u64>),
    field: &FieldDef,
    value: &Value,
) -> Result<Vec<u64>> {
    let mut wanted = Vec::new();
    bytes::put(&mut wanted, value);
    let (mut made, mut next) = (Vec::new(), head);
    while let Some(seq) = next {
        let Some(change) = find(read, seq, id)? else { break };
        if let What::Changed { fields, .. } = &change.what
            && fields.iter().any(|change| change.tag == field.tag && change.new.as_deref() == Some(&wanted[..]))
        {
            visit(read, seq, &mut |kind, change| {
                if let (true, What::Made { last, .. }) = (kind == id.kind, &change.what) {
                    made.extend(change.num..=*last);
                }
                ControlFlow::Continue(())
            })?;
        }
        next = Some(change.prev).filter(|prev| *prev != 0);
    }
    Ok(made)
}
