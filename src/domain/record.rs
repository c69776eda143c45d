//! A record's fields as one run of bytes, read field by field without decoding the rest.
//!
//! Fields stand in the order of their tags: tag, length, bytes. A tag that this version does not know is carried along.

use super::{
    bytes::{put, put_unsigned, read, take_unsigned},
    field::{Choice, Field, FieldDef, Marker, Type},
    value::Value,
};

/// A borrowed view of a record's fields.
#[derive(Clone, Copy, Default)]
pub struct Row<'a>(&'a [u8]);

impl<'a> Row<'a> {
    /// The fields that these bytes hold.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The fields as stored.
    pub const fn bytes(self) -> &'a [u8] {
        self.0
    }

    /// Finds several fields in one walk: their tags rise, and each one's bytes go to its place.
    pub fn pick(self, tags: &[u16], found: &mut [Option<&'a [u8]>]) {
        let mut at = 0;
        for (tag, stored) in self.raw_fields() {
            while tags.get(at).is_some_and(|wanted| *wanted < tag) {
                at += 1;
            }
            match (tags.get(at), found.get_mut(at)) {
                (Some(wanted), Some(place)) if *wanted == tag => {
                    *place = Some(stored);
                    at += 1;
                }
                (Some(_), Some(_)) => {}
                _ => break,
            }
        }
    }

    /// Every present field: its tag and stored bytes, in the order of tags.
    #[inline]
    pub fn raw_fields(self) -> impl Iterator<Item = (u16, &'a [u8])> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let tag = take_unsigned(&mut rest)?;
            let length = take_unsigned(&mut rest)? as usize;
            let (bytes, after) = rest.split_at_checked(length)?;
            rest = after;
            Some((tag as u16, bytes))
        })
    }

    /// Whether these bytes are fields to their end, and none of them is cut short.
    pub fn is_whole(self) -> bool {
        let mut rest = self.0;
        while !rest.is_empty() {
            let length = take_unsigned(&mut rest).and_then(|_| take_unsigned(&mut rest));
            match length.and_then(|length| rest.get(usize::try_from(length).ok()?..)) {
                Some(after) => rest = after,
                None => return false,
            }
        }
        true
    }

    /// The fields in which another row differs, in the order of tags: the tag, what it is here, what it is there.
    pub fn differing<'b>(self, other: Row<'b>) -> impl Iterator<Item = (u16, Option<&'a [u8]>, Option<&'b [u8]>)> {
        let (mut here, mut there) = (self.raw_fields().peekable(), other.raw_fields().peekable());
        std::iter::from_fn(move || {
            loop {
                let tag = match (here.peek(), there.peek()) {
                    (None, None) => return None,
                    (Some((tag, _)), None) | (None, Some((tag, _))) => *tag,
                    (Some((a, _)), Some((b, _))) => *a.min(b),
                };
                let here = here.next_if(|(at, _)| *at == tag).map(|(_, bytes)| bytes);
                let there = there.next_if(|(at, _)| *at == tag).map(|(_, bytes)| bytes);
                if here != there {
                    return Some((tag, here, there));
                }
            }
        })
    }

    /// The stored bytes of one field.
    pub fn raw(self, tag: u16) -> Option<&'a [u8]> {
        self.raw_fields()
            .take_while(|(found, _)| *found <= tag)
            .find(|(found, _)| *found == tag)
            .map(|(_, bytes)| bytes)
    }

    /// The value of a field, typed.
    pub fn get<M: Marker>(self, field: Field<M>) -> Option<M::Out<'a>> {
        self.raw(field.tag()).and_then(M::read)
    }

    /// Whether a field is set.
    pub fn has<M: Marker>(self, field: Field<M>) -> bool {
        self.raw(field.tag()).is_some()
    }

    /// The numbers of the records to which a link leads: of one, or of each in a list.
    pub fn links(self, def: &FieldDef) -> impl Iterator<Item = u64> + use<'a> {
        links(def, self.raw(def.tag))
    }

    /// The value of a field that is known by its definition only.
    pub fn value(self, def: &FieldDef) -> Option<Value> {
        decode(def, self.raw(def.tag)?)
    }
}

/// The numbers of the records to which the stored bytes of a link lead.
pub fn links<'a>(def: &FieldDef, stored: Option<&'a [u8]>) -> impl Iterator<Item = u64> + use<'a> {
    let (one, list) = if def.many { (None, stored) } else { (stored, None) };
    one.into_iter().chain(list.into_iter().flat_map(super::bytes::items)).filter_map(super::bytes::unsigned)
}

/// Reads the stored bytes of a field.
pub fn decode(def: &FieldDef, bytes: &[u8]) -> Option<Value> {
    if def.many {
        super::bytes::items(bytes).map(|item| read(def.ty, item)).collect::<Option<Vec<_>>>().map(Value::List)
    } else {
        read(def.ty, bytes)
    }
}

/// The choices that the stored bytes of a field hold; of a text those whose codes stand there.
pub fn choices_in(def: &FieldDef, stored: Option<&[u8]>) -> Vec<&'static Choice> {
    let choice = |item: &[u8]| match def.ty {
        Type::Choice => super::bytes::choice(item).and_then(|number| def.choice(number)),
        Type::Text => super::bytes::text(item).and_then(|code| def.choice_of_code(code)),
        _ => None,
    };
    match stored {
        Some(stored) if def.many => super::bytes::items(stored).filter_map(choice).collect(),
        Some(stored) => choice(stored).into_iter().collect(),
        None => Vec::new(),
    }
}

/// A record that has to grow gets room for so many bytes more, not for twice as many: a large step holds a million.
const ROOM: usize = 16;

/// A record's fields, owned and changeable.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Record(Vec<u8>);

impl Record {
    /// A record without fields.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The record that these bytes hold.
    pub const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Its fields, to read.
    pub fn row(&self) -> Row<'_> {
        Row(&self.0)
    }

    /// The value of a field, typed.
    pub fn get<M: Marker>(&self, field: Field<M>) -> Option<M::Out<'_>> {
        self.row().get(field)
    }

    /// Sets a field.
    pub fn set<M: Marker>(&mut self, field: Field<M>, input: M::In) {
        self.set_value(field.tag(), Some(&M::value(input)));
    }

    /// Sets a field, or clears it.
    pub fn put<M: Marker>(&mut self, field: Field<M>, input: Option<M::In>) {
        self.set_value(field.tag(), input.map(M::value).as_ref());
    }

    /// Clears a field.
    pub fn clear<M: Marker>(&mut self, field: Field<M>) {
        self.set_raw(field.tag(), None);
    }

    /// Sets or clears a field by its tag. An empty text or list clears it: an empty field is not stored.
    pub fn set_value(&mut self, tag: u16, value: Option<&Value>) {
        match value {
            None => self.set_raw(tag, None),
            Some(value) => {
                let mut bytes = Vec::with_capacity(24);
                put(&mut bytes, value);
                let empty = bytes.is_empty();
                self.set_raw(tag, (!empty).then_some(&bytes));
            }
        }
    }

    /// Sets or clears the stored bytes of a field.
    pub fn set_raw(&mut self, tag: u16, bytes: Option<&[u8]>) {
        let (from, to) = self.place(tag);
        let Some(bytes) = bytes else {
            self.0.drain(from..to);
            return;
        };
        let mut head = Vec::with_capacity(8);
        put_unsigned(&mut head, u64::from(tag));
        put_unsigned(&mut head, bytes.len() as u64);
        let (length, end) = (self.0.len(), from + head.len() + bytes.len());
        let wanted = length + end - to;
        if wanted > self.0.capacity() {
            self.0.reserve_exact(wanted + ROOM - length);
        }
        // What stands behind moves at once: a splice would go byte by byte.
        self.0.resize(length.max(wanted), 0);
        self.0.copy_within(to..length, end);
        self.0.truncate(wanted);
        self.0[from..from + head.len()].copy_from_slice(&head);
        self.0[from + head.len()..end].copy_from_slice(bytes);
    }

    /// Where a field stands, or would stand (an empty range).
    fn place(&self, tag: u16) -> (usize, usize) {
        let total = self.0.len();
        let mut rest = self.0.as_slice();
        while !rest.is_empty() {
            let from = total - rest.len();
            let (Some(found), Some(length)) = (take_unsigned(&mut rest), take_unsigned(&mut rest)) else { break };
            let to = total - rest.len() + length as usize;
            if found == u64::from(tag) {
                return (from, to.min(total));
            }
            if found > u64::from(tag) {
                return (from, from);
            }
            rest = rest.get(length as usize..).unwrap_or_default();
        }
        (total, total)
    }
}

impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.row().raw_fields()).finish()
    }
}
