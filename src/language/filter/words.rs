//! Words without a field: text to find in whatever fields a kind searches.

use crate::{
    domain::{FieldDef, Kind, Type, bytes, contact, words::phone},
    text::{fold_words, homophones::Sounds, pinyin},
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
    pub(crate) digits: Vec<String>,
    /// It is a telephone number, which may be written without what tells its country or its town.
    pub(crate) number: Option<String>,
    /// One typing error is forgiven.
    pub(crate) near: bool,
    /// How it sounds, where names are meant that sound alike.
    pub(crate) sounds: Option<Sounds>,
    /// The family name of somebody who is spoken of with a form of address: 王 of 王总.
    pub(crate) family: Option<String>,
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
            sounds: None,
            family: None,
            fields: kind.all_fields().filter(|def| def.search || def.name).collect(),
            folded,
        }
    }

    /// The same with one typing error forgiven, and for names that sound alike; nothing where the word is too short for
    /// either.
    pub fn nearly(&self) -> Option<Self> {
        let (near, sounds) = (near::is_long(&self.folded), Sounds::of(&self.folded));
        (near || sounds.is_some()).then(|| Self { near, sounds, ..self.clone() })
    }

    /// Also finds whoever has the family name in a form of address. That is for looking at, not for choosing what to
    /// change: a filter does not know it.
    pub fn find_family(&mut self) {
        if self.fields.iter().any(|def| **def == contact::SALUTATION.def()) {
            self.family = family(&self.folded);
        }
    }

    /// Whether a name that passes does so for its family name alone.
    pub fn is_only_family(&self, name: &str) -> bool {
        self.family.is_some() && !texts::contains(name, &self.folded)
    }

    /// The fields that it looks into.
    pub fn fields(&self) -> &[&'static FieldDef] {
        &self.fields
    }

    /// The text where it may be the sound of a Chinese name.
    pub fn letters(&self) -> Option<&str> {
        self.sound.as_deref()
    }

    /// Whether one of the fields holds the text.
    pub(crate) fn passes<'r>(&self, raw: impl Fn(&FieldDef) -> Option<&'r [u8]>) -> bool {
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
            || (def.name && !text.is_ascii() && self.sounds.as_ref().is_some_and(|sounds| sounds.are_in(text)))
            || (def.name && self.family.as_ref().is_some_and(|family| fold_words(text).starts_with(family.as_str())))
            || (self.sound.is_some() && def.name && !text.is_ascii() && pinyin::matches(&self.folded, text))
    }
}

/// The family name in a form of address: one or two characters before what people are called by.
fn family(folded: &str) -> Option<String> {
    const TITLES: [&str; 20] = [
        "总",
        "总监",
        "经理",
        "总经理",
        "董事长",
        "董",
        "主任",
        "老师",
        "教授",
        "医生",
        "大夫",
        "先生",
        "女士",
        "小姐",
        "老板",
        "工",
        "处长",
        "科长",
        "院长",
        "校长",
    ];
    let names = TITLES.iter().filter_map(|title| folded.strip_suffix(title));
    names
        .filter(|name| !name.is_ascii() && (1..=2).contains(&name.chars().count()))
        .min_by_key(|name| name.len())
        .map(str::to_owned)
}

fn letters(folded: &str) -> Option<String> {
    let sounds = folded.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
    let letters = folded.replace(' ', "");
    (sounds && !letters.is_empty()).then_some(letters)
}
