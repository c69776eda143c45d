//! Amounts whose currency a bare number changes: it is in the default currency, whatever the amount was in before.

use crate::{
    commit::Assign,
    domain::{FieldDef, Value, words::money::Currency},
    text::{Said, said},
};

/// What to say where an amount is set that was in another currency and comes to be in the default one. A file is told of
/// once, whatever its amounts.
pub(super) fn changed(
    (def, assign): (&FieldDef, &Assign),
    before: Option<Value>,
    default: Currency,
    import: bool,
) -> Option<Said> {
    let (was, is, number) = match (before, assign) {
        (Some(Value::Money(before)), Assign::Set(Value::Money(after))) => {
            (before.currency, after.currency, after.decimal())
        }
        (Some(Value::UnitPrice(before)), Assign::Set(Value::UnitPrice(after))) => {
            (before.currency, after.currency, after.decimal())
        }
        _ => return None,
    };
    if was == is || !(import || is == default) {
        return None;
    }
    if import {
        return Some(said!(
            ("{}: {was} is now {is}; write the currency beside the amounts to keep it", def.en),
            ("{}：{was} 已变为 {is}；要保留原货币，请在金额旁写明", def.zh)
        ));
    }
    let number = number?.normalize();
    Some(said!(
        ("{}: {was} is now {is}; write {number} {was} to keep it", def.en),
        ("{}：{was} 已变为 {is}；要保留原货币请写 {number} {was}", def.zh)
    ))
}
