//! How operations begin, for those who bind keys to them and complete them.

use std::sync::LazyLock;

use crate::{command::Noun, domain::KINDS, ops::OPS};

static OWNED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let heads = |noun, verb: &str| match noun {
        Noun::Top => vec![verb.to_owned()],
        Noun::Kind(kind) => vec![format!("{kind} {verb}")],
        Noun::Every => KINDS.iter().map(|kind| format!("{} {verb}", kind.noun)).collect(),
    };
    OPS.iter().flat_map(|op| heads(op.noun, op.verb)).collect()
});

static HEADS: LazyLock<Vec<&'static str>> = LazyLock::new(|| OWNED.iter().map(String::as_str).collect());

/// The first words of each operation: `log`, `deal move`, `customer add`.
pub fn heads() -> &'static [&'static str] {
    &HEADS
}
