//! Random filters, each from one description: as the language writes it here, as naive reading and SQL understand it in
//! their own files.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::data::{CITIES, EMAILS, NAMES, PHONES, SUBJECTS, TAGS};
use crate::{
    domain::{Kind, activity, contact, customer, deal, followup, ticket, user},
    text::fold,
};

/// What a test compares a value with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Asked {
    Equal,
    Not,
    AtLeast,
    AtMost,
    Over,
    Under,
}

/// A filter. Paths follow links either way: `deals.stage`, `customer.city`; a path may end at a link.
#[derive(Debug, Clone)]
pub(crate) enum Ask {
    Compare(String, Asked, String),
    Between(String, String, String),
    Set(String),
    Empty(String),
    Prefix(String, String),
    Contains(String, String),
    Word(String),
    /// The records of a view, or those that a link leads from to one of them; what the view asks.
    View(Option<&'static str>, &'static str, Box<Ask>),
    And(Vec<Ask>),
    Or(Vec<Ask>),
    Not(Box<Ask>),
}

impl Ask {
    pub(crate) fn text(&self) -> String {
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
            Self::Between(path, from, to) => format!("{path}:\"{from}\"..\"{to}\""),
            Self::Set(path) => format!("has:{path}"),
            Self::Empty(path) => format!("no:{path}"),
            Self::Prefix(path, value) => format!("{path}:\"{value}\"*"),
            Self::Contains(path, value) => format!("{path}~\"{value}\""),
            Self::Word(word) => format!("\"{word}\""),
            Self::View(None, name, _) => format!("view:{name}"),
            Self::View(Some(link), name, _) => format!("{link}.view:{name}"),
            Self::And(asks) => join(asks, " "),
            Self::Or(asks) => join(asks, " or "),
            Self::Not(ask) => format!("not {}", ask.text()),
        }
    }
}

/// A view that the store holds.
pub(crate) struct View {
    pub(crate) noun: &'static str,
    pub(crate) name: &'static str,
    /// The customers that were put on it, where it is a list.
    pub(crate) members: Option<&'static [u64]>,
    pub(crate) ask: Ask,
}

const MEMBERS: &[u64] = &[2, 3, 5, 8, 13, 21, 200];

/// The views that the store holds, one of which asks for another.
pub(crate) fn views() -> Vec<View> {
    let compare = |path: &str, asked, value: &str| Ask::Compare(path.to_owned(), asked, value.to_owned());
    let good = Ask::Or(vec![compare("grade", Asked::AtMost, "B"), compare("open_deals", Asked::Over, "1")]);
    let best = Ask::And(vec![Ask::View(None, "good", Box::new(good.clone())), Ask::Set("city".to_owned())]);
    let members = MEMBERS.iter().map(|num| compare("id", Asked::Equal, &num.to_string())).collect();
    let view = |noun, name, members, ask| View { noun, name, members, ask };
    vec![
        view("customer", "good", None, good),
        view("customer", "best", None, best),
        view("customer", "picked", Some(MEMBERS), Ask::Or(members)),
        view("deal", "large", None, compare("amount", Asked::Over, "100")),
    ]
}

pub(crate) type Literals = &'static [&'static str];
const DAYS: Literals = &["2026-q1", "2026-02", "2026-02-01", "-10d", "today", "2026-03-05"];
const IDS: Literals = &["1", "7", "40", "100", "245"];
const LOGINS: Literals = &["ann", "bo", "wei"];
const MONEY: Literals = &["1", "100", "100 CNY", "50 JPY", "10000 USD", "50000"];
const PRIORITIES: Literals = &["low", "normal", "high", "urgent"];
const STAGES: Literals = &["won", "lost", "needs"];
const YES_NO: Literals = &["yes", "no"];

/// The days that a literal stands for, the second one no longer among them; Ann asks on the 18th of February.
pub(crate) fn days(literal: &str) -> (NaiveDate, NaiveDate) {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    match literal {
        "2026-02" => (day("2026-02-01"), day("2026-03-01")),
        "2026-q1" => (day("2026-01-01"), day("2026-04-01")),
        "today" => (day("2026-02-18"), day("2026-02-19")),
        "-10d" => (day("2026-02-08"), day("2026-02-09")),
        other => (day(other), day(other).succ_opt().unwrap()),
    }
}

/// Fields with literals.
pub(crate) type Fields = &'static [(&'static str, Literals)];

/// What may be asked of a kind.
#[derive(Clone, Copy)]
pub(crate) struct Askable {
    /// Fields that are equal or not, and no more.
    plain: Fields,
    /// Fields with an order.
    pub(crate) ordered: Fields,
    /// Fields that begin with a text or hold it; of a link, the name of what it leads to.
    texts: &'static [&'static str],
}

const CUSTOMER: Askable = Askable {
    plain: &[
        ("owner", LOGINS),
        ("phone", PHONES),
        ("tag", TAGS),
        ("relation", &["customer", "supplier", "reseller"]),
        ("blacklisted", YES_NO),
        ("deals.stage", STAGES),
        ("contacts.email", EMAILS),
        ("tickets.owner", LOGINS),
        ("deals", &["Acme order", "zeta ORDER"]),
    ],
    ordered: &[
        ("id", IDS),
        ("name", NAMES),
        ("city", CITIES),
        ("grade", &["A", "B", "D"]),
        ("status", &["prospect", "active", "churned"]),
        ("employees", &["0", "3", "50"]),
        ("annual_revenue", MONEY),
        ("birthday", DAYS),
        ("created", DAYS),
        ("last_contact", DAYS),
        ("next_followup", DAYS),
        ("open_deals", &["0", "1", "2"]),
        ("open_tickets", &["0", "1", "2"]),
        ("deals.amount", MONEY),
        ("activities.at", DAYS),
        ("tickets.priority", PRIORITIES),
    ],
    texts: &["name", "city", "tag", "deals.title", "contacts", "tickets.subject"],
};
const CONTACT: Askable = Askable {
    plain: &[
        ("owner", LOGINS),
        ("email", EMAILS),
        ("customer", NAMES),
        ("primary", YES_NO),
        ("customer.tag", TAGS),
        ("customer.deals.stage", STAGES),
    ],
    ordered: &[
        ("name", NAMES),
        ("role", &["decision_maker", "influencer", "champion"]),
        ("birthday", DAYS),
        ("customer.city", CITIES),
        ("customer.employees", &["3", "50"]),
    ],
    texts: &["name", "email", "customer", "customer.deals"],
};
const DEAL: Askable = Askable {
    plain: &[("stage", STAGES), ("customer", NAMES), ("customer.tag", TAGS), ("customer.owner", LOGINS)],
    ordered: &[
        ("id", IDS),
        ("title", NAMES),
        ("status", &["open", "won", "lost"]),
        ("amount", MONEY),
        ("weighted", MONEY),
        ("probability", &["0", "10", "50"]),
        ("expected_close", DAYS),
        ("customer.city", CITIES),
        ("customer.grade", &["A", "B"]),
    ],
    texts: &["title", "customer", "customer.name", "customer.city"],
};
const FOLLOWUP: Askable = Askable {
    plain: &[("owner", LOGINS), ("customer", NAMES), ("customer.deals.stage", STAGES)],
    ordered: &[
        ("due", DAYS),
        ("priority", PRIORITIES),
        ("status", &["open", "done"]),
        ("customer.name", NAMES),
        ("customer.open_tickets", &["0", "1"]),
    ],
    texts: &["title", "customer.name", "customer.tickets.subject"],
};
const ACTIVITY: Askable = Askable {
    plain: &[("by", LOGINS), ("text", NAMES)],
    ordered: &[("at", DAYS), ("type", &["call", "visit", "note"]), ("customer.city", CITIES)],
    texts: &["text", "customer"],
};
const TICKET: Askable = Askable {
    plain: &[
        ("owner", LOGINS),
        ("customer", NAMES),
        ("customer.relation", &["customer", "supplier"]),
        ("contact", NAMES),
        ("contact.email", EMAILS),
    ],
    ordered: &[
        ("id", IDS),
        ("subject", SUBJECTS),
        ("status", &["new", "open", "waiting", "closed"]),
        ("priority", PRIORITIES),
        ("resolution_due", DAYS),
        ("satisfaction", &["1", "3", "4"]),
        ("paused", &["30min", "2h", "2d"]),
        ("customer.city", CITIES),
        ("customer.last_contact", DAYS),
        ("contact.role", &["influencer", "champion"]),
    ],
    texts: &["subject", "customer", "contact.name"],
};
const USER: Askable = Askable {
    plain: &[("customers.tag", TAGS), ("activities.type", &["call", "visit"]), ("deals.stage", STAGES)],
    ordered: &[
        ("login", LOGINS),
        ("name", &["Ann Lee", "李伟"]),
        ("customers.city", CITIES),
        ("followups.due", DAYS),
        ("tickets.paused", &["30min", "2d"]),
    ],
    texts: &["name", "customers", "deals.title"],
};

pub(crate) fn askable(kind: &Kind) -> Askable {
    match kind.noun {
        "customer" => CUSTOMER,
        "contact" => CONTACT,
        "deal" => DEAL,
        "followup" => FOLLOWUP,
        "activity" => ACTIVITY,
        "ticket" => TICKET,
        _ => USER,
    }
}

fn owned(text: &'static str) -> String {
    text.to_owned()
}

fn literal(fields: Fields) -> impl Strategy<Value = (String, String)> {
    proptest::sample::select(fields).prop_flat_map(|(path, literals)| {
        proptest::sample::select(literals).prop_map(move |literal| (path.to_owned(), literal.to_owned()))
    })
}

/// From one literal to another of the same field that is not before it, and, where it is money, of the same currency.
/// Texts are ordered by themselves, other literals stand in their order.
fn between(fields: Fields) -> impl Strategy<Value = Ask> {
    let currency = |literal: &str| literal.split_once(' ').map(|(_, currency)| currency.to_owned());
    proptest::sample::select(fields)
        .prop_flat_map(|(path, literals)| (Just(path), 0..literals.len(), 0..literals.len(), Just(literals)))
        .prop_map(move |(path, one, other, literals)| {
            let (mut from, mut to) = (literals[one.min(other)], literals[one.max(other)]);
            if [NAMES, CITIES, SUBJECTS, LOGINS].contains(&literals) && fold(from) > fold(to) {
                (from, to) = (to, from);
            }
            let to = if literals == MONEY && currency(from) != currency(to) { from } else { to };
            Ask::Between(owned(path), owned(from), owned(to))
        })
}

fn view(kind: &Kind) -> impl Strategy<Value = Ask> + use<> {
    let noun = kind.noun;
    let linked = kind.field("customer").is_some();
    let known = views().into_iter().filter_map(move |view| {
        let link = match view.noun {
            of if of == noun => None,
            "customer" if linked => Some("customer"),
            _ => return None,
        };
        Some(Ask::View(link, view.name, Box::new(view.ask)))
    });
    let known: Vec<Ask> = known.collect();
    proptest::sample::select(if known.is_empty() { vec![Ask::Set(owned("name"))] } else { known })
}

fn ask(kind: &'static Kind) -> impl Strategy<Value = Ask> {
    let Askable { plain, ordered, texts } = askable(kind);
    let equal = || prop_oneof![Just(Asked::Equal), Just(Asked::Equal), Just(Asked::Not)];
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
    let paths: Vec<&str> = plain.iter().chain(ordered).map(|(path, _)| *path).chain(texts.iter().copied()).collect();
    let any_path = proptest::sample::select(paths).prop_map(owned);
    let text = move || proptest::sample::select(texts).prop_map(owned);
    let part = || {
        proptest::sample::select(vec!["ac", "Ac", "上海", "o", "cafe", "张", "ord", "a b", "貿易", "example", "送货"])
    };
    let word = proptest::sample::select(vec![
        "acme",
        "zs",
        "zhangs",
        "shanghai",
        "blue star",
        "oslo",
        "VIP",
        "8000",
        "5555 12",
        "貿易",
        "送货延",
        "example",
    ]);
    let compare = |((path, literal), asked)| Ask::Compare(path, asked, literal);
    let term = prop_oneof![
        4 => (literal(plain), equal()).prop_map(compare),
        6 => (literal(ordered), ranged()).prop_map(compare),
        2 => between(ordered),
        1 => any_path.clone().prop_map(Ask::Set),
        1 => any_path.prop_map(Ask::Empty),
        1 => (text(), part()).prop_map(|(path, part)| Ask::Prefix(path, owned(part))),
        1 => (text(), part()).prop_map(|(path, part)| Ask::Contains(path, owned(part))),
        1 => word.prop_map(|word| Ask::Word(owned(word))),
        1 => view(kind),
    ];
    term.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            3 => proptest::collection::vec(inner.clone(), 2..4).prop_map(Ask::And),
            2 => proptest::collection::vec(inner.clone(), 2..4).prop_map(Ask::Or),
            1 => inner.prop_map(|ask| Ask::Not(Box::new(ask))),
        ]
    })
}

pub(crate) fn noun_and_ask() -> impl Strategy<Value = (&'static str, Ask)> {
    let kinds: [&'static Kind; 7] =
        [&customer::KIND, &deal::KIND, &followup::KIND, &activity::KIND, &contact::KIND, &ticket::KIND, &user::KIND];
    let weighted = prop_oneof![
        12 => proptest::sample::select(kinds[..6].to_vec()),
        1 => Just(kinds[6]),
    ];
    weighted.prop_flat_map(|kind| ask(kind).prop_map(move |ask| (kind.noun, ask)))
}
