//! Bounds and ranges as they are said in one word, besides those with `到` and `至`: `1万以上`, `超过5万`, `mon-fri`.

use crate::{
    domain::{FieldDef, Type},
    language::syntax::{Lit, Pattern, Test},
};

use super::Resolver;

/// What a bound asks for.
#[derive(Clone, Copy)]
enum Bound {
    AtLeast,
    Over,
    AtMost,
    Under,
}

/// What stands before a number that is a bound; the longer word first where one begins with another.
const BEFORE: [(&str, Bound); 19] = [
    ("大于等于", Bound::AtLeast),
    ("大于", Bound::Over),
    ("超过", Bound::Over),
    ("高于", Bound::Over),
    ("多于", Bound::Over),
    ("至少", Bound::AtLeast),
    ("不少于", Bound::AtLeast),
    ("不低于", Bound::AtLeast),
    ("不小于", Bound::AtLeast),
    ("小于等于", Bound::AtMost),
    ("小于", Bound::Under),
    ("低于", Bound::Under),
    ("少于", Bound::Under),
    ("不到", Bound::Under),
    ("不足", Bound::Under),
    ("至多", Bound::AtMost),
    ("最多", Bound::AtMost),
    ("不超过", Bound::AtMost),
    ("不高于", Bound::AtMost),
];

/// What stands behind one.
const BEHIND: [(&str, Bound); 5] = [
    ("及以上", Bound::AtLeast),
    ("以上", Bound::AtLeast),
    ("及以下", Bound::AtMost),
    ("以下", Bound::AtMost),
    ("以内", Bound::AtMost),
];

/// What stands between two days, besides words.
const BETWEEN_DAYS: [char; 2] = ['~', '～'];

impl Resolver<'_> {
    /// The test that a value says which is none by itself.
    pub(super) fn said_bound(&self, def: &FieldDef, pattern: &Pattern) -> Option<Test> {
        let text = pattern.text.trim();
        match def.ty {
            ty if ty.is_number() => {
                let before = || BEFORE.iter().find_map(|(word, bound)| Some((text.strip_prefix(word)?, *bound)));
                let behind = || BEHIND.iter().find_map(|(word, bound)| Some((text.strip_suffix(word)?, *bound)));
                let (number, bound) = before().or_else(behind)?;
                let lit = Lit { text: number.trim().to_owned(), quoted: pattern.quoted, span: pattern.span };
                if self.reads(def, text) || !self.reads(def, &lit.text) {
                    return None;
                }
                Some(match bound {
                    Bound::AtLeast => Test::Range { from: Some(lit), to: None },
                    Bound::AtMost => Test::Range { from: None, to: Some(lit) },
                    Bound::Over => Test::Over(lit),
                    Bound::Under => Test::Under(lit),
                })
            }
            Type::Date | Type::Due | Type::Instant => {
                // A hyphen stands in dates too: between names of days and months it stands between two of them.
                let has_letters = |part: &str| part.chars().any(char::is_alphabetic);
                let (from, to) = text.split_once(BETWEEN_DAYS).or_else(|| {
                    text.split_once(['-', '－', '–', '—']).filter(|(from, to)| has_letters(from) && has_letters(to))
                })?;
                if self.reads(def, text) || !self.reads(def, from) || !self.reads(def, to) {
                    return None;
                }
                let lit = |text: &str| Lit { text: text.trim().to_owned(), quoted: pattern.quoted, span: pattern.span };
                Some(Test::Range { from: Some(lit(from)), to: Some(lit(to)) })
            }
            _ => None,
        }
    }
}
