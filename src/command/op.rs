//! What an operation is: its words, its arguments and its help, declared once as data, and the function behind them.
//!
//! The command line, the palette, key bindings, batch files and the reference page are all made from [`super::OPS`].

use std::path::Path;

use crate::{
    domain::{Kind, KindId, RecordId, Schema, print::Understood},
    error::Result,
    query::{
        grid::{Grid, Sections},
        names::Names,
    },
    read_model::record_details::RecordDetails,
    store::{Reader, RecordChange, Store},
    text::{Bars, Lang, Said, fold_cow},
};

use super::{
    args::{ArgDef, Words},
    done::{StepResult, listed},
    question::Question,
};
use crate::commit::{
    Context, Receipt, StepPreview, WritePlan,
    skipped::{Skipped, SkippedRecords},
};

/// What an operation belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noun {
    /// Every kind of record has it.
    Every,
    /// This kind has it.
    Kind(&'static str),
    /// It stands alone.
    Top,
}

/// One operation.
#[derive(Debug)]
pub struct Op {
    /// What it belongs to.
    pub noun: Noun,
    /// Its verb; of a top-level operation its only word.
    pub verb: &'static str,
    /// What can be said for the verb in Chinese, the usual word first, with a space between.
    pub also: &'static str,
    /// What it does, in English.
    pub en: &'static str,
    /// What it does, in Chinese.
    pub zh: &'static str,
    /// Commands that can be pasted into any shell, without `crm`; `{noun}` stands for the kind's noun.
    pub examples: &'static [&'static str],
    /// Its words and options.
    pub args: &'static [ArgDef],
    /// What it does.
    pub run: Run,
}

impl Op {
    /// Whether a word is its verb, in either language.
    pub fn is_said(&self, word: &str) -> bool {
        self.verb == word || (!word.is_ascii() && self.also.split(' ').any(|other| other == fold_cow(word)))
    }

    /// Its verb in Chinese.
    pub fn zh_verb(&self) -> &'static str {
        self.also.split(' ').next().unwrap_or(self.verb)
    }
}

/// How an operation runs.
#[derive(Clone, Copy)]
pub enum Run {
    /// It reads and shows; a file is written by whoever shows it, and in a dry run only spoken of.
    Ask(fn(&Invocation<'_>, &mut dyn Show) -> Result<()>),
    /// It plans a step, which `commit` writes.
    Change(fn(&Invocation<'_>) -> Result<Planned>),
    /// It needs the store as a whole (undo, import, purge), and says what it makes of `--dry-run`.
    Whole(fn(&Store, &Context, &Words, &mut dyn Show) -> Result<()>, DryRun),
}

/// What an operation makes of `--dry-run`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DryRun {
    /// It says what it would do, and changes nothing.
    Shown,
    /// It has no such thing, and refuses the option.
    Refused,
}

impl std::fmt::Debug for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Ask(_) => "Ask",
            Self::Change(_) => "Change",
            Self::Whole(..) => "Whole",
        })
    }
}

impl Run {
    /// Whether it only reads.
    pub const fn reads(self) -> bool {
        matches!(self, Self::Ask(_))
    }

    /// What it makes of `--dry-run`: steps are all planned before they are written, and are shown instead.
    pub const fn dry_run(self) -> DryRun {
        match self {
            Self::Whole(_, dry_run) => dry_run,
            Self::Ask(_) | Self::Change(_) => DryRun::Shown,
        }
    }
}

/// What an operation looks at while it asks or plans.
#[derive(Clone, Copy)]
pub struct Invocation<'a> {
    /// The store.
    pub reader: Reader<'a>,
    /// The circumstances.
    pub context: &'a Context,
    /// What was said; the kind of its noun is the one of the reader's schema.
    pub words: &'a Words,
    /// Names of records.
    pub names: &'a Names<'a>,
    /// What was understood of dates and amounts in words.
    pub heard: &'a Understood,
}

impl Invocation<'_> {
    /// The kinds of record that there are.
    pub const fn schema(&self) -> &'static Schema {
        self.reader.schema()
    }

    /// The schema's table of a kind of the program.
    pub fn table(&self, kind: &'static Kind) -> &'static Kind {
        self.schema().table(kind)
    }
}

/// A planned step, and what to show when it is written.
#[derive(Debug, Default)]
pub struct Planned {
    /// The step.
    pub plan: WritePlan,
    /// The records that the command is about: their ids are what it prints.
    pub about: Vec<RecordId>,
    /// What was understood of dates and amounts in words.
    pub heard: Vec<Said>,
    /// Something to add for a person, in English and Chinese.
    pub note: Option<(String, String)>,
    /// What to tell of it once it is written, and how to tell it of one that would be.
    pub told: Option<(Said, Said)>,
    /// What it does to each record, where that is more than the verb of the operation tells.
    pub done: Option<Said>,
    /// What to ask before it is written: it takes the place of something.
    pub question: Option<Question>,
    /// The records of this kind that rules make in the same step are part of the answer for programs.
    pub made: Option<KindId>,
    /// With `--keep-going`: every record that was selected, and those that are left as they are.
    pub each: Option<(Vec<RecordId>, SkippedRecords)>,
    /// Whether `--columns` is about what the record holds, and not about what is shown.
    pub keeps_columns: bool,
}

impl Planned {
    /// Does what another planned step does too.
    pub fn join(&mut self, other: Self) {
        self.plan.join(other.plan);
        self.each = match (self.each.take(), other.each) {
            // What the other left out, its plan has handed over.
            (Some((mut ids, left_out)), Some((more, _))) => {
                ids.extend(more);
                Some((ids, left_out))
            }
            (Some((mut ids, left_out)), None) => {
                ids.extend_from_slice(&other.about);
                Some((ids, left_out))
            }
            (None, Some((more, left_out))) => Some(([self.about.clone(), more].concat(), left_out)),
            (None, None) => None,
        };
        let alone = self.about.is_empty();
        self.about.extend(other.about);
        self.heard.extend(other.heard);
        self.note = self.note.take().or(other.note);
        self.told = self.told.take().or(other.told);
        self.done = match (self.done.take(), other.done) {
            (Some(one), Some(two)) => Some(listed(&[one, two])),
            (None, two) if alone => two,
            // One alone would tell half of it: the records are named then.
            _ => None,
        };
        self.question = self.question.take().or(other.question);
        self.keeps_columns |= other.keeps_columns;
        self.made = self.made.or(other.made);
    }

    /// A step about these records.
    pub const fn about(plan: WritePlan, about: Vec<RecordId>) -> Self {
        Self {
            plan,
            about,
            heard: Vec::new(),
            note: None,
            told: None,
            done: None,
            question: None,
            made: None,
            each: None,
            keeps_columns: false,
        }
    }
}

/// What an operation has to show.
pub enum Answer<'a> {
    /// Rows and columns.
    Grid(Grid<'a>),
    /// Rows under headings: board, agenda.
    Sections(Sections<'a>),
    /// A bare number.
    Number(u64),
    /// A record with its story.
    Details(Box<RecordDetails>, &'a Names<'a>),
    /// A step was written: what it is about, and what it did.
    Done {
        /// The records that the command is about.
        about: &'a [RecordId],
        /// What was written.
        receipt: &'a Receipt,
        /// How that is said.
        done: &'a StepResult,
        /// Something to add for a person, in English and Chinese.
        note: Option<(String, String)>,
    },
    /// What a step would change (`--dry-run`).
    Difference(&'a [RecordChange], &'a Names<'a>, Option<&'a str>),
    /// Objects for other programs, a line each, into a file or on standard output.
    Document {
        /// The JSON key under which they stand in one document.
        root: &'static str,
        /// The objects.
        lines: Vec<serde_json::Value>,
        /// The file.
        to: Option<&'a Path>,
    },
    /// Records as stored, into a file or on standard output.
    Export {
        /// One grid after the other.
        grids: Vec<Grid<'a>>,
        /// Whether it is one kind that was named: a table then, unless something else is asked for.
        one_kind: bool,
        /// The file.
        to: Option<&'a Path>,
    },
    /// A step was written that has left records as they are, where it had to.
    Partly {
        /// The records of which the step was, one for each that was selected.
        about: &'a [RecordId],
        /// How that is said.
        done: &'a StepResult,
        /// Whether they were named, so that people are told which they are.
        named: bool,
        /// What was written.
        receipt: &'a Receipt,
        /// The others.
        left: &'a [Skipped],
    },
    /// How much was done, for programs: a JSON object. People have read it in a remark.
    Tally {
        /// What the object is called.
        root: &'static str,
        /// What was counted.
        counts: &'a [(&'static str, u64)],
    },
    /// A step that takes back another, or does it again, was written: for programs. People read of it in a remark.
    Written(&'a Receipt),
    /// A remark on stderr, in English and Chinese.
    Remark(String, String),
}

/// Whoever asked: the command line or the screen.
pub trait Show {
    /// Shows an answer.
    ///
    /// # Errors
    /// What the output says, a broken pipe included.
    fn show(&mut self, answer: Answer<'_>) -> Result<()>;

    /// Tells a person who types what was understood of dates and amounts in words.
    fn hear(&mut self, _: &[Said]) {}

    /// Takes note of what a step will change, before it is asked about.
    ///
    /// # Errors
    /// What the store says.
    fn foresee(&mut self, _: &Store, _: &[RecordChange]) -> Result<()> {
        Ok(())
    }

    /// What the person has agreed to already, in an earlier run of the same words.
    fn agreed(&self) -> Option<StepPreview> {
        None
    }

    /// What was agreed to is not what would be written any more: whatever comes is to be asked about.
    fn ask_again(&mut self) {}

    /// Whether a change of so many records is looked at before it is made, though it is not large.
    fn previews(&self, _records: usize) -> bool {
        false
    }

    /// Asks before something large; yes where nobody can be asked.
    ///
    /// # Errors
    /// `Declined` where the person says no.
    fn confirm(&mut self, english: &str, chinese: &str) -> Result<()>;

    /// Asks before something that cannot be taken back; where nobody can be asked, it must have been agreed to.
    ///
    /// # Errors
    /// `Usage` where nobody can be asked and `--yes` is missing, `Declined` where the person says no.
    fn agree(&mut self, english: &str, chinese: &str) -> Result<()>;

    /// Whether a person can be asked, so that it is worth finding out beforehand how much will change.
    fn can_ask(&self) -> bool;

    /// Whether every field of a record is wanted, as in JSON, and not only the usual columns.
    fn wants_all_fields(&self) -> bool;

    /// Whether a person reads the answer, so that a screenful is better than everything.
    fn is_for_people(&self) -> bool;

    /// How bars are drawn beside numbers, where somebody looks at them.
    fn bars(&self) -> Option<Bars> {
        None
    }

    /// Tells how far something long is; `of` is 0 where that is not known.
    fn progress(&mut self, english: &'static str, chinese: &'static str, done: u64, of: u64);

    /// Whether nothing but the ids of records is wanted.
    fn wants_only_ids(&self) -> bool;

    /// Whether only the difference is to be shown, and nothing written.
    fn dry_run(&self) -> bool;

    /// The language of the person.
    fn lang(&self) -> Lang;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::customer, error::Error, text::Said};

    #[test]
    fn a_step_of_two_operations_tells_what_both_have_done() {
        let planned = |num: u64, done: Option<&str>| {
            let done = done.map(|done| Said::same(done.to_owned()));
            Planned { done, ..Planned::about(WritePlan::new(), vec![RecordId::new(customer::ID, num)]) }
        };
        let told = |both: [Option<&str>; 2]| {
            let mut made = Planned::default();
            both.into_iter().zip(1..).for_each(|(done, num)| made.join(planned(num, done)));
            made.done.map(|done| done.both().0.to_owned())
        };
        assert_eq!(told([Some("C-1 moved"), Some("C-2 moved")]).as_deref(), Some("C-1 moved, C-2 moved"));
        assert_eq!(told([Some("C-1 moved"), None]), None, "half of it is not told");
        assert_eq!(told([None, Some("C-2 moved")]), None);
    }

    #[test]
    fn a_step_of_two_operations_tells_what_each_has_left_out() {
        let id = |num| RecordId::new(customer::ID, num);
        let planned = |num: u64| {
            let left_out = SkippedRecords::default();
            left_out.add(Some(id(num).to_string()), Error::invalid(Said::same("no".to_owned())));
            let mut plan = WritePlan::new();
            plan.left_out = Some(left_out.clone());
            Planned { each: Some((vec![id(num), id(num + 1)], left_out)), ..Planned::about(plan, vec![id(num)]) }
        };
        let mut made = Planned::default();
        [1, 5].into_iter().for_each(|num| made.join(planned(num)));
        // What the rules leave out later goes where the plan says.
        made.plan.left_out.as_ref().unwrap().add(Some(id(6).to_string()), Error::invalid(Said::same("no".to_owned())));
        let (ids, left_out) = made.each.unwrap();
        assert_eq!(ids, [id(1), id(2), id(5), id(6)]);
        let left: Vec<_> = left_out.take().into_iter().filter_map(|left| left.id).collect();
        assert_eq!(left, ["C-1", "C-5", "C-6"]);
    }
}
