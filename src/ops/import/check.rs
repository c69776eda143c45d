//! What is wrong with rows that can be read: links that lead nowhere, what a new record lacks, what an update would take
//! away.

use crate::{
    domain::{self, FieldDef, Record, RecordId, define::follows_from_others, user, view},
    error::Result,
    text::{Lang, said, scrub},
};

use super::{
    draft::Draft, fault::Fault, file_row::FileRow, links::Meaning, roles::Role, unique::UniqueValues, updated::Updated,
};

impl Draft<'_> {
    /// Finds rows with links that lead nowhere and new records that lack what they need.
    pub fn check(&mut self) -> Result<()> {
        let kind = self.job.options.kind;
        let asked = |def: &&FieldDef| def.required && def.default.is_none() && !follows_from_others(kind.id, def.tag);
        let required: Vec<_> = kind.all_fields().filter(asked).collect();
        let refusing: Vec<_> = domain::may_refuse(kind).collect();
        let mut unique = UniqueValues::new(kind, &self.roles);
        let all = self.job.options.skip_errors;
        for at in 0..self.rows.len() {
            let (row, role) = (self.rows[at], self.roles[at]);
            if role == Role::Wrong && !row.broken {
                continue;
            }
            let (mut faults, mut links) = (Vec::new(), Vec::new());
            for link in 0..row.links.len() {
                let (tag, meaning) = self.meaning(at, link)?;
                match meaning {
                    Meaning::Stored(num) | Meaning::Trashed(num) => links.push((tag, Some(num))),
                    Meaning::Row(_) | Meaning::Made(_) => links.push((tag, None)),
                    Meaning::Nothing | Meaning::Wrong(_) | Meaning::Named(_) => {}
                }
                let def = self.job.mapping.targets[usize::from(row.links[link].target)].def;
                // Older versions took such a link, and their exports have it.
                let is_own = meaning == Meaning::Row(u32::try_from(at).unwrap_or(u32::MAX));
                if is_own && !def.acyclic && !def.import_only && !def.kept {
                    let reason = said!(
                        "a record does not link to itself (empty the cell, or name another record)",
                        "不能关联到自身（请清空该单元格，或改为其他记录）"
                    );
                    faults.push(Fault { line: row.line, field: Some((def.code, def.zh)), reason });
                }
                if let Meaning::Wrong(reason) = meaning {
                    // Nobody types it, and whoever it names may work elsewhere: no reason to leave the row out.
                    if def.import_only {
                        if row.broken {
                            continue;
                        }
                        self.strangers =
                            (self.strangers.0 + 1, if self.strangers.0 == 0 { row.line } else { self.strangers.1 });
                        continue;
                    }
                    faults.push(Fault { line: row.line, field: Some((def.code, def.zh)), reason: (*reason).clone() });
                }
            }
            if let Some(reason) = self.members.wrong(at) {
                faults.push(Fault {
                    line: row.line,
                    field: Some((view::RECORDS.def().code, view::RECORDS.def().zh)),
                    reason: reason.clone(),
                });
            }
            let is_new = role == Role::Add || row.broken && row.own.num == 0 && self.job.mapping.key.is_none();
            for def in required.iter().filter(|_| is_new) {
                let linked =
                    || row.links.iter().any(|link| self.job.mapping.targets[usize::from(link.target)].def == *def);
                if row.fields.raw(def.tag).is_none() && !linked() {
                    let reason = said!(("a {} needs it, and it is empty", kind.noun), ("必填，此处为空"));
                    faults.push(Fault { line: row.line, field: Some((def.code, def.zh)), reason });
                }
            }
            if is_new && row.own.version == 0 {
                faults.extend(not_offered(&refusing, row, None));
            }
            let changed = match role {
                Role::Update(num) => Some((num, false)),
                Role::Replace(num) => Some((num, true)),
                _ => None,
            };
            if let Some(changed) = changed.filter(|_| faults.is_empty()) {
                self.update((at, changed), &links, &refusing, &mut faults)?;
            }
            if faults.is_empty() && !row.broken && (is_new || changed.is_some()) {
                faults.extend(unique.taken(&self.reader, row, changed.map(|(num, _)| num))?);
            }
            if row.broken {
                self.faults.take_more(faults, all);
            } else if !faults.is_empty() {
                self.roles[at] = Role::Wrong;
                self.faults.take(faults, all);
            }
        }
        Ok(())
    }

    /// The fields in which the record of a row has what it was left with when its field came to take less: an export says
    /// so, and nobody has typed it.
    pub fn left_with(&self, at: usize) -> impl Iterator<Item = u16> + use<> {
        let kind = self.job.options.kind;
        (self.rows[at].own.version > 0).then(|| domain::may_refuse(kind)).into_iter().flatten().map(|def| def.tag)
    }

    /// What a row takes away of the record that it changes, or whose place it takes, and what is wrong with that.
    fn update(
        &mut self,
        (at, (num, replaces)): (usize, (u64, bool)),
        links: &[(u16, Option<u64>)],
        refusing: &[&'static FieldDef],
        faults: &mut Vec<Fault>,
    ) -> Result<()> {
        let (row, id) = (self.rows[at], RecordId::new(self.job.options.kind.id, num));
        let Some(held) = self.reader.held(id)? else { return Ok(()) };
        let logins = [held.record.get(user::LOGIN), row.fields.get(user::LOGIN)];
        if let [Some(old), Some(new)] = logins
            && replaces
            && id.kind == user::ID
            && old != new
        {
            let (old, new) = (scrub(old), scrub(new));
            self.replaced.push(said!(
                "{id} was {old}, and is {new} now; whoever works as {old} becomes another user",
                "{id} 原为 {old}，现为 {new}；以 {old} 身份工作的人将成为另一用户"
            ));
        }
        faults.extend(not_offered(refusing, row, Some(&held.record)));
        let clears = self.job.options.clear_empty || replaces;
        let (mapping, me) = (&self.job.mapping, self.job.me);
        let updated = Updated { reader: &self.reader, mapping, row, links, id, held: &held, me, clears };
        if let Some(fault) = if replaces { None } else { updated.overwrites()? } {
            self.faults.conflicts += 1;
            faults.push(fault);
        } else if let Some(fault) = updated.clears_required().filter(|_| clears) {
            faults.push(fault);
        } else if clears {
            let place = u32::try_from(at).unwrap_or(u32::MAX);
            self.cleared.extend(updated.emptied().map(|def| (place, def)));
        } else {
            let (count, first) = (updated.emptied().count() as u64, self.kept.1);
            self.kept = (self.kept.0 + count, if self.kept.0 == 0 { row.line } else { first });
        }
        Ok(())
    }
}

/// What a row gives a record that its field does not offer, and that the record does not have already.
fn not_offered(refusing: &[&'static FieldDef], row: FileRow<'_>, held: Option<&Record>) -> Option<Fault> {
    let of = |def: &&'static FieldDef| {
        let old = held.and_then(|held| held.row().raw(def.tag));
        let error = domain::not_offered(def, row.fields.raw(def.tag), old)?;
        let [en, zh] = [Lang::En, Lang::Zh].map(|lang| error.next_step(lang).unwrap_or_default());
        let what = error.what();
        let reason = said!(("{} ({en})", what.get(Lang::En)), ("{}（{zh}）", what.get(Lang::Zh)));
        Some(Fault { line: row.line, field: Some((def.code, def.zh)), reason })
    };
    refusing.iter().find_map(of)
}
