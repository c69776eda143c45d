//! Months with the days on which something is due.

use chrono::{Datelike, Days, Months, NaiveDate};
use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    domain::words::calendar::{month_start, week_start},
    read_model::agenda::Clock,
    text::{Align, Lang},
    tui::{
        draw_context::{DrawContext, Role},
        panes::line_writer::LineWriter,
    },
};

use super::{State, state::DueOn};

/// How high a month is: its name, the days of the week, six weeks, an empty line.
const HEIGHT: u16 = 9;

/// Draws the month of the day that was chosen, and those after it as far as there is room, at most three.
pub(super) fn draw(state: &State, clock: &Clock, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    let here = state.day(clock.tz);
    let shown = (area.height / HEIGHT).clamp(1, 3);
    // What is late may lie long ago: a calendar in which nobody has chosen a day shows this month.
    let mut month = month_start(state.day.unwrap_or(clock.today()));
    let last = month.checked_add_months(Months::new(shown.into())).unwrap_or(month);
    let days = state.due_on((month, last), clock.tz);
    for at in 0..shown {
        let place = Rect { y: area.y + at * HEIGHT, height: HEIGHT.min(area.height), ..area };
        draw_month(month, (&days, here), clock, look, place, buf);
        let Some(next) = month.checked_add_months(Months::new(1)) else { return };
        month = next;
    }
}

fn draw_month(
    month: NaiveDate,
    (days, here): (&DueOn, Option<NaiveDate>),
    clock: &Clock,
    look: &DrawContext<'_>,
    area: Rect,
    buf: &mut Buffer,
) {
    let name = match look.lang {
        Lang::En => month.format("%B %Y").to_string(),
        Lang::Zh => month.format("%Y年%-m月").to_string(),
    };
    LineWriter::new(buf, area, 0).put(&name, usize::from(area.width), Align::Center, look.of(Role::Heading));
    let first = week_start(month, clock.week_start);
    let mut pen = LineWriter::new(buf, area, 1);
    for day in first.iter_days().take(7) {
        let names =
            look.lang.pick(["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"], ["一", "二", "三", "四", "五", "六", "日"]);
        let name = names[day.weekday().num_days_from_monday() as usize];
        pen.skip(1).put(name, 4, Align::Left, look.of(Role::Dim));
    }
    let mut monday = Some(first);
    for line in 2..HEIGHT - 1 {
        let Some(start) = monday else { return };
        let mut pen = LineWriter::new(buf, area, line);
        for day in start.iter_days().take(7) {
            if day.month() != month.month() {
                pen.skip(5);
                continue;
            }
            let (count, style) = match days.get(&day) {
                Some((count, late)) => (*count, look.of(if *late { Role::Late } else { Role::Text })),
                None => (0, look.of(Role::Dim)),
            };
            let number = if day == clock.today() { style.patch(look.cursor()) } else { style };
            let open = if here == Some(day) { "[" } else { "" };
            pen.put(open, 1, Align::Left, look.of(Role::Text)).put(&day.day().to_string(), 2, Align::Right, number);
            let close = if here == Some(day) { "]" } else { "" };
            // The bracket stands close to the number of the day, or to how much is due on it.
            let behind = format!("{}{close}", raised(count));
            pen.put(&behind, 2, Align::Left, style);
        }
        monday = start.checked_add_days(Days::new(7));
    }
}

/// How much is due on a day, as a small number behind that of the day.
const fn raised(count: usize) -> &'static str {
    match count {
        0 => "",
        1..10 => ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"][count - 1],
        _ => "⁺",
    }
}
