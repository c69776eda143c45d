//! A form: its fields with what is typed into them, and what is known of that.

use crate::{
    domain::{FieldDef, RecordId, Type},
    error::Error,
    text::{Lang, Said, said},
};

use super::{
    super::line::TextInput,
    check::{CheckContext, CheckResult, judge},
    conflict::Conflict,
    slot::{Editor, Slot},
    target::FormTarget,
};

/// A field of a form.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it fills.
    pub slot: Slot,
    /// What stands in it: what is typed, the codes of choices, the id of a record.
    pub line: TextInput,
    /// What the record is called that stands in it.
    pub called: String,
    /// What stood in it in the beginning; nothing where an earlier version left it half typed and did not say.
    pub base: Option<String>,
    /// What it will hold where nothing is put into it.
    pub default: String,
    /// What is thought of the text.
    pub verdict: CheckResult,
    /// What a rule says against it, as far as was tried.
    pub refused: Option<(String, String)>,
    /// The values that it has in other records, where it is a list that is meant to use them again.
    pub known: Vec<String>,
}

impl Entry {
    /// An empty field.
    pub fn new(slot: Slot) -> Self {
        let line = if slot.editor() == Editor::Lines { TextInput::of_lines("") } else { TextInput::default() };
        Self {
            slot,
            line,
            called: String::new(),
            base: Some(String::new()),
            default: String::new(),
            verdict: CheckResult::default(),
            refused: None,
            known: Vec::new(),
        }
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        self.line.text()
    }

    /// Whether something else stands in it than in the beginning.
    pub fn is_changed(&self) -> bool {
        self.base.as_deref() != Some(self.line.text())
    }

    /// Puts a text into it, called so where it is a record.
    pub fn put(&mut self, text: &str, called: &str) {
        self.line = match self.slot.editor() {
            Editor::Lines => TextInput::of_lines(text),
            _ => TextInput::new(text),
        };
        called.clone_into(&mut self.called);
    }

    /// The same, as what it begins with.
    pub fn begin(&mut self, text: &str, called: &str) {
        self.put(text, called);
        self.base = Some(self.line.text().to_owned());
    }

    /// Thinks about its text anew. What a record holds already it may keep, whatever its field takes now.
    fn judge(&mut self, moment: &CheckContext) {
        self.verdict = judge(&self.slot, self.line.text(), moment);
        if self.slot.held && !self.is_changed() {
            self.verdict.wrong = None;
        }
    }

    /// What is wrong with it: the text itself, else what a rule says.
    pub const fn wrong(&self) -> Option<&(String, String)> {
        match &self.verdict.wrong {
            Some(wrong) => Some(wrong),
            None => self.refused.as_ref(),
        }
    }

    /// What is read in it.
    pub fn shown(&self, lang: Lang) -> String {
        let def = &self.slot.def;
        match self.slot.editor() {
            Editor::Line | Editor::Lines => self.text().to_owned(),
            Editor::Link => self.called.clone(),
            Editor::YesNo => match self.text() {
                "yes" => lang.pick("yes", "是").to_owned(),
                "no" => lang.pick("no", "否").to_owned(),
                other => other.to_owned(),
            },
            Editor::Choice => {
                let labels = self.codes().map(|code| choice_label(def, code, lang).unwrap_or(code).to_owned());
                labels.collect::<Vec<_>>().join(lang.pick(", ", "、"))
            }
        }
    }

    /// The codes of the choices that stand in it.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.text().split(';').filter(|code| !code.is_empty())
    }
}

fn choice_label(def: &FieldDef, code: &str, lang: Lang) -> Option<&'static str> {
    let choice = def.choices.iter().find(|choice| choice.code == code)?;
    Some(lang.pick(choice.en, choice.zh))
}

/// A record that may be the very one that is being added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikelyDuplicate {
    /// Which.
    pub id: RecordId,
    /// What it is called.
    pub name: String,
    /// What the two have in common.
    pub why: &'static str,
}

/// A form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Which of the session's forms it is.
    pub number: u64,
    /// What was asked for, so that it can be asked for again.
    pub ask: FormTarget,
    /// What it is about.
    pub title: String,
    /// The words before those of the fields.
    pub head: Vec<String>,
    /// The version of the record that is edited.
    pub version: Option<i64>,
    /// How many records are edited.
    pub records: usize,
    /// What the meaning of its texts depends on.
    pub moment: CheckContext,
    /// Its fields.
    pub entries: Vec<Entry>,
    /// Headings, each before the entry with that number.
    pub headings: Vec<(usize, String)>,
    /// The field of the cursor.
    pub at: usize,
    /// Whether it is being saved.
    pub saving: bool,
    /// Counts what is typed, so that an answer to something older is known.
    pub turn: u64,
    /// What was said against it as a whole.
    pub error: Option<Error>,
    /// Records that may be the very one.
    pub alike: Vec<LikelyDuplicate>,
    /// How many records would change.
    pub changes: Option<usize>,
    /// What somebody else has changed meanwhile.
    pub conflict: Option<Conflict>,
    /// A text from an editor that could not be taken over.
    pub outside: Option<String>,
}

impl Form {
    /// The field of the cursor.
    pub fn entry(&self) -> Option<&Entry> {
        self.entries.get(self.at)
    }

    /// The field with this code.
    pub fn field(&self, code: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.slot.code() == code)
    }

    /// The same, to be changed.
    pub fn field_mut(&mut self, code: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.slot.code() == code)
    }

    /// Whether anything was put into it.
    pub fn is_changed(&self) -> bool {
        self.outside.is_some() || self.entries.iter().any(Entry::is_changed)
    }

    /// Thinks about every text anew.
    pub fn judge_all(&mut self) {
        for entry in &mut self.entries {
            entry.judge(&self.moment);
        }
    }

    /// Something else stands in a field: what was known of it is known no more.
    pub(super) fn touched(&mut self, at: usize) {
        self.turn += 1;
        self.error = None;
        let moment = self.moment;
        if let Some(entry) = self.entries.get_mut(at) {
            entry.judge(&moment);
            entry.refused = None;
        }
    }

    /// The words that save it.
    pub fn words(&self) -> Vec<String> {
        let mut words = self.head.clone();
        let said = self.entries.iter().filter(|entry| match entry.slot.held {
            true => entry.is_changed(),
            false => !entry.text().trim().is_empty(),
        });
        words.extend(said.map(|entry| entry.slot.said(entry.text())));
        if let Some(version) = self.version {
            words.extend(["--based-on".to_owned(), version.to_string()]);
        }
        words
    }

    /// The first field that keeps it from being saved, and why.
    pub fn flaw(&self) -> Option<(usize, Error)> {
        self.entries.iter().enumerate().find_map(|(at, entry)| {
            let def = &entry.slot.def;
            let label = Said::new(def.en, def.zh);
            if let Some((what, hint)) = &entry.verdict.wrong {
                let hint = (!hint.is_empty()).then(|| Said::same(hint));
                return Some((at, Error::invalid(Said::same(what)).hint_of(hint.as_ref()).at(label)));
            }
            let said = !entry.slot.held || entry.is_changed();
            let missing = said && entry.slot.required && entry.text().trim().is_empty();
            missing.then(|| (at, Error::invalid(said!("it cannot be empty", "不能为空")).at(label)))
        })
    }

    /// The record that another field points to, by the noun of its kind.
    pub fn linked(&self, noun: &str) -> Option<&str> {
        let entry = self.entries.iter().find(|entry| {
            let def = &entry.slot.def;
            def.ty == Type::Link && def.target == Some(noun) && def.code == noun && !entry.text().is_empty()
        });
        entry.map(Entry::text)
    }
}
