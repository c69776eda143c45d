//! Lists of fields in a definition: columns, the fields of a section. People may write labels, and codes are kept.

use crate::domain::{Kind, Schema, field::Field, rules::Draft, types::Texts, value::Value, view};

use super::builder::NAMED;

/// Whether each kind that comes has a field of this name.
pub fn every_kind_has(name: &str) -> bool {
    NAMED.field_named(name).is_some()
}

/// Puts the codes of fields in the place of labels, in a list of fields of a kind and of what they lead to.
pub(super) fn put_codes(draft: &mut Draft<'_>, list: Field<Texts>, schema: &Schema, noun: Option<&str>) {
    let Some(noun) = noun else { return };
    let of = schema.named(noun).unwrap_or(&NAMED);
    let Some(said) = draft.changed(list).then(|| view::texts(draft.get(list))) else { return };
    let codes: Vec<String> = said.iter().map(|path| code_of(schema, of, path)).collect();
    if codes != said {
        draft.set(list, codes.into_iter().map(Value::Text).collect());
    }
}

fn code_of(schema: &Schema, of: &'static Kind, path: &str) -> String {
    if path == "编号" {
        return "id".to_owned();
    }
    let mut of = Some(of);
    let code = |name: &str| {
        let def = of.and_then(|kind| kind.field_named(name));
        of = def.and_then(|def| schema.target(def));
        def.map_or(name, |def| def.code).to_owned()
    };
    path.split('.').map(code).collect::<Vec<_>>().join(".")
}
