//! Words of a command told apart: assignments, and words that become the name or the text. What is not for certain one of
//! them is refused, so that nothing is lost in a name or a text.

use crate::{
    domain::{FieldDef, Kind, Type},
    error::{Error, Result},
    query::syntax::{AssignOp, Assignment as Word, before_colon, seems_assignment, seems_filter, split_assignment},
    text::{Said, fold_cow, said, scrub},
};

use super::field_suggestions::{near_named, near_names, no_such_field};

/// Whether a text is a value of a field.
type IsValue<'r> = dyn Fn(&FieldDef, &str) -> bool + 'r;
/// Whether a name is one that assignments here know.
type IsFieldName<'k> = dyn Fn(&str) -> bool + 'k;

/// So many words behind a value are looked at for more of it.
const BEHIND: usize = 3;

/// Takes words apart into free ones and assignments; `as_text` says how one is written that is meant as text.
///
/// # Errors
/// `Usage` for what looks like an assignment and is none, or is in several words.
pub fn words_apart<'w>(
    kind: &'static Kind,
    words: &[&'w str],
    as_text: &Said,
    reads: &IsValue<'_>,
) -> Result<(Vec<&'w str>, Vec<Word<'w>>)> {
    let known = |name: &str| kind.field_named(name).is_some();
    for words in words.split(|word| is_text(kind, word)) {
        in_one_piece(words, &known, Some(as_text))?;
        labels_in_one_piece(kind, words, reads, as_text)?;
        ends_with_its_word(kind, words, reads)?;
    }
    let (mut free, mut said) = (Vec::new(), Vec::new());
    for word in words {
        if is_text(kind, word) {
            free.push(*word);
            continue;
        }
        if let Some(assignment) = split_assignment(word, &known) {
            said.push(assignment);
            continue;
        }
        if let Some(name) = seems_assignment(word) {
            return Err(misnamed(kind, name, &near_names(kind, name), as_text));
        }
        if let Some((name, near)) = hyphened(kind, word) {
            return Err(misnamed(kind, name, &near, as_text));
        }
        if let Some((said, right)) = inside(word, &known) {
            return Err(in_several_words(said, &format!("{said} {right}"), Some(as_text)));
        }
        as_in_a_filter(word, &known, as_text)?;
        if let Some((name, near)) = nearly_assigned(kind, word, reads) {
            return Err(misnamed(kind, name, &near, as_text));
        }
        free.push(*word);
    }
    Ok((free, said))
}

/// Whether a word is text for certain: a colon behind the name of a field that nobody sets assigns nothing, 版本：2.0.
fn is_text(kind: &'static Kind, word: &str) -> bool {
    let named = word.split_once([':', '：']).and_then(|(name, _)| kind.field_named(name));
    named.is_some_and(|def| !def.is_settable())
}

/// The free words that stand directly behind an assignment where other free words stand before it: `地址公司 地址=文三路
/// 100号`.
pub fn behind_assignments<'w>(kind: &'static Kind, words: &[&'w str]) -> Vec<&'w str> {
    let known = |name: &str| kind.field_named(name).is_some();
    let is_free = |word: &&&str| is_text(kind, word) || split_assignment(word, &known).is_none();
    let mut left = words.iter().skip_while(|word| !is_free(word)).skip_while(is_free).skip_while(|word| !is_free(word));
    left.by_ref().take_while(is_free).copied().collect()
}

/// Refuses assignments that the shell has taken apart: a field, its sign and its value are one word, and quotes of full
/// width keep no words together there.
///
/// # Errors
/// `Usage` for such an assignment.
pub fn in_one_piece(words: &[&str], known: &IsFieldName<'_>, as_text: Option<&Said>) -> Result<()> {
    let any = as_text.is_some();
    let apart = (1..=words.len()).find_map(|end| apart(&words[..end], words.get(end), known, any));
    match apart {
        None => Ok(()),
        Some((said, right)) => Err(in_several_words(&said, &right, as_text)),
    }
}

/// What was said in several words that end so, and how it is written; a `=` alone takes what stands before it for a field
/// where `any` is.
fn apart(words: &[&str], next: Option<&&str>, known: &IsFieldName<'_>, any: bool) -> Option<(String, String)> {
    const SIGNS: [&str; 7] = ["=", "＝", "：", "+=", "-=", "＋＝", "－＝"];
    let [before @ .., word] = words else { return None };
    let behind_name = SIGNS.iter().find_map(|sign| Some((*sign, word.strip_prefix(sign)?))).zip(before.last());
    if let Some(((sign, value), name)) = behind_name {
        let named = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '_') && !starts_with_digit(name);
        // `1 + 1 = 2` assigns nothing.
        if known(name) || any && value.is_empty() && sign != "：" && named(name) {
            let (gap, value) = match value {
                "" => (" ", next.copied().unwrap_or_default()),
                value => ("", value),
            };
            return Some((format!("{name} {sign}{gap}{value}"), format!("{name}{sign}{value}")));
        }
    }
    let said = split_assignment(word, known)?;
    if said.value.contains('“') && !said.value.contains('”') {
        return Some(((*word).to_owned(), format!("'{word}…'")));
    }
    let is_open = said.op == AssignOp::Set && said.value.is_empty();
    let next = next.filter(|next| is_open && is_plain(next, known))?;
    Some((format!("{word} {next}"), format!("{word}{next}")))
}

/// Refuses a label of several words that the shell has taken apart, `Job title=CEO`, and a value that stands apart behind
/// the colon of a field that is no text: `amount: 5k`.
fn labels_in_one_piece(kind: &'static Kind, words: &[&str], reads: &IsValue<'_>, as_text: &Said) -> Result<()> {
    let known = |name: &str| kind.field_named(name).is_some();
    for (at, word) in words.iter().enumerate() {
        if let Some(said) = split_assignment(word, &known) {
            let label = |from: usize| format!("{} {}", words[from..at].join(" "), said.name);
            let labelled = (at.saturating_sub(2)..at).find_map(|from| Some((from, kind.field_named(&label(from))?)));
            if let Some((from, def)) = labelled {
                let right = format!("{}={}", def.code, said.value);
                return Err(in_several_words(&words[from..=at].join(" "), &right, Some(as_text)));
            }
        }
        let (name, value) = match word.split_once(':') {
            Some(("", "")) if at > 0 => (words[at - 1], words.get(at + 1).copied().unwrap_or_default()),
            Some(("", value)) if at > 0 => (words[at - 1], value),
            Some((name, "")) => (name, words.get(at + 1).copied().unwrap_or_default()),
            _ => continue,
        };
        let def = kind.field_named(name).filter(|def| def.is_settable() && !is_any_text(def));
        if def.is_some_and(|def| reads(def, value)) {
            return Err(in_several_words(&format!("{name}: {value}"), &format!("{name}={value}"), Some(as_text)));
        }
    }
    Ok(())
}

/// The name before the `=` of a word, if it has hyphens in it and is a field without them, or nearly one: `e-mail=`.
fn hyphened<'w>(kind: &'static Kind, word: &'w str) -> Option<(&'w str, Vec<&'static str>)> {
    let (name, _) = word.split_once(['=', '＝'])?;
    let parts: Vec<&str> = name.split('-').collect();
    let plain = parts.len() > 1 && parts.iter().all(|part| !part.is_empty() && part.chars().all(char::is_alphabetic));
    let near = |joint: &str| {
        let name = parts.join(joint);
        kind.field_named(&name).map_or_else(|| near_names(kind, &name), |def| vec![def.code])
    };
    let found = || [near(""), near("_")].into_iter().find(|near| !near.is_empty());
    plain.then(found)?.map(|near| (name, near))
}

/// The parts of a word in which an assignment stands behind a sign of full width, which no shell takes for a space:
/// `杭州云帆，城市=杭州`.
fn inside<'w>(word: &'w str, known: &IsFieldName<'_>) -> Option<(&'w str, &'w str)> {
    let signs = word.char_indices().filter(|(_, c)| matches!(c, '\u{3000}' | '，' | '、' | '；'));
    signs.map(|(at, c)| (&word[..at], &word[at + c.len_utf8()..])).find(|(_, behind)| {
        let name = behind.split_once(['=', '＝']).map(|(name, _)| name.trim());
        name.is_some_and(known)
    })
}

/// Whether any text is a value of a field, so that reading one as it says nothing.
const fn is_any_text(def: &FieldDef) -> bool {
    matches!(def.ty, Type::Text | Type::LongText | Type::Url | Type::Link)
}

fn starts_with_digit(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word is no assignment, nor looks like one.
fn is_plain(word: &str, known: &IsFieldName<'_>) -> bool {
    split_assignment(word, known).is_none() && seems_assignment(word).is_none()
}

fn in_several_words(said: &str, right: &str, as_text: Option<&Said>) -> Error {
    let (said, right) = (scrub(said), scrub(right));
    let error = Error::usage(said!("'{said}' is in several words", "“{said}”被空格分开了"));
    error.hint(match as_text.map(Said::both) {
        None => said!("a field and its value are one word: {right}", "字段与值写成一个词：{right}"),
        Some((en, zh)) => {
            said!("a field and its value are one word: {right}; {en}", "字段与值写成一个词：{right}；{zh}")
        }
    })
}

/// Refuses a value of which the words behind it are part, `金额=12万 5千`: with them it is one value of the field too.
///
/// # Errors
/// `Usage` for such a value.
pub fn ends_with_its_word(kind: &'static Kind, words: &[&str], reads: &IsValue<'_>) -> Result<()> {
    let known = |name: &str| kind.field_named(name).is_some();
    for (at, word) in words.iter().enumerate() {
        let Some(said) = split_assignment(word, &known).filter(|said| !said.value.is_empty()) else { continue };
        // A formula is one word, whatever it says.
        if said.op == AssignOp::Compute {
            continue;
        }
        let Some(def) = kind.field_named(said.name) else { continue };
        let behind: Vec<&str> = words[at + 1..]
            .iter()
            .copied()
            .take(BEHIND)
            .take_while(|next| is_plain(next, &known) && may_go_on(def, said.op, next))
            .collect();
        let joined = |count: usize| format!("{} {}", said.value, behind[..count].join(" "));
        // Of 下周 五 the shell's space is none of the value.
        let goes_on = |value: &String| reads(def, value) || !value.is_ascii() && reads(def, &value.replace(' ', ""));
        let next = words.get(at + 1).filter(|next| is_plain(next, &known));
        let list = next.filter(|_| def.many && said.value.ends_with([',', ';', '，', '、', '；']));
        let list = list.map(|next| format!("{} {next}", said.value));
        let value = (1..=behind.len()).rev().map(joined).find(goes_on).or(list);
        if let Some(value) = value {
            let (all, before) = (scrub(&value).into_owned(), scrub(&word[..said.value_span.start]).into_owned());
            return Err(Error::usage(said!("'{before}{all}' is in several words", "“{before}{all}”被空格分开了"))
                .hint(said!(
                    "a value with spaces goes in quotes: {before}'{all}'; what is no part of it goes before it",
                    "含空格的值请加引号：{before}'{all}'；不属于该值的内容请写在它之前"
                )));
        }
    }
    Ok(())
}

/// Whether a value of the field may go on in the next word.
fn may_go_on(def: &FieldDef, op: AssignOp, next: &str) -> bool {
    match def.ty {
        ty if ty.is_number() => true,
        // What stands behind += and -= there is a length, which is told of where it is read.
        Type::Date | Type::Instant | Type::Due => op == AssignOp::Set,
        Type::Phone => fold_cow(next).chars().all(|c| c.is_numeric() || matches!(c, '-' | '+' | '(' | ')' | '.' | '*')),
        // A级 and 潜在客户 are values, and so is what the shell has taken apart of them.
        Type::Choice => !next.is_ascii(),
        _ => def.repeats,
    }
}

/// Refuses a known name with its value as filters have it.
///
/// # Errors
/// `Usage` for such a word.
pub fn as_in_a_filter(word: &str, known: &IsFieldName<'_>, as_text: &Said) -> Result<()> {
    let Some((name, value)) = seems_filter(word, known) else { return Ok(()) };
    let (word, right, (en, zh)) = (scrub(word), scrub(&format!("{name}={value}")).into_owned(), as_text.both());
    Err(Error::usage(said!("'{word}' is written as in a filter", "“{word}”是筛选条件的写法"))
        .hint(said!("did you mean {right}? {en}", "是否指 {right}？{zh}")))
}

/// The error for a word that seems to set a field that is not there, where text may stand as well; `text` says how it is
/// written there.
fn misnamed(kind: &'static Kind, name: &str, near: &[&str], text: &Said) -> Error {
    let ((en, zh), error) = (text.both(), no_such_field(kind, name));
    match near {
        near if !near.is_empty() => {
            error.hint(said!(("did you mean {}=...? {en}", near.join(", ")), ("是否指 {}=…？{zh}", near.join("、"))))
        }
        _ => error.hint(said!(
            ("crm help fields {} lists them; {en}", kind.noun),
            ("crm help fields {} 可查看；{zh}", kind.noun)
        )),
    }
}

/// Whether one word is the other with a letter too many or too few, or with two that changed places. Of a letter in the
/// place of another there is no telling: node is no slip of note.
fn is_slip(word: &str, known: &str) -> bool {
    let (word, known) = (word.as_bytes(), known.as_bytes());
    let (short, long) = if word.len() < known.len() { (word, known) } else { (known, word) };
    let start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        1 => short[start..] == long[start + 1..],
        0 if start + 1 < long.len() => {
            let swapped = short[start] == long[start + 1] && short[start + 1] == long[start];
            swapped && short[start + 2..] == long[start + 2..]
        }
        _ => false,
    }
}

/// The name before the colon of a word, and the fields that it may have meant: `ctiy:Oslo`, `电活：1380`. Sentences have
/// colons as well, so that a name counts only where it is spelled nearly as a field, and either has Latin letters alone or
/// stands before a value of that field, which is not just any text: 客户说：价格太高 is none. What becomes the name of the
/// record anyway needs no field.
fn nearly_assigned<'w>(
    kind: &'static Kind,
    word: &'w str,
    reads: &IsValue<'_>,
) -> Option<(&'w str, Vec<&'static str>)> {
    const LEAST_LETTERS: usize = 4;
    let (name, value) = before_colon(word)?;
    let latin = name.len() >= LEAST_LETTERS && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    let says = |def: &FieldDef| !is_any_text(def) && reads(def, value);
    let slip = |def: &FieldDef| {
        let name = fold_cow(name);
        latin && [def.code, def.en].iter().any(|known| is_slip(&name, &fold_cow(known)))
    };
    let mut near = near_named(kind, name);
    near.fields.retain(|def| !def.name && (says(def) && (!latin || slip(def)) || def.ty == Type::Text && slip(def)));
    (near.by_spelling && !near.fields.is_empty()).then(|| (name, near.names(name)))
}
