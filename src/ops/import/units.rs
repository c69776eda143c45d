//! What a heading says beside its name: the currency of amounts, or how many one of a number stands for.

use crate::domain::words::{
    money::{Currency, Money},
    number,
};

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
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// That they are in this unit.
    Unit(Unit),
    /// Something about their size that cannot be read.
    Unclear(String),
}

/// Words about the size of numbers that no unit is read from.
const SIZES: [&str; 12] = [
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "lakh",
    "lakhs",
    "crore",
    "crores",
    "000",
    "000s",
];

/// A heading without its unit, and what the unit says.
pub(super) fn split(heading: &str) -> (&str, Said) {
    let heading = heading.trim();
    if let Some((name, inside)) = bracketed(heading) {
        return (name, read(inside));
    }
    for mark in [" in ", " - ", " / ", "/", "_", " "] {
        if let Some((name, word)) = heading.rsplit_once(mark)
            && let word @ ([_, _, _] | [b'\xe2', ..]) = word.as_bytes()
            && let Ok(word) = std::str::from_utf8(word)
            && let Said::Unit(unit) = read(word)
            && unit.currency.is_some()
            && !name.is_empty()
        {
            return (name.trim(), Said::Unit(unit));
        }
    }
    (heading, Said::Nothing)
}

/// The name and what stands in brackets behind it.
pub(super) fn bracketed(heading: &str) -> Option<(&str, &str)> {
    let open = heading.strip_suffix([')', '）', ']', '】'])?;
    let (name, inside) = open.rsplit_once(['(', '（', '[', '【'])?;
    (!name.trim().is_empty()).then(|| (name.trim(), inside.trim()))
}

fn read(text: &str) -> Said {
    let words: Vec<&str> = text.split_whitespace().filter(|word| *word != "in" && *word != "单位：").collect();
    let unit = words.join(" ");
    let unit = unit.trim_start_matches("单位：").trim_start_matches("单位:").trim();
    if !unit.is_empty() && !unit.bytes().any(|byte| byte.is_ascii_digit()) {
        // What may be told of one of them is told of all: the currency is the same whichever the default is.
        let of = |default| {
            [format!("1{unit}"), format!("{unit}1"), format!("1 {unit}")]
                .into_iter()
                .find_map(|one| Money::parse(&one, default).ok())
        };
        if let (Some(one), Some(other)) = (of(Currency::USD), of(Currency::EUR)) {
            let currency = (one.currency == other.currency).then_some(one.currency);
            let scales = one.minor != 10_i128.pow(u32::from(one.currency.digits()));
            return Said::Unit(Unit { text: unit.to_owned(), currency, scales });
        }
        if number::parse(&format!("1{unit}")).is_ok() {
            return Said::Unit(Unit { text: unit.to_owned(), currency: None, scales: true });
        }
    }
    let folded = crate::text::fold(text);
    let about_size = folded.split(|c: char| !c.is_alphanumeric()).any(|word| SIZES.contains(&word))
        || (unit.chars().count() <= 4 && unit.contains(['千', '万', '亿', '百']));
    if about_size { Said::Unclear(text.to_owned()) } else { Said::Nothing }
}

/// The currency that a cell of a column of currencies names; nothing where it names none.
pub(super) fn currency(text: &str) -> Option<Currency> {
    let text = text.trim();
    Currency::parse(text).ok().or_else(|| match read(text) {
        Said::Unit(unit) if !unit.scales => unit.currency,
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_come_off_headings() {
        let unit = |text: &str, currency: Option<&str>, scales| {
            let currency = currency.map(|code| Currency::parse(code).unwrap());
            Said::Unit(Unit { text: text.to_owned(), currency, scales })
        };
        for (heading, name, said) in [
            ("Amount (EUR)", "Amount", unit("EUR", Some("EUR"), false)),
            ("Amount in EUR", "Amount", unit("EUR", Some("EUR"), false)),
            ("Amount EUR", "Amount", unit("EUR", Some("EUR"), false)),
            ("amount_usd", "amount", unit("usd", Some("USD"), false)),
            ("Amount (€)", "Amount", unit("€", Some("EUR"), false)),
            ("Value [$]", "Value", unit("$", Some("USD"), false)),
            ("合同金额（万元）", "合同金额", unit("万元", Some("CNY"), true)),
            ("金额(千元)", "金额", unit("千元", Some("CNY"), true)),
            ("金额（元）", "金额", unit("元", Some("CNY"), false)),
            ("金额（美元）", "金额", unit("美元", Some("USD"), false)),
            ("金额（万）", "金额", unit("万", None, true)),
            ("Revenue (k)", "Revenue", unit("k", None, true)),
            ("Revenue (in thousands)", "Revenue", Said::Unclear("in thousands".into())),
            ("Amount (gross)", "Amount", Said::Nothing),
            ("名称（全称）", "名称", Said::Nothing),
            ("Amount", "Amount", Said::Nothing),
            ("Close date", "Close date", Said::Nothing),
        ] {
            assert_eq!(split(heading), (name, said), "{heading}");
        }
        assert_eq!(currency("eur"), Some(Currency::EUR));
        assert_eq!(currency("¥"), Some(Currency::CNY));
        assert_eq!(currency("人民币"), Some(Currency::CNY));
        assert_eq!(currency("gold"), None);
    }
}
