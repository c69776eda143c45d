//! `-owner:me` as an argument: not an option, and not a term that a command line can take.

use super::{
    IsFieldName,
    ast::{Expr, Term, Test},
    chars,
    error::{SyntaxError, SyntaxErrorKind},
    part::SourcePart,
    term,
};

use crate::text::said;

/// The error for an argument that is a test with a minus in front, with the spelling that works; `None` for any other.
///
/// For the pass over the arguments before they are taken apart as options, where `-owner:me` would be `-o wner:me`.
/// What can be an option with its value (`-o=json`, `-otemplate=…`) is left alone.
pub fn stray_minus(word: &str) -> Option<SyntaxError> {
    let rest = word.strip_prefix(['-', '－'])?;
    let name = &rest[..rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-')).unwrap_or(rest.len())];
    let is_option = name.len() <= 1 || name.starts_with("otemplate");
    if is_option || !term::is_test(SourcePart::whole(rest)) {
        return None;
    }
    let expr = term::read(SourcePart::whole(rest), &|_| false).ok()?;
    let message = said!(
        "'{word}' begins like an option; on the command line a term is negated with a word",
        "“{word}”看起来像选项；命令行上请用文字表示“非”"
    );
    let error = SyntaxError::new(SyntaxErrorKind::StrayMinus, word, SourcePart::whole(word).span(), message);
    let opposite = opposite(expr);
    Some(error.hint(said!("write {opposite}", "请写 {opposite}")))
}

/// The error for a bare word that joins or negates terms in other languages and not in this one; in quotes it is text.
pub(super) fn stray_operator(word: SourcePart<'_>) -> Option<SyntaxError> {
    let text = word.text();
    let stray = |message, hint| Some(word.error(SyntaxErrorKind::StrayOperator, message).hint(hint));
    match text {
        "&" | "&&" => stray(
            said!("'{text}' joins no terms", "“{text}”不能连接条件"),
            said!("leave it away: terms join with and", "请去掉它：条件之间默认为“且”"),
        ),
        "|" | "||" => stray(
            said!("'{text}' joins no terms", "“{text}”不能连接条件"),
            said!("write or between the terms", "请在条件之间写 or"),
        ),
        _ => {
            let negated = text.strip_prefix(['!', '！']).filter(|rest| term::is_test(SourcePart::whole(rest)))?;
            stray(said!("'!' negates no term", "“!”不能表示否定"), said!("write not {negated}", "请写 not {negated}"))
        }
    }
}

/// What people write for a comparison that is none here, and what is.
const COMPARISONS: [(&str, &str); 24] = [
    ("大于等于", ">="),
    ("大于", ">"),
    ("不少于", ">="),
    ("不低于", ">="),
    ("至少", ">="),
    ("超过", ">"),
    ("高于", ">"),
    ("小于等于", "<="),
    ("小于", "<"),
    ("不超过", "<="),
    ("不高于", "<="),
    ("最多", "<="),
    ("少于", "<"),
    ("低于", "<"),
    ("不等于", "!="),
    ("不是", "!="),
    ("等于", "="),
    ("是", ":"),
    ("为", ":"),
    ("包含", "~"),
    ("》", ">"),
    ("〉", ">"),
    ("《", "<"),
    ("〈", "<"),
];

/// What people write behind a field that has a value, or none, and the word that asks for it.
const PRESENT: [(&str, &str); 6] =
    [("不为空", "has"), ("不是空", "has"), ("非空", "has"), ("为空", "no"), ("是空", "no"), ("空着", "no")];

/// What people write before a field that is to have no value.
const LACKING: [&str; 3] = ["没有", "缺少", "无"];

/// What people write before a test that is not to hold.
const EXCEPT: &str = "除了";

/// Whether a word holds what people write for a comparison, so that it stands in quotes where it is text.
pub(super) fn compares(text: &str) -> bool {
    let holds = || COMPARISONS.iter().chain(&PRESENT).any(|(sign, _)| text.contains(sign));
    !text.is_ascii() && (holds() || LACKING.iter().any(|word| text.starts_with(word)) || text.starts_with(EXCEPT))
}

/// The error for a word that asks in Chinese whether a field has a value, or for what no test is to find: 电话为空, 没有电话,
/// 除了 级别:A.
fn stray_presence(word: SourcePart<'_>, known: &IsFieldName<'_>) -> Option<SyntaxError> {
    let text = word.text();
    let field = |name: &str| chars::is_name(name) && known(name);
    if let Some(test) = text.strip_prefix(EXCEPT) {
        let test = test.trim_start();
        if !(test.is_empty() || term::tests(SourcePart::whole(test), known)) {
            return None;
        }
        let sign = word.split(EXCEPT.len()).0;
        let error =
            sign.error(SyntaxErrorKind::StrayOperator, said!("'{EXCEPT}' negates no term", "“{EXCEPT}”不能表示否定"));
        return Some(match test {
            "" => error.hint(said!("write not before the term", "请在条件之前写 not")),
            test => error.hint(said!("write not {test}", "请写 not {test}")),
        });
    }
    let behind = PRESENT.iter().find_map(|(sign, right)| {
        let name = text.strip_suffix(sign).filter(|name| field(name))?;
        Some((word.skip(name.len()), name, *right))
    });
    let before = || {
        LACKING.iter().find_map(|sign| {
            let name = text.strip_prefix(sign).filter(|name| field(name))?;
            Some((word.split(sign.len()).0, name, "no"))
        })
    };
    let (sign, name, right) = behind.or_else(before)?;
    let error =
        sign.error(SyntaxErrorKind::UnknownOperator, said!("'{}' is not an operator", "“{}”不是运算符", sign.text()));
    Some(error.hint(said!("write {right}:{name}; text goes in quotes", "请写 {right}:{name}；作为文字的词请加引号")))
}

/// The error for a word in which a field stands before what people write for a comparison: 金额大于10万.
pub(super) fn stray_comparison(word: SourcePart<'_>, known: &IsFieldName<'_>) -> Option<SyntaxError> {
    let text = word.text();
    if !compares(text) {
        return None;
    }
    if let Some(error) = stray_presence(word, known) {
        return Some(error);
    }
    // 金额 大于 10万: the sign has words to itself.
    let alone = COMPARISONS.iter().find(|(sign, _)| {
        text.strip_prefix(sign).is_some_and(|rest| rest.is_empty() || rest.starts_with(|c: char| c.is_numeric()))
    });
    if let Some((sign, right)) = alone {
        let part = word.split(sign.len()).0;
        let error =
            part.error(SyntaxErrorKind::UnknownOperator, said!("'{sign}' is not an operator", "“{sign}”不是运算符"));
        return Some(error.hint(said!(
            "write field{right}value, without spaces; text goes in quotes",
            "请写 字段{right}值，中间不空格；作为文字的词请加引号"
        )));
    }
    // 市为民服务中心 is a name: of one character, 市 is no field there.
    let field =
        |at: usize| text.get(..at).filter(|name| name.chars().nth(1).is_some() && chars::is_name(name) && known(name));
    let (at, sign, right) = COMPARISONS.into_iter().find_map(|(sign, right)| {
        let at = text.find(sign).filter(|at| field(*at).is_some())?;
        Some((at, sign, right))
    })?;
    let (name, value) = (field(at)?, &text[at + sign.len()..]);
    let sign = word.skip(at).split(sign.len()).0;
    let error =
        sign.error(SyntaxErrorKind::UnknownOperator, said!("'{}' is not an operator", "“{}”不是运算符", sign.text()));
    Some(error.hint(said!(
        "write {name}{right}{value}; text goes in quotes",
        "请写 {name}{right}{value}；作为文字的词请加引号"
    )))
}

/// The negation of a test, without a `not` where its operator has an opposite.
fn opposite(expr: Expr) -> Expr {
    match expr {
        Expr::Not(inner) => *inner,
        Expr::Term(Term::Test { path, test, span }) => {
            let term = |test| Expr::Term(Term::Test { path, test, span });
            match test {
                Test::Is(patterns) => term(Test::IsNot(patterns)),
                Test::IsNot(patterns) => term(Test::Is(patterns)),
                Test::Set => term(Test::Empty),
                Test::Empty => term(Test::Set),
                test => term(test).negate(),
            }
        }
        expr => expr.negate(),
    }
}
