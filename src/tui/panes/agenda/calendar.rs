//! Months with the days on which something is due.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    domain::words::calendar::{month_start, week_start},
    query::agenda::{Clock, Section},
    text::{Align, Lang},
    tui::{
        look::{Look, Role},
        panes::pen::Pen,
    },
};

use super::State;

/// How wide a month is: seven days of four cells.
pub(super) const WIDTH: u16 = 28;

/// How high a month is: its name, the days of the week, six weeks, an empty line.
const HEIGHT: u16 = 9;

/// What stands on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Day {
    Planned,
    Late,
}

/// Draws this month, and those after it as far as there is room, at most three.
pub(super) fn draw(state: &State, clock: &Clock, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let mut days: BTreeMap<NaiveDate, Day> = BTreeMap::new();
    for row in state.rows.rows.iter().filter(|row| row.section != Section::Done) {
        let day = if row.section == Section::Overdue { Day::Late } else { Day::Planned };
        let held = days.entry(row.due.day(clock.tz)).or_insert(day);
        *held = day.max(*held);
    }
    let here = state.row().map(|row| row.due.day(clock.tz));
    let mut month = month_start(clock.today());
    for at in 0..(area.height / HEIGHT).clamp(1, 3) {
        let place = Rect { y: area.y + at * HEIGHT, height: HEIGHT.min(area.height), ..area };
        draw_month(month, (&days, here), clock, look, place, buf);
        let Some(next) = month.checked_add_months(Months::new(1)) else { return };
        month = next;
    }
}

fn draw_month(
    month: NaiveDate,
    (days, here): (&BTreeMap<NaiveDate, Day>, Option<NaiveDate>),
    clock: &Clock,
    look: &Look<'_>,
    area: Rect,
    buf: &mut Buffer,
) {
    let name = match look.lang {
        Lang::En => month.format("%B %Y").to_string(),
        Lang::Zh => month.format("%Y年%-m月").to_string(),
    };
    Pen::new(buf, area, 0).put(&name, usize::from(area.width), Align::Center, look.of(Role::Heading));
    let first = week_start(month, clock.week_start);
    let mut pen = Pen::new(buf, area, 1);
    for day in first.iter_days().take(7) {
        let names =
            look.lang.pick(["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"], ["一", "二", "三", "四", "五", "六", "日"]);
        let name = names[day.weekday().num_days_from_monday() as usize];
        pen.skip(1).put(name, 3, Align::Left, look.of(Role::Dim));
    }
    let mut monday = Some(first);
    for line in 2..HEIGHT - 1 {
        let Some(start) = monday else { return };
        let mut pen = Pen::new(buf, area, line);
        for day in start.iter_days().take(7) {
            if day.month() != month.month() {
                pen.skip(4);
                continue;
            }
            let (sign, style) = match days.get(&day) {
                Some(Day::Late) => ("!", look.of(Role::Late)),
                Some(Day::Planned) => ("•", look.of(Role::Text)),
                None => ("", look.of(Role::Dim)),
            };
            let style = if day == clock.today() { style.patch(look.cursor()) } else { style };
            let (open, sign) = if here == Some(day) { ("[", "]") } else { ("", sign) };
            pen.put(open, 1, Align::Left, look.of(Role::Text));
            pen.put(&day.day().to_string(), 2, Align::Right, style).put(sign, 1, Align::Left, style);
        }
        monday = start.checked_add_days(Days::new(7));
    }
}
