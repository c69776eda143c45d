//! Which fields a name may have meant that no field has.

use crate::{
    domain::{FieldDef, Kind},
    text::{fold, nearest},
};

use super::common_names;

/// So many are suggested.
const SUGGESTED: usize = 3;

/// The fields that a mistaken name may have meant, the likeliest first, as the person would write them: what other programs
/// call so, labels that end so (地址 for 详细地址), and what is spelled nearly so.
pub fn near_names(kind: &'static Kind, name: &str) -> Vec<&'static str> {
    let folded = fold(name);
    let plain = folded.replace('_', " ");
    let chinese = !folded.is_ascii();
    let settable = || kind.all_fields().filter(|def| def.is_settable());
    let of_two = |def: &&FieldDef| {
        let english = fold(def.en);
        !folded.is_empty() && (def.zh.ends_with(&folded) || english.ends_with(&format!(" {folded}")))
    };
    let mut found: Vec<&'static FieldDef> = settable().filter(of_two).collect();
    let codes = common_names::meant(kind.noun, &plain).filter_map(|code| code.split('#').next());
    found.extend(codes.filter_map(|code| kind.field(code)).filter(|def| def.is_settable()));
    if found.is_empty() {
        let names = settable().flat_map(|def| [def.code, def.en, def.zh]);
        found.extend(nearest(name, names).and_then(|near| kind.field_named(near)));
    }
    if found.is_empty() && chinese {
        found.extend(settable().filter(|def| def.zh.starts_with(&folded)));
    }
    let mut seen = Vec::new();
    found.retain(|def| {
        !seen.contains(&def.tag) && {
            seen.push(def.tag);
            true
        }
    });
    found.into_iter().take(SUGGESTED).map(|def| if chinese { def.zh } else { def.code }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{activity, contact, customer, deal, ticket};

    #[test]
    fn names_near_the_fields_of_a_kind() {
        for (kind, name, near) in [
            (&customer::KIND, "grde", &["grade"][..]),
            (&customer::KIND, "地址", &["详细地址"]),
            (&customer::KIND, "行业", &["所属行业"]),
            (&customer::KIND, "revenue", &["annual_revenue"]),
            (&contact::KIND, "手机", &["电话"]),
            (&deal::KIND, "阶段", &["销售阶段"]),
            (&deal::KIND, "销售阶殴", &["销售阶段"]),
            (&ticket::KIND, "渠道", &["受理渠道"]),
            (&ticket::KIND, "序列号", &["设备序列号"]),
            (&activity::KIND, "时长", &["时长(分钟)"]),
            (&activity::KIND, "colour", &[]),
        ] {
            assert_eq!(near_names(kind, name), near, "{} {name}", kind.noun);
        }
    }
}
