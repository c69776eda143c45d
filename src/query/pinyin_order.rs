//! Records in the order in which a reader of Chinese finds them: by the sound of their names.
//!
//! Two indexes tell it. Names in Latin letters sound as they are written, so they stand in the index of names; the
//! others stand in the index by sound. Read together they are in one order, and nothing is sorted.

use std::{
    cmp::Ordering,
    ops::{Bound, ControlFlow},
};

use crate::{
    domain::{FieldDef, KindId, Type},
    error::{Failed, Result},
    store::{
        Reader,
        engine::KeyRange,
        index::{SOUNDED, prefix},
        keys::{num_after, split_value},
    },
};

/// So many keys by sound are read ahead, at first and at most.
const AHEAD: (usize, usize) = (64, 4_096);

/// What is done with a record: the key that it stands at, and its number.
pub type VisitKey<'v> = dyn FnMut(&[u8], u64) -> ControlFlow<()> + 'v;

/// Visits the records of a kind by the sound of a field, or against it.
///
/// # Errors
/// What the store says.
pub fn walk(
    reader: &Reader<'_>,
    kind: KindId,
    def: &FieldDef,
    reverse: bool,
    visit: &mut VisitKey<'_>,
) -> Result<ControlFlow<()>> {
    let (start, mut end) = (prefix(kind, def.tag), prefix(kind, def.tag));
    // Behind these no name begins with a Latin letter.
    end.push(0x80);
    let mut sounds = SoundKeys::new(reader, prefix(kind, SOUNDED | def.tag), reverse);
    let (mut failed, mut go_on) = (Failed::default(), ControlFlow::Continue(()));
    let latin = KeyRange::between(Bound::Included(&start), Bound::Excluded(&end));
    reader.index(latin, reverse, &mut |key| {
        let Some((value, num)) = split(&key[start.len()..]) else { return ControlFlow::Continue(()) };
        if !value.is_ascii() {
            return ControlFlow::Continue(());
        }
        go_on = failed.flow(sounds.until(Some(value), visit));
        if go_on.is_continue() {
            go_on = visit(value, num);
        }
        go_on
    })?;
    failed.end()?;
    if go_on.is_break() { Ok(go_on) } else { sounds.until(None, visit) }
}

/// The text of a key and the number behind it.
fn split(key: &[u8]) -> Option<(&[u8], u64)> {
    let (value, rest) = split_value(Type::Text, key)?;
    Some((value, num_after(rest, 0)?))
}

/// The keys by sound, some of them read ahead.
struct SoundKeys<'a> {
    reader: &'a Reader<'a>,
    prefix: Vec<u8>,
    reverse: bool,
    /// Keys without the prefix, the next one last.
    ahead: Vec<Box<[u8]>>,
    many: usize,
    /// The last key that was read.
    last: Option<Vec<u8>>,
    done: bool,
}

impl<'a> SoundKeys<'a> {
    const fn new(reader: &'a Reader<'a>, prefix: Vec<u8>, reverse: bool) -> Self {
        Self { reader, prefix, reverse, ahead: Vec::new(), many: AHEAD.0, last: None, done: false }
    }

    /// Visits those that come before a name, or all that are left.
    fn until(&mut self, name: Option<&[u8]>, visit: &mut VisitKey<'_>) -> Result<ControlFlow<()>> {
        let before = if self.reverse { Ordering::Greater } else { Ordering::Less };
        loop {
            if self.ahead.is_empty() {
                self.read_ahead()?;
            }
            let Some((value, num)) = self.ahead.last().and_then(|key| split(key)) else { break };
            if name.is_some_and(|name| value.cmp(name) != before) {
                break;
            }
            if visit(value, num).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            self.ahead.pop();
        }
        Ok(ControlFlow::Continue(()))
    }

    fn read_ahead(&mut self) -> Result<()> {
        if self.done {
            return Ok(());
        }
        let range = match (&self.last, self.reverse) {
            (None, _) => KeyRange::prefix(&self.prefix),
            (Some(last), false) => KeyRange::prefix_after(&self.prefix, last),
            (Some(last), true) => KeyRange::prefix_before(&self.prefix, last),
        };
        let (many, skip, ahead) = (self.many, self.prefix.len(), &mut self.ahead);
        let mut last = None;
        self.reader.index(range, self.reverse, &mut |key| {
            ahead.push(key[skip..].into());
            if ahead.len() < many {
                return ControlFlow::Continue(());
            }
            last = Some(key.to_vec());
            ControlFlow::Break(())
        })?;
        ahead.reverse();
        self.done = last.is_none();
        self.last = last;
        self.many = (many * 4).min(AHEAD.1);
        Ok(())
    }
}
