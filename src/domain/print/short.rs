//! Days and times where room is scarce.

use chrono::Datelike;

use super::{View, stamp};
use crate::domain::{
    bytes,
    field::{FieldDef, Type},
    value::Due,
    words::year_day,
};

/// A stored day or time without what goes without saying: `今天`, `11-30` of this year, `2025-11-30` of another. An
/// instant, which says when something happened, is its day; what is due at a time keeps it: `11-30 14:30`. Nothing
/// where the value is no such time.
pub fn short_stamp(def: &FieldDef, stored: &[u8], view: &View) -> Option<String> {
    if def.many {
        return None;
    }
    let (day, time) = match def.ty {
        Type::Date => (bytes::date(stored).filter(|day| !year_day::is(*day))?, None),
        Type::Instant => (bytes::instant(stored)?.day(view.tz), None),
        Type::Due => match bytes::due(stored)? {
            Due::Day(day) => (day, None),
            Due::At(at) => (at.day(view.tz), Some(at)),
        },
        _ => return None,
    };
    let today = view.now.day(view.tz);
    let mut out = String::with_capacity(16);
    if day == today {
        out.push_str(view.lang.pick("today", "今天"));
    } else if day.year() == today.year() {
        stamp::day_of_year(&mut out, day);
    } else {
        stamp::day(&mut out, day);
    }
    if let Some(at) = time {
        stamp::clock(&mut out, at, view.tz);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            Field, types,
            value::{Instant, Value},
        },
        text::Lang,
    };

    #[test]
    fn times_are_short_where_room_is_scarce() {
        let at = |text: &str| Instant(text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis());
        let day = |text: &str| year_day::parse(text).or_else(|| text.parse().ok()).unwrap();
        let def = |ty| FieldDef { ty, ..Field::<types::Text>::new(1, "when", "When", "时间").def() };
        let short = |ty, value: &Value, lang| {
            let view = View { lang, tz: chrono_tz::Asia::Shanghai, now: at("2026-03-05T02:00:00Z"), relative: false };
            let mut stored = Vec::new();
            bytes::put(&mut stored, value);
            short_stamp(&def(ty), &stored, &view)
        };
        for (ty, value, en, zh) in [
            (Type::Date, Value::Date(day("2026-03-05")), "today", "今天"),
            (Type::Date, Value::Date(day("2026-11-30")), "11-30", "11-30"),
            (Type::Date, Value::Date(day("2025-11-30")), "2025-11-30", "2025-11-30"),
            (Type::Instant, Value::Instant(at("2026-03-04T17:00:00Z")), "today", "今天"),
            (Type::Instant, Value::Instant(at("2026-03-01T17:00:00Z")), "03-02", "03-02"),
            (Type::Due, Value::Due(Due::Day(day("2026-03-06"))), "03-06", "03-06"),
            (Type::Due, Value::Due(Due::At(at("2026-03-05T06:30:00Z"))), "today 14:30", "今天 14:30"),
            (Type::Due, Value::Due(Due::At(at("2025-12-31T16:00:00Z"))), "01-01 00:00", "01-01 00:00"),
        ] {
            assert_eq!(short(ty, &value, Lang::En).as_deref(), Some(en));
            assert_eq!(short(ty, &value, Lang::Zh).as_deref(), Some(zh));
        }
        assert_eq!(short(Type::Date, &Value::Date(day("--06-12")), Lang::Zh), None);
        assert_eq!(short(Type::Text, &Value::Text("今天".into()), Lang::Zh), None);
    }
}
