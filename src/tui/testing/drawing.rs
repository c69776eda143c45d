//! What tests of panes share: a screen as text, names that are hard to draw, a clock.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    domain::{Instant, RecordId, customer},
    text::{Lang, width},
    tui::{draw_context::DrawContext, keys, theme::Theme},
};

/// Names that make columns crooked where they are measured badly.
pub(in crate::tui) const HOSTILE: [&str; 7] = [
    "上海华盛科技有限公司",
    "\u{202e}evil\u{202c} Ltd",
    "e\u{301}e\u{301}e\u{301} Café",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦 Family 🇨🇳",
    "\u{1b}[31mRed\u{7}\nline",
    "重庆长安汽车零部件有限公司重庆长安汽车零部件有限公司重庆长安汽车零部件有限公司",
    "Blue Harbor Logistics Ltd",
];

pub(in crate::tui) const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 50)];

/// Friday the 27th, two minutes past two in Shanghai.
pub(in crate::tui) const NOW: &str = "2026-11-27T06:02:00Z";

pub(in crate::tui) fn at(text: &str) -> Instant {
    text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
}

pub(in crate::tui) fn a_customer(num: u64) -> Option<(RecordId, String)> {
    let name = HOSTILE[num as usize % HOSTILE.len()];
    Some((RecordId::new(customer::ID, num), name.to_owned()))
}

/// What a pane draws, line by line without the spaces at the end.
pub(in crate::tui) fn sketch(
    (wide, high): (u16, u16),
    lang: Lang,
    draw: impl Fn(&DrawContext<'_>, Rect, &mut Buffer),
) -> Vec<String> {
    let (theme, keymap) = (Theme::standard(true).unwrap(), keys::standard());
    let look = DrawContext {
        schema: &crate::domain::schema::BASE,
        theme: &theme,
        lang,
        tz: chrono_tz::Asia::Shanghai,
        now: at(NOW),
        keymap: &keymap,
        focused: true,
    };
    let area = Rect::new(0, 0, wide, high);
    let mut buf = Buffer::empty(area);
    draw(&look, area, &mut buf);
    let lines = (0..high).map(|y| {
        let mut line = String::new();
        let mut x = 0;
        while x < wide {
            let symbol = buf[(x, y)].symbol();
            line.push_str(symbol);
            x += (width(symbol) as u16).max(1);
        }
        assert_eq!(x, wide, "a character hangs over the edge of line {y}: {line}");
        assert!(!line.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{line}");
        line.trim_end().to_owned()
    });
    lines.collect()
}

/// The column in which a text begins.
pub(in crate::tui) fn column_of(line: &str, text: &str) -> Option<usize> {
    line.find(text).map(|at| width(&line[..at]))
}
