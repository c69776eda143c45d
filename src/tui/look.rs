//! How things look: the theme's styles by role, and all that drawing needs to know besides the state.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use crate::{
    domain::Instant,
    error::{Error, Result},
    text::{Lang, nearest},
};

/// What a piece of the screen is, as far as its style is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Plain text.
    Text,
    /// What is read second.
    Dim,
    /// A heading.
    Heading,
    /// The name of a pane.
    Tab,
    /// The name of the pane that is open.
    ActiveTab,
    /// The row under the cursor.
    Selected,
    /// The row under the cursor of what has not the keys.
    Resting,
    /// A marked row.
    Mark,
    /// Overdue, breached.
    Late,
    /// Soon due.
    Soon,
    /// Won, done.
    Good,
    /// What went wrong.
    Error,
    /// A thin line.
    Rule,
    /// A key in a hint.
    Key,
}

const ROLES: [(&str, Role); 14] = [
    ("text", Role::Text),
    ("dim", Role::Dim),
    ("heading", Role::Heading),
    ("tab", Role::Tab),
    ("active_tab", Role::ActiveTab),
    ("selected", Role::Selected),
    ("resting", Role::Resting),
    ("mark", Role::Mark),
    ("late", Role::Late),
    ("soon", Role::Soon),
    ("good", Role::Good),
    ("error", Role::Error),
    ("rule", Role::Rule),
    ("key", Role::Key),
];

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Entry {
    fg: Option<String>,
    bg: Option<String>,
    #[serde(default)]
    style: Vec<String>,
}

/// A style for every role.
#[derive(Clone, Debug)]
pub struct Theme {
    styles: [Style; ROLES.len()],
}

const DEFAULT: &str = include_str!("themes/default.toml");

impl Theme {
    /// The theme that the program comes with; without colours where they are not wanted.
    ///
    /// # Errors
    /// As [`Theme::read`].
    pub fn standard(color: bool) -> Result<Self> {
        let mut theme = Self::read(DEFAULT)?;
        if !color {
            for style in &mut theme.styles {
                (style.fg, style.bg) = (None, None);
            }
        }
        Ok(theme)
    }

    /// Reads a theme; a role that it does not name is left to the terminal.
    ///
    /// # Errors
    /// `Usage` for an unknown role, colour or style.
    pub fn read(text: &str) -> Result<Self> {
        let entries: BTreeMap<String, Entry> =
            toml::from_str(text).map_err(|error| Error::usage(format!("The theme cannot be read: {error}")))?;
        let mut styles = [Style::new(); ROLES.len()];
        for (name, entry) in entries {
            let Some(at) = ROLES.iter().position(|(role, _)| *role == name) else {
                return Err(unknown("role", &name, ROLES.map(|(role, _)| role)));
            };
            let mut style = Style::new();
            style.fg = entry.fg.as_deref().map(color).transpose()?;
            style.bg = entry.bg.as_deref().map(color).transpose()?;
            for word in &entry.style {
                style = style.add_modifier(modifier(word)?);
            }
            styles[at] = style;
        }
        Ok(Self { styles })
    }

    /// The style of a role.
    pub fn of(&self, role: Role) -> Style {
        self.styles[role as usize]
    }
}

fn color(name: &str) -> Result<Color> {
    name.replace('_', "")
        .parse()
        .map_err(|_| Error::usage(format!("'{name}' is no colour")).hint("say red, or #ff8800"))
}

fn modifier(name: &str) -> Result<Modifier> {
    Ok(match name {
        "bold" => Modifier::BOLD,
        "dim" => Modifier::DIM,
        "italic" => Modifier::ITALIC,
        "reversed" => Modifier::REVERSED,
        "underlined" => Modifier::UNDERLINED,
        _ => return Err(unknown("style", name, ["bold", "dim", "italic", "reversed", "underlined"])),
    })
}

fn unknown<const N: usize>(what: &str, name: &str, known: [&'static str; N]) -> Error {
    let error = Error::usage(format!("A theme has no {what} '{}'", crate::text::scrub(name)));
    match nearest(name, known) {
        Some(near) => error.hint(format!("did you mean {near}?")),
        None => error.hint(known.join(", ")),
    }
}

/// All that drawing needs to know besides the state.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// The styles.
    pub theme: &'a Theme,
    /// The language of the reader.
    pub lang: Lang,
    /// The zone of the reader.
    pub tz: Tz,
    /// What time it is.
    pub now: Instant,
    /// Whether keys go to what is drawn.
    pub focused: bool,
    /// Whether only ASCII may be drawn.
    pub ascii: bool,
}

impl Look<'_> {
    /// The style of a role.
    pub fn of(&self, role: Role) -> Style {
        self.theme.of(role)
    }

    /// The sign before a row that wants attention.
    pub const fn bullet(&self) -> &'static str {
        if self.ascii { "*" } else { "●" }
    }

    /// The style of the row under the cursor.
    pub fn cursor(&self) -> Style {
        self.of(if self.focused { Role::Selected } else { Role::Resting })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_theme_names_every_role_and_no_background() {
        let entries: BTreeMap<String, Entry> = toml::from_str(DEFAULT).unwrap();
        for (at, (name, role)) in ROLES.into_iter().enumerate() {
            assert!(entries.contains_key(name), "{name}");
            assert_eq!(role as usize, at);
        }
        let theme = Theme::standard(true).unwrap();
        assert!(theme.styles.iter().all(|style| style.bg.is_none()));
        let plain = Theme::standard(false).unwrap();
        assert!(plain.styles.iter().all(|style| style.fg.is_none() && style.bg.is_none()));
    }

    #[test]
    fn what_a_theme_gets_wrong_is_named() {
        let error = Theme::read("headin = {}").unwrap_err();
        assert_eq!(error.next_step(), Some("did you mean heading?"));
        assert!(Theme::read("dim = { fg = \"redd\" }").is_err());
        assert!(Theme::read("dim = { style = [\"bald\"] }").is_err());
    }
}
