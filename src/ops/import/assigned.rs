//! Which cells of a row that changes a record are assignments.
//!
//! A cell with the value that the record has says nothing: an export has the value of every field. What differs is given,
//! and the rules of the fields that change set what follows from them, as they do where somebody types the change.

use std::collections::HashSet;

use crate::{
    commit::Assignment,
    domain::{Record, common::CREATED, deal},
};

use super::mapping::Mapping;

/// The fields that rows so far have given to records.
#[derive(Default)]
pub(super) struct Assigned(HashSet<(u64, u16)>);

impl Assigned {
    /// Leaves those fields of a row that change the record, are the same for all rows, or come after another row has given
    /// the record another value.
    pub fn leave(
        &mut self,
        mapping: &Mapping,
        (num, held): (u64, &Record),
        row: &Record,
        fields: &mut Vec<Assignment>,
    ) {
        let is_constant =
            |tag: u16| mapping.targets.iter().any(|target| target.def.tag == tag && target.constant.is_some());
        fields.retain(|(def, _)| {
            // The time by which a row is told to be its record is no news of it, seconds or not.
            let tells = mapping.id_column.is_some() && !mapping.own.trusted && **def == CREATED.def();
            let differs = row.row().raw(def.tag) != held.row().raw(def.tag) && !tells;
            // What the file has beside the day on which a deal closed says what that day is not.
            let explains = **def == deal::EXPECTED_CLOSE.def() && row.get(deal::CLOSED).is_some();
            differs || explains || is_constant(def.tag) || self.0.contains(&(num, def.tag))
        });
        // Several rows change one record only where a key tells it.
        if mapping.key.is_some() {
            self.0.extend(fields.iter().map(|(def, _)| (num, def.tag)));
        }
    }
}
