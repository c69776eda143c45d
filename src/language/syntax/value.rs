//! The value of a test: a list, a range, or one text.

use super::{
    ast::{Lit, Pattern, Test},
    chars::{self, Op},
    error::{SyntaxError, SyntaxErrorKind},
    part::SourcePart,
};

use crate::text::said;

/// Reads the value that follows `sign`, trimmed, as the operator understands it. Of a range that must not hold, the
/// range is returned.
pub(super) fn read(op: Op, sign: SourcePart<'_>, value: SourcePart<'_>) -> Result<Test, SyntaxError> {
    if op != Op::Contains && value.text().starts_with(['<', '>', '=', '＜', '＞', '＝', '≥', '≧', '≤', '≦', '≠'])
    {
        let sign = sign.through(value.split(value.text().chars().next().map_or(0, char::len_utf8)).0);
        let message = said!("'{}' is not an operator", "“{}”不是运算符", sign.text());
        let hint = said!(
            "the operators are : = != ~ > >= < <=; a value that begins with one goes in quotes",
            "运算符有“: = != ~ > >= < <=”；以它们开头的值请加引号"
        );
        return Err(sign.error(SyntaxErrorKind::UnknownOperator, message).hint(hint));
    }
    match op {
        Op::Is => list(value),
        Op::IsNot => Ok(match list(value)? {
            Test::Is(patterns) => Test::IsNot(patterns),
            Test::Set => Test::Empty,
            Test::Empty => Test::Set,
            range => range,
        }),
        Op::Contains => one(sign, value).map(Test::Contains),
        Op::Over => one(sign, value).map(Test::Over),
        Op::Under => one(sign, value).map(Test::Under),
        Op::After => one(sign, value).map(Test::After),
        Op::Before => one(sign, value).map(Test::Before),
        Op::AtLeast => Ok(Test::Range { from: Some(one(sign, value)?), to: None }),
        Op::AtMost => Ok(Test::Range { from: None, to: Some(one(sign, value)?) }),
    }
}

/// The error for text directly after a closing quote.
pub(super) fn text_after_quote(after: SourcePart<'_>) -> SyntaxError {
    let error = after.error(
        SyntaxErrorKind::TextAfterQuote,
        said!("a closing quote ends the value, and this follows it", "右引号已结束该值，其后还有内容"),
    );
    error.hint(said!("put a space between, or take it into the quotes", "请在其间加空格，或把它放进引号"))
}

/// A value of which commas, dots and stars are part.
fn one(sign: SourcePart<'_>, value: SourcePart<'_>) -> Result<Lit, SyntaxError> {
    match value.quoted()? {
        Some((_, after)) if !after.is_empty() => Err(text_after_quote(after)),
        Some((text, _)) => Ok(lit(Item { text, quoted: true, star: false, part: value })),
        None if value.is_empty() => Err(sign.error(
            SyntaxErrorKind::MissingOperand,
            said!("'{}' needs a value after it", "“{}”之后须有值", sign.text()),
        )),
        None => Ok(lit(Item { text: value.text().to_owned(), quoted: false, star: false, part: value })),
    }
}

/// What stands between two items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Comma,
    Dots,
}

/// One item of a list or end of a range.
struct Item<'s> {
    text: String,
    quoted: bool,
    /// A `*` follows the closing quote.
    star: bool,
    part: SourcePart<'s>,
}

/// An item, the separator behind it, and what follows that.
struct ListStep<'s> {
    item: Item<'s>,
    separator: Option<(Separator, SourcePart<'s>)>,
    rest: SourcePart<'s>,
}

/// A list of patterns, a range, or nothing.
fn list(value: SourcePart<'_>) -> Result<Test, SyntaxError> {
    if matches!(value.text(), "" | "\"\"" | "“”" | "「」" | "＂＂") {
        return Ok(Test::Empty);
    }
    if value.text() == "*" {
        return Ok(Test::Set);
    }
    let mut items = Vec::new();
    let mut separators = Vec::new();
    let mut rest = value;
    loop {
        let step = next_item(rest)?;
        items.push(step.item);
        let Some(separator) = step.separator else { break };
        separators.push(separator);
        rest = step.rest;
    }
    if separators.iter().any(|(separator, _)| *separator == Separator::Dots) {
        range(items, &separators)
    } else {
        patterns(items)
    }
}

fn patterns(items: Vec<Item<'_>>) -> Result<Test, SyntaxError> {
    items.into_iter().map(pattern).collect::<Result<_, _>>().map(Test::Is)
}

fn range(items: Vec<Item<'_>>, separators: &[(Separator, SourcePart<'_>)]) -> Result<Test, SyntaxError> {
    if let Some((_, sign)) = separators.get(1) {
        let error = sign.error(
            SyntaxErrorKind::RangeInList,
            said!("a range is one '..' with a value on one side or both", "范围是一个“..”，一侧或两侧有值"),
        );
        return Err(error.hint(said!(
            "write numbers without commas, join several ranges with or, put other text in quotes",
            "数字请不要加逗号，多个范围用 or 连接，其他文字请加引号"
        )));
    }
    let mut ends = items.into_iter().map(|item| (item.quoted || !item.text.is_empty()).then(|| lit(item)));
    match (ends.next().flatten(), ends.next().flatten(), separators.first()) {
        (None, None, Some((_, sign))) => {
            let error = sign.error(
                SyntaxErrorKind::OpenRange,
                said!("this range has neither a beginning nor an end", "此范围既无起点也无终点"),
            );
            Err(error.hint(said!("write 10k.. for at least, ..10k for at most", "不少于写 1万..，不超过写 ..1万")))
        }
        (from, to, _) => Ok(Test::Range { from, to }),
    }
}

/// The first item of `rest`.
fn next_item(rest: SourcePart<'_>) -> Result<ListStep<'_>, SyntaxError> {
    let rest = rest.trim_start();
    let (item, after) = match rest.quoted()? {
        Some((text, after)) => {
            let star = after.text().starts_with('*');
            let after = after.skip(usize::from(star));
            let part = rest.split(rest.text().len() - after.text().len()).0;
            (Item { text, quoted: true, star, part }, after.trim_start())
        }
        None => {
            let (bare, after) = rest.split(bare_length(rest.text()));
            let part = bare.trim();
            (Item { text: part.text().to_owned(), quoted: false, star: false, part }, after)
        }
    };
    if after.is_empty() {
        return Ok(ListStep { item, separator: None, rest: after });
    }
    match separator(after.text()) {
        Some((separator, length)) => {
            let (sign, rest) = after.split(length);
            Ok(ListStep { item, separator: Some((separator, sign)), rest })
        }
        None => Err(text_after_quote(after)),
    }
}

/// How far a value without quotes reaches: to a comma, to two dots, or to the end.
fn bare_length(text: &str) -> usize {
    let mut after_dot = false;
    text.char_indices()
        .find(|&(at, c)| {
            let ends = match separator(&text[at..]) {
                Some((Separator::Comma, _)) => true,
                // Three dots and more are text, and so is a dot before them.
                Some((Separator::Dots, _)) => !after_dot,
                None => false,
            };
            after_dot = c == '.';
            ends
        })
        .map_or(text.len(), |(at, _)| at)
}

fn separator(text: &str) -> Option<(Separator, usize)> {
    match text.chars().next().map(|c| (chars::ascii(c), c.len_utf8())) {
        Some((',' | '、', length)) => Some((Separator::Comma, length)),
        _ => chars::dots(text).map(|length| (Separator::Dots, length)),
    }
}

fn lit(item: Item<'_>) -> Lit {
    let quoted = item.quoted && chars::is_plain(&item.text);
    Lit { text: item.text, quoted, span: item.part.span() }
}

fn pattern(item: Item<'_>) -> Result<Pattern, SyntaxError> {
    let (text, prefix) = match item.text.strip_suffix('*') {
        Some(stem) if !item.quoted => (stem.to_owned(), true),
        _ => (item.text, item.star),
    };
    if !item.quoted && text.contains('*') {
        let error = item.part.error(
            SyntaxErrorKind::Wildcard,
            said!("only a '*' at the end of a value stands for any text", "只有值末尾的 * 表示任意文字"),
        );
        return Err(error.hint(said!(
            ".has: finds text anywhere in a field; a * that is meant goes in quotes",
            "“.has:”可查找字段中任意位置的文字；作为文字的 * 请加引号"
        )));
    }
    if !item.quoted && !prefix && text.is_empty() {
        let error =
            item.part.error(SyntaxErrorKind::EmptyItem, said!("a value is missing in this list", "此列表中缺少一个值"));
        return Err(
            error.hint(said!("write values with one comma between them: grade:A,B", "各值之间写一个逗号：级别:A,B"))
        );
    }
    let quoted = item.quoted && chars::is_plain(&text);
    Ok(Pattern { text, prefix, quoted, span: item.part.span() })
}
