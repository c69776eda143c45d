//! Telephone numbers among other things: several in one text, what kind each is, remarks beside them.

use std::borrow::Cow;

use super::{Label, dashed_extension, normalize};

/// A number in a text, and what is said of it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'t> {
    /// The number as it is written, with its extension.
    pub number: &'t str,
    /// Which kind of phone the words beside it say that it is.
    pub label: Option<Label>,
    /// The other words beside it, with a space between them.
    pub words: String,
}

/// The most digits that a telephone number of any country has (ITU-T E.164); what has more is several numbers.
const MOST_DIGITS: usize = 15;
/// A number of its own has at least so many digits, one that begins with the prefix of a country so many.
const OWN_DIGITS: usize = 7;
const ABROAD_DIGITS: usize = 10;

/// What may stand between two numbers, so that words before it belong to the first and words behind it to the second.
const SEPARATORS: [char; 9] = [',', ';', '、', '，', '；', '|', '\n', '\t', '/'];
/// Words that join two numbers and say nothing about either.
const JOINING: [&str; 8] = ["or", "and", "或", "和", "及", "或者", "&", "+"];

/// The numbers of a text in their order; none where it holds nothing that is one.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, ascii(c))).collect();
    let runs = runs(text, &chars);
    let mut gaps = vec![String::new(); runs.len()];
    let Some(last) = runs.len().checked_sub(1) else { return Vec::new() };
    // Words stand before their numbers, or all behind them.
    let says = |words: &str| words.contains(char::is_alphanumeric);
    let all_behind = !says(&text[..runs[0].0]) && says(&text[runs[last].1..]);
    let mut from = 0;
    for (at, (start, end)) in runs.iter().enumerate() {
        let gap = &text[from..*start];
        let (behind, before) = match at {
            0 => ("", gap),
            _ if all_behind => (gap, ""),
            _ => gap.split_at(belongs_behind(gap)),
        };
        if at > 0 {
            gaps[at - 1].push_str(&format!(" {behind}"));
        }
        gaps[at].push_str(before);
        from = *end;
    }
    gaps[last].push_str(&format!(" {}", &text[from..]));
    runs.into_iter()
        .zip(gaps)
        .map(|((start, end), gap)| {
            let (label, words) = said(&gap);
            Piece { number: &text[start..end], label, words }
        })
        .collect()
}

/// How much of what stands between two numbers belongs to the first: all up to a separator, else what stands in brackets.
fn belongs_behind(gap: &str) -> usize {
    if let Some((at, c)) = gap.char_indices().rfind(|(_, c)| SEPARATORS.contains(c)) {
        return at + c.len_utf8();
    }
    if let Some(at) = gap.find(":::") {
        return at;
    }
    let bracketed = gap.trim_start().starts_with(['(', '（', '[', '【']);
    match gap.char_indices().find(|(_, c)| matches!(c, ')' | '）' | ']' | '】')) {
        Some((at, c)) if bracketed => at + c.len_utf8(),
        _ => 0,
    }
}

/// What words beside a number say: its label, and what is left.
pub fn said(gap: &str) -> (Option<Label>, String) {
    let parts = |c: char| {
        c.is_whitespace()
            || SEPARATORS.contains(&c)
            || matches!(
                c,
                ':' | '：' | '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】' | '"' | '\'' | '’' | '“' | '”'
            )
    };
    let (mut label, mut left) = (None::<Label>, Vec::new());
    for word in gap.split(parts) {
        let bare = word.trim_matches(|c: char| matches!(c, '.' | '*' | '-' | '–' | '—' | '。' | '+'));
        if bare.is_empty() || JOINING.contains(&&*bare.to_lowercase()) {
            continue;
        }
        match Label::parse(bare) {
            // `work mobile` is a mobile, `home fax` a fax.
            Some(more) if label.is_none_or(|label| label == Label::Landline) => label = Some(more),
            Some(_) => {}
            None => left.push(word.trim()),
        }
    }
    (label, left.join(" "))
}

/// Where numbers begin and end in a text.
fn runs(text: &str, chars: &[(usize, char)]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !begins(chars, at) {
            at += 1;
            continue;
        }
        if let Some(end) = end_of_word(chars, at) {
            at = end;
            continue;
        }
        let (start, end) = (at, end_of_run(chars, at));
        let mut parts = split(&chars[start..end]).into_iter().peekable();
        while let Some((from, to)) = parts.next() {
            let (from, mut to) = (start + from, start + to);
            if parts.peek().is_none() {
                to = end_of_extension(chars, from, to);
            }
            let byte = |place: usize| chars.get(place).map_or(text.len(), |(byte, _)| *byte);
            let run = (byte(from), byte(to));
            if normalize(&text[run.0..run.1]).is_some() {
                runs.push(run);
            }
            at = to.max(at);
        }
        at = at.max(end);
    }
    runs
}

/// The place behind digits that go on a word, such as those of a room; none where the word is a label, or they are a
/// number for themselves.
fn end_of_word(chars: &[(usize, char)], at: usize) -> Option<usize> {
    let letters = chars[..at].iter().rev().take_while(|(_, c)| c.is_ascii_alphabetic()).count();
    let word: String = chars[at - letters..at].iter().map(|(_, c)| *c).collect();
    let digits = chars[at..].iter().take_while(|(_, c)| c.is_ascii_digit()).count();
    (letters > 0 && (1..OWN_DIGITS).contains(&digits) && Label::parse(&word).is_none()).then_some(at + digits)
}

/// Whether a number may begin here.
fn begins(chars: &[(usize, char)], at: usize) -> bool {
    let next = |by: usize| chars.get(at + by).is_some_and(|(_, c)| c.is_ascii_digit() || (by == 1 && *c == '+'));
    match chars[at].1 {
        '0'..='9' => true,
        '+' => next(1) || (chars.get(at + 1).is_some_and(|(_, c)| matches!(c, ' ' | '(')) && next(2)),
        '(' => next(1),
        _ => false,
    }
}

/// The place behind the last digit of what may be one number, or several. A bracket that opens behind a whole number is
/// about something else.
fn end_of_run(chars: &[(usize, char)], start: usize) -> usize {
    let (mut end, mut digits) = (start + 1, usize::from(chars[start].1.is_ascii_digit()));
    let mut open = chars[start].1 == '(';
    for (place, (_, c)) in chars.iter().enumerate().skip(start + 1) {
        match c {
            '0'..='9' => {
                digits += 1;
                end = place + 1;
            }
            '+' if open && place == start + 1 => {}
            ' ' | '-' | '.' | '/' | '·' => {}
            '(' if digits < OWN_DIGITS => open = true,
            ')' => {
                if open && end == place {
                    end = place + 1;
                }
                open = false;
            }
            _ => break,
        }
    }
    end
}

/// The numbers of a run, by places in it.
fn split(run: &[(usize, char)]) -> Vec<(usize, usize)> {
    let count = |from: usize, to: usize| run[from..to].iter().filter(|(_, c)| c.is_ascii_digit()).count();
    let all = count(0, run.len());
    let (mut parts, mut from) = (Vec::new(), 0);
    for (at, (_, c)) in run.iter().enumerate() {
        if !matches!(c, '/' | ' ') || at < from {
            continue;
        }
        let (before, behind) = (count(from, at), count(at, run.len()));
        let start: String = run[from..at].iter().map(|(_, c)| *c).filter(|c| *c == '+' || c.is_ascii_digit()).collect();
        let own = if start.starts_with('+') || start.starts_with("00") { ABROAD_DIGITS } else { OWN_DIGITS };
        let ends = before >= own && behind >= OWN_DIGITS && (*c == '/' || all > MOST_DIGITS);
        if ends {
            parts.push((from, trimmed(run, from, at)));
            from = at + 1 + run[at + 1..].iter().take_while(|(_, c)| matches!(c, ' ' | '/' | '-' | '.')).count();
        }
    }
    if from < run.len() {
        parts.push((from, run.len()));
    }
    parts
}

/// The end of a part without what joins it to the next one.
fn trimmed(run: &[(usize, char)], from: usize, to: usize) -> usize {
    let opened = run[from..to].iter().any(|(_, c)| *c == '(');
    let joins = |c: char| matches!(c, ' ' | '/' | '-' | '.' | '(') || (c == ')' && !opened);
    to - run[from..to].iter().rev().take_while(|(_, c)| joins(*c)).count()
}

/// The place behind the extension of a number that ends here; the same where it has none.
fn end_of_extension(chars: &[(usize, char)], start: usize, end: usize) -> usize {
    const MARKS: [&str; 7] = ["extension", "ext.", "ext", "转", "分机", "x", "#"];
    let skip = |from: usize, of: &[char]| from + chars.iter().skip(from).take_while(|(_, c)| of.contains(c)).count();
    let begin = skip(end, &[' ', ',', ';', '(']);
    let mark = MARKS.iter().find(|mark| {
        let rest = chars.iter().skip(begin).map(|(_, c)| c.to_ascii_lowercase());
        mark.chars().eq(rest.take(mark.chars().count()))
    });
    let Some(mark) = mark else { return end_of_short(chars, start, end) };
    let digits = skip(begin + mark.chars().count(), &[' ', '.', ':']);
    let behind = chars.iter().skip(digits).take_while(|(_, c)| c.is_ascii_digit()).count();
    let closed = chars[end..begin].iter().any(|(_, c)| *c == '(');
    match (behind, chars.get(digits + behind)) {
        (0, _) => end,
        (_, Some((_, ')'))) if closed => digits + behind + 1,
        _ => digits + behind,
    }
}

/// The place behind an extension without a word, `*802` or `(802)`, of a number from `start` to `end`; `end` where the number
/// has none.
fn end_of_short(chars: &[(usize, char)], start: usize, end: usize) -> usize {
    const LONGEST: usize = 10;
    let end_at = chars.len().min(end + LONGEST);
    let said = |to: usize| chars[start..to].iter().map(|(_, c)| *c).collect::<String>();
    let sign = chars[end..end_at].iter().find(|(_, c)| *c != ' ').map_or(' ', |(_, c)| *c);
    if !matches!(sign, '*' | '(') {
        return end;
    }
    let ends = |to: &usize| chars[*to - 1].1 != ' ' && chars.get(*to).is_none_or(|(_, c)| !c.is_ascii_alphanumeric());
    let has = |to: &usize| dashed_extension(&said(*to)).is_some_and(|(number, _)| number.trim_end() == said(end));
    (end + 1..=end_at).rev().filter(ends).find(has).unwrap_or(end)
}

/// A number with its digits and signs in ASCII, so that every telephone takes it; an extension keeps its word.
pub fn in_ascii(number: &str) -> Cow<'_, str> {
    if number.is_ascii() { Cow::Borrowed(number) } else { Cow::Owned(number.chars().map(ascii).collect()) }
}

/// The ASCII form of a full-width sign, a dash or a hard space.
const fn ascii(c: char) -> char {
    match c {
        '０'..='９' => (b'0' + (c as u32 - '０' as u32) as u8) as char,
        '＋' => '+',
        '（' => '(',
        '）' => ')',
        '．' => '.',
        '／' => '/',
        '：' => ':',
        '－' | '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<(String, Option<Label>, String)> {
        pieces(text).into_iter().map(|piece| (piece.number.to_owned(), piece.label, piece.words)).collect()
    }

    #[test]
    fn numbers_come_apart_with_what_is_said_of_them() {
        use Label::{Fax, Landline, Mobile};
        type Expected<'a> = &'a [(&'a str, Option<Label>, &'a str)];
        let table: &[(&str, Expected<'_>)] = &[
            ("13800138000/13900139000", &[("13800138000", None, ""), ("13900139000", None, "")]),
            ("138.0013.8001/138.0013.8002", &[("138.0013.8001", None, ""), ("138.0013.8002", None, "")]),
            ("13800138000 13900139000", &[("13800138000", None, ""), ("13900139000", None, "")]),
            ("13800138000 / 13900139000", &[("13800138000", None, ""), ("13900139000", None, "")]),
            ("010 88888888 010 99999999", &[("010 88888888", None, ""), ("010 99999999", None, "")]),
            (
                "+44 20 7946 0001 ::: +44 20 7946 0002",
                &[("+44 20 7946 0001", None, ""), ("+44 20 7946 0002", None, "")],
            ),
            ("+44 20 7946 0001 +44 20 7946 0002", &[("+44 20 7946 0001", None, ""), ("+44 20 7946 0002", None, "")]),
            ("138-0013-8001(微信同号)", &[("138-0013-8001", None, "微信同号")]),
            ("'02415550102", &[("02415550102", None, "")]),
            ("Tel: 010-88888888", &[("010-88888888", Some(Landline), "")]),
            (
                "Tel.010-88888888 Fax 010-99999999",
                &[("010-88888888", Some(Landline), ""), ("010-99999999", Some(Fax), "")],
            ),
            (
                "手机13800138000，座机：021-62881234转5",
                &[("13800138000", Some(Mobile), ""), ("021-62881234转5", Some(Landline), "")],
            ),
            (
                "13800138000 (mobile); 62881234 （传真）",
                &[("13800138000", Some(Mobile), ""), ("62881234", Some(Fax), "")],
            ),
            ("5551234, ext. 5", &[("5551234, ext. 5", None, "")]),
            ("(021) 6288-1234 x12", &[("(021) 6288-1234 x12", None, "")]),
            ("+44 (0)20 7946 0958", &[("+44 (0)20 7946 0958", None, "")]),
            ("0211/1234567", &[("0211/1234567", None, "")]),
            ("0049/221/1234567", &[("0049/221/1234567", None, "")]),
            ("62881234/35", &[("62881234/35", None, "")]),
            ("62881234（分机8001）", &[("62881234（分机8001）", None, "")]),
            ("13800138000 (5pm only)", &[("13800138000", None, "5pm only")]),
            ("13800138000 张三 or 13900139000 李四", &[("13800138000", None, "张三"), ("13900139000", None, "李四")]),
            ("work mobile: 13800138000", &[("13800138000", Some(Mobile), "")]),
            ("ask for room12 5551234", &[("5551234", None, "ask for room12")]),
            ("１３８－００１３－８０００", &[("１３８－００１３－８０００", None, "")]),
            ("010-88886666-8001", &[("010-88886666-8001", None, "")]),
            ("0571-88886666*802", &[("0571-88886666*802", None, "")]),
            ("0571-88886666（801）", &[("0571-88886666（801）", None, "")]),
            ("座机0571-88886666 (801) 王", &[("0571-88886666 (801)", Some(Landline), "王")]),
            ("0571-88886666(5pm only)", &[("0571-88886666", None, "5pm only")]),
            ("none", &[]),
            ("12", &[]),
            ("", &[]),
        ];
        for (text, expected) in table {
            let expected: Vec<_> = expected
                .iter()
                .map(|(number, label, words)| ((*number).to_owned(), *label, (*words).to_owned()))
                .collect();
            assert_eq!(found(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_number_alone_is_all_of_it(text in "(\\+|\\([0-9]{2,3}\\) ?)?[0-9][0-9 ./-]{0,10}[0-9](, ext\\. [0-9]|转[0-9])?") {
            prop_assume!(normalize(&text).is_some());
            prop_assert_eq!(found(&text), [(text.clone(), None, String::new())]);
        }

        #[test]
        fn any_text_is_survived(text in any::<String>(), like in "[-+0-9() ./,;:x手机电话转a-f]{0,40}") {
            for text in [text, like] {
                for piece in pieces(&text) {
                    prop_assert!(normalize(piece.number).is_some());
                }
            }
        }
    }
}
