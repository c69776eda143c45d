//! Which fields a name may have meant that no field has.

use crate::domain::{Kind, near_names as near};

use super::common_names::meant;

/// The fields to be set that a mistaken name may have meant, the likeliest first, as the person would write them.
pub fn near_names(kind: &'static Kind, name: &str) -> Vec<&'static str> {
    let plain = crate::text::fold_cow(name).replace('_', " ");
    let common: Vec<_> = meant(kind, &plain).map(|(def, _)| def).collect();
    near(kind, name, crate::domain::FieldDef::is_settable, common)
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
