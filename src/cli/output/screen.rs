//! Where output goes and how it may look there.

use std::{env, io, io::IsTerminal as _, str::FromStr};

use chrono_tz::Tz;

use crate::{
    domain::Instant,
    error::{Error, Result},
    text::{Lang, said},
};

/// When to use colour: `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Color {
    /// On a terminal that can, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

impl Color {
    /// Whether a stream gets colour.
    fn decide(self, terminal: bool, no_color: Option<&str>, term: Option<&str>) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => terminal && no_color.is_none_or(str::is_empty) && term != Some("dumb"),
        }
    }
}

impl FromStr for Color {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "auto" => Ok(Self::Auto),
            "always" => Ok(Self::Always),
            "never" => Ok(Self::Never),
            _ => {
                Err(Error::usage(said!("'{}' is no answer to --color", "--color 不能是“{}”", crate::text::scrub(text)))
                    .hint(said!("say auto, always or never", "请用 auto、always 或 never")))
            }
        }
    }
}

/// What standard output can show, and to whom.
#[derive(Clone, Debug)]
pub struct Screen {
    /// Whether standard output is a terminal: only then is anything cut, coloured or paged.
    pub terminal: bool,
    /// Its columns.
    pub width: usize,
    /// Its lines.
    pub height: usize,
    /// Whether standard output gets colour.
    pub color: bool,
    /// Whether standard error gets colour.
    pub error_color: bool,
    /// The language of labels and messages.
    pub lang: Lang,
    /// The zone of times.
    pub tz: Tz,
    /// The instant of the command.
    pub now: Instant,
    /// Whether tables, CSV and TSV go without their first line.
    pub no_header: bool,
    /// Whether notes are left unsaid.
    pub quiet: bool,
    /// Whether nothing but ASCII signs is drawn.
    pub ascii: bool,
}

impl Screen {
    /// A place that is no terminal, in English and UTC: a file, a pipe, a test.
    pub const fn file(now: Instant) -> Self {
        Self {
            terminal: false,
            width: 80,
            height: 24,
            color: false,
            error_color: false,
            lang: Lang::En,
            tz: Tz::UTC,
            now,
            no_header: false,
            quiet: false,
            ascii: false,
        }
    }

    /// The streams that this process was given; language, zone and the rest are still to be filled in.
    pub fn detect(color: Color, now: Instant) -> Self {
        let (no_color, term) = (env::var("NO_COLOR").ok(), env::var("TERM").ok());
        let decide = |terminal| color.decide(terminal, no_color.as_deref(), term.as_deref());
        let terminal = io::stdout().is_terminal();
        let size = if terminal { crossterm::terminal::size().ok() } else { None };
        let (width, height) = size.filter(|(width, height)| *width > 0 && *height > 0).unwrap_or((80, 24));
        let width = columns(env::var("COLUMNS").ok().as_deref()).filter(|_| terminal).unwrap_or(width);
        Self {
            terminal,
            width: usize::from(width),
            height: usize::from(height),
            color: decide(terminal),
            error_color: decide(io::stderr().is_terminal()),
            ..Self::file(now)
        }
    }
}

/// How wide tables are to be, where the variable COLUMNS says so.
fn columns(said: Option<&str>) -> Option<u16> {
    said?.trim().parse().ok().filter(|columns| *columns > 0)
}

/// Whether the terminal can place the cursor, as the full screen must.
pub fn can_place_the_cursor() -> bool {
    // Consoles of Windows say nothing of themselves.
    env::var("TERM").map_or(cfg!(windows), |term| !term.is_empty() && term != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_say_how_wide_tables_are() {
        for (said, expected) in
            [(None, None), (Some("60"), Some(60)), (Some(""), None), (Some("0"), None), (Some("wide"), None)]
        {
            assert_eq!(columns(said), expected, "{said:?}");
        }
    }

    #[test]
    fn colour_is_for_terminals_that_want_it() {
        let auto = |terminal, no_color, term| Color::Auto.decide(terminal, no_color, term);
        assert!(auto(true, None, Some("xterm")));
        assert!(auto(true, Some(""), None), "an empty NO_COLOR is not set");
        assert!(!auto(true, Some("1"), Some("xterm")));
        assert!(!auto(true, None, Some("dumb")));
        assert!(!auto(false, None, Some("xterm")));
        assert!(Color::Always.decide(false, Some("1"), Some("dumb")));
        assert!(!Color::Never.decide(true, None, None));
        assert!("sometimes".parse::<Color>().is_err());
    }
}
