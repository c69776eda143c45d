//! Text from outside in a message: as long as it needs to be recognized, not as long as it is.

use std::borrow::Cow;

/// So many characters of a line are said at most.
const MOST: usize = 500;
/// So many are kept of each end of a longer one.
const END: usize = 200;

/// A message, each line that is longer than some hundred characters cut in its middle.
pub fn brief(text: &str) -> Cow<'_, str> {
    if text.len() <= MOST || text.lines().all(|line| line.len() <= MOST || line.chars().count() <= MOST) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(2 * MOST);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let start = line.char_indices().nth(END).map(|(start, _)| start);
        let end = line.char_indices().nth_back(END - 1).map(|(end, _)| end);
        match (line.chars().nth(MOST), start, end) {
            (Some(_), Some(start), Some(end)) => {
                out.push_str(&line[..start]);
                out.push_str(" … ");
                out.push_str(&line[end..]);
            }
            _ => out.push_str(line),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_cut_in_its_middle_line_by_line() {
        assert_eq!(brief("short\n  ^^^^"), "short\n  ^^^^");
        let long = format!("a{}z", "名".repeat(5_000_000));
        let cut = brief(&long);
        assert_eq!(cut.chars().count(), 2 * END + 3);
        assert!(cut.starts_with("a名") && cut.contains("名 … 名") && cut.ends_with("名z"), "{cut}");
        let whole = "字".repeat(MOST);
        assert_eq!(brief(&whole), whole);
        let lines = format!("one\n{long}\nthree");
        assert_eq!(brief(&lines), format!("one\n{cut}\nthree"));
    }
}
