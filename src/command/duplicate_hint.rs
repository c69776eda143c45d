//! What to say of a record that may be in the store already.

use crate::{
    domain::{FieldDef, Kind, Record, RecordId, contact, customer},
    error::Result,
    query::duplicates::twins,
    text::{Lang, Said, said, scrub},
};

use super::op::Invocation;
use crate::commit::Assign;

/// The line about records that have the name, the address, the number or the tax number of a new one, as the form has
/// it; nothing of kinds that are not told apart by these.
///
/// # Errors
/// What the store says.
pub fn alike(
    ask: &Invocation<'_>,
    kind: &'static Kind,
    record: &Record,
    except: Option<RecordId>,
) -> Result<Option<Said>> {
    if ![customer::ID, contact::ID].contains(&kind.id) {
        return Ok(None);
    }
    let (mut en, mut zh) = (Vec::new(), Vec::new());
    for twin in twins(&ask.reader, kind, record, except)? {
        let name = ask.names.of(twin.id)?;
        let (id, name) = (twin.id, scrub(&name));
        en.push(format!("{id} {name} ({})", twin.field.label(Lang::En)));
        zh.push(format!("{id} {name}（{}）", twin.field.label(Lang::Zh)));
    }
    let (some, en, zh) = (!en.is_empty(), en.join(", "), zh.join("、"));
    Ok(some.then(|| said!("There already? {en}", "可能已存在：{zh}")))
}

/// The same of what fields of a record are set to.
///
/// # Errors
/// What the store says.
pub fn alike_as_set(
    ask: &Invocation<'_>,
    kind: &'static Kind,
    fields: &[(&'static FieldDef, Assign)],
    id: RecordId,
) -> Result<Option<Said>> {
    let mut record = Record::new();
    for (def, assign) in fields {
        match assign {
            Assign::Set(value) | Assign::Numbers(_, Some(value)) => record.set_value(def.tag, Some(value)),
            Assign::Add(_) | Assign::Compute(_) | Assign::Numbers(_, None) | Assign::Remove(_) | Assign::Clear => {}
        }
    }
    alike(ask, kind, &record, Some(id))
}
