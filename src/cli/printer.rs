//! Answers on their way to the terminal or the pipe.

use std::{io::IsTerminal, path::Path};

use crate::{
    command::{
        done::StepResult,
        op::{Answer, Show},
    },
    commit::Receipt,
    error::{Error, ErrorKind, Result},
    query::grid::Grid,
    text::{Bars, Lang, Said, counted, said},
};

use super::{
    difference,
    output::{Bar, Format, Output, file_name},
};

/// Shows answers through an [`Output`].
pub struct AnswerPrinter<'o> {
    /// Where answers go.
    pub output: &'o Output,
    /// Every question is answered with yes.
    pub yes: bool,
    /// Only the difference is wanted.
    pub dry_run: bool,
    /// The file that is open, which no answer may be written over.
    store: Option<&'o Path>,
    bar: Option<Bar>,
}

impl<'o> AnswerPrinter<'o> {
    /// A desk that answers go over.
    pub const fn new(output: &'o Output, yes: bool, dry_run: bool) -> Self {
        Self { output, yes, dry_run, store: None, bar: None }
    }

    /// The same, of a store in this file.
    #[must_use]
    pub fn of_store(self, store: Option<&'o Path>) -> Self {
        Self { store, ..self }
    }

    fn export(&self, data: Exported<'_>, to: Option<&Path>) -> Result<()> {
        let Some(path) = to else { return data.write(self.output, None).map(drop) };
        let name = file_name(path);
        let place = |path: &Path| path.canonicalize().ok();
        if self.store.and_then(place).is_some_and(|store| place(path) == Some(store)) {
            return Err(Error::usage(said!("{name} is the store itself", "{name} 就是数据文件本身"))
                .hint(said!("name another file", "请换一个文件名")));
        }
        if self.dry_run {
            return self.would_export(data, path);
        }
        if !self.yes && replaces(path) {
            if !self.can_ask() {
                return Err(Error::usage(said!("{name} is there already", "{name} 已存在")).hint(said!(
                    "name another file, or add --yes to replace it",
                    "请换一个文件名，或加 --yes 覆盖它"
                )));
            }
            self.question(&format!("Replace {name}?"), &format!("覆盖 {name}？"))?;
        }
        let (en, zh) = data.called();
        let count = data.write(self.output, Some(path))?;
        self.output.note(
            &self
                .lang()
                .pick(format!("{} written to {name}", counted(count, en)), format!("已将 {count} {zh}写入 {name}")),
        );
        Ok(())
    }

    /// Says what would be written, with the same work but for the file.
    fn would_export(&self, data: Exported<'_>, path: &Path) -> Result<()> {
        let (en, zh) = data.called();
        let count = data.count(self.output)?;
        let name = file_name(path);
        let records = counted(count, en);
        let (en, zh) = match replaces(path) {
            true => (
                format!("{records} would be written to {name}, which would be replaced"),
                format!("将把 {count} {zh}写入 {name}，并覆盖它"),
            ),
            false => (format!("{records} would be written to {name}"), format!("将把 {count} {zh}写入 {name}")),
        };
        self.output.note(&self.lang().pick(en, zh));
        Ok(())
    }

    /// Remembers that a step was written, which an error of the output does not take back.
    fn noted(&self, receipt: &Receipt) {
        if receipt.seq.is_some() {
            self.output.late.made();
        }
    }

    /// Says how many records a step has changed of which none is named.
    fn changed(&self, receipt: &Receipt, done: &StepResult) {
        if receipt.seq.is_none() {
            return self.output.note(self.lang().pick("Nothing to change", "无需更改"));
        }
        let tally = receipt.tally;
        let all = tally.created + tally.changed + tally.removed;
        self.output.note(done.tally(all).get(self.lang()));
    }

    fn question(&self, english: &str, chinese: &str) -> Result<()> {
        let prompt = self.lang().pick(format!("{english} [y/N] "), format!("{chinese}[是/否，默认否] "));
        if self.output.ask(&prompt)? {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Declined, said!("Nothing was changed", "已取消，未作更改")))
    }
}

/// What is written into a file or on standard output.
enum Exported<'a> {
    /// Records, and whether they are of one kind that was named.
    Records(Vec<Grid<'a>>, bool),
    /// Objects, and the key under which they stand in one document.
    Objects(&'static str, Vec<serde_json::Value>),
}

impl Exported<'_> {
    /// What one of them is called, in Chinese with its measure word.
    const fn called(&self) -> (&'static str, &'static str) {
        match self {
            Self::Records(..) => ("record", "条记录"),
            Self::Objects(..) => ("definition", "项定义"),
        }
    }

    fn write(self, output: &Output, to: Option<&Path>) -> Result<u64> {
        match self {
            Self::Records(grids, one_kind) => output.export(grids, one_kind, to),
            Self::Objects(root, lines) => output.document(root, &lines, to),
        }
    }

    /// How many there are, counted by the same work.
    fn count(self, output: &Output) -> Result<u64> {
        match self {
            Self::Records(grids, one_kind) => output.count_export(grids, one_kind),
            Self::Objects(_, lines) => Ok(lines.len() as u64),
        }
    }
}

/// Whether writing to a path takes away what is there: not from a pipe or a device.
fn replaces(path: &Path) -> bool {
    match path.metadata() {
        Ok(there) => there.is_file() || there.is_dir(),
        Err(error) => error.kind() != std::io::ErrorKind::NotFound || path.is_symlink(),
    }
}

impl Show for AnswerPrinter<'_> {
    fn show(&mut self, answer: Answer<'_>) -> Result<()> {
        if let Some(bar) = self.bar.take() {
            bar.end();
        }
        match answer {
            Answer::Grid(grid) => self.output.grid(grid).map(drop),
            Answer::Sections(sections) => self.output.sections(sections),
            Answer::Number(number) => self.output.line(&number.to_string()),
            Answer::Details(details, names) => self.output.details(&details, names),
            Answer::Difference(changes, names, columns) => difference::show(changes, names, columns, self.output),
            Answer::Export { grids, one_kind, to } => self.export(Exported::Records(grids, one_kind), to),
            Answer::Document { root, lines, to } => self.export(Exported::Objects(root, lines), to),
            Answer::Remark(english, chinese) => {
                self.output.note(self.lang().pick(&english, &chinese));
                Ok(())
            }
            Answer::Partly { about, done, named, receipt, left } => {
                let programs = self.output.format.is_json();
                let ids = if named || programs { about } else { &[] };
                self.noted(receipt);
                self.output.partly(ids, receipt, Some(left))?;
                if !programs {
                    left.iter().for_each(|left| self.output.complain(&left.line(self.lang())));
                }
                let says_nothing_else = if receipt.seq.is_some() { !named } else { left.is_empty() };
                if says_nothing_else {
                    self.changed(receipt, done);
                }
                Ok(())
            }
            Answer::Written(receipt) => {
                self.noted(receipt);
                match self.output.format {
                    Format::Json | Format::JsonLines | Format::Ids => self.output.step(&receipt.touched, receipt),
                    _ => Ok(()),
                }
            }
            Answer::Tally { root, counts } => self.output.tally(root, counts),
            Answer::Done { about, receipt, done, note } => {
                self.noted(receipt);
                let json = matches!(self.output.format, Format::Json);
                let ids = if about.is_empty() && json { &receipt.touched } else { about };
                self.output.step(ids, receipt)?;
                if about.is_empty() || receipt.seq.is_none() {
                    self.changed(receipt, done);
                }
                if let Some((english, chinese)) = note {
                    self.output.note(self.lang().pick(&english, &chinese));
                }
                Ok(())
            }
        }
    }

    fn confirm(&mut self, english: &str, chinese: &str) -> Result<()> {
        if self.yes || !self.can_ask() { Ok(()) } else { self.question(english, chinese) }
    }

    fn agree(&mut self, english: &str, chinese: &str) -> Result<()> {
        if self.yes || self.dry_run {
            return Ok(());
        }
        if self.can_ask() {
            return self.question(english, chinese);
        }
        Err(Error::usage(said!("This cannot be undone, and nobody can be asked", "此操作无法撤销，而当前无法询问确认"))
            .hint(said!("add --yes", "请加 --yes")))
    }

    fn hear(&mut self, heard: &[Said]) {
        heard.iter().for_each(|said| self.output.note_on_terminal(&format!("= {}", said.get(self.lang()))));
    }

    fn can_ask(&self) -> bool {
        !self.yes && self.output.screen.terminal && std::io::stdin().is_terminal()
    }

    fn wants_all_fields(&self) -> bool {
        self.output.format.is_json()
    }

    fn wants_only_ids(&self) -> bool {
        matches!(self.output.format, Format::Ids)
    }

    fn is_for_people(&self) -> bool {
        self.output.format.is_table()
    }

    fn bars(&self) -> Option<Bars> {
        let screen = &self.output.screen;
        let drawn = screen.terminal && self.output.format.is_table();
        drawn.then_some(if screen.ascii { Bars::Ascii } else { Bars::Blocks })
    }

    fn progress(&mut self, english: &'static str, chinese: &'static str, done: u64, of: u64) {
        if self.output.screen.quiet {
            return;
        }
        let bar = self.bar.get_or_insert_with(Bar::default);
        bar.show(self.output.screen.lang.pick(english, chinese), done, of);
    }

    fn dry_run(&self) -> bool {
        self.dry_run
    }

    fn lang(&self) -> Lang {
        self.output.screen.lang
    }
}
