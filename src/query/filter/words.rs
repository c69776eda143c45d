//! Words without a field: text to find in whatever fields a kind searches.

use crate::{
    domain::{FieldDef, Kind, Type, bytes, words::phone},
    store::search::Asked,
    text::{fold_words, pinyin},
};

use super::{check, near, texts};

/// Fewer digits than this are found in far too many telephone numbers.
const FEWEST_DIGITS: usize = 3;

/// Text to find in the searched fields of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordTest {
    folded: String,
    /// Its letters where it may be the sound of a Chinese name: spaces part syllables, which lists do not tell.
    sound: Option<String>,
    /// It may be part of a telephone number, in each of these spellings.
    digits: Vec<String>,
    /// It is a telephone number, which may be written without what tells its country or its town.
    number: Option<String>,
    /// One typing error is forgiven.
    near: bool,
    fields: Vec<&'static FieldDef>,
}

impl WordTest {
    /// Looks for a text, folded and as one piece.
    pub fn new(kind: &'static Kind, text: &str) -> Self {
        let folded = fold_words(text).into_owned();
        let number = phone::normalize(text);
        let mut digits = vec![number.clone().unwrap_or_default()];
        if folded.starts_with("00") {
            // The prefix of a call abroad, or the last digits of a number.
            digits.push(folded.chars().filter(char::is_ascii_digit).collect());
        }
        digits.retain(|digits| digits.len() >= FEWEST_DIGITS);
        Self {
            sound: letters(&folded),
            number: number.filter(|number| phone::is_whole(number)),
            digits,
            near: false,
            fields: kind.all_fields().filter(|def| def.search || def.name).collect(),
            folded,
        }
    }

    /// The same with one typing error forgiven; nothing where the word is too short for that.
    pub fn nearly(&self) -> Option<Self> {
        near::is_long(&self.folded).then(|| Self { near: true, ..self.clone() })
    }

    /// The fields that it looks into.
    pub fn fields(&self) -> &[&'static FieldDef] {
        &self.fields
    }

    /// How the lists of the store are asked for it; nothing where they cannot tell.
    pub fn asked(&self) -> Option<Asked> {
        let mut asked = Asked::text(&self.folded)?;
        for digits in &self.digits {
            asked = asked.or_text(digits)?;
        }
        if let Some(number) = &self.number {
            asked = asked.or_part(&phone::shared_digits(number))?;
        }
        if self.near {
            for part in near::parts(&self.folded) {
                asked = asked.or_part(&part)?;
            }
        }
        Some(match self.letters() {
            Some(letters) => asked.or_sound(letters),
            None => asked,
        })
    }

    /// The text where it may be the sound of a Chinese name.
    pub fn letters(&self) -> Option<&str> {
        self.sound.as_deref()
    }

    /// Whether one of the fields holds the text.
    pub(in crate::query) fn passes<'r>(&self, raw: impl Fn(&FieldDef) -> Option<&'r [u8]>) -> bool {
        self.fields.iter().any(|def| raw(def).is_some_and(|stored| self.passes_field(def, stored)))
    }

    /// Whether a stored field holds the text, a list in one of its items.
    pub fn passes_field(&self, def: &FieldDef, stored: &[u8]) -> bool {
        if def.many {
            bytes::items(stored).any(|item| self.passes_one(def, item))
        } else {
            self.passes_one(def, stored)
        }
    }

    /// The text, folded.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether one value, or one item of a list, holds the text.
    pub fn passes_one(&self, def: &FieldDef, stored: &[u8]) -> bool {
        let Some(text) = check::text_of(def.ty, stored) else { return false };
        texts::contains(text, &self.folded)
            || (def.ty == Type::Phone && !self.digits.is_empty() && {
                let held = check::digits(text);
                self.digits.iter().any(|part| held.contains(part.as_str()))
                    || self.number.as_ref().is_some_and(|number| phone::same(&held, number))
            })
            || (self.near && near::begins_nearly(&fold_words(text), &self.folded))
            || (self.sound.is_some() && def.name && !text.is_ascii() && pinyin::matches(&self.folded, text))
    }
}

fn letters(folded: &str) -> Option<String> {
    let sounds = folded.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
    let letters = folded.replace(' ', "");
    (sounds && !letters.is_empty()).then_some(letters)
}
