//! What a pane is to show.

use crate::{
    ops::pane::Whose,
    text::{fold, fold_cow, pinyin},
};

/// Whose records, and which of them.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Whose.
    pub whose: Whose,
    /// Words that narrow the rows as they are typed; empty for all.
    pub filter: String,
}

impl Wish {
    /// The words, ready to be looked for.
    pub(super) fn narrow(&self) -> Narrow {
        Narrow(fold(&self.filter).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect())
    }
}

/// Words that must all be found.
pub(super) struct Narrow(Vec<String>);

impl Narrow {
    /// Whether there is nothing to look for.
    pub(super) fn is_open(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether each word stands in one of the texts, as written or by its sound.
    pub(super) fn keeps(&self, texts: &[&str]) -> bool {
        self.0
            .iter()
            .all(|word| texts.iter().any(|text| fold_cow(text).contains(word.as_str()) || pinyin::matches(word, text)))
    }
}

#[test]
fn every_word_is_found_somewhere() {
    let keeps = |words: &str| {
        Narrow(fold(words).split(' ').map(str::to_owned).collect()).keeps(&["Send Quote", "上海华盛科技"])
    };
    assert!(keeps("quote") && keeps("QUO 上海") && keeps("shanghai") && keeps("shhs send"));
    assert!(!keeps("quote 北京"));
}
