//! Examples of commands for a kind of one's own, made of its table.

use crate::{
    command::Op,
    domain::{FieldDef, Kind, Schema, Type},
    text::Lang,
};

/// So many fields does an example set.
const FIELDS: usize = 2;

/// Commands to paste; none of an operation that such a kind does not have.
pub(super) fn examples(schema: &Schema, op: &Op, kind: &Kind, lang: Lang) -> Vec<String> {
    let (noun, letters) = (lang.pick(kind.noun, kind.zh), kind.letters);
    let verb = lang.pick(op.verb, op.zh_verb());
    let name = lang.pick("Example", "示例");
    let assigned = |mark: &str| {
        let named = kind.fields.iter().filter(|def| def.is_settable() && !def.name && !def.hidden);
        let said = named.filter_map(|def| {
            let label = lang.pick(def.code, def.zh);
            Some(format!("{label}{mark}{}", value(schema, def, lang)?))
        });
        said.take(FIELDS).collect::<Vec<_>>()
    };
    let line = |rest: &str| vec![format!("{noun} {verb} {rest}").trim_end().to_owned()];
    match op.verb {
        "add" => line(&format!("{name} {}", assigned("=").join(" "))),
        "list" | "count" => [line(""), assigned(":").first().map(|term| line(term)).unwrap_or_default()].concat(),
        "set" => line(&format!("{letters}-1 {}", assigned("=").first().map_or("tag+=vip", String::as_str))),
        "show" | "rm" | "restore" | "history" => line(&format!("{letters}-1")),
        "purge" => line(&format!("{letters}-1 --yes")),
        _ => Vec::new(),
    }
}

/// A value of a field, as it is typed in a shell.
fn value(schema: &Schema, def: &FieldDef, lang: Lang) -> Option<String> {
    if let Some(choice) = def.offered().next() {
        return Some(lang.pick(choice.code, choice.zh).to_owned());
    }
    let said = match def.ty {
        Type::Text => "X1",
        Type::Email => "ada@blueharbor.example",
        Type::Phone => "13800138000",
        Type::Whole | Type::Decimal => "12",
        Type::Money | Type::UnitPrice => "1200",
        Type::Percent | Type::Rate => "12%",
        Type::Date | Type::Due => lang.pick("fri", "周五"),
        Type::Duration => "2h",
        Type::YesNo => lang.pick("yes", "是"),
        Type::Link => return schema.target(def).map(|target| format!("{}-1", target.letters)),
        Type::LongText | Type::Url | Type::Instant | Type::Choice => return None,
    };
    Some(said.to_owned())
}
