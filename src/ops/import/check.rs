//! What is wrong with rows that can be read: links that lead nowhere, what a new record lacks, what an update would take
//! away.

use crate::{domain::RecordId, error::Result, text::said};

use super::{draft::Draft, fault::Fault, links::Meaning, roles::Role, updated::Updated};

impl Draft<'_> {
    /// Finds rows with links that lead nowhere and new records that lack what they need.
    pub fn check(&mut self) -> Result<()> {
        let required: Vec<_> = self.job.options.kind.all_fields().filter(|def| def.required).collect();
        let all = self.job.options.skip_errors;
        for at in 0..self.rows.len() {
            let (row, role) = (self.rows[at], self.roles[at]);
            if role == Role::Wrong {
                continue;
            }
            let (mut faults, mut links) = (Vec::new(), Vec::new());
            for link in 0..row.links.len() {
                let (tag, meaning) = self.meaning(at, link)?;
                match meaning {
                    Meaning::Stored(num) => links.push((tag, Some(num))),
                    Meaning::Row(_) | Meaning::Made(_) => links.push((tag, None)),
                    Meaning::Nothing | Meaning::Wrong(_) => {}
                }
                if let Meaning::Wrong(reason) = meaning {
                    let def = self.job.mapping.targets[usize::from(row.links[link].target)].def;
                    // Nobody types it, and whoever it names may work elsewhere: no reason to leave the row out.
                    if def.import_only {
                        self.strangers =
                            (self.strangers.0 + 1, if self.strangers.0 == 0 { row.line } else { self.strangers.1 });
                        continue;
                    }
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
            if let Role::Update(num) = role
                && faults.is_empty()
                && let Some(fault) = self.overwrites(at, num, &links)?
            {
                self.faults.conflicts += 1;
                faults.push(fault);
            }
            if !faults.is_empty() {
                self.roles[at] = Role::Wrong;
                self.faults.take(faults, all);
            }
        }
        Ok(())
    }

    /// Whether a row would write over what somebody has changed since it was exported.
    fn overwrites(&self, at: usize, num: u64, links: &[(u16, Option<u64>)]) -> Result<Option<Fault>> {
        let (row, id) = (self.rows[at], RecordId::new(self.job.options.kind.id, num));
        if row.own.version == 0 {
            return Ok(None);
        }
        let Some(held) = self.reader.held(id)? else { return Ok(None) };
        let (reader, mapping) = (&self.reader, &self.job.mapping);
        Updated { reader, mapping, row, links, id, held: &held }.overwrites()
    }
}
