//! How kinds of record hang together: which link leads back from one kind to another.

use crate::{
    domain::{FieldDef, Kind, Schema},
    text::fold,
};

/// The kind that a name in a path means when it is no field: its noun, plural or label.
pub fn kind_meant(name: &str, schema: &Schema) -> Option<&'static Kind> {
    let folded = fold(name);
    schema
        .kinds()
        .iter()
        .copied()
        .find(|kind| folded == kind.noun || folded == kind.plural || folded == fold(kind.en) || folded == fold(kind.zh))
}

/// The links of `from` that can be followed backwards from a record of `to`.
pub fn links_between(from: &'static Kind, to: &Kind) -> Vec<&'static FieldDef> {
    from.fields.iter().filter(|def| def.target == Some(to.noun) && def.indexed()).collect()
}

/// The link that a reverse link means: the one that is called as the kind it points to, else the owner, else the only
/// one. `None` where there is none, or no saying which.
pub fn link_back(from: &'static Kind, to: &Kind) -> Option<&'static FieldDef> {
    let links = links_between(from, to);
    let called = |code: &str| links.iter().copied().find(|def| def.code == code);
    called(to.noun).or_else(|| called("owner")).or(match links[..] {
        [only] => Some(only),
        _ => None,
    })
}

/// The plurals of the kinds that lead back to a kind, for suggestions.
pub fn plurals_back<'k>(to: &'k Kind, schema: &Schema) -> impl Iterator<Item = &'static str> + use<'k> {
    schema.kinds().iter().copied().filter(|from| link_back(from, to).is_some()).map(|from| from.plural)
}
