//! `changes`: what changed since, by whom; and the list of steps for `undo --list`.

use std::{borrow::Cow, ops::ControlFlow};

use crate::{
    command::{
        args::{Arg, One, Words},
        global_options::{COLUMNS, LIMIT, OFFSET},
        op::{Answer, Invocation, Noun, Op, Run, Show},
        owner_scope::spoken,
        row_options::narrowed,
    },
    commit::Context,
    domain::{
        FieldDef, Instant, Kind, RecordId, common, user,
        words::{period, when},
    },
    error::{Error, Failed, Result},
    query::{
        grid::{Cell, Column, Edit, Grid, Sink},
        names::Names,
    },
    store::{
        Reader, Store, first_since,
        journal::{Change, ChangeType, Entry, Residence, StepType},
        visit_changes,
    },
    text::said,
};

const SINCE: Arg<One> = Arg::value("since", "From when on, in words", "起始时间").hyphens().needed();

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "changes",
    also: "变更",
    en: "What changed since an instant, by whom, in the order in which it was done",
    zh: "列出某一时刻以来的更改，按先后顺序",
    examples: &["changes --since yesterday", "changes --since -2h -o jsonl"],
    args: &[SINCE.def, LIMIT.def, OFFSET.def],
    run: Run::Ask(changes),
};

fn changes(ask: &Invocation<'_>, show: &mut dyn Show) -> Result<()> {
    let since = match ask.words.one(SINCE) {
        Some(words) => instant(ask.context, words)?,
        None => {
            return Err(Error::usage(said!("Since when?", "未指定起始时间"))
                .hint(said!("crm changes --since yesterday", "crm changes --since 昨天")));
        }
    };
    let (reader, names) = (ask.reader, ask.names);
    let columns = vec![
        Column::new("seq", "Step", "步骤").numbers(),
        Column::new("at", "When", "时间"),
        Column::new("by", "By", "操作人"),
        Column::new("words", "Words", "命令"),
        Column::new("id", "Record", "记录"),
        Column::new("kind", "Kind", "类别"),
        Column::new("name", "Name", "名称"),
        Column::new("what", "What", "更改"),
        Column::new("fields", "Fields", "字段"),
    ];
    let first = first_since(&reader, since)?;
    let rows = Box::new(move |sink: &mut Sink<'_>| {
        for seq in first..=reader.seq()? {
            let Some(entry) = reader.entry(seq)?.filter(|entry| entry.at >= since.0) else { continue };
            if step(&reader, names, seq, &entry, sink)?.is_break() {
                break;
            }
        }
        Ok(())
    });
    let grid = Grid { root: "changes", columns, rows, parts: None, names };
    // A person reads the names of records and has the command at the end; a script gets what the journal says.
    let grid = match (ask.words.one(COLUMNS), show.is_for_people()) {
        (Some(_), _) => grid,
        (None, true) => grid.only(&["seq", "at", "by", "id", "name", "what", "fields", "words"])?,
        (None, false) => grid.only(&["seq", "at", "by", "words", "id", "kind", "what", "fields"])?,
    };
    show.show(Answer::Grid(narrowed(grid, ask.words, show)?))
}

/// Gives a row for each record that a step changed, as the journal is read.
fn step(
    reader: &Reader<'_>,
    names: &Names<'_>,
    seq: u64,
    entry: &Entry,
    sink: &mut Sink<'_>,
) -> Result<ControlFlow<()>> {
    let by = RecordId::new(user::ID, entry.by);
    let by = Cell::Link(by, names.of(by)?.into());
    let words = spoken(entry.words.clone());
    let (mut failed, mut flow) = (Failed::default(), ControlFlow::Continue(()));
    visit_changes(reader.raw(), seq, &mut |kind, change| {
        let (what, edits) = (what(entry.deed, &change), edits(reader.schema().kind(kind), &change));
        let noun = reader.schema().kind(kind).map_or(Cell::Empty, |kind| Cell::coded(kind.noun, kind.zh));
        for num in change.numbers() {
            let id = RecordId::new(kind, num);
            let mut row = || {
                sink(&[
                    Cell::Number(seq as i64),
                    at_cell(entry.at),
                    by.clone(),
                    words.clone(),
                    Cell::Id(id),
                    noun.clone(),
                    Cell::Text(names.of(id)?.into()),
                    what.clone(),
                    Cell::Edits(edits.clone()),
                ])
            };
            flow = failed.flow(row());
            if flow.is_break() {
                break;
            }
        }
        flow
    })?;
    failed.end()?;
    Ok(flow)
}

/// The instant that words mean; a day begins at its midnight, a month with its first day.
///
/// # Errors
/// `Usage` where the words mean none: they are those of an option.
pub fn instant(context: &Context, words: &str) -> Result<Instant> {
    let start = period::start(words, context.now.utc(), context.tz, context.settings.week_start);
    start.map(Instant::from).map_err(|error| error.or_hint(when::any_date()).usage())
}

fn what(deed: StepType, change: &Change<'_>) -> Cell<'static> {
    match &change.what {
        // A purge blanks what earlier steps hold of the record; its own entry says when it was.
        ChangeType::Purged if deed != StepType::Purge => {
            let (en, zh) = ("changed (content purged)".into(), "修改（内容已彻底删除）".into());
            Cell::Words { code: "changed".into(), en, zh }
        }
        ChangeType::Made { .. } => Cell::coded("created", "新建"),
        ChangeType::Unmade { .. } => Cell::coded("removed", "撤销"),
        ChangeType::Purged => Cell::coded("purged", "彻底删除"),
        ChangeType::Changed { from: Residence::Live, to: Residence::Trash, .. } => Cell::coded("trashed", "移入回收站"),
        ChangeType::Changed { from: Residence::Trash, to: Residence::Live, .. } => Cell::coded("restored", "恢复"),
        ChangeType::Changed { .. } => Cell::coded("changed", "修改"),
    }
}

/// The fields that a change wrote, without those that the program keeps about every change. Of what was made, and of
/// what is gone, the journal keeps no values.
fn edits(kind: Option<&Kind>, change: &Change<'_>) -> Vec<Edit> {
    let (ChangeType::Changed { fields, .. }, Some(kind)) = (&change.what, kind) else { return Vec::new() };
    let side = |side: &Option<Cow<'_, [u8]>>| side.as_deref().map(<[u8]>::to_vec);
    let written = fields.iter().filter(|field| !common::is_stamp(field.tag));
    written.filter_map(|field| Some((kind.ever_by_tag(field.tag)?, side(&field.old), side(&field.new)))).collect()
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
    let reader = snapshot.reader();
    let names = Names::new(reader, context.lang);
    let mut settled: Vec<(u64, bool)> = Vec::new();
    let mut rows = Vec::new();
    for seq in (1..=reader.seq()?).rev() {
        let Some(entry) = reader.entry(seq)?.filter(|entry| Some(entry.by) == context.user) else { continue };
        let state = match entry.deed {
            StepType::Setup => continue,
            StepType::Undo(of) | StepType::Redo(of) => {
                // The latest word on a step is the one that counts.
                if settled.iter().all(|(step, _)| *step != of) {
                    settled.push((of, matches!(entry.deed, StepType::Undo(_))));
                }
                continue;
            }
            StepType::Purge => Cell::coded("purged", "已彻底删除"),
            StepType::Do if settled.contains(&(seq, true)) => Cell::coded("undone", "已撤销"),
            StepType::Do => Cell::coded("", ""),
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
    show.show(Answer::Grid(narrowed(Grid::of_rows("steps", columns, rows, &names), words, show)?))
}

fn step_row(seq: u64, entry: &Entry, state: Cell<'static>) -> Vec<Cell<'static>> {
    let tally = entry.tally;
    let records = tally.created + tally.changed + tally.removed;
    vec![Cell::Number(seq as i64), at_cell(entry.at), Cell::Number(records as i64), state, spoken(entry.words.clone())]
}
