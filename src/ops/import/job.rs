//! An import in two parts: reading the file, which is long and needs no store, and planning, which may be done again.

use csv::StringRecord;

use crate::{
    domain::{Record, RecordId, Row, bytes::put_unsigned, deal, decode as read_stored, stage, target_of},
    error::{Error, Result},
    ops::{Assign, Assignment, Context, Edit, Plan},
    store::Reader,
    text::{counted, said},
};

use super::{
    cell::Grammar,
    decode::{TextEncoding, decode},
    fault::{Fault, Faults},
    finder::kind_of,
    links::{Links, Lookup, Meaning, Stages},
    mapping::Mapping,
    options::ImportOptions,
    report::{ImportReport, listed},
    roles::{Role, roles},
    rows::{FileRow, FileRows},
    table::Table,
    texts::Texts,
};

/// A file that has been read, ready to be planned.
#[derive(Debug)]
pub struct ImportJob {
    options: ImportOptions,
    encoding: TextEncoding,
    delimiter: u8,
    mapping: Mapping,
    rows: FileRows,
    /// The file itself, where rejected rows will be wanted.
    table: Option<Table>,
}

impl ImportJob {
    /// Reads a file: everything that does not depend on the store. `progress` is told how many bytes of how many are
    /// done.
    ///
    /// # Errors
    /// `Usage` where an option names what the file or the kind does not have, `Invalid` where the file is no table.
    /// Wrong rows are no error yet.
    pub fn read(
        bytes: Vec<u8>,
        options: ImportOptions,
        context: &Context,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Self> {
        let (text, encoding) = decode(bytes)?;
        let table = Table::new(text)?;
        let mapping = Mapping::new(&table, &options)?;
        let grammar = Grammar {
            now: context.now,
            tz: context.tz,
            week_start: context.settings.week_start,
            currency: options.currency.unwrap_or(context.settings.currency),
            date_format: options.date_format.clone(),
        };
        let rows = FileRows::read(&table, &mapping, &options, &grammar, progress)?;
        let delimiter = table.delimiter;
        let table = options.skip_errors.then_some(table);
        Ok(Self { options, encoding, delimiter, mapping, rows, table })
    }

    /// Plans the import on what the store holds now. Where the store has moved on, it is planned again.
    ///
    /// # Errors
    /// `Invalid` where rows are wrong and errors are not skipped: nothing is to land then.
    pub fn plan(&self, reader: &Reader<'_>) -> Result<(Plan, ImportReport)> {
        let rows: Vec<FileRow<'_>> = self.rows.iter().collect();
        let mut draft = Draft::new(self, *reader, &rows)?;
        draft.check()?;
        draft.cascade();
        if draft.faults.rows > 0 && !self.options.skip_errors {
            return Err(self.refusal(&draft.faults));
        }
        let mut plan = Plan::new();
        plan.import = true;
        let mut report = self.report(draft.faults.clone());
        draft.made(&mut plan, &mut report)?;
        draft.edits(&mut plan, &mut report)?;
        Ok((plan, report))
    }

    /// The file, where errors are skipped.
    pub(super) fn table(&self) -> Option<&Table> {
        self.table.as_ref()
    }

    fn refusal(&self, faults: &Faults) -> Error {
        let be = if faults.rows == 1 { "is" } else { "are" };
        let (rows, list) = (counted(self.rows.seen, "row"), listed(&faults.listed, faults.rows));
        let (en, zh) = list.both();
        Error::invalid(said!(
            ("{} of {rows} {be} wrong, so nothing is imported:\n{en}", faults.rows),
            ("{} 行中有 {} 行有误，因此没有导入：\n{zh}", self.rows.seen, faults.rows)
        ))
        .hint(said!(
            "mend the file, or import the other rows with --skip-errors",
            "请修正文件，或用 --skip-errors 导入其余各行"
        ))
    }

    fn report(&self, faults: Faults) -> ImportReport {
        let mut warnings = Vec::new();
        if self.encoding.guessed {
            warnings.push(said!(
                "The file says nothing about its encoding; it was read as {}",
                "文件没有标明编码，已按 {} 读取",
                self.encoding.name
            ));
        }
        if self.rows.empty > 0 {
            warnings.push(said!(
                ("Empty and passed over: {}", counted(self.rows.empty, "row")),
                ("已跳过 {} 个空行", self.rows.empty)
            ));
        }
        ImportReport {
            kind: self.options.kind,
            rows: self.rows.seen,
            added: 0,
            updates: Vec::new(),
            rejected: faults.rows,
            faults: faults.listed,
            columns: self.mapping.columns.clone(),
            encoding: self.encoding,
            delimiter: char::from(self.delimiter),
            created_links: Vec::new(),
            warnings,
            first_added: 0,
            added_lines: Vec::new(),
        }
    }
}

/// A plan in the making.
struct Draft<'a> {
    job: &'a ImportJob,
    reader: Reader<'a>,
    rows: &'a [FileRow<'a>],
    roles: Vec<Role>,
    links: Links,
    stages: Stages<'a>,
    stage_texts: Option<&'a Texts>,
    faults: Faults,
    /// The ids of the records that links want made; none for those that no good row names.
    made: Vec<Option<RecordId>>,
    /// The number of the record of each row that adds one.
    nums: Vec<u64>,
}

impl<'a> Draft<'a> {
    fn new(job: &'a ImportJob, reader: Reader<'a>, rows: &'a [FileRow<'a>]) -> Result<Self> {
        let (kind, missing) = (job.options.kind, job.options.link_missing);
        let mut faults = job.rows.faults.clone();
        let all = job.options.skip_errors;
        let roles = roles(reader, kind, &job.mapping, rows, &mut |fault| faults.take(vec![fault], all))?;
        let links = Links::resolve(&job.rows, &Lookup { reader, rows, roles: &roles, kind, missing })?;
        let stage_texts = job.rows.texts.kinds().find(|(kind, _)| *kind == stage::ID).map(|(_, texts)| texts);
        let made = vec![None; links.made.len()];
        let stages = Stages::new(reader, missing)?;
        Ok(Self { job, reader, rows, roles, links, stages, stage_texts, faults, made, nums: Vec::new() })
    }

    /// The tag of a link of a row, and what it means.
    fn meaning(&mut self, at: usize, link: usize) -> Result<(u16, Meaning)> {
        let row = self.rows[at];
        let pending = row.links[link];
        let def = self.job.mapping.targets[usize::from(pending.target)].def;
        let Some(kind) = target_of(def) else { return Ok((def.tag, Meaning::Nothing)) };
        if kind.id != stage::ID {
            return Ok((def.tag, self.links.meaning(kind.id, pending.text).clone()));
        }
        let pipeline = self.pipeline(at)?;
        let text = self.stage_texts.map_or("", |texts| texts.get(pending.text));
        Ok((def.tag, self.stages.meaning(pipeline, pending.text, text)?))
    }

    /// The pipeline that a row names, or that its record is in.
    fn pipeline(&self, at: usize) -> Result<Option<u64>> {
        let row = self.rows[at];
        for link in row.links {
            let def = self.job.mapping.targets[usize::from(link.target)].def;
            if *def == deal::PIPELINE.def()
                && let Some(kind) = target_of(def)
                && let Meaning::Stored(num) = self.links.meaning(kind.id, link.text)
            {
                return Ok(Some(*num));
            }
        }
        match self.roles[at] {
            Role::Update(num) => {
                let id = RecordId::new(self.job.options.kind.id, num);
                Ok(self.reader.with_row(id, |row| row.get(deal::PIPELINE))?.flatten())
            }
            _ => Ok(None),
        }
    }

    /// Finds rows with links that lead nowhere and new records that lack what they need.
    fn check(&mut self) -> Result<()> {
        let required: Vec<_> = self.job.options.kind.all_fields().filter(|def| def.required).collect();
        let all = self.job.options.skip_errors;
        for at in 0..self.rows.len() {
            let (row, role) = (self.rows[at], self.roles[at]);
            if role == Role::Wrong {
                continue;
            }
            let mut faults = Vec::new();
            for link in 0..row.links.len() {
                if let (_, Meaning::Wrong(reason)) = self.meaning(at, link)? {
                    let def = self.job.mapping.targets[usize::from(row.links[link].target)].def;
                    faults.push(Fault { line: row.line, field: Some(def.code), reason: (*reason).clone() });
                }
            }
            for def in required.iter().filter(|_| role == Role::Add) {
                let linked =
                    || row.links.iter().any(|link| self.job.mapping.targets[usize::from(link.target)].def == *def);
                if row.fields.raw(def.tag).is_none() && !linked() {
                    let kind = self.job.options.kind;
                    let reason =
                        said!(("a {} needs it, and it is empty", kind.noun), ("{}必须有它，而它是空的", kind.zh));
                    faults.push(Fault { line: row.line, field: Some(def.code), reason });
                }
            }
            if !faults.is_empty() {
                self.roles[at] = Role::Wrong;
                self.faults.take(faults, all);
            }
        }
        Ok(())
    }

    /// A row that links to a wrong row, or changes what a wrong row was to make, is wrong too.
    fn cascade(&mut self) {
        let wrong = |roles: &[Role], at: u32| roles.get(at as usize).is_none_or(|role| *role == Role::Wrong);
        let mut again = self.faults.rows > 0;
        while again {
            again = false;
            for (at, row) in self.rows.iter().enumerate() {
                if self.roles[at] == Role::Wrong {
                    continue;
                }
                let targets = &self.job.mapping.targets;
                let lost = row.links.iter().find_map(|link| {
                    let def = targets[usize::from(link.target)].def;
                    match target_of(def).map(|kind| self.links.meaning(kind.id, link.text)) {
                        Some(Meaning::Row(other)) if wrong(&self.roles, *other) => Some((Some(def.code), *other)),
                        _ => None,
                    }
                });
                let lost = lost.or(match self.roles[at] {
                    Role::Again(first) if wrong(&self.roles, first) => Some((None, first)),
                    _ => None,
                });
                if let Some((field, other)) = lost {
                    let line = self.rows.get(other as usize).map_or(0, |row| row.line);
                    let reason = said!("line {line}, which it depends on, is wrong", "它依赖的第 {line} 行有误");
                    self.faults.take(vec![Fault { line: row.line, field, reason }], self.job.options.skip_errors);
                    self.roles[at] = Role::Wrong;
                    again = true;
                }
            }
        }
        self.faults.listed.sort_by_key(|fault| fault.line);
    }

    /// The records that links want made come first, so that their ids are known.
    fn made(&mut self, plan: &mut Plan, report: &mut ImportReport) -> Result<()> {
        if self.links.made.is_empty() {
            return Ok(());
        }
        let mut wanted = vec![false; self.links.made.len()];
        for (row, _) in self.rows.iter().zip(&self.roles).filter(|(_, role)| **role != Role::Wrong) {
            for link in row.links {
                let kind = target_of(self.job.mapping.targets[usize::from(link.target)].def);
                if let Some(Meaning::Made(at)) = kind.map(|kind| self.links.meaning(kind.id, link.text)) {
                    wanted[*at as usize] = true;
                }
            }
        }
        for (at, made) in self.links.made.iter().enumerate().filter(|(at, _)| wanted[*at]) {
            self.made[at] = Some(plan.add(&self.reader, made.kind, made.record.clone())?);
            let kind = kind_of(made.kind)?;
            match report.created_links.iter_mut().find(|(known, _)| known.id == kind.id) {
                Some((_, count)) => *count += 1,
                None => report.created_links.push((kind, 1)),
            }
        }
        Ok(())
    }

    /// The edits of all good rows, in the order of the file. A link to a row further down is set when that row's record
    /// is there.
    fn edits(&mut self, plan: &mut Plan, report: &mut ImportReport) -> Result<()> {
        let kind = self.job.options.kind;
        self.nums = vec![0; self.rows.len()];
        let mut adds = 0;
        for (at, _) in self.roles.iter().enumerate().filter(|(_, role)| **role == Role::Add) {
            self.nums[at] = plan.next_id(&self.reader, kind.id)?.num;
            report.added_lines.push(self.rows[at].line);
            adds += 1;
        }
        report.first_added = self.nums.iter().copied().find(|num| *num != 0).unwrap_or_default();
        report.added = adds;
        plan.edits.reserve_exact(self.rows.len());
        let (mut later, mut links) = (Vec::new(), Vec::new());
        for at in 0..self.rows.len() {
            let num = match self.roles[at] {
                Role::Wrong => continue,
                Role::Add => self.nums[at],
                Role::Update(num) => num,
                Role::Again(first) => self.nums[first as usize],
            };
            let id = RecordId::new(kind.id, num);
            links.clear();
            for link in 0..self.rows[at].links.len() {
                let (tag, meaning) = self.meaning(at, link)?;
                let target = match meaning {
                    Meaning::Stored(num) => num,
                    Meaning::Made(made) => self.made[made as usize].map_or(0, |id| id.num),
                    Meaning::Row(row) if row as usize > at => {
                        later.push((id, tag, self.nums[row as usize]));
                        continue;
                    }
                    Meaning::Row(row) => self.nums[row as usize],
                    Meaning::Nothing | Meaning::Wrong(_) => continue,
                };
                links.push((tag, target));
            }
            let record = record(self.rows[at].fields, &links);
            if self.roles[at] == Role::Add {
                plan.edits.push(Edit::Add { id, record, blank: Box::default() });
            } else {
                report.updates.push(num);
                plan.set(id, assignments(kind, &record));
            }
        }
        for (id, tag, target) in later {
            let mut one = Record::new();
            one.set_raw(tag, Some(&unsigned(target)));
            plan.set(id, assignments(kind, &one));
        }
        Ok(())
    }
}

fn unsigned(number: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4);
    put_unsigned(&mut bytes, number);
    bytes
}

/// The fields of a row with its links among them, in the order of tags.
fn record(fields: Row<'_>, links: &[(u16, u64)]) -> Record {
    if links.is_empty() {
        return Record::from_bytes(fields.bytes().to_vec());
    }
    let mut bytes = Vec::with_capacity(fields.bytes().len() + links.len() * 6);
    let mut links = links.iter().peekable();
    let mut put = |tag: u16, stored: &[u8]| {
        put_unsigned(&mut bytes, u64::from(tag));
        put_unsigned(&mut bytes, stored.len() as u64);
        bytes.extend_from_slice(stored);
    };
    for (tag, stored) in fields.raw_fields() {
        while let Some((link, target)) = links.next_if(|(link, _)| *link < tag) {
            put(*link, &unsigned(*target));
        }
        put(tag, stored);
    }
    links.for_each(|(link, target)| put(*link, &unsigned(*target)));
    Record::from_bytes(bytes)
}

/// The fields of a record as what to do with another one.
fn assignments(kind: &'static crate::domain::Kind, record: &Record) -> Vec<Assignment> {
    let set = |(tag, stored)| {
        let def = kind.field_by_tag(tag)?;
        Some((def, Assign::Set(read_stored(def, stored)?)))
    };
    record.row().raw_fields().filter_map(set).collect()
}

/// Visits the rows of a file once more, each with its line.
pub(super) fn each_row(table: &Table, visit: &mut dyn FnMut(u32, &StringRecord) -> Result<()>) -> Result<()> {
    let (mut rows, mut row) = (table.rows(), StringRecord::new());
    rows.next(&mut row)?;
    while let Some(line) = rows.next(&mut row)? {
        visit(line, &row)?;
    }
    Ok(())
}
