//! Saved views: what they ask for must have a meaning after the step too.

use crate::{
    commit::Context,
    domain::Schema,
    error::{Error, Result},
    query::{
        count::GroupBy,
        field_path::FieldPath,
        resolve::{self, NamedRecords},
        select::Order,
        views::{self, SavedView},
    },
    store::{Reader, RecordChange},
    text::said,
};

/// Refuses a step that leaves a saved view with names that nothing has any more.
pub(in crate::commit) fn by_views(
    reader: &Reader<'_>,
    context: &Context,
    after: &'static Schema,
    changes: &[RecordChange],
) -> Result<()> {
    let later = Reader::within(reader.raw(), after);
    for saved in views::all(reader)? {
        let stays = changes.iter().all(|change| change.id != saved.id);
        if stays && is_understood(reader, context, &saved) && !is_understood(&later, context, &saved) {
            let name = crate::text::scrub(&saved.name);
            return Err(Error::conflict(said!(
                ("The view '{name}' ({}) asks for what would be gone", saved.id),
                ("视图“{name}”（{}）用到将被删除的内容", saved.id)
            ))
            .hint(said!("change or remove the view first", "请先更改或删除该视图")));
        }
    }
    Ok(())
}

/// Whether what a view says has a meaning.
fn is_understood(reader: &Reader<'_>, context: &Context, saved: &SavedView) -> bool {
    let schema = reader.schema();
    let Some(kind) = saved.kind.and_then(|kind| schema.kind(kind.id)) else { return false };
    let asking = context.asking(*reader);
    let filter = || resolve::canonical(&saved.filter, kind, &asking, &saved.name, NamedRecords::MayCome).is_ok();
    (saved.is_static || filter())
        && saved.columns.iter().all(|column| FieldPath::parse(column, kind, schema).is_ok())
        && saved.sort.iter().all(|sort| Order::parse(sort, kind, schema).is_ok())
        && saved.by.iter().all(|by| GroupBy::parse(by, kind, schema).is_ok())
}
