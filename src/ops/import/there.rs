//! Rows that would double records: they have external ids that records of the store have, and no key was named.

use crate::{
    domain::{RecordId, Value, common::EXTERNAL_ID},
    error::Result,
    text::{Said, said},
};

use super::{draft::Draft, roles::Role};

/// So many rows are looked at: a file that was imported before shows it at once.
const LOOKED_AT: usize = 200;

impl Draft<'_> {
    /// What a person should know of the first row whose external id a record has already.
    pub(super) fn already_there(&self) -> Result<Option<Said>> {
        let (kind, mapping) = (self.job.options.kind, &self.job.mapping);
        let fed = mapping.targets.iter().any(|target| *target.def == EXTERNAL_ID.def());
        if !fed || mapping.key.is_some() || mapping.id_column.is_some() || self.reader.total(kind.id)? == 0 {
            return Ok(None);
        }
        for (row, role) in self.rows.iter().zip(&self.roles).take(LOOKED_AT) {
            let Some(text) = row.fields.get(EXTERNAL_ID).filter(|_| *role == Role::Add) else { continue };
            let value = Value::Text(text.to_owned());
            if let Some(num) = self.reader.numbers_by_value(kind.id, EXTERNAL_ID.lent(), &value)?.first() {
                let (id, line) = (RecordId::new(kind.id, *num), row.line);
                return Ok(Some(said!(
                    "Line {line} has the external id of {id}: with --key external_id such rows update the records that are there",
                    "第 {line} 行的外部编号与 {id} 相同：加 --key external_id 可更新已有记录，而不是重复新建"
                )));
            }
        }
        Ok(None)
    }
}
