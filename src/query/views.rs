//! Saved views as the other questions see them.

use std::ops::ControlFlow;

use crate::{
    domain::{
        Kind, Lookup, Record, RecordId, Schema, Value,
        view::{self, BY, COLUMNS, FILTER, ID, KEY, KIND, NAME, OF, OWNER, RECORDS, SORT, STATIC, TYPE, texts},
    },
    error::Result,
    store::Reader,
    text::fold,
};

/// A view that somebody keeps.
#[derive(Debug, Clone)]
pub struct SavedView {
    /// Its record.
    pub id: RecordId,
    /// What it is called.
    pub name: String,
    /// The kind of its records; `None` for one that this version does not know.
    pub kind: Option<&'static Kind>,
    /// Whether its records were put on it one by one.
    pub is_static: bool,
    /// The filter of a live one.
    pub filter: String,
    /// The numbers of the records of a static one.
    pub records: Vec<u64>,
    /// The columns to show, as a list takes them; none for the usual ones.
    pub columns: Vec<String>,
    /// What its records are sorted by, as a list takes it.
    pub sort: Vec<String>,
    /// What its records are grouped by.
    pub by: Option<String>,
    /// The key that opens it on the screen, 1 to 9.
    pub key: Option<u8>,
    /// Whose it is.
    pub owner: Option<u64>,
}

impl SavedView {
    fn of(num: u64, record: &Record, schema: &Schema) -> Self {
        let kind = record.get(OF).and_then(|of| view::kind_of(schema, of));
        let member = |text: String| kind.and_then(|kind| view::member_id(&text, kind).ok()).map(|id| id.num);
        Self {
            id: RecordId::new(ID, num),
            name: record.get(NAME).unwrap_or_default().to_owned(),
            kind,
            is_static: record.get(TYPE) == Some(STATIC),
            filter: record.get(FILTER).unwrap_or_default().to_owned(),
            records: texts(record.get(RECORDS)).into_iter().filter_map(member).collect(),
            columns: texts(record.get(COLUMNS)),
            sort: texts(record.get(SORT)),
            by: record.get(BY).map(str::to_owned),
            key: record.get(KEY).and_then(|key| u8::try_from(key).ok()),
            owner: record.get(OWNER),
        }
    }
}

/// The view with a name, or an id such as `V-3`.
///
/// # Errors
/// What the store says.
pub fn named(reader: &Reader<'_>, name: &str) -> Result<Option<SavedView>> {
    if let Some(view) = called(reader, name)? {
        return Ok(Some(view));
    }
    let letters = name.starts_with(|c: char| !c.is_ascii_digit());
    match RecordId::parse(name, Some(&KIND)).filter(|id| letters && id.kind == ID) {
        Some(id) => numbered(reader, id.num),
        None => Ok(None),
    }
}

/// The view with a name, though it be one that could be an id.
///
/// # Errors
/// What the store says.
pub fn called(reader: &Reader<'_>, name: &str) -> Result<Option<SavedView>> {
    match reader.holder(ID, &NAME.def(), &Value::Text(name.trim().to_owned()), 0)? {
        Some(num) => numbered(reader, num),
        None => Ok(None),
    }
}

fn numbered(reader: &Reader<'_>, num: u64) -> Result<Option<SavedView>> {
    Ok(reader.record(RecordId::new(ID, num))?.map(|record| SavedView::of(num, &record, reader.schema())))
}

/// Every view, in the order of their names.
///
/// # Errors
/// What the store says.
pub fn all(reader: &Reader<'_>) -> Result<Vec<SavedView>> {
    let mut views = Vec::new();
    reader.each(ID, &mut |num, record| {
        views.push(SavedView::of(num, record, reader.schema()));
        ControlFlow::Continue(())
    })?;
    views.sort_by_cached_key(|view| (fold(&view.name), view.id));
    Ok(views)
}
