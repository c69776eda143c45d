//! Reads rows: cells to stored bytes, links to the texts that name their targets, and what is wrong with either.

mod links;

use csv::StringRecord;

use crate::{
    domain::{
        Instant, Type, Value,
        bytes::put_unsigned,
        common::{CREATED, NOTE},
        words::figures::Mark,
    },
    error::{Error, Result},
    text::{Lang, Said, nfc, said, scrub},
};

use super::{
    beside,
    cell::{Cells, Grammar, Number, Replaced},
    date_hint,
    fault::{self, Fault},
    file_row::{Chunk, End, RowIdentity},
    identity::is_yes,
    joined::joined,
    lines::Lines,
    mapping::Mapping,
    numbers::{DecimalEvidence, counts},
    options::ImportOptions,
    own::{id, kind_of_id, no_id},
    places, reach,
    shares::Shares,
    table::Table,
    target::{Source, Target},
    texts::LinkTexts,
    units,
};

/// All that is needed to read a row.
pub(super) struct RowSettings<'a> {
    columns: usize,
    mapping: &'a Mapping,
    grammar: &'a Grammar,
    /// Those of targets whose heading names a zone.
    zoned: Vec<Option<Grammar>>,
    replaced: Vec<Vec<Replaced>>,
    constants: Vec<Option<Vec<u8>>>,
    kind: &'static crate::domain::Kind,
    /// The sign before the decimals of each target; none where its cells are to say so.
    signs: &'a [Option<Mark>],
}

impl<'a> RowSettings<'a> {
    /// How the rows of a table are read.
    pub fn new(
        table: &Table,
        mapping: &'a Mapping,
        options: &ImportOptions,
        grammar: &'a Grammar,
        signs: &'a [Option<Mark>],
    ) -> Result<Self> {
        let mut replaced: Vec<Vec<Replaced>> = mapping.targets.iter().map(|_| Vec::new()).collect();
        for (code, old, new) in options.value_pairs()? {
            let def = super::mapping::field(options.kind, code, "--map-value")?;
            let at = mapping.targets.iter().position(|target| target.def == def).ok_or_else(|| {
                Error::usage(said!(
                    ("--map-value: no column feeds '{}'", def.code),
                    ("--map-value：没有列对应“{}”", def.zh)
                ))
                .hint(said!(
                    ("say which one does: --map 'Heading={}'", def.code),
                    ("请指明：--map '列标题={}'", def.zh)
                ))
            })?;
            replaced[at].push(Replaced::new(old, new));
        }
        let constant = |target: &Target| -> Result<Option<Vec<u8>>> {
            let Some(text) = target.constant.as_deref().filter(|_| target.def.ty != Type::Link) else {
                return Ok(None);
            };
            let mut stored = Vec::new();
            let value = grammar.read(target.def, text).map_err(|error| error.at(Said::same("--set")))?;
            let labelled = value.map(|value| match target.label {
                Some(label) => crate::domain::assign::labelled(value, label),
                None => value,
            });
            labelled.iter().for_each(|value| crate::domain::bytes::put(&mut stored, value));
            Ok(Some(stored))
        };
        let constants = mapping.targets.iter().map(constant).collect::<Result<_>>()?;
        let zoned = |target: &Target| target.zone.map(|tz| Grammar { tz, ..grammar.clone() });
        let zoned = mapping.targets.iter().map(zoned).collect();
        Ok(Self {
            columns: table.headings.len(),
            mapping,
            grammar,
            zoned,
            replaced,
            constants,
            kind: options.kind,
            signs,
        })
    }

    /// What a person should know of texts that are to be replaced and that no cell has had.
    pub fn unmet(&self) -> Vec<Said> {
        let fields = self.mapping.targets.iter().zip(&self.replaced);
        let unmet = fields.flat_map(|(target, replaced)| {
            replaced.iter().filter_map(Replaced::unmet).map(|old| {
                let (code, old) = (target.def.code, scrub(old));
                let zh = target.def.zh;
                said!(
                    ("--map-value '{code}:{old}=...' changes nothing: no cell for {code} says '{old}'"),
                    ("--map-value '{zh}:{old}=...' 没有作用：“{zh}”的单元格中没有“{old}”")
                )
            })
        });
        unmet.collect()
    }

    /// Reads rows that follow each other.
    pub fn read(&self, rows: &[(u32, StringRecord)]) -> RowReader<'_> {
        let cells = |(at, target): (usize, &Target)| {
            let grammar = self.zoned[at].as_ref().unwrap_or(self.grammar);
            Cells::new(grammar, target.def, &self.replaced[at])
        };
        let mut reader = RowReader {
            recipe: self,
            cells: self.mapping.targets.iter().enumerate().map(cells).collect(),
            chunk: Chunk::default(),
            texts: LinkTexts::default(),
            faults: Vec::new(),
            heard: vec![DecimalEvidence::default(); self.mapping.targets.len()],
            shares: vec![Shares::default(); self.mapping.targets.len()],
            value: Vec::new(),
            aside: Vec::new(),
            aside_len: 0,
            seen: 0,
            empty: 0,
            doubtful: Lines::default(),
            unsplit: Lines::default(),
        };
        rows.iter().for_each(|(line, row)| reader.row(*line, row));
        reader.doubtful = Lines::doubtful(&reader.chunk, &self.mapping.targets);
        reader
    }
}

/// Reads one chunk.
pub(super) struct RowReader<'a> {
    recipe: &'a RowSettings<'a>,
    cells: Vec<Cells<'a>>,
    /// The rows, but for those with more cells than headings, or fewer.
    pub chunk: Chunk,
    /// The texts of their links.
    pub texts: LinkTexts,
    /// What is wrong with cells.
    pub faults: Vec<Fault>,
    /// What the cells of each target say about decimals.
    pub heard: Vec<DecimalEvidence>,
    /// What the cells of each target of percentages say about shares.
    pub shares: Vec<Shares>,
    value: Vec<u8>,
    /// What a row says beside its numbers and addresses: lines for the note.
    aside: Vec<String>,
    /// How many bytes of the note they are.
    aside_len: usize,
    /// How many rows there are.
    pub seen: u64,
    /// How many more have nothing in them.
    pub empty: u64,
    /// Those with doubtful numbers.
    pub doubtful: Lines,
    /// Those with places that are left out.
    pub unsplit: Lines,
}

impl RowReader<'_> {
    fn row(&mut self, line: u32, row: &StringRecord) {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            self.empty += 1;
            return;
        }
        self.seen += 1;
        // Some programs end a row with one delimiter more than the headings.
        let beyond = row.iter().skip(self.recipe.columns).any(|cell| !cell.trim().is_empty());
        if row.len() < self.recipe.columns || beyond {
            self.faults.push(Fault { line, field: None, reason: fault::ragged(row, self.recipe.columns) });
            return;
        }
        let faults = self.faults.len();
        let mapping = self.recipe.mapping;
        self.aside.clear();
        self.aside_len = 0;
        for (at, target) in mapping.targets.iter().enumerate() {
            self.value.clear();
            let read = match mapping.schema.target(target.def) {
                Some(kind) => self.link(at, target, kind.id, row),
                None => self.field(at, target, row, line),
            };
            if let Err(error) = read {
                self.faults.push(Fault {
                    line,
                    field: Some((target.def.code, target.def.zh)),
                    reason: self.reason(target, row, &error),
                });
                put_unsigned(&mut self.chunk.fields, u64::from(target.def.tag));
                put_unsigned(&mut self.chunk.fields, 0);
            } else if !self.value.is_empty() {
                put_unsigned(&mut self.chunk.fields, u64::from(target.def.tag));
                put_unsigned(&mut self.chunk.fields, self.value.len() as u64);
                self.chunk.fields.extend_from_slice(&self.value);
            }
        }
        if let Some(column) = mapping.id_column {
            match self.own(column, row) {
                Ok(own) => self.chunk.ids.push(own),
                Err(reason) => {
                    self.faults.push(Fault { line, field: Some(fault::ID), reason });
                    self.chunk.ids.push(RowIdentity::default());
                }
            }
        }
        let broken = self.faults.len() > faults;
        let end = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let (fields, links) = (end(self.chunk.fields.len()), end(self.chunk.links.len()));
        self.chunk.ends.push(End { line, fields, links, aside: end(self.aside_len), broken });
    }

    /// The record of this store that a row says it is.
    fn own(&self, column: usize, row: &StringRecord) -> std::result::Result<RowIdentity, Said> {
        let (kind, schema) = (self.recipe.kind, self.recipe.mapping.schema);
        let own = self.recipe.mapping.own;
        let cell = |column: Option<usize>| column.and_then(|column| row.get(column)).unwrap_or_default().trim();
        let named = cell(own.kind);
        if !named.is_empty() && schema.named(named).is_none_or(|named| named.id != kind.id) {
            return Err(said!(
                ("the row is a {}, and not a {}", scrub(named), kind.noun),
                ("此行是“{}”，不是{}", scrub(named), kind.zh)
            ));
        }
        let trashed = is_yes(cell(own.trashed));
        let version = match cell(own.version) {
            "" => 0,
            text => text
                .parse()
                .ok()
                .filter(|version| *version > 0)
                .ok_or_else(|| said!("its version '{}' is no number", "版本“{}”不是数字", scrub(text)))?,
        };
        let id_cell = cell(Some(column));
        if !own.trusted && !id_cell.is_empty() && kind_of_id(schema, id_cell).is_none() {
            return Err(no_id(id_cell, kind));
        }
        let created = self.recipe.mapping.targets.iter().find(|target| *target.def == CREATED.def());
        let to_the_minute = created.is_some_and(|target| first_cell(target, row).matches(':').count() == 1);
        let updated = self.updated(cell(own.updated))?;
        Ok(RowIdentity { num: id(id_cell, kind)?, trashed, to_the_minute, version, updated })
    }

    /// When a record was changed last, and to how many milliseconds a cell says it: spreadsheets leave out the seconds.
    fn updated(&self, cell: &str) -> std::result::Result<Option<(Instant, i64)>, Said> {
        let Some(def) = self.recipe.kind.field("updated") else { return Ok(None) };
        let unit = if cell.matches(':').count() == 1 { 60_000 } else { 1000 };
        match self.recipe.grammar.read(def, cell) {
            Ok(Some(Value::Instant(at))) => Ok(Some((at, unit))),
            Ok(_) => Ok(None),
            Err(error) => Err(error.what().clone()),
        }
    }

    /// What is wrong with a cell, without the field's code, and the next step.
    fn reason(&self, target: &Target, row: &StringRecord, error: &Error) -> Said {
        let code = target.def.code;
        let undated = self.recipe.grammar.date_format.is_none();
        let hint = match (target.def.ty, !target.def.choices.is_empty(), error.next()) {
            (Type::Choice, true, _) => {
                let (cell, label) = (scrub(first_cell(target, row)), target.def.zh);
                let meant = crate::domain::read::likely_choice(target.def, &cell);
                let (en, zh) = meant.map_or(("?", "?"), |choice| (choice.code, choice.zh));
                said!(
                    ("say what it means: --map-value '{code}:{cell}={en}'"),
                    ("请指明含义：--map-value '{label}:{cell}={zh}'")
                )
            }
            (Type::Date | Type::Instant | Type::Due, ..) if undated => date_hint::hint(first_cell(target, row)),
            (_, _, Some(hint)) => hint.clone(),
            (_, _, None) => return error.what().clone(),
        };
        let both = |lang| (error.what().get(lang), hint.get(lang));
        let ((en, next), (zh, then)) = (both(Lang::En), both(Lang::Zh));
        said!("{en} ({next})", "{zh}（{then}）")
    }

    fn field(&mut self, at: usize, target: &Target, row: &StringRecord, line: u32) -> Result<()> {
        if let Some(stored) = &self.recipe.constants[at] {
            self.value.extend_from_slice(stored);
        } else if target.def.many {
            self.list(at, target, row)?;
        } else if counts(target.def) {
            self.number(at, target, row, line)?;
        } else if let Some(place) = target.place {
            let cell = first_cell(target, row);
            match places::split(cell) {
                Some(parts) => self.cells[at].put(&mut self.value, parts[place])?,
                None if cell.is_empty() => {}
                None => self.unsplit.add(line),
            }
        } else if let Some(time) = target.time {
            let cells = &mut self.cells[at];
            let [day, time] = [first_cell(target, row), row.get(time).unwrap_or_default().trim()]
                .map(|cell| if cells.is_nothing(cell) { "" } else { cell });
            let text = beside::with_time(day, time)?;
            cells.put(&mut self.value, &text)?;
        } else {
            let cells = &mut self.cells[at];
            if let [source] = target.sources.as_slice() {
                let text = cells.replace(row.get(source.column).unwrap_or_default());
                cells.put(&mut self.value, text)?;
            } else {
                let joined = joined(target, row);
                cells.put(&mut self.value, cells.replace(&joined).to_owned().as_str())?;
            }
        }
        if target.def.tag == NOTE.tag() {
            let own = self.value.len();
            for line in self.aside.drain(..) {
                if !self.value.is_empty() {
                    self.value.push(b'\n');
                }
                self.value.extend_from_slice(nfc(&scrub(&line)).as_bytes());
            }
            self.aside_len = self.value.len() - own;
        }
        Ok(())
    }

    fn list(&mut self, at: usize, target: &Target, row: &StringRecord) -> Result<()> {
        let cells = &self.cells[at];
        let mut items = crate::domain::Items::default();
        for Source { column, label, label_column } in &target.sources {
            let text = cells.replace(row.get(*column).unwrap_or_default());
            let beside = label_column.and_then(|column| row.get(column)).unwrap_or_default();
            match target.def.ty {
                Type::Phone => reach::phones(target.def, text, (*label, beside), &mut items, &mut self.aside)?,
                Type::Email => reach::mails(cells, text, &mut items, &mut self.aside)?,
                _ => cells.items(text)?.into_iter().for_each(|item| items.include(item)),
            }
        }
        if let Some(list) = items.into_value() {
            crate::domain::bytes::put(&mut self.value, &list);
        }
        Ok(())
    }

    fn number(&mut self, at: usize, target: &Target, row: &StringRecord, line: u32) -> Result<()> {
        let cells = &mut self.cells[at];
        let text = cells.replace(first_cell(target, row));
        self.shares[at].hear(target.def, text, line);
        let named = target.currency.and_then(|column| row.get(column)).unwrap_or_default().trim();
        let currency = match named {
            "" => None,
            named => Some(units::currency(named).ok_or_else(|| not_a_currency(named))?),
        };
        let number = Number { sign: self.recipe.signs[at], unit: target.unit.as_ref(), currency };
        cells.put_number(&mut self.value, text, &number, &mut |says| self.heard[at].hear(says, line))
    }
}

fn not_a_currency(named: &str) -> Error {
    Error::invalid(said!("'{}' names no currency", "“{}”不是货币", scrub(named)))
        .hint(said!("write an ISO code such as CNY, USD or EUR", "请写 ISO 代码，例如 CNY、USD、EUR"))
}

/// The first cell that feeds a field.
fn first_cell<'r>(target: &Target, row: &'r StringRecord) -> &'r str {
    let cells = target.sources.iter().filter_map(|source| row.get(source.column));
    cells.map(str::trim).find(|cell| !cell.is_empty()).unwrap_or_default()
}
