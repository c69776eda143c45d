//! Commands that are run without a command line or a screen.

use crm::{
    command::{
        op::{Answer, Show},
        run,
    },
    commit::{Context, StepPreview},
    error::Result,
    grammar::{self, Request},
    store::{RecordChange, Store},
    text::Lang,
};

/// Whoever runs a command in a test. As it stands here, nobody: asked nothing, and reading nothing.
pub(super) trait Watcher {
    /// Is shown an answer.
    fn read(&mut self, _: &Answer<'_>) {}

    /// Is shown what is about to be written.
    fn foresee(&mut self, _: &[RecordChange]) -> Result<()> {
        Ok(())
    }

    /// What was shown in an earlier run, and agreed to.
    fn agreed(&self) -> Option<StepPreview> {
        None
    }

    /// That is not what is there any more.
    fn ask_again(&mut self) {}

    /// Answers a question.
    fn answer(&mut self, _: &str) -> Result<()> {
        Ok(())
    }

    /// Whether a question finds somebody.
    fn can_ask(&self) -> bool {
        false
    }

    /// Whether this is a person.
    fn is_person(&self) -> bool {
        false
    }
}

/// What stands between an operation and the watcher.
struct Shown<'a>(&'a mut dyn Watcher);

impl Show for Shown<'_> {
    fn show(&mut self, answer: Answer<'_>) -> Result<()> {
        self.0.read(&answer);
        Ok(())
    }

    fn foresee(&mut self, _: &Store, changes: &[RecordChange]) -> Result<()> {
        self.0.foresee(changes)
    }

    fn agreed(&self) -> Option<StepPreview> {
        self.0.agreed()
    }

    fn ask_again(&mut self) {
        self.0.ask_again();
    }

    fn confirm(&mut self, english: &str, _: &str) -> Result<()> {
        self.0.answer(english)
    }

    fn agree(&mut self, english: &str, _: &str) -> Result<()> {
        self.0.answer(english)
    }

    fn can_ask(&self) -> bool {
        self.0.can_ask()
    }

    fn wants_all_fields(&self) -> bool {
        false
    }

    fn is_for_people(&self) -> bool {
        self.0.is_person()
    }

    fn progress(&mut self, _: &'static str, _: &'static str, _: u64, _: u64) {}

    fn wants_only_ids(&self) -> bool {
        false
    }

    fn dry_run(&self) -> bool {
        false
    }

    fn lang(&self) -> Lang {
        Lang::En
    }
}

/// Runs a command as the command line does, before the eyes of somebody.
pub(super) fn run_before(store: &Store, context: &Context, line: &str, watcher: &mut dyn Watcher) -> Result<()> {
    let request = grammar::request(store.snapshot()?.schema(), crm::command::quoting::split(line)?)?;
    let Request::Run(op, kind, rest) = request else { unreachable!("{line} runs nothing") };
    let words = grammar::parse(op, kind, &rest)?;
    run::run(op, store, context, &words, &mut Shown(watcher))
}

/// Whether something was written.
#[derive(Default)]
struct Wrote(bool);

impl Watcher for Wrote {
    fn read(&mut self, answer: &Answer<'_>) {
        if let Answer::Done { receipt, .. } = answer {
            self.0 |= receipt.seq.is_some();
        }
    }
}

/// Runs a command before nobody; whether it wrote something.
pub(super) fn run(store: &Store, context: &Context, line: &str) -> Result<bool> {
    let mut wrote = Wrote::default();
    run_before(store, context, line, &mut wrote)?;
    Ok(wrote.0)
}
