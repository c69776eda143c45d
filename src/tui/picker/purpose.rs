//! What becomes of an answer.

use super::PickedChoices;

/// What stands for the answer in the words of [`PickerPurpose::Words`].
const SLOT: &str = "{}";

/// What becomes of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PickerPurpose {
    /// These words are run, the answer in the place of `{}`; several are parted by commas. Words without a place for
    /// it get the answer at their end.
    Words(Vec<String>),
    /// It is put into the field of the cursor of the form that is open.
    Field,
    /// This action of the screen is done with the answer as the word that follows it, several parted by commas; what
    /// is to become a new one is an answer too.
    Screen(&'static str),
}

impl PickerPurpose {
    /// Words to be run, the answer in the place of `{}`.
    pub fn words(words: &[&str]) -> Self {
        Self::Words(words.iter().map(|word| (*word).to_owned()).collect())
    }

    /// The words with the answer in its place.
    pub fn filled(words: &[String], picked: &PickedChoices) -> Vec<String> {
        if words.iter().any(|word| word.contains(SLOT)) {
            let answer = picked.values.join(",");
            return words.iter().map(|word| word.replace(SLOT, &answer)).collect();
        }
        words.iter().chain(&picked.values).cloned().collect()
    }
}
