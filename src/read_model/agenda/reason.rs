//! Why a follow-up matters.

use std::ops::ControlFlow;

use crate::{
    domain::{Lookup, RecordId, customer, deal, stage, words::money::Money},
    error::Result,
    store::Reader,
    text::Lang,
};

use super::clock::Clock;

/// Why a follow-up matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A customer of the first grade.
    TopCustomer,
    /// An open deal depends on it: its amount, the name of its stage.
    Deal(Option<Money>, String),
    /// Nobody has been in touch for so many days.
    Silence(i64),
    /// Nobody has ever been in touch.
    NeverContacted,
}

/// Less silence than this is worth no word, in days.
const SILENCE: i64 = 28;

impl Reason {
    /// How much it adds to the urgency of a call, in days of being late.
    pub(super) fn weight(&self) -> i64 {
        match self {
            Self::TopCustomer => 10,
            Self::Deal(amount, _) => {
                // Ten times the amount is four days more.
                let main = amount.map_or(0, |amount| amount.minor / 10_i128.pow(amount.currency.digits().into()));
                4 + 4 * i64::from(main.max(1).ilog10())
            }
            Self::Silence(days) => (days / 14).min(10),
            Self::NeverContacted => 4,
        }
    }

    /// The reason in words, a large amount as [`Money::brief`] has it.
    pub fn say(&self, lang: Lang) -> String {
        self.words(lang, |amount| amount.brief(lang))
    }

    /// The reason as programs get it.
    pub fn code(&self) -> String {
        self.words(Lang::En, Money::full)
    }

    fn words(&self, lang: Lang, print: impl Fn(Money) -> String) -> String {
        match self {
            Self::TopCustomer => lang.pick("A customer", "A 级客户").to_owned(),
            Self::Deal(amount, stage) => {
                let stage = stage::display_name(stage, lang);
                match (amount.map(print), lang) {
                    (Some(amount), Lang::En) => format!("{amount} in {stage}"),
                    (Some(amount), Lang::Zh) => format!("{stage} {amount}"),
                    (None, Lang::En) => format!("deal in {stage}"),
                    (None, Lang::Zh) => format!("商机：{stage}"),
                }
            }
            Self::Silence(days) => {
                let (count, en, zh) =
                    if *days < 61 { (days / 7, "weeks", "周") } else { (days / 30, "months", "个月") };
                lang.pick(format!("no contact for {count} {en}"), format!("{count}{zh}未联系"))
            }
            Self::NeverContacted => lang.pick("never contacted", "从未联系").to_owned(),
        }
    }
}

/// Why a follow-up for a customer or about a deal matters.
pub(super) fn reasons(
    reader: &Reader<'_>,
    customer: Option<RecordId>,
    deal: Option<u64>,
    clock: &Clock,
) -> Result<Vec<Reason>> {
    let mut reasons = Vec::new();
    let Some(derived) = customer.map(|id| reader.derived(id)).transpose()? else {
        reasons.extend(deal.map(|num| open_deal(reader, num)).transpose()?.flatten());
        return Ok(reasons);
    };
    let grade = customer.map(|id| reader.with_row(id, |row| row.get(customer::GRADE))).transpose()?;
    if grade.flatten().flatten() == Some(customer::GRADE_A) {
        reasons.push(Reason::TopCustomer);
    }
    let mut deal = deal.map(|num| open_deal(reader, num)).transpose()?.flatten();
    if let Some(id) = customer.filter(|_| deal.is_none() && derived.get(customer::OPEN_DEALS).is_some()) {
        deal = largest_deal(reader, id)?;
    }
    reasons.extend(deal);
    match derived.get(customer::LAST_CONTACT) {
        None => reasons.push(Reason::NeverContacted),
        Some(at) => {
            let days = (clock.today() - at.day(clock.tz)).num_days();
            reasons.extend((days >= SILENCE).then_some(Reason::Silence(days)));
        }
    }
    Ok(reasons)
}

fn open_deal(reader: &Reader<'_>, num: u64) -> Result<Option<Reason>> {
    let id = RecordId::new(deal::ID, num);
    if reader.derived(id)?.get(deal::STATUS) != Some(stage::OPEN) {
        return Ok(None);
    }
    let found = reader.with_row(id, |row| (row.get(deal::AMOUNT), row.get(deal::STAGE).unwrap_or_default()))?;
    let Some((amount, stage)) = found else { return Ok(None) };
    Ok(reader.name(RecordId::new(stage::ID, stage))?.map(|stage| Reason::Deal(amount, stage)))
}

/// The customer's open deal with the greatest amount.
fn largest_deal(reader: &Reader<'_>, customer: RecordId) -> Result<Option<Reason>> {
    let mut numbers = Vec::new();
    reader.linking(deal::ID, &deal::CUSTOMER.def(), customer.num, &mut |num| {
        numbers.push(num);
        ControlFlow::Continue(())
    })?;
    let mut largest = None;
    for num in numbers {
        let Some(Reason::Deal(amount, stage)) = open_deal(reader, num)? else { continue };
        let size = amount.and_then(Money::decimal).unwrap_or_default();
        if largest.as_ref().is_none_or(|(held, _)| size > *held) {
            largest = Some((size, Reason::Deal(amount, stage)));
        }
    }
    Ok(largest.map(|(_, deal)| deal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_in_both_languages() {
        let yuan = Money::parse("88万 CNY", crate::domain::words::money::Currency::USD).unwrap();
        for (reason, en, zh) in [
            (Reason::TopCustomer, "A customer", "A 级客户"),
            (Reason::Deal(Some(yuan), "negotiation".into()), "¥880k in negotiation", "商务谈判 ¥88万"),
            (Reason::Deal(None, "试用".into()), "deal in 试用", "商机：试用"),
            (Reason::Silence(36), "no contact for 5 weeks", "5周未联系"),
            (Reason::Silence(100), "no contact for 3 months", "3个月未联系"),
            (Reason::NeverContacted, "never contacted", "从未联系"),
        ] {
            assert_eq!((reason.say(Lang::En).as_str(), &*reason.say(Lang::Zh)), (en, zh));
        }
        let deal = Reason::Deal(Some(yuan), "negotiation".into());
        assert_eq!(deal.code(), "¥880,000 in negotiation", "programs get the whole amount");
    }
}
