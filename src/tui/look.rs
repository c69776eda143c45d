//! All that drawing needs to know besides the state.

use chrono_tz::Tz;
use ratatui::style::Style;

use crate::{domain::Instant, text::Lang};

pub use super::role::Role;
use super::theme::Theme;

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
}

impl Look<'_> {
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

    /// The style of the row under the cursor.
    pub fn cursor(&self) -> Style {
        self.of(if self.focused { Role::Selected } else { Role::Resting })
    }
}
