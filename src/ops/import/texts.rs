//! Names of linked records, each kept once however many rows name it.

use std::{collections::HashMap, sync::Arc};

use crate::domain::KindId;

/// The different texts by which cells name records of one kind.
#[derive(Debug, Default)]
pub(super) struct Texts {
    all: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
}

impl Texts {
    /// The number of a text, new or known.
    pub fn number(&mut self, text: &str) -> u32 {
        match self.numbers.get(text) {
            Some(number) => *number,
            None => self.insert(text.into()),
        }
    }

    fn number_of(&mut self, text: Arc<str>) -> u32 {
        match self.numbers.get(&text) {
            Some(number) => *number,
            None => self.insert(text),
        }
    }

    fn insert(&mut self, text: Arc<str>) -> u32 {
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.numbers.insert(Arc::clone(&text), number);
        self.all.push(text);
        number
    }

    /// All of them, by number.
    pub fn all(&self) -> &[Arc<str>] {
        &self.all
    }

    /// The text with that number.
    pub fn get(&self, number: u32) -> &str {
        self.all.get(number as usize).map_or("", |text| text)
    }

    /// Takes in other texts; gives their numbers here by their numbers there.
    pub fn absorb(&mut self, other: Self) -> Vec<u32> {
        other.all.into_iter().map(|text| self.number_of(text)).collect()
    }
}

/// The texts of every kind that is linked to.
#[derive(Debug, Default)]
pub(super) struct LinkTexts(Vec<(KindId, Texts)>);

impl LinkTexts {
    /// The texts that name records of a kind.
    pub fn of(&mut self, kind: KindId) -> &mut Texts {
        let at = match self.0.iter().position(|(known, _)| *known == kind) {
            Some(at) => at,
            None => {
                self.0.push((kind, Texts::default()));
                self.0.len() - 1
            }
        };
        &mut self.0[at].1
    }

    /// The text with that number that names records of a kind.
    pub fn text(&self, kind: KindId, number: u32) -> &str {
        self.0.iter().find(|(known, _)| *known == kind).map_or("", |(_, texts)| texts.get(number))
    }

    /// The texts of every kind.
    pub fn kinds(&self) -> impl Iterator<Item = (KindId, &Texts)> {
        self.0.iter().map(|(kind, texts)| (*kind, texts))
    }

    /// Takes in the texts of some rows; gives, for each kind, their numbers here.
    pub fn absorb(&mut self, other: Self) -> Vec<(KindId, Vec<u32>)> {
        other.0.into_iter().map(|(kind, texts)| (kind, self.of(kind).absorb(texts))).collect()
    }
}
