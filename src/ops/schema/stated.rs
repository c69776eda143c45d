//! The lines of a file of definitions, read: each says what it is about, and what is to be about it.

use std::{collections::HashMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::Value as Json;

use crate::{
    commit::Context,
    domain::{
        FieldDef, Kind, KindId, Record, Schema, Type, Value,
        define::{self, choice, field, kind, section},
        read,
    },
    error::{Error, ErrorLocation, Result},
    text::{nearest, said, scrub},
};

use super::{
    held::{KIND, NAME, named_by, stated_fields},
    named,
};

/// A definition as a file states it.
pub struct Stated {
    /// The line, from 1.
    pub line: u64,
    /// The table of its kind.
    pub kind: &'static Kind,
    /// What files call it.
    pub name: String,
    /// The fields that make its name.
    pub key: Record,
    /// What is stated of it; none for what is to be empty.
    pub fields: Vec<(&'static FieldDef, Option<Value>)>,
}

/// Every definition of a text, in its order.
///
/// # Errors
/// `Invalid` for a line that is none, with the number of the line and the key.
pub fn read(schema: &Schema, context: &Context, text: &str) -> Result<Vec<Stated>> {
    let mut all: Vec<Stated> = Vec::new();
    let mut lines: HashMap<(KindId, String), u64> = HashMap::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let stated = one(schema, context, number, line).map_err(|error| error.at(ErrorLocation::line(number)))?;
        if let Some(first) = lines.insert((stated.kind.id, stated.name.clone()), number) {
            let what = named(stated.kind, &stated.name);
            let (en, zh) = what.both();
            return Err(Error::invalid(said!("{en} is in line {first} already", "{zh} 已在第 {first} 行"))
                .at(ErrorLocation::line(number))
                .hint(said!("keep one of the two", "请只保留一处")));
        }
        all.push(stated);
    }
    if all.is_empty() {
        return Err(Error::invalid(said!("There is no definition in it", "其中没有任何定义"))
            .hint(said!("crm schema export writes such a file", "crm schema export 可写出这样的文件")));
    }
    Ok(all)
}

fn one(schema: &Schema, context: &Context, line: u64, text: &str) -> Result<Stated> {
    let Pairs(pairs) = serde_json::from_str(text).map_err(|error| {
        let column = error.column();
        Error::invalid(said!("this is no JSON object (column {column})", "这不是 JSON 对象（第 {column} 列）")).hint(
            said!(
                "write a definition a line, as crm schema export does",
                "请每行写一条定义，格式同 crm schema export 的输出"
            ),
        )
    })?;
    let kind = kind_of(schema, &pairs)?;
    let (name, key) =
        match said_by(&pairs, NAME).and_then(Json::as_str).map(|name| (name.trim(), key(kind, name.trim()))) {
            Some((name, Some(key))) => (name.to_owned(), key),
            Some((name, None)) => {
                let (name, example) = (scrub(name), example(kind));
                let error =
                    Error::invalid(said!(("'{name}' names no {}", kind.noun), ("“{name}”不是{}的名称", kind.zh)));
                return Err(at(NAME, error).hint(said!("write it like {example}", "请写成 {example} 的形式")));
            }
            None => return Err(missing(NAME, example(kind))),
        };
    let mut fields: Vec<(&'static FieldDef, Option<Value>)> = Vec::new();
    for (at_key, value) in pairs.iter().filter(|(key, _)| key != KIND && key != NAME) {
        let def = stated_fields(kind).find(|def| def.code == at_key).ok_or_else(|| unknown(kind, at_key))?;
        fields.push((def, self::value(def, value, context)?));
    }
    Ok(Stated { line, kind, name, key, fields })
}

fn kind_of(schema: &Schema, pairs: &[(String, Json)]) -> Result<&'static Kind> {
    if pairs.iter().any(|(key, value)| key == "definitions" && value.is_array()) {
        return Err(Error::invalid(said!("this is one JSON document", "这是一整个 JSON 文档")).hint(said!(
            "crm schema export without -o json writes lines",
            "不带 -o json 的 crm schema export 按行写出"
        )));
    }
    let Some(noun) = said_by(pairs, KIND).and_then(Json::as_str) else { return Err(missing(KIND, "field")) };
    let table = define::KINDS.iter().find(|table| table.noun == noun);
    table.map(|table| schema.table(table)).ok_or_else(|| {
        let error = Error::invalid(said!("'{}' is no kind of definition", "“{}”不是一种定义", scrub(noun)));
        let nouns = define::KINDS.map(|table| table.noun);
        at(
            KIND,
            match nearest(noun, nouns) {
                Some(near) => error.did_you_mean(near),
                None => error.hint(said!("one of kind, field, choice, section", "可用 kind、field、choice、section")),
            },
        )
    })
}

/// The fields that a name stands for.
fn key(kind: &Kind, name: &str) -> Option<Record> {
    let mut key = Record::new();
    let mut put = |parts: [(crate::domain::Field<crate::domain::types::Text>, &str); 2]| {
        let whole = parts.iter().all(|(_, part)| !part.is_empty());
        parts.into_iter().for_each(|(field, part)| key.set(field, scrub(part).into_owned()));
        whole.then_some(())
    };
    match kind.id {
        field::ID => name.split_once('.').and_then(|(of, code)| put([(field::OF, of), (field::CODE, code)]))?,
        choice::ID => name.rsplit_once('.').and_then(|(of, code)| put([(choice::FIELD, of), (choice::CODE, code)]))?,
        section::ID => name.split_once('.').and_then(|(of, name)| put([(section::OF, of), (section::NAME, name)]))?,
        _ if name.is_empty() => return None,
        _ => key.set(kind::NAME, scrub(name).into_owned()),
    }
    Some(key)
}

const fn example(kind: &Kind) -> &'static str {
    match kind.id {
        field::ID => "customer.contract_no",
        choice::ID => "customer.grade.vip",
        section::ID => "customer.Size",
        _ => "vehicle",
    }
}

fn value(def: &'static FieldDef, value: &Json, context: &Context) -> Result<Option<Value>> {
    let text = match value {
        Json::Null => return Ok(None),
        Json::String(text) => text.clone(),
        Json::Bool(yes) if def.ty == Type::YesNo => (if *yes { "yes" } else { "no" }).to_owned(),
        Json::Number(number) if def.ty.is_number() => number.to_string(),
        Json::Array(items) if def.many && items.iter().all(Json::is_string) => {
            let items = items.iter().filter_map(Json::as_str).map(read::quoted_item);
            items.collect::<Vec<_>>().join(";")
        }
        _ => {
            let error = Error::invalid(said!("this is no value of the field", "这不是该字段的值")).at(def.named());
            return Err(match def.ty {
                Type::YesNo => error.hint(said!("write true or false", "请写“是”或“否”")),
                _ if def.many => {
                    error.hint(said!("write a list of texts: [\"a\", \"b\"]", "请写文本列表：[\"a\", \"b\"]"))
                }
                _ => error.hint(said!("write it in quotes", "请加引号")),
            });
        }
    };
    let links = |def: &FieldDef, _: &str| {
        Err(Error::invalid(said!("a definition links to nothing", "定义不关联记录")).at(def.named()))
    };
    read::read(def, &text, &context.reading(&links))
}

fn said_by<'p>(pairs: &'p [(String, Json)], key: &str) -> Option<&'p Json> {
    pairs.iter().find(|(said, _)| said == key).map(|(_, value)| value)
}

fn unknown(kind: &'static Kind, key: &str) -> Error {
    let shown = scrub(key);
    let part_of_name = kind.all_fields().any(|def| def.code == key && named_by(kind.id).contains(&def.tag));
    if part_of_name {
        let example = example(kind);
        return Error::invalid(said!("'{shown}' is part of the name", "“{shown}”是名称的一部分"))
            .hint(said!("write \"name\":\"{example}\"", "请写 \"name\":\"{example}\""));
    }
    let error = Error::invalid(said!(("a {} has no '{shown}'", kind.noun), ("{}没有“{shown}”", kind.zh)));
    match nearest(key, stated_fields(kind).map(|def| def.code)) {
        Some(near) => error.did_you_mean(near),
        None => {
            let all = stated_fields(kind).map(|def| def.code).collect::<Vec<_>>();
            error.hint(said!(("one of {}", all.join(", ")), ("可用 {}", all.join("、"))))
        }
    }
}

fn missing(key: &str, example: &str) -> Error {
    at(key, Error::invalid(said!("it is missing", "缺少此项")))
        .hint(said!("write \"{key}\":\"{example}\"", "请写 \"{key}\":\"{example}\""))
}

fn at(key: &str, error: Error) -> Error {
    error.at(ErrorLocation::field(key, key))
}

/// The keys and values of a JSON object in their order, each key once.
struct Pairs(Vec<(String, Json)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Taken;
        impl<'de> Visitor<'de> for Taken {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Pairs, M::Error> {
                let mut pairs: Vec<(String, Json)> = Vec::new();
                while let Some((key, value)) = map.next_entry()? {
                    if pairs.iter().any(|(known, _)| *known == key) {
                        return Err(serde::de::Error::custom("a key stands twice"));
                    }
                    pairs.push((key, value));
                }
                Ok(Pairs(pairs))
            }
        }
        from.deserialize_map(Taken)
    }
}
