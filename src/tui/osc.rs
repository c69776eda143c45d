//! What a terminal is asked for beside drawing: the clipboard, a notification, the title of its window.
//!
//! Text from outside goes into none of these as it is: what ends a sequence, or begins another, is scrubbed away.

use crate::text::{fit, scrub};

/// A notification and a title are cut after so many columns.
const LONGEST: usize = 200;

/// The bell.
pub const BELL: &str = "\x07";
/// Keeps the title of the window, to come back to it.
pub const KEEP_TITLE: &str = "\x1b[22;0t";
/// Comes back to the title that was kept.
pub const OLD_TITLE: &str = "\x1b[23;0t";

/// Puts a text on the clipboard (OSC 52).
pub fn copy(text: &str, tmux: bool) -> String {
    passed(&format!("\x1b]52;c;{}\x07", base64(text.as_bytes())), tmux)
}

/// Has the desktop tell something (OSC 9).
pub fn notification(text: &str, tmux: bool) -> String {
    passed(&format!("\x1b]9;{}\x07", fit(&scrub(text), LONGEST)), tmux)
}

/// Names the window (OSC 2); tmux does so to its pane.
pub fn title(text: &str) -> String {
    format!("\x1b]2;{}\x07", fit(&scrub(text), LONGEST))
}

/// A sequence for the terminal around tmux, which keeps to itself what is not said to be passed on.
fn passed(sequence: &str, tmux: bool) -> String {
    match tmux {
        true => format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b")),
        false => sequence.to_owned(),
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = LETTERS[(word >> (18 - 6 * at)) as usize & 63];
            out.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_everybody_writes_it() {
        for (text, code) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("上海", "5LiK5rW3")] {
            assert_eq!(base64(text.as_bytes()), code);
        }
    }

    #[test]
    fn nothing_in_a_text_ends_its_sequence() {
        let hostile = "到期\x07\x1b]0;evil\x1b\\ \u{9c}\u{9d}2;\u{202e}x\n1";
        assert_eq!(notification(hostile, false), "\x1b]9;到期]0;evil\\ 2;x 1\x07");
        assert_eq!(title(hostile), "\x1b]2;到期]0;evil\\ 2;x 1\x07");
        assert!(title(&"长".repeat(300)).chars().count() < 110);
    }

    #[test]
    fn tmux_passes_on_what_is_wrapped() {
        assert_eq!(copy("f", true), "\x1bPtmux;\x1b\x1b]52;c;Zg==\x07\x1b\\");
        assert_eq!(notification("Due", true), "\x1bPtmux;\x1b\x1b]9;Due\x07\x1b\\");
    }
}
