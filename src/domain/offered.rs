//! What a field still offers: a record keeps what it has, and takes nothing new that is offered no more, or that is none
//! of the choices of a text which takes nothing else.

use super::{FieldDef, Kind, Type, bytes, choices_in, read};
use crate::{error::Error, text::said};

/// The fields of a kind that may refuse a value in [`not_offered`]; few kinds have any.
pub fn may_refuse(kind: &Kind) -> impl Iterator<Item = &'static FieldDef> + use<> {
    let strict = |def: &FieldDef| def.strict && def.ty == Type::Text && !def.choices.is_empty();
    kind.fields.iter().filter(move |def| strict(def) || def.choices.iter().any(|choice| choice.retired))
}

/// Why a record that has `old` does not take `new`; none where it does.
pub fn not_offered(def: &FieldDef, new: Option<&[u8]>, old: Option<&[u8]>) -> Option<Error> {
    if new == old || new.is_none() || def.choices.is_empty() {
        return None;
    }
    let had = choices_in(def, old);
    if let Some(taken) = choices_in(def, new).into_iter().find(|choice| choice.retired && !had.contains(choice)) {
        let (en, zh, offered) = (taken.en, taken.zh, def.offered().collect::<Vec<_>>());
        let (codes, labels): (Vec<_>, Vec<_>) = offered.iter().map(|choice| (choice.code, choice.zh)).unzip();
        return Some(
            Error::invalid(said!("{en} is retired", "“{zh}”已停用"))
                .at(def.named())
                .hint(said!(("choose another: {}", codes.join(", ")), ("请另选：{}", labels.join("、")))),
        );
    }
    if !def.strict || def.ty != Type::Text {
        return None;
    }
    let had = texts(def, old);
    let other = texts(def, new).into_iter().find(|text| def.choice_of_code(text).is_none() && !had.contains(text))?;
    read::choice(def, other).err()
}

fn texts<'r>(def: &FieldDef, stored: Option<&'r [u8]>) -> Vec<&'r str> {
    match stored {
        Some(stored) if def.many => bytes::items(stored).filter_map(bytes::text).collect(),
        Some(stored) => bytes::text(stored).into_iter().collect(),
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        customer,
        field::{Choice, Field, choice},
        types::{Text, Texts},
    };

    #[test]
    fn only_fields_with_retired_choices_and_strict_ones_are_asked() {
        static CHOICES: &[Choice] = &[choice("hospital", "Hospital", "医院")];
        static RETIRED: &[Choice] = &[Choice { retired: true, ..choice("bank", "Bank", "银行") }];
        let of = |choices, strict| FieldDef {
            strict,
            ..Field::<Text>::new(1000, "sector", "Sector", "领域").choices(choices).def()
        };
        let fields = [of(CHOICES, true), of(CHOICES, false), of(RETIRED, false), of(&[], true)];
        let kind = Kind { fields: fields.to_vec().leak(), ..customer::KIND };
        let asked: Vec<&FieldDef> = may_refuse(&kind).collect();
        assert_eq!(asked, [&fields[0], &fields[2]]);
        assert_eq!(may_refuse(&customer::KIND).count(), 0);
    }

    #[test]
    fn a_strict_text_keeps_what_it_has_and_takes_its_choices() {
        static CHOICES: &[Choice] = &[choice("hospital", "Hospital", "医院")];
        let one: Field<Text> = Field::new(1000, "sector", "Sector", "领域").choices(CHOICES);
        let many: Field<Texts> = Field::new(1001, "sectors", "Sectors", "领域").choices(CHOICES);
        let [one, many] = [one.def(), many.def()].map(|def| FieldDef { strict: true, ..def });
        let stored = |value: &crate::domain::Value| {
            let mut bytes = Vec::new();
            bytes::put(&mut bytes, value);
            bytes
        };
        let text = |text: &str| crate::domain::Value::Text(text.to_owned());
        let list = |texts: &[&str]| crate::domain::Value::List(texts.iter().map(|it| text(it)).collect());
        let [foo, bar, hospital] = ["foo", "bar", "hospital"].map(|it| stored(&text(it)));
        assert!(not_offered(&one, Some(&hospital), None).is_none());
        assert!(not_offered(&one, Some(&foo), Some(&foo)).is_none());
        assert!(not_offered(&one, None, Some(&foo)).is_none());
        assert!(not_offered(&one, Some(&foo), None).is_some());
        assert!(not_offered(&one, Some(&bar), Some(&foo)).is_some());
        let [old, kept, more] = [&["foo"][..], &["foo", "hospital"], &["foo", "bar"]].map(|it| stored(&list(it)));
        assert!(not_offered(&many, Some(&kept), Some(&old)).is_none());
        assert!(not_offered(&many, Some(&more), Some(&old)).is_some());
    }
}
