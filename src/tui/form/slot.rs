//! A line of a form: which field it fills, with which editor, and how it is said in words.

use crate::domain::{FieldDef, Type};

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editor {
    /// On one line.
    Line,
    /// On several lines.
    Lines,
    /// One of the field's choices, or several.
    Choice,
    /// Yes or no.
    YesNo,
    /// A record.
    Link,
}

/// What becomes of it in the words of the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotWord {
    /// `field=value`.
    Field,
    /// The value alone, at the end.
    Bare,
    /// `next=`: when, and what.
    Next,
}

/// A line of a form.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// The field.
    pub def: FieldDef,
    /// How it is said.
    pub word: SlotWord,
    /// It cannot stay empty.
    pub required: bool,
    /// It begins with what the record holds, and is said only where it was changed.
    pub held: bool,
    /// Enter saves here; fields that follow are reached by other keys.
    pub last: bool,
    /// Enter goes on to the next field, also where the text may have several lines.
    pub brief: bool,
}

impl Slot {
    /// The line of a field.
    pub const fn of(def: &FieldDef) -> Self {
        Self { def: *def, word: SlotWord::Field, required: def.required, held: false, last: false, brief: false }
    }

    /// How it is filled in.
    pub fn editor(&self) -> Editor {
        match self.def.ty {
            Type::LongText => Editor::Lines,
            Type::Choice => Editor::Choice,
            Type::Text if self.def.strict && !self.def.choices.is_empty() => Editor::Choice,
            Type::YesNo => Editor::YesNo,
            Type::Link if self.def.target.is_some() && !self.def.many => Editor::Link,
            _ => Editor::Line,
        }
    }

    /// The name under which drafts and texts for an editor keep it.
    pub const fn code(&self) -> &'static str {
        self.def.code
    }

    /// Its word, with a text.
    pub fn said(&self, text: &str) -> String {
        match self.word {
            SlotWord::Field => format!("{}={text}", self.def.code),
            SlotWord::Next => format!("next={text}"),
            SlotWord::Bare => text.to_owned(),
        }
    }
}
