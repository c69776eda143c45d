//! Grams: the small pieces of text by which records are found.
//!
//! Text is folded, Chinese simplified, apostrophes taken out; what is neither letter nor digit is a boundary, and several
//! boundaries are one. Every field begins after a boundary and has an end, and a gram begins at each of its places:
//!
//! | gram | stands for |
//! | --- | --- |
//! | three of `a-z 0-9`, boundary, end | Latin text; a boundary in front is the start of a word |
//! | two characters | where the first, or what follows a boundary, is of another script |
//! | either of them, marked | the same at the beginning of a name |
//! | two initials | the sound of two characters of a name that follow each other |
//! | a syllable | the sound of one character of a name |
//!
//! A query of fewer characters than a gram has is a range of grams. Whatever holds a text has all the grams of that
//! text, so that the records to look at are those that have them; that they hold the text is for their rows to say.

use std::collections::HashMap;

use crate::text::{fold_as_written, fold_words, pinyin};

/// A gram as a number: what it is in the highest of seven bytes, then its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gram(pub u64);

/// The classes of grams: what stands in the highest byte.
const NARROW: u64 = 0;
const WIDE: u64 = 1 << 48;
/// Added to either of them at the beginning of a name.
const FIRST: u64 = 2 << 48;
const PAIR: u64 = 4 << 48;
const SYLLABLE: u64 = 5 << 48;

/// What the places of a text hold: the end, a boundary, `a-z`, `0-9`, and characters of other scripts beyond.
const END: u32 = 0;
const BOUNDARY: u32 = 1;
const LETTERS: u32 = 2;
const DIGITS: u32 = LETTERS + 26;
const OTHER: u32 = DIGITS + 10;
const SYMBOLS: u64 = OTHER as u64 + 1;

/// Narrow grams are numbers below this one: few enough for a table.
pub const NARROW_GRAMS: usize = (SYMBOLS * SYMBOLS * SYMBOLS) as usize;

/// A run of grams: from the one to the other, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first.
    pub from: Gram,
    /// The last.
    pub to: Gram,
}

impl From<Gram> for Span {
    fn from(gram: Gram) -> Self {
        Self { from: gram, to: gram }
    }
}

const fn narrow(a: u32, b: u32, c: u32) -> u64 {
    const fn one(symbol: u32) -> u64 {
        if symbol > OTHER { OTHER as u64 } else { symbol as u64 }
    }
    (one(a) * SYMBOLS + one(b)) * SYMBOLS + one(c)
}

const fn wide(a: u32, b: u32) -> u64 {
    (a as u64) << 24 | b as u64
}

/// The gram that begins at a place, given what it and the two places behind it hold; none at a last boundary.
const fn at_place(a: u32, b: u32, c: u32) -> Option<Gram> {
    if a == BOUNDARY && b == END {
        None
    } else if a > OTHER || (a == BOUNDARY && b > OTHER) {
        Some(Gram(WIDE | wide(a, b)))
    } else {
        Some(Gram(NARROW | narrow(a, b, c)))
    }
}

fn symbol(c: char) -> u32 {
    match c {
        'a'..='z' => LETTERS + (c as u32 - 'a' as u32),
        'A'..='Z' => LETTERS + (c as u32 - 'A' as u32),
        '0'..='9' => DIGITS + (c as u32 - '0' as u32),
        c if c.is_ascii() => BOUNDARY,
        c if c.is_alphanumeric() => OTHER + 1 + c as u32,
        _ => BOUNDARY,
    }
}

/// Buffers that outlive a text.
#[derive(Default)]
pub struct Scratch {
    places: Vec<u32>,
    sounds: Sounds,
}

/// Appends what the places of a text hold. Lower-casing is done here, so that ASCII needs no folding.
fn put_places(places: &mut Vec<u32>, text: &str) {
    let mut put = |symbol: u32| {
        if symbol != BOUNDARY || places.last() != Some(&BOUNDARY) {
            places.push(symbol);
        }
    };
    if text.is_ascii() {
        text.bytes().filter(|byte| !matches!(byte, b'\'' | b'`')).for_each(|byte| put(symbol(char::from(byte))));
    } else {
        fold_words(text).chars().for_each(|c| put(symbol(c)));
    }
}

/// Gives every gram of a text; of a name, those of its beginning and its sound too.
pub fn of_text(text: &str, name: bool, scratch: &mut Scratch, sink: &mut impl FnMut(Gram)) {
    let places = &mut scratch.places;
    places.clear();
    places.push(BOUNDARY);
    put_places(places, text);
    let length = places.len();
    places.extend([END, END]);
    for at in 0..length {
        if let Some(gram) = at_place(places[at], places[at + 1], places[at + 2]) {
            sink(gram);
        }
    }
    if name {
        if let Some(gram) = at_place(places[1], places[2], places.get(3).copied().unwrap_or(END)).filter(|_| length > 1)
        {
            sink(at_beginning(gram));
        }
        if !text.is_ascii() {
            scratch.sounds.each(&fold_as_written(text), sink);
        }
    }
}

/// The same gram at the beginning of a name.
const fn at_beginning(gram: Gram) -> Gram {
    Gram(gram.0 | FIRST)
}

/// The grams that every text has which holds this one (folded); none for a text of boundaries only.
pub fn spans(text: &str) -> Vec<Span> {
    let mut places = Vec::new();
    put_places(&mut places, text);
    let mut spans = Vec::new();
    for at in 0..places.len() {
        let known = &places[at..places.len().min(at + 3)];
        match *known {
            // All that such a gram says is told by others already, unless it is the only one.
            [a] | [a, _] if a <= OTHER && places.len() > 2 => {}
            [BOUNDARY] => {}
            // The place before tells which character this is.
            [_] if at > 0 && (places[at - 1] > OTHER || places[at - 1] == BOUNDARY) => {}
            _ => spans.extend(span(known, NARROW)),
        }
    }
    spans
}

/// Whether a text that has the one gram of this text (folded) holds it for certain: letters, because digits and what
/// stands between them are looked at in telephone numbers in their own way.
pub fn tells_all(text: &str) -> bool {
    let mut others = text.chars().map(|c| symbol(c) > OTHER);
    let narrow = text.bytes().all(|byte| byte.is_ascii_lowercase()) && text != "x";
    narrow || (others.next() == Some(true) && text.chars().all(|c| symbol(c) != BOUNDARY))
}

/// The grams of names that begin with a text (folded).
pub fn first_span(text: &str) -> Option<Span> {
    let mut places = Vec::new();
    put_places(&mut places, text);
    let start = usize::from(places.first() == Some(&BOUNDARY));
    span(&places[start..places.len().min(start + 3)], FIRST)
}

/// The grams of texts that end with a text (folded).
pub fn last_span(text: &str) -> Option<Span> {
    let mut places = vec![BOUNDARY];
    put_places(&mut places, text);
    let wide = places.len() > 1 && places.last().is_some_and(|last| *last > OTHER);
    places.push(END);
    span(&places[places.len().saturating_sub(if wide { 2 } else { 3 })..], NARROW)
}

/// The grams of texts in which a word begins with this one (folded).
pub fn word_span(text: &str) -> Option<Span> {
    let mut places = vec![BOUNDARY];
    put_places(&mut places, text);
    if places.len() < 2 {
        return None;
    }
    span(&places[..places.len().min(3)], NARROW)
}

/// The grams that begin with what these places hold.
fn span(places: &[u32], class: u64) -> Option<Span> {
    let whole = |from: u64, count: u64| Span { from: Gram(from | class), to: Gram((from + count - 1) | class) };
    match *places {
        [a, b, ..] if a > OTHER || (a == BOUNDARY && b > OTHER) => Some(whole(WIDE | wide(a, b), 1)),
        [a] if a > OTHER => Some(whole(WIDE | wide(a, 0), 1 << 24)),
        [a, b, c] => Some(whole(narrow(a, b, c), 1)),
        [a, b] => Some(whole(narrow(a, b, 0), SYMBOLS)),
        [a] => Some(whole(narrow(a, 0, 0), SYMBOLS * SYMBOLS)),
        _ => None,
    }
}

/// How one character of a name may be begun to be typed, and the syllables that it may be.
#[derive(Default)]
struct Sound {
    letters: Vec<u8>,
    syllables: Vec<Gram>,
}

impl Sound {
    fn of(c: char) -> Self {
        let mut sound = Self::default();
        if c.is_ascii_lowercase() {
            sound.letters.push(c as u8);
            return sound;
        }
        for letters in pinyin::syllables(c) {
            sound.letters.extend(letters.bytes().next().filter(|letter| !sound.letters.contains(letter)));
            sound.syllables.push(syllable(letters).from);
        }
        sound
    }
}

/// The sounds of characters, remembered: names are made of few.
#[derive(Default)]
struct Sounds {
    known: Vec<Sound>,
    places: HashMap<char, usize>,
}

impl Sounds {
    fn place(&mut self, c: char) -> usize {
        *self.places.entry(c).or_insert_with(|| {
            self.known.push(Sound::of(c));
            self.known.len() - 1
        })
    }

    fn each(&mut self, folded: &str, sink: &mut impl FnMut(Gram)) {
        let mut before: Option<usize> = None;
        for c in folded.chars().filter(|c| c.is_alphanumeric()) {
            let place = self.place(c);
            let sound = &self.known[place];
            sound.syllables.iter().for_each(|syllable| sink(*syllable));
            for first in before.iter().flat_map(|before| &self.known[*before].letters) {
                sound.letters.iter().for_each(|second| sink(pair(*first, *second)));
            }
            before = Some(place);
        }
    }
}

/// Two initials that follow each other.
pub const fn pair(first: u8, second: u8) -> Gram {
    Gram(PAIR | (first as u64) << 8 | second as u64)
}

/// The longest syllable is `zhuang`.
pub const LONGEST: usize = 6;

/// A whole syllable, and all that begin with these letters.
pub fn syllable(letters: &str) -> Span {
    let held = letters.bytes().take(LONGEST).fold(0, |held, letter| held << 8 | u64::from(letter));
    let room = 8 * LONGEST.saturating_sub(letters.len());
    Span { from: Gram(SYLLABLE | held << room), to: Gram(SYLLABLE | held << room | ((1 << room) - 1)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{fold, fold_words};

    fn grams(text: &str, name: bool) -> Vec<Gram> {
        let mut grams = Vec::new();
        of_text(text, name, &mut Scratch::default(), &mut |gram| grams.push(gram));
        grams
    }

    fn has(text: &str, span: Span) -> bool {
        grams(text, true).iter().any(|gram| (span.from..=span.to).contains(gram))
    }

    #[test]
    fn each_place_begins_one() {
        assert_eq!(grams("Harbor", false).len(), 7, "six letters and the start of a word");
        assert_eq!(grams("上海贸易", false).len(), 5);
        assert_eq!(grams("a--b", false), grams(" A b", false));
        assert_eq!(grams("", true), []);
        assert_eq!(grams("-", true), []);
    }

    #[test]
    fn short_and_long_words_ask_for_what_texts_have() {
        let table = [
            ("har", "Blue Harbor", true),
            ("or", "Blue Harbor", true),
            ("r", "Blue Harbor", true),
            ("e h", "Blue Harbor", true),
            ("e-h", "Blue Harbor", true),
            ("rb", "Blue Habor", false),
            ("海", "上海贸易", true),
            ("易", "上海贸易", true),
            ("上海", "上海贸易", true),
            ("海上", "上海贸易", false),
            ("a上", "a上海", true),
            ("上a", "上a海", true),
            ("8", "8000", true),
            ("00", "8000", true),
            ("müller", "Café MÜLLER", true),
            ("obrien", "O'Brien", true),
            ("o'brien", "O’Brien 上海", true),
            ("darcy", "Mr D`Arcy", true),
            ("贸易", "上海貿易", true),
            ("貿易", "上海贸易", true),
        ];
        for (word, text, found) in table {
            let spans = spans(&fold(word));
            assert!(!spans.is_empty(), "{word}");
            assert_eq!(spans.iter().all(|span| has(text, *span)), found, "{word} in {text}");
        }
        assert!(spans("--").is_empty());
    }

    #[test]
    fn beginnings_of_names_and_of_words() {
        for (word, text, first, begins) in [
            ("bl", "Blue Harbor", true, true),
            ("har", "Blue Harbor", false, true),
            ("arb", "Blue Harbor", false, false),
            ("上", "上海 贸易", true, true),
            ("贸", "上海 贸易", false, true),
            ("海", "上海 贸易", false, false),
        ] {
            assert!(has(text, last_span(text).unwrap()) && !has(text, last_span(word).unwrap()));
            assert_eq!(has(text, first_span(word).unwrap()), first, "{word} in {text}");
            assert_eq!(has(text, word_span(word).unwrap()), begins, "{word} in {text}");
        }
    }

    #[test]
    fn names_have_a_sound() {
        assert!(has("张三", pair(b'z', b's').into()) && has("ACME上海", pair(b'e', b's').into()));
        assert!(has("张三", Gram(syllable("zhang").from.0).into()) && has("张三", syllable("zh")));
        assert!(!has("张三", pair(b's', b'z').into()) && !has("张三", syllable("zha").from.into()));
        assert!(has("吕布", syllable("lu").from.into()) && has("吕布", syllable("lv").from.into()));
    }

    proptest! {
        #[test]
        fn what_holds_a_text_has_its_grams(text in "[ a-cA-C0-1上海张。é'’-]{0,10}", from in 0..10_usize, length in 1..6_usize) {
            let folded = fold_words(&text).into_owned();
            let part: String = folded.chars().skip(from).take(length).collect();
            for span in spans(&part) {
                prop_assert!(has(&text, span), "{part:?} in {text:?}");
            }
            if let Some(span) = first_span(&folded).filter(|_| folded.chars().next().is_some_and(char::is_alphanumeric)) {
                prop_assert!(has(&text, span));
            }
        }
    }
}
