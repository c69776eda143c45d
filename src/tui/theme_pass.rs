//! The last pass over what was drawn: the theme's background under everything, and signs that the reader can use.
//!
//! Drawing says what it means with the signs that say it best. Which of them are shown is decided here, once, so that
//! no view has to ask: in ASCII those of other fonts are written with letters and dashes, and for a screen reader there
//! are no lines, which it would read out sign by sign.

use ratatui::{buffer::Buffer, style::Color};

use super::{
    role::Role,
    theme::{SymbolSet, Theme},
};

/// Signs of one column, of which fonts and terminals do not agree how wide they are, and how they are written in ASCII.
const IN_ASCII: [(&str, &str); 35] = [
    ("●", "*"),
    ("○", "o"),
    ("•", "*"),
    ("·", "-"),
    ("…", "~"),
    ("—", "-"),
    ("–", "-"),
    ("←", "<"),
    ("→", ">"),
    ("↑", "^"),
    ("↓", "v"),
    ("▲", "^"),
    ("▼", "v"),
    ("▶", ">"),
    ("◀", "<"),
    ("✓", "v"),
    ("✗", "x"),
    ("×", "x"),
    ("±", "~"),
    ("‘", "'"),
    ("’", "'"),
    ("“", "\""),
    ("”", "\""),
    ("‹", "<"),
    ("›", ">"),
    ("¹", "*"),
    ("²", "*"),
    ("³", "*"),
    ("⁴", "*"),
    ("⁵", "*"),
    ("⁶", "*"),
    ("⁷", "*"),
    ("⁸", "*"),
    ("⁹", "*"),
    ("⁺", "*"),
];

/// Finishes a picture.
pub fn finish(theme: &Theme, buf: &mut Buffer) {
    let base = theme.of(Role::Text);
    let (fg, bg) = (base.fg.unwrap_or(Color::Reset), base.bg.unwrap_or(Color::Reset));
    for cell in &mut buf.content {
        if cell.fg == Color::Reset {
            cell.fg = fg;
        }
        if cell.bg == Color::Reset {
            cell.bg = bg;
        }
        if let Some(sign) = shown(cell.symbol(), theme.signs) {
            cell.set_symbol(sign);
        }
    }
}

/// What stands in the place of a sign, if it is another.
fn shown(sign: &str, signs: SymbolSet) -> Option<&'static str> {
    let first = sign.chars().next().filter(|first| !first.is_ascii() && signs != SymbolSet::default())?;
    match first {
        '─'..='╿' if signs.plain => Some(" "),
        _ if !signs.ascii => None,
        '─' | '━' | '┄' | '┅' | '┈' | '┉' | '═' | '╌' | '╍' => Some("-"),
        '│' | '┃' | '┆' | '┇' | '┊' | '┋' | '║' | '╎' | '╏' => Some("|"),
        '─'..='╿' => Some("+"),
        '▀'..='▟' => Some("#"),
        _ => IN_ASCII.iter().find(|(known, _)| *known == sign).map(|(_, ascii)| *ascii),
    }
}
