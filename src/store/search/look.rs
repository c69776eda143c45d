//! Looking up a word: the records that have all its grams.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use crate::{domain::KindId, error::Result, store::Reader};

use super::{
    gram::{self, Span},
    list, recent,
};

/// A word as the lists are asked for it. Whatever holds the word passes one of its ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    ways: Vec<Way>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    /// All these grams; whether nothing has them but what holds the word.
    Grams(Vec<Span>, bool),
    /// The sound of a name, begun to be typed like this.
    Sound(String),
}

/// So many letters of a sound are looked up; the rest is for the rows to say.
const LETTERS: usize = 24;

impl Asked {
    /// Texts that hold this one (folded); nothing where no list can tell.
    pub fn text(folded: &str) -> Option<Self> {
        let spans = gram::spans(folded);
        let exact = spans.len() == 1 && gram::tells_all(folded);
        (!spans.is_empty()).then(|| Self { ways: vec![Way::Grams(spans, exact)] })
    }

    /// Or that hold this one; nothing where no list can tell.
    #[must_use]
    pub fn or_text(mut self, folded: &str) -> Option<Self> {
        let more = Self::text(folded)?;
        self.ways.extend(more.ways);
        self.ways.dedup();
        Some(self)
    }

    /// Or that hold this one and perhaps are what is meant; nothing where no list can tell.
    #[must_use]
    pub fn or_part(mut self, folded: &str) -> Option<Self> {
        let spans = gram::spans(folded);
        (!spans.is_empty()).then(|| {
            self.ways.push(Way::Grams(spans, false));
            self
        })
    }

    /// Or names that sound like these lower-case letters.
    #[must_use]
    pub fn or_sound(mut self, letters: &str) -> Self {
        self.ways.push(Way::Sound(letters.to_owned()));
        self
    }
}

/// What the lists say of a word.
#[derive(Debug, Default, Clone)]
pub struct Found {
    /// The records that hold it for certain, in rising order.
    pub sure: Vec<u64>,
    /// Others that may, in rising order.
    pub perhaps: Vec<u64>,
}

impl Found {
    /// All of them, in rising order.
    pub fn all(self) -> Vec<u64> {
        if self.sure.is_empty() { self.perhaps } else { union(&self.sure, &self.perhaps) }
    }
}

/// The lists of one kind, and the records that changed since they were written. Lists are read once.
pub struct Lookup<'r> {
    reader: Reader<'r>,
    kind: KindId,
    last: u64,
    recent: Vec<u64>,
    read: RefCell<HashMap<Span, Rc<Vec<u64>>>>,
}

impl<'r> Lookup<'r> {
    /// The lists that this reader sees; nothing where they tell too little to search by.
    ///
    /// # Errors
    /// What the store says.
    pub fn new(reader: Reader<'r>, kind: KindId) -> Result<Option<Self>> {
        let Some(recent) = recent::numbers(reader.raw(), kind)? else { return Ok(None) };
        let last = reader.last_num(kind)?.max(recent.last().copied().unwrap_or_default());
        Ok(Some(Self { reader, kind, last, recent, read: RefCell::default() }))
    }

    /// The records that may hold a word; of those that changed lately all are among them.
    ///
    /// # Errors
    /// What the store says.
    pub fn find(&self, asked: &Asked) -> Result<Found> {
        let (mut sure, mut perhaps) = (Vec::new(), self.recent.clone());
        for way in &asked.ways {
            match way {
                Way::Grams(spans, true) => sure = union(&sure, &self.all(spans)?),
                Way::Grams(spans, false) => perhaps = union(&perhaps, &self.all(spans)?),
                Way::Sound(letters) => perhaps = union(&perhaps, &self.sounding(letters)?),
            }
        }
        if !sure.is_empty() {
            subtract(&mut sure, &self.recent);
            subtract(&mut perhaps, &sure);
        }
        Ok(Found { sure, perhaps })
    }

    /// The records whose names may begin with a text (folded), without those that changed lately.
    ///
    /// # Errors
    /// What the store says.
    pub fn beginning(&self, folded: &str) -> Result<Option<Rc<Vec<u64>>>> {
        gram::first_span(folded).map(|span| self.list(span)).transpose()
    }

    /// The records with a text that may end with this one (folded), without those that changed lately.
    ///
    /// # Errors
    /// What the store says.
    pub fn ending(&self, folded: &str) -> Result<Option<Rc<Vec<u64>>>> {
        gram::last_span(folded).map(|span| self.list(span)).transpose()
    }

    /// The records with a text in which a word begins like this (folded), without those that changed lately.
    ///
    /// # Errors
    /// What the store says.
    pub fn word_beginning(&self, folded: &str) -> Result<Option<Rc<Vec<u64>>>> {
        gram::word_span(folded).map(|span| self.list(span)).transpose()
    }

    /// The records that changed since the lists were written.
    pub fn recent(&self) -> &[u64] {
        &self.recent
    }

    fn all(&self, spans: &[Span]) -> Result<Vec<u64>> {
        let mut held: Option<Vec<u64>> = None;
        for span in spans {
            let list = self.list(*span)?;
            match &mut held {
                None => held = Some(list.to_vec()),
                Some(held) => intersect(held, &list),
            }
            if held.as_ref().is_some_and(Vec::is_empty) {
                break;
            }
        }
        Ok(held.unwrap_or_default())
    }

    fn list(&self, span: Span) -> Result<Rc<Vec<u64>>> {
        if let Some(list) = self.read.borrow().get(&span) {
            return Ok(Rc::clone(list));
        }
        let mut numbers = Vec::new();
        if span.from == span.to {
            list::scan(self.reader.raw(), self.kind, span, &mut |num| numbers.push(num))?;
        } else {
            let mut bits = vec![0_u64; self.last as usize / 64 + 1];
            list::scan(self.reader.raw(), self.kind, span, &mut |num| {
                if let Some(word) = bits.get_mut(num as usize / 64) {
                    *word |= 1 << (num % 64);
                }
            })?;
            for (at, word) in bits.into_iter().enumerate() {
                let mut rest = word;
                while rest != 0 {
                    numbers.push(at as u64 * 64 + u64::from(rest.trailing_zeros()));
                    rest &= rest - 1;
                }
            }
        }
        let list = Rc::new(numbers);
        self.read.borrow_mut().insert(span, Rc::clone(&list));
        Ok(list)
    }

    /// The records with names that may be typed like this, without those that changed lately: whatever the letters are
    /// split into, initials or syllables, the initials of characters that follow each other are letters of the query.
    ///
    /// # Errors
    /// What the store says.
    pub fn sounding(&self, letters: &str) -> Result<Vec<u64>> {
        // What may sound like the letters from each on; of the last one alone, everything that is reached.
        let letters = letters.get(..LETTERS).unwrap_or(letters);
        let mut from: Vec<Vec<u64>> = vec![Vec::new(); letters.len()];
        for at in (0..letters.len()).rev() {
            let rest = &letters[at..];
            let mut found = self.list(gram::syllable(rest))?.to_vec();
            for end in 1..rest.len().min(gram::LONGEST + 1) {
                let (first, next) = (letters.as_bytes()[at], letters.as_bytes()[at + end]);
                let mut these = self.list(gram::pair(first, next).into())?.to_vec();
                if these.is_empty() {
                    continue;
                }
                let unit = gram::syllable(&rest[..end]);
                match &rest[..end] {
                    "zh" | "ch" | "sh" => intersect(&mut these, &self.list(unit)?),
                    whole if whole.len() > 1 => intersect(&mut these, &self.list(unit.from.into())?),
                    _ => {}
                }
                if at + end + 1 < letters.len() {
                    intersect(&mut these, &from[at + end]);
                }
                found = union(&found, &these);
            }
            from[at] = found;
        }
        Ok(from.into_iter().next().unwrap_or_default())
    }
}

/// Keeps the numbers that both lists hold; both rise.
pub fn intersect(numbers: &mut Vec<u64>, others: &[u64]) {
    let mut rest = others;
    numbers.retain(|number| {
        // Where the other list is much longer, most of it is passed over.
        if rest.len() > 16 && rest[15] < *number {
            let step = rest.partition_point(|other| other < number);
            rest = &rest[step..];
        } else {
            while rest.first().is_some_and(|other| other < number) {
                rest = &rest[1..];
            }
        }
        rest.first() == Some(number)
    });
}

/// The numbers of either list; both rise.
pub fn union(a: &[u64], b: &[u64]) -> Vec<u64> {
    let (mut a, mut b) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    let mut both = Vec::with_capacity(a.len() + b.len());
    loop {
        match (a.peek(), b.peek()) {
            (Some(x), Some(y)) => {
                let least = *x.min(y);
                a.next_if_eq(&least);
                b.next_if_eq(&least);
                both.push(least);
            }
            (Some(_), None) => both.extend(&mut a),
            (None, Some(_)) => both.extend(&mut b),
            (None, None) => return both,
        }
    }
}

/// Takes out the numbers that the other list holds; both rise.
pub fn subtract(numbers: &mut Vec<u64>, others: &[u64]) {
    let mut others = others.iter().peekable();
    numbers.retain(|number| {
        while others.next_if(|other| *other < number).is_some() {}
        others.peek() != Some(&number)
    });
}
