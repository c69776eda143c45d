//! What the links of a row mean: records of the store, rows, records to be made; stages in the pipeline of the row.

use crate::{
    domain::{RecordId, deal, stage},
    error::Result,
};

use super::{draft::Draft, links::Meaning, roles::Role};

impl Draft<'_> {
    /// The tag of a link of a row, and what it means.
    pub(super) fn meaning(&mut self, at: usize, link: usize) -> Result<(u16, Meaning)> {
        let row = self.rows[at];
        let pending = row.links[link];
        let def = self.job.mapping.targets[usize::from(pending.target)].def;
        let Some(kind) = self.reader.schema().target(def) else { return Ok((def.tag, Meaning::Nothing)) };
        if kind.id != stage::ID {
            return Ok(match self.links.in_row(&self.job.mapping, &row, at, link).clone() {
                Meaning::Trashed(num) => (def.tag, self.trashed_link(at, def, num)?),
                meaning => (def.tag, meaning),
            });
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
                && let Some(kind) = self.reader.schema().target(def)
                && let Meaning::Stored(num) = self.links.meaning(kind.id, link.text)
            {
                return Ok(Some(*num));
            }
        }
        match self.roles[at] {
            Role::Update(num) | Role::Replace(num) => {
                let id = RecordId::new(self.job.options.kind.id, num);
                Ok(self.reader.with_row(id, |row| row.get(deal::PIPELINE))?.flatten())
            }
            _ => Ok(None),
        }
    }
}
