//! What values are known by, which stays as it is.

use crate::{
    domain::{
        define::{self, field},
        rules::place,
    },
    error::{Error, Result},
    store::RecordChange,
    text::said,
};

/// Refuses to change what values are known by: a field of another type would not read them.
pub(super) fn keeps_its_values(change: &RecordChange) -> Result<()> {
    let (Some(old), Some(new)) = (change.live_before(), change.live_after()) else { return Ok(()) };
    if change.id.kind == field::ID && old.get(field::FORMULA).is_some() != new.get(field::FORMULA).is_some() {
        return Err(Error::invalid(said!(
            "a field is either filled in or worked out, and stays so",
            "字段要么填写，要么由公式计算，不能改变"
        ))
        .at(place(Some(change.id), field::FORMULA.lent().named()))
        .hint(said!("add another field, and remove this one", "请另建一个字段，再删除此字段")));
    }
    match define::fixed(change.id.kind).iter().find(|def| old.row().raw(def.tag) != new.row().raw(def.tag)) {
        Some(def) => Err(Error::invalid(said!("this cannot be changed any more", "此项不能再更改"))
            .at(place(Some(change.id), def.named()))
            .hint(said!("add another one, and remove this one", "请另建一个，再删除此项"))),
        None => Ok(()),
    }
}
