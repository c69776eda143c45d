//! Lines to read above everything else: help, messages, what a command has to show.

use std::borrow::Cow;

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use crate::{
    domain::RecordId,
    text::{Align, fold, fold_cow, pad},
};

use super::{
    action::Action,
    draw_context::{DrawContext, Role},
    line::TextInput,
    paint,
};

/// What stands at the left of a line has so many columns.
const LABEL: usize = 20;

/// What a line leads to.
#[derive(Clone, Debug, Default)]
pub enum LineTarget {
    /// Nowhere.
    #[default]
    Nowhere,
    /// Nowhere: it stands over the lines that follow.
    Heading,
    /// To a record.
    Record(RecordId),
    /// To what a key does.
    Action(Box<Action>),
}

/// A line.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// What stands at the left, in a column of its own: keys.
    pub label: String,
    /// What it says.
    pub text: String,
    /// What it is found by besides: the words that are bound.
    pub words: String,
    /// What is read at the right where there is room: what else could be typed.
    pub note: String,
    /// What Enter does with it.
    pub leads: LineTarget,
}

/// Lines to read.
#[derive(Clone, Debug, Default)]
pub struct Popup {
    /// What they are.
    pub title: String,
    /// The lines.
    pub entries: Vec<Entry>,
    /// The lines that hold what is searched for.
    pub found: Vec<usize>,
    /// The line of the cursor, of those that were found.
    pub cursor: usize,
    /// The first line that is seen.
    pub scroll: usize,
    /// What the lines are to hold.
    pub search: String,
    /// Whether that is being typed, and where its caret is.
    pub line: Option<TextInput>,
}

impl Popup {
    /// Lines under a title.
    pub fn new(title: impl Into<String>, entries: Vec<Entry>) -> Self {
        let found = (0..entries.len()).collect();
        Self { title: title.into(), entries, found, ..Self::default() }
    }

    /// Text under a title.
    pub fn text(title: impl Into<String>, text: &str) -> Self {
        Self::new(title, text.lines().map(|line| Entry { text: line.to_owned(), ..Entry::default() }).collect())
    }

    /// Keeps the lines that hold a text, each under its heading.
    pub fn search(&mut self, text: &str) {
        let wanted = fold(text);
        let holds = |entry: &Entry| {
            [&entry.text, &entry.label, &entry.words].into_iter().any(|text| fold_cow(text).contains(&wanted))
        };
        let mut heading = None;
        self.found.clear();
        for (at, entry) in self.entries.iter().enumerate() {
            if matches!(entry.leads, LineTarget::Heading) {
                heading = Some(at);
            } else if holds(entry) {
                self.found.extend(heading.take());
                self.found.push(at);
            }
        }
        text.clone_into(&mut self.search);
        self.scroll = 0;
        // The first line that leads somewhere is what one looks for.
        self.cursor =
            self.found.iter().position(|at| !matches!(self.entries[*at].leads, LineTarget::Heading)).unwrap_or(0);
    }

    /// The line under the cursor.
    pub fn current(&self) -> Option<&Entry> {
        self.entries.get(*self.found.get(self.cursor)?)
    }

    /// Moves the cursor, in a window of so many lines.
    pub fn step(&mut self, by: isize, height: usize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.found.len().saturating_sub(1));
        self.scroll = self.scroll.clamp((self.cursor + 1).saturating_sub(height.max(1)), self.cursor);
    }
}

/// The lines that are seen in a body of so many.
pub const fn height(body: u16) -> u16 {
    body.saturating_sub(1)
}

/// Draws it over an area, and gives the place of its cursor.
pub fn draw(popup: &Popup, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) -> Position {
    let title = match &popup.line {
        None if popup.search.is_empty() => Cow::Borrowed(popup.title.as_str()),
        _ => Cow::Owned(format!("{}  /{}", popup.title, popup.search)),
    };
    let inner = framed(&title, look, area, buf);
    for (row, (at, entry)) in inner.rows().zip(popup.found.iter().enumerate().skip(popup.scroll)) {
        let entry = &popup.entries[*entry];
        let role = if matches!(entry.leads, LineTarget::Heading) { Role::Heading } else { Role::Text };
        let mut x = row.x;
        if !entry.label.is_empty() {
            x = paint::run(
                buf,
                (x + 2, row.y),
                row.right(),
                &pad(&entry.label, LABEL, Align::Left),
                look.of(Role::Key),
            );
            x += 1;
        }
        paint::cell(buf, (x, row.y), row.right().saturating_sub(x), &entry.text, Align::Left, look.of(role));
        let (said, noted) = (crate::text::width(&entry.text), crate::text::width(&entry.note));
        if noted > 0 && usize::from(row.right().saturating_sub(x)) > said + 2 + noted {
            paint::right(buf, Rect { width: row.width.saturating_sub(1), ..row }, &entry.note, look.of(Role::Dim));
        }
        if at == popup.cursor {
            buf.set_style(row, look.cursor());
        }
    }
    if let Some(line) = &popup.line {
        let x = area.x + 2 + (crate::text::width(&popup.title) + 4 + crate::text::width(line.before())) as u16;
        return Position::new(x.min(area.right() - 1), area.y);
    }
    let below = popup.cursor.saturating_sub(popup.scroll) as u16;
    Position::new(inner.x, (inner.y + below).min(inner.bottom().max(inner.y + 1) - 1))
}

/// Empties an area, writes a title over a rule, and gives what is left.
pub fn framed(title: &str, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) -> Rect {
    paint::clear(buf, area);
    let line = "─".repeat(area.width.into());
    paint::run(buf, (area.x, area.y), area.right(), &line, look.of(Role::Rule));
    paint::run(buf, (area.x + 2, area.y), area.right() - 2, &format!(" {title} "), look.of(Role::Heading));
    Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 1 }
}

#[test]
fn a_search_keeps_lines_under_their_headings() {
    let line = |text: &str, leads| Entry { text: text.to_owned(), leads, ..Entry::default() };
    let mut popup = Popup::new(
        "Keys",
        vec![
            line("Record", LineTarget::Heading),
            line("Down", LineTarget::Nowhere),
            line("Everywhere", LineTarget::Heading),
            line("Undo the last step", LineTarget::Nowhere),
            line("Undo nothing", LineTarget::Nowhere),
        ],
    );
    let seen = |popup: &Popup| popup.found.clone();
    popup.search("UNDO");
    assert_eq!((seen(&popup), popup.cursor), (vec![2, 3, 4], 1));
    popup.search("every");
    assert_eq!((seen(&popup), popup.cursor), (vec![], 0));
    popup.search("");
    assert_eq!((seen(&popup), popup.cursor), (vec![0, 1, 2, 3, 4], 1));
}
