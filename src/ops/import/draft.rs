//! The plan of an import in the making: what is wrong with rows, which records are made, what becomes of each.

use std::collections::HashMap;

use crate::{
    domain::{Record, RecordId, Row, bytes::put_unsigned, deal, decode as read_stored, stage, target_of},
    error::Result,
    ops::{Assign, Assignment, Edit, Plan},
    store::Reader,
    text::said,
};

use super::{
    fault::{Fault, Faults},
    finder::kind_of,
    job::ImportJob,
    links::{Links, Lookup, Meaning, Stages},
    report::ImportReport,
    roles::{Role, roles},
    rows::FileRow,
    texts::Texts,
};

impl ImportJob {
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
}

/// A plan in the making.
pub(super) struct Draft<'a> {
    job: &'a ImportJob,
    reader: Reader<'a>,
    rows: &'a [FileRow<'a>],
    roles: Vec<Role>,
    links: Links,
    stages: Stages<'a>,
    stage_texts: Option<&'a Texts>,
    /// What is wrong with rows.
    pub faults: Faults,
    /// The ids of the records that links want made; none for those that no good row names.
    made: Vec<Option<RecordId>>,
    /// The number of the record of each row that adds one.
    nums: Vec<u64>,
}

impl<'a> Draft<'a> {
    /// What becomes of the rows, and what their links mean.
    pub fn new(job: &'a ImportJob, reader: Reader<'a>, rows: &'a [FileRow<'a>]) -> Result<Self> {
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
    pub fn check(&mut self) -> Result<()> {
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
    pub fn cascade(&mut self) {
        if self.faults.rows > 0 {
            let dependents = self.dependents();
            let mut wrong: Vec<u32> =
                dependents.keys().copied().filter(|at| self.roles[*at as usize] == Role::Wrong).collect();
            wrong.sort_unstable();
            while let Some(other) = wrong.pop() {
                let line = self.rows[other as usize].line;
                for (at, field) in dependents.get(&other).into_iter().flatten() {
                    let role = &mut self.roles[*at as usize];
                    if *role == Role::Wrong {
                        continue;
                    }
                    *role = Role::Wrong;
                    wrong.push(*at);
                    let reason = said!("line {line}, which it depends on, is wrong", "它依赖的第 {line} 行有误");
                    let fault = Fault { line: self.rows[*at as usize].line, field: *field, reason };
                    self.faults.take(vec![fault], self.job.options.skip_errors);
                }
            }
        }
        self.faults.listed.sort_by_key(|fault| fault.line);
    }

    /// The rows that depend on each row, with the link by which they do.
    fn dependents(&self) -> HashMap<u32, Vec<(u32, Option<&'static str>)>> {
        let mut dependents: HashMap<u32, Vec<_>> = HashMap::new();
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        for (at, row) in self.rows.iter().enumerate() {
            for link in row.links {
                let def = self.job.mapping.targets[usize::from(link.target)].def;
                if let Some(Meaning::Row(other)) = target_of(def).map(|kind| self.links.meaning(kind.id, link.text)) {
                    dependents.entry(*other).or_default().push((place(at), Some(def.code)));
                }
            }
            if let Role::Again(first) = self.roles[at] {
                dependents.entry(first).or_default().push((place(at), None));
            }
        }
        dependents
    }

    /// The records that links want made come first, so that their ids are known.
    pub fn made(&mut self, plan: &mut Plan, report: &mut ImportReport) -> Result<()> {
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
    pub fn edits(&mut self, plan: &mut Plan, report: &mut ImportReport) -> Result<()> {
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
