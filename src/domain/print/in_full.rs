//! What a value in words was understood as: `Fri 2026-12-04, in 7 days`, `2026-12-04 周五（7天后）`, `¥35,000`.

use chrono::Datelike;
use rust_decimal::Decimal;

use super::{View, ago, human, relative_day};
use crate::{
    domain::{
        bytes,
        field::FieldDef,
        value::{Due, Instant, Value},
        words::{when, year_day},
    },
    text::Lang,
};

/// A date or a number in full; nothing of what says itself.
pub fn in_full(def: &FieldDef, value: &Value, view: &View) -> String {
    match value {
        Value::Date(day) if year_day::is(*day) => match view.lang {
            Lang::En => day.format("%-d %B").to_string(),
            Lang::Zh => format!("{}月{}日", day.month(), day.day()),
        },
        Value::Date(day) => due_in_full(Due::Day(*day), view),
        Value::Due(due) => due_in_full(*due, view),
        Value::Instant(at) => due_in_full(Due::At(*at), view),
        Value::Whole(minutes) if def.minutes => ago::span_in_full(minutes.saturating_mul(60), view.lang),
        Value::Money(_)
        | Value::UnitPrice(_)
        | Value::Whole(_)
        | Value::Decimal(_)
        | Value::Percent(_)
        | Value::Duration(_) => {
            let (mut stored, mut out) = (Vec::new(), String::new());
            bytes::put(&mut stored, value);
            human(&mut out, def, &stored, &View { relative: false, ..*view }, &mut |_, _, _| {});
            out
        }
        Value::Text(_) | Value::Choice(_) | Value::YesNo(_) | Value::Link(_) | Value::Phone(_) | Value::List(_) => {
            String::new()
        }
    }
}

/// A day or a moment in full: `Fri 2026-12-04 15:30, in 7 days`.
pub fn due_in_full(due: Due, view: &View) -> String {
    let time = |at: Instant| format!(" {}", at.utc().with_timezone(&view.tz).format("%H:%M"));
    let (day, time) = match due {
        Due::Day(day) => (day, String::new()),
        Due::At(at) => (at.day(view.tz), time(at)),
    };
    let distance = relative_day(day, view.now.day(view.tz), view.lang);
    match view.lang {
        Lang::En => format!("{} {day}{time}, {distance}", day.format("%a")),
        Lang::Zh => format!("{day} {}{time}（{distance}）", when::weekday_name(day.weekday())),
    }
}

/// Whether a text says a value in words that could be understood otherwise: not `2026-12-04`, `1,200.50` or `¥5000`.
pub fn says_in_words(text: &str, value: &Value) -> bool {
    let folded = crate::text::fold_cow(text);
    match value {
        Value::Date(_) | Value::Due(_) | Value::Instant(_) => says_date_in_words(text),
        Value::Money(money) => figures(&folded) != money.decimal().map(|number| number.abs()),
        Value::UnitPrice(price) => figures(&folded) != price.decimal().map(|number| number.abs()),
        Value::Whole(number) => figures(&folded) != Some(Decimal::from(*number).abs()),
        Value::Percent(number) => figures(&folded) != Some(Decimal::from(*number)),
        Value::Decimal(number) => figures(&folded) != Some(number.abs()),
        Value::Duration(_) => !folded.is_ascii(),
        Value::Text(_) | Value::Choice(_) | Value::YesNo(_) | Value::Link(_) | Value::Phone(_) | Value::List(_) => {
            false
        }
    }
}

/// The number that the figures of a text are.
fn figures(folded: &str) -> Option<Decimal> {
    folded.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect::<String>().parse().ok()
}

/// Whether a text says a date otherwise than in figures with the year first.
pub fn says_date_in_words(text: &str) -> bool {
    !begins_with_a_date(&crate::text::fold_cow(text))
}

/// `2026-12-04`, `2026/12/4`, `2026.12.4`.
fn begins_with_a_date(folded: &str) -> bool {
    let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && folded[digits..].starts_with(['-', '/', '.'])
}
