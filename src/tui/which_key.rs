//! What may follow the keys that were pressed, in a box that opens when one hesitates.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    keymap::{Continuation, KeyMatch},
    text::{Align, pad, width},
};

use super::{
    dialog::framed,
    draw_context::{DrawContext, Role},
    hints::told,
    keys, paint,
    state::State,
};

/// Between two columns.
const GAP: usize = 3;

/// Draws the box at the foot of an area.
pub fn draw(state: &State, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    let KeyMatch::Pending(next) = state.keymap.step(state.layer().scope(), &state.pressed) else { return };
    let entries: Vec<(String, String)> = next.continuations().map(|next| line(state, &next)).collect();
    let keys = entries.iter().map(|(key, _)| width(key)).max().unwrap_or(1);
    let widest = entries.iter().map(|(_, text)| keys + 2 + width(text)).max().unwrap_or(1);
    let room = usize::from(area.width.saturating_sub(4)).max(1);
    let wide = widest.min(room);
    let columns = ((room + GAP) / (wide + GAP)).clamp(1, entries.len().max(1));
    let lines = entries.len().div_ceil(columns).min(usize::from(area.height).saturating_sub(2));
    let outer = Rect { y: area.bottom() - lines as u16 - 2, height: lines as u16 + 2, ..area };
    let leave = keys::shown(&state.keymap, state.layer().scope(), "back");
    let title: String = state.pressed.iter().map(ToString::to_string).collect();
    let inner = framed(&title, &look.lang.pick(format!("{leave} leave"), format!("{leave} 取消")), look, outer, buf);
    for (at, (key, text)) in entries.iter().take(columns * lines.max(1)).enumerate() {
        let (column, row) = (at / lines.max(1), at % lines.max(1));
        let place = (inner.x + (column * (wide + GAP)) as u16, inner.y + row as u16);
        paint::cell(buf, place, keys as u16, &pad(key, keys, Align::Right), Align::Left, look.of(Role::Key));
        let place = (place.0 + keys as u16 + 2, place.1);
        paint::cell(buf, place, (wide - keys - 2) as u16, text, Align::Left, look.of(Role::Text));
    }
}

fn line(state: &State, next: &Continuation<'_, std::sync::Arc<crate::keymap::BoundKeys>>) -> (String, String) {
    let text = match next.value {
        Some(bound) => told(&bound.binding, state.schema, state.lang),
        None => state.lang.pick(format!("{} keys", next.meanings), format!("{} 个按键", next.meanings)),
    };
    (next.key.to_string(), text)
}
