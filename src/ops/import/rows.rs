//! All rows of a file as encoded fields, read in parallel, in the order of the file: `row_reader` reads each.
//!
//! Rows are kept one behind the other, not as a record each: a million of them are a few allocations. Links stay
//! texts until all rows and the store are known.

use csv::StringRecord;

use crate::{
    domain::{customer::TAX_ID, words::figures::Mark},
    error::Result,
    store::cores,
    text::{Said, said},
};

use super::{
    cell::Grammar,
    fault::Faults,
    file_row::{Chunk, FileRow},
    lines::Lines,
    mapping::Mapping,
    numbers::DecimalEvidence,
    options::ImportOptions,
    places,
    row_reader::{RowReader, RowSettings},
    shares::Shares,
    table::{Table, TableRows},
    texts::LinkTexts,
};

/// How many rows one thread reads at a time.
const CHUNK: usize = 4096;

/// How many chunks are read from the file before they are shared out.
const BATCH: usize = 8;

/// Rows taken off the file and not yet read, in memory that is used again.
#[derive(Default)]
struct Batch {
    rows: Vec<(u32, StringRecord)>,
    filled: usize,
    /// Up to which byte of the file.
    until: u64,
}

impl Batch {
    fn fill(&mut self, rows: &mut TableRows<'_>) -> Result<()> {
        self.rows.resize_with(CHUNK * BATCH, Default::default);
        self.filled = 0;
        while let Some((line, row)) = self.rows.get_mut(self.filled) {
            let Some(found) = rows.next(row)? else { break };
            *line = found;
            self.filled += 1;
        }
        self.until = rows.read();
        Ok(())
    }
}

/// The rows of a file.
#[derive(Debug, Default)]
pub(super) struct FileRows {
    chunks: Vec<Chunk>,
    /// The texts of their links.
    pub texts: LinkTexts,
    /// What is wrong with the others.
    pub faults: Faults,
    /// What the cells of each target say about decimals.
    pub heard: Vec<DecimalEvidence>,
    shares: Vec<Shares>,
    /// How many rows the file has, but for empty ones.
    pub seen: u64,
    /// How many rows have nothing but empty cells.
    pub empty: u64,
    doubtful: Lines,
    unsplit: Lines,
    /// What a person should know of how they were read.
    pub remarks: Vec<Said>,
}

impl FileRows {
    /// Reads every row of a table. `signs` are those before the decimals of each target, none where its cells are to
    /// say so. `progress` is told how many bytes of how many are done.
    pub fn read(
        table: &Table,
        mapping: &Mapping,
        options: &ImportOptions,
        grammar: &Grammar,
        signs: &[Option<Mark>],
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Self> {
        let plan = RowSettings::new(table, mapping, options, grammar, signs)?;
        let heard = vec![DecimalEvidence::default(); mapping.targets.len()];
        let shares = vec![Shares::default(); mapping.targets.len()];
        let (mut all, mut rows) = (Self { heard, shares, ..Self::default() }, table.rows());
        let (mut batch, mut ahead) = (Batch::default(), Batch::default());
        rows.next(&mut StringRecord::new())?;
        batch.fill(&mut rows)?;
        while batch.filled > 0 {
            let read = || cores::chunks(&batch.rows[..batch.filled], CHUNK, |rows| plan.read(rows));
            let (done, filled) = cores::join(read, || ahead.fill(&mut rows));
            done.into_iter().for_each(|chunk| all.take(chunk, mapping, options.skip_errors));
            progress(batch.until, table.len() as u64);
            filled?;
            std::mem::swap(&mut batch, &mut ahead);
        }
        all.remarks = plan.unmet();
        let doubtful = said!(
            ("Taken as they stand, though the last character of {} does not fit the others", TAX_ID.def().code),
            ("{}的校验码不符，已按原样导入，请核对", TAX_ID.def().zh)
        );
        all.remarks.extend(all.doubtful.said(&doubtful).into_iter().chain(places::told(&all.unsplit)));
        let shares = mapping.targets.iter().zip(&all.shares).filter_map(|(target, shares)| shares.said(target.def));
        all.remarks.extend(shares.collect::<Vec<_>>());
        Ok(all)
    }

    fn take(&mut self, read: RowReader<'_>, mapping: &Mapping, all_faults: bool) {
        let RowReader { mut chunk, texts, faults, heard, shares, seen, empty, doubtful, unsplit, .. } = read;
        self.heard.iter_mut().zip(heard).for_each(|(all, more)| all.join(more));
        self.shares.iter_mut().zip(shares).for_each(|(all, more)| all.join(more));
        let renumbered = self.texts.absorb(texts);
        for link in &mut chunk.links {
            let kind = mapping.schema.target(mapping.targets[usize::from(link.target)].def).map(|kind| kind.id);
            if let Some((_, numbers)) = renumbered.iter().find(|(of, _)| Some(*of) == kind) {
                link.text = numbers[link.text as usize];
            }
        }
        chunk.fields.shrink_to_fit();
        chunk.links.shrink_to_fit();
        self.chunks.push(chunk);
        self.faults.take(faults, all_faults);
        self.doubtful.join(&doubtful);
        self.unsplit.join(&unsplit);
        self.seen += seen;
        self.empty += empty;
    }

    /// The rows in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = FileRow<'_>> {
        self.chunks.iter().flat_map(Chunk::iter)
    }
}
