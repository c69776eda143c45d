//! What falls due while the screen is open, in words, and how it is told.

use crate::{
    domain::{RecordId, ticket},
    text::Lang,
};

/// How it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notify {
    /// In the line at the foot.
    #[default]
    Screen,
    /// With a bell besides.
    Bell,
    /// By the desktop besides.
    Desktop,
    /// Not at all.
    Off,
}

impl Notify {
    /// The way that the settings name.
    pub fn named(word: &str) -> Self {
        match word {
            "bell" => Self::Bell,
            "desktop" => Self::Desktop,
            "off" => Self::Off,
            _ => Self::Screen,
        }
    }
}

/// A record whose time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRecord {
    /// Which.
    pub id: RecordId,
    /// What it is about.
    pub title: String,
    /// Whom it is about.
    pub whose: String,
}

/// So many are named one by one.
pub const NAMED: usize = 3;

/// What fell due, the first of it by name, and how much there is besides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// The first of them.
    pub first: Vec<DueRecord>,
    /// How many more.
    pub more: usize,
}

impl Due {
    /// It in words.
    pub fn say(&self, lang: Lang) -> String {
        let mut said: Vec<String> = self.first.iter().map(|come| come.say(lang)).collect();
        if self.more > 0 {
            said.push(lang.pick(format!("and {} more", self.more), format!("另有 {} 项", self.more)));
        }
        said.join("   ")
    }
}

impl DueRecord {
    fn say(&self, lang: Lang) -> String {
        let word = match self.id.kind {
            ticket::ID => lang.pick("Over its limit: ", "已超时："),
            _ => lang.pick("Due: ", "到期："),
        };
        let title = if self.title.is_empty() { self.id.to_string() } else { self.title.clone() };
        let whose = if self.whose.is_empty() { String::new() } else { format!(" · {}", self.whose) };
        format!("{word}{title}{whose}")
    }
}
