//! What is said of a name that no field of a kind has.

use crate::{
    domain::{Kind, near_names},
    error::Error,
    text::{Said, fold, n_before, nearest, said},
};

/// The sentence.
pub(super) fn unknown_field(name: &str, kind: &Kind) -> Said {
    said!(("'{name}' is not a field of a{} {}", n_before(kind.noun), kind.noun), ("“{name}”不是{}的字段", kind.zh))
}

/// The next step: to bring it back where it lies in the trash; the fields that it may be, else the nearest of `others`
/// that may stand there, else what is `usual`.
pub(super) fn with_near(
    error: Error,
    name: &str,
    kind: &'static Kind,
    others: impl Iterator<Item = &'static str>,
    usual: Said,
) -> Error {
    let folded = fold(name);
    if let Some(def) = kind.gone.iter().find(|def| [def.code, def.en, def.zh].map(fold).contains(&folded)) {
        let noun = kind.noun;
        return error.hint(said!(
            ("it is in the trash: crm field restore {noun}.{} brings it back", def.code),
            ("该字段在回收站中：crm field restore {noun}.{} 可恢复", def.code)
        ));
    }
    match near_names(kind, name, |_| true, []).as_slice() {
        [] => match nearest(name, others) {
            Some(near) => error.hint(Said::did_you_mean_name(near)),
            None => error.hint(usual),
        },
        [near] => error.hint(Said::did_you_mean_name(near)),
        several => error.hint(Said::did_you_mean_one_of(several)),
    }
}
