//! The plan of an import in the making: what is wrong with rows, which records are made, what becomes of each.

use std::collections::HashMap;

use crate::{
    commit::{Assign, Edit, WritePlan, defaults::is_kept_empty},
    domain::{FieldDef, KindId, Record, RecordId, Type, Value, common::NOTE, stage},
    error::{Error, Result},
    store::Reader,
    text::{Said, said},
};

use super::{
    assigned::Assigned,
    fault::{Fault, Faults, Named},
    fields::{assignments, list_of, record, unsigned},
    file_row::FileRow,
    job::ImportJob,
    links::{LinkSources, Links, Meaning},
    meaning::{RowCustomer, customer_of},
    members::Members,
    notes::{Note, Notes},
    report::{ImportReport, cells_kept, keys_twice, made_elsewhere},
    roles::{Role, Roles, roles},
    stages::Stages,
    texts::Texts,
    whose::OwnedRows,
};

impl ImportJob {
    /// Plans the import on what the store holds now. Where the store has moved on, it is planned again.
    ///
    /// # Errors
    /// `Invalid` where rows are wrong and errors are not skipped: nothing is to land then.
    pub fn plan(&self, reader: &Reader<'_>) -> Result<(WritePlan, ImportReport)> {
        if !std::ptr::eq(reader.schema(), self.options.schema) {
            return Err(fields_changed());
        }
        let rows: Vec<FileRow<'_>> = self.rows.iter().collect();
        let mut draft = Draft::new(self, *reader, &rows)?;
        draft.check()?;
        draft.cascade();
        if draft.faults.rows > 0 && !self.options.skip_errors {
            return Err(self.refusal(&draft.faults));
        }
        let mut plan = WritePlan::new();
        plan.import = true;
        let mut report = self.report(draft.faults.clone());
        draft.made(&mut plan, &mut report)?;
        draft.edits(&mut plan, &mut report)?;
        report.warnings.extend(draft.already_there()?);
        let told = [keys_twice(&draft.again), made_elsewhere(draft.strangers), cells_kept(draft.kept)];
        report.warnings.extend(told.into_iter().flatten());
        report.warnings.append(&mut draft.replaced);
        Ok((plan, report))
    }
}

/// The file was read by fields that are not those of the store any more.
fn fields_changed() -> Error {
    Error::conflict(said!(
        "The kinds and fields of the store were changed while the file was read; nothing is imported",
        "读取文件期间，数据文件的类别与字段已被更改，因此没有导入"
    ))
    .hint(said!("import it again", "请重新导入"))
}

/// A plan in the making.
pub(super) struct Draft<'a> {
    pub(super) job: &'a ImportJob,
    pub(super) reader: Reader<'a>,
    pub(super) rows: &'a [FileRow<'a>],
    pub(super) roles: Vec<Role>,
    pub(super) links: Links,
    pub(super) members: Members,
    pub(super) stages: Stages<'a>,
    pub(super) stage_texts: Option<&'a Texts>,
    /// What is wrong with rows.
    pub faults: Faults,
    /// The lines of rows with the key of an earlier one, behind its line.
    again: Vec<(u32, u32)>,
    /// The ids of the records that links want made; none for those that no good row names.
    made: Vec<Option<RecordId>>,
    /// The number of the record of each row that adds one.
    nums: Vec<u64>,
    /// How many rows say that somebody made their record who is not here, and the line of the first.
    pub(super) strangers: (u64, u32),
    /// The notes of records that several rows may add to.
    notes: Notes,
    /// What a person should know of records whose places rows take.
    pub(super) replaced: Vec<Said>,
    /// The fields of records that empty cells clear, in the order of rows.
    pub(super) cleared: Vec<(u32, &'static FieldDef)>,
    /// How many empty cells leave what the record has, and the line of the first.
    pub(super) kept: (u64, u32),
}

impl<'a> Draft<'a> {
    /// What becomes of the rows, and what their links mean.
    pub fn new(job: &'a ImportJob, reader: Reader<'a>, rows: &'a [FileRow<'a>]) -> Result<Self> {
        let (kind, missing) = (job.options.kind, job.options.link_missing);
        let mut faults = job.rows.faults.clone();
        let all = job.options.skip_errors;
        let Roles { roles, again } =
            roles(reader, kind, &job.mapping, rows, &mut |fault| faults.take(vec![fault], all))?;
        let keeps = |(at, row): (usize, &FileRow<'_>)| {
            let keeps = row.own.num != 0 && roles[at] == Role::Add;
            keeps.then(|| (row.own.num, u32::try_from(at).unwrap_or(u32::MAX)))
        };
        let kept: HashMap<u64, u32> = rows.iter().enumerate().filter_map(keeps).collect();
        let (foreign, restores) = (job.options.new_ids, !kept.is_empty() && !job.mapping.own.trusted);
        let lookup =
            LinkSources { reader, rows, roles: &roles, kind, missing, foreign, kept: &kept, me: job.me, restores };
        let (mut links, members) = (Links::resolve(&job.rows, &lookup)?, Members::judge(&lookup)?);
        links.settle(&OwnedRows { lookup: &lookup, mapping: &job.mapping, texts: &job.rows.texts })?;
        let stage_texts = job.rows.texts.kinds().find(|(kind, _)| *kind == stage::ID).map(|(_, texts)| texts);
        let made = vec![None; links.made.len()];
        let stages = Stages::new(reader, missing)?;
        Ok(Self {
            job,
            reader,
            rows,
            roles,
            links,
            members,
            stages,
            stage_texts,
            faults,
            again,
            made,
            nums: Vec::new(),
            strangers: (0, 0),
            notes: Notes::of(rows),
            replaced: Vec::new(),
            cleared: Vec::new(),
            kept: (0, 0),
        })
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
                    let reason = said!("line {line}, which it depends on, is wrong", "所依赖的第 {line} 行有误");
                    let fault = Fault { line: self.rows[*at as usize].line, field: *field, reason };
                    self.faults.take(vec![fault], self.job.options.skip_errors);
                }
            }
        }
        self.faults.listed.sort_by_key(|fault| fault.line);
    }

    /// The rows that depend on each row, with the link by which they do.
    fn dependents(&self) -> HashMap<u32, Vec<(u32, Option<Named>)>> {
        let mut dependents: HashMap<u32, Vec<_>> = HashMap::new();
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        for (at, row) in self.rows.iter().enumerate() {
            for (which, link) in row.links.iter().enumerate() {
                let def = self.job.mapping.targets[usize::from(link.target)].def;
                if let Meaning::Row(other) = self.links.in_row(&self.job.mapping, row, at, which) {
                    dependents.entry(*other).or_default().push((place(at), Some((def.code, def.zh))));
                }
            }
            if let Role::Again(first) = self.roles[at] {
                dependents.entry(first).or_default().push((place(at), None));
            }
        }
        dependents
    }

    /// The records that links want made come first, so that their ids are known.
    pub fn made(&mut self, plan: &mut WritePlan, report: &mut ImportReport) -> Result<()> {
        if self.links.made.is_empty() {
            return Ok(());
        }
        let (wanted, beside) = self.wanted();
        // Those that others link to are made before them.
        let kinds = self.reader.schema().kinds();
        let place = |kind: KindId| kinds.iter().position(|known| known.id == kind);
        let mut order: Vec<usize> = (0..wanted.len()).filter(|at| wanted[*at]).collect();
        order.sort_by_key(|at| place(self.links.made[*at].kind));
        for at in order {
            let made = &self.links.made[at];
            let mut record = made.record.clone();
            for (tag, meaning) in &beside[at] {
                let num = match meaning {
                    Meaning::Stored(num) => Some(*num),
                    Meaning::Made(other) => self.made[*other as usize].map(|id| id.num),
                    _ => None,
                };
                record.set_value(*tag, num.map(Value::Link).as_ref());
            }
            self.made[at] = Some(plan.add(&self.reader, made.kind, record)?);
            let kind = self.reader.schema().kind_of(RecordId::new(made.kind, 0))?;
            match report.created_links.iter_mut().find(|(known, _)| known.id == kind.id) {
                Some((_, count)) => *count += 1,
                None => report.created_links.push((kind, 1)),
            }
        }
        Ok(())
    }

    /// Which of the records to be made a good row names, and what the first row that names one links to beside it: a
    /// new contact is one of the customer in its row.
    fn wanted(&self) -> (Vec<bool>, Vec<Vec<(u16, Meaning)>>) {
        let count = self.links.made.len();
        let (mut wanted, mut beside) = (vec![false; count], vec![Vec::new(); count]);
        let mut linked: Vec<(&'static FieldDef, &Meaning)> = Vec::new();
        for (row_at, row) in self.rows.iter().enumerate().filter(|(at, _)| self.roles[*at] != Role::Wrong) {
            linked.clear();
            linked.extend(row.links.iter().enumerate().map(|(which, link)| {
                let def = self.job.mapping.targets[usize::from(link.target)].def;
                (def, self.links.in_row(&self.job.mapping, row, row_at, which))
            }));
            for (def, meaning) in &linked {
                let Meaning::Made(at) = meaning else { continue };
                let at = *at as usize;
                let again = std::mem::replace(&mut wanted[at], true);
                // The first row may not say whose it is, and another one may.
                let Some(kind) = self.reader.schema().target(def).filter(|kind| !again || customer_of(kind).is_some())
                else {
                    continue;
                };
                if !beside[at].is_empty() {
                    continue;
                }
                // A row that changes a record may be its customer's without saying so.
                if let (Some(RowCustomer::Customers(num)), Some(def)) =
                    (self.links.whose.get(row_at), customer_of(kind))
                {
                    beside[at].push((def.tag, Meaning::Stored(*num)));
                }
                for (other, meaning) in linked.iter().filter(|(other, _)| other.target == Some(other.code)) {
                    let link = kind.field(other.code).filter(|link| link.target == other.target);
                    if let Some(link) = link.filter(|_| other != def) {
                        beside[at].push((link.tag, (*meaning).clone()));
                    }
                }
            }
        }
        (wanted, beside)
    }

    /// The edits of all good rows, in the order of the file. A new record has its links to rows further down from the
    /// beginning: a link that came later would be a change, and the rules would take it for one of today. In a record of the
    /// store it is one, and is set when that row's record is there.
    pub fn edits(&mut self, plan: &mut WritePlan, report: &mut ImportReport) -> Result<()> {
        let kind = self.job.options.kind;
        self.number(plan, report)?;
        for at in 0..self.rows.len() {
            if let Role::Update(_) | Role::Replace(_) | Role::Again(_) = self.roles[at] {
                self.notes.announce(self.num(at), &self.rows[at]);
            }
        }
        plan.edits.reserve_exact(self.rows.len());
        let (mut later, mut links, mut trashed) = (Vec::new(), Vec::new(), Vec::new());
        let lists: Vec<u16> =
            kind.all_fields().filter(|def| def.many && def.ty == Type::Link).map(|def| def.tag).collect();
        let mut late = Vec::new();
        let mut inherited: Vec<u16> = Vec::new();
        let mut assigned = Assigned::default();
        for at in 0..self.rows.len() {
            if self.roles[at] == Role::Wrong {
                continue;
            }
            let num = self.num(at);
            let id = RecordId::new(kind.id, num);
            links.clear();
            inherited.clear();
            for link in 0..self.rows[at].links.len() {
                let (tag, meaning) = self.meaning(at, link)?;
                let target = match meaning {
                    Meaning::Stored(num) => num,
                    Meaning::Trashed(num) => {
                        inherited.push(tag);
                        num
                    }
                    Meaning::Made(made) => self.made[made as usize].map_or(0, |id| id.num),
                    Meaning::Row(row) if row as usize > at => {
                        let to = self.nums[row as usize];
                        if self.roles[at] != Role::Add || self.roles[row as usize] != Role::Add {
                            if !lists.contains(&tag) {
                                later.push((id, tag, unsigned(to)));
                                continue;
                            }
                            late.push(tag);
                        }
                        plan.coming.insert(RecordId::new(kind.id, to));
                        to
                    }
                    Meaning::Row(row) => self.nums[row as usize],
                    Meaning::Nothing | Meaning::Wrong(_) | Meaning::Named(_) => continue,
                };
                links.push((tag, target));
            }
            // A list of which one record is not there yet is set as a whole when it is.
            for tag in late.drain(..) {
                let list: Vec<u64> = links.extract_if(.., |(other, _)| *other == tag).map(|(_, to)| to).collect();
                later.extend((!list.is_empty()).then(|| (id, tag, list_of(list.into_iter()))));
            }
            let record = self.members.put(at, record(self.rows[at].fields, &links, &lists));
            inherited.extend(self.left_with(at));
            if self.roles[at] == Role::Add {
                let (inherited, gone) = (inherited.as_slice().into(), self.rows[at].own.trashed);
                // What another store wrote has all that its record has.
                let whole = self.rows[at].own.num != 0;
                let said =
                    |def: &&FieldDef| whole || self.job.mapping.targets.iter().any(|target| target.def.tag == def.tag);
                let blank = kind.fields.iter().filter(|def| is_kept_empty(def, whole)).filter(said).map(|def| def.tag);
                let blank = blank.filter(|tag| record.row().raw(*tag).is_none()).collect();
                plan.edits.push(Edit::Add { id, record, blank, inherited, trashed: gone });
                trashed.extend(gone.then_some(id));
            } else {
                report.updates.push(num);
                let gone = matches!(self.roles[at], Role::Replace(_)) && self.rows[at].own.trashed;
                trashed.extend(gone.then_some(id));
                let record = self.with_note_kept(at, id, record)?;
                let mut fields = assignments(kind, &record);
                if let Role::Update(_) = self.roles[at]
                    && let Some(held) = self.reader.held(id)?
                {
                    assigned.leave(&self.job.mapping, (num, &held.record), &record, &mut fields);
                }
                let cleared = self.cleared_by(at).filter(|def| record.row().raw(def.tag).is_none());
                fields.extend(cleared.map(|def| (def, Assign::Clear)));
                plan.set(id, fields);
            }
        }
        for (id, tag, target) in later {
            let mut one = Record::new();
            one.set_raw(tag, Some(&target));
            plan.set(id, assignments(kind, &one));
        }
        plan.edits.extend(trashed.into_iter().map(Edit::Trash));
        Ok(())
    }

    /// The number of the record that a row makes or changes.
    fn num(&self, at: usize) -> u64 {
        match self.roles[at] {
            Role::Update(num) | Role::Replace(num) => num,
            Role::Again(first) => self.nums[first as usize],
            Role::Add | Role::Wrong => self.nums[at],
        }
    }

    /// The fields that the empty cells of a row clear.
    fn cleared_by(&self, at: usize) -> impl Iterator<Item = &'static FieldDef> {
        let start = self.cleared.partition_point(|(row, _)| (*row as usize) < at);
        self.cleared[start..].iter().take_while(move |(row, _)| *row as usize == at).map(|(_, def)| *def)
    }

    /// The numbers of new records: those of the file where it has ids that are kept, then the next ones.
    fn number(&mut self, plan: &mut WritePlan, report: &mut ImportReport) -> Result<()> {
        let kind = self.job.options.kind;
        self.nums = vec![0; self.rows.len()];
        for keeps in [true, false] {
            for (at, row) in self.rows.iter().enumerate() {
                if self.roles[at] == Role::Add && (row.own.num != 0) == keeps {
                    let id = if keeps {
                        plan.keep_id(&self.reader, RecordId::new(kind.id, row.own.num))?
                    } else {
                        plan.next_id(&self.reader, kind.id)?
                    };
                    self.nums[at] = id.num;
                    report.added_lines.push((id.num, row.line));
                }
            }
        }
        report.added_lines.sort_unstable();
        report.added = report.added_lines.len() as u64;
        Ok(())
    }

    /// What a row says beside its numbers and addresses is added to the note that its record has, not put in its place.
    fn with_note_kept(&mut self, at: usize, id: RecordId, mut record: Record) -> Result<Record> {
        if !self.notes.are_needed() || record.get(NOTE).is_none() {
            return Ok(record);
        }
        let before = match self.roles[at] {
            _ if self.notes.knows(id.num) => Note::default(),
            Role::Again(first) => Note::of_row(&self.rows[first as usize]),
            _ => Note::held(self.reader.held(id)?.and_then(|held| held.record.get(NOTE).map(str::to_owned))),
        };
        record.put(NOTE, self.notes.with(id.num, before, &self.rows[at]));
        Ok(record)
    }
}
