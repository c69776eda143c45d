//! A line that is being typed, with its caret.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::text::{scrub, scrub_lines};

/// Text and caret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    caret: usize,
    /// Whether it may have several.
    lines: bool,
}

/// What is done to a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
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

impl Edit {
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

impl Line {
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
    pub fn edit(&mut self, edit: &Edit) -> bool {
        let start = self.caret;
        match edit {
            Edit::Insert(text) => {
                let text = if self.lines { scrub_lines(text) } else { scrub(text) };
                self.text.insert_str(start, &text);
                self.caret += text.len();
                return !text.is_empty();
            }
            Edit::Left => self.caret = self.previous(),
            Edit::Right => self.caret = self.next(),
            Edit::Home => self.caret = 0,
            Edit::End => self.caret = self.text.len(),
            Edit::Backspace => return self.cut(self.previous(), start),
            Edit::Delete => return self.cut(start, self.next()),
            Edit::DeleteToStart => return self.cut(0, start),
            Edit::DeleteRest => return self.cut(start, self.text.len()),
            Edit::DeleteWord => return self.cut(self.word_before(), start),
            Edit::WordLeft => self.caret = self.word_before(),
            Edit::WordRight => self.caret = self.word_behind(),
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
        let mut line = Line::new("上👩\u{200d}👩\u{200d}👧e\u{301}");
        assert_eq!(width(line.before()), 5);
        for column in [4, 2, 0, 0] {
            line.edit(&Edit::Left);
            assert_eq!(width(line.before()), column);
        }
        line.edit(&Edit::End);
        assert!(line.edit(&Edit::Backspace));
        assert_eq!(line.text(), "上👩\u{200d}👩\u{200d}👧");
        line.edit(&Edit::Insert("a b\u{1b}c".to_owned()));
        assert!(line.edit(&Edit::DeleteWord));
        assert!(line.text().ends_with("👧a "));
        line.edit(&Edit::DeleteToStart);
        assert_eq!(line.text(), "");
    }

    #[test]
    fn the_caret_goes_by_words() {
        let mut line = Line::new("send the quote, please");
        for before in ["send the quote, ", "send the ", "send ", "", ""] {
            line.edit(&Edit::WordLeft);
            assert_eq!(line.before(), before);
        }
        for before in ["send", "send the", "send the quote", "send the quote, please", "send the quote, please"] {
            line.edit(&Edit::WordRight);
            assert_eq!(line.before(), before);
        }
        line.edit(&Edit::WordLeft);
        assert!(line.edit(&Edit::DeleteRest));
        assert!(line.edit(&Edit::DeleteWord));
        assert_eq!(line.text(), "send the ");
        assert!(!line.edit(&Edit::DeleteRest));
    }

    #[test]
    fn edits_have_the_names_of_the_key_maps() {
        let named = crate::keymap::ACTIONS.iter().filter(|action| Edit::named(action.words).is_some());
        assert_eq!(named.count(), 11);
    }
}
