//! What the program knows about: kinds of record, their fields, values and rules. No I/O and no clock.
//!
//! A kind is declared once, as data, in its own file; everything that shows, filters, imports or changes records asks a
//! [`Schema`] for it. A new kind is a new file and a line in the list of `schema.rs`.

pub mod activity;
pub mod assign;
pub mod bytes;
pub mod checksum;
mod choice;
pub mod choices;
pub mod common;
pub mod contact;
pub mod customer;
pub mod deal;
pub mod define;
pub mod derivation;
pub mod derivation_graph;
pub mod field;
mod field_names;
pub mod followup;
mod id;
pub mod indexes;
pub mod kind;
pub mod language;
pub mod lookup;
#[cfg(test)]
pub mod made_up;
pub mod naming;
mod offered;
pub mod pipeline;
pub mod print;
pub mod read;
mod record;
pub mod repeat;
pub mod reserved;
mod residence;
pub mod rules;
pub mod schema;
pub mod stage;
pub mod standing;
mod suggest;
pub mod tables;
pub mod ticket;
pub mod types;
pub mod user;
pub mod value;
mod value_types;
pub mod view;
pub mod words;

pub use field::{Field, FieldDef, Type};
pub use id::{KindId, RecordId};
pub use kind::Kind;
pub use language::Language;
pub use lookup::Lookup;
pub use naming::{display_name, is_called, record_of};
pub use offered::{may_refuse, not_offered};
pub use record::{Record, Row, choices_in, decode, links};
pub use residence::Residence;
pub use rules::Draft;
pub use suggest::{SuggestedFields, near_fields, near_names};
pub use tables::Schema;
pub use value::{Due, Instant, Items, Phone, Value, start_of_day};

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{schema::BASE, *};

    #[test]
    fn tags_and_codes_are_unique_and_links_have_targets() {
        for kind in BASE.kinds() {
            let (mut tags, mut codes) = (HashSet::new(), HashSet::new());
            for def in kind.all_fields() {
                assert!(tags.insert(def.tag), "{} has tag {} twice", kind.noun, def.tag);
                assert!(codes.insert(def.code), "{} has field {} twice", kind.noun, def.code);
                assert_eq!(def.ty == Type::Link, def.target.is_some(), "{} {}", kind.noun, def.code);
                assert!(def.target.is_none() || BASE.target(def).is_some(), "{} {}", kind.noun, def.code);
                assert_eq!(def.ty == Type::Choice, def.ty == Type::Choice && !def.choices.is_empty());
            }
            assert!(kind.fields.iter().any(|def| def.name), "{} has no name", kind.noun);
            for column in kind.columns {
                assert!(kind.field(column).is_some(), "{} column {column}", kind.noun);
            }
            for def in kind.all_fields() {
                assert!(def.most_decimals() <= Type::MOST_DECIMALS, "{} {}: its sums may not fit", kind.noun, def.code);
            }
            for field in kind.summaries.iter().flat_map(|summary| summary.sum) {
                assert_eq!(field.ty, Type::Money, "{} sums {}", kind.noun, field.code);
            }
            for index in kind.indexes {
                assert!(index.number >= 2000);
                let derived = index.fields.iter().filter(|def| def.derived).count();
                assert!(derived == 0 || derived == index.fields.len(), "{} index {}", kind.noun, index.number);
            }
        }
    }

    #[test]
    fn a_name_means_one_field_of_a_kind() {
        for kind in BASE.kinds() {
            for def in kind.all_fields() {
                let label = crate::text::fold_cow(def.zh);
                let is_folded = label == def.zh.to_lowercase() || def.other_names().any(|name| name == label);
                assert!(is_folded, "{}: a label that folds to something else is a name too", def.code);
                for name in def.other_names() {
                    let what = format!("{} {} {name}", kind.noun, def.code);
                    assert_eq!(crate::text::fold_cow(name), name, "{what}: is folded");
                    let labelled = kind.field_labelled(name);
                    assert!(labelled.is_none_or(|other| other == def), "{what}: is the label of another");
                    let fields = kind.all_fields().filter(|other| other.other_names().any(|other| other == name));
                    assert_eq!(fields.count(), 1, "{what}: once");
                    assert!(!matches!(name, "id" | "编号"), "{what}: means the id");
                }
            }
        }
    }

    #[test]
    fn fields_are_known_by_code_labels_and_short_names() {
        for (kind, name, code) in [
            (&customer::KIND, "地址", "address"),
            (&customer::KIND, "行业", "industry"),
            (&customer::KIND, "級別", "grade"),
            (&customer::KIND, "邮编", "postcode"),
            (&customer::KIND, "来源", "source"),
            (&customer::KIND, "官网", "website"),
            (&customer::KIND, "税号", "tax_id"),
            (&customer::KIND, "座机", "phone"),
            (&contact::KIND, "手机", "phone"),
            (&contact::KIND, "客户", "customer"),
            (&deal::KIND, "阶段", "stage"),
            (&deal::KIND, "預計成交", "expected_close"),
            (&ticket::KIND, "渠道", "channel"),
            (&ticket::KIND, "序列号", "serial"),
            (&activity::KIND, "时间", "at"),
            (&activity::KIND, "时长", "minutes"),
            (&activity::KIND, "结果", "outcome"),
            (&followup::KIND, "截止", "due"),
        ] {
            assert_eq!(kind.field_named(name).map(|def| def.code), Some(code), "{} {name}", kind.noun);
        }
        assert!(customer::KIND.field_named("").is_none());
    }

    #[test]
    fn a_form_has_every_field_that_can_be_set_once() {
        for kind in BASE.kinds() {
            let form = kind.form();
            let mut codes: Vec<&str> = form.iter().flat_map(|(_, fields)| fields).map(|def| def.code).collect();
            let named = kind.sections.iter().flat_map(|section| section.fields);
            for code in named {
                assert!(codes.contains(code), "{} has no field {code} that can be set", kind.noun);
            }
            let settable = kind.all_fields().filter(|def| def.is_settable()).count();
            assert_eq!(codes.len(), settable, "{}", kind.noun);
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), settable, "{}", kind.noun);
            let required: Vec<bool> = form[0].1.iter().map(|def| def.required).collect();
            let all = kind.fields.iter().filter(|def| def.required).count();
            assert_eq!(required.iter().filter(|required| **required).count(), all, "{}", kind.noun);
        }
    }

    #[test]
    fn letters_and_nouns_name_one_kind_each() {
        let mut letters = HashSet::new();
        for kind in BASE.kinds() {
            assert!(letters.insert(kind.letters));
            assert!(BASE.named(kind.noun).is_some_and(|found| found.id == kind.id));
            for name in [kind.plural, kind.zh].iter().chain(kind.aliases) {
                assert!(BASE.named(name).is_some_and(|found| found.id == kind.id), "{name}");
            }
        }
    }

    #[test]
    fn a_record_keeps_its_fields_apart() {
        let mut record = Record::new();
        record.set(customer::CITY, "上海".to_owned());
        record.set(customer::NAME, "Blue Harbor".to_owned());
        record.set(customer::EMPLOYEES, -3);
        assert_eq!(record.get(customer::NAME), Some("Blue Harbor"));
        assert_eq!(record.get(customer::CITY), Some("上海"));
        assert_eq!(record.get(customer::EMPLOYEES), Some(-3));
        record.set(customer::NAME, "A".to_owned());
        record.clear(customer::CITY);
        assert_eq!(record.get(customer::NAME), Some("A"));
        assert_eq!(record.get(customer::CITY), None);
        assert_eq!(record.get(customer::EMPLOYEES), Some(-3));
    }
}
