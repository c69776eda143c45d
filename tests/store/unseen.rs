//! Commands that are run without a command line or a screen.

use crm::{
    error::Result,
    ops::{
        Context,
        op::{Answer, Show},
        running,
        spoken::{self, Request},
    },
    store::Store,
    text::Lang,
};

/// Nobody is asked, and nobody reads the answers; whether something was written is kept.
#[derive(Default)]
struct Unseen {
    wrote: bool,
}

impl Show for Unseen {
    fn show(&mut self, answer: Answer<'_>) -> Result<()> {
        if let Answer::Done { receipt, .. } = answer {
            self.wrote |= receipt.seq.is_some();
        }
        Ok(())
    }

    fn confirm(&mut self, _: &str, _: &str) -> Result<()> {
        Ok(())
    }

    fn agree(&mut self, _: &str, _: &str) -> Result<()> {
        Ok(())
    }

    fn can_ask(&self) -> bool {
        false
    }

    fn wants_all_fields(&self) -> bool {
        false
    }

    fn is_for_people(&self) -> bool {
        false
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

/// Runs a command as the command line does; whether it wrote something.
pub(super) fn run(store: &Store, context: &Context, line: &str) -> Result<bool> {
    let request = spoken::request(spoken::split(line)?)?;
    let Request::Run(op, kind, rest) = request else { unreachable!("{line} runs nothing") };
    let words = spoken::parse(op, kind, &rest)?;
    let mut show = Unseen::default();
    running::run(op, store, context, &words, &mut show)?;
    Ok(show.wrote)
}
