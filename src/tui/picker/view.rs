//! The picture of a picker: the line that is typed, and the choices that fit it.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use crate::{
    keymap::Scope,
    text::{Align, scrub, width},
};

use super::{
    super::{
        dialog::{centred, framed, typed},
        draw_context::{DrawContext, Role},
        paint,
    },
    Picker,
};

/// A picker is no wider and no narrower than this.
const COLS: (usize, usize) = (40, 76);
/// One that asks shows so many choices.
const ASKED: usize = 12;
/// The edge and the line that is typed.
const AROUND: usize = 3;
/// Between a choice and its note.
const GAP: usize = 2;

impl Picker {
    /// The choices that are seen in an area of that height.
    pub fn height(&self, lines: u16) -> usize {
        let wanted = if self.asks.is_some() { ASKED } else { self.choices.len().max(1) };
        wanted.min(usize::from(lines).saturating_sub(AROUND)).max(1)
    }

    fn size(&self, area: Rect) -> (u16, u16) {
        let widest =
            |texts: &mut dyn Iterator<Item = &String>| texts.map(|text| width(&scrub(text))).max().unwrap_or(0);
        // Of very many the first tell how wide the box is.
        let some = || self.choices.iter().take(500);
        let labels = widest(&mut some().map(|choice| &choice.label));
        let notes = widest(&mut some().map(|choice| &choice.note));
        let cols = (labels + notes + GAP + 8).max(width(&self.title) + 8).clamp(COLS.0, COLS.1);
        let cols = if self.asks.is_some() { COLS.1 } else { cols };
        let lines = self.height(area.height) + AROUND;
        (cols as u16, lines as u16)
    }

    /// Whether any of these actions does something to it.
    pub fn does(&self, actions: &[&str]) -> bool {
        actions.iter().any(|action| match *action {
            "choice mark" => self.marks.is_some(),
            "choice create" => self.creates.is_some(),
            _ => true,
        })
    }
}

/// Draws a picker over an area, and gives the place of its caret.
pub fn draw(picker: &Picker, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) -> Position {
    let inner = framed(
        &picker.title,
        picker.creates.as_deref().unwrap_or_default(),
        look,
        centred(area, picker.size(area)),
        buf,
    );
    if inner.height < 2 {
        return inner.as_position();
    }
    let count = match picker.marks.as_ref().map_or(0, |marks| marks.len()) {
        0 => format!("{}/{}", picker.found.len().min(picker.cursor + 1), picker.found.len()),
        marks => look.lang.pick(format!("{marks} marked"), format!("已标记 {marks}")),
    };
    let top = Rect { height: 1, ..inner };
    let end = paint::right(buf, top, &count, look.of(Role::Dim));
    let line = Rect { width: end.saturating_sub(inner.x + 1), ..top };
    let (before, whole) = (picker.line.before(), picker.line.text());
    let caret = typed((before, &whole[before.len()..]), line, look, buf);
    let rows = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
    if picker.found.is_empty() {
        nothing(picker, look, rows, buf);
    }
    let height = usize::from(rows.height);
    let first = picker.cursor.saturating_sub(height.saturating_sub(1) / 2);
    let first = first.min(picker.found.len().saturating_sub(height));
    for (row, at) in rows.rows().zip(first..picker.found.len()) {
        choice(picker, at, look, row, buf);
    }
    Position::new(caret.min(line.right().max(line.x + 1) - 1), top.y)
}

fn nothing(picker: &Picker, look: &DrawContext<'_>, row: Rect, buf: &mut Buffer) {
    let lang = look.lang;
    let text = match (&picker.creates, picker.asks) {
        (_, Some(true)) => lang.pick("looking …", "查找中…").to_owned(),
        (Some(said), _) if !picker.typed().trim().is_empty() => {
            let enter = look.key(Scope::Picker, "accept");
            lang.pick(format!("nothing fits; {enter}: {said}"), format!("没有匹配项；{enter}：{said}"))
        }
        (_, Some(false)) if picker.typed().is_empty() => lang.pick("type to look for one", "输入以查找").to_owned(),
        _ => lang.pick("nothing fits", "没有匹配项").to_owned(),
    };
    paint::cell(buf, (row.x, row.y), row.width, &text, Align::Left, look.of(Role::Dim));
}

fn choice(picker: &Picker, at: usize, look: &DrawContext<'_>, row: Rect, buf: &mut Buffer) {
    let Some(choice) = picker.found.get(at).and_then(|at| picker.choices.get(*at)) else { return };
    let here = at == picker.cursor;
    let marked = picker.marks.as_ref().is_some_and(|marks| marks.contains(&choice.value));
    let sign = match (marked, here) {
        (true, _) => "+",
        (false, true) => ">",
        (false, false) => "",
    };
    paint::cell(buf, (row.x, row.y), 2, "", Align::Left, look.of(Role::Text));
    paint::run(buf, (row.x, row.y), row.x + 1, sign, look.of(if marked { Role::Mark } else { Role::Text }));
    let text = Rect { x: row.x + 2, width: row.width.saturating_sub(2), ..row };
    let noted = (width(&scrub(&choice.note)) as u16).min(text.width / 2);
    let gap = if noted > 0 { GAP as u16 } else { 0 };
    let label = text.width.saturating_sub(noted + gap);
    paint::cell(buf, (text.x, text.y), label, &choice.label, Align::Left, look.of(Role::Text));
    paint::cell(buf, (text.right() - noted, text.y), noted, &choice.note, Align::Left, look.of(Role::Dim));
    if here {
        buf.set_style(row, look.cursor());
    }
}
