//! A step that somebody is asked about: what was shown is what is written, or they are asked again.

use crate::{
    error::{Error, Result},
    store::{RecordChange, Store},
    text::{counted, said},
};

use super::{
    op::{Answer, Show},
    question::{Question, with_parts},
};
use crate::commit::{self, Receipt, StepPreview, parts::going_along};

/// A bulk change of more records than this is asked about.
const ASK_CHANGED: usize = 20;
/// A removal of more records than this is asked about.
const ASK_REMOVED: u64 = 3;

/// Looks at changes that are about to be written, with the question that the step itself has, and may refuse them.
pub type Consents<'c> = dyn FnMut(&[RecordChange], Option<&Question>) -> Result<()> + 'c;

/// A step that can be foreseen and written.
pub trait ConfirmedStep {
    /// What it would change now, and what it asks of its own.
    ///
    /// # Errors
    /// What the step says.
    fn foresee(&mut self) -> Result<(Vec<RecordChange>, Option<Question>)>;

    /// Writes it, if what it changes then finds consent.
    ///
    /// # Errors
    /// What the step, the store or `consents` says.
    fn write(&mut self, consents: &mut Consents<'_>) -> Result<Receipt>;

    /// Whether it cannot be taken back.
    fn is_for_good(&self) -> bool {
        false
    }
}

/// Writes a step. Where a person can be asked, they see first what it changes, and no other change is written: if the
/// store has moved on in a way that makes it another one, they are asked again.
///
/// # Errors
/// `Declined` where the person says no; what the step or the store says.
pub fn write(step: &mut dyn ConfirmedStep, store: &Store, show: &mut dyn Show) -> Result<Receipt> {
    let mut agreed = show.agreed();
    loop {
        if agreed.is_none() && (show.can_ask() || step.is_for_good()) {
            let (changes, own) = step.foresee()?;
            show.foresee(store, &changes)?;
            if let Some(question) = question(&changes, own.as_ref(), store, show)? {
                let Question { en, zh, for_good } = &question;
                if *for_good { show.agree(en, zh) } else { show.confirm(en, zh) }?;
                agreed = show.can_ask().then(|| StepPreview::of(&changes));
            }
        }
        let (mut moved_on, asks) = (false, show.can_ask());
        let looks = &*show;
        let done = step.write(&mut |changes, own| {
            moved_on = match &agreed {
                Some(seen) => *seen != StepPreview::of(changes),
                None => asks && question(changes, own, store, looks)?.is_some(),
            };
            if moved_on { Err(moved_on_since()) } else { Ok(()) }
        });
        if !moved_on {
            return done;
        }
        agreed = None;
        show.ask_again();
        show.show(Answer::Remark(
            "Others have changed meanwhile what this is about".to_owned(),
            "其间他人更改了相关记录".to_owned(),
        ))?;
    }
}

fn moved_on_since() -> Error {
    Error::conflict(said!("What was agreed to has changed since", "确认之后，相关记录又有变化"))
}

/// What is asked about changes: what the step asks of its own, else how many there are, where they are many.
fn question(
    changes: &[RecordChange],
    own: Option<&Question>,
    store: &Store,
    show: &dyn Show,
) -> Result<Option<Question>> {
    if changes.is_empty() {
        return Ok(None);
    }
    if own.is_some() {
        return Ok(own.cloned());
    }
    let (n, removed) = (changes.len(), commit::tally(changes).removed);
    if removed > ASK_REMOVED {
        let parts = going_along(store.snapshot()?.schema(), changes);
        if let Some(question) = about_trash(n, removed - parts, parts) {
            return Ok(Some(question));
        }
    }
    if n <= ASK_CHANGED && !show.previews(n) {
        return Ok(None);
    }
    let parts = going_along(store.snapshot()?.schema(), changes);
    let ((with, with_zh), n) = (with_parts(parts), n as u64 - parts);
    let en = format!("Change {}{with}?", counted(n, "record"));
    Ok(Some(Question::new(en, format!("更改 {n} 条记录{with_zh}？"))))
}

/// What is asked about a removal of records with parts: a record with its parts is one thing to whoever looks at it.
fn about_trash(changes: usize, records: u64, parts: u64) -> Option<Question> {
    let (with, with_zh) = with_parts(parts);
    (records > ASK_REMOVED || changes > ASK_CHANGED).then(|| {
        let en = format!("Move {} to the trash{with}?", counted(records, "record"));
        Question::new(en, format!("将 {records} 条记录{with_zh}移入回收站？"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_tells_how_many_parts_go_along() {
        let asked = |changes, records, parts| about_trash(changes, records, parts).map(|asked| (asked.en, asked.zh));
        let said = |en: &str, zh: &str| Some((en.to_owned(), zh.to_owned()));
        assert_eq!(asked(13, 1, 12), None);
        assert_eq!(asked(4, 4, 0), said("Move 4 records to the trash?", "将 4 条记录移入回收站？"));
        let many = said("Move 1 record to the trash, with 20 parts?", "将 1 条记录（连同 20 条从属记录）移入回收站？");
        assert_eq!(asked(21, 1, 20), many);
    }
}
