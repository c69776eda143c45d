//! All rows of a file as encoded fields, read in parallel, in the order of the file.
//!
//! Rows are kept one behind the other, not as a record each: a million of them are a few allocations. Links stay
//! texts until all rows and the store are known.

use csv::StringRecord;
use rayon::prelude::*;

use crate::{
    domain::{KindId, RecordId, Row, Type, bytes::put_unsigned, target_of},
    error::{Error, Result},
    text::{Lang, Said, nfc, said, scrub},
};

use super::{
    cell::{Cells, Grammar},
    fault::{Fault, Faults},
    mapping::{Mapping, Target},
    options::ImportOptions,
    table::{Rows, Table},
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
    fn fill(&mut self, rows: &mut Rows<'_>) -> Result<()> {
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

/// A link that a row has, as the text that names its target.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pending {
    /// Which of the mapping's targets.
    pub target: u16,
    /// The number of the text among those of the target's kind.
    pub text: u32,
}

/// Where a row's parts end within its chunk, and where it stood.
#[derive(Clone, Copy, Debug)]
struct End {
    line: u32,
    fields: u32,
    links: u32,
}

#[derive(Debug, Default)]
struct Chunk {
    fields: Vec<u8>,
    links: Vec<Pending>,
    ends: Vec<End>,
    ids: Vec<u64>,
}

/// One row of the file.
#[derive(Clone, Copy)]
pub(super) struct FileRow<'a> {
    /// The line at which it begins.
    pub line: u32,
    /// Its fields but for links.
    pub fields: Row<'a>,
    /// Its links.
    pub links: &'a [Pending],
    /// The number of the record it names by id; 0 for none.
    pub id: u64,
}

/// The rows of a file that are right so far.
#[derive(Debug, Default)]
pub(super) struct FileRows {
    chunks: Vec<Chunk>,
    /// The texts of their links.
    pub texts: LinkTexts,
    /// What is wrong with the others.
    pub faults: Faults,
    /// How many rows the file has, but for empty ones.
    pub seen: u64,
    /// How many rows have nothing but empty cells.
    pub empty: u64,
}

impl FileRows {
    /// Reads every row of a table. `progress` is told how many bytes of how many are done.
    pub fn read(
        table: &Table,
        mapping: &Mapping,
        options: &ImportOptions,
        grammar: &Grammar,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Self> {
        let plan = Recipe::new(table, mapping, options, grammar)?;
        let (mut all, mut rows) = (Self::default(), table.rows());
        let (mut batch, mut ahead) = (Batch::default(), Batch::default());
        rows.next(&mut StringRecord::new())?;
        batch.fill(&mut rows)?;
        while batch.filled > 0 {
            let read = || batch.rows[..batch.filled].par_chunks(CHUNK).map(|rows| plan.read(rows)).collect::<Vec<_>>();
            let (done, filled) = rayon::join(read, || ahead.fill(&mut rows));
            done.into_iter().for_each(|chunk| all.take(chunk, mapping, options.skip_errors));
            progress(batch.until, table.len() as u64);
            filled?;
            std::mem::swap(&mut batch, &mut ahead);
        }
        Ok(all)
    }

    fn take(&mut self, read: Reader<'_>, mapping: &Mapping, all_faults: bool) {
        let Reader { mut chunk, texts, faults, seen, empty, .. } = read;
        let renumbered = self.texts.absorb(texts);
        for link in &mut chunk.links {
            let kind = target_of(mapping.targets[usize::from(link.target)].def).map(|kind| kind.id);
            if let Some((_, numbers)) = renumbered.iter().find(|(of, _)| Some(*of) == kind) {
                link.text = numbers[link.text as usize];
            }
        }
        chunk.fields.shrink_to_fit();
        chunk.links.shrink_to_fit();
        self.chunks.push(chunk);
        self.faults.take(faults, all_faults);
        self.seen += seen;
        self.empty += empty;
    }

    /// The rows in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = FileRow<'_>> {
        self.chunks.iter().flat_map(Chunk::iter)
    }
}

impl Chunk {
    fn iter(&self) -> impl Iterator<Item = FileRow<'_>> {
        let (mut field, mut link) = (0, 0);
        self.ends.iter().enumerate().map(move |(at, end)| {
            let fields = &self.fields[field..end.fields as usize];
            let links = &self.links[link..end.links as usize];
            (field, link) = (end.fields as usize, end.links as usize);
            let id = self.ids.get(at).copied().unwrap_or(0);
            FileRow { line: end.line, fields: Row::new(fields), links, id }
        })
    }
}

/// All that is needed to read a row.
struct Recipe<'a> {
    columns: usize,
    mapping: &'a Mapping,
    grammar: &'a Grammar,
    replaced: Vec<Vec<(String, String)>>,
    constants: Vec<Option<Vec<u8>>>,
    kind: &'static crate::domain::Kind,
}

impl<'a> Recipe<'a> {
    fn new(table: &Table, mapping: &'a Mapping, options: &ImportOptions, grammar: &'a Grammar) -> Result<Self> {
        let mut replaced = vec![Vec::new(); mapping.targets.len()];
        for (code, old, new) in options.value_pairs()? {
            let def = super::mapping::field(options.kind, code, "--map-value")?;
            let at = mapping.targets.iter().position(|target| target.def == def).ok_or_else(|| {
                Error::usage(said!(
                    ("--map-value: no column feeds '{}'", def.code),
                    ("--map-value：没有列对应“{}”", def.zh)
                ))
                .hint(said!(
                    "say which one does: --map 'Heading={}'",
                    "请指明：--map '列标题={}'",
                    def.code
                ))
            })?;
            replaced[at].push((crate::text::fold(old), new.to_owned()));
        }
        let constant = |target: &Target| -> Result<Option<Vec<u8>>> {
            let Some(text) = target.constant.as_deref().filter(|_| target.def.ty != Type::Link) else {
                return Ok(None);
            };
            let mut stored = Vec::new();
            let value = grammar.read(target.def, text).map_err(|error| error.at(Said::same("--set")))?;
            value.iter().for_each(|value| crate::domain::bytes::put(&mut stored, value));
            Ok(Some(stored))
        };
        let constants = mapping.targets.iter().map(constant).collect::<Result<_>>()?;
        Ok(Self { columns: table.headings.len(), mapping, grammar, replaced, constants, kind: options.kind })
    }

    fn read(&self, rows: &[(u32, StringRecord)]) -> Reader<'_> {
        let targets = self.mapping.targets.iter().zip(&self.replaced);
        let mut reader = Reader {
            recipe: self,
            cells: targets.map(|(target, replaced)| Cells::new(self.grammar, target.def, replaced)).collect(),
            chunk: Chunk::default(),
            texts: LinkTexts::default(),
            faults: Vec::new(),
            value: Vec::new(),
            seen: 0,
            empty: 0,
        };
        rows.iter().for_each(|(line, row)| reader.row(*line, row));
        reader
    }
}

/// Reads one chunk.
struct Reader<'a> {
    recipe: &'a Recipe<'a>,
    cells: Vec<Cells<'a>>,
    chunk: Chunk,
    texts: LinkTexts,
    faults: Vec<Fault>,
    value: Vec<u8>,
    seen: u64,
    empty: u64,
}

impl Reader<'_> {
    fn row(&mut self, line: u32, row: &StringRecord) {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            self.empty += 1;
            return;
        }
        self.seen += 1;
        // Some programs end a row with one delimiter more than the headings.
        let beyond = row.iter().skip(self.recipe.columns).any(|cell| !cell.trim().is_empty());
        if row.len() < self.recipe.columns || beyond {
            self.faults.push(Fault { line, field: None, reason: ragged(row, self.recipe.columns) });
            return;
        }
        let (fields, links, faults) = (self.chunk.fields.len(), self.chunk.links.len(), self.faults.len());
        let mapping = self.recipe.mapping;
        for (at, target) in mapping.targets.iter().enumerate() {
            self.value.clear();
            let read = match target_of(target.def) {
                Some(kind) => self.link(at, target, kind.id, row),
                None => self.field(at, target, row),
            };
            if let Err(error) = read {
                self.faults.push(Fault {
                    line,
                    field: Some(target.def.code),
                    reason: self.reason(target, row, &error),
                });
            } else if !self.value.is_empty() {
                put_unsigned(&mut self.chunk.fields, u64::from(target.def.tag));
                put_unsigned(&mut self.chunk.fields, self.value.len() as u64);
                self.chunk.fields.extend_from_slice(&self.value);
            }
        }
        if let Some(column) = mapping.id_column {
            match id(row.get(column).unwrap_or_default(), self.recipe.kind) {
                Ok(num) => self.chunk.ids.push(num),
                Err(reason) => self.faults.push(Fault { line, field: Some("id"), reason }),
            }
        }
        if self.faults.len() > faults {
            self.chunk.fields.truncate(fields);
            self.chunk.links.truncate(links);
            self.chunk.ids.truncate(self.chunk.ends.len());
            return;
        }
        let end = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        self.chunk.ends.push(End { line, fields: end(self.chunk.fields.len()), links: end(self.chunk.links.len()) });
    }

    /// Remembers which record the cell names.
    fn link(&mut self, at: usize, target: &Target, kind: KindId, row: &StringRecord) -> Result<()> {
        let cell = target.constant.as_deref().unwrap_or_else(|| first_cell(target, row));
        let cell = self.cells[at].replace(cell);
        let clean = scrub(cell);
        let clean = nfc(clean.trim());
        if clean.is_empty() {
            return Ok(());
        }
        crate::domain::read::fits(target.def, &clean)?;
        let text = self.texts.of(kind).number(&clean);
        let target = u16::try_from(at).unwrap_or(u16::MAX);
        self.chunk.links.push(Pending { target, text });
        Ok(())
    }

    /// What is wrong with a cell, without the field's code, and the next step.
    fn reason(&self, target: &Target, row: &StringRecord, error: &Error) -> Said {
        let code = target.def.code;
        let undated = self.recipe.grammar.date_format.is_none();
        let hint = match (target.def.ty, target.def.choices.first(), error.next()) {
            (Type::Choice, Some(choice), _) => {
                let cell = scrub(first_cell(target, row));
                said!(
                    "say what it means: --map-value '{code}:{cell}={}'",
                    "请指明含义：--map-value '{code}:{cell}={}'",
                    choice.code
                )
            }
            (Type::Date | Type::Instant | Type::Due, ..) if undated => {
                said!(
                    "say how dates are written, such as --date-format %d/%m/%Y",
                    "请说明日期的写法，例如 --date-format %d/%m/%Y"
                )
            }
            (_, _, Some(hint)) => hint.clone(),
            (_, _, None) => return error.what().clone(),
        };
        let both = |lang| (error.what().get(lang), hint.get(lang));
        let ((en, next), (zh, then)) = (both(Lang::En), both(Lang::Zh));
        said!("{en} ({next})", "{zh}（{then}）")
    }

    fn field(&mut self, at: usize, target: &Target, row: &StringRecord) -> Result<()> {
        if let Some(stored) = &self.recipe.constants[at] {
            self.value.extend_from_slice(stored);
            return Ok(());
        }
        let cells = &mut self.cells[at];
        if target.def.many {
            for source in &target.sources {
                let text = cells.replace(row.get(source.column).unwrap_or_default());
                cells.put_items(&mut self.value, text, source.label)?;
            }
            return Ok(());
        }
        let [source] = target.sources.as_slice() else {
            let joined = joined(target, row);
            return cells.put(&mut self.value, cells.replace(&joined).to_owned().as_str());
        };
        let text = cells.replace(row.get(source.column).unwrap_or_default());
        cells.put(&mut self.value, text)
    }
}

/// The first cell that feeds a field.
fn first_cell<'r>(target: &Target, row: &'r StringRecord) -> &'r str {
    let cells = target.sources.iter().filter_map(|source| row.get(source.column));
    cells.map(str::trim).find(|cell| !cell.is_empty()).unwrap_or_default()
}

/// The cells of several columns as one text: lines of a long one, else words, which Chinese does not part.
fn joined(target: &Target, row: &StringRecord) -> String {
    let mut out = String::new();
    for source in &target.sources {
        let cell = row.get(source.column).unwrap_or_default().trim();
        if cell.is_empty() {
            continue;
        }
        let wide = |c: Option<char>| c.is_some_and(|c| c >= '\u{2e80}');
        let unparted = wide(out.chars().next_back()) && wide(cell.chars().next());
        if !out.is_empty() && target.def.ty == Type::LongText {
            out.push('\n');
        } else if !out.is_empty() && !unparted {
            out.push(' ');
        }
        out.push_str(cell);
    }
    out
}

/// The number of the record that a cell names by id; 0 where it is empty.
fn id(cell: &str, kind: &'static crate::domain::Kind) -> std::result::Result<u64, Said> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(0);
    }
    match RecordId::parse(cell, Some(kind)) {
        Some(id) if id.kind == kind.id => Ok(id.num),
        _ => Err(said!(("'{}' is no id of a {}", scrub(cell), kind.noun), ("“{}”不是{}的编号", scrub(cell), kind.zh))),
    }
}

fn ragged(row: &StringRecord, columns: usize) -> Said {
    let (en, zh) = match row.iter().any(|cell| cell.contains('\n')) {
        true => ("; perhaps a quotation mark is not closed", "；可能有引号没有闭合"),
        false => ("", ""),
    };
    said!(
        ("it has {} cells where there are {columns} headings{en}", row.len()),
        ("有 {} 个单元格，而列标题有 {columns} 个{zh}", row.len())
    )
}
