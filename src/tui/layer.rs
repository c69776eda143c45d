//! What lies on top of the screen and has the keys.

use crate::keymap::Scope;

use super::{
    panes::Pane,
    state::{Bar, State},
};

/// What may have the keys, the topmost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// A question with yes and no.
    Question,
    /// What the lines to read are searched for.
    Search,
    /// Lines to read: help, messages, what a command had to show.
    Popup,
    /// A list of choices.
    Picker,
    /// A form.
    Form,
    /// The command line.
    Palette,
    /// Another line at the foot: a search, a filter, an answer.
    Line,
    /// The welcome to a new store, in the place of its customers.
    Welcome,
    /// A record that was opened.
    Record,
    /// A pane.
    Pane(Pane),
}

impl Layer {
    /// The place of the key maps whose keys hold here.
    pub const fn scope(self) -> Scope {
        match self {
            Self::Question | Self::Search | Self::Line | Self::Form => Scope::Input,
            Self::Popup => Scope::Help,
            Self::Picker => Scope::Picker,
            Self::Palette => Scope::Palette,
            Self::Record => Scope::Record,
            Self::Welcome => Scope::Welcome,
            Self::Pane(Pane::Customers) => Scope::Customers,
            Self::Pane(Pane::Board) => Scope::Board,
            Self::Pane(Pane::Agenda) => Scope::Agenda,
            Self::Pane(Pane::Queue) => Scope::Queue,
        }
    }
}

impl State {
    /// What has the keys.
    pub const fn layer(&self) -> Layer {
        if self.question.is_some() {
            return Layer::Question;
        }
        if let Some(popup) = &self.popup {
            return if popup.line.is_some() { Layer::Search } else { Layer::Popup };
        }
        if self.picker.is_some() {
            return Layer::Picker;
        }
        if self.opening.is_some() || !self.forms.is_empty() {
            return Layer::Form;
        }
        match &self.bar {
            Bar::Palette(..) => return Layer::Palette,
            Bar::Narrow(..) | Bar::Filter(..) => return Layer::Line,
            Bar::None => {}
        }
        self.ground()
    }

    /// What has the keys where nothing lies on top.
    pub const fn ground(&self) -> Layer {
        match (self.open.is_empty(), self.pane) {
            (false, _) => Layer::Record,
            (true, Pane::Customers) if self.welcome.is_some() => Layer::Welcome,
            (true, pane) => Layer::Pane(pane),
        }
    }
}
