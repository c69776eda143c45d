//! Records that may be the very one that somebody is about to add: the same e-mail, the same telephone, the same tax
//! number, or a name that is nearly the same.
//!
//! Each is found by an index, a handful of keys at a time, so that it is quick however many records there are. A name is
//! compared with those that begin alike, without what says only which legal form a company has.

use std::ops::ControlFlow;

use strsim::jaro_winkler;

use crate::{
    domain::{FieldDef, Kind, Record, RecordId, Type, Value, customer},
    error::Result,
    store::{
        Reader,
        engine::KeyRange,
        index,
        keys::{num_after, put_text, split_value},
    },
    text::{fold, fold_cow},
};

use super::phones::with_phone;

/// A record that may be the very one, and the field in which the two agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Duplicate {
    /// Which record.
    pub id: RecordId,
    /// What they have in common.
    pub field: &'static FieldDef,
}

/// So many are named.
const NAMED: usize = 5;
/// So many names that begin alike are compared.
const COMPARED: usize = 2_000;
/// Names are the same from this likeness on.
const ALIKE: f64 = 0.95;

/// What a company's name may end with and be the same company.
const FORMS: [&str; 28] = [
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "集团",
    "公司",
    "limited",
    "ltd",
    "llc",
    "inc",
    "incorporated",
    "corporation",
    "corp",
    "company",
    "co",
    "gmbh",
    "ag",
    "sa",
    "sas",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "oy",
    "ab",
    "plc",
    "pty",
    "kk",
];

/// The live records of the kind that may be the same as this one; the likeliest first.
///
/// # Errors
/// What the store says.
pub fn twins(
    reader: &Reader<'_>,
    kind: &'static Kind,
    record: &Record,
    except: Option<RecordId>,
) -> Result<Vec<Duplicate>> {
    let mut found: Vec<Duplicate> = Vec::new();
    let mut take = |id: RecordId, field: &'static FieldDef| {
        if found.len() < NAMED && Some(id) != except && !found.iter().any(|twin| twin.id == id) {
            found.push(Duplicate { id, field });
        }
    };
    for def in kind.fields.iter().filter(|def| def.indexed()) {
        for item in items(record, def) {
            match (def.ty, &item) {
                (ty, Value::Text(address)) if ty == Type::Email || *def == customer::TAX_ID.def() => {
                    for num in reader.numbers_by_value(kind.id, def, &item)? {
                        let id = RecordId::new(kind.id, num);
                        if reader.with_row(id, |row| holds(row.value(def), address))? == Some(true) {
                            take(id, def);
                        }
                    }
                }
                (Type::Phone, Value::Phone(phone)) => {
                    with_phone(reader, kind.id, def, &phone.number)?.into_iter().for_each(|id| take(id, def));
                }
                _ => {}
            }
        }
    }
    let name = kind.name_field();
    if let Some(Value::Text(text)) = record.row().value(name).filter(|_| name.indexed()) {
        called_so(reader, kind, name, &text, &mut |id| take(id, name))?;
    }
    Ok(found)
}

fn items(record: &Record, def: &FieldDef) -> Vec<Value> {
    match record.row().value(def) {
        Some(Value::List(items)) => items,
        Some(item) => vec![item],
        None => Vec::new(),
    }
}

fn holds(held: Option<Value>, text: &str) -> bool {
    let same = |item: &Value| matches!(item, Value::Text(held) if fold_cow(held) == fold_cow(text));
    match held {
        Some(Value::List(items)) => items.iter().any(same),
        Some(item) => same(&item),
        None => false,
    }
}

/// The records whose name is nearly this one.
fn called_so(
    reader: &Reader<'_>,
    kind: &Kind,
    def: &FieldDef,
    name: &str,
    take: &mut dyn FnMut(RecordId),
) -> Result<()> {
    let core = core_of(name);
    let beginning = beginning_of(&core);
    if beginning.is_empty() {
        return Ok(());
    }
    let mut key = index::prefix(kind.id, def.tag);
    let start = key.len();
    put_text(&mut key, beginning);
    // Without its end it is the beginning of longer ones.
    key.pop();
    let (mut compared, mut near) = (0, Vec::new());
    reader.index(KeyRange::prefix(&key), false, &mut |entry| {
        compared += 1;
        if let Some((text, rest)) = split_value(def.ty, &entry[start..])
            && let Ok(text) = std::str::from_utf8(&text[..text.len() - 1])
            && let Some(num) = num_after(rest, 0)
        {
            let likeness = likeness(&core, &core_of(text));
            near.extend((likeness >= ALIKE).then_some((likeness, num)));
        }
        if compared < COMPARED { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    near.sort_by(|(a, num), (b, other)| b.total_cmp(a).then(num.cmp(other)));
    near.into_iter().for_each(|(_, num)| take(RecordId::new(kind.id, num)));
    Ok(())
}

/// How alike two names are. A person's name of two or three characters is another with one of them changed.
fn likeness(a: &str, b: &str) -> f64 {
    let short = a.chars().count().min(b.chars().count()) <= 4;
    if short { f64::from(u8::from(a == b)) } else { jaro_winkler(a, b) }
}

/// A folded name in letters alone, without its legal form.
fn core_of(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let end = words.iter().rposition(|word| !FORMS.contains(word)).map_or(words.len(), |at| at + 1);
    let core = words[..end].join(" ");
    let bare = FORMS.iter().filter(|form| !form.is_ascii()).find_map(|form| core.strip_suffix(form));
    match bare {
        Some(bare) if !bare.is_empty() => bare.trim_end().to_owned(),
        _ => core,
    }
}

/// What names must begin with to be compared: enough that they are few, little enough that a slip later on is forgiven.
fn beginning_of(core: &str) -> &str {
    let word = core.split(' ').next().unwrap_or_default();
    let letters = word.chars().count();
    let kept = if word.is_ascii() { letters.min(5) } else { letters.min(4).max(letters / 2) };
    word.char_indices().nth(kept).map_or(word, |(end, _)| &word[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_do_not_tell_companies_apart() {
        let table = [
            ("Blue Harbor Logistics Ltd.", "blue harbor logistics"),
            ("Blue Harbor Logistics Co., Ltd", "blue harbor logistics"),
            ("上海华盛科技有限公司", "上海华盛科技"),
            ("上海华盛科技股份有限公司", "上海华盛科技"),
            ("公司", "公司"),
            ("Ltd", "ltd"),
            ("张三", "张三"),
        ];
        for (name, core) in table {
            assert_eq!(core_of(name), core, "{name}");
        }
        assert_eq!(beginning_of("blue harbor"), "blue");
        assert_eq!(beginning_of("上海华盛科技"), "上海华盛");
    }

    #[test]
    fn people_are_told_apart_by_one_character() {
        assert!(likeness("张三", "张四") < ALIKE);
        assert!(likeness("blue harbor logistics", "blue harbour logistics") >= ALIKE);
        assert!(likeness("上海华盛科技", "上海华润科技") < ALIKE);
    }
}
