//! The picture of the list.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    text::{Align, Lang},
    tui::{
        look::{Look, Role},
        paint,
    },
};

use super::state::{Row, State, Urgency};

/// A column: its heading, its width, and how important it is: the higher, the sooner it is left out.
struct Column {
    en: &'static str,
    zh: &'static str,
    wide: u16,
    rank: u8,
    text: fn(&Row) -> &str,
}

const COLUMNS: [Column; 6] = [
    Column { en: "Name", zh: "客户名称", wide: 0, rank: 0, text: |row| &row.name },
    Column { en: "Gr", zh: "级", wide: 2, rank: 3, text: |row| &row.grade },
    Column { en: "City", zh: "城市", wide: 9, rank: 4, text: |row| &row.city },
    Column { en: "Owner", zh: "负责人", wide: 8, rank: 5, text: |row| &row.owner },
    Column { en: "Last contact", zh: "最后跟进", wide: 13, rank: 2, text: |row| &row.last },
    Column { en: "Next", zh: "下次跟进", wide: 9, rank: 1, text: |row| &row.next },
];

/// What names are to have before another column is shown.
const NAME_AT_LEAST: u16 = 22;
/// The cursor and the sign of attention stand before the name.
const SIGNS: u16 = 3;

/// What the list is of, on one line: the filter at the left, numbers and order at the right.
pub fn title(state: &State, lang: Lang) -> (String, String) {
    let question = &state.question;
    let mut left = vec![question.scope.label(lang).to_owned()];
    left.extend((!question.filter.is_empty()).then(|| question.filter.clone()));
    left.extend((!question.narrow.is_empty()).then(|| format!("/{}", question.narrow)));
    let rows = &state.rows;
    let more = if rows.whole { "" } else { "+" };
    let count = if rows.total == rows.all {
        lang.pick(format!("{} customers", grouped(rows.all)), format!("{} 个客户", grouped(rows.all)))
    } else {
        let (total, all) = (grouped(rows.total), grouped(rows.all));
        lang.pick(format!("{total}{more} of {all}"), format!("{total}{more} / {all}"))
    };
    (left.join("  "), format!("{count}   {}", question.sort.label(lang)))
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

/// Draws the list: headings, then rows.
pub fn draw(state: &State, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    if area.height < 2 || area.width < SIGNS + 4 {
        return;
    }
    let columns = layout(area.width);
    let dim = look.of(Role::Dim);
    for (column, x, wide) in &columns {
        paint::cell(buf, (area.x + x, area.y), *wide, look.lang.pick(column.en, column.zh), Align::Left, dim);
    }
    let body = Rect { y: area.y + 1, height: area.height - 1, ..area };
    if state.loaded && state.rows.total == 0 {
        return empty(state, look, body, buf);
    }
    for line in 0..body.height {
        let at = state.offset + usize::from(line);
        if at >= state.rows.total {
            break;
        }
        let Some(row) = state.row(at) else { continue };
        draw_row(state, look, (at, row), Rect { y: body.y + line, height: 1, ..body }, &columns, buf);
    }
}

fn draw_row(
    state: &State,
    look: &Look<'_>,
    (at, row): (usize, &Row),
    line: Rect,
    columns: &[(&Column, u16, u16)],
    buf: &mut Buffer,
) {
    let here = at == state.cursor;
    let ranged = state.anchor.is_some_and(|anchor| (anchor.min(state.cursor)..=anchor.max(state.cursor)).contains(&at));
    let marked = ranged || row.id.is_some_and(|id| state.marks.contains(&id));
    let late = row.urgency == Urgency::Late;
    for (column, x, wide) in columns {
        let style = match (column.rank, row.urgency) {
            (1, Urgency::Late) => look.of(Role::Late),
            (1, Urgency::Today) => look.of(Role::Soon),
            _ if marked => look.of(Role::Mark),
            _ => look.of(Role::Text),
        };
        paint::cell(buf, (line.x + x, line.y), *wide, (column.text)(row), Align::Left, style);
    }
    if here {
        buf.set_style(line, look.cursor());
    }
    let sign = if marked {
        "+"
    } else if late {
        look.bullet()
    } else {
        " "
    };
    let style = look.of(if marked { Role::Mark } else { Role::Late });
    paint::cell(buf, (line.x, line.y), 1, if here { ">" } else { " " }, Align::Left, ratatui::style::Style::new());
    paint::cell(buf, (line.x + 1, line.y), 1, sign, Align::Left, style);
}

fn empty(state: &State, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let text = if state.rows.all == 0 {
        look.lang.pick(
            "No customers yet: a adds one, :import FILE brings yours",
            "还没有客户：按 a 新增，:import 文件 可导入",
        )
    } else {
        look.lang.pick("Nothing passes: Esc takes the filter away", "没有符合的客户：按 Esc 清除筛选")
    };
    paint::run(buf, (area.x + SIGNS, area.y + 1), area.right(), text, look.of(Role::Dim));
}

/// The columns that fit, with their place and width; the name takes what is left.
fn layout(width: u16) -> Vec<(&'static Column, u16, u16)> {
    let room = width.saturating_sub(SIGNS);
    let mut shown: Vec<&Column> = COLUMNS.iter().collect();
    let taken =
        |shown: &[&Column]| shown.iter().map(|column| if column.wide == 0 { 0 } else { column.wide + 1 }).sum::<u16>();
    while shown.len() > 1 && room < taken(&shown) + NAME_AT_LEAST {
        let least = shown.iter().map(|column| column.rank).max().unwrap_or_default();
        shown.retain(|column| column.rank != least);
    }
    let name = room.saturating_sub(taken(&shown));
    let mut x = SIGNS;
    shown
        .into_iter()
        .map(|column| {
            let wide = if column.wide == 0 { name } else { column.wide };
            let place = (column, x, wide);
            x += wide + 1;
            place
        })
        .collect()
}
