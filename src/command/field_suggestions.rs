//! Which fields a name may have meant that no field has.

use crate::{
    domain::{FieldDef, Kind, SuggestedFields, near_fields, near_names as near},
    error::Error,
    text::{n_before, said},
};

use super::foreign_names::meant;

/// The fields to be set that a mistaken name may have meant, the likeliest first, as the person would write them.
pub fn near_names(kind: &'static Kind, name: &str) -> Vec<&'static str> {
    near(kind, name, FieldDef::is_settable, common(kind, name))
}

/// The fields to be set that a mistaken name may have meant.
pub fn near_named(kind: &'static Kind, name: &str) -> SuggestedFields {
    near_fields(kind, name, FieldDef::is_settable, common(kind, name))
}

fn common(kind: &'static Kind, name: &str) -> Vec<&'static FieldDef> {
    let plain = crate::text::fold_cow(name).replace('_', " ");
    meant(kind, &plain).map(|(def, _)| def).collect()
}

/// The error for a field that is not there; the hint is for whoever knows how it was written.
pub fn no_such_field(kind: &Kind, name: &str) -> Error {
    let name = crate::text::scrub(name);
    Error::usage(said!(
        ("A{} {} has no field '{name}'", n_before(kind.noun), kind.noun),
        ("{}没有字段“{name}”", kind.zh)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{activity, customer, deal, ticket};

    #[test]
    fn names_near_the_fields_of_a_kind() {
        for (kind, name, near) in [
            (&customer::KIND, "grde", &["grade"][..]),
            (&customer::KIND, "revenue", &["annual_revenue"]),
            (&customer::KIND, "联系方式", &["电话"]),
            (&customer::KIND, "人", &["推荐人", "负责人"]),
            (&deal::KIND, "销售阶殴", &["销售阶段"]),
            (&deal::KIND, "原因", &["输单原因"]),
            (&ticket::KIND, "列號", &["设备序列号"]),
            (&activity::KIND, "colour", &[]),
        ] {
            assert_eq!(near_names(kind, name), near, "{} {name}", kind.noun);
        }
    }
}
