//! Values as people write them, in English and Chinese: numbers, money, dates, periods, durations, phones.
//!
//! Each file parses one kind of value and prints it back. Nothing here reads a clock or a setting: what time it is and
//! where, on which day a week begins and which currency a bare number has are arguments.

pub mod calendar;
pub mod duration;
pub mod money;
pub mod number;
pub mod period;
pub mod phone;
pub mod when;

use std::fmt;

use crate::error::Error;

/// Why a text is not such a value, and how it could be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsError {
    /// What is wrong, in a sentence that quotes the text.
    pub message: String,
    /// A spelling that works, if one can be given.
    pub hint: Option<String>,
}

/// `Result` with a [`WordsError`].
pub type Result<T> = std::result::Result<T, WordsError>;

impl WordsError {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for WordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for WordsError {}

impl From<WordsError> for Error {
    fn from(error: WordsError) -> Self {
        let invalid = Self::invalid(error.message);
        match error.hint {
            Some(hint) => invalid.hint(hint),
            None => invalid,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn a_bad_value_is_invalid_and_keeps_its_hint() {
        let error = Error::from(WordsError::new("'x' is not a number").hint("write 10k"));
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert_eq!((error.message(), error.next_step()), ("'x' is not a number", Some("write 10k")));
    }
}
