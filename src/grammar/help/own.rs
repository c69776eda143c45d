//! Examples of commands for a kind of one's own, made of its table.

use crate::{
    command::Op,
    domain::{FieldDef, Kind, Schema, Type},
    text::Lang,
};

/// So many fields does an example set.
const FIELDS: usize = 2;

/// Commands to paste; none of an operation that such a kind does not have, or that needs what cannot be made up.
pub(super) fn examples(schema: &Schema, op: &Op, kind: &Kind, lang: Lang) -> Vec<String> {
    let (noun, letters) = (typed(kind.noun, kind.zh, lang), kind.letters);
    let verb = lang.pick(op.verb, op.zh_verb());
    let name = lang.pick("Example", "示例");
    let shown = kind.fields.iter().filter(|def| def.is_settable() && !def.name && (def.required || !def.hidden));
    let (needed, other): (Vec<&FieldDef>, Vec<&FieldDef>) =
        shown.partition(|def| def.required && def.default.is_none());
    let assigned = |def: &FieldDef, mark: &str| {
        Some(format!("{}{mark}{}", typed(def.code, def.zh, lang), value(schema, def, lang)?))
    };
    let first = |mark: &str| needed.iter().chain(&other).find_map(|def| assigned(def, mark));
    let line = |rest: &str| vec![format!("{noun} {verb} {rest}").trim_end().to_owned()];
    match op.verb {
        "add" => {
            let Some(mut said) = needed.iter().map(|def| assigned(def, "=")).collect::<Option<Vec<_>>>() else {
                return Vec::new();
            };
            let more = FIELDS.saturating_sub(said.len());
            said.extend(other.iter().filter_map(|def| assigned(def, "=")).take(more));
            line(&format!("{name} {}", said.join(" ")))
        }
        "list" | "count" => [line(""), first(":").map(|term| line(&term)).unwrap_or_default()].concat(),
        "set" => line(&format!("{letters}-1 {}", first("=").as_deref().unwrap_or("tag+=vip"))),
        "show" | "rm" | "restore" | "history" => line(&format!("{letters}-1")),
        "purge" => line(&format!("{letters}-1 --yes")),
        _ => Vec::new(),
    }
}

/// The word that is typed for a label; its code where a shell or a filter would take the label apart.
fn typed(code: &'static str, zh: &'static str, lang: Lang) -> &'static str {
    lang.pick(code, if zh.chars().all(char::is_alphanumeric) { zh } else { code })
}

/// A value of a field, as it is typed in a shell.
fn value(schema: &Schema, def: &FieldDef, lang: Lang) -> Option<String> {
    if let Some(choice) = def.offered().next() {
        return Some(typed(choice.code, choice.zh, lang).to_owned());
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
