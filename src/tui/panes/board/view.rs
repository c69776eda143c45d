//! The board drawn.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    domain::{RecordId, deal, stage, words::money::Money},
    keymap::Scope as Place,
    read_model::board::BoardColumn,
    text::{Align, Lang, width},
    tui::{
        draw_context::{DrawContext, Role},
        panes::{
            OwnerFilter,
            line_writer::{LineWriter, cells},
        },
    },
};

use super::{
    State,
    card::{self, ABOVE, STEP, cards_in},
};

/// A column is not narrower than this.
const NARROW: u16 = 26;

/// How many columns are shown side by side, and how wide each is; one free cell stands between any two.
fn share(columns: usize, width: u16) -> (usize, u16) {
    let fit = (width.saturating_add(1) / (NARROW + 1)).max(1);
    let shown = columns.clamp(1, usize::from(fit));
    let gaps = cells(shown - 1);
    (shown, width.saturating_sub(gaps) / cells(shown))
}

/// The first column that is shown, how many are, and how wide: the one under the cursor stands in the middle where not
/// all fit.
fn seen(state: &State, columns: usize, width: u16) -> (usize, usize, u16) {
    let (shown, wide) = share(columns, width);
    (state.column.saturating_sub(shown / 2).min(columns - shown), shown, wide)
}

/// The column at a place of a pane of this size, and the card where one stands there.
pub(super) fn hit(state: &State, (x, y): (u16, u16), (width, height): (u16, u16)) -> Option<(usize, Option<usize>)> {
    let columns = state.columns();
    if columns.is_empty() || y == 0 {
        return None;
    }
    let (first, shown, wide) = seen(state, columns.len(), width);
    let column = first + usize::from(x / (wide + 1));
    let order = columns.get(column).filter(|_| column < first + shown).map(|column| column.order.len())?;
    let room = cards_in(height);
    let card = y.checked_sub(ABOVE).map(|below| usize::from(below / STEP)).filter(|card| *card < room);
    let card = card.map(|card| state.first(column, order, room) + card).filter(|card| *card < order);
    Some((column, card))
}

/// Draws the pane.
pub fn draw(state: &State, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    let lang = look.lang;
    let columns = state.columns();
    if columns.is_empty() {
        let words = match state.board() {
            None => lang.pick("reading …", "读取中…").to_owned(),
            Some(_) => {
                let next = look.key(Place::Board, "pipeline next");
                lang.pick(
                    format!(
                        "This pipeline has no open stage. :stage add NAME adds one, {next} shows the next pipeline."
                    ),
                    format!("该销售流程没有进行中的阶段。:stage add 名称 可新建，{next} 切换流程。"),
                )
            }
        };
        LineWriter::new(buf, area, 2).skip(2).say(&words, look.of(Role::Dim));
        return;
    }
    let (first, shown, wide) = seen(state, columns.len(), area.width);
    let hidden = (first, columns.len() - first - shown);
    title(state, hidden, look, area, buf);
    for (at, column) in columns.iter().enumerate().skip(first).take(shown) {
        let x = area.x + cells(at - first) * (wide + 1);
        let place = Rect { x, width: wide.min(area.right().saturating_sub(x)), ..area };
        heading(column, at == state.column, look, place, buf);
        cards(state, (at, column), look, place, buf);
    }
    edges(hidden, look, area, buf);
    if columns.iter().all(|column| column.count == 0) {
        let words = empty(state, look);
        LineWriter::new(buf, area, ABOVE + 1).skip(2).say(&words, look.of(Role::Dim));
    }
}

fn empty(state: &State, look: &DrawContext<'_>) -> String {
    let keys = |hints: &[(&str, &str, &str)]| look.keys(Place::Board, hints);
    let add = ("add", "adds one", "新建");
    let (en, zh, keys) = match (state.question.is_open(), state.question.scope) {
        (false, _) => ("No open deal is like this.", "没有匹配的商机。", keys(&[("back", "shows all", "显示全部")])),
        (true, OwnerFilter::All) => ("No deal is open.", "暂无进行中的商机。", keys(&[add])),
        (true, _) => {
            let whose = ("owner next", "shows everybody's", "查看所有人");
            ("No deal is open.", "暂无进行中的商机。", keys(&[add, whose]))
        }
    };
    look.lang.pick(format!("{en} {keys}."), format!("{zh}{keys}。"))
}

fn title(state: &State, (left, right): (usize, usize), look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    let lang = look.lang;
    let Some(board) = state.board() else { return };
    let (count, sums, weighted) = state.totals();
    let head = lang.pick(format!("{}   {count} open", board.name), format!("{}   进行中 {count}", board.name));
    // Columns that are out of sight are counted on the side where they are.
    let beside = |n: usize, before: &str, behind: &str| {
        if n > 0 { format!("{before}{n}{behind}  ") } else { String::new() }
    };
    let (more_left, more_right) = (beside(left, "‹", ""), beside(right, "", "›"));
    let whose = format!("{more_left}{more_right}{} ", state.rows.whose);
    let all = usize::from(area.width).saturating_sub(width(&whose) + 2);
    // What is weighted says less where not all can be said.
    let filter = state.question.said();
    let word = lang.pick("weighted ", "加权 ");
    let ways = |sums: &[Money], word: &str| -> Vec<String> {
        let mut ways: Vec<String> = (8..=all / 3).rev().map(|room| in_room(sums, room, lang)).collect();
        ways.dedup();
        let empty = sums.is_empty();
        ways.into_iter().map(|said| if empty { String::new() } else { format!("   {word}{said}") }).collect()
    };
    let weighted = ways(&weighted, word);
    let sums = ways(&sums, "");
    let (head, filter) = (head.as_str(), filter.as_str());
    let both = sums.iter().flat_map(|sum| weighted.iter().map(move |part| format!("{head}{sum}{part}{filter}")));
    let said = both
        .clone()
        .find(|said| width(said) <= all)
        .or_else(|| both.last())
        .unwrap_or_else(|| format!("{head}{filter}"));
    LineWriter::new(buf, area, 0).skip(1).ends((&said, look.of(Role::Heading)), (&whose, look.of(Role::Dim)));
}

/// Signs on the rule where the board goes on to the side.
fn edges((left, right): (usize, usize), look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    if left > 0 {
        LineWriter::new(buf, area, ABOVE - 1).put("‹", 1, Align::Left, look.of(Role::Heading));
    }
    if right > 0 {
        let last = usize::from(area.width.saturating_sub(1));
        LineWriter::new(buf, area, ABOVE - 1).skip(last).put("›", 1, Align::Left, look.of(Role::Heading));
    }
}

fn heading(column: &BoardColumn, here: bool, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    let lang = look.lang;
    let name = stage::display_name(&column.name, lang);
    let inner = usize::from(area.width).saturating_sub(2);
    let style = look.of(if here { Role::Heading } else { Role::Dim });
    // The name and the number stand closer where that leaves room for all that is to be said of the sums.
    let said = |gap: &str| format!("{}{gap}{}", capital(name, lang), column.count);
    let sums = |said: &str| in_room(&column.sums, inner.saturating_sub(width(said) + 1).max(8), lang);
    let gap = if sums(&said("  ")) == sums(&said(" ")) { "  " } else { " " };
    let (said, sums) = (said(gap), sums(&said(gap)));
    let line = Rect { width: area.width.saturating_sub(1), ..area };
    LineWriter::new(buf, line, 2).skip(1).ends((&said, style), (&sums, style));
    let word = lang.pick("weighted", "加权");
    let weighted = in_room(&column.weighted, inner.saturating_sub(width(word) + 1), lang);
    if !weighted.is_empty() {
        LineWriter::new(buf, line, 3).skip(1).ends((word, look.of(Role::Dim)), (&weighted, look.of(Role::Dim)));
    }
    LineWriter::new(buf, area, 4).put(
        &"─".repeat(usize::from(area.width)),
        area.width.into(),
        Align::Left,
        look.of(Role::Rule),
    );
}

fn cards(state: &State, (at, column): (usize, &BoardColumn), look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    let room = cards_in(area.height);
    let first = state.first(at, column.order.len(), room);
    let span = state.span().filter(|_| at == state.column);
    let mut y = ABOVE;
    for (number, num) in column.order.iter().enumerate().skip(first).take(room) {
        let here = (at, number) == (state.column, state.card);
        let marked = state.marks.contains(&RecordId::new(deal::ID, *num))
            || span.is_some_and(|(first, last)| (first..=last).contains(&number));
        let place = Rect { y: area.y + y, height: card::HEIGHT, ..area };
        card::draw(state.card_at(at, number), (here, marked), look, place.intersection(area), buf);
        y += STEP;
    }
    let below = column.order.len().saturating_sub(first + room);
    if below > 0 {
        let more = look.lang.pick(format!("{below} more"), format!("另有 {below} 个"));
        // On the empty line below the last card.
        LineWriter::new(buf, area, y - 1).skip(2).say(&more, look.of(Role::Dim));
    }
}

/// Sums as far as there is room and how many currencies there are: `¥45万 等3币种`, `¥450k and 2 currencies`; with less
/// room that there are more, `¥45万 …`, and with none for the first `3币种`.
fn in_room(sums: &[Money], room: usize, lang: Lang) -> String {
    let said: Vec<String> = sums.iter().map(|sum| sum.brief(lang)).collect();
    let all = said.len();
    let first = |shown: usize| match (all - shown, said[..shown].join(" + ")) {
        (0, said) => said,
        (1, said) => lang.pick(format!("{said} and 1 currency"), format!("{said} 等{all}币种")),
        (more, said) => lang.pick(format!("{said} and {more} currencies"), format!("{said} 等{all}币种")),
    };
    let fits = |text: &String| width(text) <= room;
    match &said[..] {
        [] => String::new(),
        [one] => one.clone(),
        [one, ..] => {
            let more = format!("{one} …");
            let only = lang.pick(format!("{all} currencies"), format!("{all}币种"));
            (1..=all).rev().map(first).chain([more]).find(fits).unwrap_or(only)
        }
    }
}

/// An English name begins with a capital letter, as headings do.
fn capital(name: &str, lang: Lang) -> String {
    let mut letters = name.chars();
    match (lang, letters.next()) {
        (Lang::En, Some(first)) => first.to_uppercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_currencies_are_no_part_of_a_sum() {
        let sum = |text| Money::parse(text, crate::domain::words::money::Currency::CNY).unwrap();
        let sums = ["45万", "$30k", "€2,000"].map(sum);
        for (count, room, en, zh) in [
            (3, 40, "¥450k + $30k + €2,000", "¥45万 + $3万 + €2,000"),
            (3, 22, "¥450k + $30k + €2,000", "¥45万 + $3万 + €2,000"),
            (3, 20, "¥450k …", "¥45万 + $3万 等3币种"),
            (3, 13, "¥450k …", "¥45万 等3币种"),
            (3, 9, "¥450k …", "¥45万 …"),
            (3, 6, "3 currencies", "3币种"),
            (2, 22, "¥450k + $30k", "¥45万 + $3万"),
            (2, 13, "¥450k + $30k", "¥45万 + $3万"),
            (1, 3, "¥450k", "¥45万"),
            (0, 10, "", ""),
        ] {
            let said = |lang| in_room(&sums[..count], room, lang);
            assert_eq!((&*said(Lang::En), &*said(Lang::Zh)), (en, zh), "{count} in {room}");
        }
        let long = [sum("45万"), sum("123,456,789,000,000 CHF")];
        assert_eq!(in_room(&long, 21, Lang::En), "¥450k and 1 currency");
    }
}
