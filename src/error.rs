//! The one error that reaches a user: what kind it is, what happened, and what to do next.
//!
//! Lower layers keep small enums about their own world; each converts into this type in its own module, so the exit
//! code of a failure is decided where the failure is understood.

use std::fmt;

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
    message: String,
    hint: Option<String>,
}

/// `Result` with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! constructors {
    ($($name:ident => $kind:ident),* $(,)?) => {$(
        #[doc = concat!("An error of kind [`ErrorKind::", stringify!($kind), "`].")]
        pub fn $name(message: impl Into<String>) -> Self {
            Self::new(ErrorKind::$kind, message)
        }
    )*};
}

impl Error {
    /// An error of this kind without a hint.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, message: message.into(), hint: None }))
    }

    constructors! {
        failure => Failure, usage => Usage, not_found => NotFound, ambiguous => Ambiguous, invalid => Invalid,
        conflict => Conflict, busy => Busy, partial => Partial,
    }

    /// The same error with the next step to take.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// The same error with a hint, unless it already has one.
    #[must_use]
    pub fn hint_if_none(self, hint: impl FnOnce() -> String) -> Self {
        if self.0.hint.is_some() { self } else { self.hint(hint()) }
    }

    /// The same error with `place: ` in front of its message: a line, a field, a file.
    #[must_use]
    pub fn at(mut self, place: impl fmt::Display) -> Self {
        self.0.message = format!("{place}: {}", self.0.message);
        self
    }

    /// Its kind.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What happened, in a sentence; may span lines where it shows a caret under the input.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do next, if that is known.
    pub fn next_step(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}
