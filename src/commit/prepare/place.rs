//! To the trash and back, each record with its parts.

use crate::{
    domain::{Draft, Kind, RecordId, define::choice, rules::Presence, user},
    error::{Error, Result},
    store::{RecordChange, RecordState, journal::Residence},
    text::said,
};

use super::{Origin, StepPreparer};

impl StepPreparer<'_> {
    pub(super) fn place(&self, id: RecordId, to: Residence, origin: Origin) -> Result<()> {
        let kind = self.kind_of(id)?;
        let (change, state) = self.held(id, kind)?;
        if to == Residence::Trash && id == RecordId::new(user::ID, self.user) {
            return Err(Error::invalid(said!(
                "{id} is you, and cannot be moved to the trash by yourself",
                "{id} 是当前用户，不能将自己移入回收站"
            ))
            .hint(said!(
                "crm user set {id} active=no ends the work and keeps the name",
                "crm user set {id} 在职=否 可停用并保留姓名"
            )));
        }
        if state.place != to {
            return self.moved((change, state), kind, to);
        }
        // A rule asks for what is to be so. A part that was named beside its whole has gone with it.
        let went_along = || {
            (kind.is_part() || id.kind == choice::ID) && change.before.as_ref().is_none_or(|before| before.place != to)
        };
        if origin == Origin::Rule || went_along() {
            return Ok(());
        }
        Err(match to {
            Residence::Trash => Error::invalid(said!("{id} is in the trash already", "{id} 已在回收站中"))
                .hint(said!("crm restore {id} brings it back", "crm restore {id} 可恢复")),
            Residence::Live => Error::invalid(said!("{id} is not in the trash", "{id} 不在回收站中"))
                .hint(said!("crm show {id} shows it", "crm show {id} 可查看")),
        })
    }

    /// Moves a record that is elsewhere, and then its parts: those in use, or those that went to the trash with it.
    fn moved(&self, (change, state): (RecordChange, RecordState), kind: &'static Kind, to: Residence) -> Result<()> {
        let id = change.id;
        let parts = match to {
            Residence::Trash => self.parts.in_use(self.staged, id)?,
            Residence::Live => self.parts.gone_with(self.staged, &change)?,
        };
        let RecordState { mut record, .. } = state;
        if to == Residence::Live {
            let new = record.clone();
            let mut draft =
                Draft { id, fields: kind.fields, old: Some(&record), new, given: &[], presence: Presence::ComesBack };
            self.rule(&mut draft, kind, &[], Origin::Rule)?;
            record = draft.new;
        }
        self.put(change, RecordState { place: to, record });
        for part in parts {
            let kind = self.kind_of(part)?;
            let (change, state) = self.held(part, kind)?;
            if state.place != to {
                self.moved((change, state), kind, to)?;
            }
        }
        Ok(())
    }
}
