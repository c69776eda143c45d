//! Where a person is in a record that was opened, and what of it is shown.

use crate::{
    domain::RecordId,
    text::{fold, fold_cow, pinyin},
};

use super::{EventFilter, LineKind, RecordView, measure::Measure};

/// A record that was opened.
#[derive(Clone, Debug)]
pub struct OpenRecord {
    /// Which.
    pub id: RecordId,
    /// What it says, once it is read.
    pub told: Option<RecordView>,
    /// The line of the cursor.
    pub cursor: usize,
    /// The first line that is seen.
    pub scroll: usize,
    /// What the lines are to hold.
    pub find: String,
    /// What the timeline is limited to.
    pub only: Option<EventFilter>,
}

/// So near to the end of the timeline older events are read.
const NEAR: usize = 40;

impl OpenRecord {
    /// A record that is still to be read.
    pub const fn new(id: RecordId) -> Self {
        Self { id, told: None, cursor: 0, scroll: 0, find: String::new(), only: None }
    }

    /// The record that the line under the cursor leads to.
    pub fn link(&self) -> Option<RecordId> {
        self.told.as_ref()?.lines.get(self.cursor)?.to
    }

    /// The lines that are shown: all, or those that hold what is looked for, under their headings.
    pub fn shown(&self) -> Vec<usize> {
        let Some(told) = &self.told else { return Vec::new() };
        let wanted = fold(self.find.trim());
        let passes = |at: usize| {
            let line = &told.lines[at];
            let limited = line.what.is_some() && self.only.is_some() && line.what != self.only;
            let holds = |text: &str| fold_cow(text).contains(&wanted) || pinyin::matches(&wanted, text);
            !limited && (wanted.is_empty() || holds(&line.label) || holds(&line.text))
        };
        let mut shown: Vec<usize> = Vec::new();
        let mut headings: Vec<usize> = Vec::new();
        for (at, line) in told.lines.iter().enumerate() {
            match line.sort {
                // Room and headings come with what stands below them.
                LineKind::Gap if wanted.is_empty() => shown.push(at),
                LineKind::Gap => headings.clear(),
                LineKind::Heading | LineKind::Columns if wanted.is_empty() => shown.push(at),
                LineKind::Columns => headings.push(at),
                LineKind::Heading => {
                    headings = vec![at];
                    if passes(at) {
                        shown.append(&mut headings);
                    }
                }
                _ if passes(at) => {
                    shown.append(&mut headings);
                    shown.push(at);
                }
                _ => {}
            }
        }
        shown
    }

    /// Moves the cursor over so many lines that say something, and the window with it.
    pub fn step(&mut self, by: isize, size: (u16, u16)) {
        self.go(size, |told, shown, here| {
            let stops: Vec<usize> = shown.iter().copied().filter(|at| is_stop(told, *at)).collect();
            let at = stops.iter().position(|at| *at >= here).unwrap_or(stops.len().saturating_sub(1));
            stops.get(at.saturating_add_signed(by).min(stops.len().saturating_sub(1))).copied()
        });
    }

    /// To the next heading, or to the one before; before the first is the top.
    pub fn section(&mut self, forward: bool, size: (u16, u16)) {
        self.go(size, |told, shown, here| {
            let mut headings = shown.iter().copied().filter(|at| told.lines[*at].sort == LineKind::Heading);
            if forward { headings.find(|at| *at > here) } else { Some(headings.rfind(|at| *at < here).unwrap_or(0)) }
        });
    }

    /// To the first of the lines that are shown, because others are.
    pub fn restart(&mut self, size: (u16, u16)) {
        (self.cursor, self.scroll) = (0, 0);
        self.settle(size);
    }

    /// Keeps the cursor on a line that is shown, and in the window.
    pub fn settle(&mut self, size: (u16, u16)) {
        self.step(0, size);
    }

    fn go(&mut self, (cols, height): (u16, u16), to: impl FnOnce(&RecordView, &[usize], usize) -> Option<usize>) {
        let Some(told) = &self.told else { return };
        let shown = self.shown();
        self.cursor = to(told, &shown, self.cursor).unwrap_or(self.cursor);
        let place = |line: usize| shown.partition_point(|at| *at < line);
        let (cursor, mut top) = (place(self.cursor), place(self.scroll));
        if cursor <= first_stop(told, &shown) {
            // What stands above the first line is seen with it.
            top = 0;
        }
        top = top.min(cursor);
        let lines = Measure::new(told, cols);
        let mut left = usize::from(height).max(1);
        // As far up from the cursor as there is room.
        for at in (top..=cursor.min(shown.len().saturating_sub(1))).rev() {
            let high = shown.get(at).map_or(0, |line| lines.height(&told.lines[*line]));
            if high > left {
                top = (at + 1).min(cursor);
                break;
            }
            left -= high;
        }
        // No empty lines below the last where there are lines above.
        let (mut left, mut lowest) = (usize::from(height).max(1), shown.len());
        while let Some(at) = lowest.checked_sub(1) {
            let high = lines.height(&told.lines[shown[at]]);
            if high > left {
                break;
            }
            left -= high;
            lowest = at;
        }
        self.scroll = shown.get(top.min(lowest)).copied().unwrap_or(0);
    }

    /// How many events are wanted, where the cursor is near the end of those that were read and there are more.
    pub fn wants(&self) -> Option<usize> {
        let told = self.told.as_ref().filter(|told| told.older)?;
        let after = told.lines.len() - self.cursor.min(told.lines.len());
        let few = self.only.is_some() && self.shown().len() < NEAR;
        (after < NEAR || few).then_some(told.events * 4)
    }
}

/// Whether the cursor stops at a line.
fn is_stop(told: &RecordView, at: usize) -> bool {
    !matches!(told.lines[at].sort, LineKind::Gap | LineKind::Columns)
}

fn first_stop(told: &RecordView, shown: &[usize]) -> usize {
    shown.iter().position(|at| is_stop(told, *at)).unwrap_or(0)
}
