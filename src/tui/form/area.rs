//! A text of several lines in so many columns: where its rows begin and end, and where the caret is among them.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::width;

/// The rows of a text as ranges of its bytes; at least one. Long lines break after a space where there is one.
pub fn rows(text: &str, cols: usize) -> Vec<Range<usize>> {
    let cols = cols.max(2);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        broken(line, start, cols, &mut rows);
        start += line.len() + 1;
    }
    rows
}

fn broken(line: &str, start: usize, cols: usize, rows: &mut Vec<Range<usize>>) {
    let (mut from, mut used, mut space) = (0, 0, None);
    for (at, cluster) in line.grapheme_indices(true) {
        let wide = width(cluster);
        while used + wide > cols && from < at {
            let end = space.filter(|space| *space > from).unwrap_or(at);
            rows.push(start + from..start + end);
            from = end;
            used = width(&line[from..at]);
            space = None;
        }
        used += wide;
        if cluster == " " || wide > 1 {
            space = Some(at + cluster.len());
        }
    }
    rows.push(start + from..start + line.len());
}

/// The row and the column of the caret.
pub fn place(text: &str, caret: usize, cols: usize) -> (usize, usize) {
    let rows = rows(text, cols);
    let row = rows.iter().rposition(|row| row.start <= caret).unwrap_or(0);
    let from = rows.get(row).map_or(0, |row| row.start);
    (row, width(text.get(from..caret).unwrap_or_default()))
}

/// Where the caret stands so many rows further, at its column as far as the row is long; `None` where there is none.
pub fn step(text: &str, caret: usize, by: isize, cols: usize) -> Option<usize> {
    let (row, column) = place(text, caret, cols);
    let to = rows(text, cols).into_iter().nth(row.checked_add_signed(by)?)?;
    let line = text.get(to.clone())?;
    let mut used = 0;
    for (at, cluster) in line.grapheme_indices(true) {
        if used + width(cluster) > column {
            return Some(to.start + at);
        }
        used += width(cluster);
    }
    Some(to.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str, cols: usize) -> Vec<&str> {
        rows(text, cols).into_iter().map(|row| &text[row]).collect()
    }

    #[test]
    fn rows_break_where_they_must() {
        assert_eq!(lines("", 10), [""]);
        assert_eq!(lines("send the quote", 10), ["send the ", "quote"]);
        assert_eq!(lines("a\n\nb", 10), ["a", "", "b"]);
        assert_eq!(lines("unbreakable", 4), ["unbr", "eaka", "ble"]);
        assert_eq!(lines("上海华盛", 5), ["上海", "华盛"]);
        assert_eq!(place("send the quote", 9, 10), (1, 0));
        assert_eq!(place("send the quote", 14, 10), (1, 5));
        assert_eq!(place("a\nb", 1, 10), (0, 1));
        assert_eq!(place("a\nb", 2, 10), (1, 0));
    }

    #[test]
    fn the_caret_keeps_its_column() {
        let text = "上海华盛\nab\n明天下午";
        assert_eq!(step(text, 6, 1, 20), Some(15));
        assert_eq!(step(text, 15, -1, 20), Some(3));
        assert_eq!(step(text, 0, -1, 20), None);
        assert_eq!(step(text, text.len(), 1, 20), None);
        assert_eq!(step(text, 12, 1, 20), Some(15));
    }

    proptest! {
        #[test]
        fn rows_hold_the_whole_text(text in "[a-z 上海👍\n\u{301}]{0,40}", cols in 1_usize..12) {
            let rows = rows(&text, cols);
            prop_assert!(rows.iter().all(|row| width(&text[row.clone()]) <= cols.max(2)));
            let whole: String = rows.iter().map(|row| &text[row.clone()]).collect();
            prop_assert_eq!(whole, text.replace('\n', ""));
            for (at, _) in text.char_indices() {
                let (row, _) = place(&text, at, cols);
                prop_assert!(row < rows.len());
                for by in [-1, 1] {
                    prop_assert!(step(&text, at, by, cols).is_none_or(|to| text.is_char_boundary(to)));
                }
            }
        }
    }
}
