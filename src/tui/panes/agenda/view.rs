//! The agenda drawn.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    domain::choices::WAYS,
    query::agenda::{AgendaRow, Clock, Section},
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

use super::{State, calendar, state::Line, when};

/// The lines above the sections: the title, and an empty one.
const ABOVE: u16 = 2;

/// Cursor, mark, and a space.
const MARKS: usize = 3;

/// In a wider pane the calendar stands beside the sections.
const WIDE: u16 = 140;

/// How many lines of rows and headings a pane of this height shows.
pub(super) fn lines_in(height: u16) -> usize {
    usize::from(height.saturating_sub(ABOVE))
}

/// Draws the pane.
pub fn draw(state: &State, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let lang = look.lang;
    let clock = Clock { now: look.now, tz: look.tz, week_start: state.rows.week_start };
    title(state, look, area, buf);
    let mut list = area;
    if state.calendar && area.width > WIDE && !look.plain() {
        list.width -= calendar::WIDTH + 3;
        let beside = Rect { x: list.right() + 2, width: calendar::WIDTH, y: area.y + ABOVE, ..area };
        let beside = Rect { height: area.height.saturating_sub(ABOVE), ..beside };
        calendar::draw(state, &clock, look, beside, buf);
    }
    if state.rows.rows.is_empty() {
        let words = match (state.rows.filter.is_empty(), state.rows.beyond) {
            (false, _) => {
                lang.pick("Nothing planned has these words. Esc shows all.", "没有匹配的安排。Esc 显示全部。")
            }
            (true, 0) => lang.pick(
                "Nothing is planned. a plans something, O shows everybody's.",
                "暂无安排。a 新建，O 查看所有人。",
            ),
            (true, _) => lang.pick(
                "Nothing is planned for the next 30 days. a plans something, O shows everybody's.",
                "未来30天暂无安排。a 新建，O 查看所有人。",
            ),
        };
        Pen::new(buf, list, ABOVE).skip(MARKS).say(words, look.of(Role::Dim));
        return;
    }
    let layout = layout(state, usize::from(list.width), lang);
    let (lines, span) = (state.lines(), state.list.span(&state.lines()));
    let first = state.list.first(&lines, lines_in(area.height));
    for (y, line) in (ABOVE..area.height).zip(lines.from(first)) {
        match line {
            Line::Heading(section) => {
                let style = if section == Section::Overdue { look.of(Role::Late) } else { look.of(Role::Dim) };
                Pen::new(buf, list, y).skip(1).say(section.label(lang), style);
            }
            Line::Row(at) => {
                let Some(row) = state.rows.rows.get(at) else { continue };
                let marked = state.list.marks.contains(&row.id) || span.as_ref().is_some_and(|span| span.contains(&at));
                let here = at == state.list.at;
                draw_row(state, row, (here, marked), &clock, look, &mut Pen::new(buf, list, y), &layout);
                if here {
                    buf.set_style(Rect { y: area.y + y, height: 1, ..list }, look.cursor());
                }
            }
        }
    }
    let shown = state.rows.rows.len() + state.sections.len() - first;
    if state.rows.beyond > 0 && shown < lines_in(area.height) {
        let beyond = state.rows.beyond;
        let words = lang.pick(format!("{beyond} more later than in 30 days"), format!("另有 {beyond} 项在30天以后"));
        Pen::new(buf, list, ABOVE + cells(shown)).skip(MARKS).say(&words, look.of(Role::Dim));
    }
}

fn title(state: &State, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let (lang, rows) = (look.lang, &state.rows);
    let mut said = lang.pick(format!("Agenda of {}", rows.whose), format!("{}的跟进日程", rows.whose));
    if !rows.filter.is_empty() {
        said.push_str("  /");
        said.push_str(&rows.filter);
    }
    let mut counts = String::new();
    for (section, _, len) in state.sections.iter().filter(|(section, ..)| *section != Section::Later) {
        if !counts.is_empty() {
            counts.push_str(" · ");
        }
        counts.push_str(&match lang {
            Lang::En => format!("{len} {}", section.label(lang).to_lowercase()),
            Lang::Zh => format!("{len} {}", section.label(lang)),
        });
    }
    counts.push(' ');
    let style = if state.count(Section::Overdue) > 0 { look.of(Role::Late) } else { look.of(Role::Dim) };
    Pen::new(buf, area, 0).skip(1).ends((&said, look.of(Role::Heading)), (&counts, style));
}

/// How wide the columns are: due, title, customer, how, owner, why.
struct Layout {
    due: usize,
    title: usize,
    customer: usize,
    how: usize,
    owner: usize,
    why: usize,
}

fn layout(state: &State, width: usize, lang: Lang) -> Layout {
    let due = state.rows.due_cols.max(lang.pick(9, 10));
    // The sign after the time takes two, and a free cell stands before it.
    let room = width.saturating_sub(MARKS + due + 3);
    let owners = !state.rows.owners.is_empty();
    // A reason that is cut says nothing; it goes rather than that names are cut for it.
    let mut asks = vec![ask(16, 48, 0), ask(14, 36, 1), ask(8, 8, 2), ask(lang.pick(34, 20), 60, 4)];
    if owners {
        asks.push(ask(8, 12, 3));
    }
    let widths = widths(room, &asks);
    let wide = |at: usize| widths.get(at).copied().unwrap_or_default();
    Layout { due, title: wide(0), customer: wide(1), how: wide(2), why: wide(3), owner: wide(4) }
}

fn draw_row(
    state: &State,
    row: &AgendaRow,
    (here, marked): (bool, bool),
    clock: &Clock,
    look: &Look<'_>,
    pen: &mut Pen<'_>,
    layout: &Layout,
) {
    let lang = look.lang;
    let late = row.section == Section::Overdue;
    let plain = match (marked, row.section) {
        (true, _) => look.of(Role::Mark),
        (false, Section::Done) => look.of(Role::Dim),
        (false, _) => look.of(Role::Text),
    };
    let due = if late { look.of(Role::Late) } else { plain };
    let dot = look.bullet();
    pen.put(if here { ">" } else { "" }, 1, Align::Left, plain);
    pen.put(if marked { "+" } else { "" }, 2, Align::Left, look.of(Role::Mark));
    pen.put(&when(row, clock, lang), layout.due, Align::Left, due).skip(1);
    pen.put(if late { dot } else { "" }, 2, Align::Left, look.of(Role::Late));
    let owner = row.owner.and_then(|owner| state.rows.owners.get(&owner)).map_or("", String::as_str);
    let customer = row.customer.as_ref().map_or("", |(_, name)| name.as_str());
    let mut why = String::new();
    for reason in &row.reasons {
        if !why.is_empty() {
            why.push_str(lang.pick(", ", "，"));
        }
        why.push_str(&reason.say(lang));
    }
    let how = label(WAYS, row.way, lang);
    let columns = [
        (row.title.as_str(), layout.title, plain),
        (customer, layout.customer, plain),
        (how, layout.how, look.of(Role::Dim)),
        (owner, layout.owner, plain),
        (&why, layout.why, look.of(Role::Dim)),
    ];
    for (text, width, style) in columns.into_iter().filter(|(_, width, _)| *width > 0) {
        pen.put(text, width, Align::Left, style).skip(1);
    }
}
