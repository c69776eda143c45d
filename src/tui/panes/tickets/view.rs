//! The queue drawn.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    domain::ticket,
    query::queue::{Left, QueueRow},
    text::{Align, Lang},
    tui::{
        look::{Look, Role},
        panes::{
            columns::{ask, widths},
            label::label,
            pen::{Pen, cells},
        },
    },
};

use super::{State, state::left};

/// The lines above the rows: the title, an empty one, the headings.
const ABOVE: u16 = 3;

/// A limit nearer than this is near, in seconds.
const NEAR: i64 = 3600;

/// Cursor, mark, attention, and a space.
const MARKS: usize = 4;

/// How many rows a pane of this height shows.
pub(super) fn rows_in(height: u16) -> usize {
    usize::from(height.saturating_sub(ABOVE))
}

/// Draws the pane.
pub fn draw(state: &State, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let lang = look.lang;
    title(state, look, area, buf);
    let rows = &state.rows.rows;
    if rows.is_empty() {
        let words = match state.rows.filter.is_empty() {
            true => lang
                .pick("No ticket is open. a opens one, O shows everybody's.", "暂无未结工单。a 新建，O 查看所有人。"),
            false => lang.pick("No open ticket has these words. Esc shows all.", "没有匹配的工单。Esc 显示全部。"),
        };
        Pen::new(buf, area, 2).skip(3).say(words, look.of(Role::Dim));
        return;
    }
    let widths = layout(usize::from(area.width), lang);
    heading(&widths, look, area, buf);
    let first = state.list.first(&state.rows, rows_in(area.height));
    let span = state.list.span(&state.rows);
    for (line, (at, row)) in rows.iter().enumerate().skip(first).take(rows_in(area.height)).enumerate() {
        let y = ABOVE + cells(line);
        let marked = state.list.marks.contains(&row.id) || span.as_ref().is_some_and(|span| span.contains(&at));
        let here = at == state.list.at;
        draw_row(state, row, (here, marked), &widths, look, (area, y, &mut *buf));
        if here {
            buf.set_style(Rect { y: area.y + y, height: 1, ..area }, look.cursor());
        }
    }
}

fn title(state: &State, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let lang = look.lang;
    let mut said = match &state.rows.whose {
        None => lang.pick("Queue: mine and unassigned", "工单队列：我的和未分配的").to_owned(),
        Some(whose) => lang.pick(format!("Queue of {whose}"), format!("{whose}的工单队列")),
    };
    if !state.rows.filter.is_empty() {
        said.push_str("  /");
        said.push_str(&state.rows.filter);
    }
    let (late, open) = (state.breached(look.now), state.rows.rows.len());
    let counts = lang.pick(format!("{late} breached · {open} open "), format!("{late} 已超时 · {open} 未结 "));
    let style = if late > 0 { look.of(Role::Late) } else { look.of(Role::Dim) };
    Pen::new(buf, area, 0).skip(1).ends((&said, look.of(Role::Heading)), (&counts, style));
}

/// Left, subject, customer, type, priority, agent, status.
fn layout(width: usize, lang: Lang) -> [usize; 7] {
    let asks = match lang {
        Lang::En => {
            [ask(11, 12, 0), ask(16, 60, 0), ask(14, 44, 1), ask(10, 10, 4), ask(8, 8, 3), ask(8, 14, 2), ask(8, 8, 5)]
        }
        Lang::Zh => {
            [ask(14, 16, 0), ask(16, 60, 0), ask(14, 44, 1), ask(6, 8, 4), ask(6, 6, 3), ask(8, 14, 2), ask(8, 8, 5)]
        }
    };
    let shared = widths(width.saturating_sub(MARKS), &asks);
    let mut columns = [0; 7];
    columns.iter_mut().zip(shared).for_each(|(column, width)| *column = width);
    columns
}

fn heading(widths: &[usize; 7], look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let names = look.lang.pick(
        ["Left", "Subject", "Customer", "Type", "Priority", "Agent", "Status"],
        ["剩余时间", "主题", "客户", "类型", "优先级", "处理人", "状态"],
    );
    let mut pen = Pen::new(buf, area, 2);
    pen.skip(MARKS);
    for (name, width) in names.into_iter().zip(widths).filter(|(_, width)| **width > 0) {
        pen.put(name, *width, Align::Left, look.of(Role::Dim)).skip(1);
    }
}

fn draw_row(
    state: &State,
    row: &QueueRow,
    (here, marked): (bool, bool),
    widths: &[usize; 7],
    look: &Look<'_>,
    (area, y, buf): (Rect, u16, &mut Buffer),
) {
    let lang = look.lang;
    let time = left(row, look.now);
    let urgency = match time {
        Left::Seconds(..0) => look.of(Role::Late),
        Left::Seconds(..NEAR) => look.of(Role::Soon),
        Left::Seconds(_) => look.of(Role::Text),
        Left::Open | Left::Paused => look.of(Role::Dim),
    };
    let plain = if marked { look.of(Role::Mark) } else { look.of(Role::Text) };
    let agent = row.owner.and_then(|owner| state.rows.agents.get(&owner)).map_or("—", String::as_str);
    let texts: [(&str, Style); 7] = [
        (&time.say(lang), urgency),
        (&row.subject, plain),
        (row.customer.as_ref().map_or("", |(_, name)| name), plain),
        (label(ticket::TYPES, row.ty, lang), look.of(Role::Dim)),
        (
            label(ticket::PRIORITY.def().choices, Some(row.priority), lang),
            if row.priority > 2 { look.of(Role::Soon) } else { plain },
        ),
        (agent, plain),
        (label(ticket::STATUSES, Some(row.status), lang), look.of(Role::Dim)),
    ];
    let mut pen = Pen::new(buf, area, y);
    pen.put(if here { ">" } else { "" }, 1, Align::Left, plain);
    pen.put(if marked { "+" } else { "" }, 1, Align::Left, look.of(Role::Mark));
    pen.put(if time.is_breached() { "!" } else { "" }, 2, Align::Left, look.of(Role::Late));
    for ((text, style), width) in texts.into_iter().zip(widths).filter(|(_, width)| **width > 0) {
        pen.put(text, *width, Align::Left, style).skip(1);
    }
}
