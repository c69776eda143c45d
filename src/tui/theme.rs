//! Themes: a style for every role, read from a file of the program or of the person.
//!
//! A theme names what it changes; the rest is that of the shipped theme called `base`, else of the default one, whose
//! colours are the terminal's own, so that it is at home on light and dark. The tests hold every shipped theme to
//! contrasts that can be read.

use std::{io, ops::Range, path::Path};

use ratatui::style::{Color, Modifier, Style};
use toml::de::{DeTable, DeValue};

use crate::{
    error::{Error, Result},
    text::{Said, nearest, said, scrub},
};

use super::role::Role;

#[cfg(test)]
mod palettes;
#[cfg(test)]
mod tests;

/// The name of each role in a file, in the order of [`Role`].
pub(super) const ROLES: [(&str, Role); 14] = [
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

const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("reversed", Modifier::REVERSED),
    ("underlined", Modifier::UNDERLINED),
];

/// The theme of those who name none.
pub const DEFAULT: &str = "default";

/// The themes that the program comes with.
const SHIPPED: [(&str, &str); 3] = [
    (DEFAULT, include_str!("themes/default.toml")),
    ("night", include_str!("themes/night.toml")),
    ("paper", include_str!("themes/paper.toml")),
];

/// Says on which shipped theme a file is based.
const BASE: &str = "base";

/// Which signs are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SymbolSet {
    /// Of one's own signs only ASCII; names stay as they are written.
    pub ascii: bool,
    /// No lines.
    pub plain: bool,
}

/// A style for every role.
#[derive(Clone, Debug)]
pub struct Theme {
    styles: [Style; ROLES.len()],
    /// Which signs are drawn.
    pub signs: SymbolSet,
}

impl Theme {
    /// The default theme; without colours where they are not wanted.
    ///
    /// # Errors
    /// As [`Theme::load`].
    pub fn standard(color: bool) -> Result<Self> {
        Self::load(DEFAULT, None, color)
    }

    /// The theme of this name: a file of the folder before one that the program comes with.
    ///
    /// Without colours it is the default theme, whose meaning does not hang on them.
    ///
    /// # Errors
    /// `Usage` for a theme that is not there; `Failure`, with file and line, for one that cannot be read.
    pub fn load(name: &str, folder: Option<&Path>, color: bool) -> Result<Self> {
        if !color {
            let mut theme = shipped(DEFAULT)?;
            for style in &mut theme.styles {
                (style.fg, style.bg) = (None, None);
            }
            return Ok(theme);
        }
        let path = folder.map(|folder| folder.join(format!("{name}.toml")));
        if let Some(path) = path {
            match std::fs::read_to_string(&path) {
                Ok(text) => return File { place: &path.display().to_string(), text: &text, shipped: false }.theme(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    return Err(Error::failure(Said::same(format!("{}: {error}", path.display()))).hint(as_shown()));
                }
            }
        }
        shipped(name).map_err(|error| match folder {
            Some(folder) => error.hint_if_none(|| {
                let names = SHIPPED.map(|(name, _)| name).join(", ");
                said!(
                    "there are {names}, and those that you put into {}",
                    "可用的有 {names}，以及放在 {} 中的主题",
                    folder.display()
                )
            }),
            None => error,
        })
    }

    /// The style of a role.
    pub const fn of(&self, role: Role) -> Style {
        self.styles[role as usize]
    }
}

fn as_shown() -> Said {
    said!(
        "write a role a line, such as late = {{ fg = \"#ff8888\", style = [\"bold\"] }}",
        "请每行写一个角色，例如 late = {{ fg = \"#ff8888\", style = [\"bold\"] }}"
    )
}

/// A theme that the program comes with.
fn shipped(name: &str) -> Result<Theme> {
    match SHIPPED.iter().find(|(shipped, _)| *shipped == name) {
        Some((name, text)) => File { place: &format!("themes/{name}.toml"), text, shipped: true }.theme(),
        None => Err(unknown(("There is no theme", "没有主题"), name, SHIPPED.map(|(name, _)| name), false)),
    }
}

/// The text of a theme, and where it stands.
struct File<'a> {
    place: &'a str,
    text: &'a str,
    /// Whether it is one of the program's own, which name every role.
    shipped: bool,
}

impl File<'_> {
    fn theme(&self) -> Result<Theme> {
        let table = DeTable::parse(self.text).map_err(|error| {
            let error_at = error.span().unwrap_or_default();
            self.wrong(error_at, Error::failure(Said::same(error.message().trim_end())).hint(as_shown()))
        })?;
        let table = table.get_ref();
        let mut theme = match table.get(BASE) {
            Some(base) => {
                let name = base.get_ref().as_str().unwrap_or_default();
                shipped(name).map_err(|error| self.wrong(base.span(), error))?
            }
            None if self.shipped => Theme { styles: [Style::new(); ROLES.len()], signs: SymbolSet::default() },
            None => shipped(DEFAULT)?,
        };
        for (name, style) in table.iter().filter(|(name, _)| name.get_ref() != BASE) {
            let at = ROLES.iter().position(|(role, _)| *role == name.get_ref().as_ref());
            let at = at.ok_or_else(|| {
                let roles = ROLES.map(|(role, _)| role);
                self.wrong(name.span(), unknown(("A theme has no role", "主题没有角色"), name.get_ref(), roles, true))
            })?;
            theme.styles[at] = self.style(style.get_ref(), style.span())?;
        }
        Ok(theme)
    }

    fn style(&self, value: &DeValue<'_>, place: Range<usize>) -> Result<Style> {
        let shape = || {
            self.wrong(
                place.clone(),
                Error::failure(said!("A role is a table of fg, bg and style", "一个角色是含 fg、bg、style 的表"))
                    .hint(as_shown()),
            )
        };
        let mut style = Style::new();
        for (part, value) in value.as_table().ok_or_else(shape)? {
            let wrong = |error| self.wrong(value.span(), error);
            let text = value.get_ref().as_str();
            match part.get_ref().as_ref() {
                "fg" => style.fg = Some(color(text.ok_or_else(shape)?).map_err(wrong)?),
                "bg" => style.bg = Some(color(text.ok_or_else(shape)?).map_err(wrong)?),
                "style" => {
                    for word in value.get_ref().as_array().ok_or_else(shape)? {
                        let wrong = |error| self.wrong(word.span(), error);
                        let modifier = modifier(word.get_ref().as_str().ok_or_else(shape)?).map_err(wrong)?;
                        style = style.add_modifier(modifier);
                    }
                }
                other => {
                    let error = unknown(("A role has no", "角色没有"), other, ["fg", "bg", "style"], true);
                    return Err(self.wrong(part.span(), error));
                }
            }
        }
        Ok(style)
    }

    /// The error, at its line.
    fn wrong(&self, at: Range<usize>, error: Error) -> Error {
        let line = 1 + self.text.bytes().take(at.start).filter(|byte| *byte == b'\n').count();
        Error::failure(error.what().clone()).hint_of(error.next()).at(Said::same(format!("{}:{line}", self.place)))
    }
}

fn color(name: &str) -> Result<Color> {
    name.replace('_', "").parse().map_err(|_| {
        Error::failure(said!("'{}' is no colour", "“{}”不是颜色", scrub(name)))
            .hint(said!("write one such as red, light_blue or #ff8800", "请写 red、light_blue 或 #ff8800 这样的颜色"))
    })
}

fn modifier(name: &str) -> Result<Modifier> {
    let found = MODIFIERS.iter().find(|(word, _)| *word == name);
    let names = MODIFIERS.map(|(word, _)| word);
    found.map(|(_, modifier)| *modifier).ok_or_else(|| unknown(("There is no style", "没有样式"), name, names, true))
}

/// A name that is none of these: the nearest, or all of them where that helps.
fn unknown<const N: usize>((en, zh): (&str, &str), name: &str, known: [&'static str; N], list: bool) -> Error {
    let name = &*scrub(name);
    let error = Error::usage(said!("{en} '{name}'", "{zh}“{name}”"));
    match nearest(name, known) {
        Some(near) => error.hint(Said::did_you_mean(near)),
        None if list => error.hint(said!("there are {}", "可用的有 {}", known.join(", "))),
        None => error,
    }
}
