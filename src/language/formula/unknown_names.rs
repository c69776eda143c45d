//! The names of a formula that no field has, and which kind of record would have them: what a formula waits for that cannot
//! be understood yet.

use crate::{
    domain::Kind,
    language::syntax::{Path, Term},
};

use super::{
    names::{ChildLink, Scope},
    parse::parse,
    tree::Tree,
};

/// The noun of the kind, and the name as it was written.
type UnknownName = (&'static str, String);

impl Scope<'_> {
    /// Those of the whole formula; none where it cannot be read.
    pub(super) fn unknown_names(&self) -> Vec<UnknownName> {
        let mut found = Vec::new();
        if let Ok(tree) = parse(self.source, &|path, name| self.knows_child(path, name)) {
            self.of_tree(&tree, &mut found);
        }
        found
    }

    fn of_tree(&self, tree: &Tree, found: &mut Vec<UnknownName>) {
        match tree {
            Tree::Figure { .. } | Tree::Text { .. } => {}
            Tree::Path(path) => found.extend(self.of_path(path, self.kind)),
            Tree::Prefix { of, .. } => self.of_tree(of, found),
            Tree::Binary { left, right, .. } => [left, right].into_iter().for_each(|part| self.of_tree(part, found)),
            Tree::Call { args, clause, .. } => {
                args.iter().for_each(|arg| self.of_tree(arg, found));
                let Some(clause) = clause else { return };
                let first = args.iter().find_map(|arg| if let Tree::Path(path) = arg { path.0.first() } else { None });
                let Some(ChildLink::One(_, kind)) = first.map(|first| self.names.children(self.kind, &first.text))
                else {
                    return;
                };
                clause.filter.for_each_term(&mut |term| {
                    if let Term::Test { path, .. } = term {
                        found.extend(self.of_path(path, kind));
                    }
                });
            }
        }
    }

    /// The first name of a path that leads nowhere from a kind of record.
    fn of_path(&self, path: &Path, from: &'static Kind) -> Option<UnknownName> {
        let mut at = from;
        for name in &path.0 {
            at = match (at.field_named(&name.text), self.names.children(at, &name.text)) {
                (Some(def), _) => self.names.target(def)?,
                (None, ChildLink::One(_, kind)) => kind,
                (None, _) => return Some((at.noun, name.text.clone())),
            };
        }
        None
    }
}
