//! A line that is being typed, with its caret.

use unicode_segmentation::GraphemeCursor;

use crate::text::{scrub, width};

/// Text and caret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    caret: usize,
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
    DeleteToEnd,
    /// One to the left.
    Left,
    /// One to the right.
    Right,
    /// To the beginning of the word before.
    WordLeft,
    /// To the beginning of the word behind.
    WordRight,
    /// To the beginning.
    Home,
    /// To the end.
    End,
}

impl Line {
    /// A line with the caret at its end.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { caret: text.len(), text }
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The column of the caret.
    pub fn column(&self) -> usize {
        width(&self.text[..self.caret])
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
                let text = scrub(text);
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
            Edit::DeleteToEnd => return self.cut(start, self.text.len()),
            Edit::DeleteWord => return self.cut(self.word_before(), start),
            Edit::WordLeft => self.caret = self.word_before(),
            Edit::WordRight => {
                let behind = &self.text[start..];
                let space = behind.find(char::is_whitespace).unwrap_or(behind.len());
                let gap = behind[space..].find(|c: char| !c.is_whitespace());
                self.caret = gap.map_or(self.text.len(), |gap| start + space + gap);
            }
        }
        false
    }

    fn cut(&mut self, from: usize, to: usize) -> bool {
        self.text.replace_range(from..to, "");
        self.caret = from;
        from < to
    }

    fn word_before(&self) -> usize {
        let before = self.before().trim_end();
        let from = before.char_indices().rev().find(|(_, c)| c.is_whitespace());
        from.map_or(0, |(at, c)| at + c.len_utf8())
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

    #[test]
    fn the_caret_goes_by_what_one_sees() {
        let mut line = Line::new("上👩\u{200d}👩\u{200d}👧e\u{301}");
        assert_eq!(line.column(), 5);
        for column in [4, 2, 0, 0] {
            line.edit(&Edit::Left);
            assert_eq!(line.column(), column);
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
        let mut line = Line::new("log  call 张三");
        for (edit, before) in [
            (Edit::WordLeft, "log  call "),
            (Edit::WordLeft, "log  "),
            (Edit::WordLeft, ""),
            (Edit::WordRight, "log  "),
            (Edit::WordRight, "log  call "),
            (Edit::WordRight, "log  call 张三"),
        ] {
            line.edit(&edit);
            assert_eq!(line.before(), before, "{edit:?}");
        }
        line.edit(&Edit::WordLeft);
        assert!(line.edit(&Edit::DeleteToEnd));
        assert_eq!(line.text(), "log  call ");
    }
}
