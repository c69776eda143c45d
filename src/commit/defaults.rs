//! What a new record has where nothing is said, by the definitions of its fields: read when it is made, so that `+3d` is
//! three days from then.

use crate::{
    domain::{Draft, FieldDef, Kind, RecordId, Value, define::numbers::FIRST_TAG, read, user},
    error::{Error, Result},
    store::Reader,
    text::{fold, said},
};

use super::{Context, staged::Staged};

/// Fills the fields that have a default, are not named by the step and have no value.
///
/// # Errors
/// `Invalid` for a default that is no value of its field any more.
pub(super) fn fill(
    draft: &mut Draft<'_>,
    kind: &'static Kind,
    context: &Context,
    (reader, staged): (&Reader<'_>, &Staged<'_>),
) -> Result<()> {
    for def in kind.fields {
        let Some(text) = def.default else { continue };
        if draft.given.contains(&def.tag) || draft.new.row().raw(def.tag).is_some() {
            continue;
        }
        let links = |def: &FieldDef, text: &str| linked(def, text, context, (reader, staged));
        let value = read::read(def, text, &context.reading(&links)).map_err(|error| {
            error.hint(said!(
                ("crm field set {0}.{1} default= takes the default away", kind.noun, def.code),
                ("crm field set {0}.{1} 默认值= 可去掉默认值", kind.noun, def.code)
            ))
        })?;
        draft.new.set_value(def.tag, value.as_ref());
    }
    Ok(())
}

/// Whether a field that a file says nothing in stays empty: every one that has a default where the file is `whole`, written
/// by a store that says all that its records have; else those of one's own.
pub fn is_kept_empty(def: &FieldDef, whole: bool) -> bool {
    def.default.is_some() && !def.required && (whole || def.tag >= FIRST_TAG)
}

/// The record that a default names: `me`, an id, or a name that one record has.
fn linked(def: &FieldDef, text: &str, context: &Context, (reader, staged): (&Reader<'_>, &Staged<'_>)) -> Result<u64> {
    let none = || Error::invalid(said!("the default '{text}' names no record", "默认值“{text}”不对应任何记录"));
    let Some(target) = staged.schema().target(def) else { return Err(none()) };
    if target.id == user::ID && matches!(&*fold(text), "me" | "我") {
        return context.user.ok_or_else(none);
    }
    if let Some(id) = RecordId::parse(text, Some(target)) {
        let there = id.kind == target.id && staged.exists(id)?;
        return if there { Ok(id.num) } else { Err(none()) };
    }
    for field in target.fields.iter().filter(|field| (field.name || field.unique) && field.index && !field.many) {
        let found = reader.numbers_by_value(target.id, field, &Value::Text(text.to_owned()))?;
        if let [num] = found[..] {
            return Ok(num);
        }
    }
    Err(none())
}
