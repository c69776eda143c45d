//! What actions were called in earlier versions: files of keys and lines of the palette may still say so.

/// The former words of an action, and those of now.
const FORMER: [(&str, &str); 2] = [("pane pipeline", "pane board"), ("pane tickets", "pane queue")];

/// The words of an action as this version has them.
pub fn current(words: &str) -> &str {
    FORMER.iter().find(|(former, _)| *former == words).map_or(words, |(_, now)| now)
}
