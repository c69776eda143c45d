//! Text from outside made safe for a terminal.
//!
//! A name in an imported file may carry an escape sequence that clears the screen, a bidi override that shows
//! `exe.txt` for `txt.exe`, or a line feed that forges a second row. What could do that goes; what a person can see
//! stays, joiners and variation selectors included, because Persian words and emoji families are spelled with them.

use std::borrow::Cow;

/// What becomes of one character.
enum CharAction {
    Keep,
    Space,
    Drop,
}

/// The text on one line without anything a terminal acts upon: tabs and line ends become a space, other controls and
/// invisible format characters disappear.
pub fn scrub(text: &str) -> Cow<'_, str> {
    clean(text, ' ')
}

/// The same for text of several lines: `\n` stays, and `\r\n`, a lone `\r` and the Unicode line ends become `\n`.
pub fn scrub_lines(text: &str) -> Cow<'_, str> {
    clean(text, '\n')
}

/// Whether a terminal shows the character and does nothing else; spaces of the line are fine, line ends and tabs are not.
pub fn is_safe(c: char) -> bool {
    matches!(fate(c), CharAction::Keep)
}

fn clean(text: &str, line_end: char) -> Cow<'_, str> {
    // Nearly all text is plain; a loop without an early end looks at many bytes at once.
    if text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let unsafe_at = text.char_indices().find(|&(_, c)| c != line_end && !matches!(fate(c), CharAction::Keep));
    let Some((start, _)) = unsafe_at else { return Cow::Borrowed(text) };

    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..start]);
    let mut rest = text[start..].chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(line_end),
            _ => match fate(c) {
                CharAction::Keep => out.push(c),
                CharAction::Space => out.push(' '),
                CharAction::Drop => {}
            },
        }
    }
    Cow::Owned(out)
}

fn fate(c: char) -> CharAction {
    match c {
        ' '..='~' => CharAction::Keep,
        '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => CharAction::Space,
        c if c.is_control() => CharAction::Drop,
        '\u{ad}' // soft hyphen
        | '\u{61c}' // Arabic letter mark
        | '\u{180e}' // Mongolian vowel separator
        | '\u{200b}' // zero width space
        | '\u{200e}' | '\u{200f}' // left-to-right and right-to-left marks
        | '\u{202a}'..='\u{202e}' // bidi embeddings and overrides
        | '\u{2060}'..='\u{206f}' // word joiner, invisible operators, bidi isolates, deprecated format controls
        | '\u{feff}' // byte order mark
        | '\u{fff9}'..='\u{fffb}' // interlinear annotation
        | '\u{1bca0}'..='\u{1bca3}' // shorthand format controls
        | '\u{1d173}'..='\u{1d17a}' // musical format controls
        | '\u{e0000}'..='\u{e007f}' => CharAction::Drop, // tags: text that nobody sees
        _ => CharAction::Keep,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn harmless_text_is_borrowed() {
        for text in ["", "Blue Star", "上海贸易有限公司", "👩\u{200d}👩\u{200d}👧", "می\u{200c}خواهم", "❤\u{fe0f}"]
        {
            assert!(matches!(scrub(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
        assert!(matches!(scrub_lines("a\nb"), Cow::Borrowed("a\nb")));
    }

    #[test]
    fn what_a_terminal_acts_upon_goes() {
        let table = [
            ("\u{1b}[31mred\u{1b}[0m", "[31mred[0m"),
            ("\u{9b}2Jgone", "2Jgone"),
            ("bell\u{7}del\u{7f}nul\0", "belldelnul"),
            ("a\tb\nc\r\nd\re", "a b c d e"),
            ("x\u{2028}y\u{2029}z\u{85}", "x y z "),
            ("\u{feff}txt\u{202e}exe\u{202c}", "txtexe"),
            ("\u{2066}a\u{2069}\u{200e}\u{200f}\u{61c}\u{200b}", "a"),
            ("flag\u{e0067}\u{e007f}", "flag"),
        ];
        for (raw, safe) in table {
            assert_eq!(scrub(raw), safe, "{raw:?}");
        }
    }

    #[test]
    fn lines_keep_their_ends() {
        assert_eq!(scrub_lines("a\r\nb\rc\n\td\u{2028}e\u{1b}"), "a\nb\nc\n d\ne");
    }

    proptest! {
        #[test]
        fn the_result_is_safe_and_stable(text in any::<String>()) {
            let once = scrub(&text).into_owned();
            prop_assert!(!once.contains(char::is_control));
            prop_assert_eq!(scrub(&once), once.as_str());
            let lines = scrub_lines(&text).into_owned();
            prop_assert!(!lines.contains(|c: char| c != '\n' && c.is_control()));
            prop_assert_eq!(scrub_lines(&lines), lines.as_str());
        }
    }
}
