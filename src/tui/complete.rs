//! What the word under the caret of a command may become.

use crate::{
    domain::{KINDS, Kind, customer, kind_named, user},
    ops::{Noun, OPS, spoken::belongs},
    text::{Lang, fold_cow},
};

/// So many are offered.
const MOST: usize = 8;

/// A word that may stand there, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The whole line with it.
    pub line: String,
    /// The word alone.
    pub word: String,
    /// What it means.
    pub means: &'static str,
}

/// What the last word of a line may become.
pub fn offers(line: &str, lang: Lang) -> Vec<Offer> {
    let start = line.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let (before, begun) = line.split_at(start);
    let words: Vec<&str> = before.split_whitespace().collect();
    let found: Vec<(String, &'static str)> = match words.as_slice() {
        [] => {
            let kinds = KINDS.iter().map(|kind| (kind.noun.to_owned(), kind.label(lang)));
            let tops = OPS.iter().filter(|op| op.noun == Noun::Top);
            kinds.chain(tops.map(|op| (op.verb.to_owned(), lang.pick(op.en, op.zh)))).collect()
        }
        [noun, rest @ ..] => match (kind_named(noun), rest.is_empty()) {
            (Some(kind), true) => {
                let own = OPS.iter().filter(|op| belongs(op, kind));
                own.map(|op| (op.verb.to_owned(), lang.pick(op.en, op.zh))).collect()
            }
            (Some(kind), false) => fields(kind, begun, rest.first() == Some(&"list"), lang),
            (None, _) => Vec::new(),
        },
    };
    let folded = fold_cow(begun);
    let first = found.iter().filter(|(word, _)| fold_cow(word).starts_with(&*folded));
    let inside = found.iter().filter(|(word, _)| {
        let word = fold_cow(word);
        !folded.is_empty() && !word.starts_with(&*folded) && subsequence(&folded, &word)
    });
    first
        .chain(inside)
        .take(MOST)
        .map(|(word, means)| Offer { line: format!("{before}{word}"), word: word.clone(), means })
        .collect()
}

/// What the last word of a filter of customers may become.
pub fn terms(line: &str, lang: Lang) -> Vec<Offer> {
    let head = format!("{} list ", customer::KIND.noun);
    let mut found = offers(&format!("{head}{line}"), lang);
    for offer in &mut found {
        offer.line.drain(..head.len());
    }
    found
}

/// Fields, or the values of the field that is already named.
fn fields(kind: &'static Kind, begun: &str, asks: bool, lang: Lang) -> Vec<(String, &'static str)> {
    let mark = if asks { ':' } else { '=' };
    if let Some((name, _)) = begun.split_once(mark) {
        let Some(def) = kind.field_named(name) else { return Vec::new() };
        if def.target == Some(user::KIND.noun) {
            return vec![(format!("{name}{mark}me"), lang.pick("who is at the keyboard", "当前用户"))];
        }
        let choices = def.choices.iter();
        return choices
            .map(|choice| (format!("{name}{mark}{}", choice.code), lang.pick(choice.en, choice.zh)))
            .collect();
    }
    if begun.is_empty() {
        return Vec::new();
    }
    kind.fields
        .iter()
        .filter(|def| !def.derived || asks)
        .map(|def| (format!("{}{mark}", def.code), def.label(lang)))
        .collect()
}

/// Whether the letters stand in the word in this order.
fn subsequence(letters: &str, word: &str) -> bool {
    let mut rest = word.chars();
    letters.chars().all(|letter| rest.any(|c| c == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        offers(line, Lang::En).into_iter().map(|offer| offer.word).collect()
    }

    #[test]
    fn nouns_verbs_fields_and_values() {
        assert!(words("cust").contains(&"customer".to_owned()));
        assert_eq!(words("customer ad").first().map(String::as_str), Some("add"));
        assert_eq!(words("deal mv"), ["move"]);
        assert_eq!(words("customer add Acme gra"), ["grade="]);
        assert_eq!(words("customer list grade:b"), ["grade:B"]);
        assert!(words("nonsense x").is_empty());
        assert_eq!(offers("customer ad", Lang::En)[0].line, "customer add");
    }
}
