//! What a heading says beside its name: the currency of amounts, or how many one of a number stands for.

use crate::{
    domain::{FieldDef, Type, words::money::Currency},
    text::fold_cow,
};

mod foreign;

pub(super) use foreign::known;
use foreign::{foreign, without_piece};

/// A unit in a heading: `EUR` of `Amount (EUR)`, `万元` of `合同金额（万元）`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// The unit, as it may stand behind a number.
    pub text: String,
    /// Its currency, where it has one.
    pub currency: Option<Currency>,
    /// Whether one of it is more than one.
    pub scales: bool,
}

/// What a heading says of the numbers below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HeadingUnit {
    /// Nothing.
    Nothing,
    /// That they are in this unit.
    Unit(Unit),
    /// Something about their unit that cannot be used.
    Unclear(String),
}

/// What the numbers of a column count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counts {
    Money,
    Minutes,
    Things,
}

/// Words for a size, and the size as a number has it behind its digits.
const SIZES: [(&str, &[&str]); 4] = [
    ("k", &["k", "thousand", "thousands", "tausend", "tsd", "000", "000s"]),
    ("m", &["m", "mm", "mn", "mio", "mln", "million", "millions", "millionen"]),
    ("bn", &["b", "bn", "billion", "billions", "mrd"]),
    ("万", &["w"]),
];
/// Sizes in Chinese, the longest first.
const HAN_SIZES: [&str; 7] = ["万亿", "千万", "百万", "亿", "万", "千", "百"];
/// Words about the size of amounts, or about their currency, from which nobody can tell which one is meant.
const UNUSABLE: [&str; 26] = [
    "cent",
    "cents",
    "penny",
    "pennies",
    "pence",
    "fen",
    "jiao",
    "t",
    "tn",
    "mil",
    "lakh",
    "lakhs",
    "crore",
    "crores",
    "trillion",
    "trillions",
    "dollar",
    "dollars",
    "pound",
    "pounds",
    "franc",
    "francs",
    "peso",
    "pesos",
    "rupee",
    "rupees",
];
const MINUTES: [&str; 6] = ["min", "mins", "minute", "minutes", "分钟", "分"];
/// Other lengths of time than minutes.
const TIMES: [&str; 25] = [
    "s", "sec", "secs", "second", "seconds", "h", "hr", "hrs", "hour", "hours", "d", "day", "days", "wk", "week",
    "weeks", "month", "months", "秒", "小时", "时", "天", "日", "周", "月",
];

/// A heading without its unit, and what the unit says of amounts.
pub(super) fn split(heading: &str) -> (&str, HeadingUnit) {
    said(heading, Counts::Money)
}

/// What a heading says of the numbers of a field.
pub(super) fn of_field(heading: &str, def: &FieldDef) -> HeadingUnit {
    let counts = match def.ty {
        ty if ty.has_currency() => Counts::Money,
        _ if def.minutes => Counts::Minutes,
        _ => Counts::Things,
    };
    let of_one = if def.ty == Type::UnitPrice { without_piece(heading) } else { None };
    let heading = of_one.as_deref().unwrap_or(heading);
    match said(heading, counts).1 {
        HeadingUnit::Nothing => foreign(heading, def).map_or(HeadingUnit::Nothing, HeadingUnit::Unclear),
        said => said,
    }
}

fn said(heading: &str, counts: Counts) -> (&str, HeadingUnit) {
    let heading = heading.trim();
    if let Some((name, inside)) = brackets(heading) {
        return (name, read(&inside, counts));
    }
    for mark in [" in ", " - ", " / ", "/", "_", ":", "：", "-", " "] {
        if let Some((name, word)) = heading.rsplit_once(mark)
            && is_unit_alone(word.trim())
            && let HeadingUnit::Unit(unit) = read(&[word], counts)
            && unit.currency.is_some()
            && !name.is_empty()
        {
            return (name.trim(), HeadingUnit::Unit(unit));
        }
    }
    (heading, HeadingUnit::Nothing)
}

/// Whether a word outside brackets may be a unit: a code, a sign, or a word in Chinese, as in `金额_万元`.
fn is_unit_alone(word: &str) -> bool {
    word.len() == 3 || word.starts_with('\u{20ac}') || !word.is_ascii() && word.chars().all(char::is_alphabetic)
}

/// The name and what stands in the brackets behind it.
pub(super) fn brackets(heading: &str) -> Option<(&str, Vec<&str>)> {
    let (name, mut rest) = heading.split_once(OPEN)?;
    let mut inside = Vec::new();
    loop {
        let (part, behind) = rest.split_once([')', '）', ']', '】']).unwrap_or((rest, ""));
        inside.push(part.trim());
        match behind.split_once(OPEN) {
            Some((_, next)) => rest = next,
            None => break,
        }
    }
    (!name.trim().is_empty()).then(|| (name.trim(), inside))
}

const OPEN: [char; 4] = ['(', '（', '[', '【'];

/// What was found in brackets.
#[derive(Default)]
struct BracketedUnit {
    currencies: Vec<Currency>,
    sizes: Vec<&'static str>,
    yuan: bool,
    unusable: bool,
    other: bool,
}

fn read(brackets: &[&str], counts: Counts) -> HeadingUnit {
    let mut all = BracketedUnit::default();
    for inside in brackets {
        let found = BracketedUnit::of(inside, counts);
        if !found.is_empty() {
            all.currencies.extend(found.currencies);
            all.sizes.extend(found.sizes);
            all.yuan |= found.yuan;
            all.unusable |= found.unusable;
            all.other |= found.other;
        }
    }
    if all.is_empty() {
        return HeadingUnit::Nothing;
    }
    if all.yuan && all.currencies.is_empty() {
        all.currencies.push(Currency::CNY);
    }
    all.currencies.dedup();
    let fits = match counts {
        Counts::Money => true,
        Counts::Minutes => false,
        Counts::Things => all.currencies.is_empty(),
    };
    if all.unusable || all.other || all.currencies.len() > 1 || all.sizes.len() > 1 || !fits {
        return HeadingUnit::Unclear(brackets.join(" "));
    }
    let (currency, size) = (all.currencies.first().copied(), all.sizes.first());
    let text = match (size, currency) {
        (Some(size), Some(currency)) => format!("{size} {currency}"),
        (Some(size), None) => (*size).to_owned(),
        (None, currency) => currency.map(|currency| currency.to_string()).unwrap_or_default(),
    };
    HeadingUnit::Unit(Unit { text, currency, scales: size.is_some() })
}

impl BracketedUnit {
    fn of(inside: &str, counts: Counts) -> Self {
        let mut found = Self::default();
        let folded = fold_cow(inside);
        let mut rest = &*folded;
        let mut codes = Vec::new();
        while let Some(c) = rest.chars().next() {
            let run = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
            let mut length = c.len_utf8();
            if c.is_ascii_alphabetic() {
                length = run(|c| c.is_ascii_alphabetic());
                let with_sign = rest[length..].chars().next().filter(|c| matches!(c, '$' | '¥')).map(char::len_utf8);
                let signed = with_sign.and_then(|sign| Currency::named(&rest[..length + sign]).ok());
                match (signed, with_sign) {
                    (Some(currency), Some(sign)) => {
                        found.currencies.push(currency);
                        length += sign;
                    }
                    _ => found.word(&rest[..length], counts, &mut codes),
                }
            } else if c.is_ascii_digit() {
                length = run(|c| c.is_ascii_alphanumeric() || c == ',');
                found.digits(&rest[..length]);
            } else if !c.is_alphabetic()
                && let Ok(currency) = Currency::named(&rest[..length])
            {
                found.currencies.push(currency);
            } else if matches!(c, '\u{20a0}'..='\u{20cf}' | '¢' | '¤') {
                found.unusable = true;
            } else if c.is_alphabetic() {
                length = found.han(rest, counts);
            }
            rest = &rest[length..];
        }
        // With other words beside it, a word of three letters is a code only where it is written like one.
        let is_code = |code: &str| inside.contains(&code.to_ascii_uppercase());
        for code in codes {
            match Currency::parse(&code) {
                Ok(currency) if !found.other || is_code(&code) => found.currencies.push(currency),
                _ => found.other = true,
            }
        }
        found
    }

    /// Whether nothing speaks of a unit.
    fn is_empty(&self) -> bool {
        self.currencies.is_empty() && self.sizes.is_empty() && !self.yuan && !self.unusable
    }

    fn word(&mut self, word: &str, counts: Counts, codes: &mut Vec<String>) {
        if counts == Counts::Minutes && MINUTES.contains(&word) || matches!(word, "in" | "of") {
            return;
        }
        if let Some(size) = size(word) {
            self.sizes.push(size);
        } else if let Some((code, size)) = joined(word) {
            codes.push(code.to_owned());
            match size {
                Some(size) => self.sizes.push(size),
                None => self.unusable = true,
            }
        } else if word.len() == 3 && Currency::parse(word).is_ok() {
            codes.push(word.to_owned());
        } else if UNUSABLE.contains(&word) || counts != Counts::Money && TIMES.contains(&word) {
            self.unusable = true;
        } else {
            match word {
                "euro" | "euros" => self.currencies.push(Currency::EUR),
                "yuan" | "renminbi" => self.currencies.push(Currency::CNY),
                _ => self.other = true,
            }
        }
    }

    fn digits(&mut self, digits: &str) {
        let digits = digits.replace(',', "");
        match size(&digits) {
            Some(size) => self.sizes.push(size),
            None if digits.len() > 3 && digits.trim_start_matches('1').bytes().all(|byte| byte == b'0') => {
                self.unusable = true;
            }
            None => self.other = true,
        }
    }

    /// Takes a word in Chinese, and tells how long it is.
    fn han(&mut self, text: &str, counts: Counts) -> usize {
        let begins = |word: &&str| text.starts_with(*word);
        if let Some(word) = ["单位是", "单位"].into_iter().find(begins) {
            return word.len();
        }
        let length = text.chars().next().map_or(1, char::len_utf8);
        if let Some((currency, name)) = Currency::name_in_front(text) {
            self.currencies.push(currency);
            return name.len();
        }
        if let Some(word) = HAN_SIZES.into_iter().find(begins) {
            self.sizes.push(word);
            return word.len();
        }
        let whole = text.trim();
        if begins(&"元") || begins(&"圆") || counts == Counts::Money && begins(&"块") {
            self.yuan = true;
        } else if counts == Counts::Minutes && MINUTES.contains(&whole) {
            return text.len();
        } else if counts == Counts::Money && matches!(whole, "分" | "角")
            || counts != Counts::Money && TIMES.contains(&whole)
        {
            self.unusable = true;
            return text.len();
        } else {
            self.other = true;
        }
        length
    }
}

fn size(word: &str) -> Option<&'static str> {
    SIZES.iter().find(|(_, words)| words.contains(&word)).map(|(size, _)| *size)
}

/// The code and the size of `usdm` and `keur`; of `teur` the size is not known.
fn joined(word: &str) -> Option<(&str, Option<&'static str>)> {
    let is_code = |code: &str| Currency::parse(code).is_ok();
    let (code, behind) = word.split_at_checked(3)?;
    if let Some(size) = size(behind)
        && is_code(code)
    {
        return Some((code, Some(size)));
    }
    let (before, code) = word.split_at_checked(word.len() - 3)?;
    (is_code(code) && (before == "t" || size(before).is_some())).then(|| (code, size(before)))
}

/// The currency that a cell of a column of currencies names; nothing where it names none.
pub(super) fn currency(text: &str) -> Option<Currency> {
    let text = text.trim();
    Currency::parse(text).ok().or_else(|| match read(&[text], Counts::Money) {
        HeadingUnit::Unit(unit) if !unit.scales => unit.currency,
        _ => None,
    })
}

#[cfg(test)]
mod tests;
