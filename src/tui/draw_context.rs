//! All that drawing needs to know besides the state.

use chrono_tz::Tz;
use ratatui::style::{Color, Modifier, Style};

use crate::{
    domain::{Instant, Schema},
    keymap::{Keymap, Scope},
    text::Lang,
};

pub use super::role::Role;
use super::{keys, theme::Theme};

/// All that drawing needs to know besides the state.
#[derive(Clone, Copy)]
pub struct DrawContext<'a> {
    /// The styles.
    pub theme: &'a Theme,
    /// The kinds of record that there are.
    pub schema: &'static Schema,
    /// The language of the reader.
    pub lang: Lang,
    /// The zone of the reader.
    pub tz: Tz,
    /// What time it is.
    pub now: Instant,
    /// What the keys do.
    pub keymap: &'a Keymap,
    /// Whether keys go to what is drawn.
    pub focused: bool,
}

impl DrawContext<'_> {
    /// The keys that say these words at a place.
    pub fn key(&self, scope: Scope, words: &str) -> String {
        keys::shown(self.keymap, scope, words)
    }

    /// Keys and what they do: `a adds one, O shows everybody's`, `按 a 新建，按 O 查看所有人的`. Words, English, Chinese.
    pub fn keys(&self, scope: Scope, hints: &[(&str, &str, &str)]) -> String {
        let said = hints.iter().map(|(words, en, zh)| match self.lang {
            Lang::En => format!("{} {en}", self.key(scope, words)),
            Lang::Zh => format!("按 {} {zh}", self.key(scope, words)),
        });
        said.collect::<Vec<_>>().join(self.lang.pick(", ", "，"))
    }

    /// The style of a role.
    pub fn of(&self, role: Role) -> Style {
        self.theme.of(role)
    }

    /// Whether lines are not drawn, and one thing stands below the other.
    pub const fn plain(&self) -> bool {
        self.theme.signs.plain
    }

    /// The sign before a row that wants attention.
    pub const fn bullet(&self) -> &'static str {
        "●"
    }

    /// The style of the row under the cursor. Where it is reversed, the colours of its texts would become loud grounds.
    pub fn cursor(&self) -> Style {
        let style = self.of(if self.focused { Role::Selected } else { Role::Resting });
        match style.add_modifier.contains(Modifier::REVERSED) && style.fg.is_none() {
            true => style.fg(Color::Reset),
            false => style,
        }
    }
}
