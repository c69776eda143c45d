//! Values as people write them, in English and Chinese: numbers, money, dates, periods, durations, phones.
//!
//! Each file parses one kind of value and prints it back. Nothing here reads a clock or a setting: what time it is and
//! where, on which day a week begins and which currency a bare number has are arguments.

pub mod calendar;
pub(in crate::domain) mod chinese;
pub mod duration;
pub mod figures;
pub mod money;
pub mod number;
pub mod period;
pub mod phone;
pub mod registered;
mod span;
pub mod when;
pub mod year_day;

use crate::{error::Error, text::Said};

/// Why a text is not such a value, and how it could be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsError {
    /// What is wrong, in a sentence that quotes the text.
    pub message: Said,
    /// A spelling that works, if one can be given.
    pub hint: Option<Said>,
}

/// `Result` with a [`WordsError`].
pub type Result<T> = std::result::Result<T, WordsError>;

impl WordsError {
    fn new(message: Said) -> Self {
        Self { message, hint: None }
    }

    fn hint(mut self, hint: Said) -> Self {
        self.hint = Some(hint);
        self
    }

    /// With a hint in the place of any other.
    #[must_use]
    pub fn with_hint(self, hint: Said) -> Self {
        self.hint(hint)
    }

    /// With a hint where there is none yet.
    #[must_use]
    pub fn or_hint(mut self, hint: Said) -> Self {
        self.hint.get_or_insert(hint);
        self
    }
}

impl WordsError {
    /// The error of an option or of the shape of a command, where [`Error::from`] is that of a value.
    pub fn usage(self) -> Error {
        Error::usage(self.message).hint_of(self.hint.as_ref())
    }
}

impl From<WordsError> for Error {
    fn from(error: WordsError) -> Self {
        Self::invalid(error.message).hint_of(error.hint.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        error::ErrorKind,
        text::{Lang, said},
    };

    #[test]
    fn a_bad_value_is_invalid_and_keeps_its_hint() {
        let error = Error::from(WordsError::new(said!("'x' is not a number", "“x”不是数字")).hint(Said::same("10k")));
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert_eq!((&*error.message(Lang::Zh), error.next_step(Lang::Zh)), ("“x”不是数字", Some("10k")));
    }
}
