//! Looking up a word: the records that have all its grams.

use fixedbitset::FixedBitSet;

use crate::{domain::KindId, error::Result, store::Reader};

use super::{
    gram::{self, Span},
    list, recent,
};

/// A word as the lists are asked for it. Whatever holds the word passes one of its ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordQuery {
    ways: Vec<WordAlternative>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum WordAlternative {
    /// All these grams; whether nothing has them but what holds the word.
    Grams(Vec<Span>, bool),
    /// The sound of a name, begun to be typed like this.
    Sound(String),
}

/// So many letters of a sound are looked up; the rest is for the rows to say.
const LETTERS: usize = 24;

impl WordQuery {
    /// Texts that hold this one (folded); nothing where no list can tell.
    pub fn text(folded: &str) -> Option<Self> {
        let spans = gram::spans(folded);
        let exact = spans.len() == 1 && gram::tells_all(folded);
        (!spans.is_empty()).then(|| Self { ways: vec![WordAlternative::Grams(spans, exact)] })
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
            self.ways.push(WordAlternative::Grams(spans, false));
            self
        })
    }

    /// Or names that sound like these lower-case letters.
    #[must_use]
    pub fn or_sound(mut self, letters: &str) -> Self {
        self.ways.push(WordAlternative::Sound(letters.to_owned()));
        self
    }
}

/// So many numbers of several lists are sorted; more are marked in a set of bits.
const SORTED: usize = 4096;
/// A gram tells enough records apart that takes away one of so many.
const TELLING: usize = 16;

/// What the lists say of a word.
#[derive(Debug, Default, Clone)]
pub struct WordMatches {
    /// The records that hold it for certain, in rising order.
    pub sure: Vec<u64>,
    /// Others that may, in rising order.
    pub perhaps: Vec<u64>,
}

impl WordMatches {
    /// All of them, in rising order.
    pub fn all(self) -> Vec<u64> {
        either(self.sure, self.perhaps)
    }
}

/// The lists of one kind, and the records that changed since they were written.
pub struct ListReader<'r> {
    reader: Reader<'r>,
    kind: KindId,
    last: u64,
    recent: Vec<u64>,
}

impl<'r> ListReader<'r> {
    /// The lists that this reader sees; nothing where they tell too little to search by.
    ///
    /// # Errors
    /// What the store says.
    pub fn new(reader: Reader<'r>, kind: KindId) -> Result<Option<Self>> {
        let Some(recent) = recent::numbers(&reader, kind)? else { return Ok(None) };
        let last = reader.last_num(kind)?.max(recent.last().copied().unwrap_or_default());
        Ok(Some(Self { reader, kind, last, recent }))
    }

    /// The records that may hold a word; of those that changed lately all are among them.
    ///
    /// # Errors
    /// What the store says.
    pub fn find(&self, asked: &WordQuery) -> Result<WordMatches> {
        let (mut sure, mut perhaps) = (Vec::new(), self.recent.clone());
        for way in &asked.ways {
            match way {
                WordAlternative::Grams(spans, true) => sure = either(sure, self.all(spans)?),
                WordAlternative::Grams(spans, false) => perhaps = either(perhaps, self.all(spans)?),
                WordAlternative::Sound(letters) => perhaps = either(perhaps, self.sounding(letters)?),
            }
        }
        if !sure.is_empty() {
            subtract(&mut sure, &self.recent);
            subtract(&mut perhaps, &sure);
        }
        Ok(WordMatches { sure, perhaps })
    }

    /// Those of the numbers whose names may begin with a text (folded).
    ///
    /// # Errors
    /// What the store says.
    pub fn beginning(&self, folded: &str, numbers: &[u64]) -> Result<Vec<u64>> {
        self.among(gram::first_span(folded), numbers)
    }

    /// Those of the numbers with a text that may end with this one (folded).
    ///
    /// # Errors
    /// What the store says.
    pub fn ending(&self, folded: &str, numbers: &[u64]) -> Result<Vec<u64>> {
        self.among(gram::last_span(folded), numbers)
    }

    /// Those of the numbers with a text in which a word begins like this (folded).
    ///
    /// # Errors
    /// What the store says.
    pub fn word_beginning(&self, folded: &str, numbers: &[u64]) -> Result<Vec<u64>> {
        self.among(gram::word_span(folded), numbers)
    }

    /// Those of the numbers that a list holds; all of them where there is no list to tell.
    fn among(&self, span: Option<Span>, numbers: &[u64]) -> Result<Vec<u64>> {
        let mut among = numbers.to_vec();
        if let Some(span) = span {
            self.keep(&mut among, span)?;
        }
        Ok(among)
    }

    /// The records that changed since the lists were written.
    pub fn recent(&self) -> &[u64] {
        &self.recent
    }

    /// The records that have all these grams, and some that have most of them: a gram that tells hardly any records
    /// apart is the last that is asked for, because to look at those few is less than to read more lists.
    fn all(&self, spans: &[Span]) -> Result<Vec<u64>> {
        let mut spans = spans.iter();
        let Some(first) = spans.next() else { return Ok(Vec::new()) };
        let mut held = self.list(*first)?;
        // From the ends to the middle: grams that stand far apart say the most about each other.
        let mut at_end = true;
        while !held.is_empty()
            && let Some(span) = if at_end { spans.next_back() } else { spans.next() }
        {
            let before = held.len();
            self.keep(&mut held, *span)?;
            if held.len() > before - before / TELLING {
                break;
            }
            at_end = !at_end;
        }
        Ok(held)
    }

    /// Keeps the numbers that a list holds. The list of one gram is passed by as it is read.
    fn keep(&self, numbers: &mut Vec<u64>, span: Span) -> Result<()> {
        if span.from != span.to {
            intersect(numbers, &self.list(span)?);
            return Ok(());
        }
        let (mut at, mut kept) = (0, 0);
        list::scan(self.reader.raw(), self.kind, span, &mut |num| {
            while numbers.get(at).is_some_and(|number| *number < num) {
                at += 1;
            }
            if numbers.get(at) == Some(&num) {
                numbers[kept] = num;
                (at, kept) = (at + 1, kept + 1);
            }
        })?;
        numbers.truncate(kept);
        Ok(())
    }

    fn list(&self, span: Span) -> Result<Vec<u64>> {
        let (mut numbers, mut bits) = (Vec::new(), FixedBitSet::new());
        let several = span.from != span.to;
        list::scan(self.reader.raw(), self.kind, span, &mut |num| {
            if num > self.last {
                return;
            }
            if !bits.is_empty() {
                bits.insert(num as usize);
                return;
            }
            numbers.push(num);
            if several && numbers.len() > SORTED {
                bits.grow(self.last as usize + 1);
                numbers.drain(..).for_each(|num| bits.insert(num as usize));
            }
        })?;
        if several {
            numbers.sort_unstable();
            numbers.dedup();
            numbers.extend(bits.ones().map(|num| num as u64));
        }
        Ok(numbers)
    }

    /// The records with names that may be typed like this, without those that changed lately: whatever the letters are
    /// split into, initials or syllables, the initials of characters that follow each other are letters of the query.
    ///
    /// # Errors
    /// What the store says.
    pub fn sounding(&self, letters: &str) -> Result<Vec<u64>> {
        // What may sound like the letters from each on. Behind others the last one alone is of no account: everything
        // that is reached may go on with it.
        let letters = letters.get(..LETTERS).unwrap_or(letters);
        let mut from: Vec<Vec<u64>> = vec![Vec::new(); letters.len()];
        for at in (0..letters.len()).rev().filter(|at| *at == 0 || at + 1 < letters.len()) {
            let rest = &letters[at..];
            let mut found = self.list(gram::syllable(rest))?;
            for end in 1..rest.len().min(gram::LONGEST + 1) {
                let is_followed = at + end + 1 < letters.len();
                if is_followed && from[at + end].is_empty() {
                    continue;
                }
                let (first, next) = (letters.as_bytes()[at], letters.as_bytes()[at + end]);
                let mut these = self.list(gram::pair(first, next).into())?;
                if these.is_empty() {
                    continue;
                }
                let unit = gram::syllable(&rest[..end]);
                match &rest[..end] {
                    "zh" | "ch" | "sh" => self.keep(&mut these, unit)?,
                    whole if whole.len() > 1 => self.keep(&mut these, unit.from.into())?,
                    _ => {}
                }
                if is_followed {
                    intersect(&mut these, &from[at + end]);
                }
                found = either(found, these);
            }
            from[at] = found;
        }
        Ok(from.into_iter().next().unwrap_or_default())
    }
}

/// Keeps the numbers that both lists hold; both rise.
pub fn intersect(numbers: &mut Vec<u64>, others: &[u64]) {
    if others.is_empty() {
        return numbers.clear();
    }
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

/// The numbers of either list; both rise. One that is alone is not copied.
fn either(a: Vec<u64>, b: Vec<u64>) -> Vec<u64> {
    match (a.is_empty(), b.is_empty()) {
        (true, _) => b,
        (_, true) => a,
        _ => union(&a, &b),
    }
}

/// The numbers of either list; both rise.
pub fn union(a: &[u64], b: &[u64]) -> Vec<u64> {
    if a.is_empty() || b.is_empty() {
        return [a, b].concat();
    }
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
    if others.is_empty() {
        return;
    }
    let mut others = others.iter().peekable();
    numbers.retain(|number| {
        while others.next_if(|other| *other < number).is_some() {}
        others.peek() != Some(&number)
    });
}
