//! Which fields a name may have meant that no field has.

use super::{FieldDef, Kind};
use crate::text::{all_nearest, fold_cow};

/// So many are suggested.
const SUGGESTED: usize = 3;

/// The fields that a mistaken name may have meant.
#[derive(Debug, Default)]
pub struct SuggestedFields {
    /// The likeliest first.
    pub fields: Vec<&'static FieldDef>,
    /// They were found only because their names are spelled nearly so.
    pub by_spelling: bool,
}

impl SuggestedFields {
    /// The fields as a person writes them who writes so.
    pub fn names(&self, name: &str) -> Vec<&'static str> {
        let chinese = !fold_cow(name).is_ascii();
        self.fields.iter().map(|def| if chinese { def.zh } else { def.code }).collect()
    }
}

/// The fields that a mistaken name may have meant, as the person would write them.
pub fn near_names(
    kind: &'static Kind,
    name: &str,
    fits: impl Fn(&FieldDef) -> bool,
    common: impl IntoIterator<Item = &'static FieldDef>,
) -> Vec<&'static str> {
    near_fields(kind, name, fits, common).names(name)
}

/// The fields that a mistaken name may have meant: labels and other names that end so (地址 for 详细地址), those that are
/// commonly called so, and what is spelled nearly so.
pub fn near_fields(
    kind: &'static Kind,
    name: &str,
    fits: impl Fn(&FieldDef) -> bool,
    common: impl IntoIterator<Item = &'static FieldDef>,
) -> SuggestedFields {
    let folded = &*fold_cow(name);
    let chinese = !folded.is_ascii();
    let fields = || kind.all_fields().filter(|def| fits(def));
    let mut found: Vec<&'static FieldDef> = Vec::new();
    if !folded.is_empty() {
        let words = format!(" {folded}");
        let ends = |def: &&FieldDef| {
            let zh = || std::iter::once(def.zh).chain(def.other_names()).any(|label| label.ends_with(folded));
            if chinese { zh() } else { fold_cow(def.en).ends_with(&words) }
        };
        found.extend(fields().filter(ends));
    }
    found.extend(common.into_iter().filter(|def| fits(def)));
    let by_spelling = found.is_empty();
    if by_spelling {
        let names = fields().flat_map(|def| [def.code, def.en, def.zh].into_iter().chain(def.other_names()));
        found.extend(all_nearest(name, names).into_iter().filter_map(|near| kind.field_named(near)));
    }
    if found.is_empty() && chinese {
        found.extend(fields().filter(|def| def.zh.starts_with(folded)));
    }
    let mut seen = Vec::new();
    found.retain(|def| {
        let fresh = !seen.contains(&def.tag);
        seen.push(def.tag);
        fresh
    });
    found.truncate(SUGGESTED);
    SuggestedFields { fields: found, by_spelling }
}
