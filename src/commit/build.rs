//! Indexes in the making are gone on with after the step that asked for them, part by part, so that other writers have
//! their turns; after the step of anybody else where nobody has worked on them for a while.

use std::{thread, time::Duration};

use crate::{
    error::{ErrorKind, Result},
    store::{Store, build_part, stamp, unfinished},
    text::{Said, said},
};

use super::{Context, Receipt};

/// Where nobody has worked on an index for so long, in milliseconds, whoever did is gone.
const GONE: u64 = 30_000;
/// Between two parts others have their turn: whoever waits for the lock takes it in this time.
const PAUSE: Duration = Duration::from_millis(3);

/// Goes on with what is in the making after a step, if it falls to the one who took it.
///
/// # Errors
/// What the store says; that others are in the way is a remark, since the step is written.
pub(super) fn after_step(store: &Store, context: &Context, defines: bool, receipt: &mut Receipt) -> Result<()> {
    let now = context.now.0.unsigned_abs();
    {
        let snapshot = store.snapshot()?;
        if !snapshot.schema().is_building() {
            return Ok(());
        }
        let all = unfinished(&*snapshot)?;
        if !defines && all.iter().all(|unfinished| unfinished.at.abs_diff(now) < GONE) {
            return Ok(());
        }
    }
    match to_the_end(store, now) {
        Err(error) if error.kind() == ErrorKind::Busy => {
            receipt.remarks.push(later());
            Ok(())
        }
        other => other,
    }
}

fn later() -> Said {
    said!(
        "An index is still in the making: a later change or crm doctor --rebuild goes on with it",
        "索引仍在建立中：之后的更改或 crm doctor --rebuild 会继续"
    )
}

/// Finishes every index that is in the making.
///
/// # Errors
/// What the store says.
pub(super) fn to_the_end(store: &Store, now: u64) -> Result<()> {
    loop {
        let mut txn = store.begin()?;
        let more = build_part(&mut *txn, now)?;
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
