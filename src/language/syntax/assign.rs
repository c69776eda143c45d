//! `field=value`, `field+=value`, `field-=value`, `field:=formula`, and `字段：value` as a Chinese input method has it.

use super::{IsFieldName, ast::Span, chars};

/// What an assignment does to its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssignOp {
    /// `=`: this value, or none if it is empty.
    Set,
    /// `+=`: one more in a list, or this much more.
    Add,
    /// `-=`: one less in a list, or this much less.
    Remove,
    /// `:=`: what the formula behind it gives.
    Compute,
}

/// An assignment, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assignment<'w> {
    /// The field as typed, without white space around it; empty where the word begins with the operator.
    pub name: &'w str,
    /// What to do.
    pub op: AssignOp,
    /// Everything behind the operator, untouched.
    pub value: &'w str,
    /// Where the name stands in the word.
    pub name_span: Span,
    /// Where the value stands in the word.
    pub value_span: Span,
}

/// Takes a word apart where free words may stand too: an assignment only if a known field stands before its first
/// `=`, so that `https://x/?a=b` stays a word, or before its first `：`.
pub fn split_assignment<'w>(word: &'w str, known: &IsFieldName<'_>) -> Option<Assignment<'w>> {
    let named = |assignment: &Assignment<'_>| known(assignment.name);
    split_any(word).filter(named).or_else(|| split_at(word, |c| c == '：').filter(named))
}

/// The field and the value of a word that is written as a filter is, `city:Oslo`: a known field stands before the colon,
/// and something directly behind it, which is no web address.
pub fn seems_filter<'w>(word: &'w str, known: &IsFieldName<'_>) -> Option<(&'w str, &'w str)> {
    let (name, value) = word.split_once(':')?;
    let is_value = !value.is_empty() && !value.starts_with("//") && !value.starts_with(char::is_whitespace);
    (is_value && known(name)).then_some((name, value))
}

/// The name before the first colon of a word, and what stands directly behind it: `ctiy:Oslo`, `电活：1380`; not `10:30`,
/// `Re: call` or a web address.
pub fn before_colon(word: &str) -> Option<(&str, &str)> {
    let (name, value) = word.split_once([':', '：'])?;
    let is_value = !value.is_empty() && !value.starts_with("//") && !value.starts_with(char::is_whitespace);
    (is_value && chars::is_name(name)).then_some((name, value))
}

/// The name before the operator of a word that looks like an assignment: nothing but letters, digits and `_`. A formula
/// (`1+1=2`), a web address (`https://x/?a=b`) or a sentence with a `=` in it does not.
pub fn seems_assignment(word: &str) -> Option<&str> {
    let assignment = split_any(word)?;
    let head = &word[..assignment.name_span.end];
    let named = head == assignment.name && !head.is_empty() && head.chars().all(|c| c.is_alphanumeric() || c == '_');
    let operator = &word[head.len()..assignment.value_span.start];
    (named && !operator.contains(char::is_whitespace)).then_some(head)
}

/// Takes a word apart where only assignments stand: whatever has a `=`, also after a name that no field has.
pub fn split_any(word: &str) -> Option<Assignment<'_>> {
    split_at(word, |c| chars::ascii(c) == '=')
}

/// Takes a word apart at the first of such signs.
fn split_at(word: &str, is_sign: impl Fn(char) -> bool) -> Option<Assignment<'_>> {
    let (sign, c) = word.char_indices().find(|&(_, c)| is_sign(c))?;
    let value = sign + c.len_utf8();
    let head = &word[..sign];
    let (op, head) = match head.char_indices().next_back().map(|(at, c)| (at, chars::ascii(c))) {
        Some((at, '+')) => (AssignOp::Add, &head[..at]),
        Some((at, '-')) => (AssignOp::Remove, &head[..at]),
        Some((at, ':')) => (AssignOp::Compute, &head[..at]),
        _ => (AssignOp::Set, head),
    };
    let name = head.trim();
    let start = head.len() - head.trim_start().len();
    Some(Assignment {
        name,
        op,
        value: &word[value..],
        name_span: Span { start, end: start + name.len() },
        value_span: Span { start: value, end: word.len() },
    })
}
