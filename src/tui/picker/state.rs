//! The choices, what is typed of them, and which are marked.

use std::collections::BTreeSet;

use crate::text::{Fit, narrow};

use super::{super::line::TextInput, Answer, PickerAction};

/// Something that can be picked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the answer holds.
    pub value: String,
    /// What is read.
    pub label: String,
    /// What is read beside it.
    pub note: String,
}

impl Choice {
    /// A choice without a note.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), note: String::new() }
    }

    /// The same with a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// Records that may be picked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The noun of their kind.
    pub noun: String,
    /// What they are like, in the filter language.
    pub filter: String,
    /// What those are like that come first, in the filter language.
    pub first: String,
}

impl Source {
    /// All records of a kind.
    pub fn of(noun: &str) -> Self {
        Self { noun: noun.to_owned(), ..Self::default() }
    }
}

/// A list of choices that is narrowed by typing.
#[derive(Clone, Debug)]
pub struct Picker {
    /// What is picked.
    pub title: String,
    pub(super) choices: Vec<Choice>,
    /// Those that fit what is typed, the best first.
    pub(super) found: Vec<usize>,
    pub(super) line: TextInput,
    /// Where the cursor stands among those that were found.
    pub(super) cursor: usize,
    /// The values that are marked, where several can be.
    pub(super) marks: Option<BTreeSet<String>>,
    /// Whether a mark was set or taken away.
    pub(super) changed: bool,
    /// What is said of making a new one, where that can be done.
    pub(super) creates: Option<String>,
    /// Whether the choices are looked for elsewhere, and whether they are being looked for.
    pub(super) asks: Option<bool>,
    /// What is looked for, where choices are.
    pub(super) source: Option<Source>,
    /// Whether the first of them is taken as soon as it is there.
    pub(super) eager: bool,
    /// Where one goes on once a choice is taken.
    pub onward: AfterChoice,
}

/// Where one goes on in a form once a choice is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AfterChoice {
    /// To the next field.
    #[default]
    Next,
    /// To the field before.
    Previous,
    /// The form is saved.
    Save,
}

impl Picker {
    /// One of these is to be picked.
    pub fn new(title: impl Into<String>, choices: Vec<Choice>) -> Self {
        let found = (0..choices.len()).collect();
        Self {
            title: title.into(),
            choices,
            found,
            line: TextInput::default(),
            cursor: 0,
            marks: None,
            changed: false,
            creates: None,
            asks: None,
            source: None,
            eager: false,
            onward: AfterChoice::Next,
        }
    }

    /// Several can be picked; these are marked to begin with.
    #[must_use]
    pub fn many(mut self, marked: impl IntoIterator<Item = String>) -> Self {
        self.marks = Some(marked.into_iter().collect());
        self
    }

    /// What was typed can become a new one; it is said so in these words.
    #[must_use]
    pub fn creating(mut self, said: impl Into<String>) -> Self {
        self.creates = Some(said.into());
        self
    }

    /// The choices are only some of those there are: others of this sort are asked for as one types.
    #[must_use]
    pub fn asking(mut self, source: Source) -> Self {
        self.asks = Some(true);
        self.source = Some(source);
        self
    }

    /// What is to be looked for.
    pub const fn source(&self) -> Option<&Source> {
        self.source.as_ref()
    }

    /// The cursor begins at this value.
    #[must_use]
    pub fn at(mut self, value: &str) -> Self {
        self.cursor = self.found.iter().position(|at| self.choices[*at].value == value).unwrap_or(0);
        self
    }

    /// Begins with this typed; where it asks, that is still to be asked for.
    pub fn begin(&mut self, typed: &str) {
        self.line = TextInput::new(typed);
        if self.asks.is_some() {
            self.asks = Some(true);
        } else if !typed.is_empty() {
            self.narrow();
        }
    }

    /// Whether the choices are still to be asked for.
    pub fn is_waiting(&self) -> bool {
        self.asks == Some(true)
    }

    /// The choice with this value.
    pub fn choice(&self, value: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.value == value)
    }

    /// Whether several can be picked.
    pub const fn is_many(&self) -> bool {
        self.marks.is_some()
    }

    /// What is typed.
    pub fn typed(&self) -> &str {
        self.line.text()
    }

    /// The choice under the cursor.
    pub fn current(&self) -> Option<&Choice> {
        self.found.get(self.cursor).and_then(|at| self.choices.get(*at))
    }

    /// The choices for what was typed then; they are dropped where something else stands there by now.
    pub fn answered(&mut self, typed: &str, choices: Vec<Choice>) -> Answer {
        if self.asks.is_none() || typed != self.line.text() {
            return Answer::Open;
        }
        self.asks = Some(false);
        self.found = (0..choices.len()).collect();
        self.choices = choices;
        self.cursor = 0;
        match std::mem::take(&mut self.eager) && !self.found.is_empty() {
            true => self.update(PickerAction::Accept, 1),
            false => Answer::Open,
        }
    }

    /// Finds the choices that fit what is typed.
    pub(super) fn narrow(&mut self) {
        let typed = self.line.text();
        let mut fits: Vec<(Fit, usize)> = Vec::new();
        for (at, choice) in self.choices.iter().enumerate() {
            let fit = narrow(typed, &choice.label).or_else(|| narrow(typed, &choice.value));
            // The note is looked at as it stands: letters scattered over a sentence say nothing.
            let noted = || narrow(typed, &choice.note).filter(|fit| *fit < Fit::Scattered(0)).map(|_| Fit::Inside);
            fits.extend(fit.or_else(noted).map(|fit| (fit, at)));
        }
        if typed.trim().is_empty() {
            fits.sort_by_key(|(_, at)| *at);
        } else {
            fits.sort();
        }
        self.found = fits.into_iter().map(|(_, at)| at).collect();
        self.cursor = 0;
    }
}
