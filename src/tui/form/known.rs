//! The values that a list has elsewhere, offered while one of them is typed: tags are meant to be used again.

use std::ops::{Bound, ControlFlow};

use crate::{
    domain::{FieldDef, Kind, RecordId, Type, bytes},
    error::Result,
    store::{
        Reader,
        engine::KeyRange,
        index::prefix,
        keys::{num_after, split_value},
    },
    text::{Lang, fold, narrow, scrub},
};

use super::state::Entry;

/// So many values are known; of a field that has more nobody uses them again.
const KNOWN: usize = 500;
/// So many are offered.
const OFFERED: usize = 6;

/// What stands between two items.
const SEPARATORS: [char; 6] = [',', ';', '、', '，', '；', '\n'];

/// The values that a list of texts has in records of a kind, each as the first of them has it. The index is asked for
/// one after the other, so that it costs the same however many records there are.
///
/// # Errors
/// What the store says.
pub fn known(reader: &Reader<'_>, kind: &Kind, def: &FieldDef, lang: Lang) -> Result<Vec<String>> {
    if def.ty == Type::Text && !def.choices.is_empty() {
        return Ok(def.offered().map(|choice| lang.pick(choice.en, choice.zh).to_owned()).collect());
    }
    if !(def.many && def.ty == Type::Text && def.indexed()) {
        return Ok(Vec::new());
    }
    let start = prefix(kind.id, def.tag);
    let mut end = start.clone();
    end.push(u8::MAX);
    let (mut from, mut values) = (start.clone(), Vec::new());
    while values.len() < KNOWN {
        let mut next = None;
        let range = KeyRange::between(Bound::Included(&from), Bound::Excluded(&end));
        reader.index(range, false, &mut |key| {
            let split = split_value(def.ty, &key[start.len()..]);
            next = split.and_then(|(value, rest)| Some((value.to_vec(), num_after(rest, 0)?)));
            ControlFlow::Break(())
        })?;
        let Some((value, num)) = next else { break };
        let folded = String::from_utf8_lossy(value.strip_suffix(&[0]).unwrap_or(&value)).into_owned();
        let written = reader.with_row(RecordId::new(kind.id, num), |row| {
            let items = row.raw(def.tag).map(bytes::items)?;
            items.filter_map(|item| std::str::from_utf8(item).ok()).find(|item| fold(item) == folded).map(str::to_owned)
        })?;
        values.push(scrub(&written.flatten().unwrap_or(folded)).into_owned());
        // The first key behind all of this value: it ends with 0.
        from = [&start[..], &value[..value.len().saturating_sub(1)], &[1]].concat();
    }
    Ok(values)
}

impl Entry {
    /// Where the item that is typed begins.
    fn item_start(&self) -> usize {
        let text = self.text();
        let last = text.char_indices().rev().find(|(_, c)| SEPARATORS.contains(c));
        let start = last.map_or(0, |(at, c)| at + c.len_utf8());
        start + (text.len() - start - text[start..].trim_start().len())
    }

    /// The values that the item may become which is typed, the likeliest first; none that stand there already.
    pub fn offers(&self) -> Vec<&str> {
        if self.known.is_empty() || self.line.caret() < self.text().len() {
            return Vec::new();
        }
        let (before, typed) = self.text().split_at(self.item_start());
        let there: Vec<String> = before.split(SEPARATORS).map(|item| fold(item.trim())).collect();
        let free = self.known.iter().filter(|value| !there.contains(&fold(value)) && fold(value) != fold(typed));
        let mut fits: Vec<_> = free.filter_map(|value| Some((narrow(typed, value)?, value.as_str()))).collect();
        fits.sort_by_key(|(fit, _)| *fit);
        fits.into_iter().map(|(_, value)| value).take(OFFERED).collect()
    }

    /// Completes the item that is typed; whether there was something to complete it with.
    pub fn complete(&mut self) -> bool {
        let Some(value) = self.offers().first().map(|value| (*value).to_owned()) else { return false };
        let start = self.item_start();
        if self.text()[start..].is_empty() {
            return false;
        }
        let text = format!("{}{value}", &self.text()[..start]);
        self.put(&text, "");
        true
    }
}
