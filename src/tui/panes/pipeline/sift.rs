//! A column of those cards only that words find.

use crate::{
    domain::{Lookup, deal, words::money::Money},
    error::Result,
    query::board::{BoardColumn, Card},
    store::Reader,
    tui::panes::wish::Narrow,
};

use super::CARDS;

/// Takes out what the words do not find, and counts and sums what is left.
pub(super) fn sift(column: &mut BoardColumn, narrow: &Narrow, reader: Reader<'_>) -> Result<()> {
    column.cards.retain(|card| narrow.keeps(&[&card.title, card.customer.as_ref().map_or("", |(_, name)| name)]));
    column.count = column.cards.len() as u64;
    column.sums = total(column.cards.iter().filter_map(|card| card.amount));
    let mut weighted = Vec::new();
    for card in &column.cards {
        weighted.extend(weighed(card, reader)?);
    }
    column.weighted = total(weighted.into_iter());
    column.cards.truncate(CARDS);
    Ok(())
}

fn weighed(card: &Card, reader: Reader<'_>) -> Result<Option<Money>> {
    Ok(match card.amount {
        Some(_) => reader.derived(card.id)?.get(deal::WEIGHTED),
        None => None,
    })
}

/// Sums by currency.
pub(super) fn total(all: impl Iterator<Item = Money>) -> Vec<Money> {
    let mut total: Vec<Money> = Vec::new();
    for sum in all {
        match total.iter_mut().find(|held| held.currency == sum.currency) {
            Some(held) => held.minor = held.minor.saturating_add(sum.minor),
            None => total.push(sum),
        }
    }
    total.sort_by_key(|sum| sum.currency);
    total
}
