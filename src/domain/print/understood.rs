//! What was understood of dates, amounts and repetitions in words, to be told to a person who types them.

use std::cell::RefCell;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::{
    View,
    in_full::{due_in_full, in_full, says_date_in_words, says_in_words},
};
use crate::{
    domain::{
        field::{FieldDef, Type},
        repeat,
        value::{Due, Value},
        words::when::weekday_name,
    },
    text::{Lang, Said, said},
};

/// What was understood of what was said in words: `Due: Fri 2026-12-04, in 7 days`.
#[derive(Debug, Default)]
pub struct Understood {
    words: RefCell<Vec<Said>>,
    remarks: RefCell<Vec<Said>>,
}

impl Understood {
    /// Keeps what a value was understood as, where its text is no plain one.
    pub fn hear(&self, view: &View, def: &FieldDef, text: &str, value: &Value) {
        if let Some(number) = bare_fraction(def, text, value) {
            let meant = number.saturating_mul(Decimal::ONE_HUNDRED).normalize();
            self.remark(said!(
                ("{}: read as {number}%; if {meant}% is meant, write {meant}%", def.en),
                ("{}：按 {number}% 计；若指 {meant}%，请写 {meant}%", def.zh)
            ));
        } else if let Value::Text(text) = value
            && def.repeats
        {
            let Ok(repeat) = repeat::parse(text) else { return };
            let (en, zh) = (repeat.told(Lang::En), repeat.told(Lang::Zh));
            let plain = |text: &str| crate::text::fold(text).replace(' ', "");
            if plain(text) != plain(&en) && plain(text) != plain(&zh) {
                self.of(def, &en, &zh);
            }
        } else if says_in_words(text, value) {
            let said = |lang| in_full(def, value, &View { lang, relative: false, ..*view });
            let (en, zh) = (said(Lang::En), said(Lang::Zh));
            match value {
                // Its label names minutes, 时长（分钟）, and the length has units of its own.
                Value::Whole(_) if def.minutes => {
                    let label = def.zh.split('（').next().unwrap_or(def.zh);
                    self.add(said!(("{}: {en}", def.en), ("{label}：{zh}")));
                }
                _ => self.of(def, &en, &zh),
            }
        }
    }

    /// Keeps which days a text asks for: from one to another, all up to a day or a moment, or that alone.
    pub fn hear_span(&self, view: &View, def: &FieldDef, text: &str, (from, to): (Option<NaiveDate>, Due)) {
        if !says_date_in_words(text) {
            return;
        }
        let last = |lang| due_in_full(to, &View { lang, relative: false, ..*view });
        let (en, zh) = match from {
            None => (format!("until {}", last(Lang::En)), format!("至 {}", last(Lang::Zh))),
            Some(from) if from == to.day(view.tz) => (last(Lang::En), last(Lang::Zh)),
            Some(from) => {
                let to = to.day(view.tz);
                let (first, last) = (weekday_name(from.weekday()), weekday_name(to.weekday()));
                (
                    format!("{} {from} to {} {to}", from.format("%a"), to.format("%a")),
                    format!("{from} {first}至 {to} {last}"),
                )
            }
        };
        self.of(def, &en, &zh);
    }

    fn of(&self, def: &FieldDef, en: &str, zh: &str) {
        self.add(said!(("{}: {en}", def.en), ("{}：{zh}", def.zh)));
    }

    /// Keeps a sentence, once.
    pub fn add(&self, said: Said) {
        let mut list = self.words.borrow_mut();
        if !list.contains(&said) {
            list.push(said);
        }
    }

    /// Keeps what a person should know of the step that follows from what was understood, once.
    pub fn remark(&self, said: Said) {
        let mut list = self.remarks.borrow_mut();
        if !list.contains(&said) {
            list.push(said);
        }
    }

    /// All that was kept: what was understood, and what should be known of the step.
    pub fn into_lists(self) -> (Vec<Said>, Vec<Said>) {
        (self.words.into_inner(), self.remarks.into_inner())
    }
}

/// A percentage below one that is typed without its sign: `0.05` may have been meant as a share, which is 5%.
fn bare_fraction(def: &FieldDef, text: &str, value: &Value) -> Option<Decimal> {
    let Value::Decimal(number) = value else { return None };
    let plain = crate::text::fold(text).chars().all(|c| c.is_ascii_digit() || "+-.,".contains(c));
    (def.ty == Type::Rate && plain && number.abs() < Decimal::ONE && !number.is_zero()).then_some(*number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Instant, field::Field, read, read::ReadContext, types::Text, words::money::Currency};

    #[test]
    fn a_share_that_is_typed_as_a_percentage_is_remarked_on() {
        let text: Field<Text> = Field::new(1000, "discount", "Discount", "折扣");
        let def = FieldDef { ty: Type::Rate, ..text.def() };
        let tz = chrono_tz::UTC;
        let reading = ReadContext {
            now: Instant(0),
            tz,
            week_start: chrono::Weekday::Mon,
            currency: Currency::CNY,
            date_format: None,
            decimal: None,
            links: &|_, _| Ok(0),
        };
        let view = View { lang: Lang::En, tz, now: Instant(0), relative: false };
        let said = |text: &str| {
            let heard = Understood::default();
            heard.hear(&view, &def, text, &read::read(&def, text, &reading).unwrap().unwrap());
            heard.into_lists().1
        };
        let [said_en, said_zh] = [Lang::En, Lang::Zh].map(|lang| said("0.05")[0].get(lang).to_owned());
        assert_eq!(said_en, "Discount: read as 0.05%; if 5% is meant, write 5%");
        assert_eq!(said_zh, "折扣：按 0.05% 计；若指 5%，请写 5%");
        for plain in ["0.05%", "5", "12.5", "1.5", "0", "七成"] {
            assert!(said(plain).is_empty(), "{plain}");
        }
    }
}
