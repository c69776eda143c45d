//! Choices in words.

use crate::{domain::field::Choice, text::Lang};

/// What a choice is called on a screen: in English its code, which is also what one types.
pub(super) fn label(choices: &'static [Choice], number: Option<u16>, lang: Lang) -> &'static str {
    let choice = number.and_then(|number| choices.get(usize::from(number)));
    choice.map_or("", |choice| lang.pick(choice.code, choice.zh))
}
