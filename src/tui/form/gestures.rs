//! Small forms for what is done to a record many times a day, each one step: what happened, what came of it, what
//! comes next. They are data; what they run are operations.

use crate::{
    domain::{FieldDef, Kind, KindId, RecordId, Schema, activity, contact, customer, deal, followup, ticket},
    error::{Error, Result},
    text::{Lang, said},
};

use super::slot::{Slot, SlotWord};

/// What stands in the words for each record that they are about.
pub const PROMPTED: &str = "{record}";

/// A field of a small form.
#[derive(Debug)]
enum Blank {
    /// A field of the kind, by its code.
    Field(&'static str),
    /// One that cannot stay empty.
    Must(&'static str),
    /// The same under another label, in English and Chinese.
    MustAs(&'static str, &'static str, &'static str),
    /// One that begins with what the record holds.
    Held(&'static str),
    /// The value alone, without its field.
    Bare(&'static str),
    /// When to go on, and with what.
    Next,
}

use Blank::{Bare, Field, Held, Must, MustAs, Next};

/// A small form.
#[derive(Debug)]
pub struct Gesture {
    /// The action of the key maps that opens it.
    pub name: &'static str,
    en: &'static str,
    zh: &'static str,
    /// The kinds of record that it is for.
    on: &'static [KindId],
    /// The words before its fields; `{noun}` and `{id}` stand for the record.
    words: &'static [&'static str],
    /// The kind whose fields it has.
    kind: &'static Kind,
    /// Its fields; Enter saves at the last of so many.
    fields: &'static [Blank],
    main: usize,
}

const TOUCHED: &[KindId] = &[customer::ID, contact::ID, deal::ID, ticket::ID, followup::ID];
const PLANNED: &[KindId] = &[customer::ID, contact::ID, deal::ID, ticket::ID];

const fn log(name: &'static str, words: &'static [&'static str], en: &'static str, zh: &'static str) -> Gesture {
    const FIELDS: &[Blank] = &[Must("text"), Next, Field("outcome"), Field("minutes"), Field("at"), Field("contact")];
    Gesture { name, en, zh, on: TOUCHED, words, kind: &activity::KIND, fields: FIELDS, main: 2 }
}

static GESTURES: &[Gesture] = &[
    log("log call", &["log", "call", "{id}"], "Call", "电话"),
    log("log visit", &["log", "visit", "{id}"], "Visit", "拜访"),
    log("log meeting", &["log", "meeting", "{id}"], "Meeting", "会议"),
    log("log email", &["log", "email", "{id}"], "E-mail", "邮件"),
    log("log message", &["log", "message", "{id}"], "Message", "消息"),
    log("log note", &["log", "note", "{id}"], "Note", "备注"),
    Gesture {
        name: "follow up",
        en: "Follow-up",
        zh: "跟进计划",
        on: PLANNED,
        words: &["followup", "add", "{noun}={id}"],
        kind: &followup::KIND,
        fields: &[Must("title"), Must("due"), Field("type"), Field("priority"), Field("owner"), Field("minutes")],
        main: 2,
    },
    Gesture {
        name: "finish",
        en: "Done",
        zh: "完成",
        on: &[followup::ID],
        words: &["followup", "done", "{id}"],
        kind: &followup::KIND,
        fields: &[Field("outcome"), Next],
        main: 2,
    },
    Gesture {
        name: "finish",
        en: "Resolved",
        zh: "解决",
        on: &[ticket::ID],
        words: &["ticket", "resolve", "{id}"],
        kind: &ticket::KIND,
        fields: &[Field("resolution"), Field("satisfaction")],
        main: 1,
    },
    Gesture {
        name: "snooze",
        en: "Put off",
        zh: "推迟",
        on: &[followup::ID],
        words: &["followup", "snooze", "{id}"],
        kind: &followup::KIND,
        fields: &[Bare("due")],
        main: 1,
    },
    Gesture {
        name: "ticket reply",
        en: "Reply",
        zh: "回复",
        on: &[ticket::ID],
        words: &["ticket", "reply", "{id}"],
        kind: &activity::KIND,
        fields: &[MustAs("text", "Reply", "回复内容"), Next, Field("channel")],
        main: 2,
    },
    Gesture {
        name: "ticket note",
        en: "Internal note",
        zh: "内部备注",
        on: &[ticket::ID],
        words: &["ticket", "note", "{id}"],
        kind: &activity::KIND,
        fields: &[Must("text"), Next],
        main: 2,
    },
    Gesture {
        name: "ticket satisfaction",
        en: "Satisfaction",
        zh: "满意度",
        on: &[ticket::ID],
        words: &["ticket", "set", "{id}"],
        kind: &ticket::KIND,
        fields: &[Held("satisfaction"), Held("satisfaction_text")],
        main: 2,
    },
];

/// The small form of this name for a record.
///
/// # Errors
/// `Usage` where the record is of a kind that it is not for.
pub fn gesture(schema: &Schema, name: &str, of: RecordId) -> Result<&'static Gesture> {
    let named = || GESTURES.iter().filter(|gesture| gesture.name == name);
    named().find(|gesture| gesture.on.contains(&of.kind)).ok_or_else(|| {
        let kinds = named().flat_map(|gesture| gesture.on).filter_map(|kind| schema.kind(*kind));
        let (en, zh): (Vec<&str>, Vec<&str>) = kinds.map(|kind| (kind.plural, kind.zh)).unzip();
        let (en, zh) = (en.join(", "), zh.join("、"));
        Error::usage(said!("This is for {en}", "此操作用于{zh}"))
            .hint(said!("choose such a record first", "请先选择此类记录"))
    })
}

impl Gesture {
    /// What it is, in a language.
    pub const fn title(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }

    /// The words before its fields, about this record; several take the place of [`PROMPTED`] in turn.
    pub fn head(&self, schema: &Schema, of: RecordId, several: bool) -> Vec<String> {
        let noun = schema.kind(of.kind).map_or("record", |kind| kind.noun);
        let id = if several { PROMPTED.to_owned() } else { of.to_string() };
        self.words.iter().map(|word| word.replace("{noun}", noun).replace("{id}", &id)).collect()
    }

    /// Its fields.
    pub fn slots(&self, schema: &Schema) -> Vec<Slot> {
        let kind = schema.table(self.kind);
        let slots = self.fields.iter().enumerate().filter_map(|(at, blank)| {
            let mut slot = match blank {
                Next => next(),
                MustAs(code, en, zh) => {
                    let slot = Slot::of(kind.field(code)?);
                    Slot { def: FieldDef { en, zh, ..slot.def }, ..slot }
                }
                Field(code) | Must(code) | Held(code) | Bare(code) => Slot::of(kind.field(code)?),
            };
            slot.required = matches!(blank, Must(_) | MustAs(..) | Bare(_));
            slot.held = matches!(blank, Held(_));
            if matches!(blank, Bare(_)) {
                slot.word = SlotWord::Bare;
            }
            slot.brief = true;
            slot.last = at + 1 == self.main;
            Some(slot)
        });
        slots.collect()
    }
}

/// What comes next, as `log` and `followup done` take it.
fn next() -> Slot {
    use crate::domain::{Field as Typed, types::Text};
    let def = Typed::<Text>::new(0, "next", "Next step", "下一步").def();
    Slot { word: SlotWord::Next, ..Slot::of(&def) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::schema::BASE, grammar, keymap::ACTIONS, text::Lang};

    #[test]
    fn every_gesture_is_an_action_and_says_an_operation() {
        for gesture in GESTURES {
            assert!(ACTIONS.iter().any(|action| action.words == gesture.name), "{}", gesture.name);
            for kind in gesture.on {
                let mut words = gesture.head(&BASE, RecordId::new(*kind, 7), false);
                let slots = gesture.slots(&BASE);
                assert_eq!(slots.len(), gesture.fields.len(), "{}", gesture.name);
                assert_eq!(slots.iter().filter(|slot| slot.last).count(), 1, "{}", gesture.name);
                words.extend(slots.iter().map(|slot| slot.said("x")));
                let grammar::Request::Run(op, kind, rest) = grammar::request(&BASE, words).unwrap() else { panic!() };
                grammar::parse(op, kind, &rest).unwrap();
            }
        }
    }

    #[test]
    fn a_reply_is_asked_for_as_a_reply() {
        let reply = gesture(&BASE, "ticket reply", RecordId::new(ticket::ID, 1)).unwrap().slots(&BASE);
        assert_eq!((reply[0].def.zh, reply[0].def.code, reply[0].required), ("回复内容", "text", true));
        assert_eq!(reply[0].said("x"), "text=x");
    }

    #[test]
    fn the_kind_of_the_record_says_which_one() {
        let title = |name, kind| gesture(&BASE, name, RecordId::new(kind, 1)).map(|found| found.en);
        assert_eq!(title("finish", followup::ID), Ok("Done"));
        assert_eq!(title("finish", ticket::ID), Ok("Resolved"));
        assert!(title("snooze", customer::ID).unwrap_err().message(Lang::En).contains("followups"));
    }
}
