//! A formula of a kind of record, from its text to its values.

use crate::{
    domain::{FieldDef, Kind, Value},
    error::{Error, Result},
};

use super::{
    dependencies::Dependencies,
    evaluate::{Outcome, Values, outcome},
    names::{Names, Scope},
    node::{Node, NodeKind, RollOp},
    parse::parse,
    reason::Reason,
    roll_up::RollUp,
    stays::stays,
    target::kept,
    tree::Tree,
    types::Ty,
};

/// A formula that was read and understood.
#[derive(Debug, Clone)]
pub struct Formula {
    source: String,
    tree: Tree,
    kind: &'static Kind,
    root: Node,
    ty: Ty,
}

impl Formula {
    /// Reads a formula of a kind of record. Where it is known which field is to keep the value, values that are written
    /// out may be values of that field, and the type must fit.
    ///
    /// # Errors
    /// `Usage`: what is wrong, where, and what would work.
    pub fn define(
        source: &str,
        kind: &'static Kind,
        target: Option<&'static FieldDef>,
        names: &dyn Names,
    ) -> Result<Self> {
        let scope = Scope { source, kind, names };
        let tree = parse(source, &|path, name| scope.knows_child(path, name)).map_err(Error::from)?;
        let wants: Vec<Ty> = target.and_then(|def| Ty::of(def, names)).into_iter().collect();
        let typed = scope.check(&tree, &wants)?;
        if let Some(def) = target {
            typed
                .ty
                .fits(def, names)
                .map_err(|(message, hint)| scope.error(tree.span(), message).hint_of(hint.as_ref()))?;
        }
        Ok(Self { source: source.to_owned(), tree, kind, root: typed.node, ty: typed.ty })
    }

    /// The text that it was read from; places count in it.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What was read; it prints as the canonical spelling.
    pub const fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The kind of record that it is about.
    pub const fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// What it gives.
    pub const fn ty(&self) -> Ty {
        self.ty
    }

    /// Works it out for a record: exact, not rounded.
    ///
    /// # Errors
    /// What the store says.
    pub fn evaluate(&self, values: &dyn Values) -> Result<Outcome> {
        outcome(&self.root, values)
    }

    /// Works it out for a record as the value of a field; nothing where there is none, with the reason.
    ///
    /// # Errors
    /// What the store says.
    pub fn value_for(&self, def: &FieldDef, values: &dyn Values) -> Result<(Option<Value>, Option<Reason>)> {
        let Outcome { value, reason } = self.evaluate(values)?;
        let Some(datum) = value else { return Ok((None, reason)) };
        Ok(match kept(datum, def, values.context()) {
            Ok(value) => (value, None),
            Err(why) => (None, Some(Reason { why, span: self.tree.span() })),
        })
    }

    /// What it reads.
    pub fn dependencies(&self) -> Dependencies {
        Dependencies::of(&self.root)
    }

    /// Whether it is another value at another time, in another place or for another person, so that it is worked out when
    /// it is shown and never kept.
    pub fn is_live(&self) -> bool {
        self.dependencies().live.any()
    }

    /// Whether it is a number of records.
    pub fn counts(&self) -> bool {
        matches!(&self.root.what, NodeKind::Roll(roll) if roll.op == RollOp::Count)
    }

    /// Refuses it where its value cannot be kept.
    ///
    /// # Errors
    /// `Usage`: what it depends on that nobody says has changed, and where.
    pub fn can_be_kept(&self) -> Result<()> {
        stays(&self.source, &self.root)
    }

    /// The count or sum that it is, where a summary can serve it.
    pub fn rolls_up(&self) -> Option<RollUp> {
        RollUp::of(&self.root)
    }
}
