//! Who changed what, when, from what to what.

use crate::{
    domain::{
        FieldDef, Instant, Kind, Record, RecordId, bytes::put, common::is_stamp, field::Field, types::Moment, user,
        value::Value,
    },
    error::Result,
    store::{
        Reader, differing,
        journal::{ChangeType, Residence, StepType},
    },
};

use crate::query::{
    as_of::{HistoryWalk, RecordStep},
    grid::{Cell, Column, Edit, Grid},
    names::Names,
};

/// What a step did to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepEffect {
    /// Made it, or brought it back from nothing.
    Added,
    /// Changed fields.
    Changed,
    /// Put it into the trash.
    Trashed,
    /// Took it out of the trash.
    Restored,
    /// Took back its making.
    Removed,
    /// Removed it for good.
    Purged,
    /// Changed, moved or removed it; what that was has been purged since.
    ChangedThenPurged,
}

impl StepEffect {
    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed | Self::ChangedThenPurged => "changed",
            Self::Trashed => "trashed",
            Self::Restored => "restored",
            Self::Removed => "removed",
            Self::Purged => "purged",
        }
    }

    /// What people call it, in English and Chinese.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Added => ("added", "新建"),
            Self::Changed => ("changed", "修改"),
            Self::Trashed => ("moved to the trash", "移入回收站"),
            Self::Restored => ("restored", "恢复"),
            Self::Removed => ("undone", "撤销"),
            Self::Purged => ("purged", "彻底删除"),
            Self::ChangedThenPurged => ("changed (content purged)", "修改（内容已彻底删除）"),
        }
    }
}

/// A step in the history of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    /// The sequence number of the step.
    pub seq: u64,
    /// When it was.
    pub at: Instant,
    /// Who did it.
    pub by: RecordId,
    /// The words of the command.
    pub words: String,
    /// What kind of step it was: `Undo` and `Redo` name the step that they took back or repeated.
    pub deed: StepType,
    /// What it did.
    pub what: StepEffect,
    /// The fields that it wrote, without those that the program keeps about every change.
    pub fields: Vec<Edit>,
}

/// The history of a record, oldest step first; empty where there never was such a record.
pub fn history(reader: Reader<'_>, id: RecordId) -> Result<Vec<HistoryLine>> {
    Ok(newest(reader, id, usize::MAX)?.0)
}

/// The last steps of a history, at most so many, oldest first; and whether these are all.
pub fn newest(reader: Reader<'_>, id: RecordId, most: usize) -> Result<(Vec<HistoryLine>, bool)> {
    let (kind, mut lines, mut all) = (reader.schema().kind(id.kind), Vec::new(), true);
    let Some(mut past) = HistoryWalk::new(reader, id)? else { return Ok((lines, all)) };
    while let Some(step) = past.step()? {
        if lines.len() >= most {
            all = false;
            break;
        }
        let after = past.state().cloned();
        past.undo(&step);
        lines.push(line(kind, &step, past.state(), after.as_ref()));
    }
    lines.reverse();
    Ok((lines, all))
}

fn line(
    kind: Option<&'static Kind>,
    step: &RecordStep,
    before: Option<&(Residence, Record)>,
    after: Option<&(Residence, Record)>,
) -> HistoryLine {
    let what = match &step.change.what {
        ChangeType::Made { .. } => StepEffect::Added,
        ChangeType::Unmade { .. } => StepEffect::Removed,
        // A purge blanks what earlier steps hold of the record; its own entry says when it was.
        ChangeType::Purged if step.entry.deed != StepType::Purge => StepEffect::ChangedThenPurged,
        ChangeType::Purged => StepEffect::Purged,
        ChangeType::Changed { from: Residence::Live, to: Residence::Trash, .. } => StepEffect::Trashed,
        ChangeType::Changed { from: Residence::Trash, to: Residence::Live, .. } => StepEffect::Restored,
        ChangeType::Changed { .. } => StepEffect::Changed,
    };
    let none = Record::new();
    let record = |state: Option<&(Residence, Record)>| state.map_or_else(|| none.clone(), |(_, record)| record.clone());
    let fields = match what {
        // All of it went; nothing was written.
        StepEffect::Removed | StepEffect::Purged | StepEffect::ChangedThenPurged => Vec::new(),
        _ => edits(kind, &record(before), &record(after)),
    };
    let by = RecordId::new(user::ID, step.entry.by);
    let words = step.entry.words.clone();
    HistoryLine { seq: step.seq, at: Instant(step.entry.at), by, words, deed: step.entry.deed, what, fields }
}

/// The fields of this version in which two states of a record differ.
fn edits(kind: Option<&'static Kind>, before: &Record, after: &Record) -> Vec<Edit> {
    let Some(kind) = kind else { return Vec::new() };
    let owned = |side: Option<std::borrow::Cow<'_, [u8]>>| side.map(std::borrow::Cow::into_owned);
    differing(before, after)
        .into_iter()
        .filter(|field| !is_stamp(field.tag))
        .filter_map(|field| Some((kind.ever_by_tag(field.tag)?, owned(field.old), owned(field.new))))
        // What the program keeps for itself follows from the rest.
        .filter(|(def, ..)| !def.kept)
        .collect()
}

static AT: FieldDef = Field::<Moment>::new(1, "at", "When", "时间").def();

/// A history as rows: one for each field of each step, one for a step that wrote none.
pub fn grid<'a>(lines: &[HistoryLine], names: &'a Names<'a>) -> Result<Grid<'a>> {
    let columns = vec![
        Column::of(&AT),
        Column::new("by", "By", "操作人"),
        Column::new("what", "What", "操作"),
        Column::new("field", "Field", "字段"),
        Column::new("from", "From", "原值"),
        Column::new("to", "To", "新值"),
    ];
    let mut rows = Vec::new();
    for line in lines {
        let mut at = Vec::new();
        put(&mut at, &Value::Instant(line.at));
        let by = match line.by.num {
            0 => Cell::Empty,
            _ => Cell::Link(line.by, names.of(line.by)?.into()),
        };
        let (en, zh) = line.what.words();
        let what = Cell::Words { code: line.what.code().into(), en: en.into(), zh: zh.into() };
        let start = [Cell::Field(&AT, at.into()), by, what];
        if line.fields.is_empty() {
            rows.push(start.iter().cloned().chain([Cell::Empty, Cell::Empty, Cell::Empty]).collect());
        }
        for (def, old, new) in &line.fields {
            let field = Cell::Words { code: def.code.into(), en: def.en.into(), zh: def.zh.into() };
            let side = |side: &Option<Vec<u8>>| match side {
                Some(bytes) => Cell::Field(def, bytes.clone().into()),
                None => Cell::Empty,
            };
            rows.push(start.iter().cloned().chain([field, side(old), side(new)]).collect());
        }
    }
    Ok(Grid::of_rows("history", columns, rows, names))
}
