//! Values to text: for files and scripts, for JSON, and for people.
//!
//! All work on stored bytes and append to what the caller has, so that a list of a million rows copies no text twice.
//! Bytes that are no value of the field's type print as nothing.

mod ago;
mod human;
mod in_full;
mod json;
mod short;
mod stamp;
mod understood;

use std::fmt::Write;

use chrono_tz::Tz;

use super::{
    bytes,
    field::{Choice, FieldDef, Type},
    read::quoted_item,
    value::{Due, Instant},
    words::{duration, number},
};

pub use ago::{relative, relative_day, span};
pub use human::{View, human};
pub use in_full::{due_in_full, in_full, says_in_words};
pub use json::json;
pub use short::short_stamp;
pub use understood::Understood;

/// Appends a stored value as files and scripts have it, the same in every language, so that
/// [`read`](super::read::read) gives the value back: codes, ISO dates, `1200.00 CNY`, items of a list joined with `;`,
/// one that holds a separator in quotes.
/// A link is written by `link`.
pub fn plain(
    out: &mut String,
    def: &FieldDef,
    stored: &[u8],
    tz: Tz,
    link: &mut dyn FnMut(&FieldDef, u64, &mut String),
) {
    joined(out, def, stored, ";", |out, item| plain_item(out, def, item, tz, link));
}

/// Appends each item of a list, or the one value, with `separator` between them.
fn joined(
    out: &mut String,
    def: &FieldDef,
    stored: &[u8],
    separator: &str,
    mut each: impl FnMut(&mut String, &[u8]) -> Option<()>,
) {
    if !def.many {
        each(out, stored);
        return;
    }
    for (at, item) in bytes::items(stored).enumerate() {
        if at > 0 {
            out.push_str(separator);
        }
        each(out, item);
    }
}

fn plain_item(
    out: &mut String,
    def: &FieldDef,
    stored: &[u8],
    tz: Tz,
    link: &mut dyn FnMut(&FieldDef, u64, &mut String),
) -> Option<()> {
    match def.ty {
        Type::Text | Type::LongText | Type::Email | Type::Url if def.many => {
            out.push_str(&quoted_item(bytes::text(stored)?));
        }
        Type::Text | Type::LongText | Type::Email | Type::Url => out.push_str(bytes::text(stored)?),
        Type::Phone => {
            let (label, number) = bytes::phone(stored)?;
            if let Some(label) = label.and_then(|label| choice(def, label)) {
                out.push_str(label.code);
                out.push(':');
            }
            out.push_str(number);
        }
        Type::Whole => put(out, bytes::signed(stored)?),
        Type::Decimal | Type::Rate => out.push_str(&number::print(bytes::decimal(stored)?)),
        Type::Money => put(out, bytes::money(stored)?),
        Type::UnitPrice => put(out, bytes::unit_price(stored)?),
        Type::Percent => put(out, bytes::byte(stored)?),
        Type::Date => stamp::day(out, bytes::date(stored)?),
        Type::Instant => stamp::rfc3339(out, bytes::instant(stored)?, tz),
        Type::Due => due(out, bytes::due(stored)?, |out, at| stamp::rfc3339(out, at, tz)),
        Type::Duration => out.push_str(&duration::print(bytes::signed(stored)?)),
        Type::Choice => {
            let number = bytes::choice(stored)?;
            match choice(def, number) {
                Some(choice) => out.push_str(choice.code),
                None => put(out, number),
            }
        }
        Type::YesNo => out.push_str(if bytes::yes_no(stored)? { "yes" } else { "no" }),
        Type::Link => link(def, bytes::unsigned(stored)?, out),
    }
    Some(())
}

fn due(out: &mut String, due: Due, at: impl FnOnce(&mut String, Instant)) {
    match due {
        Due::Day(day) => stamp::day(out, day),
        Due::At(instant) => at(out, instant),
    }
}

fn choice(def: &FieldDef, number: u16) -> Option<&'static Choice> {
    def.choice(number)
}

fn put(out: &mut String, value: impl std::fmt::Display) {
    // Writing to a string does not fail.
    let _ = write!(out, "{value}");
}

#[cfg(test)]
mod tests;
