//! `changes`: what changed since, by whom; and the list of steps for `undo --list`.

use std::borrow::Cow;

use super::{
    Context,
    args::{Arg, One, Words},
    globals::{LIMIT, OFFSET},
    op::{Answer, Ask, Noun, Op, Run, Show, narrowed},
};
use crate::{
    domain::{
        FieldDef, Instant, RecordId, common, user,
        words::{WordsError, when},
    },
    error::{Error, Result},
    query::{
        grid::{Cell, Column, Grid},
        names::Names,
    },
    store::{
        Reader, Store,
        journal::{Change, Deed, Entry, Place, What},
        visit_changes,
    },
    text::{Said, said},
};

const SINCE: Arg<One> = Arg::value("since", "From when on, in words", "起始时间").hyphens();

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "changes",
    en: "What changed since an instant, by whom, oldest first",
    zh: "自某时刻以来的更改，最早在前",
    examples: &["changes --since yesterday", "changes --since -2h -o jsonl"],
    args: &[SINCE.def],
    run: Run::Ask(changes),
};

fn changes(ask: &Ask<'_>, show: &mut dyn Show) -> Result<()> {
    let since = match ask.words.one(SINCE) {
        Some(words) => instant(ask.context, words)?,
        None => {
            return Err(
                Error::usage(said!("Since when?", "从什么时候起？")).hint(Said::same("crm changes --since yesterday"))
            );
        }
    };
    let reader = ask.reader;
    let columns = vec![
        Column::new("seq", "Step", "步骤").numbers(),
        Column::new("at", "When", "时间"),
        Column::new("by", "By", "操作人"),
        Column::new("id", "Record", "记录"),
        Column::new("name", "Name", "名称"),
        Column::new("what", "What", "更改"),
        Column::new("fields", "Fields", "字段"),
        Column::new("words", "Words", "命令"),
    ];
    let first = first_since(&reader, since)?;
    let names = ask.names;
    let rows = Box::new(move |sink: &mut crate::query::grid::Sink<'_>| {
        for seq in first..=reader.seq()? {
            let Some(entry) = reader.entry(seq)? else { continue };
            let mut rows = Vec::new();
            visit_changes(reader.raw(), seq, &mut |kind, change| {
                let last = match change.what {
                    What::Made { last, .. } => last,
                    _ => change.num,
                };
                rows.extend(
                    (change.num..=last).map(|num| (RecordId::new(kind, num), what(&change), fields(kind, &change))),
                );
                std::ops::ControlFlow::Continue(())
            })?;
            for (id, what, fields) in rows {
                let name = names.of(id)?;
                let row = [
                    Cell::Number(seq as i64),
                    at_cell(entry.at),
                    Cell::Link(RecordId::new(user::ID, entry.by), names.of(RecordId::new(user::ID, entry.by))?.into()),
                    Cell::Id(id),
                    Cell::Text(name.into()),
                    Cell::Text(what.into()),
                    Cell::Text(fields.into()),
                    Cell::Text(entry.words.as_str().into()),
                ];
                if sink(&row)?.is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    });
    let grid = Grid { root: "changes", kind: None, columns, rows, parts: None, names };
    show.show(Answer::Grid(narrowed(grid, ask.words)?))
}

/// The instant that words mean; a day begins at its midnight.
///
/// # Errors
/// `Usage` where the words mean none: they are those of an option.
pub fn instant(context: &Context, words: &str) -> Result<Instant> {
    let when = when::parse(words, context.now.utc(), context.tz, context.settings.week_start);
    let when = when.map_err(WordsError::usage)?;
    Ok(Instant::from(when.start(context.tz)))
}

/// The first step that is not before an instant; entries stand in the order of time.
fn first_since(reader: &Reader<'_>, since: Instant) -> Result<u64> {
    let (mut low, mut high) = (1, reader.seq()? + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        if reader.entry(middle)?.is_some_and(|entry| entry.at < since.0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

fn what(change: &Change<'_>) -> &'static str {
    match &change.what {
        What::Made { .. } => "created",
        What::Unmade { .. } => "removed",
        What::Purged => "purged",
        What::Changed { from: Place::Live, to: Place::Trash, .. } => "trashed",
        What::Changed { from: Place::Trash, to: Place::Live, .. } => "restored",
        What::Changed { .. } => "changed",
    }
}

fn fields(kind: crate::domain::KindId, change: &Change<'_>) -> String {
    let What::Changed { fields, .. } = &change.what else { return String::new() };
    let kind = kind.kind();
    let codes = fields.iter().filter(|field| !common::is_stamp(field.tag));
    let codes = codes.filter_map(|field| kind.and_then(|kind| kind.field_by_tag(field.tag)).map(|def| def.code));
    codes.collect::<Vec<_>>().join(",")
}

/// An instant as a cell: of the field that every record has for it.
pub fn at_cell<'c>(at: i64) -> Cell<'c> {
    let mut stored = Vec::new();
    crate::domain::bytes::put(&mut stored, &crate::domain::Value::Instant(Instant(at)));
    const CREATED: &FieldDef = &common::CREATED.def();
    Cell::Field(CREATED, Cow::Owned(stored))
}

/// The latest steps of the user, newest first, with which of them stand.
///
/// # Errors
/// What the store or the output says.
pub fn steps(store: &Store, context: &Context, words: &Words, show: &mut dyn Show) -> Result<()> {
    let limit = words.number(LIMIT)?.unwrap_or(usize::MAX);
    let wanted = limit.saturating_add(words.number(OFFSET)?.unwrap_or(0));
    let snapshot = store.snapshot()?;
    let reader = Reader::new(&*snapshot);
    let names = Names::new(reader, context.lang);
    let mut settled: Vec<(u64, bool)> = Vec::new();
    let mut rows = Vec::new();
    for seq in (1..=reader.seq()?).rev() {
        let Some(entry) = reader.entry(seq)?.filter(|entry| Some(entry.by) == context.user) else { continue };
        let state = match entry.deed {
            Deed::Setup => continue,
            Deed::Undo(of) | Deed::Redo(of) => {
                // The latest word on a step is the one that counts.
                if settled.iter().all(|(step, _)| *step != of) {
                    settled.push((of, matches!(entry.deed, Deed::Undo(_))));
                }
                continue;
            }
            Deed::Purge => "purged",
            Deed::Do if settled.contains(&(seq, true)) => "undone",
            Deed::Do => "",
        };
        rows.push(step_row(seq, &entry, state));
        if rows.len() == wanted {
            break;
        }
    }
    let columns = vec![
        Column::new("seq", "Step", "步骤").numbers(),
        Column::new("at", "When", "时间"),
        Column::new("records", "Records", "记录数").numbers(),
        Column::new("state", "State", "状态"),
        Column::new("words", "Words", "命令"),
    ];
    show.show(Answer::Grid(narrowed(Grid::of_rows("steps", columns, rows, &names), words)?))
}

fn step_row(seq: u64, entry: &Entry, state: &'static str) -> Vec<Cell<'static>> {
    let tally = entry.tally;
    let records = tally.created + tally.changed + tally.removed;
    vec![
        Cell::Number(seq as i64),
        at_cell(entry.at),
        Cell::Number(records as i64),
        Cell::Text(state.into()),
        Cell::Text(entry.words.clone().into()),
    ]
}
