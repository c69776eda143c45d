//! Tables: columns as wide as what is in them, on a terminal never wider than it.

use std::io::Write;

use super::{cell::Wording, screen::Screen, stdout::lost};
use crate::{
    domain::Type,
    error::Result,
    query::grid::{Cell, Column},
    text::{fit, scrub, width},
};

/// The rows that are looked at before the first is printed; later ones stream.
const SAMPLE: usize = 200;
/// Between columns.
const GAP: usize = 2;
/// How narrow a column may become, where it says what the row is about and where it does not: each in turn as far as
/// is needed. Chinese names share their first characters, so the name keeps twelve of them while others can give room.
/// A screen too narrow even for the last wraps its lines.
const NARROWEST: [(usize, usize); 3] = [(24, 8), (16, 4), (4, 4)];
/// As much of its heading stands above a column of short times.
const SHORT_HEADING: usize = 8;

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[31m";
const RESET: &str = "\x1b[0m";

struct ColumnLayout {
    heading: String,
    width: usize,
    right: bool,
    /// Whether its cells are never cut: half a number or half an id is a wrong one.
    whole: bool,
    /// Whether its cells are marks of attention, which stand out where there is colour.
    mark: bool,
    /// Whether it says what the row is about.
    main: bool,
    /// How wide its days and times are where they are short, if it has any.
    times: Option<usize>,
    /// Whether they are.
    short: bool,
}

enum TableLine {
    /// The cells, and those days and times that can be shorter by their place in the row.
    Row(Vec<String>, Vec<(usize, String)>),
    /// A line across all columns.
    Across(String),
}

/// A table on its way out.
pub struct Table<'a> {
    screen: &'a Screen,
    lanes: Vec<ColumnLayout>,
    /// The first lines as text, until the widths are settled.
    held: Vec<TableLine>,
    rows: usize,
    settled: bool,
    /// Whether times are made short where that leaves the name more room.
    shortens: bool,
    row: Vec<String>,
    line: String,
}

impl<'a> Table<'a> {
    /// A table with these columns.
    pub fn new(columns: &[Column], screen: &'a Screen) -> Self {
        let lane = |column: &Column| {
            let heading = scrub(column.heading(screen.lang)).into_owned();
            let shown = if screen.no_header { 0 } else { width(&heading) };
            ColumnLayout {
                width: shown,
                heading,
                right: column.numeric,
                whole: column.whole || column.numeric || column.code == "id",
                mark: column.code == "mark" && screen.color,
                main: column.main,
                times: None,
                short: false,
            }
        };
        Self {
            screen,
            lanes: columns.iter().map(lane).collect(),
            held: Vec::new(),
            rows: 0,
            settled: false,
            shortens: screen.terminal && columns.iter().any(|column| column.main),
            row: vec![String::new(); columns.len()],
            line: String::new(),
        }
    }

    /// Takes a row; the first ones wait until the widths are known.
    pub fn push(&mut self, cells: &[Cell<'_>], words: &mut Wording<'_>, out: &mut dyn Write) -> Result<()> {
        for ((text, cell), lane) in self.row.iter_mut().zip(cells).zip(&self.lanes) {
            text.clear();
            match lane.short.then(|| words.short(cell)).flatten() {
                Some(short) => text.push_str(&short),
                None => words.human(cell, text)?,
            }
        }
        if self.settled {
            return self.print_row(out);
        }
        for ((lane, text), cell) in self.lanes.iter_mut().zip(&self.row).zip(cells) {
            lane.width = lane.width.max(width(text));
            lane.whole |= is_whole(cell);
        }
        let mut times = Vec::new();
        if self.shortens {
            for (at, (lane, cell)) in self.lanes.iter_mut().zip(cells).enumerate() {
                let Some(short) = words.short(cell) else { continue };
                let heading = if self.screen.no_header { 0 } else { width(&lane.heading).min(SHORT_HEADING) };
                lane.times = Some(lane.times.unwrap_or(heading).max(width(&short)));
                times.push((at, short));
            }
        }
        self.held.push(TableLine::Row(self.row.clone(), times));
        self.rows += 1;
        if self.rows == SAMPLE { self.settle(out) } else { Ok(()) }
    }

    /// Takes a heading, after an empty line where anything stands before it.
    pub fn heading(&mut self, text: &str, out: &mut dyn Write) -> Result<()> {
        let (bold, reset) = self.emphasis();
        let is_first = self.screen.no_header && self.held.is_empty() && !self.settled;
        let gap = if is_first { "" } else { "\n" };
        self.across(format!("{gap}{bold}{}{reset}", scrub(text)), out)
    }

    /// Takes a remark on the rows before it.
    pub fn remark(&mut self, text: &str, out: &mut dyn Write) -> Result<()> {
        self.across(scrub(text).into_owned(), out)
    }

    fn across(&mut self, line: String, out: &mut dyn Write) -> Result<()> {
        if self.settled {
            return writeln!(out, "{line}").map_err(lost);
        }
        self.held.push(TableLine::Across(line));
        Ok(())
    }

    const fn emphasis(&self) -> (&'static str, &'static str) {
        if self.screen.color { (BOLD, RESET) } else { ("", "") }
    }

    /// Prints what is still held.
    pub fn finish(mut self, out: &mut dyn Write) -> Result<()> {
        if self.settled { Ok(()) } else { self.settle(out) }
    }

    fn settle(&mut self, out: &mut dyn Write) -> Result<()> {
        self.settled = true;
        if self.screen.terminal {
            shrink(&mut self.lanes, self.screen.width);
        }
        if !self.screen.no_header {
            for (text, lane) in self.row.iter_mut().zip(&self.lanes) {
                *text = if lane.short { fit(&lane.heading, lane.width).into_owned() } else { lane.heading.clone() };
            }
            self.set_line();
            let (bold, reset) = self.emphasis();
            writeln!(out, "{bold}{}{reset}", self.line).map_err(lost)?;
        }
        for line in std::mem::take(&mut self.held) {
            match line {
                TableLine::Row(row, times) => {
                    self.row = row;
                    for (at, short) in times.into_iter().filter(|(at, _)| self.lanes[*at].short) {
                        self.row[at] = short;
                    }
                    self.print_row(out)?;
                }
                TableLine::Across(line) => writeln!(out, "{line}").map_err(lost)?,
            }
        }
        Ok(())
    }

    fn print_row(&mut self, out: &mut dyn Write) -> Result<()> {
        self.set_line();
        self.line.push('\n');
        out.write_all(self.line.as_bytes()).map_err(lost)
    }

    /// Sets the line to the row: cells in their lanes, nothing after the last.
    fn set_line(&mut self) {
        self.line.clear();
        let mut owed = 0;
        for (text, lane) in self.row.iter().zip(&self.lanes) {
            let cut = self.screen.terminal && !lane.whole;
            let text = if cut { fit(text, lane.width) } else { text.as_str().into() };
            let free = lane.width.saturating_sub(width(&text));
            let (before, after) = if lane.right { (free, 0) } else { (0, free) };
            if !text.is_empty() {
                self.line.extend(std::iter::repeat_n(' ', owed + before));
                if lane.mark {
                    self.line.extend([RED, &text, RESET]);
                } else {
                    self.line.push_str(&text);
                }
                owed = after + GAP;
            } else {
                owed += lane.width + GAP;
            }
        }
    }
}

/// Whether a value loses its meaning when it is cut.
fn is_whole(cell: &Cell<'_>) -> bool {
    match cell {
        Cell::Id(_) | Cell::Number(_) | Cell::Mean(_) => true,
        Cell::Field(def, _) => !def.many && matches!(def.ty, Type::Date | Type::Instant | Type::Due),
        _ => false,
    }
}

/// Narrows lanes until the table fits: first times become short, then it is always the widest of those that may be
/// cut, the name as late as possible.
fn shrink(lanes: &mut [ColumnLayout], room: usize) {
    let total = |lanes: &[ColumnLayout]| lanes.iter().map(|lane| lane.width + GAP).sum::<usize>().saturating_sub(GAP);
    if total(lanes) > room {
        for lane in lanes.iter_mut() {
            if let Some(times) = lane.times {
                (lane.width, lane.short) = (times.min(lane.width), true);
            }
        }
    }
    let mut over = total(lanes).saturating_sub(room);
    for (name, other) in NARROWEST {
        while over > 0 {
            let narrowest = |lane: &ColumnLayout| if lane.main { name } else { other };
            let narrowable = lanes.iter_mut().filter(|lane| !lane.whole && lane.width > narrowest(lane));
            let Some(widest) = narrowable.max_by_key(|lane| lane.width) else { break };
            widest.width -= 1;
            over -= 1;
        }
    }
}
