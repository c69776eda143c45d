//! Values as people read them in tables and on screens.

use chrono_tz::Tz;

use super::{ago, choice, due, joined, put, stamp};
use crate::{
    domain::{
        bytes,
        field::{FieldDef, Type},
        value::Instant,
        words::{number, year_day},
    },
    text::Lang,
};

/// Who looks at a value, and when.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// The reader's language.
    pub lang: Lang,
    /// The reader's time zone.
    pub tz: Tz,
    /// What time it is.
    pub now: Instant,
    /// Whether days and instants are said by their distance from today: `3 days ago`.
    pub relative: bool,
}

/// Appends a stored value in the reader's language. A link is written by `link`.
pub fn human(
    out: &mut String,
    def: &FieldDef,
    stored: &[u8],
    view: &View,
    link: &mut dyn FnMut(&FieldDef, u64, &mut String),
) {
    joined(out, def, stored, view.lang.pick(", ", "、"), |out, item| human_item(out, def, item, view, link));
}

fn human_item(
    out: &mut String,
    def: &FieldDef,
    stored: &[u8],
    view: &View,
    link: &mut dyn FnMut(&FieldDef, u64, &mut String),
) -> Option<()> {
    let label = |number: u16| choice(def, number).map(|choice| view.lang.pick(choice.en, choice.zh));
    let today = || view.now.day(view.tz);
    match def.ty {
        Type::Text if !def.choices.is_empty() => {
            let text = bytes::text(stored)?;
            out.push_str(def.choice_of_code(text).map_or(text, |choice| view.lang.pick(choice.en, choice.zh)));
        }
        Type::Text | Type::LongText | Type::Email | Type::Url => out.push_str(bytes::text(stored)?),
        Type::Phone => {
            let (number, text) = bytes::phone(stored)?;
            out.push_str(text);
            if let Some(label) = number.and_then(label) {
                let (open, close) = view.lang.pick((" (", ")"), ("（", "）"));
                out.push_str(open);
                out.push_str(label);
                out.push_str(close);
            }
        }
        Type::Whole => put(out, bytes::signed(stored)?),
        Type::Decimal => out.push_str(&number::print(bytes::decimal(stored)?)),
        Type::Rate => {
            out.push_str(&number::print(bytes::decimal(stored)?));
            out.push('%');
        }
        Type::Money => out.push_str(&bytes::money(stored)?.full()),
        Type::UnitPrice => out.push_str(&bytes::unit_price(stored)?.full()),
        Type::Percent => {
            put(out, bytes::byte(stored)?);
            out.push('%');
        }
        Type::Date if view.relative && !year_day::is(bytes::date(stored)?) => {
            ago::days(out, bytes::date(stored)?, today(), view.lang);
        }
        Type::Date => stamp::day(out, bytes::date(stored)?),
        Type::Instant if view.relative => ago::days(out, bytes::instant(stored)?.day(view.tz), today(), view.lang),
        Type::Instant => stamp::minute(out, bytes::instant(stored)?, view.tz),
        Type::Due if view.relative => ago::days(out, bytes::due(stored)?.day(view.tz), today(), view.lang),
        Type::Due => due(out, bytes::due(stored)?, |out, at| stamp::minute(out, at, view.tz)),
        Type::Duration => ago::units(out, bytes::signed(stored)?, view.lang, ago::ALL),
        Type::Choice => {
            let number = bytes::choice(stored)?;
            match label(number) {
                Some(label) => out.push_str(label),
                None => put(out, number),
            }
        }
        Type::YesNo => out.push_str(match bytes::yes_no(stored)? {
            true => view.lang.pick("yes", "是"),
            false => view.lang.pick("no", "否"),
        }),
        Type::Link => link(def, bytes::unsigned(stored)?, out),
    }
    Some(())
}
