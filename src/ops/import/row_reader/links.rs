//! The names of linked records in a row, kept as texts until all rows are known.

use csv::StringRecord;

use crate::{
    domain::{
        KindId,
        read::{fits, record_names},
    },
    error::Result,
    ops::import::{file_row::Pending, target::Target},
    text::{nfc, scrub},
};

use super::{RowReader, first_cell};

impl RowReader<'_> {
    /// Remembers which record the cell names, or for a list which records the cells name.
    pub(super) fn link(&mut self, at: usize, target: &Target, kind: KindId, row: &StringRecord) -> Result<()> {
        if !target.def.many {
            let cell = target.constant.as_deref().unwrap_or_else(|| first_cell(target, row));
            let clean = scrub(self.cells[at].replace(cell));
            return self.name(at, target, kind, &nfc(clean.trim()));
        }
        let sources = target.sources.iter().filter_map(|source| row.get(source.column));
        let cells: Vec<&str> = target.constant.as_deref().map_or_else(|| sources.collect(), |constant| vec![constant]);
        for cell in cells {
            for name in record_names(self.cells[at].replace(cell)) {
                self.name(at, target, kind, &name)?;
            }
        }
        Ok(())
    }

    fn name(&mut self, at: usize, target: &Target, kind: KindId, clean: &str) -> Result<()> {
        if clean.is_empty() || self.cells[at].is_nothing(clean) {
            return Ok(());
        }
        self.cells[at].refuse_shortened(clean)?;
        fits(target.def, clean)?;
        let text = self.texts.of(kind).number(clean);
        let target = u16::try_from(at).unwrap_or(u16::MAX);
        self.chunk.links.push(Pending { target, text });
        Ok(())
    }
}
