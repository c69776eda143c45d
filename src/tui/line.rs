//! A line that is being typed, with its caret.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::text::{scrub, scrub_lines};

/// Text and caret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextInput {
    text: String,
    caret: usize,
    /// Whether it may have several.
    lines: bool,
}

/// What is done to a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputEdit {
    /// Types or pastes.
    Insert(String),
    /// Takes away what stands before the caret.
    Backspace,
    /// Takes away what stands behind the caret.
    Delete,
    /// Takes away the word before the caret.
    DeleteWord,
    /// Takes away all before the caret.
    DeleteToStart,
    /// Takes away all behind the caret.
    DeleteRest,
    /// One to the left.
    Left,
    /// One to the right.
    Right,
    /// To the beginning of the word, or of the one before.
    WordLeft,
    /// Behind the word, or the next one.
    WordRight,
    /// To the beginning.
    Home,
    /// To the end.
    End,
}

impl InputEdit {
    /// What an action of the key maps does to a line; `None` where it is none about a line.
    pub fn named(action: &str) -> Option<Self> {
        Some(match action {
            "cursor left" => Self::Left,
            "cursor right" => Self::Right,
            "line start" => Self::Home,
            "line end" => Self::End,
            "word left" => Self::WordLeft,
            "word right" => Self::WordRight,
            "delete left" => Self::Backspace,
            "delete right" => Self::Delete,
            "delete word" => Self::DeleteWord,
            "delete line" => Self::DeleteToStart,
            "delete rest" => Self::DeleteRest,
            _ => return None,
        })
    }
}

impl TextInput {
    /// A line with the caret at its end.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { caret: text.len(), text, lines: false }
    }

    /// A text of several lines with the caret at its end.
    pub fn of_lines(text: impl Into<String>) -> Self {
        Self { lines: true, ..Self::new(text) }
    }

    /// Where the caret stands in the text.
    pub const fn caret(&self) -> usize {
        self.caret
    }

    /// Puts the caret at a place of the text, or the next one where a letter begins.
    pub fn go(&mut self, caret: usize) {
        self.caret = caret.min(self.text.len());
        while !self.text.is_char_boundary(self.caret) {
            self.caret += 1;
        }
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the caret.
    pub fn before(&self) -> &str {
        &self.text[..self.caret]
    }

    /// Does something to it, and says whether the text is another.
    pub fn edit(&mut self, edit: &InputEdit) -> bool {
        let start = self.caret;
        match edit {
            InputEdit::Insert(text) => {
                let text = if self.lines { scrub_lines(text) } else { scrub(text) };
                self.text.insert_str(start, &text);
                self.caret += text.len();
                return !text.is_empty();
            }
            InputEdit::Left => self.caret = self.previous(),
            InputEdit::Right => self.caret = self.next(),
            InputEdit::Home => self.caret = 0,
            InputEdit::End => self.caret = self.text.len(),
            InputEdit::Backspace => return self.cut(self.previous(), start),
            InputEdit::Delete => return self.cut(start, self.next()),
            InputEdit::DeleteToStart => return self.cut(0, start),
            InputEdit::DeleteRest => return self.cut(start, self.text.len()),
            InputEdit::DeleteWord => return self.cut(self.word_before(), start),
            InputEdit::WordLeft => self.caret = self.word_before(),
            InputEdit::WordRight => self.caret = self.word_behind(),
        }
        false
    }

    fn cut(&mut self, from: usize, to: usize) -> bool {
        self.text.replace_range(from..to, "");
        self.caret = from;
        from < to
    }

    fn word_before(&self) -> usize {
        let before = self.before();
        before.unicode_word_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn word_behind(&self) -> usize {
        let mut words = self.text[self.caret..].unicode_word_indices();
        words.next().map_or(self.text.len(), |(at, word)| self.caret + at + word.len())
    }

    fn previous(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.caret, self.text.len(), true);
        cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    fn next(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.caret, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;

    #[test]
    fn the_caret_goes_by_what_one_sees() {
        let mut line = TextInput::new("上👩\u{200d}👩\u{200d}👧e\u{301}");
        assert_eq!(width(line.before()), 5);
        for column in [4, 2, 0, 0] {
            line.edit(&InputEdit::Left);
            assert_eq!(width(line.before()), column);
        }
        line.edit(&InputEdit::End);
        assert!(line.edit(&InputEdit::Backspace));
        assert_eq!(line.text(), "上👩\u{200d}👩\u{200d}👧");
        line.edit(&InputEdit::Insert("a b\u{1b}c".to_owned()));
        assert!(line.edit(&InputEdit::DeleteWord));
        assert!(line.text().ends_with("👧a "));
        line.edit(&InputEdit::DeleteToStart);
        assert_eq!(line.text(), "");
    }

    #[test]
    fn the_caret_goes_by_words() {
        let mut line = TextInput::new("send the quote, please");
        for before in ["send the quote, ", "send the ", "send ", "", ""] {
            line.edit(&InputEdit::WordLeft);
            assert_eq!(line.before(), before);
        }
        for before in ["send", "send the", "send the quote", "send the quote, please", "send the quote, please"] {
            line.edit(&InputEdit::WordRight);
            assert_eq!(line.before(), before);
        }
        line.edit(&InputEdit::WordLeft);
        assert!(line.edit(&InputEdit::DeleteRest));
        assert!(line.edit(&InputEdit::DeleteWord));
        assert_eq!(line.text(), "send the ");
        assert!(!line.edit(&InputEdit::DeleteRest));
    }

    #[test]
    fn edits_have_the_names_of_the_key_maps() {
        let named = crate::keymap::ACTIONS.iter().filter(|action| InputEdit::named(action.words).is_some());
        assert_eq!(named.count(), 11);
    }
}
