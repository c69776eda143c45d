//! Views that were saved, as the list shows them.

use std::sync::Arc;

use crate::{
    domain::{customer, words::number},
    error::Result,
    query::{field_path::FieldPath, views},
    store::Reader,
    text::fold_cow,
    tui::panes::OwnerFilter,
};

use super::{
    column,
    question::{CustomerQuery, Grouping, Sort},
};

/// A saved view of customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// What it is called.
    pub name: String,
    /// The digit that opens it.
    pub key: Option<u8>,
    /// What it asks.
    pub question: CustomerQuery,
    /// What it shows of each.
    pub columns: Arc<[FieldPath]>,
}

/// The saved views of customers, those with a digit first.
///
/// # Errors
/// What the store says.
pub fn read(reader: &Reader<'_>) -> Result<Vec<Saved>> {
    let (schema, all) = (reader.schema(), views::all(reader)?);
    let of_customers = all.into_iter().filter(|view| view.kind.is_some_and(|kind| kind.id == customer::ID));
    let mut saved: Vec<Saved> = of_customers
        .map(|view| {
            let filter = if view.is_static { format!("view:{}", quoted(&view.name)) } else { view.filter };
            let sort = if view.sort.is_empty() { Sort::default() } else { Sort::new(view.sort.join(",")) };
            let group = Grouping::ALL.into_iter().find(|group| view.by.as_deref() == Some(group.code()));
            // A column that this version does not know leaves the usual ones.
            let columns = column::read(schema, &view.columns.join(",")).unwrap_or_else(|_| column::standard(schema));
            let question = CustomerQuery { scope: OwnerFilter::All, filter, narrow: String::new(), sort, group };
            Saved { name: view.name, key: view.key, question, columns }
        })
        .collect();
    saved.sort_by_key(|view| view.key.unwrap_or(u8::MAX));
    Ok(saved)
}

/// The view that a word names: its digit, its name, else its place.
pub fn named<'v>(views: &'v [Saved], word: &str) -> Option<&'v Saved> {
    let number: Option<usize> = number::plain(word);
    let keyed = |view: &&Saved| number.is_some() && view.key.map(usize::from) == number;
    let called = |view: &&Saved| fold_cow(&view.name) == fold_cow(word);
    let place = || number.and_then(|number| views.get(number.checked_sub(1)?));
    views.iter().find(keyed).or_else(|| views.iter().find(called)).or_else(place)
}

/// A text as one value of the filter language.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
