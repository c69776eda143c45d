//! Keys pressed one after the other: `gg`, `g c`, `^x^e`.

use std::fmt;

use super::key::{Code, Key, is_name};
use crate::{
    error::{Error, Result},
    text::{said, scrub},
};

/// One or more keys that together mean something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Keys(Vec<Key>);

impl Keys {
    /// Reads keys as they are written in a file. Spaces between them are for the eye.
    ///
    /// # Errors
    /// What cannot be read, and a spelling that works.
    pub fn parse(text: &str) -> Result<Self> {
        let mut keys = Vec::new();
        for word in text.split_whitespace() {
            if let Some(meant) = slip(word) {
                let presses = word.chars().count();
                return Err(Error::failure(said!(
                    "`{}` would be {presses} keys, one a letter",
                    "`{}` 会被当成 {presses} 个键，每个字母一个",
                    scrub(word)
                ))
                .hint(said!("write {}", "请写 {}", scrub(&meant))));
            }
            let mut rest = word;
            while let Some((key, after)) = first(rest)? {
                keys.push(key);
                rest = after;
            }
        }
        if keys.is_empty() {
            return Err(Error::failure(said!("There is no key", "没有键"))
                .hint(said!("write one such as x, gg, ^r or <esc>", "请写一个，例如 x、gg、^r 或 <esc>")));
        }
        Ok(Self(keys))
    }

    /// The keys, in order.
    pub fn as_slice(&self) -> &[Key] {
        &self.0
    }

    /// The same, with full-width letters and marks as their ASCII keys.
    #[must_use]
    pub fn ascii(mut self) -> Self {
        self.0.iter_mut().for_each(|key| *key = key.ascii());
        self
    }

    /// Whether one of the two begins with the other.
    pub fn hides(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }
}

impl From<Key> for Keys {
    fn from(key: Key) -> Self {
        Self(vec![key])
    }
}

/// The first key of a word, and the rest of it.
fn first(word: &str) -> Result<Option<(Key, &str)>> {
    let mut signs = word.chars();
    let Some(sign) = signs.next() else { return Ok(None) };
    let rest = signs.as_str();
    match sign {
        '<' if !rest.is_empty() => {
            // The closing sign may itself be the key: `<c->>`.
            let body = rest
                .find('>')
                .map(|at| if rest[at..].starts_with(">>") && rest[..at].ends_with('-') { at + 1 } else { at });
            let Some(end) = body else {
                return Err(Error::failure(said!(
                    "`{}` opens a name and does not close it",
                    "`{}` 中的名称没有闭合",
                    scrub(word)
                ))
                .hint(said!("write <lt> for the sign itself", "此符号本身请写 <lt>")));
            };
            Ok(Some((Key::named(&rest[..end])?, &rest[end + 1..])))
        }
        '^' if !rest.is_empty() => {
            let held = signs.next().unwrap_or(sign);
            if !held.is_ascii() {
                return Err(Error::failure(said!(
                    "`^{}` is no key: Ctrl goes with ASCII signs",
                    "`^{}` 不是键：Ctrl 只能与 ASCII 字符组合",
                    scrub(&held.to_string())
                ))
                .hint(said!("write ^r, or <caret> for the sign itself", "请写 ^r；符号本身写 <caret>")));
            }
            Ok(Some((Key::new(Code::Char(held), true, false, false), signs.as_str())))
        }
        _ if sign.is_control() => Err(Error::failure(said!(
            "A control character (U+{:04X}) is no key",
            "控制字符（U+{:04X}）不是键",
            u32::from(sign)
        ))
        .hint(said!("write its name, such as ^r or <esc>", "请写它的名称，例如 ^r 或 <esc>"))),
        _ => Ok(Some((Key::plain(Code::Char(sign)), rest))),
    }
}

/// What was probably meant by a word that would otherwise be many presses: `esc`, `ctrl+r`, `C-x`.
fn slip(word: &str) -> Option<String> {
    if is_name(word) {
        return Some(format!("<{}>", word.to_ascii_lowercase()));
    }
    let (held, rest) = word.split_once(['+', '-'])?;
    let letter = match held.to_ascii_lowercase().as_str() {
        "ctrl" | "control" | "c" => "c",
        "alt" | "meta" | "m" | "a" => "a",
        "shift" | "s" => "s",
        _ => return None,
    };
    (!rest.is_empty()).then(|| format!("<{letter}-{}>", rest.to_lowercase()))
}

impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined: String = self.0.iter().map(Key::to_string).collect();
        if slip(&joined).is_none() {
            return f.write_str(&joined);
        }
        for (at, key) in self.0.iter().enumerate() {
            write!(f, "{}{key}", if at > 0 { " " } else { "" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Lang;
    use proptest::prelude::*;

    use super::*;

    fn printed(text: &str) -> String {
        Keys::parse(text).unwrap().to_string()
    }

    #[test]
    fn spellings_come_out_the_same() {
        for (text, expected) in [
            ("a", "a"),
            ("A", "A"),
            ("<s-a>", "A"),
            ("<c-r>", "^r"),
            ("^R", "^r"),
            ("<C-S-R>", "^r"),
            ("gg", "gg"),
            ("g  c", "gc"),
            ("<Space>", "<space>"),
            ("<ESC>", "<esc>"),
            ("^[", "<esc>"),
            ("^i", "<tab>"),
            ("^m", "<enter>"),
            ("<pgdn>", "<pagedown>"),
            ("<F5>", "<f5>"),
            ("<s-tab>", "<s-tab>"),
            ("^x^e", "^x^e"),
            ("^/", "^_"),
            ("<c-@>", "<c-space>"),
            ("^", "<caret>"),
            ("<", "<lt>"),
            (">", ">"),
            ("<a->>", "<a-gt>"),
            ("<c-->", "<c-->"),
            ("<a-x>", "<a-x>"),
            ("：", "："),
            ("e s c", "e s c"),
            ("<u+3000>", "<u+3000>"),
        ] {
            assert_eq!(printed(text), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_answered_with_what_can() {
        for (text, hint) in [
            ("", "<esc>"),
            ("esc", "write <esc>"),
            ("F5", "write <f5>"),
            ("ctrl+r", "write <c-r>"),
            ("C-x", "write <c-x>"),
            ("<ecs>", "did you mean <esc>?"),
            ("<f99>", "<f5>"),
            ("<h-x>", "c- for Ctrl"),
            ("<c-r", "write <lt>"),
            ("^中", "<caret>"),
            ("\u{1}", "write its name"),
            ("<>", "<esc>"),
        ] {
            let error = Keys::parse(text).unwrap_err();
            assert!(error.next_step(Lang::En).unwrap().contains(hint), "{text}: {error:?}");
        }
    }

    #[test]
    fn full_width_letters_and_marks_are_their_ascii_keys() {
        let marks = Keys::parse("： ； ？ 。 ， ！ 、 ／ 【 】 《 》 （ ￥ “ ２ ｊ Ｇ 中").unwrap().ascii();
        assert_eq!(marks, Keys::parse(": ; ? . , ! / / [ ] <lt> > ( $ \" 2 j G 中").unwrap());
    }

    fn any_key() -> impl Strategy<Value = Key> {
        let named =
            [Code::Enter, Code::Esc, Code::Tab, Code::Backspace, Code::Delete, Code::Home, Code::PageUp, Code::Up];
        let code = prop_oneof![
            any::<char>().prop_map(Code::Char),
            proptest::char::range(' ', '~').prop_map(Code::Char),
            proptest::sample::select(named.to_vec()),
            (1..=24_u8).prop_map(Code::F),
        ];
        (code, any::<[bool; 3]>()).prop_map(|(code, [ctrl, alt, shift])| Key::new(code, ctrl, alt, shift))
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(keys in proptest::collection::vec(any_key(), 1..5)) {
            let keys = Keys(keys);
            prop_assert_eq!(Keys::parse(&keys.to_string()).unwrap(), keys);
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            if let Ok(keys) = Keys::parse(&text) {
                prop_assert_eq!(Keys::parse(&keys.to_string()).unwrap(), keys);
            }
        }
    }
}
