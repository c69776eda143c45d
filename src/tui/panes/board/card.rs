//! A card drawn.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    read_model::board::Card,
    text::{Align, width},
    tui::{
        draw_context::{DrawContext, Role},
        panes::line_writer::LineWriter,
    },
};

/// The lines of a card: title, customer, amount and days.
pub(super) const HEIGHT: u16 = 3;

/// The lines above the cards: the title, an empty one, name and sum, weighted sum, a rule.
pub(super) const ABOVE: u16 = 5;

/// A card with the empty line below it.
pub(super) const STEP: u16 = HEIGHT + 1;

/// How many cards of a column a pane of this height shows.
pub(super) fn cards_in(height: u16) -> usize {
    // The last card needs no empty line; one line is left to say how many more there are.
    usize::from(height.saturating_sub(ABOVE) / STEP)
}

/// Draws a card at the top of a place; one that is still being read is seen in the next moment.
pub(super) fn draw(
    card: Option<&Card>,
    (here, marked): (bool, bool),
    look: &DrawContext<'_>,
    area: Rect,
    buf: &mut Buffer,
) {
    let plain = look.of(if marked { Role::Mark } else { Role::Text });
    let inner = usize::from(area.width.saturating_sub(3));
    let mut pen = LineWriter::new(buf, area, 0);
    pen.sign(if here { ">" } else { "" }, 1, plain).sign(if marked { "+" } else { "" }, 1, look.of(Role::Mark));
    if let Some(card) = card {
        texts(card, plain, inner, look, area, buf);
    }
    if here {
        let place = Rect { height: HEIGHT.min(area.height), width: area.width.saturating_sub(1), ..area };
        buf.set_style(place, look.cursor());
    }
}

fn texts(card: &Card, plain: Style, inner: usize, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    LineWriter::new(buf, area, 0).skip(2).put(&card.title, inner, Align::Left, plain);
    let customer = card.customer.as_ref().map_or("", |(_, name)| name.as_str());
    LineWriter::new(buf, area, 1).skip(2).put(customer, inner, Align::Left, look.of(Role::Dim));
    // The mark has a column of its own, so that days stand beneath each other.
    let days = format!("{}{}", card.days, look.lang.pick("d", "天"));
    let cols = width(&days) + 1;
    let age = look.of(if card.stale { Role::Soon } else { Role::Dim });
    let amount = card.amount.map(|sum| sum.brief(look.lang)).unwrap_or_default();
    LineWriter::new(buf, area, 2)
        .skip(2)
        .put(&amount, inner.saturating_sub(cols + 1), Align::Left, plain)
        .put(&days, cols, Align::Right, age)
        .skip(1)
        .sign(if card.wants_attention() { "!" } else { "" }, 1, look.of(Role::Late));
}
