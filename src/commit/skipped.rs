//! What `--keep-going` leaves as it is: the records that do not allow a step, each with the reason.

use std::{cell::RefCell, rc::Rc};

use crate::{
    error::{Error, ErrorKind, Result},
    text::{Lang, counted, said},
};

/// A record that was left as it is.
#[derive(Clone, Debug)]
pub struct Skipped {
    /// Its id, or the word that should name it; `None` for a line of standard input that names none.
    pub id: Option<String>,
    /// Why.
    pub error: Error,
}

impl Skipped {
    /// What is told of it in a line: the record, and why.
    pub fn line(&self, lang: Lang) -> String {
        let why = self.error.message(lang);
        match &self.id {
            Some(id) if !why.starts_with(id.as_str()) => format!("{id}{}{why}", lang.pick(": ", "：")),
            _ => why,
        }
    }
}

/// Gathers them while a step is planned and prepared; a step that is planned again begins with a new one.
#[derive(Clone, Debug, Default)]
pub struct SkippedRecords(Rc<RefCell<Vec<Skipped>>>);

impl SkippedRecords {
    /// Takes a record in.
    pub fn add(&self, id: Option<String>, error: Error) {
        self.0.borrow_mut().push(Skipped { id, error });
    }

    /// Takes in what another one has gathered, which has nothing then.
    pub fn join(&self, other: &Self) {
        let theirs = other.take();
        self.0.borrow_mut().extend(theirs);
    }

    /// Those that were taken in, in their order.
    pub fn take(&self) -> Vec<Skipped> {
        self.0.take()
    }

    /// What `found` is, if it is no error of one record, which is taken in instead.
    ///
    /// # Errors
    /// An error that is not about a record: of the store, or an interruption.
    pub fn keep<T>(&self, id: Option<String>, found: Result<T>) -> Result<Option<T>> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(error) if is_of_a_record(&error) => {
                self.add(id, error);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

/// Whether an error is about the record that it came of, so that others can still be done.
pub fn is_of_a_record(error: &Error) -> bool {
    use ErrorKind::{Ambiguous, Conflict, Invalid, NotFound, Usage};
    matches!(error.kind(), Ambiguous | Conflict | Invalid | NotFound | Usage)
}

/// The error with which a step ends that has left records as they are.
pub fn partly(left: usize) -> Error {
    let n = left as u64;
    Error::new(ErrorKind::Partial, said!(("{} left unchanged", counted(n, "record")), ("{n} 条记录保持不变"))).hint(
        said!("mend what is said of each, and repeat the command for them", "请按每条的原因处理后，对这些记录重新执行"),
    )
}
