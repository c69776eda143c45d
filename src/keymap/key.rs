//! One press of a key: how it is written, how it is printed, and what a terminal sends for it.
//!
//! A letter is itself, `A` is Shift and a; `^r` or `<c-r>` is Ctrl, `<a-x>` Alt, `<s-tab>` Shift; `<esc>`, `<f1>`,
//! `<space>`, `<lt>` are names. Terminals send the same byte for Tab and Ctrl-I, Enter and Ctrl-M, Esc and Ctrl-[, so
//! here they are the same key.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::{
    error::{Error, Result},
    text::{Said, is_safe, nearest, said, scrub, width},
};

/// What is on the cap of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character, as it is typed: Shift is in it already.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// The arrow up.
    Up,
    /// The arrow down.
    Down,
    /// The arrow to the left.
    Left,
    /// The arrow to the right.
    Right,
    /// A function key, from 1.
    F(u8),
}

/// Names of keys; the first of several is the one that is printed.
const NAMES: [(&str, Code); 26] = [
    ("space", Code::Char(' ')),
    ("lt", Code::Char('<')),
    ("gt", Code::Char('>')),
    ("caret", Code::Char('^')),
    ("enter", Code::Enter),
    ("return", Code::Enter),
    ("cr", Code::Enter),
    ("esc", Code::Esc),
    ("escape", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("bs", Code::Backspace),
    ("delete", Code::Delete),
    ("del", Code::Delete),
    ("insert", Code::Insert),
    ("ins", Code::Insert),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pgup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("pgdn", Code::PageDown),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
];

const MOST_F: u8 = 24;

/// A key with what is held down beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    code: Code,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

impl Key {
    /// The key that these presses amount to: what no terminal tells apart is the same key.
    pub fn new(code: Code, ctrl: bool, alt: bool, shift: bool) -> Self {
        let Code::Char(sign) = code else { return Self { code, ctrl, alt, shift } };
        let sign = if shift { sign.to_ascii_uppercase() } else { sign };
        let (code, ctrl) = match (sign, ctrl) {
            ('\t', _) => (Code::Tab, ctrl),
            ('\r' | '\n', _) => (Code::Enter, ctrl),
            ('\u{1b}', _) => (Code::Esc, ctrl),
            ('\u{7f}', _) => (Code::Backspace, ctrl),
            (_, false) => (Code::Char(sign), false),
            (_, true) => match sign.to_ascii_lowercase() {
                'i' => (Code::Tab, false),
                'm' => (Code::Enter, false),
                '[' | '3' => (Code::Esc, false),
                '8' | '?' => (Code::Backspace, false),
                '2' | '@' => (Code::Char(' '), true),
                '4' => (Code::Char('\\'), true),
                '5' => (Code::Char(']'), true),
                '6' => (Code::Char('^'), true),
                '7' | '/' => (Code::Char('_'), true),
                other => (Code::Char(other), true),
            },
        };
        Self { code, ctrl, alt, shift: false }
    }

    /// A key by itself.
    pub fn plain(code: Code) -> Self {
        Self::new(code, false, false, false)
    }

    /// What the terminal reports; nothing for a release, a bare modifier and other keys without a name here.
    pub fn from_event(event: KeyEvent) -> Option<Self> {
        let held = event.modifiers;
        if event.kind == KeyEventKind::Release || held.intersects(KeyModifiers::SUPER | KeyModifiers::HYPER) {
            return None;
        }
        let (mut ctrl, mut shift) = (held.contains(KeyModifiers::CONTROL), held.contains(KeyModifiers::SHIFT));
        let code = match event.code {
            KeyCode::Char(sign) => Code::Char(sign),
            KeyCode::Enter => Code::Enter,
            KeyCode::Esc => Code::Esc,
            KeyCode::Tab => Code::Tab,
            KeyCode::BackTab => {
                shift = true;
                Code::Tab
            }
            KeyCode::Null => {
                ctrl = true;
                Code::Char(' ')
            }
            KeyCode::Backspace => Code::Backspace,
            KeyCode::Delete => Code::Delete,
            KeyCode::Insert => Code::Insert,
            KeyCode::Home => Code::Home,
            KeyCode::End => Code::End,
            KeyCode::PageUp => Code::PageUp,
            KeyCode::PageDown => Code::PageDown,
            KeyCode::Up => Code::Up,
            KeyCode::Down => Code::Down,
            KeyCode::Left => Code::Left,
            KeyCode::Right => Code::Right,
            KeyCode::F(number) => Code::F(number),
            _ => return None,
        };
        Some(Self::new(code, ctrl, held.intersects(KeyModifiers::ALT | KeyModifiers::META), shift))
    }

    /// What is on its cap.
    pub const fn code(self) -> Code {
        self.code
    }

    /// The character that it types, if it types one.
    pub const fn typed(self) -> Option<char> {
        match self {
            Self { code: Code::Char(sign), ctrl: false, alt: false, .. } => Some(sign),
            _ => None,
        }
    }

    /// Esc and Ctrl-C, which give up what was begun.
    pub const fn cancels(self) -> bool {
        matches!(
            self,
            Self { code: Code::Esc, ctrl: false, alt: false, shift: false }
                | Self { code: Code::Char('c'), ctrl: true, alt: false, .. }
        )
    }

    /// The key that a Chinese keyboard means where keys are obeyed: its full-width letters, figures and marks stand for
    /// ASCII ones.
    #[must_use]
    pub const fn ascii(self) -> Self {
        let Code::Char(sign) = self.code else { return self };
        let sign = match sign {
            '。' => '.',
            '、' => '/',
            '【' | '「' => '[',
            '】' | '」' => ']',
            '『' => '{',
            '』' => '}',
            '《' => '<',
            '》' => '>',
            '￥' | '¥' => '$',
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            '…' => '^',
            '—' => '_',
            '·' => '`',
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => (sign as u32 - 0xff00 + 0x20) as u8 as char,
            other => other,
        };
        Self { code: Code::Char(sign), ..self }
    }

    /// Whether every terminal sends it: no Alt, and with Ctrl only what has a byte of its own.
    pub const fn is_universal(self) -> bool {
        let held = match self.code {
            Code::Char('a'..='z' | ' ' | '\\' | ']' | '^' | '_') | Code::Left | Code::Right => true,
            _ => !self.ctrl,
        };
        held && !self.alt && (!self.shift || matches!(self.code, Code::Tab))
    }

    /// Reads what stands between `<` and `>`.
    pub(super) fn named(body: &str) -> Result<Self> {
        let (mut ctrl, mut alt, mut shift, mut rest) = (false, false, false, body);
        while let Some((held, after)) = rest.split_once('-').filter(|(_, after)| !after.is_empty()) {
            match held.to_ascii_lowercase().as_str() {
                "c" | "ctrl" => ctrl = true,
                "a" | "m" | "alt" => alt = true,
                "s" | "shift" => shift = true,
                _ => {
                    return Err(Error::failure(said!(
                        "<{}> holds down a key that is none",
                        "<{}> 按住的不是键",
                        scrub(body)
                    ))
                    .hint(said!(
                        "write c- for Ctrl, a- for Alt or s- for Shift, such as <c-r>",
                        "Ctrl 写 c-，Alt 写 a-，Shift 写 s-，例如 <c-r>"
                    )));
                }
            }
            rest = after;
        }
        Ok(Self::new(code(rest, body)?, ctrl, alt, shift))
    }
}

/// Whether these letters are surely meant as the name of a key: without `<` and `>` they would be so many presses.
/// The names of two letters (`gt`, `up`) are good keys as well.
pub(super) fn is_name(word: &str) -> bool {
    let function = word.strip_prefix(['f', 'F']).is_some_and(|number| number.parse::<u8>().is_ok());
    function || word.len() > 2 && NAMES.iter().any(|(name, _)| word.eq_ignore_ascii_case(name))
}

fn code(name: &str, body: &str) -> Result<Code> {
    let mut signs = name.chars();
    if let (Some(sign), None) = (signs.next(), signs.next())
        && !sign.is_control()
    {
        return Ok(Code::Char(sign));
    }
    let folded = name.to_ascii_lowercase();
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| *known == folded) {
        return Ok(*code);
    }
    let number = folded.strip_prefix('f').and_then(|number| number.parse().ok());
    if let Some(number) = number.filter(|number| (1..=MOST_F).contains(number)) {
        return Ok(Code::F(number));
    }
    let point = folded.strip_prefix("u+").and_then(|point| u32::from_str_radix(point, 16).ok());
    if let Some(sign) = point.and_then(char::from_u32) {
        return Ok(Code::Char(sign));
    }
    let near = nearest(&folded, NAMES.iter().map(|(name, _)| *name));
    Err(Error::failure(said!("<{}> is no key", "<{}> 不是键", scrub(body))).hint(match near {
        Some(near) => Said::did_you_mean(format_args!("<{near}>")),
        None => said!(
            "write a name such as <esc>, <enter>, <pgdn> or <f5>",
            "请写 <esc>、<enter>、<pgdn> 或 <f5> 这样的名称"
        ),
    }))
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let &Self { code, ctrl, alt, shift } = self;
        let held = ctrl || alt || shift;
        match code {
            Code::Char(sign @ ('a'..='z' | '_' | ']' | '\\')) if ctrl && !alt => return write!(f, "^{sign}"),
            Code::Char('>') if !held => return f.write_str(">"),
            Code::Char(sign) if !held && !NAMES.iter().any(|(_, code)| *code == self.code) && shows(sign) => {
                return write!(f, "{sign}");
            }
            _ => {}
        }
        f.write_str("<")?;
        for (held, letter) in [(ctrl, "c-"), (alt, "a-"), (shift, "s-")] {
            f.write_str(if held { letter } else { "" })?;
        }
        match (NAMES.iter().find(|(_, known)| *known == code), code) {
            (Some((name, _)), _) => f.write_str(name)?,
            (None, Code::F(number)) => write!(f, "f{number}")?,
            (None, Code::Char(sign)) if shows(sign) => write!(f, "{sign}")?,
            (None, Code::Char(sign)) => write!(f, "u+{:04x}", u32::from(sign))?,
            (None, _) => {}
        }
        f.write_str(">")
    }
}

/// Whether the sign can be seen by itself.
fn shows(sign: char) -> bool {
    !sign.is_whitespace() && is_safe(sign) && width(sign.encode_utf8(&mut [0; 4])) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminal_says_the_same() {
        for (code, held, expected) in [
            (KeyCode::Char('A'), KeyModifiers::SHIFT, "A"),
            (KeyCode::Char('r'), KeyModifiers::CONTROL, "^r"),
            (KeyCode::Char('7'), KeyModifiers::CONTROL, "^_"),
            (KeyCode::BackTab, KeyModifiers::SHIFT, "<s-tab>"),
            (KeyCode::Null, KeyModifiers::NONE, "<c-space>"),
            (KeyCode::Char('中'), KeyModifiers::NONE, "中"),
            (KeyCode::F(1), KeyModifiers::NONE, "<f1>"),
        ] {
            assert_eq!(Key::from_event(KeyEvent::new(code, held)).unwrap().to_string(), expected);
        }
        assert_eq!(Key::from_event(KeyEvent::new(KeyCode::CapsLock, KeyModifiers::NONE)), None);
        assert_eq!(Key::from_event(KeyEvent::new(KeyCode::Char('x'), KeyModifiers::SUPER)), None);
    }
}
