//! From what a formula says to what it means for a kind of record: names become fields, types are told and held.

use crate::{
    error::Result,
    language::syntax::{Path, Span},
    text::said,
};

use super::{
    literal::Written,
    names::{Route, Scope},
    node::{Arithmetic, NodeKind, Typed},
    operators::{beside, compares, result},
    tree::{Binary, Prefix, Tree},
    types::Ty,
};

impl Scope<'_> {
    /// What a part of a formula means. A value that is written out is one of the types that are wanted, if it can be.
    pub(super) fn check(&self, tree: &Tree, wants: &[Ty]) -> Result<Typed> {
        match tree {
            Tree::Figure { text, span } => self.literal(text, Written::Figure, *span, wants),
            Tree::Text { text, span } => self.literal(text, Written::Quoted, *span, wants),
            Tree::Path(path) => self.path(path, wants),
            Tree::Prefix { op: Prefix::Minus, sign, of } => self.minus(*sign, of, wants),
            Tree::Prefix { op: Prefix::Not, sign, of } => {
                let of = self.condition(of)?;
                Ok(Typed::new(NodeKind::Not(Box::new(of.node)), *sign, Ty::YesNo))
            }
            Tree::Binary { op: op @ (Binary::And | Binary::Or), sign, left, right } => {
                let (left, right) = (Box::new(self.condition(left)?.node), Box::new(self.condition(right)?.node));
                let what = if *op == Binary::And { NodeKind::Both(left, right) } else { NodeKind::Either(left, right) };
                Ok(Typed::new(what, *sign, Ty::YesNo))
            }
            Tree::Binary { op, sign, left, right } => self.binary(*op, *sign, left, right),
            Tree::Call { name, args, clause, span } => self.call(name, args, clause.as_ref(), *span, wants),
        }
    }

    /// A part that says yes or no.
    pub(super) fn condition(&self, tree: &Tree) -> Result<Typed> {
        let typed = self.check(tree, &[Ty::YesNo])?;
        if typed.ty == Ty::YesNo {
            return Ok(typed);
        }
        let name = typed.ty.name();
        let (en, zh) = name.both();
        let error = self
            .error(tree.span(), said!("a condition is yes or no, and this is {en}", "条件应为“是”或“否”，而这是{zh}"));
        Err(error.hint(said!("compare it with something: amount > 10k", "请与某个值比较，如 金额 > 1万")))
    }

    /// Whether a part is a value as written, to be read as what stands beside it.
    pub(super) fn is_value(&self, tree: &Tree) -> bool {
        match tree {
            Tree::Path(path) => !self.knows(path),
            tree => tree.is_written(),
        }
    }

    fn path(&self, path: &Path, wants: &[Ty]) -> Result<Typed> {
        if let [name] = path.0.as_slice()
            && !self.knows(path)
        {
            let read = self.literal(&name.text, Written::Word, name.span, wants);
            // Of a word that could be many things, most likely a field was meant.
            let is_told = wants.iter().all(|want| matches!(want, Ty::Choice(_) | Ty::Link(_) | Ty::Text));
            return if wants.is_empty() || !is_told { read.map_err(|_| self.unknown(name)) } else { read };
        }
        match self.route(path)? {
            Route::Own(fields, Some(def), _) => match Ty::of(def, self.names) {
                Some(ty) => Ok(Typed::new(NodeKind::Field(fields), path.span(), ty)),
                None => {
                    let error = self.error(
                        path.span(),
                        said!(
                            ("'{}' is a list, and a formula works with single values", def.code),
                            ("“{}”是列表，公式只能使用单个值", def.zh)
                        ),
                    );
                    Err(error.hint(said!("name another field", "请改用其他字段")))
                }
            },
            Route::Own(fields, None, kind) => Ok(Typed::new(NodeKind::Field(fields), path.span(), Ty::Link(kind.id))),
            Route::Children(_, kind, item) => {
                let (plural, zh, name) = (kind.plural, kind.zh, path);
                let error = self.error(
                    path.span(),
                    said!("there may be several {plural}: say what of them", "{zh}可能有多个，请写明如何汇总"),
                );
                Err(match item {
                    None => error.hint(said!("write count({name})", "请写“计数({name})”")),
                    Some(_) => error.hint(said!(
                        "write sum({name}), max({name}) or last({name})",
                        "请写“合计({name})”“最大({name})”或“末个({name})”"
                    )),
                })
            }
        }
    }

    fn minus(&self, sign: Span, of: &Tree, wants: &[Ty]) -> Result<Typed> {
        let of = self.check(of, wants)?.one_amount();
        if matches!(of.ty, Ty::Number | Ty::Percent | Ty::Money | Ty::Duration) {
            return Ok(Typed::new(NodeKind::Minus(Box::new(of.node)), sign, of.ty));
        }
        let name = of.ty.name();
        let (en, zh) = name.both();
        let error = self.error(sign, said!("'-' does not work on {en}", "“-”不能用于{zh}"));
        Err(error.hint(said!("put a number, an amount or a length of time behind it", "其后请写数字、金额或时长")))
    }

    fn binary(&self, op: Binary, sign: Span, left: &Tree, right: &Tree) -> Result<Typed> {
        let (left, right) = match (self.is_value(left), self.is_value(right)) {
            (true, false) => {
                let right = self.check(right, &[])?;
                (self.check(left, &beside(op, right.ty, true))?, right)
            }
            // What is written inside of the right one, as in `due + if(urgent, 2d, 5d)`, is told by the left one too.
            _ => {
                let left = self.check(left, &[])?;
                let right = self.check(right, &beside(op, left.ty, false))?;
                (left, right)
            }
        };
        let (left, right) = (left.one_amount(), right.one_amount());
        let in_zone = left.ty.needs_zone(right.ty);
        let nodes = (Box::new(left.node), Box::new(right.node));
        let arithmetic = match op {
            Binary::Compare(comparison) if compares(comparison, left.ty, right.ty) => {
                return Ok(
                    Typed::new(NodeKind::Compare(comparison, nodes.0, nodes.1), sign, Ty::YesNo).in_zone(in_zone)
                );
            }
            Binary::Add => Some(Arithmetic::Add),
            Binary::Subtract => Some(Arithmetic::Subtract),
            Binary::Multiply => Some(Arithmetic::Multiply),
            Binary::Divide => Some(Arithmetic::Divide),
            Binary::Compare(_) | Binary::And | Binary::Or => None,
        };
        match arithmetic.and_then(|op| Some((op, result(op, left.ty, right.ty)?))) {
            Some((op, ty)) => Ok(Typed::new(NodeKind::Arithmetic(op, nodes.0, nodes.1), sign, ty).in_zone(in_zone)),
            None => Err(self.no_result(op, sign, left.ty, right.ty)),
        }
    }
}
