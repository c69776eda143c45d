//! The agenda on the screen: rows under headings, cursor, marks, the calendar beside them.

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate, Weekday};
use chrono_tz::Tz;

use crate::{
    domain::Instant,
    read_model::{
        agenda::{AgendaRow, Section},
        positions::Position,
    },
    tui::panes::{
        Action,
        question::{PaneQuery, RowWindow},
        virtual_list::{VirtualList, lines_in},
    },
};

use super::Rows;

/// What the pane knows.
#[derive(Clone, Debug)]
pub struct State {
    /// Which follow-ups it shows.
    pub question: PaneQuery,
    /// The list.
    pub list: VirtualList<AgendaRow>,
    /// The first day of the week.
    pub(super) week_start: Weekday,
    /// Whether the calendar was asked for, or sent away; left to the width of the screen otherwise.
    pub(super) calendar: Option<bool>,
    /// The day that was chosen in the calendar, until the cursor moves in the list.
    pub(super) day: Option<NaiveDate>,
}

impl Default for State {
    fn default() -> Self {
        let (question, list) = (PaneQuery::default(), VirtualList::new(true));
        Self { question, list, week_start: Weekday::Mon, calendar: None, day: None }
    }
}

/// In a wider pane the calendar stands beside the list unless it is sent away.
const WIDE: u16 = 140;
/// In one narrower than this it finds no room.
pub const NARROW: u16 = 90;

/// How wide a month of the calendar is: seven days of five cells.
pub(super) const WIDTH: u16 = 35;

/// How wide a list is that has the calendar beside it, where there would be so much room.
pub(super) const fn beside(room: u16) -> u16 {
    room.saturating_sub(WIDTH + 3)
}

/// What is due on a day: how much, and whether it is late.
pub(super) type DueOn = BTreeMap<NaiveDate, (usize, bool)>;

impl State {
    /// Takes what was read, unless something else is asked for by now.
    pub fn loaded(&mut self, rows: Rows) {
        if rows.read.question == self.question {
            let overdue = rows.read.order.partition_point(|place| place.part == Section::Overdue as u8);
            // All of a call list is urgent.
            let urgent = if self.question.calls { rows.read.order.len() } else { overdue };
            self.week_start = rows.week_start;
            self.list.take(rows.read, urgent);
        }
    }

    /// Acts in a pane of this size; whether anything is different now.
    pub fn update(&mut self, action: Action, (width, height): (u16, u16), tz: Tz) -> bool {
        match action {
            Action::Calendar => {
                let room = self.has_room(width);
                if room {
                    self.calendar = Some(!self.shows_calendar(width));
                }
                room
            }
            Action::Left => self.go_to(height, tz, |day| day.checked_sub_days(Days::new(1))),
            Action::Right => self.go_to(height, tz, |day| day.checked_add_days(Days::new(1))),
            Action::PreviousMonth => self.go_to(height, tz, |day| day.checked_sub_months(Months::new(1))),
            Action::NextMonth => self.go_to(height, tz, |day| day.checked_add_months(Months::new(1))),
            _ => {
                self.day = None;
                self.list.act(action, lines_in(height, false))
            }
        }
    }

    /// The row at a place of a pane of this size, beside the calendar where that is drawn.
    pub fn hit(&self, (x, line): (u16, u16), (width, height): (u16, u16), plain: bool) -> Option<usize> {
        let shown = self.shows_calendar(width) && !self.question.calls && !plain;
        let end = if shown { beside(width) } else { width };
        self.list.hit(line, height, false).filter(|_| x < end)
    }

    /// Whether a pane so wide can have the calendar.
    pub fn has_room(&self, width: u16) -> bool {
        width >= NARROW && !self.question.calls
    }

    /// Whether the calendar stands beside a list that would else be so wide.
    pub(super) fn shows_calendar(&self, width: u16) -> bool {
        width >= NARROW && self.calendar.unwrap_or(width >= WIDE)
    }

    /// The day of the calendar: the one that was chosen, else that of the row under the cursor.
    pub(super) fn day(&self, tz: Tz) -> Option<NaiveDate> {
        self.day.or_else(|| self.list.read.order.get(self.list.selection.at).map(|place| day_of(place, tz)))
    }

    /// To another day, and to the first row that is due then or after it.
    fn go_to(&mut self, height: u16, tz: Tz, step: impl Fn(NaiveDate) -> Option<NaiveDate>) -> bool {
        if self.question.calls {
            return false;
        }
        let Some(day) = self.day(tz).and_then(step) else { return false };
        let open = self.list.read.order.partition_point(|place| place.part < Section::Done as u8);
        let at = self.list.read.order[..open].partition_point(|place| day_of(place, tz) < day);
        if at < open {
            self.list.act(Action::Row(at + 1), lines_in(height, false));
        }
        self.day = Some(day);
        true
    }

    /// What is to be done on each day between two of them.
    pub(super) fn due_on(&self, (from, to): (NaiveDate, NaiveDate), tz: Tz) -> DueOn {
        let mut days = DueOn::new();
        let key = |day: NaiveDate| Instant::from(day.and_time(chrono::NaiveTime::MIN).and_utc()).0;
        // No zone is further from that of the keys than this.
        let margin = 24 * 3600 * 1000;
        let near = key(from) - margin..key(to) + 2 * margin;
        for place in self.list.read.order.iter() {
            if place.part == Section::Done as u8 || !near.contains(&place.at) {
                continue;
            }
            let day = day_of(place, tz);
            if (from..=to).contains(&day) {
                let held = days.entry(day).or_default();
                held.0 += 1;
                held.1 |= place.part == Section::Overdue as u8;
            }
        }
        days
    }

    /// What has to be read so that all that is seen is there.
    pub fn missing(&self, height: u16) -> Option<RowWindow> {
        self.list.missing(lines_in(height, false))
    }

    /// What is read when everything is read again.
    pub fn window(&self, height: u16) -> RowWindow {
        self.list.window(lines_in(height, false))
    }
}

/// The day on which something is due. What an index alone tells of is due on a whole day where its time is midnight.
pub(super) fn day_of(place: &Position, tz: Tz) -> NaiveDate {
    const DAY: i64 = 24 * 3600 * 1000;
    let at = Instant(place.at);
    if place.at.rem_euclid(DAY) == 0 { at.utc().date_naive() } else { at.day(tz) }
}
