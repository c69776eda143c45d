//! The picture of the list.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::{Modifier, Style},
};

use crate::{
    domain::customer,
    keymap::Scope,
    text::{Align, plural, scrub, width, wrap},
    tui::{
        draw_context::{DrawContext, Role},
        keys, paint,
    },
};

use super::{
    column::{self, ColumnPlacement},
    rows::{CustomerRow, Urgency},
    state::{ListLine, State},
};

/// The cursor and the sign of attention stand before the name.
const SIGNS: u16 = 3;

/// What the list is of, on one line: the filter at the left, numbers and order at the right.
pub fn title(state: &State, look: &DrawContext<'_>) -> (String, String) {
    let lang = look.lang;
    let question = &state.question;
    let mut left = Vec::new();
    let opened = state.view.as_deref().and_then(|name| state.list.views.iter().find(|view| view.name == name));
    if let Some(view) = opened {
        let same = view.question == *question && view.columns == state.columns;
        left.push(format!("[{}{}]", scrub(&view.name), if same { "" } else { " +" }));
    }
    left.push(question.scope.label(lang).to_owned());
    left.extend((!question.filter.is_empty()).then(|| question.filter.clone()));
    left.extend((!question.narrow.is_empty()).then(|| format!("/{}", question.narrow)));
    if opened.is_none() && left.len() == 1 {
        let keys = |digit: u8| keys::pressed(look.keymap, Scope::Customers, &format!("view open {digit}"));
        let keyed = state.list.views.iter();
        left.extend(keyed.filter_map(|view| Some(format!("{} {}", keys(view.key?)?, scrub(&view.name)))));
    }
    let customers = |n: usize| format!("{} {}", grouped(n), plural(n as u64, "customer"));
    let (list, total) = (&state.list, state.total());
    let count = if list.whole && total == list.among {
        lang.pick(customers(total), format!("{} 个客户", grouped(total)))
    } else if question.filter.is_empty() && question.narrow.is_empty() && question.scope == Default::default() {
        // The first of all: how many those are is known.
        lang.pick(customers(list.all), format!("{} 个客户", grouped(list.all)))
    } else {
        let more = if list.whole && list.question == *question { "" } else { "+" };
        let (total, all) = (grouped(total), grouped(list.among));
        lang.pick(format!("{total}{more} of {all}"), format!("{total}{more} / {all}"))
    };
    (left.join("  "), format!("{count}   {}", question.sort.label(look.schema, lang)))
}

fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Draws the list, headings first, then rows, and gives the place of the cursor.
pub fn draw(state: &State, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) -> Position {
    let home = Position::new(area.x, area.y);
    if area.height < 2 || area.width < SIGNS + 4 {
        return home;
    }
    let places = column::places(&state.columns, look.lang, area.width - SIGNS, &widest(state, area.height - 1));
    for place in &places {
        let (x, y) = (area.x + SIGNS + place.x, area.y);
        let text = column::heading(&state.columns[place.at], look.lang);
        paint::cell(buf, (x, y), place.wide, &text, place.align, look.of(Role::Dim));
    }
    let body = Rect { y: area.y + 1, height: area.height - 1, ..area };
    if state.loaded && state.total() == 0 {
        empty(state, look, body, buf);
        return Position::new(body.x, body.y);
    }
    let span = state.span();
    for (line, row) in (state.offset..state.lines()).zip(body.rows()) {
        match state.at_line(line) {
            ListLine::Heading(group) => heading(state, group, look, row, buf),
            ListLine::Row(at) => {
                let ranged = span.as_ref().is_some_and(|span| span.contains(&at));
                draw_row(state, look, (at, ranged), row, &places, buf);
            }
        }
    }
    let below = state.line(state.cursor).saturating_sub(state.offset) as u16;
    let chosen = places.iter().find(|place| Some(place.at) == state.cell);
    let x = chosen.map_or(area.x, |place| area.x + SIGNS + place.x);
    Position::new(x, (body.y + below).min(body.bottom() - 1))
}

/// The widest text of each column in the rows that are seen.
fn widest(state: &State, height: u16) -> Vec<usize> {
    let mut widest = vec![0; state.columns.len()];
    for line in (state.offset..state.lines()).take(height.into()) {
        let ListLine::Row(at) = state.at_line(line) else { continue };
        let cells = state.row(at).map_or(&[][..], |row| row.cells.as_slice());
        for (wide, text) in widest.iter_mut().zip(cells) {
            *wide = (*wide).max(width(text));
        }
    }
    widest
}

fn heading(state: &State, group: usize, look: &DrawContext<'_>, line: Rect, buf: &mut Buffer) {
    let Some(group) = state.list.groups.get(group) else { return };
    let x = paint::run(buf, (line.x + 1, line.y), line.right(), &group.label, look.of(Role::Heading));
    let count = grouped(group.count);
    if x + 2 + width(&count) as u16 <= line.right() {
        paint::run(buf, (x + 2, line.y), line.right(), &count, look.of(Role::Dim));
    }
}

fn draw_row(
    state: &State,
    look: &DrawContext<'_>,
    (at, ranged): (usize, bool),
    line: Rect,
    places: &[ColumnPlacement],
    buf: &mut Buffer,
) {
    let Some(num) = state.number(at) else { return };
    let here = at == state.cursor;
    let marked = ranged || state.marks.contains(num);
    let late = state.list.late.contains(num);
    if let Some(row) = state.row(at) {
        for place in places {
            let style = style(state, look, row, place.at, marked);
            let text = row.cells.get(place.at).map_or("", String::as_str);
            paint::cell(buf, (line.x + SIGNS + place.x, line.y), place.wide, text, place.align, style);
        }
    }
    if here {
        buf.set_style(line, look.cursor());
        if let Some(place) = places.iter().find(|place| Some(place.at) == state.cell) {
            let cell = Rect { x: line.x + SIGNS + place.x, width: place.wide, ..line };
            buf.set_style(cell, Style::new().add_modifier(Modifier::UNDERLINED | Modifier::BOLD));
        }
    }
    let sign = if marked {
        "+"
    } else if late {
        look.bullet()
    } else {
        ""
    };
    let style = look.of(if marked { Role::Mark } else { Role::Late });
    paint::cell(buf, (line.x, line.y), 1, if here { ">" } else { " " }, Align::Left, Style::new());
    paint::run(buf, (line.x + 1, line.y), line.x + 2, sign, style);
}

fn style(state: &State, look: &DrawContext<'_>, row: &CustomerRow, at: usize, marked: bool) -> Style {
    let next = || state.columns.get(at).and_then(|path| path.own_field()) == Some(&customer::NEXT_FOLLOWUP.def());
    look.of(match row.urgency {
        Urgency::Late if next() => Role::Late,
        Urgency::Today if next() => Role::Soon,
        _ if marked => Role::Mark,
        _ => Role::Text,
    })
}

fn empty(state: &State, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    let text = if state.list.all == 0 {
        let [add, demo] = ["add", "demo"].map(|words| look.key(Scope::Customers, words));
        look.lang.pick(
            format!("No customers yet: {add} adds one, :import FILE --into customer, {demo} shows some"),
            format!("还没有客户：按 {add} 新建，:导入 文件 --into 客户 可导入，{demo} 查看示例"),
        )
    } else if !state.list.whole {
        look.lang.pick("searching …", "查找中…").to_owned()
    } else {
        let back = look.key(Scope::Customers, "back");
        look.lang.pick(
            format!("Nothing passes: {back} takes the filter away"),
            format!("没有符合的客户：按 {back} 清除筛选"),
        )
    };
    let room = area.width.saturating_sub(SIGNS + 1);
    for (row, line) in area.rows().skip(1).zip(wrap(&text, room.into())) {
        paint::run(buf, (row.x + SIGNS, row.y), row.right(), &line, look.of(Role::Dim));
    }
}
