//! What the word under the caret of a filter may become.

use crate::{
    domain::{FieldDef, Schema, customer, field::Choice, user},
    text::{Lang, fold_cow},
};

use super::palette::{FoundRecords, RecordQuery, put};

/// So many are offered.
const MOST: usize = 8;

/// A term that may stand there, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The whole line with it.
    pub line: String,
    /// The term alone.
    pub word: String,
    /// What it means.
    pub means: String,
}

/// What the last word of a filter of customers may become: a field, or a value of the field that is named already; of the
/// people who were found for it, those that fit.
pub fn offers(schema: &Schema, line: &str, lang: Lang, people: &FoundRecords) -> Vec<Offer> {
    let (before, begun) = last(line);
    if begun.is_empty() {
        return Vec::new();
    }
    let chinese = !begun.is_ascii();
    let found = match begun.split_once([':', '：']) {
        Some((name, _)) => values(schema, name, lang, people),
        None => schema
            .table(&customer::KIND)
            .fields
            .iter()
            .filter(|def| !def.hidden)
            .flat_map(|def| fields(def, lang, chinese))
            .collect(),
    };
    let folded = fold_cow(begun);
    let fits = |word: &str| {
        let word = fold_cow(word);
        word.starts_with(&*folded) || subsequence(&folded, &word)
    };
    let mut found: Vec<_> = found.into_iter().filter(|(word, means)| fits(word) || means.starts_with(begun)).collect();
    found.sort_by_key(|(word, _)| !fold_cow(word).starts_with(&*folded));
    let offer = |(word, means): (String, String)| Offer { line: format!("{before}{word}"), word, means };
    found.into_iter().take(MOST).map(offer).collect()
}

/// The word that is being typed, and what stands before it.
fn last(line: &str) -> (&str, &str) {
    line.split_at(
        line.rfind([' ', '(', '\u{3000}', '（'])
            .map_or(0, |at| at + line[at..].chars().next().map_or(1, char::len_utf8)),
    )
}

/// The people who are to be looked for, where a value of a field of theirs is being typed.
pub fn sought(schema: &Schema, line: &str) -> Option<RecordQuery> {
    let (name, typed) = last(line).1.split_once([':', '：'])?;
    let def = schema.table(&customer::KIND).field_named(name).filter(|def| def.target == Some(user::KIND.noun))?;
    let text = typed.rsplit([',', '，', '、']).next().unwrap_or_default();
    schema.target(def).map(|kind| RecordQuery { kind: Some(kind.id), text: text.to_owned() })
}

/// A field by the names that may be typed for it.
fn fields(def: &'static FieldDef, lang: Lang, chinese: bool) -> Vec<(String, String)> {
    let label = def.label(lang).to_owned();
    match chinese {
        true => {
            std::iter::once(def.zh).chain(def.other_names()).map(|name| (format!("{name}:"), label.clone())).collect()
        }
        false => vec![(format!("{}:", def.code), label)],
    }
}

fn values(schema: &Schema, name: &str, lang: Lang, people: &FoundRecords) -> Vec<(String, String)> {
    let Some(def) = schema.table(&customer::KIND).field_named(name) else { return Vec::new() };
    let chinese = !name.is_ascii();
    if def.target == Some(user::KIND.noun) {
        let me = if chinese { "我" } else { "me" };
        let me = (format!("{name}:{me}"), lang.pick("who is at the keyboard", "当前用户").to_owned());
        let people = people.records.iter().filter(|(id, _)| id.kind == user::ID);
        return std::iter::once(me)
            .chain(people.map(|(id, who)| (format!("{name}:{}", put(*id, who)), who.clone())))
            .collect();
    }
    let of = |choice: &Choice| match chinese {
        true => (format!("{name}:{}", choice.zh), choice.code.to_owned()),
        false => (format!("{name}:{}", choice.code), lang.pick(choice.en, choice.zh).to_owned()),
    };
    def.offered().map(of).collect()
}

/// Whether the letters stand in the word in this order.
fn subsequence(letters: &str, word: &str) -> bool {
    let mut rest = word.chars();
    letters.chars().all(|letter| rest.any(|c| c == letter))
}

#[cfg(test)]
use crate::domain::schema::BASE;

#[test]
fn fields_and_their_values() {
    let found = |line: &str, lang| offers(&BASE, line, lang, &FoundRecords::default());
    let words = |line: &str| found(line, Lang::En).into_iter().map(|offer| offer.line).collect::<Vec<_>>();
    assert_eq!(words("grad"), ["grade:"]);
    assert_eq!(words("city:Oslo (grade:b"), ["city:Oslo (grade:B"]);
    assert_eq!(words("owner:"), ["owner:me"]);
    assert!(words("").is_empty() && words("nonsense:x").is_empty());
    assert_eq!(found("客户级", Lang::Zh)[0].word, "客户级别:");
    assert_eq!(found("地址", Lang::Zh)[0].word, "地址:");
    assert_eq!(found("城市:上海　状态:潜", Lang::Zh)[0].line, "城市:上海　状态:潜在");
}

#[test]
fn people_are_offered_by_name() {
    let id = |num| crate::domain::RecordId::new(user::ID, num);
    let records = vec![(id(2), "李娜".to_owned()), (id(3), "王晓明（wang）".to_owned())];
    let people = FoundRecords { to: RecordQuery::default(), records };
    let words =
        |line: &str| offers(&BASE, line, Lang::Zh, &people).into_iter().map(|offer| offer.word).collect::<Vec<_>>();
    assert_eq!(words("负责人："), ["负责人:我", "负责人:李娜", "负责人:U-3"]);
    assert_eq!(words("负责人:李"), ["负责人:李娜"]);
    assert_eq!(sought(&BASE, "城市:上海 负责人：李").map(|to| to.text), Some("李".to_owned()));
    assert_eq!(sought(&BASE, "城市:上海"), None);
}
