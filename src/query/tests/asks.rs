//! Random filters, as written and as understood by somebody who reads values.

use proptest::prelude::*;

use super::data;
use crate::domain::{Kind, activity, customer, deal, followup};

/// What a test compares a value with.
#[derive(Debug, Clone)]
pub(super) enum Asked {
    Equal,
    Not,
    AtLeast,
    AtMost,
    Over,
    Under,
}

/// A filter, as written and as understood by somebody who reads values.
#[derive(Debug, Clone)]
pub(super) enum Ask {
    Compare(String, Asked, String),
    Set(String),
    Empty(String),
    Prefix(String, String),
    Contains(String, String),
    Word(String),
    And(Vec<Ask>),
    Or(Vec<Ask>),
    Not(Box<Ask>),
}

impl Ask {
    pub(super) fn text(&self) -> String {
        let join =
            |asks: &[Ask], word: &str| format!("({})", asks.iter().map(Ask::text).collect::<Vec<_>>().join(word));
        match self {
            Self::Compare(path, asked, value) => match asked {
                Asked::Equal => format!("{path}:\"{value}\""),
                Asked::Not => format!("{path}.not:\"{value}\""),
                Asked::AtLeast => format!("{path}>=\"{value}\""),
                Asked::AtMost => format!("{path}<=\"{value}\""),
                Asked::Over => format!("{path}.over:\"{value}\""),
                Asked::Under => format!("{path}.before:\"{value}\""),
            },
            Self::Set(path) => format!("has:{path}"),
            Self::Empty(path) => format!("no:{path}"),
            Self::Prefix(path, value) => format!("{path}:\"{value}\"*"),
            Self::Contains(path, value) => format!("{path}~\"{value}\""),
            Self::Word(word) => format!("\"{word}\""),
            Self::And(asks) => join(asks, " "),
            Self::Or(asks) => join(asks, " or "),
            Self::Not(ask) => format!("not {}", ask.text()),
        }
    }
}

pub(super) type Literals = &'static [&'static str];
const DAYS: Literals = &["2026-02", "2026-q1", "today", "-10d", "2026-02-01", "2026-03-05"];
const LOGINS: Literals = &["ann", "bo", "wei"];
const MONEY: Literals = &["100", "1", "100 CNY", "50 JPY", "10000 USD", "50000"];
const STAGES: Literals = &["won", "lost", "needs"];
const TEXTS: Literals = data::NAMES;

/// Fields with literals: those that are equal or not only, and those with an order.
pub(super) type Fields = &'static [(&'static str, Literals)];

const CUSTOMER: (Fields, Fields) = (
    &[
        ("owner", LOGINS),
        ("phone", data::PHONES),
        ("tag", data::TAGS),
        ("relation", &["customer", "supplier", "reseller"]),
        ("blacklisted", &["yes", "no"]),
        ("deals.stage", STAGES),
    ],
    &[
        ("name", TEXTS),
        ("city", data::CITIES),
        ("grade", &["A", "B", "D"]),
        ("status", &["prospect", "active", "churned"]),
        ("employees", &["0", "3", "50"]),
        ("annual_revenue", MONEY),
        ("birthday", DAYS),
        ("created", DAYS),
        ("last_contact", DAYS),
        ("open_deals", &["0", "1", "2"]),
        ("deals.amount", MONEY),
    ],
);
const DEAL: (Fields, Fields) = (
    &[("stage", STAGES), ("customer", TEXTS), ("customer.tag", data::TAGS), ("customer.owner", LOGINS)],
    &[
        ("title", TEXTS),
        ("status", &["open", "won", "lost"]),
        ("amount", MONEY),
        ("weighted", MONEY),
        ("probability", &["0", "10", "50"]),
        ("expected_close", DAYS),
        ("customer.city", data::CITIES),
        ("customer.grade", &["A", "B"]),
    ],
);
const FOLLOWUP: (Fields, Fields) = (
    &[("owner", LOGINS), ("customer", TEXTS), ("customer.deals.stage", STAGES)],
    &[("due", DAYS), ("priority", &["low", "normal", "high"]), ("status", &["open", "done"]), ("customer.name", TEXTS)],
);
const ACTIVITY: (Fields, Fields) = (
    &[("by", LOGINS)],
    &[("at", DAYS), ("type", &["call", "visit", "note"]), ("text", TEXTS), ("customer.city", data::CITIES)],
);

pub(super) fn fields_of(kind: &Kind) -> (Fields, Fields) {
    match kind.noun {
        "customer" => CUSTOMER,
        "deal" => DEAL,
        "followup" => FOLLOWUP,
        _ => ACTIVITY,
    }
}

fn literal(fields: Fields) -> impl Strategy<Value = (String, String)> {
    proptest::sample::select(fields).prop_flat_map(|(path, literals)| {
        proptest::sample::select(literals).prop_map(move |literal| (path.to_owned(), literal.to_owned()))
    })
}

fn ask(kind: &'static Kind) -> impl Strategy<Value = Ask> {
    let (unordered, ordered) = fields_of(kind);
    let plain = || prop_oneof![Just(Asked::Equal), Just(Asked::Equal), Just(Asked::Not)];
    // Long text and text of which nobody asks for a range are compared for equality.
    let ranged = || {
        prop_oneof![
            Just(Asked::Equal),
            Just(Asked::Not),
            Just(Asked::AtLeast),
            Just(Asked::AtMost),
            Just(Asked::Over),
            Just(Asked::Under)
        ]
    };
    let any_path = proptest::sample::select([unordered, ordered].concat()).prop_map(|(path, _)| path.to_owned());
    let name = if kind.noun == "activity" {
        "text"
    } else {
        ordered.iter().map(|(path, _)| *path).find(|path| matches!(*path, "name" | "title" | "customer.name")).unwrap()
    };
    let part = || proptest::sample::select(vec!["ac", "Ac", "上海", "o", "cafe", "张", "ord", "a b"]);
    let term = prop_oneof![
        3 => (literal(unordered), plain()).prop_map(|((path, literal), asked)| Ask::Compare(path, asked, literal)),
        5 => (literal(ordered), ranged()).prop_map(|((path, literal), asked)| match path.as_str() {
            "text" => Ask::Compare(path, Asked::Equal, literal),
            _ => Ask::Compare(path, asked, literal),
        }),
        1 => any_path.clone().prop_map(Ask::Set),
        1 => any_path.prop_map(Ask::Empty),
        1 => part().prop_map(move |part| Ask::Prefix(name.to_owned(), part.to_owned())),
        1 => part().prop_map(move |part| Ask::Contains(name.to_owned(), part.to_owned())),
        1 => proptest::sample::select(vec!["acme", "zs", "zhangs", "shanghai", "blue star", "oslo", "VIP"])
            .prop_map(|word| Ask::Word(word.to_owned())),
    ];
    term.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            3 => proptest::collection::vec(inner.clone(), 2..4).prop_map(Ask::And),
            2 => proptest::collection::vec(inner.clone(), 2..4).prop_map(Ask::Or),
            1 => inner.prop_map(|ask| Ask::Not(Box::new(ask))),
        ]
    })
}

pub(super) fn noun_and_ask() -> impl Strategy<Value = (&'static str, Ask)> {
    let kinds: Vec<&'static Kind> = vec![&customer::KIND, &deal::KIND, &followup::KIND, &activity::KIND];
    proptest::sample::select(kinds).prop_flat_map(|kind| ask(kind).prop_map(move |ask| (kind.noun, ask)))
}
