//! The line at the foot.

use super::{line::TextInput, palette::Palette};

/// What the line at the foot is for.
#[derive(Clone, Debug, Default)]
pub enum Bar {
    /// Nothing: keys are commands.
    #[default]
    None,
    /// A text that the rows hold, and what it was before.
    Narrow(TextInput, String),
    /// A filter, and what it was before.
    Filter(TextInput, String),
    /// A command.
    Palette(Box<Palette>),
}

impl Bar {
    /// The palette, if that is what it is for.
    pub fn palette(&self) -> Option<&Palette> {
        if let Self::Palette(palette) = self { Some(palette) } else { None }
    }

    /// The line that is being typed.
    pub fn line(&self) -> Option<&TextInput> {
        match self {
            Self::None => None,
            Self::Palette(palette) => Some(&palette.line),
            Self::Narrow(line, _) | Self::Filter(line, _) => Some(line),
        }
    }

    /// The same, to type into.
    pub fn line_mut(&mut self) -> Option<&mut TextInput> {
        match self {
            Self::None => None,
            Self::Palette(palette) => Some(&mut palette.line),
            Self::Narrow(line, _) | Self::Filter(line, _) => Some(line),
        }
    }
}
