//! The picture of a form: labels, values, and beside each what it means or what is wrong with it.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use crate::{
    domain::{Type, read::dates_for},
    keymap::Scope,
    text::{Align, Lang, fit, scrub, width, wrap},
};

use super::{
    super::{
        dialog::{centred, framed, typed},
        draw_context::{DrawContext, Role},
        paint,
    },
    area,
    conflict::Conflict,
    rows::{FormRow, rows},
    slot::{Editor, Slot, SlotWord},
    state::{Entry, Form},
};

/// A form is no wider than this.
const WIDEST: u16 = 104;
/// A label is no wider than this.
const LABEL: usize = 20;
/// Below the fields: likely duplicates, and what is said of the field of the cursor.
const SAID: u16 = 3;
/// A sign before the label, and the gap after it.
const SIGNS: usize = 4;

/// How wide its box and its labels are.
fn widths(form: &Form, area: Rect) -> (u16, usize) {
    let wide = area.width.min(WIDEST);
    let labels = form.entries.iter().map(|entry| width(entry.slot.def.label(form.moment.lang))).max();
    (wide, labels.unwrap_or_default().min(LABEL).min(usize::from(wide) / 3))
}

/// The columns of a text in a form over that area.
pub fn text_cols(form: &Form, area: Rect) -> usize {
    let (wide, label) = widths(form, area);
    usize::from(wide).saturating_sub(4 + label + SIGNS).max(2)
}

/// Draws a form over an area, and gives the place of its caret.
pub fn draw(form: &Form, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) -> Position {
    let cols = text_cols(form, area);
    let (lines, here) = rows(form, cols);
    let (wide, label) = widths(form, area);
    let height = (lines.len() as u16).saturating_add(SAID + 2).min(area.height);
    let state = if form.saving { look.lang.pick(" · saving …", " · 保存中…") } else { "" };
    let inner = framed(&format!("{}{state}", form.title), "", look, centred(area, (wide, height)), buf);
    if inner.height <= SAID {
        return inner.as_position();
    }
    let fields = Rect { height: inner.height - SAID, ..inner };
    let window = usize::from(fields.height);
    let first = here.saturating_sub(window / 2).min(lines.len().saturating_sub(window));
    let mut caret = fields.as_position();
    for (row, line) in fields.rows().zip(&lines[first..]) {
        match line {
            FormRow::Heading(heading) => {
                let text = form.headings.get(*heading).map_or("", |(_, text)| text);
                paint::cell(buf, (row.x, row.y), row.width, text, Align::Left, look.of(Role::Heading));
            }
            FormRow::Field { at, first, text } => {
                let value = Rect { x: row.x + (label + SIGNS) as u16, width: cols as u16, ..row };
                if *first {
                    named(form, *at, look, Rect { width: (label + SIGNS) as u16, ..row }, buf);
                }
                if let Some(place) = field(form, *at, (*first, text.clone()), look, value, buf) {
                    caret = place;
                }
            }
        }
    }
    more(first > 0, first + window < lines.len(), look, fields, buf);
    said(form, look, Rect { y: fields.bottom(), height: SAID, ..inner }, buf);
    match &form.conflict {
        Some(conflict) => clash(form, conflict, look, area, buf),
        None => caret,
    }
}

/// The label of a field, marked where it must be filled in.
fn named(form: &Form, at: usize, look: &DrawContext<'_>, cells: Rect, buf: &mut Buffer) {
    let Some(entry) = form.entries.get(at) else { return };
    let here = at == form.at;
    let sign = match (here, entry.wrong().is_some(), entry.slot.held && entry.is_changed()) {
        (true, ..) => ">",
        (_, true, _) => "!",
        (.., true) => "+",
        _ => "",
    };
    let role = if entry.wrong().is_some() { Role::Error } else { Role::Mark };
    paint::run(buf, (cells.x, cells.y), cells.right(), sign, look.of(role));
    let role = if here { Role::Heading } else { Role::Dim };
    let room = cells.width - SIGNS as u16;
    let label = fit(entry.slot.def.label(look.lang), room.into()).into_owned();
    let end = paint::run(buf, (cells.x + 2, cells.y), cells.x + 2 + room, &label, look.of(role));
    if entry.slot.required {
        paint::run(buf, (end, cells.y), cells.right(), "*", look.of(Role::Error));
    }
}

/// What stands in a field; the place of the caret where it is there.
fn field(
    form: &Form,
    at: usize,
    (first, part): (bool, std::ops::Range<usize>),
    look: &DrawContext<'_>,
    cells: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let entry = form.entries.get(at)?;
    let here = at == form.at;
    let caret = here.then(|| entry.line.caret());
    match entry.slot.editor() {
        Editor::Lines if !entry.text().is_empty() => {
            let text = entry.text().get(part.clone()).unwrap_or_default();
            paint::cell(buf, (cells.x, cells.y), cells.width, text, Align::Left, look.of(Role::Text));
            let (row, column) = area::place(entry.text(), caret?, cells.width.into());
            let mine = area::rows(entry.text(), cells.width.into()).get(row).is_some_and(|row| row.start == part.start);
            mine.then(|| Position::new((cells.x + column as u16).min(cells.right() - 1), cells.y))
        }
        Editor::Line if here => {
            let (before, behind) = entry.text().split_at(entry.line.caret());
            // What it means is seen beside it as long as there is room.
            let note = beside(entry, look.lang);
            let wanted = width(&scrub(entry.text())) as u16 + 1;
            let text = Rect { width: cells.width.min(wanted.max(cells.width / 2)), ..cells };
            let x = typed((before, behind), text, look, buf);
            // What an empty field will hold stands where it does in the others.
            let end = if entry.text().is_empty() { cells.x } else { cells.x + wanted };
            remark(entry, &note, look, (end, cells), buf);
            Some(Position::new(x.min(cells.right() - 1), cells.y))
        }
        _ => {
            let shown = entry.shown(look.lang);
            let end = paint::run(buf, (cells.x, cells.y), cells.right(), &shown, look.of(Role::Text));
            if first {
                remark(entry, &beside(entry, look.lang), look, (end, cells), buf);
            }
            here.then(|| Position::new(cells.x, cells.y))
        }
    }
}

/// What is said beside a field: what is wrong, what it means, what it will hold.
fn beside(entry: &Entry, lang: Lang) -> (Role, String) {
    if let Some((what, _)) = entry.wrong() {
        return (Role::Error, format!("! {what}"));
    }
    if entry.text().is_empty() {
        let default = match entry.default.as_str() {
            "" => String::new(),
            text => lang.pick(format!("({text})"), format!("（{text}）")),
        };
        return (Role::Dim, default);
    }
    match entry.verdict.meaning.as_str() {
        "" => (Role::Dim, String::new()),
        meaning => (Role::Good, format!("= {meaning}")),
    }
}

fn remark(
    _: &Entry,
    (role, text): &(Role, String),
    look: &DrawContext<'_>,
    (end, cells): (u16, Rect),
    buf: &mut Buffer,
) {
    let x = if end > cells.x { end + 1 } else { end };
    if !text.is_empty() && x + 4 < cells.right() {
        paint::run(buf, (x, cells.y), cells.right(), text, look.of(*role));
    }
}

/// Signs that there is more above or below.
fn more(above: bool, below: bool, look: &DrawContext<'_>, cells: Rect, buf: &mut Buffer) {
    let x = cells.right();
    for (there, sign, y) in [(above, "↑", cells.y), (below, "↓", cells.bottom() - 1)] {
        if there {
            paint::run(buf, (x, y), x + 1, sign, look.of(Role::Dim));
        }
    }
}

/// Below the fields: likely duplicates, how many records would change, and about the field of the cursor.
fn said(form: &Form, look: &DrawContext<'_>, cells: Rect, buf: &mut Buffer) {
    let lang = look.lang;
    let (top, rest) = (Rect { height: 1, ..cells }, Rect { y: cells.y + 1, height: cells.height - 1, ..cells });
    if !form.alike.is_empty() {
        let names = form.alike.iter().map(|alike| {
            let (id, name, why) = (alike.id, &alike.name, alike.why);
            lang.pick(format!("{id} {name} ({why})"), format!("{id} {name}（{why}）"))
        });
        let names = names.collect::<Vec<_>>().join(lang.pick(", ", "、"));
        let text = lang.pick(format!("! there already? {names}"), format!("! 可能已存在：{names}"));
        paint::cell(buf, (top.x, top.y), top.width, &text, Align::Left, look.of(Role::Soon));
    } else if form.records > 1 {
        let only = lang.pick("only what you change is set", "仅设置更改过的字段");
        let text = match form.changes.filter(|_| form.is_changed()) {
            Some(n) => lang.pick(
                format!("{only}; {n} of {} would change", form.records),
                format!("{only}；{} 条中将更改 {n} 条", form.records),
            ),
            None => only.to_owned(),
        };
        paint::cell(buf, (top.x, top.y), top.width, &text, Align::Left, look.of(Role::Dim));
    }
    let (role, text) = about(form, look);
    for (row, line) in rest.rows().zip(wrap(&scrub(&text), rest.width.into())) {
        paint::cell(buf, (row.x, row.y), row.width, &line, Align::Left, look.of(role));
    }
}

fn about(form: &Form, look: &DrawContext<'_>) -> (Role, String) {
    let Some(entry) = form.entry() else { return (Role::Dim, String::new()) };
    let lang = look.lang;
    let sentence = |what: &str, hint: &str| match hint {
        "" => what.to_owned(),
        hint => format!("{what}{}{hint}", lang.pick(": ", "：")),
    };
    match (entry.wrong(), &form.error) {
        (Some((what, hint)), _) => (Role::Error, sentence(what, hint)),
        (None, Some(error)) => (Role::Error, sentence(&error.message(lang), error.next_step(lang).unwrap_or_default())),
        (None, None) if !entry.offers().is_empty() => {
            let offers = entry.offers();
            let said = match lang {
                Lang::En => format!("in use: {}   → completes", offers.join(", ")),
                Lang::Zh => format!("已有：{}   → 补全", offers.join("、")),
            };
            (Role::Dim, said)
        }
        (None, None) if !entry.verdict.meaning.is_empty() => (Role::Good, entry.verdict.meaning.clone()),
        (None, None) => (Role::Dim, help(&entry.slot, look)),
    }
}

/// What a field is for, and how it is filled in.
fn help(slot: &Slot, look: &DrawContext<'_>) -> String {
    let (how, lang) = (how(slot, look), look.lang);
    match slot.def.told(lang) {
        Some(what) if how.is_empty() => what.to_owned(),
        Some(what) => format!("{what}{}{how}", lang.pick("; ", "；")),
        None => how,
    }
}

/// How a value of its type is typed.
fn how(slot: &Slot, look: &DrawContext<'_>) -> String {
    let (en, zh) = match (slot.word, slot.editor(), slot.def.ty) {
        (SlotWord::Next, ..) => {
            ("when, then what: fri send quote, 明天下午3点 发报价", "时间加事项：周五 发报价、明天下午3点 打电话")
        }
        (_, Editor::Choice, _) => {
            let [left, right, clear] =
                ["cursor left", "cursor right", "delete left"].map(|words| look.key(Scope::Input, words));
            return look.lang.pick(
                format!("type or Space to choose; {left} {right} turn; {clear} clears"),
                format!("输入或按空格选择；{left} {right} 切换；{clear} 清除"),
            );
        }
        (_, Editor::YesNo, _) => ("y, n or Space", "y、n 或空格"),
        (_, Editor::Link, _) => ("type a name, a phone or an id to look for it", "输入名称、拼音、电话或编号查找"),
        (_, Editor::Lines, _) => return look.keys(Scope::Input, &[("edit outside", "opens an editor", "打开编辑器")]),
        (.., Type::Date | Type::Due | Type::Instant) => return dates_for(&slot.def).get(look.lang).to_owned(),
        (.., Type::Money) => ("120000, 12万, ¥12,000, USD 500", "120000、12万、¥12,000、500 USD"),
        (.., Type::UnitPrice) => ("12.5, ¥0.0125, USD 3", "12.5、¥0.0125、3 USD"),
        (.., Type::Rate) => ("13, 12.5%", "13、12.5%、七成五"),
        (.., Type::Decimal) => ("12.5, 1.5k", "12.5、1.5万"),
        (.., Type::Duration) => ("30m, 2h, 3d", "30分钟、2小时、3天"),
        (.., Type::Phone) => {
            ("138 0013 8000, mobile:..., several with a comma", "138 0013 8000、手机:…，多个用逗号分隔")
        }
        (.., Type::Email | Type::Text | Type::Link) if slot.def.many => ("several with a comma", "多个用逗号分隔"),
        _ => ("", ""),
    };
    look.lang.pick(en, zh).to_owned()
}

/// Mine and theirs beside each other.
fn clash(form: &Form, conflict: &Conflict, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) -> Position {
    let lang = look.lang;
    let title = lang.pick("Somebody else has changed this meanwhile", "其间已被他人修改");
    let size = (area.width.min(WIDEST - 8), conflict.rows.len() as u16 + 5);
    let inner = framed(title, "", look, centred(area, size), buf);
    let [label, mine, theirs] = {
        let label = inner.width / 4;
        let half = (inner.width - label) / 2;
        [(inner.x, label), (inner.x + label, half), (inner.x + label + half, inner.width - label - half)]
    };
    let put = |buf: &mut Buffer, (x, cols): (u16, u16), y: u16, text: &str, role: Role| {
        paint::cell(buf, (x, y), cols.saturating_sub(1), text, Align::Left, look.of(role));
    };
    put(buf, mine, inner.y, lang.pick("  Mine", "  我的"), Role::Heading);
    put(buf, theirs, inner.y, lang.pick("  Theirs", "  对方的"), Role::Heading);
    let mut caret = inner.as_position();
    let window = usize::from(inner.height.saturating_sub(3)).max(1);
    let first = (conflict.cursor + 1).saturating_sub(window);
    for (n, row) in conflict.rows.iter().enumerate().skip(first).take(window) {
        let y = inner.y + 1 + (n - first) as u16;
        let Some(entry) = form.entries.get(row.at) else { continue };
        let sign = if n == conflict.cursor { "> " } else { "  " };
        put(buf, label, y, &format!("{sign}{}", entry.slot.def.label(lang)), Role::Text);
        let mut other = Entry::new(entry.slot);
        other.put(&row.theirs, &row.called);
        for (place, chosen, text) in [(mine, row.mine, entry.shown(lang)), (theirs, !row.mine, other.shown(lang))] {
            let empty = lang.pick("(empty)", "（空）").to_owned();
            let text = if text.is_empty() { empty } else { text };
            let (sign, role) = if chosen { ("* ", Role::Good) } else { ("  ", Role::Dim) };
            put(buf, place, y, &format!("{sign}{text}"), role);
        }
        if n == conflict.cursor {
            caret = Position::new(if row.mine { mine.0 } else { theirs.0 }, y);
        }
    }
    let letters = lang.pick("Space turns, m all mine, t all theirs", "空格切换，m 全用我的，t 全用对方的");
    let keys = [("accept", "saves", "保存"), ("back", "back to the form", "返回表单")];
    let keys = format!("{letters}{}{}", lang.pick(", ", "，"), look.keys(Scope::Input, &keys));
    paint::cell(buf, (inner.x, inner.bottom() - 1), inner.width, &keys, Align::Left, look.of(Role::Dim));
    caret
}
