//! Definitions that name others: sections name fields, and fields are of a kind.

use std::{
    collections::{HashMap, HashSet},
    ops::ControlFlow,
};

use crate::{
    domain::{
        KindId, Lookup, Record, RecordId,
        define::{field, kind, section},
        view,
    },
    error::{Error, Result},
    store::{Reader, RecordChange, journal::Residence},
    text::said,
};

/// Refuses to take a field away that a section of a form names, and a kind for good whose fields stay.
pub(in crate::commit) fn by_definitions(
    reader: &Reader<'_>,
    leaving: &[&RecordChange],
    changes: &[RecordChange],
) -> Result<()> {
    let kinds_for_good = |change: &&&RecordChange| change.id.kind == kind::ID && change.after.is_none();
    let fields = |change: &&&RecordChange| change.id.kind == field::ID && change.live_before().is_some();
    let (mut fields_of, mut links_to) = (HashMap::<String, RecordId>::new(), HashMap::<String, RecordId>::new());
    if leaving.iter().any(|change| kinds_for_good(&change)) {
        // A field in the trash may come back, and would be of another kind that has the noun by then, or lead to it.
        let mut note = |id: RecordId, it: &Record| {
            fields_of.extend(it.get(field::OF).map(|of| (of.to_owned(), id)));
            links_to.extend(it.get(field::TO).map(|to| (to.to_owned(), id)));
        };
        left_in(Residence::Live, (reader, changes), field::ID, &mut note)?;
        left_in(Residence::Trash, (reader, changes), field::ID, &mut note)?;
    }
    let mut named_by: HashMap<(String, String), RecordId> = HashMap::new();
    if leaving.iter().any(|change| fields(&change)) {
        left_in(Residence::Live, (reader, changes), section::ID, &mut |id, it| {
            let of = it.get(section::OF).unwrap_or_default();
            let names = view::texts(it.get(section::OF_FIELDS)).into_iter();
            named_by.extend(names.map(|name| ((of.to_owned(), name.to_owned()), id)));
        })?;
    }
    for change in leaving.iter().filter(kinds_for_good) {
        let noun = change.before.as_ref().and_then(|before| before.record.get(kind::NAME));
        if let Some(of) = noun.and_then(|noun| fields_of.get(noun)) {
            return Err(Error::conflict(said!("{of} is a field of it", "{of} 是它的字段"))
                .at(change.id)
                .hint(said!("purge the fields of the kind first", "请先彻底删除该类别的字段")));
        }
        if let Some(link) = noun.and_then(|noun| links_to.get(noun)) {
            return Err(Error::conflict(said!("{link} links to it", "{link} 关联到它"))
                .at(change.id)
                .hint(said!("crm field purge {link} first", "请先 crm field purge {link}")));
        }
    }
    for change in leaving.iter().filter(fields) {
        let Some(before) = change.live_before() else { continue };
        let (Some(of), Some(code)) = (before.get(field::OF), before.get(field::CODE)) else { continue };
        // Without its record a field of the program is as it was.
        if !field::is_own(before) {
            continue;
        }
        if let Some(by) = named_by.get(&(of.to_owned(), code.to_owned())) {
            return Err(Error::conflict(said!("{by} names it", "{by} 引用了它")).at(change.id).hint(said!(
                "crm show {by} shows where; take it out there first",
                "crm show {by} 可查看；请先在那里去掉"
            )));
        }
    }
    Ok(())
}

/// Visits the definitions of a kind that are in use after a step, or lie in the trash.
fn left_in(
    place: Residence,
    (reader, changes): (&Reader<'_>, &[RecordChange]),
    kind: KindId,
    visit: &mut dyn FnMut(RecordId, &Record),
) -> Result<()> {
    let changed: HashSet<RecordId> = changes.iter().map(|change| change.id).collect();
    let mut unchanged = |num: u64, record: &Record| {
        let id = RecordId::new(kind, num);
        if !changed.contains(&id) {
            visit(id, record);
        }
        ControlFlow::Continue(())
    };
    match place {
        Residence::Live => reader.each(kind, &mut unchanged)?,
        Residence::Trash => reader.each_trashed(kind, &mut unchanged)?,
    }
    for change in changes.iter().filter(|change| change.id.kind == kind) {
        if let Some(after) = change.after.as_ref().filter(|after| after.place == place) {
            visit(change.id, &after.record);
        }
    }
    Ok(())
}
