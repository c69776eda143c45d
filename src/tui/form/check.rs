//! What a text means for a field, as the operations will read it: the value in full, or what is wrong with it.

use chrono::Weekday;
use chrono_tz::Tz;

use crate::{
    domain::{
        FieldDef, Instant, RecordId, Schema, Type, Value, print, read,
        rules::Settings,
        words::{money::Currency, when},
    },
    error::{Error, Result},
    text::{Lang, counted, said},
};

use crate::ops::log::due;

use super::slot::{Slot, SlotWord};

/// What the meaning of a text depends on.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext {
    /// The kinds of record that there are.
    pub schema: &'static Schema,
    /// What time it is.
    pub now: Instant,
    /// Where.
    pub tz: Tz,
    /// The language of the reader.
    pub lang: Lang,
    /// The first day of a week.
    pub week_start: Weekday,
    /// The currency of a bare number.
    pub currency: Currency,
}

impl CheckContext {
    /// Now, as a team with these settings sees it.
    pub const fn new(schema: &'static Schema, now: Instant, tz: Tz, lang: Lang, settings: &Settings) -> Self {
        Self { schema, now, tz, lang, week_start: settings.week_start, currency: settings.currency }
    }

    const fn view(&self) -> print::View {
        print::View { lang: self.lang, tz: self.tz, now: self.now, relative: false }
    }
}

/// What is thought of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckResult {
    /// What is wrong with it, and what would be right.
    pub wrong: Option<(String, String)>,
    /// What it means, where that does not stand there already.
    pub meaning: String,
}

/// What a text means for a line of a form.
pub fn judge(slot: &Slot, text: &str, moment: &CheckContext) -> CheckResult {
    let lang = moment.lang;
    // The names in a list of records are looked up where the records are.
    if text.trim().is_empty() || slot.def.ty == Type::Link && slot.def.many {
        return CheckResult::default();
    }
    if slot.word == SlotWord::Next {
        return next_step(text, moment);
    }
    // What something is put off to may be a length, as the operation reads it.
    let put_off = slot.word == SlotWord::Bare && slot.def.ty == Type::Due;
    let read = if put_off { from_now(text, moment).map(Some) } else { value(&slot.def, text, moment) };
    match read {
        Ok(Some(value)) => {
            let meaning = meaning(&slot.def, &value, moment);
            CheckResult { wrong: None, meaning: if meaning == text.trim() { String::new() } else { meaning } }
        }
        Ok(None) => CheckResult::default(),
        Err(error) => {
            // It stands beside the name of the field.
            let (what, hint) = (error.what().get(lang), error.next_step(lang).unwrap_or_default());
            CheckResult { wrong: Some((what.to_owned(), hint.to_owned())), meaning: String::new() }
        }
    }
}

/// A day or an instant, or one that is as far from now as a text says.
fn from_now(text: &str, moment: &CheckContext) -> Result<Value> {
    let when = when::parse_from_now(text, moment.now.utc(), moment.tz, moment.week_start)?;
    Ok(Value::Due(due(when)))
}

/// The value of a text, read as the operations read it.
fn value(def: &FieldDef, text: &str, moment: &CheckContext) -> Result<Option<Value>> {
    let links = |def: &FieldDef, text: &str| {
        let found = RecordId::parse(text, moment.schema.target(def));
        found.map(|id| id.num).ok_or_else(|| Error::not_found(said!("choose one from the list", "请从列表中选择")))
    };
    let reading = read::ReadContext {
        now: moment.now,
        tz: moment.tz,
        week_start: moment.week_start,
        currency: moment.currency,
        date_format: None,
        decimal: None,
        links: &links,
    };
    read::read(def, text, &reading)
}

/// A value in full; of texts nothing, they say it themselves.
fn meaning(def: &FieldDef, value: &Value, moment: &CheckContext) -> String {
    match value {
        Value::List(items) if items.len() > 1 => {
            let n = items.len();
            moment.lang.pick(counted(n as u64, "item"), format!("{n} 项"))
        }
        value => print::in_full(def, value, &moment.view()),
    }
}

/// `fri send quote`: a date that leads, and what is to be done.
fn next_step(text: &str, moment: &CheckContext) -> CheckResult {
    let lang = moment.lang;
    let bad = |en: &str, zh: &str| {
        let hint = lang.pick("fri send quote", "明天下午3点 发报价");
        CheckResult { wrong: Some((lang.pick(en, zh).to_owned(), hint.to_owned())), meaning: String::new() }
    };
    match when::split_prefix(text.trim(), moment.now.utc(), moment.tz, moment.week_start) {
        Err(error) => {
            let hint = error
                .hint
                .as_ref()
                .map_or(lang.pick("fri send quote", "明天下午3点 发报价"), |hint| hint.get(lang));
            CheckResult { wrong: Some((error.message.get(lang).to_owned(), hint.to_owned())), meaning: String::new() }
        }
        Ok((_, "")) => bad("what is to be done then?", "届时做什么？"),
        Ok((when, what)) => {
            let said = print::due_in_full(due(when), &moment.view());
            CheckResult { wrong: None, meaning: lang.pick(format!("{said}: {what}"), format!("{said}：{what}")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        made_up::{PRICE, QUANTITY, TAX, sheets::PARTNERS},
        schema::BASE,
    };

    #[test]
    fn numbers_with_decimals_mean_what_they_mean_elsewhere() {
        let (now, tz, week_start, currency) = (Instant(0), chrono_tz::UTC, Weekday::Mon, Currency::CNY);
        let moment = CheckContext { schema: &BASE, now, tz, lang: Lang::Zh, week_start, currency };
        for (def, text, meaning) in [
            (QUANTITY.def(), "1.5", ""),
            (QUANTITY.def(), "1.50万", "15000"),
            (PRICE.def(), "0.0125", "¥0.0125"),
            (PRICE.def(), "2.25万", "¥22,500.00"),
            (PRICE.def(), "¥22,500.00", ""),
            (TAX.def(), "12.50", "12.5%"),
            (TAX.def(), "12.5%", ""),
        ] {
            let meaning = meaning.to_owned();
            assert_eq!(judge(&Slot::of(&def), text, &moment), CheckResult { wrong: None, meaning }, "{text}");
        }
        assert_eq!(judge(&Slot::of(&PARTNERS.def()), "C-1; Acme", &moment), CheckResult::default());
        assert_eq!(Slot::of(&PARTNERS.def()).editor(), crate::tui::form::slot::Editor::Line);
        let wrong = |def, text| judge(&Slot::of(&def), text, &moment).wrong;
        let refused = |what: &str, hint: &str| Some((what.to_owned(), hint.to_owned()));
        assert_eq!(wrong(TAX.def(), "101%"), refused("“101%”不在 0% 到 100% 之间", "请写 0% 到 100% 之间的数"));
        assert_eq!(wrong(QUANTITY.def(), "1.2345678"), refused("“1.2345678”比该字段的精度更细：6 位小数", ""));
    }
}
