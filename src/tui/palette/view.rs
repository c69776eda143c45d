//! The picture of the offers, above the line that is typed.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::text::{Align, width};

use super::{
    super::{
        draw_context::{DrawContext, Role},
        paint,
    },
    Palette,
};

/// So many offers are seen.
const SEEN: usize = 10;
/// The words of an offer have at most so many columns.
const WIDEST: usize = 36;

/// Draws what was wrong with the line and what it may become, at the foot of an area.
pub fn draw(palette: &Palette, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    let wrong: Vec<String> = palette.wrong.iter().flat_map(|error| told(error, look.lang)).collect();
    let seen = palette.offers.len().min(SEEN).min(usize::from(area.height / 2));
    let lines = (seen + wrong.len() + 1).min(area.height.into()) as u16;
    let outer = Rect { y: area.bottom() - lines, height: lines, ..area };
    paint::clear(buf, outer);
    paint::run(buf, (outer.x, outer.y), outer.right(), &"─".repeat(outer.width.into()), look.of(Role::Rule));
    let mut rows = outer.rows().skip(1);
    for (text, row) in wrong.iter().zip(&mut rows) {
        paint::cell(buf, (row.x + 1, row.y), row.width - 1, text, Align::Left, look.of(Role::Error));
    }
    let at = palette.chosen.unwrap_or(0);
    let first = at.saturating_sub(seen.saturating_sub(1)).min(palette.offers.len().saturating_sub(seen));
    let shown = palette.offers.iter().enumerate().skip(first).take(seen);
    let words = shown.clone().map(|(_, offer)| width(&offer.word)).max().unwrap_or_default().min(WIDEST) as u16;
    let keys = shown.clone().map(|(_, offer)| width(&offer.keys)).max().unwrap_or_default() as u16;
    for ((at, offer), row) in shown.zip(rows) {
        let x = row.x + 1;
        paint::cell(buf, (x, row.y), words, &offer.word, Align::Left, look.of(Role::Text));
        paint::cell(buf, (x + words + 2, row.y), keys, &offer.keys, Align::Left, look.of(Role::Key));
        let x = x + words + 2 + if keys > 0 { keys + 2 } else { 0 };
        paint::cell(buf, (x, row.y), row.right().saturating_sub(x), &offer.means, Align::Left, look.of(Role::Dim));
        if palette.chosen == Some(at) {
            buf.set_style(row, look.cursor());
        }
    }
}

/// What was wrong, line by line: a caret stands under its place.
fn told(error: &crate::error::Error, lang: crate::text::Lang) -> Vec<String> {
    let message = error.message(lang);
    let lines = message.lines().map(str::to_owned);
    lines.chain(error.next_step(lang).map(|hint| format!("→ {hint}"))).take(6).collect()
}
