//! What keys do in a form, and what comes of it.

use crate::{
    domain::{FieldDef, Schema},
    text::Lang,
};

use super::{
    super::{
        line::InputEdit,
        picker::{Choice, Picker, Source},
    },
    area,
    conflict::Choose,
    slot::Editor,
    state::Form,
};

/// What is done in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormAction {
    /// Types or pastes.
    Type(String),
    /// Edits the text.
    Edit(InputEdit),
    /// A field further; in a text of several lines a line.
    Step(isize),
    /// A field further, wherever the caret is.
    Field(isize),
    /// A section further.
    Section(isize),
    /// On to the next field; at the last one it is saved.
    Accept,
    /// Saves.
    Save,
    /// Leaves.
    Leave,
    /// Into an editor.
    Outside,
}

impl FormAction {
    /// What an action of the key maps does in a form; `None` where it does nothing there.
    pub fn named(action: &str) -> Option<Self> {
        Some(match action {
            "cursor up" => Self::Step(-1),
            "cursor down" => Self::Step(1),
            "field previous" => Self::Field(-1),
            "field next" => Self::Field(1),
            "page up" => Self::Section(-1),
            "page down" => Self::Section(1),
            "accept" => Self::Accept,
            "form save" => Self::Save,
            "back" | "cancel" | "close" => Self::Leave,
            "edit outside" => Self::Outside,
            _ => Self::Edit(InputEdit::named(action)?),
        })
    }
}

/// What is to be done outside the form.
#[derive(Debug)]
pub enum AfterAction {
    /// Nothing.
    Stay,
    /// What is typed has changed: it is to be tried, and kept.
    Changed,
    /// One of a list is to be chosen for the field of the cursor; the list is to be asked for where it says so.
    Pick(Box<Picker>),
    /// It is to be saved.
    Save,
    /// It is left.
    Leave,
    /// It is to be edited outside.
    Outside,
}

impl Form {
    /// Does it; texts are wrapped at so many columns.
    pub fn update(&mut self, act: FormAction, cols: usize) -> AfterAction {
        if self.conflict.is_some() {
            return self.choose(&act);
        }
        match act {
            FormAction::Type(text) => self.type_in(text),
            FormAction::Edit(edit) => self.edit(edit),
            FormAction::Step(by) => self.step(by, cols),
            FormAction::Field(by) => self.walk(by),
            FormAction::Section(by) => self.section(by),
            FormAction::Accept => self.accept(),
            FormAction::Save => AfterAction::Save,
            FormAction::Leave => AfterAction::Leave,
            FormAction::Outside => AfterAction::Outside,
        }
    }

    fn choose(&mut self, act: &FormAction) -> AfterAction {
        let choose = match act {
            FormAction::Step(by) | FormAction::Field(by) => Choose::Move(*by),
            FormAction::Edit(InputEdit::Left | InputEdit::Right) => Choose::Turn,
            FormAction::Type(text) => match text.as_str() {
                " " | "\u{3000}" => Choose::Turn,
                "m" | "M" | "我" => Choose::All(true),
                "t" | "T" | "他" => Choose::All(false),
                _ => return AfterAction::Stay,
            },
            FormAction::Accept | FormAction::Save => {
                self.settle();
                return AfterAction::Save;
            }
            FormAction::Leave => {
                self.conflict = None;
                return AfterAction::Stay;
            }
            _ => return AfterAction::Stay,
        };
        if let Some(conflict) = &mut self.conflict {
            conflict.choose(choose);
        }
        AfterAction::Stay
    }

    fn type_in(&mut self, text: String) -> AfterAction {
        let lang = self.moment.lang;
        let Some(entry) = self.entries.get_mut(self.at) else { return AfterAction::Stay };
        let text = match entry.slot.editor() {
            Editor::Line | Editor::Lines => {
                return if entry.line.edit(&InputEdit::Insert(text)) { self.changed() } else { AfterAction::Stay };
            }
            Editor::YesNo => {
                let code = match text.trim() {
                    "y" | "Y" | "1" | "是" => "yes",
                    "n" | "N" | "0" | "否" => "no",
                    "" if entry.text() == "yes" => "no",
                    "" => "yes",
                    _ => return AfterAction::Stay,
                };
                entry.put(code, "");
                return self.changed();
            }
            Editor::Choice | Editor::Link => text,
        };
        let mut picker = match entry.slot.editor() {
            Editor::Choice => choices(&entry.slot.def, entry.codes().map(str::to_owned).collect(), lang),
            _ => records(self.moment.schema, &entry.slot.def, lang),
        };
        picker.begin(text.trim());
        AfterAction::Pick(Box::new(picker))
    }

    fn edit(&mut self, edit: InputEdit) -> AfterAction {
        let Some(entry) = self.entries.get_mut(self.at) else { return AfterAction::Stay };
        let editor = entry.slot.editor();
        if edit == InputEdit::Right && entry.complete() {
            return self.changed();
        }
        if matches!(editor, Editor::Line | Editor::Lines) {
            return if entry.line.edit(&edit) { self.changed() } else { AfterAction::Stay };
        }
        let by = match edit {
            InputEdit::Left => -1,
            InputEdit::Right => 1,
            InputEdit::Backspace
            | InputEdit::Delete
            | InputEdit::DeleteWord
            | InputEdit::DeleteToStart
            | InputEdit::DeleteRest => {
                if entry.text().is_empty() {
                    return AfterAction::Stay;
                }
                entry.put("", "");
                return self.changed();
            }
            _ => return AfterAction::Stay,
        };
        let codes: Vec<&str> = match editor {
            Editor::YesNo => vec!["yes", "no"],
            Editor::Choice if !entry.slot.def.many => entry.slot.def.offered().map(|choice| choice.code).collect(),
            _ => return AfterAction::Stay,
        };
        // The empty value stands before the first.
        let here = codes.iter().position(|code| *code == entry.text()).map_or(0, |at| at + 1);
        let there = (here as isize + by).rem_euclid(codes.len() as isize + 1) as usize;
        let code = there.checked_sub(1).and_then(|at| codes.get(at)).copied().unwrap_or_default();
        entry.put(code, "");
        self.changed()
    }

    fn changed(&mut self) -> AfterAction {
        self.touched(self.at);
        AfterAction::Changed
    }

    fn step(&mut self, by: isize, cols: usize) -> AfterAction {
        if let Some(entry) = self.entries.get_mut(self.at)
            && entry.slot.editor() == Editor::Lines
            && let Some(caret) = area::step(entry.line.text(), entry.line.caret(), by, cols)
        {
            entry.line.go(caret);
            return AfterAction::Stay;
        }
        self.walk(by)
    }

    fn walk(&mut self, by: isize) -> AfterAction {
        if !self.entries.is_empty() {
            self.at = (self.at as isize + by).rem_euclid(self.entries.len() as isize) as usize;
        }
        AfterAction::Stay
    }

    fn section(&mut self, by: isize) -> AfterAction {
        let starts = || self.headings.iter().map(|(at, _)| *at);
        self.at = match by {
            1.. => starts().find(|at| *at > self.at).unwrap_or(self.entries.len().saturating_sub(1)),
            _ => starts().rev().find(|at| *at < self.at).unwrap_or(0),
        };
        AfterAction::Stay
    }

    fn accept(&mut self) -> AfterAction {
        let Some(entry) = self.entries.get_mut(self.at) else { return AfterAction::Save };
        if entry.slot.editor() == Editor::Lines && !entry.slot.brief {
            entry.line.edit(&InputEdit::Insert("\n".to_owned()));
            return self.changed();
        }
        if entry.slot.last || self.at + 1 == self.entries.len() {
            return AfterAction::Save;
        }
        self.walk(1)
    }

    /// Takes over what was picked for the field of the cursor, and goes on to the next.
    pub fn picked(&mut self, values: &[String], called: &str) {
        if let Some(entry) = self.entries.get_mut(self.at) {
            entry.put(&values.join(";"), called);
        }
        self.touched(self.at);
        self.walk(1);
    }
}

/// The choices of a field, by what they are called.
pub fn choices(def: &FieldDef, held: Vec<String>, lang: Lang) -> Picker {
    let choices = def.choices.iter().filter(|choice| !choice.retired || held.iter().any(|code| code == choice.code));
    let choices = choices.map(|choice| {
        let label = lang.pick(choice.en, choice.zh);
        let note = if label == choice.code { "" } else { choice.code };
        Choice::new(choice.code, label).note(note)
    });
    let picker = Picker::new(def.label(lang), choices.collect());
    match (def.many, held.first()) {
        (true, _) => picker.many(held),
        (false, Some(code)) => picker.at(code),
        (false, None) => picker,
    }
}

/// The records that a link may point to; they are asked for.
fn records(schema: &Schema, def: &FieldDef, lang: Lang) -> Picker {
    let picker = Picker::new(def.label(lang), Vec::new()).asking(Source::of(def.target.unwrap_or_default()));
    let kind = schema.target(def).filter(|kind| CREATED.contains(&kind.noun));
    match kind {
        Some(kind) => {
            let noun = kind.label(lang);
            picker.creating(lang.pick(format!("new {}", noun.to_lowercase()), format!("新建{noun}")))
        }
        None => picker,
    }
}

/// The kinds of record that can be made on the way.
const CREATED: [&str; 4] = ["customer", "contact", "deal", "ticket"];
