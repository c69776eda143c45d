//! One term: a test of a field, or words to find.

use super::{
    IsFieldName,
    ast::{Expr, Name, Path, Term, Test},
    chars::{self, Op},
    error::{SyntaxError, SyntaxErrorKind},
    part::SourcePart,
    value,
};

use crate::text::said;

/// Reads a piece of the source that is one term.
pub(super) fn read(term: SourcePart<'_>, known: &IsFieldName<'_>) -> Result<Expr, SyntaxError> {
    let term = term.trim();
    let Some(Split { head, op, sign, value }) = split(term)? else { return words(term) };
    if head.is_empty() {
        let error = sign.error(
            SyntaxErrorKind::MissingName,
            said!("'{}' needs a field directly before it", "“{}”之前须紧接字段", sign.text()),
        );
        return Err(error.hint(said!(
            "write it without spaces, as in city:Oslo, or in quotes to search for it",
            "请不要加空格，如 城市:上海；要查找它本身请加引号"
        )));
    }
    let is_url = sign.text() == ":" && value.text().starts_with("//");
    if is_url && !known(head.text()) {
        return words(term);
    }
    if let (Op::Is, Some(set)) = (op, chars::presence(head.text())) {
        return presence(term, head, value, if set { Test::Set } else { Test::Empty }, known);
    }
    let (head, op) = match suffix(head, known) {
        None => (head, op),
        Some((path, suffix)) if op == Op::Is && !sign.text().ends_with(['>', '<']) => (path, suffix),
        Some((path, _)) => {
            let suffix = head.skip(path.text().len());
            let message =
                said!("'{}' is followed by ':', not by '{}'", "“{}”之后用“:”，不用“{}”", suffix.text(), sign.text());
            return Err(sign.error(SyntaxErrorKind::UnknownOperator, message));
        }
    };
    let Some(path) = path(head, known)? else { return words(term) };
    let test = |test| Expr::Term(Term::Test { path, test, span: term.span() });
    Ok(match value::read(op, sign, value)? {
        // "Not in the range" has no test of its own.
        range @ Test::Range { .. } if op == Op::IsNot => test(range).negate(),
        other => test(other),
    })
}

/// Whether a word is written as a test of something that looks like a field, known or not.
pub(super) fn is_test(word: SourcePart<'_>) -> bool {
    let unknown = |_: &str| false;
    matches!(read(word, &unknown), Ok(Expr::Term(Term::Test { .. }) | Expr::Not(_)))
}

/// Whether a word is a test of a field that is known.
pub(super) fn tests(word: SourcePart<'_>, known: &IsFieldName<'_>) -> bool {
    match read(word, known) {
        Ok(Expr::Term(Term::Test { path, .. })) => path.0.first().is_some_and(|name| known(&name.text)),
        _ => false,
    }
}

/// A term cut at its operator.
struct Split<'s> {
    head: SourcePart<'s>,
    op: Op,
    sign: SourcePart<'s>,
    value: SourcePart<'s>,
}

/// Cuts a term at its first operator outside the quotes of its names.
fn split(term: SourcePart<'_>) -> Result<Option<Split<'_>>, SyntaxError> {
    let mut rest = term;
    let mut name_starts = true;
    while let Some(c) = rest.text().chars().next() {
        if name_starts && let Some((_, after)) = rest.quoted()? {
            rest = after;
            name_starts = false;
            continue;
        }
        let at = term.text().len() - rest.text().len();
        if let Some((op, length)) = chars::operator(rest.text()) {
            let (sign, value) = rest.split(length);
            return Ok(Some(Split { head: term.split(at).0.trim(), op, sign, value: value.trim() }));
        }
        name_starts = c == '.';
        rest = rest.skip(c.len_utf8());
    }
    Ok(None)
}

/// Cuts a suffix such as `.not` off, unless the whole is a name.
fn suffix<'s>(head: SourcePart<'s>, known: &IsFieldName<'_>) -> Option<(SourcePart<'s>, Op)> {
    let (path, suffix) = head.text().rsplit_once('.')?;
    let op = chars::suffix(suffix)?;
    (!path.is_empty() && !known(head.text())).then(|| (head.split(path.len()).0, op))
}

/// Reads names joined by dots; `None` where the text is no path, so that it is words.
fn path(head: SourcePart<'_>, known: &IsFieldName<'_>) -> Result<Option<Path>, SyntaxError> {
    let name = |part: SourcePart<'_>, text: &str| Name { text: text.to_owned(), span: part.span() };
    if known(head.text()) {
        return Ok(Some(Path(vec![name(head, head.text())])));
    }
    let mut names = Vec::new();
    let mut rest = head;
    loop {
        let after = if let Some((text, after)) = rest.quoted()? {
            let quote = rest.split(rest.text().len() - after.text().len()).0;
            if !after.is_empty() && !after.text().starts_with('.') {
                return Err(value::text_after_quote(after));
            }
            names.push(name(quote, &text));
            after
        } else {
            let (bare, after) = rest.split(rest.text().find('.').unwrap_or(rest.text().len()));
            let bare = bare.trim();
            // Behind a known name, what follows is meant as a field too, whatever it looks like.
            let follows = names.first().is_some_and(|first| known(&first.text));
            if bare.is_empty() || !(follows || known(bare.text()) || chars::is_name(bare.text())) {
                return Ok(None);
            }
            names.push(name(bare, bare.text()));
            after
        };
        if after.is_empty() {
            return Ok(Some(Path(names)));
        }
        rest = after.skip(1).trim_start();
    }
}

/// `has:phone`, `no:phone`.
fn presence(
    term: SourcePart<'_>,
    word: SourcePart<'_>,
    field: SourcePart<'_>,
    test: Test,
    known: &IsFieldName<'_>,
) -> Result<Expr, SyntaxError> {
    let word = word.text();
    if field.is_empty() {
        let error = term
            .error(SyntaxErrorKind::MissingOperand, said!("'{word}:' needs a field after it", "“{word}:”之后须有字段"));
        return Err(error.hint(said!("write {word}:phone", "请写 {word}:电话")));
    }
    match path(field, known)? {
        Some(path) => Ok(Expr::Term(Term::Test { path, test, span: term.span() })),
        None => {
            let message = said!("'{}' is not the name of a field", "“{}”不是字段名", field.text());
            let error = field.error(SyntaxErrorKind::MissingName, message);
            Err(error.hint(said!(
                "name one field in each term: {word}:phone {word}:email",
                "每个条件只写一个字段：{word}:电话 {word}:邮箱"
            )))
        }
    }
}

/// A term that is text to search for. A `*` at its end is what a search does anyway.
fn words(term: SourcePart<'_>) -> Result<Expr, SyntaxError> {
    let text = match term.quoted()? {
        Some((_, after)) if !after.text().trim_start_matches('*').is_empty() => {
            return Err(value::text_after_quote(after));
        }
        Some((text, _)) => text,
        None => {
            let stem = term.text().trim_end_matches('*');
            (if stem.is_empty() { term.text() } else { stem }).to_owned()
        }
    };
    if text.trim().is_empty() {
        return Err(
            term.error(SyntaxErrorKind::MissingOperand, said!("there is nothing to search for", "没有要查找的内容"))
        );
    }
    Ok(Expr::Term(Term::Words { text, span: term.span() }))
}
