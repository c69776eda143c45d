//! The one error that reaches a user: what kind it is, what happened, and what to do next.
//!
//! Lower layers keep small enums about their own world; each converts into this type in its own module, so the exit
//! code of a failure is decided where the failure is understood.
//!
//! An error is made where nobody knows who will read it, so it holds its sentences in both languages ([`Said`]), and
//! whoever shows it says which. There is no `Display`: it could not ask.

use std::ops::ControlFlow;

use crate::text::{Lang, Said};

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
    place: Option<Said>,
    what: Said,
    hint: Option<Said>,
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
    /// An error of this kind without a hint.
    pub fn new(kind: ErrorKind, what: Said) -> Self {
        Self(Box::new(Inner { kind, place: None, what, hint: None }))
    }

    constructors! {
        failure => Failure, usage => Usage, not_found => NotFound, ambiguous => Ambiguous, invalid => Invalid,
        conflict => Conflict, busy => Busy, partial => Partial,
    }

    /// The same error with the next step to take.
    #[must_use]
    pub fn hint(mut self, hint: Said) -> Self {
        self.0.hint = Some(hint);
        self
    }

    /// The same error with the hint of another, which may have none.
    #[must_use]
    pub fn hint_of(mut self, hint: Option<&Said>) -> Self {
        self.0.hint = hint.cloned();
        self
    }

    /// The same error with a hint, unless it already has one.
    #[must_use]
    pub fn hint_if_none(self, hint: impl FnOnce() -> Said) -> Self {
        if self.0.hint.is_some() { self } else { self.hint(hint()) }
    }

    /// The same error with `place: ` in front of its message: a line, a field, a file.
    #[must_use]
    pub fn at(mut self, place: Said) -> Self {
        self.0.place = Some(match &self.0.place {
            None => place,
            Some(inner) => place.then(inner),
        });
        self
    }

    /// Its kind.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What it is about, where that was told.
    pub fn place(&self) -> Option<&Said> {
        self.0.place.as_ref()
    }

    /// What happened, without its place.
    pub fn what(&self) -> &Said {
        &self.0.what
    }

    /// What happened, in a sentence; may span lines where it shows a caret under the input.
    pub fn message(&self, lang: Lang) -> String {
        let what = self.0.what.get(lang);
        match &self.0.place {
            None => what.to_owned(),
            Some(place) => format!("{}{}{what}", place.get(lang), lang.pick(": ", "：")),
        }
    }

    /// What to do next, if that is known.
    pub fn next_step(&self, lang: Lang) -> Option<&str> {
        self.0.hint.as_ref().map(|hint| hint.get(lang))
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
