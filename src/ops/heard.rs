//! What was understood of dates and amounts in words, to be told to a person who types them.

use std::cell::RefCell;

use crate::{
    domain::{
        FieldDef, Value,
        print::{self, View},
    },
    text::{Lang, Said, said},
};

use super::Context;

/// What was understood of what was said in words: `Due: Fri 2026-12-04, in 7 days`.
#[derive(Debug, Default)]
pub struct Heard(RefCell<Vec<Said>>);

impl Heard {
    /// Keeps what a date or an amount was understood as, where its text is no plain one.
    pub fn hear(&self, context: &Context, def: &FieldDef, text: &str, value: &Value) {
        if print::says_in_words(text, value) {
            let said =
                |lang| print::in_full(def, value, &View { lang, tz: context.tz, now: context.now, relative: false });
            self.add(said!(("{}: {}", def.en, said(Lang::En)), ("{}：{}", def.zh, said(Lang::Zh))));
        }
    }

    /// Keeps a sentence, once.
    pub fn add(&self, said: Said) {
        let mut list = self.0.borrow_mut();
        if !list.contains(&said) {
            list.push(said);
        }
    }

    /// All that was kept.
    pub fn into_list(self) -> Vec<Said> {
        self.0.into_inner()
    }
}
