//! Unfinished indexes are gone on with after the step that asked for them, part by part, so that other writers have
//! their turns; after the step of anybody else where nobody has worked on them for a while.

use std::{thread, time::Duration};

use crate::{
    domain::Instant,
    error::{Error, Result},
    store::{Store, build_part, stamp, unfinished_indexes},
    text::{Lang, Said, said},
};

use super::{Context, Receipt};

/// Where nobody has worked on an index for so long, in milliseconds, whoever did is gone.
const GONE: u64 = 30_000;
/// Between two parts others have their turn: whoever waits for the lock takes it in this time.
const PAUSE: Duration = Duration::from_millis(3);

/// Goes on with what is unfinished after a step, if it falls to the one who took it. What hinders it is a remark, since
/// the step is written.
pub(super) fn after_step(store: &Store, context: &Context, defines: bool, receipt: &mut Receipt) {
    if let Err(error) = go_on(store, context, defines) {
        receipt.remarks.push(later(&error));
    }
}

fn go_on(store: &Store, context: &Context, defines: bool) -> Result<()> {
    {
        // What a command was told of the time says nothing of who still works.
        let now = (context.machine)().0.unsigned_abs();
        let snapshot = store.snapshot()?;
        if !snapshot.schema().has_unfinished_index() {
            return Ok(());
        }
        let all = unfinished_indexes(&*snapshot)?;
        if !defines && all.iter().all(|unfinished| unfinished.at.abs_diff(now) < GONE) {
            return Ok(());
        }
    }
    to_the_end(store, context.machine)
}

fn later(error: &Error) -> Said {
    let (en, zh) = (error.message(Lang::En), error.message(Lang::Zh));
    said!(
        "An index is still being built, a later change or crm doctor --rebuild goes on with it: {en}",
        "索引仍在建立中，之后的更改或 crm doctor --rebuild 会继续：{zh}"
    )
}

/// Finishes every unfinished index, and notes by the machine's clock that somebody works on it.
///
/// # Errors
/// What the store says.
pub(super) fn to_the_end(store: &Store, clock: fn() -> Instant) -> Result<()> {
    loop {
        let mut txn = store.begin()?;
        let more = build_part(&mut *txn, clock().0.unsigned_abs())?;
        stamp(&mut *txn)?;
        txn.commit()?;
        if !more {
            return Ok(());
        }
        thread::sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests;
