//! The command line of the screen: every operation and every action, found by a few letters, in the words of the command
//! line; what a word may become, history, and what was wrong with the line that was run.

mod offers;
mod record_search;
#[cfg(test)]
mod tests;
mod view;
mod words;

use crate::{
    domain::{Schema, words::number},
    error::Error,
    keymap::Scope,
    text::fold,
};

use super::line::{InputEdit, TextInput};

pub use offers::{FoundRecords, OfferContext};
pub use record_search::seek;
pub use view::draw;
pub use words::{RecordQuery, put};

/// A line that what was typed may become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The whole line with it.
    pub line: String,
    /// What is new of it.
    pub word: String,
    /// What it means.
    pub means: String,
    /// The keys that do the same.
    pub keys: String,
    /// Whether the line can be run as it is, nothing missing from it.
    pub whole: bool,
}

/// The line that is typed, and what it may become.
#[derive(Clone, Debug)]
pub struct Palette {
    /// What is typed.
    pub line: TextInput,
    /// The place from which it was opened, whose keys are told.
    pub from: Scope,
    /// What the line may become.
    pub offers: Vec<Offer>,
    /// The offer that stands in the line.
    pub chosen: Option<usize>,
    /// What was typed before an offer took its place.
    typed: String,
    /// How far back in the history.
    back: usize,
    /// What was wrong with the line that was run.
    pub wrong: Option<Error>,
    /// What the store was asked for last.
    asked: Option<RecordQuery>,
    found: FoundRecords,
}

impl Palette {
    /// A line to be typed on.
    pub fn new(text: impl Into<String>, from: Scope) -> Self {
        Self {
            line: TextInput::new(text),
            from,
            offers: Vec::new(),
            chosen: None,
            typed: String::new(),
            back: 0,
            wrong: None,
            asked: None,
            found: FoundRecords::default(),
        }
    }

    /// Types; whether the line is another.
    pub fn edit(&mut self, edit: &InputEdit) -> bool {
        let changed = self.line.edit(edit);
        if changed {
            (self.chosen, self.back, self.wrong) = (None, 0, None);
        }
        changed
    }

    /// Finds what the line may become; gives what the store is to be asked for, if that is something new.
    pub fn find(&mut self, here: &OfferContext<'_>) -> Option<RecordQuery> {
        let sought = words::sought(here.schema, self.line.before());
        let fresh = sought.is_some() && sought != self.asked;
        if sought.is_none() {
            self.found = FoundRecords::default();
        }
        self.asked = sought;
        self.offers = offers::offers(self.line.text(), self.from, here, &self.found);
        self.asked.clone().filter(|_| fresh)
    }

    /// Takes what the store answered, if it is still wanted.
    pub fn answered(&mut self, found: FoundRecords, here: &OfferContext<'_>) {
        if self.asked.as_ref() == Some(&found.to) && self.chosen.is_none() {
            self.found = found;
            self.offers = offers::offers(self.line.text(), self.from, here, &self.found);
        }
    }

    /// Puts the next offer into the line, or the one before. The only one is taken for good.
    pub fn cycle(&mut self, by: isize) -> bool {
        if self.offers.is_empty() {
            return false;
        }
        if self.chosen.is_none() {
            self.line.text().clone_into(&mut self.typed);
        }
        let places = self.offers.len() as isize + 1;
        // Past the last offer stands what was typed.
        let at = self.chosen.map_or(places - 1, |at| at as isize);
        let next = (at + by).rem_euclid(places) as usize;
        let only = self.offers.len() == 1;
        match self.offers.get(next) {
            Some(offer) => {
                let open = if only && !offer.line.ends_with(['=', ':', ' ']) { " " } else { "" };
                self.line = TextInput::new(format!("{}{open}", offer.line));
                self.chosen = Some(next).filter(|_| !only);
            }
            None => {
                self.line = TextInput::new(self.typed.clone());
                self.chosen = None;
            }
        }
        self.wrong = None;
        only
    }

    /// Goes back in the history, or forth, over lines that begin as the one that was typed.
    pub fn history(&mut self, by: isize, lines: &[String]) {
        if self.back == 0 {
            self.line.text().clone_into(&mut self.typed);
        }
        let like: Vec<&String> = lines.iter().filter(|line| line.starts_with(&self.typed)).collect();
        self.back = self.back.saturating_add_signed(by).min(like.len());
        let text = like.len().checked_sub(self.back).and_then(|at| like.get(at)).map(|line| (*line).clone());
        self.line = TextInput::new(text.filter(|_| self.back > 0).unwrap_or_else(|| self.typed.clone()));
        (self.chosen, self.wrong) = (None, None);
    }

    /// Whether what is typed begins one offer and no other: a likely one is only put into the line, to be looked at.
    fn is_sure(&self) -> bool {
        let text = fold(self.line.text().trim());
        let mut begun = self.offers.iter().filter(|offer| fold(&offer.word).starts_with(&text));
        begun
            .next()
            .is_some_and(|first| self.offers.first() == Some(first) && begun.all(|other| other.word == first.word))
    }

    /// What Enter does: the line as it stands where it can be run; else the best offer, which is run where it is the only
    /// one that begins so and nothing is missing from it.
    pub fn meant(&self, schema: &'static Schema) -> EnterMeaning {
        let text = self.line.text().trim();
        let text = text.strip_prefix("crm ").unwrap_or(text);
        if text.is_empty() && self.chosen.is_none() {
            return EnterMeaning::Nothing;
        }
        if let Some(row) = number::plain(text) {
            return EnterMeaning::Row(row);
        }
        if let Some((name, word)) = words::action(schema, text) {
            return EnterMeaning::Screen(name, word);
        }
        let head = words::head(schema, text).is_some() || words::is_begun(schema, text);
        match self.offers.first().filter(|_| !head && self.chosen.is_none()) {
            Some(offer) if offer.whole && self.is_sure() => Palette::new(offer.line.clone(), self.from).meant(schema),
            Some(offer) => EnterMeaning::Complete(offer.line.clone()),
            None => EnterMeaning::Words(text.to_owned()),
        }
    }
}

/// What Enter does.
#[derive(Clone, Debug)]
pub enum EnterMeaning {
    /// Nothing.
    Nothing,
    /// To a row of the list.
    Row(usize),
    /// Something that the screen does, and the word that follows its name.
    Screen(&'static str, String),
    /// The words of an operation.
    Words(String),
    /// The line is to be completed from here.
    Complete(String),
}
