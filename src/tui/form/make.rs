//! A form from what was asked for: its fields, its headings, the words before them.

use crate::{
    commit::Context,
    domain::{FieldDef, Kind, Schema},
    error::{Error, Result},
    text::{counted, said},
};

use super::{
    check::CheckContext,
    gestures::{PROMPTED, gesture},
    protocol::TrialRequest,
    slot::Slot,
    state::{Entry, Form},
    target::FormTarget,
};

impl Form {
    /// An empty form.
    ///
    /// # Errors
    /// `Usage` where there is no form for what was asked.
    pub fn new(schema: &'static Schema, ask: FormTarget, context: &Context) -> Result<Self> {
        let lang = context.lang;
        let ids: Vec<_> = ask.ids().collect();
        let nothing = || Error::usage(said!("There is no record here", "此处没有记录"));
        let (title, head, parts) = match ask.kind(schema) {
            Some(kind) => {
                let verb = if ask.edits { "set" } else { "add" };
                let mut head = vec![kind.noun.to_owned(), verb.to_owned()];
                let label = kind.label(lang);
                let title = match (ask.edits, ids.as_slice()) {
                    (false, _) => lang.pick(format!("New {}", label.to_lowercase()), format!("新建{label}")),
                    (true, [one]) => one.to_string(),
                    (true, []) => return Err(nothing()),
                    (true, many) => {
                        let n = many.len();
                        lang.pick(format!("{n} {}", kind.plural), kind.counted_zh(n as u64))
                    }
                };
                if ask.edits {
                    head.extend(ids.iter().map(ToString::to_string));
                }
                let wanted = |def: &&'static FieldDef| !ask.only || def.code == ask.field;
                let parts = kind.form().into_iter().map(|(section, fields)| {
                    let fields = fields.into_iter().filter(wanted);
                    let slots = fields.map(|def| Slot { held: ask.edits, brief: ask.only, ..Slot::of(def) });
                    let heading = if ask.only { "" } else { lang.pick(section.en, section.zh) };
                    (heading.to_owned(), slots.collect())
                });
                (title, head, parts.collect::<Vec<(String, Vec<Slot>)>>())
            }
            None => {
                let one = ids.first().ok_or_else(nothing)?;
                let gesture = gesture(schema, &ask.form, *one)?;
                let several = ids.len() > 1;
                let title = gesture.title(lang);
                let title = match several {
                    true => lang.pick(
                        format!("{title} · {}", counted(ids.len() as u64, "record")),
                        format!("{title} · {} 条记录", ids.len()),
                    ),
                    false => title.to_owned(),
                };
                (title, gesture.head(schema, *one, several), vec![(String::new(), gesture.slots(schema))])
            }
        };
        let (mut entries, mut headings) = (Vec::new(), Vec::new());
        for (heading, slots) in parts {
            if !heading.is_empty() {
                headings.push((entries.len(), heading));
            }
            entries.extend(slots.into_iter().map(Entry::new));
        }
        let at = entries.iter().position(|entry| entry.slot.code() == ask.field).unwrap_or(0);
        Ok(Self {
            number: 0,
            records: if ask.edits { ids.len() } else { 1 },
            ask,
            title,
            head,
            version: None,
            moment: CheckContext::new(schema, context.now, context.tz, lang, &context.settings),
            entries,
            headings,
            at,
            saving: false,
            turn: 0,
            error: None,
            alike: Vec::new(),
            changes: None,
            conflict: None,
            outside: None,
        })
    }

    /// The kind of the record that is added or edited.
    pub fn kind(&self) -> Option<&'static Kind> {
        self.ask.kind(self.moment.schema)
    }

    /// The form as it is, to be tried. Fields that must not stay empty and still are get a stand-in, for the defaults of
    /// the others are to be seen before everything is filled in.
    pub fn wanted(&self) -> TrialRequest {
        let first = self.ask.records.first().map_or("", String::as_str);
        let mut words: Vec<String> = self.head.iter().map(|word| word.replace(PROMPTED, first)).collect();
        let mut empty = Vec::new();
        for entry in &self.entries {
            let (slot, text) = (&entry.slot, entry.text());
            let blank = text.trim().is_empty();
            if blank && !slot.held && !slot.required {
                empty.push((slot.def, slot.code().to_owned()));
            }
            let said = if slot.held { entry.is_changed() } else { !blank };
            if said && entry.verdict.wrong.is_none() && !(blank && slot.required) {
                words.push(slot.said(text));
            } else if slot.required && !slot.held {
                words.extend(stand_in(slot).map(|text| slot.said(text)));
            }
        }
        let alike = self.kind().is_some() && !self.ask.edits;
        TrialRequest { form: self.number, turn: self.turn, words, empty, alike }
    }

    /// Whether a field that must not stay empty has a stand-in when the form is tried.
    pub fn has_stand_in(&self, code: &str) -> bool {
        self.field(code).is_some_and(|entry| entry.slot.required && entry.text().trim().is_empty())
    }
}

/// Something that may stand in a field for a moment.
fn stand_in(slot: &Slot) -> Option<&'static str> {
    use crate::domain::Type;
    match slot.def.ty {
        Type::Text | Type::LongText => Some("-"),
        Type::Due | Type::Date | Type::Instant => Some("today"),
        _ => None,
    }
}
