//! The one error that reaches a user: what kind it is, what happened, and what to do next.
//!
//! Lower layers keep small enums about their own world; each converts into this type in its own module, so the exit
//! code of a failure is decided where the failure is understood.
//!
//! An error is made where nobody knows who will read it, so it holds its sentences in both languages ([`Said`]), and
//! whoever shows it says which. There is no `Display`: it could not ask.

use std::ops::ControlFlow;

use crate::text::{Lang, Said, brief};

/// What went wrong, as far as the caller's next step is concerned. Each kind has one exit code and one machine code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// Something failed that the arguments did not cause: a file cannot be read, there is nothing to undo.
    Failure,
    /// The command line cannot be understood: unknown word, field, filter, option.
    Usage,
    /// No record answers to that name.
    NotFound,
    /// More than one record answers to that name.
    Ambiguous,
    /// A value or a change that the rules forbid.
    Invalid,
    /// Somebody else changed the same thing since.
    Conflict,
    /// Another process holds the store for longer than the wait allows.
    Busy,
    /// Some records failed, others were done (`--keep-going`, `--skip-errors`).
    Partial,
    /// The person said no at a prompt.
    Declined,
    /// The person interrupted the command.
    Interrupted,
    /// The reader of our output went away; nothing is printed.
    BrokenPipe,
}

impl ErrorKind {
    /// The process exit status.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::BrokenPipe => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::NotFound | Self::Ambiguous => 3,
            Self::Invalid | Self::Conflict => 4,
            Self::Busy => 5,
            Self::Partial => 6,
            Self::Declined => 7,
            Self::Interrupted => 130,
        }
    }

    /// The stable word for it in JSON errors.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::NotFound => "not_found",
            Self::Ambiguous => "ambiguous",
            Self::Invalid => "invalid",
            Self::Conflict => "conflict",
            Self::Busy => "busy",
            Self::Partial => "partial",
            Self::Declined => "declined",
            Self::Interrupted => "interrupted",
            Self::BrokenPipe => "broken_pipe",
        }
    }
}

/// An error as a person reads it: one line of what happened, and a hint at the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    place: ErrorLocation,
    what: Said,
    hint: Option<Said>,
    /// The hint is a name that may have been meant.
    guesses: bool,
}

/// What an error is about, from the outside in: `line 3`, `C-9 name`. It is kept as values, so that whoever handles an
/// error asks which record and which field it is about, and reads no sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorLocation(Vec<LocationPart>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum LocationPart {
    /// A file, an option, a view.
    Words(Said),
    /// A line of a file, by its number.
    Line(u64),
    /// A record: the byte of its kind, its number, and the id that stands for both.
    Record(u8, u64, Box<str>),
    /// A field: its code in English, its label in Chinese.
    Field(Said),
}

impl ErrorLocation {
    /// A line of a file, counted from 1.
    pub fn line(number: u64) -> Self {
        Self(vec![LocationPart::Line(number)])
    }

    /// A record, by the byte of its kind, its number, and its id in words.
    pub fn record(kind: u8, num: u64, id: impl Into<String>) -> Self {
        Self(vec![LocationPart::Record(kind, num, id.into().into_boxed_str())])
    }

    /// A field, by its code and its Chinese label.
    pub fn field(code: &str, zh: &str) -> Self {
        Self(vec![LocationPart::Field(Said::new(code, zh))])
    }

    /// This one, and within it another.
    #[must_use]
    pub fn then(mut self, inner: impl Into<Self>) -> Self {
        self.0.extend(inner.into().0);
        self
    }

    /// The place in words, without the message; `None` where nothing was told.
    fn say(&self, lang: Lang) -> Option<String> {
        let mut said = String::new();
        for (at, part) in self.0.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &self.0[before]);
            match (before, part) {
                (None, _) => {}
                (Some(LocationPart::Record(..)), LocationPart::Field(_)) => said.push(' '),
                (Some(LocationPart::Line(_)), LocationPart::Field(_)) => said.push_str(lang.pick(", ", "，")),
                _ => said.push_str(lang.pick(": ", "：")),
            }
            match part {
                LocationPart::Words(words) | LocationPart::Field(words) => said.push_str(words.get(lang)),
                LocationPart::Record(_, _, id) => said.push_str(id),
                LocationPart::Line(number) => {
                    said.push_str(&lang.pick(format!("line {number}"), format!("第 {number} 行")))
                }
            }
        }
        (!self.0.is_empty()).then_some(said)
    }
}

impl From<Said> for ErrorLocation {
    fn from(words: Said) -> Self {
        Self(vec![LocationPart::Words(shortened(words))])
    }
}

fn shortened(said: Said) -> Said {
    match said.both() {
        (en, zh) if brief(en).len() == en.len() && brief(zh).len() == zh.len() => said,
        _ => said.map(|text| brief(text).into_owned()),
    }
}

/// `Result` with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! constructors {
    ($($name:ident => $kind:ident),* $(,)?) => {$(
        #[doc = concat!("An error of kind [`ErrorKind::", stringify!($kind), "`].")]
        pub fn $name(what: Said) -> Self {
            Self::new(ErrorKind::$kind, what)
        }
    )*};
}

impl Error {
    /// An error of this kind without a hint. What it echoes of a long text is cut in its middle, as in hint and place.
    pub fn new(kind: ErrorKind, what: Said) -> Self {
        Self(Box::new(Inner {
            kind,
            place: ErrorLocation::default(),
            what: shortened(what),
            hint: None,
            guesses: false,
        }))
    }

    constructors! {
        failure => Failure, usage => Usage, not_found => NotFound, ambiguous => Ambiguous, invalid => Invalid,
        conflict => Conflict, busy => Busy, partial => Partial,
    }

    /// The same error with the next step to take.
    #[must_use]
    pub fn hint(mut self, hint: Said) -> Self {
        self.0.hint = Some(shortened(hint));
        self.0.guesses = false;
        self
    }

    /// The same error with the name that may have been meant as its hint.
    #[must_use]
    pub fn did_you_mean(self, name: impl std::fmt::Display) -> Self {
        self.guess(Said::did_you_mean(name))
    }

    /// The same error with a hint that guesses what was meant.
    #[must_use]
    pub fn guess(self, hint: Said) -> Self {
        let mut error = self.hint(hint);
        error.0.guesses = true;
        error
    }

    /// The same error with the hint of another, which may have none.
    #[must_use]
    pub fn hint_of(mut self, hint: Option<&Said>) -> Self {
        self.0.hint = hint.cloned();
        self.0.guesses = false;
        self
    }

    /// The same error with a hint, unless it already has one.
    #[must_use]
    pub fn hint_if_none(self, hint: impl FnOnce() -> Said) -> Self {
        if self.0.hint.is_some() { self } else { self.hint(hint()) }
    }

    /// The same error with `place: ` in front of its message: a line, a record, a field, a file.
    #[must_use]
    pub fn at(mut self, place: impl Into<ErrorLocation>) -> Self {
        self.0.place = place.into().then(std::mem::take(&mut self.0.place));
        self
    }

    /// The same error with another place instead of the record that it is about: the line that the record comes from.
    #[must_use]
    pub fn instead_of_record(mut self, place: impl Into<ErrorLocation>) -> Self {
        let parts = &mut self.0.place.0;
        if let Some(at) = parts.iter().position(|part| matches!(part, LocationPart::Record(..))) {
            parts.splice(at..=at, place.into().0);
        }
        self
    }

    /// The same error where it is about what stands in a file: that is no fault of the command line.
    #[must_use]
    pub fn of_content(mut self) -> Self {
        if self.0.kind == ErrorKind::Usage {
            self.0.kind = ErrorKind::Invalid;
        }
        self
    }

    /// Its kind.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The record that it is about, where that was told: the byte of its kind and its number.
    pub fn record(&self) -> Option<(u8, u64)> {
        self.0.place.0.iter().find_map(|part| match part {
            LocationPart::Record(kind, num, _) => Some((*kind, *num)),
            _ => None,
        })
    }

    /// The field that it is about, where that was told: its code in English, its label in Chinese.
    pub fn field(&self) -> Option<&Said> {
        self.0.place.0.iter().rev().find_map(|part| match part {
            LocationPart::Field(named) => Some(named),
            _ => None,
        })
    }

    /// What happened, without its place.
    pub fn what(&self) -> &Said {
        &self.0.what
    }

    /// What happened, in a sentence; may span lines where it shows a caret under the input.
    pub fn message(&self, lang: Lang) -> String {
        let what = self.0.what.get(lang);
        match self.0.place.say(lang) {
            None => what.to_owned(),
            Some(place) => format!("{place}{}{what}", lang.pick(": ", "：")),
        }
    }

    /// What to do next, if that is known.
    pub fn next_step(&self, lang: Lang) -> Option<&str> {
        self.0.hint.as_ref().map(|hint| hint.get(lang))
    }

    /// The hint where it guesses what was meant.
    pub fn guessed(&self) -> Option<&Said> {
        self.0.hint.as_ref().filter(|_| self.0.guesses)
    }

    /// The next step in both languages.
    pub fn next(&self) -> Option<&Said> {
        self.0.hint.as_ref()
    }
}

/// The first error in a function that cannot return one, because what calls it knows nothing of errors.
#[derive(Debug, Default)]
pub struct Failed(Option<Error>);

impl Failed {
    /// Whether to go on, as a visitor says it: not after an error, which is kept.
    pub fn flow(&mut self, step: Result<ControlFlow<()>>) -> ControlFlow<()> {
        self.keep(step).unwrap_or(ControlFlow::Break(()))
    }

    /// What it is, if it is no error; the first error is kept.
    pub fn keep<T>(&mut self, step: Result<T>) -> Option<T> {
        step.map_err(|error| self.0.get_or_insert(error)).ok()
    }

    /// The error, now that it can be returned.
    ///
    /// # Errors
    /// The first that was kept.
    pub fn end(self) -> Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::said;

    #[test]
    fn an_error_is_not_as_long_as_what_it_echoes() {
        let long = "x".repeat(5_000_000);
        let error = Error::invalid(said!("'{long}' is no date", "“{long}”不是日期"))
            .at(said!("the heading {long}", "表头 {long}"))
            .hint(said!("write {long} in another way", "请换一种写法：{long}"));
        for lang in [Lang::En, Lang::Zh] {
            assert!(error.message(lang).len() < 2_000 && error.next_step(lang).unwrap().len() < 1_000);
        }
        assert!(error.message(Lang::En).ends_with("x' is no date"));
    }

    #[test]
    fn what_an_error_is_about_is_kept_as_values_and_said_in_words() {
        let empty =
            || Error::invalid(said!("it cannot be empty", "不能为空")).at(ErrorLocation::field("name", "客户名称"));
        assert_eq!(empty().message(Lang::En), "name: it cannot be empty");
        let error = empty().at(ErrorLocation::record(2, 9, "C-9"));
        assert_eq!((error.record(), error.field().map(|field| field.get(Lang::En))), (Some((2, 9)), Some("name")));
        assert_eq!(error.message(Lang::En), "C-9 name: it cannot be empty");
        assert_eq!(error.message(Lang::Zh), "C-9 客户名称：不能为空");
        let in_file = error.clone().instead_of_record(ErrorLocation::line(3));
        assert_eq!(in_file.message(Lang::En), "line 3, name: it cannot be empty");
        assert_eq!(in_file.message(Lang::Zh), "第 3 行，客户名称：不能为空");
        assert_eq!(in_file.record(), None);
        let named = error.instead_of_record(said!("a customer that rows name", "各行所指的客户"));
        assert_eq!(named.message(Lang::En), "a customer that rows name: name: it cannot be empty");
        assert_eq!(Error::failure(said!("no", "否")).message(Lang::En), "no");
    }
}
