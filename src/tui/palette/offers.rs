//! What a line may become: operations and actions by a few letters, then fields, values, dates, records.

use std::{borrow::Cow, sync::LazyLock};

use crate::{
    command::{Noun, Op, args::Takes},
    domain::{
        FieldDef, Instant, Kind, RecordId, Schema, Type, activity, customer, deal, define, followup, schema::BASE,
        ticket, words::when,
    },
    grammar::heads,
    keymap::{ACTIONS, Keymap, Keys, Scope},
    text::{Fit, Lang, narrow},
};

use super::{
    Offer,
    words::{RecordQuery, field, head, last, put, records},
};

/// Words for days, in the order in which they are offered.
const DAYS: [(&str, &str); 10] = [
    ("today", "今天"),
    ("tomorrow", "明天"),
    ("mon", "周一"),
    ("tue", "周二"),
    ("wed", "周三"),
    ("thu", "周四"),
    ("fri", "周五"),
    ("+3d", "+3d"),
    ("+1w", "+1w"),
    ("eom", "月底"),
];

/// What offers depend on besides the line.
#[derive(Clone, Copy, Debug)]
pub struct OfferContext<'a> {
    /// The kinds of record that there are.
    pub schema: &'static Schema,
    /// The reader's language.
    pub lang: Lang,
    /// The reader's zone.
    pub tz: chrono_tz::Tz,
    /// What time it is.
    pub now: Instant,
    /// The keys that are told.
    pub keymap: &'a Keymap,
    /// What is marked, else what is under the cursor.
    pub subject: &'a [RecordId],
    /// Lines that were run, the oldest first.
    pub history: &'a [String],
}

/// Records that were found, and what they are called.
#[derive(Clone, Debug, Default)]
pub struct FoundRecords {
    /// To what this is the answer.
    pub to: RecordQuery,
    /// The records.
    pub records: Vec<(RecordId, String)>,
}

/// What a line may become, the best first.
pub(super) fn offers(text: &str, from: Scope, here: &OfferContext<'_>, found: &FoundRecords) -> Vec<Offer> {
    match head(here.schema, text).filter(|_| text.contains(char::is_whitespace)) {
        Some((op, kind, rest)) if ends_head(here.schema, text, kind) => arguments(text, (op, kind, rest), here, found),
        _ if text.trim().is_empty() => recent(here).chain(begun("", from, here)).collect(),
        _ => begun(text.trim_start(), from, here),
    }
}

/// Whether the words that name the operation are complete: a space follows them.
fn ends_head(schema: &Schema, text: &str, kind: Option<&'static Kind>) -> bool {
    let words = if kind.is_some() && schema.named(text.split_whitespace().next().unwrap_or_default()).is_some() {
        2
    } else {
        1
    };
    let spaces = text.split_whitespace().count();
    spaces > words || spaces == words && text.ends_with(char::is_whitespace)
}

fn recent<'a>(here: &OfferContext<'a>) -> impl Iterator<Item = Offer> + use<'a> {
    let said = here.lang.pick("said before", "历史命令");
    let lines = here.history.iter().rev().take(3);
    lines.map(move |line| Offer {
        line: line.clone(),
        word: line.clone(),
        means: said.to_owned(),
        whole: true,
        ..Offer::default()
    })
}

/// An operation with the words that name it, and its kind.
type NamedOp = (&'static str, &'static Op, Option<&'static Kind>);

/// Those of the program's own kinds.
static HEADS: LazyLock<Vec<NamedOp>> = LazyLock::new(|| all_named(&BASE));

/// Every operation.
fn named(schema: &'static Schema) -> Cow<'static, [NamedOp]> {
    if std::ptr::eq(schema, &BASE) { Cow::Borrowed(&**HEADS) } else { Cow::Owned(all_named(schema)) }
}

fn all_named(schema: &'static Schema) -> Vec<NamedOp> {
    let named = |words: &'static str| head(schema, words).map(|(op, kind, _)| (words, op, kind));
    heads(schema).iter().copied().filter_map(named).collect()
}

/// Operations and actions that fit a few letters.
fn begun(typed: &str, from: Scope, here: &OfferContext<'_>) -> Vec<Offer> {
    let lang = here.lang;
    // The name of a kind, also a short one, is the noun of its operations.
    let kind = here.schema.named(typed);
    let nouns = kind.map_or([typed, typed], |kind| [kind.noun, kind.zh]);
    // What Chinese is called is not found by letters that are scattered over it.
    let called = |noun: &str, words: &str| {
        narrow(noun, words).filter(|fit| noun.is_ascii() && words.is_ascii() || *fit < Fit::Scattered(0))
    };
    // Of what fits as well as others do, what is done to the records of this place comes first.
    let mine = match from {
        Scope::Customers => Some(customer::KIND.noun),
        Scope::Board => Some(deal::KIND.noun),
        Scope::Agenda => Some(followup::KIND.noun),
        Scope::Queue => Some(ticket::KIND.noun),
        _ => None,
    };
    let mut fits: Vec<(Fit, bool, bool, usize, Offer)> = Vec::new();
    let mut add = |fit: Option<Fit>,
                   (words, noun): (&str, Option<&str>),
                   (means, bound, whole): (&str, &str, bool),
                   line: &dyn Fn() -> String| {
        // What a thing means tells less than what it is called.
        let fit = fit
            .map(|fit| (fit, false))
            .or_else(|| narrow(typed, means).filter(|fit| *fit < Fit::Scattered(0)).map(|fit| (fit, true)));
        if let Some((fit, meant)) = fit {
            let keys = here.keymap.keys_of(from, bound).take(2).map(Keys::to_string).collect::<Vec<_>>().join(" ");
            let offer = Offer { line: line(), word: words.to_owned(), means: means.to_owned(), keys, whole };
            fits.push((fit, meant, noun.is_none() || noun != mine, fits.len(), offer));
        }
    };
    for action in ACTIONS {
        let line = || format!("{}{}", action.words, if action.takes.is_some() { " " } else { "" });
        let told = (action.text(lang), action.words, action.takes.is_none());
        add(called(nouns[0], action.words), (action.words, None), told, &line);
    }
    // A key that does an operation has its first words, and more of them.
    let bound: Vec<String> = here.keymap.bound(from).map(|bound| bound.binding.to_string()).collect();
    for (words, op, kind) in named(here.schema).iter().copied() {
        let begins =
            |bound: &&String| bound.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        let bound = bound.iter().find(begins).map_or(words, String::as_str);
        let needs = op.args.iter().any(|arg| matches!(arg.takes, Takes::Word | Takes::Words | Takes::MaybeWords));
        let means = match kind {
            Some(kind) if op.noun == Noun::Every => {
                lang.pick(format!("{}: {}", kind.label(lang), op.en), format!("{}：{}", kind.zh, op.zh))
            }
            _ => lang.pick(op.en, op.zh).to_owned(),
        };
        let chinese = match kind {
            Some(kind) => format!("{} {}", kind.zh, op.zh_verb()),
            None => op.zh_verb().to_owned(),
        };
        // Both are found; what is offered goes on in the language of what is typed.
        let fits = [called(nouns[0], words), called(nouns[1], &chinese)];
        let (fit, said) = match (fits, lang) {
            ([_, fit], _) if !typed.is_ascii() => (fit, &*chinese),
            ([_, fit], Lang::Zh) if typed.is_empty() => (fit, &*chinese),
            ([fit, _], Lang::En) => (fit, words),
            ([None, Some(fit)], Lang::Zh) => (Some(fit), &*chinese),
            ([Some(en), Some(zh)], Lang::Zh) if zh < en => (Some(zh), &*chinese),
            ([fit, _], Lang::Zh) => (fit, words),
        };
        add(fit, (said, kind.map(|kind| kind.noun)), (&means, bound, !needs), &|| begin(said, op, kind, here));
    }
    if !typed.is_empty() {
        fits.sort_by_key(|(fit, meant, others, at, _)| (*meant, *fit, *others, *at));
    }
    fits.into_iter().map(|(.., offer)| offer).collect()
}

/// The first words of an operation, with the records at hand where it takes such.
fn begin(words: &str, op: &Op, kind: Option<&'static Kind>, here: &OfferContext<'_>) -> String {
    let mut line = format!("{words} ");
    if let Some(wanted) = records(here.schema, op, kind, "").filter(|_| op.verb != "list") {
        let fits = |id: &&RecordId| wanted.is_none_or(|kind| id.kind == kind);
        for id in here.subject.iter().filter(fits) {
            line.push_str(&format!("{id} "));
        }
    }
    line
}

/// What the last word of an operation's arguments may become.
fn arguments(
    text: &str,
    (op, kind, rest): (&Op, Option<&'static Kind>, &str),
    here: &OfferContext<'_>,
    found: &FoundRecords,
) -> Vec<Offer> {
    let (before, word) = last(text);
    let mut offers: Vec<Offer> = Vec::new();
    let mut offer = |shown: &str, means: &str, quoted: bool| {
        let put = if quoted && shown.contains(' ') { shown.replacen('=', "=\"", 1) + "\"" } else { shown.to_owned() };
        offers.push(Offer {
            line: format!("{before}{put}"),
            word: shown.to_owned(),
            means: means.to_owned(),
            ..Offer::default()
        });
    };
    let named = kind.and_then(|kind| field(kind, word));
    if let Some((def, mark, value)) = named {
        let name = &word[..word.len() - value.len()];
        for (value, means) in values(def, (value, !name.is_ascii()), here, found) {
            offer(&format!("{name}{value}"), &means, mark == '=');
        }
        return offers;
    }
    let lang = here.lang;
    for (id, name) in &found.records {
        offer(&put(*id, name), name, false);
    }
    if op.verb == "log" && kind.is_none() && !rest.contains(char::is_whitespace) {
        for choice in activity::TYPE.def().choices {
            if narrow(word, choice.code).or_else(|| narrow(word, lang.pick(choice.en, choice.zh))).is_some() {
                let (code, label) = (choice.code, lang.pick(choice.en, choice.zh));
                offer(if word.is_ascii() { code } else { choice.zh }, label, false);
            }
        }
        return offers;
    }
    if let Some(begun) = word.strip_prefix("--") {
        for arg in op.args.iter().filter(|arg| matches!(arg.takes, Takes::Value | Takes::Values | Takes::Flag)) {
            if arg.name.starts_with(begun) {
                offer(&format!("--{}", arg.name), lang.pick(arg.en, arg.zh), false);
            }
        }
        return offers;
    }
    let Some(kind) = kind.filter(|_| !word.is_empty() || FIELDED.contains(&op.verb)) else { return offers };
    let asks = op.run.reads();
    let mark = if asks { ':' } else { '=' };
    // Where nothing is typed yet the names go on in the language of the command.
    let chinese = !text.split_whitespace().next().is_none_or(str::is_ascii);
    let given: Vec<&FieldDef> =
        before.split_whitespace().filter_map(|word| field(kind, word)).map(|found| found.0).collect();
    let mut fits: Vec<(Fit, &str, &FieldDef)> = Vec::new();
    for def in kind
        .fields
        .iter()
        .filter(|def| !def.hidden && (asks || def.is_settable()))
        .filter(|def| op.verb != "add" || !define::is_placed(def))
        .filter(|def| !(word.is_empty() && given.contains(def)))
    {
        fits.extend(fit(word, def, (lang, chinese)).map(|(fit, name)| (fit, name, def)));
    }
    fits.sort_by_key(|(fit, ..)| *fit);
    for (_, name, def) in fits {
        // What is called by its label is told by its code.
        let label = def.label(lang);
        let what = if name == label { def.code } else { label };
        let told = def.told(lang).map(|told| lang.pick(format!("{what}: {told}"), format!("{what}：{told}")));
        offer(&format!("{name}{mark}"), told.as_deref().unwrap_or(what), false);
    }
    offers
}

/// The verbs that are followed by fields, which are offered before a letter of one is typed.
const FIELDED: [&str; 4] = ["add", "set", "list", "count"];

/// How well a field fits what is typed of it, and the name to be put there: in Chinese where Chinese is typed, or
/// nothing yet in a command that is Chinese.
fn fit(typed: &str, def: &'static FieldDef, (lang, chinese): (Lang, bool)) -> Option<(Fit, &'static str)> {
    if typed.is_empty() || typed.is_ascii() && chinese {
        let name = if chinese { def.zh } else { def.code };
        let fit = narrow(typed, name).or_else(|| narrow(typed, def.code));
        return fit.map(|fit| (fit, name));
    }
    if typed.is_ascii() {
        let fit = narrow(typed, def.code).or_else(|| narrow(typed, def.label(lang)));
        return fit.map(|fit| (fit, def.code));
    }
    let names = std::iter::once(def.zh).chain(def.other_names());
    names.filter_map(|name| Some((narrow(typed, name)?, name))).min_by_key(|(fit, _)| *fit)
}

/// The values that a field may have, as far as they can be told, and what they mean; in Chinese if that is wanted.
fn values(
    def: &FieldDef,
    (typed, chinese): (&str, bool),
    here: &OfferContext<'_>,
    found: &FoundRecords,
) -> Vec<(String, String)> {
    let lang = here.lang;
    // Of several values the last is being typed.
    let (held, typed) = typed
        .rfind([',', '，', '、'])
        .map_or(("", typed), |at| typed.split_at(at + typed[at..].chars().next().map_or(1, char::len_utf8)));
    let mut values = Vec::new();
    let mut offer = |value: &str, means: &str| {
        if narrow(typed, value).or_else(|| narrow(typed, means)).is_some() {
            values.push((format!("{held}{value}"), means.to_owned()));
        }
    };
    for choice in def.offered() {
        let (code, label) = (choice.code, lang.pick(choice.en, choice.zh));
        offer(if chinese { choice.zh } else { code }, if chinese { code } else { label });
    }
    match def.ty {
        // Nobody was born on one of these.
        Type::Date if def.yearless => {}
        Type::Date | Type::Instant | Type::Due => {
            for (en, zh) in DAYS {
                let word = lang.pick(en, zh);
                let day = when::parse(word, here.now.utc(), here.tz, chrono::Weekday::Mon).ok();
                offer(word, &day.map_or_else(String::new, |day| day.print(here.tz)));
            }
        }
        Type::YesNo => {
            offer(if chinese { "是" } else { "yes" }, lang.pick("yes", "是"));
            offer(if chinese { "否" } else { "no" }, lang.pick("no", "否"));
        }
        _ => {}
    }
    if def.target == Some("user") {
        offer(if chinese { "我" } else { "me" }, lang.pick("the person at the keyboard", "当前用户"));
    }
    values.extend(found.records.iter().map(|(id, name)| (format!("{held}{}", put(*id, name)), name.clone())));
    values
}
