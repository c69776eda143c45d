//! The picture of the whole screen.

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::{Position, Rect},
};

use crate::{
    domain::stage,
    text::{Align, pad, width},
};

use super::{
    dialog,
    draw_context::{DrawContext, Role},
    filter_completion, form, hints,
    layer::Layer,
    paint, palette,
    panes::{self, Pane, customers},
    picker,
    popup::{self, framed},
    record,
    state::{Bar, SMALLEST, State},
    theme::Theme,
    theme_pass::finish,
    welcome, which_key,
};

/// Draws the screen and puts the cursor where a reader looks.
pub fn draw(state: &State, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let look = DrawContext {
        theme,
        schema: state.schema,
        lang: state.lang,
        tz: state.tz,
        now: state.now,
        keymap: &state.keymap,
        focused: true,
    };
    let buf = frame.buffer_mut();
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(&look, area, buf);
        return finish(theme, buf);
    }
    let line = |y: u16| Rect { y, height: 1, ..area };
    let body = Rect { y: area.y + 2, height: area.height - 4, ..area };
    tabs(state, &look, line(area.y), buf);
    if state.pane == Pane::Customers || !state.open.is_empty() {
        title(state, &look, line(area.y + 1), buf);
    }
    let mut caret = content(state, &look, body, buf);
    hints(state, &look, line(area.bottom() - 2), buf);
    let foot = line(area.bottom() - 1);
    match typing(state, &look, foot, buf) {
        Some(place) => {
            caret = place;
            match &state.bar {
                Bar::Palette(typed) => palette::draw(typed, &look, body, buf),
                Bar::Filter(..) if state.error.is_some() => mistake(state, &look, body, buf),
                Bar::Filter(typed, _) if state.pane == Pane::Customers => {
                    offers(
                        filter_completion::offers(state.schema, typed.before(), look.lang, &state.people),
                        &look,
                        body,
                        buf,
                    );
                }
                _ => {}
            }
        }
        None => status(state, &look, foot, buf),
    }
    if let Some(form) = state.forms.last() {
        caret = form::draw(form, &look, body, buf);
    }
    if let Some((choices, _)) = &state.picker {
        caret = picker::draw(choices, &look, body, buf);
    }
    if let Some(lines) = &state.popup {
        caret = popup::draw(lines, &look, body, buf);
    }
    if let Some((question, _)) = &state.question {
        caret = ask(question, &look, body, buf);
    }
    if state.guided {
        which_key::draw(state, &look, body, buf);
    }
    finish(theme, buf);
    frame.set_cursor_position(caret);
}

fn too_small(look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    let (cols, rows) = SMALLEST;
    let text = look.lang.pick(
        format!("crm needs {cols}x{rows}; this is {}x{}", area.width, area.height),
        format!("crm 需要 {cols}x{rows}，当前 {}x{}", area.width, area.height),
    );
    let y = area.y + area.height / 2;
    paint::cell(buf, (area.x, y), area.width, &text, Align::Center, look.of(Role::Heading));
}

fn tabs(state: &State, look: &DrawContext<'_>, line: Rect, buf: &mut Buffer) {
    let mut x = line.x + 1;
    for pane in Pane::ALL {
        let count = state.count_of(pane);
        let role = if pane == state.pane { Role::ActiveTab } else { Role::Tab };
        x = paint::run(buf, (x, line.y), line.right(), &hints::tab(state, pane), look.of(role));
        if count > 0 {
            x = paint::run(buf, (x, line.y), line.right(), &format!("{count}!"), look.of(Role::Late));
        }
        x += 1;
    }
    let now = state.now.utc().with_timezone(&state.tz);
    let time = now.format("%H:%M").to_string();
    let long = match state.lang {
        crate::text::Lang::En => format!("{}   {} {time}", state.person, now.format("%a %-d %b")),
        crate::text::Lang::Zh => format!("{}   {} {time}", state.person, now.format("%-m月%-d日")),
    };
    let room = usize::from(line.right().saturating_sub(x + 1));
    let text = if width(&long) <= room { long } else { time };
    if width(&text) <= room {
        paint::right(buf, Rect { width: line.width - 1, ..line }, &text, look.of(Role::Dim));
    }
}

fn title(state: &State, look: &DrawContext<'_>, line: Rect, buf: &mut Buffer) {
    let (left, right) = match state.pane {
        Pane::Customers if state.customers.loaded => customers::title(&state.customers, look),
        Pane::Customers => (String::new(), record::waiting(state.lang).to_owned()),
        pane => (pane.label(state.lang).to_owned(), String::new()),
    };
    let line = Rect { width: line.width - 1, ..line };
    let end = paint::right(buf, line, &right, look.of(Role::Dim));
    paint::run(buf, (line.x + 1, line.y), end.saturating_sub(2), &left, look.of(Role::Heading));
}

/// The pane, or the record that was opened from it; gives the place of its cursor.
fn content(state: &State, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) -> Position {
    if let Some(open) = state.open.last() {
        let inner = Rect { x: area.x + 1, width: area.width - 2, ..area };
        match &open.told {
            Some(told) => return record::draw(told, Some(open), look, inner, buf),
            None => {
                paint::run(buf, (inner.x, inner.y), inner.right(), record::waiting(look.lang), look.of(Role::Dim));
            }
        }
        return Position::new(inner.x, inner.y);
    }
    // The others write their own title over their rows.
    let whole = Rect { y: area.y - 1, height: area.height + 1, ..area };
    if let (Layer::Welcome, Some(store)) = (state.ground(), &state.welcome) {
        return welcome::draw(store, look, area, buf);
    }
    match state.pane {
        Pane::Customers => return list(state, look, area, buf),
        Pane::Board => panes::board::draw(&state.board, look, whole, buf),
        Pane::Agenda => panes::agenda::draw(&state.agenda, look, whole, buf),
        Pane::Queue => panes::queue::draw(&state.queue, look, whole, buf),
    }
    cursor_in(buf, whole)
}

/// Where the sign of the cursor stands.
fn cursor_in(buf: &Buffer, area: Rect) -> Position {
    let cells = area.positions().find(|place| buf[*place].symbol() == ">");
    cells.unwrap_or_else(|| Position::new(area.x, area.y))
}

fn list(state: &State, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) -> Position {
    let mut list = area;
    if state.is_wide() {
        let panel = (area.width * 2 / 5).clamp(36, 60);
        list.width = area.width - panel;
        let rule = "│";
        for y in area.y..area.bottom() {
            paint::run(buf, (list.right(), y), area.right(), rule, look.of(Role::Rule));
        }
        let inner = Rect { x: list.right() + 2, width: panel - 3, ..area };
        if let Some(told) = &state.panel {
            record::draw(told, None, look, inner, buf);
        }
        list.width -= 1;
    }
    customers::draw(&state.customers, look, list, buf)
}

fn hints(state: &State, look: &DrawContext<'_>, line: Rect, buf: &mut Buffer) {
    let line = Rect { x: line.x + 1, width: line.width - 2, ..line };
    let error = state.error.as_ref().and_then(|error| {
        let message = error.message(state.lang);
        // What is told above the line that is typed is not told again.
        match (&state.bar, error.next_step(state.lang)) {
            (Bar::Palette(typed), _) if typed.wrong.as_ref() == Some(error) => None,
            (Bar::Filter(..), hint) if points(&message) => hint.map(str::to_owned),
            (_, Some(hint)) => {
                let told = first_line(&message).trim_end_matches([':', '：']);
                Some(format!("{told}{}{hint}", state.lang.pick(": ", "：")))
            }
            (_, None) => Some(first_line(&message).to_owned()),
        }
    });
    if let Some(text) = error {
        paint::run(buf, (line.x, line.y), line.right(), &text, look.of(Role::Error));
    } else if let Some(toast) = &state.toast {
        paint::run(buf, (line.x, line.y), line.right(), toast, look.of(Role::Good));
    } else {
        let mut x = line.x;
        for (key, text) in hints::here(state, line.width.into()) {
            x = paint::run(buf, (x, line.y), line.right(), &key, look.of(Role::Key));
            x = paint::run(buf, (x + 1, line.y), line.right(), &text, look.of(Role::Dim)) + 2;
        }
    }
}

/// Whether a message has a caret under the place that it is about.
fn points(message: &str) -> bool {
    message.lines().nth(1).is_some()
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// The line that is being typed, and the place of its caret.
fn typing(state: &State, look: &DrawContext<'_>, line: Rect, buf: &mut Buffer) -> Option<Position> {
    let typed = state.bar.line()?;
    let label = match &state.bar {
        Bar::None => return None,
        Bar::Narrow(..) => "/".to_owned(),
        Bar::Filter(..) => look.lang.pick("filter: ", "筛选：").to_owned(),
        Bar::Palette(..) => ":".to_owned(),
    };
    let x = paint::run(buf, (line.x + 1, line.y), line.right(), &label, look.of(Role::Heading));
    let cells = Rect { x, width: line.right().saturating_sub(x), ..line };
    let behind = &typed.text()[typed.before().len()..];
    let column = dialog::typed((typed.before(), behind), cells, look, buf);
    Some(Position::new(column.min(line.right() - 1), line.y))
}

fn status(state: &State, look: &DrawContext<'_>, line: Rect, buf: &mut Buffer) {
    let mode = if state.customers.anchor.is_some() { "RANGE" } else { "NORMAL" };
    let mut left = state.lang.pick(mode, if mode == "RANGE" { "选择" } else { "浏览" }).to_owned();
    let marks = state.marked();
    if marks > 0 {
        left.push_str(&state.lang.pick(format!("  {marks} marked"), format!("  已标记 {marks}")));
    }
    if state.busy {
        left.push_str(state.lang.pick("  working …", "  处理中…"));
    }
    if !state.pressed.is_empty() {
        left.push_str("  ");
        left.extend(state.pressed.iter().map(ToString::to_string));
    }
    let right = match state.open.last() {
        Some(open) => open.id.to_string(),
        None => match state.position() {
            (_, 0) => String::new(),
            (at, total) => match state.board.stage_name().filter(|_| state.pane == Pane::Board) {
                Some(stage) => format!("{at}/{total}  {}", stage::display_name(stage, state.lang)),
                None => format!("{at}/{total}"),
            },
        },
    };
    let line = Rect { width: line.width - 1, ..line };
    let end = paint::right(buf, line, &right, look.of(Role::Dim));
    paint::run(buf, (line.x + 1, line.y), end.saturating_sub(1), &left, look.of(Role::Dim));
}

/// What is wrong with a filter, with a caret under the place.
fn mistake(state: &State, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    let Some(error) = &state.error else { return };
    let message = error.message(state.lang);
    if !points(&message) {
        return;
    }
    let lines: Vec<&str> = message.lines().collect();
    let shown = (lines.len() as u16).min(area.height);
    for (at, text) in lines.iter().take(shown.into()).enumerate() {
        let y = area.bottom() - shown + at as u16;
        paint::clear(buf, Rect { y, height: 1, ..area });
        paint::cell(buf, (area.x + 1, y), area.width - 1, text, Align::Left, look.of(Role::Error));
    }
}

/// What the word before the caret may become, above the line.
fn offers(found: Vec<filter_completion::Offer>, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    let lines = (found.len() as u16).min(area.height);
    let words = found.iter().map(|offer| width(&offer.word)).max().unwrap_or_default() + 2;
    for (at, offer) in found.iter().take(lines.into()).enumerate() {
        let y = area.bottom() - lines + at as u16;
        let role = if at == 0 { Role::Heading } else { Role::Text };
        paint::clear(buf, Rect { y, height: 1, ..area });
        let text = format!("  {}{}", pad(&offer.word, words, Align::Left), offer.means);
        paint::cell(buf, (area.x, y), area.width, &text, Align::Left, look.of(role));
    }
}

fn ask(question: &str, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) -> Position {
    let box_ = Rect { y: area.bottom() - 4, height: 4, ..area };
    let inner = framed(look.lang.pick("Sure?", "确认"), look, box_, buf);
    paint::cell(buf, (inner.x + 1, inner.y), inner.width - 1, question, Align::Left, look.of(Role::Text));
    let keys = look.lang.pick("y yes   n no", "y 是   n 否");
    paint::cell(buf, (inner.x + 1, inner.y + 1), inner.width - 1, keys, Align::Left, look.of(Role::Key));
    Position::new(inner.x + 1, inner.y + 1)
}
