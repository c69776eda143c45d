//! What forms ask of the store, answered on the store's thread.

use crate::{
    command::run,
    commit::Context,
    domain::{Kind, Record, RecordId, Type, customer, print, stage, user},
    error::{Error, Failed, Result},
    grammar::{self, Request},
    query::{
        duplicates::twins,
        filter::Filter,
        find,
        names::Names,
        resolve,
        select::{Order, Query},
    },
    store::{Reader, Store},
    text::{narrow, said, scrub},
    tui::picker::Choice,
};

use super::{
    conflict::FieldText,
    draft::Draft,
    known::known,
    protocol::{RecordQuery, TrialRequest, TrialResult},
    state::{Entry, Form, LikelyDuplicate},
};

/// What a field holds, as a text that reads back as the same, and what the record is called that it names.
fn text_of(names: &Names<'_>, entry: &Entry, record: &Record, context: &Context) -> Result<(String, String)> {
    let def = &entry.slot.def;
    let Some(stored) = record.row().raw(def.tag) else { return Ok(Default::default()) };
    let (mut text, mut called, mut failed) = (String::new(), String::new(), Failed::default());
    print::plain(&mut text, def, stored, context.tz, &mut |def, num, out| {
        let Some(kind) = names.reader().schema().target(def) else { return };
        let id = RecordId::new(kind.id, num);
        out.push_str(&id.to_string());
        let name = failed.keep(names.of(id)).map(|name| scrub(&name).into_owned());
        if !called.is_empty() {
            called.push_str(", ");
        }
        called.extend(name);
    });
    failed.end()?;
    Ok((text, called))
}

/// Fills a form that was just made with what the store holds.
///
/// # Errors
/// Where a record is gone; what the store says.
pub fn fill(reader: Reader<'_>, context: &Context, form: &mut Form) -> Result<()> {
    let names = Names::new(reader, context.lang);
    let ids: Vec<RecordId> = form.ask.ids().collect();
    let mut records = Vec::with_capacity(ids.len());
    for id in &ids {
        let held = reader.held(*id)?;
        records.push(held.ok_or_else(|| Error::not_found(said!("{id} is gone", "{id} 已不存在")))?.record);
    }
    for entry in &mut form.entries {
        let holds = entry.slot.held;
        let Some((first, rest)) = records.split_first().filter(|_| holds) else { continue };
        let (text, called) = text_of(&names, entry, first, context)?;
        let raw = |record: &Record| record.row().raw(entry.slot.def.tag).map(<[u8]>::to_vec);
        if rest.iter().all(|record| raw(record) == raw(first)) {
            entry.begin(&text, &called);
        } else {
            entry.default = context.lang.pick("various", "各不相同").to_owned();
        }
    }
    if let ([id], [record]) = (ids.as_slice(), records.as_slice()) {
        if form.ask.edits {
            form.version = record.get(crate::domain::common::VERSION);
        } else if form.kind().is_some() {
            link_to(&names, form, *id, record)?;
        }
        let name = scrub(&names.of(*id)?).into_owned();
        form.title = format!("{} · {name}", form.title);
    }
    if let Some(kind) = form.kind().or_else(|| ids.first().and_then(|id| reader.schema().kind(id.kind))) {
        for entry in &mut form.entries {
            entry.known = known(&reader, kind, &entry.slot.def, context.lang)?;
        }
    }
    let given = form.ask.given.clone();
    for (code, text) in given {
        if let Some(entry) = form.field_mut(&code) {
            entry.put(&text, "");
        }
    }
    form.judge_all();
    Ok(())
}

/// A new record points to the one that it is added to, or else to the customer of that one.
fn link_to(names: &Names<'_>, form: &mut Form, to: RecordId, record: &Record) -> Result<()> {
    let schema = names.reader().schema();
    let link = |form: &mut Form, id: RecordId| -> Result<bool> {
        let noun = schema.kind(id.kind).map_or("", |kind| kind.noun);
        let Some(entry) = form.field_mut(noun).filter(|entry| entry.slot.def.target == Some(noun)) else {
            return Ok(false);
        };
        let called = scrub(&names.of(id)?).into_owned();
        entry.put(&id.to_string(), &called);
        entry.base = Some(id.to_string());
        Ok(true)
    };
    if link(form, to)? {
        return Ok(());
    }
    let customer = schema.kind(to.kind).and_then(|kind| kind.field("customer"));
    let customer = customer.and_then(|def| record.row().raw(def.tag)).and_then(crate::domain::bytes::unsigned);
    if let Some(num) = customer {
        link(form, RecordId::new(customer::ID, num))?;
    }
    Ok(())
}

/// Tries the words of a form without writing anything.
pub fn attempt(store: &Store, context: &Context, wanted: &TrialRequest) -> Result<TrialResult> {
    let mut tried = TrialResult::default();
    let (op, kind, rest) = match grammar::request(store.snapshot()?.schema(), wanted.words.clone())? {
        Request::Run(op, kind, rest) => (op, kind, rest),
        Request::Help(_) | Request::Version | Request::Bare(_) => return Ok(tried),
    };
    let words = grammar::parse(op, kind, &rest)?;
    let (changes, about) = match run::attempt(&[(op, words)], store, context) {
        Ok(tried) => tried,
        Err(error) => {
            tried.refused = Some(error);
            return Ok(tried);
        }
    };
    tried.changes = changes.len();
    let snapshot = store.snapshot()?;
    let reader = snapshot.reader();
    let names = Names::new(reader, context.lang);
    let made = about.first().and_then(|id| changes.iter().find(|change| change.id == *id));
    let Some((change, after)) = made.and_then(|change| Some((change, change.live_after()?))) else { return Ok(tried) };
    if change.before.is_none() {
        for (def, code) in &wanted.empty {
            let Some(stored) = after.row().raw(def.tag) else { continue };
            let mut out = String::new();
            let view = print::View { lang: context.lang, tz: context.tz, now: context.now, relative: false };
            print::human(&mut out, def, stored, &view, &mut |def, num, out| {
                let target = reader.schema().target(def).map(|kind| RecordId::new(kind.id, num));
                // A name that cannot be read is no reason not to show the other defaults.
                out.push_str(&target.and_then(|id| names.of(id).ok()).unwrap_or_default());
            });
            tried.defaults.push((code.clone(), scrub(&out).into_owned()));
        }
    }
    if wanted.alike {
        let kind = reader.schema().kind_of(change.id)?;
        let except = change.before.is_some().then_some(change.id);
        for twin in twins(&reader, kind, after, except)? {
            let name = scrub(&names.of(twin.id)?).into_owned();
            tried.alike.push(LikelyDuplicate { id: twin.id, name, why: twin.field.label(context.lang) });
        }
    }
    Ok(tried)
}

/// What a record holds now, and its version, to be compared with a form.
///
/// # Errors
/// Where it is gone; what the store says.
pub fn compare(reader: Reader<'_>, context: &Context, form: &Form) -> Result<(i64, Vec<FieldText>)> {
    let names = Names::new(reader, context.lang);
    let id = form.ask.ids().next().ok_or_else(|| Error::not_found(said!("There is no record here", "此处没有记录")))?;
    let record = reader.held(id)?.ok_or_else(|| Error::not_found(said!("{id} is gone", "{id} 已不存在")))?.record;
    let version = record.get(crate::domain::common::VERSION).unwrap_or_default();
    let held = form.entries.iter().filter(|entry| entry.slot.held).map(|entry| {
        let (text, called) = text_of(&names, entry, &record, context)?;
        Ok((entry.slot.code().to_owned(), text, called))
    });
    Ok((version, held.collect::<Result<_>>()?))
}

/// So many records are offered for a link.
const OFFERED: usize = 20;

/// The records that a link may point to, the likeliest first: as `find` ranks them where something is typed, else the
/// newest.
///
/// # Errors
/// What the store says.
pub fn look(reader: Reader<'_>, context: &Context, looked: &RecordQuery) -> Result<Vec<Choice>> {
    let names = Names::new(reader, context.lang);
    let source = &looked.source;
    let Some(kind) = reader.schema().named(&source.noun) else { return Ok(Vec::new()) };
    let typed = looked.typed.trim();
    if let Some(id) = RecordId::parse(typed, None).filter(|id| id.kind == kind.id)
        && reader.held(id)?.is_some()
    {
        return Ok(vec![choice(&names, id)?]);
    }
    let asking = context.asking(reader);
    let all = resolve::read(&source.filter, kind, &asking)?;
    let mut filters = vec![all.clone()];
    if !source.first.is_empty() {
        filters.insert(0, all.and(resolve::read(&source.first, kind, &asking)?));
    }
    let mut numbers = Vec::new();
    for filter in &filters {
        let found = likeliest(&reader, filter, typed)?;
        numbers.extend(found.into_iter().filter(|num| !numbers.contains(num)).collect::<Vec<_>>());
    }
    let of = |num| choice(&names, RecordId::new(kind.id, num));
    let found = numbers.into_iter().map(of).collect::<Result<Vec<_>>>()?;
    let mut found: Vec<_> = found.into_iter().map(|choice| (narrow(typed, &choice.label), choice)).collect();
    if is_small(kind) && !typed.is_empty() {
        // The names of stages are read in both languages, which no record holds; people are known by their logins too.
        for (fit, choice) in &mut found {
            *fit = fit.iter().copied().chain(narrow(typed, &choice.note)).min();
        }
        found.retain(|(fit, _)| fit.is_some());
        found.sort_by_key(|(fit, _)| *fit);
    }
    Ok(found.into_iter().map(|(_, choice)| choice).take(OFFERED).collect())
}

/// Whether there are so few records of a kind that all are compared with what is typed.
fn is_small(kind: &Kind) -> bool {
    [stage::ID, user::ID].contains(&kind.id)
}

fn likeliest(reader: &Reader<'_>, filter: &Filter, typed: &str) -> Result<Vec<u64>> {
    let kind = filter.kind();
    let words: Vec<&str> = typed.split_whitespace().collect();
    if is_small(kind) || words.is_empty() {
        let order = if kind.id == stage::ID { "order" } else { "-id" };
        let sort = vec![Order::parse(order, kind, reader.schema())?];
        // Of few records all are compared with what is typed.
        let limit = (!is_small(kind) || words.is_empty()).then_some(OFFERED);
        return Query { sort, limit, ..Query::new(filter.clone()) }.numbers(reader);
    }
    find::narrow(reader, filter, &words)?.best(OFFERED)
}

fn choice(names: &Names<'_>, id: RecordId) -> Result<Choice> {
    let reader = names.reader();
    let link = |kind: &Kind, code: &str| -> Result<Option<String>> {
        let Some(def) = kind.field(code) else { return Ok(None) };
        let stored = reader.with_row(id, |row| row.raw(def.tag).map(<[u8]>::to_vec))?.flatten();
        let target = reader.schema().target(def);
        match (target, stored, def.ty) {
            (Some(target), Some(stored), _) => {
                let num = crate::domain::bytes::unsigned(&stored).unwrap_or_default();
                names.of(RecordId::new(target.id, num)).map(Some)
            }
            (None, Some(stored), Type::Text) => Ok(Some(String::from_utf8_lossy(&stored).into_owned())),
            _ => Ok(None),
        }
    };
    let kind = reader.schema().kind_of(id)?;
    let about = match id.kind {
        customer::ID => link(kind, "city")?,
        user::ID => link(kind, "login")?,
        _ => link(kind, "customer")?,
    };
    let name = scrub(&names.of(id)?).into_owned();
    let mut note = scrub(&about.unwrap_or_default()).into_owned();
    if !matches!(id.kind, user::ID | stage::ID) {
        note = if note.is_empty() { id.to_string() } else { format!("{note} · {id}") };
    }
    Ok(Choice::new(id.to_string(), name).note(note))
}

/// A form as a draft left it: with what was put into it, on the version that it was begun on.
pub fn restored(form: &mut Form, draft: &Draft) {
    for (code, text, called) in &draft.texts {
        if let Some(entry) = form.field_mut(code) {
            entry.put(text, called);
            // Only what a record holds is compared with what it held.
            if entry.slot.held && draft.version.is_some() {
                entry.base = draft.bases.iter().find(|(of, _)| of == code).map(|(_, base)| base.clone());
            }
        }
    }
    if draft.version.is_some() {
        form.version = draft.version;
    }
    form.outside.clone_from(&draft.outside);
    form.at = form.entries.iter().position(|entry| entry.slot.code() == draft.field).unwrap_or(0);
    form.judge_all();
}
