//! All records of a kind in an order, told by index keys alone.
//!
//! A screen that shows a few rows of a million needs to know where each record stands, and nothing else of it. Keys of
//! an index say so fifty times faster than rows. Every field to sort by puts the records into classes, in the order of
//! its values; sorting by several is placing by the last one first, and each placing keeps what was before it.

use std::{borrow::Cow, ops::ControlFlow};

use crate::{
    domain::{FieldDef, Kind, RecordId, Type},
    error::Result,
    store::{
        Reader,
        engine::KeyRange,
        index::{is_sounded, prefix},
        keys::{num_after, split_value, take_num},
    },
    text::{Lang, fold_cow, pinyin},
};

use crate::query::{names::Names, pinyin_order, select::Order};

/// After so many keys somebody is asked whether the order is still wanted.
const SLICE: usize = 4_096;

/// Says whether to go on; work that nobody waits for any more is broken off.
pub type KeepGoing<'g> = dyn Fn() -> bool + 'g;

/// Whether the indexes tell this order.
pub fn is_told(sort: &[Order]) -> bool {
    sort.iter().all(|order| order.by.is_own_id() || order.by.own_field().is_some_and(tells))
}

/// An index of a list holds every item, and of a telephone number the digits only.
fn tells(def: &'static FieldDef) -> bool {
    def.indexed() && !def.many && !matches!(def.ty, Type::Phone | Type::LongText)
}

/// The numbers of all live records, sorted; records without a value last, records with equal values by number. None
/// where it was broken off, or where the indexes do not tell the order.
///
/// # Errors
/// What the store says.
pub fn line_up(
    reader: &Reader<'_>,
    kind: &'static Kind,
    sort: &[Order],
    lang: Lang,
    go_on: &KeepGoing<'_>,
) -> Result<Option<Vec<u64>>> {
    if !is_told(sort) {
        return Ok(None);
    }
    let classes = Sorter { reader, kind, lang, go_on };
    let name = kind.name_field();
    // Every record has a name, so the index of names knows them all.
    let by_name = sort.iter().position(|order| order.by.own_field() == Some(name));
    let mut known = None;
    let mut numbers = if tells(name) {
        let Some(named) = classes.of(name, by_name.is_some_and(|at| sort[at].descending))? else { return Ok(None) };
        let numbers = named.members();
        known = by_name.map(|at| (at, named));
        numbers
    } else {
        let mut numbers = Vec::new();
        reader.rows(kind.id, 0, false, &mut |num, _| {
            numbers.push(num);
            if !numbers.len().is_multiple_of(SLICE) || go_on() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        numbers
    };
    if sort.first().is_some_and(|order| order.descending) {
        numbers.reverse();
    }
    for (at, order) in sort.iter().enumerate().rev() {
        let placed = match (order.by.own_field(), &known) {
            (_, Some((held, named))) if *held == at => named.place(&numbers),
            (Some(def), _) => match classes.of(def, order.descending)? {
                Some(classes) => classes.place(&numbers),
                None => return Ok(None),
            },
            (None, _) => {
                numbers.sort_unstable();
                if order.descending {
                    numbers.reverse();
                }
                numbers
            }
        };
        numbers = placed;
    }
    Ok(go_on().then_some(numbers))
}

struct Sorter<'a> {
    reader: &'a Reader<'a>,
    kind: &'static Kind,
    lang: Lang,
    go_on: &'a KeepGoing<'a>,
}

/// The class of each record by its number, counted from one; those without a value have none.
struct ValueClasses {
    by_num: Vec<u32>,
    count: u32,
}

impl ValueClasses {
    fn members(&self) -> Vec<u64> {
        let with = self.by_num.iter().enumerate().filter(|(_, class)| **class > 0);
        with.map(|(num, _)| num as u64).collect()
    }

    fn class(&self, num: u64) -> usize {
        // What has no value stands behind the last class.
        let class = usize::try_from(num).ok().and_then(|num| self.by_num.get(num)).copied().unwrap_or_default();
        if class == 0 { self.count as usize } else { class as usize - 1 }
    }

    /// The numbers by class; those of the same class as they stood.
    fn place(&self, numbers: &[u64]) -> Vec<u64> {
        let mut starts = vec![0_u32; self.count as usize + 2];
        for num in numbers {
            starts[self.class(*num) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut placed = vec![0; numbers.len()];
        for num in numbers {
            let start = &mut starts[self.class(*num)];
            placed[*start as usize] = *num;
            *start += 1;
        }
        placed
    }
}

impl Sorter<'_> {
    /// Puts the records into classes by a field; none where it was broken off.
    fn of(&self, def: &'static FieldDef, descending: bool) -> Result<Option<ValueClasses>> {
        // Names of linked records, and most sounds, are not in the order of the keys.
        let by_sound = self.lang == Lang::Zh && def.ty.is_text();
        let told = by_sound && is_sounded(def);
        let turned = def.ty == Type::Link || (by_sound && !told);
        let mut by_num: Vec<u32> = Vec::new();
        let (mut count, mut seen, mut stopped) = (0_u32, 0_usize, false);
        let mut last: Vec<u8> = Vec::new();
        let mut values = TextArena::default();
        let mut take = |value: &[u8], num: u64| {
            seen += 1;
            if seen.is_multiple_of(SLICE) && !(self.go_on)() {
                stopped = true;
                return ControlFlow::Break(());
            }
            if count == 0 || last != value {
                count += 1;
                last.clear();
                last.extend_from_slice(value);
                if turned {
                    values.push(value);
                }
            }
            if let Ok(at) = usize::try_from(num) {
                if by_num.len() <= at {
                    by_num.resize((at + 1).max(by_num.len() * 2), 0);
                }
                by_num[at] = count;
            }
            ControlFlow::Continue(())
        };
        if told {
            let _ = pinyin_order::walk(self.reader, self.kind.id, def, descending, &mut take)?;
        } else {
            let start = prefix(self.kind.id, def.tag);
            self.reader.index(KeyRange::prefix(&start), descending && !turned, &mut |key| {
                let split = split_value(def.ty, &key[start.len()..]);
                match split.and_then(|(value, rest)| Some((value, num_after(rest, 0)?))) {
                    Some((value, num)) => take(value, num),
                    None => ControlFlow::Continue(()),
                }
            })?;
        }
        if stopped {
            return Ok(None);
        }
        if turned {
            let Some(ranks) = self.ranks(def, values, descending)? else { return Ok(None) };
            count = ranks.iter().copied().max().unwrap_or_default();
            for class in by_num.iter_mut().filter(|class| **class > 0) {
                *class = ranks[*class as usize - 1];
            }
        }
        Ok(Some(ValueClasses { by_num, count }))
    }

    /// The place of each value among the others as a reader sorts them, counted from one.
    fn ranks(&self, def: &'static FieldDef, values: TextArena, descending: bool) -> Result<Option<Vec<u32>>> {
        let sounded = match self.reader.schema().target(def) {
            Some(target) => self.names(values, target)?,
            None => self.sounds(values),
        };
        let Some(sounded) = sounded else { return Ok(None) };
        let mut order: Vec<u32> = (0..sounded.len() as u32).collect();
        order.sort_unstable_by(|a, b| sounded.at(*a).cmp(sounded.at(*b)));
        if descending {
            order.reverse();
        }
        let mut ranks = vec![0; order.len()];
        let (mut rank, mut before) = (0, None);
        for at in order {
            let value = sounded.at(at);
            if before != Some(value) {
                rank += 1;
                before = Some(value);
            }
            ranks[at as usize] = rank;
        }
        Ok(Some(ranks))
    }

    fn names(&self, values: TextArena, target: &Kind) -> Result<Option<TextArena>> {
        let names = Names::new(*self.reader, self.lang);
        let mut sounded = TextArena::default();
        for at in 0..values.len() as u32 {
            if (at as usize).is_multiple_of(SLICE / 8) && !(self.go_on)() {
                return Ok(None);
            }
            let num = take_num(values.at(at)).map_or(0, |(num, _)| num);
            let name = names.of(RecordId::new(target.id, num))?;
            sounded.push(&sound(&name, self.lang));
        }
        Ok(Some(sounded))
    }

    fn sounds(&self, values: TextArena) -> Option<TextArena> {
        let mut sounded = TextArena::default();
        for at in 0..values.len() as u32 {
            if (at as usize).is_multiple_of(SLICE) && !(self.go_on)() {
                return None;
            }
            let text = values.at(at);
            let text = std::str::from_utf8(text.strip_suffix(&[0]).unwrap_or(text)).unwrap_or_default();
            sounded.push(&sound(text, self.lang));
        }
        Some(sounded)
    }
}

fn sound(text: &str, lang: Lang) -> Cow<'_, [u8]> {
    match lang {
        Lang::Zh if !text.is_ascii() => pinyin::sort_key(text).into(),
        _ => match fold_cow(text) {
            Cow::Borrowed(folded) => Cow::Borrowed(folded.as_bytes()),
            Cow::Owned(folded) => Cow::Owned(folded.into_bytes()),
        },
    }
}

/// Many short texts in one piece of memory.
#[derive(Default)]
struct TextArena {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl TextArena {
    fn push(&mut self, value: &[u8]) {
        self.bytes.extend_from_slice(value);
        self.ends.push(self.bytes.len() as u32);
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn at(&self, at: u32) -> &[u8] {
        let at = at as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.bytes[start as usize..self.ends[at] as usize]
    }
}
