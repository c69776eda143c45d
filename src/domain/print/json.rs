//! Values in JSON, in the one documented schema.

use chrono_tz::Tz;
use serde_json::{Value as Json, json};

use super::{choice, due, stamp};
use crate::domain::{
    bytes,
    field::{FieldDef, Type},
    words::{duration, number},
};

/// A stored value as JSON: whole numbers as numbers, numbers with decimals as text, so that no reader rounds them, lists as
/// arrays, amounts and phones as objects, everything else as [`plain`](super::plain) has it. A link is whatever `link` makes of it.
pub fn json(def: &FieldDef, stored: &[u8], tz: Tz, link: &mut dyn FnMut(&FieldDef, u64) -> Json) -> Json {
    let mut one = |stored: &[u8]| item(def, stored, tz, link).unwrap_or_default();
    if def.many { bytes::items(stored).map(one).collect() } else { one(stored) }
}

fn item(def: &FieldDef, stored: &[u8], tz: Tz, link: &mut dyn FnMut(&FieldDef, u64) -> Json) -> Option<Json> {
    let text = |write: &mut dyn FnMut(&mut String)| {
        let mut out = String::with_capacity(32);
        write(&mut out);
        Json::String(out)
    };
    Some(match def.ty {
        Type::Text | Type::LongText | Type::Email | Type::Url => bytes::text(stored)?.into(),
        Type::Phone => {
            let (label, number) = bytes::phone(stored)?;
            let label = label.and_then(|label| choice(def, label)).map(|label| label.code);
            json!({ "number": number, "label": label })
        }
        Type::Whole => bytes::signed(stored)?.into(),
        Type::Decimal | Type::Rate => number::print(bytes::decimal(stored)?).into(),
        Type::UnitPrice => {
            let price = bytes::unit_price(stored)?;
            json!({ "amount": price.amount(), "currency": price.currency.as_str() })
        }
        Type::Money => {
            let money = bytes::money(stored)?;
            json!({ "amount": money.amount(), "currency": money.currency.as_str() })
        }
        Type::Percent => bytes::byte(stored)?.into(),
        Type::Date => {
            let day = bytes::date(stored)?;
            text(&mut |out| stamp::day(out, day))
        }
        Type::Instant => {
            let at = bytes::instant(stored)?;
            text(&mut |out| stamp::rfc3339(out, at, tz))
        }
        Type::Due => {
            let when = bytes::due(stored)?;
            text(&mut |out| due(out, when, |out, at| stamp::rfc3339(out, at, tz)))
        }
        Type::Duration => duration::print(bytes::signed(stored)?).into(),
        Type::Choice => {
            let number = bytes::choice(stored)?;
            choice(def, number).map_or_else(|| number.into(), |choice| choice.code.into())
        }
        Type::YesNo => bytes::yes_no(stored)?.into(),
        Type::Link => link(def, bytes::unsigned(stored)?),
    })
}
