//! `field:=formula`: a value that is worked out of the record as it was before the step.

use std::rc::Rc;

use crate::{
    domain::{FieldDef, Kind, RecordId, Value},
    error::{Error, Result},
    language::formula::{Formula, ReasonKind},
    query::formulas::{StoreNames, StoredValues},
    store::Reader,
};

use super::context::Context;

/// The formula of an assignment.
#[derive(Clone, Debug)]
pub struct AssignedFormula(Rc<Formula>);

impl PartialEq for AssignedFormula {
    fn eq(&self, other: &Self) -> bool {
        self.0.kind().id == other.0.kind().id && self.0.source() == other.0.source()
    }
}

impl AssignedFormula {
    /// Reads what stands behind `:=`.
    ///
    /// # Errors
    /// `Usage`: what is wrong with it, and where; that it gives what the field does not take.
    pub fn read(
        def: &'static FieldDef,
        text: &str,
        kind: &'static Kind,
        (context, reader): (&Context, Reader<'_>),
    ) -> Result<Self> {
        let names = StoreNames { asking: context.asking(reader) };
        let formula = Formula::define(text.trim(), kind, Some(def), &names).map_err(|error| error.at(def.named()))?;
        Ok(Self(Rc::new(formula)))
    }

    /// The value for a record; none where something that it is worked out of is empty.
    ///
    /// # Errors
    /// `Invalid` where there is no value for another reason: a division by 0, amounts of two currencies, a value that the
    /// field does not take. Nothing is cleared for that.
    pub(super) fn value(
        &self,
        def: &FieldDef,
        id: RecordId,
        context: &Context,
        reader: &Reader<'_>,
    ) -> Result<Option<Value>> {
        let names = StoreNames { asking: context.asking(*reader) };
        let (value, reason) = self.0.value_for(def, &StoredValues::new(&names, id))?;
        match reason {
            Some(reason) if reason.why != ReasonKind::Empty => {
                Err(Error::invalid(reason.said(self.0.source())).at(def.named()))
            }
            _ => Ok(value),
        }
    }
}
