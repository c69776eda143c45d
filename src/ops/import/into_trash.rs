//! Links to records in the trash: a file of this program has them, because what is removed stays named by what hung on it.

use crate::{
    domain::{FieldDef, RecordId},
    error::Result,
    text::said,
};

use super::{draft::Draft, links::Meaning, options::LinkMissing, roles::Role};

impl Draft<'_> {
    /// What the id of a record in the trash means in a row: the record, where the row comes with its own id, or where its
    /// record has that link already. Nobody links to the trash anew.
    pub(super) fn trashed_link(&self, at: usize, def: &FieldDef, num: u64) -> Result<Meaning> {
        let kind = self.job.options.kind;
        let stays = match self.roles[at] {
            Role::Add => self.rows[at].own.num != 0,
            Role::Update(own) => {
                let held = self.reader.held(RecordId::new(kind.id, own))?;
                held.is_some_and(|held| held.record.row().links(def).any(|to| to == num))
            }
            Role::Replace(_) | Role::Again(_) | Role::Wrong => false,
        };
        if stays {
            return Ok(Meaning::Trashed(num));
        }
        if self.job.options.link_missing == LinkMissing::Blank {
            return Ok(Meaning::Nothing);
        }
        let Some(target) = self.reader.schema().target(def) else { return Ok(Meaning::Nothing) };
        let id = RecordId::new(target.id, num);
        let reason = said!(
            "{id} is in the trash (crm restore {id} brings it back, --link-missing blank leaves the field empty)",
            "{id} 在回收站中（crm restore {id} 可恢复，--link-missing blank 则留空）"
        );
        Ok(Meaning::Wrong(reason.into()))
    }
}
