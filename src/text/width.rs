//! How wide text is on a terminal, and text made to fit.
//!
//! The unit is the grapheme cluster: `é` written with a combining accent is one column, 中 is two, a family emoji of
//! seven code points is two. Cutting never splits a cluster.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const ELLIPSIS: char = '…';

/// Where text stands in a column that is wider than it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// At the right edge, as numbers do.
    Right,
    /// In the middle; an odd column goes to the right.
    Center,
}

/// The columns that `text` takes.
pub fn width(text: &str) -> usize {
    if is_printable_ascii(text) { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// `text` if it fits into `cols`, else as many clusters as leave room for the `…` that says it was cut.
pub fn fit(text: &str, cols: usize) -> Cow<'_, str> {
    if width(text) <= cols {
        return Cow::Borrowed(text);
    }
    let Some(room) = cols.checked_sub(1) else { return Cow::Borrowed("") };
    let mut kept = String::from(prefix(text, room));
    kept.push(ELLIPSIS);
    Cow::Owned(kept)
}

/// `text` in exactly `cols` columns: cut like [`fit`], filled with spaces. Where a wide character would have been
/// halved, a space fills the column it leaves.
pub fn pad(text: &str, cols: usize, align: Align) -> String {
    let text = fit(text, cols);
    let free = cols.saturating_sub(width(&text));
    let left = match align {
        Align::Left => 0,
        Align::Right => free,
        Align::Center => free / 2,
    };
    let mut out = String::with_capacity(text.len() + free);
    out.extend(std::iter::repeat_n(' ', left));
    out.push_str(&text);
    out.extend(std::iter::repeat_n(' ', free - left));
    out
}

/// `text` in lines of at most `cols` columns: broken between words, between any two Han characters or kana, and inside
/// a word only when the word alone is too long. No line begins with closing punctuation such as `。` or `）`, none ends
/// with an opening `（`. A `\n` ends a line; empty text is one empty line.
pub fn wrap(text: &str, cols: usize) -> Vec<String> {
    let cols = cols.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, cols, &mut lines);
    }
    lines
}

fn wrap_paragraph(paragraph: &str, cols: usize, lines: &mut Vec<String>) {
    let mut line = Line::default();
    for piece in pieces(paragraph) {
        let wide = width(piece);
        if line.cols + wide <= cols {
            line.push(piece, wide);
        } else if piece.starts_with(char::is_whitespace) {
            // The space at a break is the break.
            lines.push(line.take());
        } else {
            if !line.text.is_empty() {
                lines.push(line.take());
            }
            let mut rest = piece;
            while width(rest) > cols {
                let head = non_empty_prefix(rest, cols);
                lines.push(head.to_owned());
                rest = &rest[head.len()..];
            }
            line.push(rest, width(rest));
        }
    }
    lines.push(line.take());
}

#[derive(Default)]
struct Line {
    text: String,
    cols: usize,
}

impl Line {
    fn push(&mut self, piece: &str, cols: usize) {
        self.text.push_str(piece);
        self.cols += cols;
    }

    fn take(&mut self) -> String {
        self.cols = 0;
        let mut text = std::mem::take(&mut self.text);
        text.truncate(text.trim_end().len());
        text
    }
}

/// The paragraph in pieces that stay whole: a run of spaces, a word, a Han character with the punctuation that clings
/// to it.
fn pieces(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut rest = paragraph;
    std::iter::from_fn(move || {
        let mut clusters = rest.grapheme_indices(true);
        let (_, mut last) = clusters.next()?;
        let end = clusters
            .find(|&(_, next)| !clings(std::mem::replace(&mut last, next), next))
            .map_or(rest.len(), |(at, _)| at);
        let (piece, tail) = rest.split_at(end);
        rest = tail;
        Some(piece)
    })
}

/// Whether no line may end between these neighbours.
fn clings(left: &str, right: &str) -> bool {
    let (left_space, right_space) = (is_space(left), is_space(right));
    if left_space || right_space {
        return left_space == right_space;
    }
    never_first(right) || never_last(left) || !(breaks_around(left) || breaks_around(right))
}

fn is_space(cluster: &str) -> bool {
    cluster.starts_with([' ', '\t', '\u{3000}'])
}

fn breaks_around(cluster: &str) -> bool {
    UnicodeWidthStr::width(cluster) > 1 || cluster.ends_with('-')
}

fn never_first(cluster: &str) -> bool {
    cluster.starts_with(|c| "。，、；：？！）】》」』〉〕］｝”’…—·～,.;:?!)]}%".contains(c))
}

fn never_last(cluster: &str) -> bool {
    cluster.starts_with(|c| "（【《「『〈〔［｛“‘([{￥¥$".contains(c))
}

/// The longest run of whole clusters from the start that takes at most `cols`.
fn prefix(text: &str, cols: usize) -> &str {
    let mut used = 0;
    let end = text
        .grapheme_indices(true)
        .find(|(_, cluster)| {
            used += UnicodeWidthStr::width(*cluster);
            used > cols
        })
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// The longest run of whole clusters before the end that takes at most `cols`. It does not look at the rest of a long
/// text.
pub fn tail(text: &str, cols: usize) -> &str {
    let mut used = 0;
    let start = text
        .grapheme_indices(true)
        .rev()
        .find(|(_, cluster)| {
            used += UnicodeWidthStr::width(*cluster);
            used > cols
        })
        .map_or(0, |(at, cluster)| at + cluster.len());
    &text[start..]
}

/// Like [`prefix`], but at least one cluster, so that a wide character in one column does not stop a loop.
fn non_empty_prefix(text: &str, cols: usize) -> &str {
    match prefix(text, cols) {
        "" => text.graphemes(true).next().unwrap_or(text),
        head => head,
    }
}

fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|b| (b' '..=b'~').contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn width_counts_columns_of_clusters() {
        let table = [
            ("", 0),
            ("crm", 3),
            ("上海", 4),
            ("e\u{301}", 1),
            ("👩\u{200d}👩\u{200d}👧\u{200d}👦", 2),
            ("🇨🇳", 2),
            ("👍🏽", 2),
            ("ｃｒｍ", 6),
            ("…", 1),
        ];
        for (text, cols) in table {
            assert_eq!(width(text), cols, "{text}");
        }
    }

    #[test]
    fn the_tail_is_cut_between_clusters() {
        assert_eq!(tail("harbor", 3), "bor");
        assert_eq!(tail("harbor", 9), "harbor");
        assert_eq!(tail("上海贸易", 5), "贸易");
        assert_eq!(tail("🇨🇳🇯🇵", 3), "🇯🇵");
        assert_eq!(tail("e\u{301}e\u{301}", 1), "e\u{301}");
        assert_eq!(tail("harbor", 0), "");
    }

    #[test]
    fn fit_cuts_between_clusters() {
        assert!(matches!(fit("harbor", 6), Cow::Borrowed("harbor")));
        assert_eq!(fit("harbor", 5), "harb…");
        assert_eq!(fit("上海贸易", 6), "上海…");
        assert_eq!(fit("上海贸易", 5), "上海…");
        assert_eq!(fit("🇨🇳🇯🇵", 3), "🇨🇳…");
        assert_eq!(fit("harbor", 1), "…");
        assert_eq!(fit("harbor", 0), "");
    }

    #[test]
    fn pad_fills_the_hole_of_a_wide_character() {
        assert_eq!(pad("ab", 5, Align::Left), "ab   ");
        assert_eq!(pad("ab", 5, Align::Right), "   ab");
        assert_eq!(pad("ab", 5, Align::Center), " ab  ");
        assert_eq!(pad("上海贸易", 6, Align::Left), "上海… ");
    }

    #[test]
    fn wrap_breaks_where_a_reader_would() {
        assert_eq!(wrap("send the quote today", 10), ["send the", "quote", "today"]);
        assert_eq!(wrap("明天下午发报价。", 14), ["明天下午发报", "价。"]);
        assert_eq!(wrap("客户（上海）", 6), ["客户", "（上", "海）"]);
        assert_eq!(wrap("给ACME发报价", 6), ["给ACME", "发报价"]);
        assert_eq!(wrap("unbreakable", 4), ["unbr", "eaka", "ble"]);
        assert_eq!(wrap("a\n\nb", 4), ["a", "", "b"]);
        assert_eq!(wrap("", 4), [""]);
    }

    proptest! {
        #[test]
        fn pad_is_exact(text in "[a-z 上海👍🇨🇳é。]{0,20}", cols in 0usize..30) {
            for align in [Align::Left, Align::Right, Align::Center] {
                prop_assert_eq!(width(&pad(&text, cols, align)), cols);
            }
        }

        #[test]
        fn wrap_fits_and_loses_nothing(text in "[a-z 上海贸易，。（）]{0,40}", cols in 2usize..30) {
            let lines = wrap(&text, cols);
            prop_assert!(lines.iter().all(|line| width(line) <= cols), "{:?}", lines);
            let bare = |text: &str| text.replace(' ', "");
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }

        #[test]
        fn any_text_is_survived(text in any::<String>(), cols in 0usize..20) {
            prop_assert!(width(&fit(&text, cols)) <= cols);
            wrap(&text, cols);
        }
    }
}
