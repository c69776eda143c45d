//! What is clicked is what was seen there.

use ratatui::{Terminal, backend::TestBackend, layout::Position};

use super::*;
use crate::tui::{tests::picture, theme::Theme, view};

/// The line of the picture with the sign of the cursor at its beginning.
fn cursor(page: &str) -> Option<usize> {
    page.lines().position(|line| line.starts_with('>'))
}

/// Whether a line is a row of a list: cursor, mark and sign, then text; a heading begins before that.
fn is_row(line: &str, signs: usize) -> bool {
    let mut chars = line.chars().skip(1);
    let before: String = chars.by_ref().take(signs - 1).collect();
    !before.contains(char::is_alphanumeric) && chars.next().is_some_and(|c| c != ' ')
}

#[test]
fn a_click_on_a_row_goes_to_that_row_and_one_on_a_heading_to_its_first() {
    let mut app = app(Lang::En, (120, 36), StoreContent::Demo);
    // Names of the demo only: others begin with signs of all sorts.
    keys(&mut app, "Fcreated:..2026-11-26\r");
    for (way, signs, first, headed) in [
        ("1", 3, 3, false),
        ("1z", 3, 3, true),
        ("1G", 3, 3, true),
        ("3O", 4, 3, true),
        ("3G", 4, 3, true),
        ("4O", 4, 4, false),
        ("4G", 4, 4, false),
    ] {
        keys(&mut app, way);
        let (mut rows, mut headings) = (0, 0);
        for y in first..34 {
            let before = picture(&app.state);
            let line = before.lines().nth(y).unwrap_or_default();
            app.act(Action::Click(8, y as u16));
            let after = cursor(&picture(&app.state));
            if is_row(line, signs) {
                assert_eq!(after, Some(y), "{way}: {line}\n{}", picture(&app.state));
                rows += 1;
            } else if line.chars().nth(1).is_some_and(char::is_alphanumeric) {
                assert_eq!(after, Some(y + 1), "{way}: {line}\n{}", picture(&app.state));
                headings += 1;
            } else {
                assert_eq!(after, cursor(&before), "{way}: {line}\n{}", picture(&app.state));
            }
        }
        assert!(rows > 5 && (headings > 0) == headed, "{way}: {rows} rows, {headings} headings");
    }
}

#[test]
fn a_click_on_a_card_goes_to_that_card() {
    let mut app = app(Lang::En, (200, 50), StoreContent::Demo);
    keys(&mut app, "2");
    let mut hit = std::collections::BTreeSet::new();
    for x in (3..200).step_by(9) {
        for y in 3..48 {
            let before = app.state.board.id();
            app.act(Action::Click(x, y));
            let page = picture(&app.state);
            let sign = |line: &str| line.find('>').map(|at| crate::text::width(&line[..at]));
            let found = page.lines().enumerate().skip(6).find_map(|(at, line)| Some((at, sign(line)?)));
            let (top, left) = found.unwrap();
            let (dx, dy) = (usize::from(x).checked_sub(left), usize::from(y).checked_sub(top));
            if dx.is_some_and(|dx| dx < 30) && dy.is_some_and(|dy| dy < 3) {
                hit.insert((top, left));
            } else {
                // Between cards, or above or below all of a column.
                let here = app.state.board.id();
                assert!(y < 7 || dy != Some(1) || here == before, "{x},{y}\n{page}");
            }
        }
    }
    let columns: std::collections::BTreeSet<usize> = hit.iter().map(|(_, left)| *left).collect();
    assert!(hit.len() > 12 && columns.len() > 3, "{hit:?}");
}

fn caret(state: &State) -> Position {
    let mut terminal = Terminal::new(TestBackend::new(state.size.0, state.size.1)).unwrap();
    let theme = Theme::standard(true).unwrap();
    terminal.draw(|frame| view::draw(state, &theme, frame)).unwrap();
    terminal.get_cursor_position().unwrap()
}

#[test]
fn the_wheel_moves_in_whatever_has_the_keys() {
    let mut app = app(Lang::En, (120, 36), StoreContent::Demo);
    for way in ["1", "2", "3O", "4O", "1j\r", "1?", "1o", "1gs", "1cc"] {
        let start = app.state.clone();
        keys(&mut app, way);
        // In lines to read the cursor is a colour, and where the terminal's own one stands.
        let seen = |app: &TestScreen| (picture(&app.state), caret(&app.state));
        let before = seen(&app);
        app.act(Action::Wheel(3));
        assert_ne!(seen(&app), before, "{way}\n{}", before.0);
        app.act(Action::Wheel(-3));
        assert_eq!(seen(&app), before, "{way}");
        app.state = start;
    }
}
