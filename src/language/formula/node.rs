//! A formula that knows its fields and types: what is left is working it out.

use crate::{
    domain::{FieldDef, Kind},
    language::{
        field_path::FieldPath,
        filter::Filter,
        measure::Measure,
        syntax::{Expr, Span},
    },
};

use super::{datum::Datum, functions::FunctionId, tree::Comparison, types::Ty};

/// A part of a formula.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) what: NodeKind,
    /// The sign, name or value that an empty result is blamed on.
    pub(super) span: Span,
}

/// What a part of a formula does.
#[derive(Debug, Clone)]
pub(super) enum NodeKind {
    Constant(Datum),
    /// The day on which it is worked out.
    Today,
    /// The instant at which it is.
    Now,
    /// The person for whom it is.
    Me,
    /// A date in words, which is another one tomorrow.
    Moment(String),
    Field(FieldPath),
    Not(Box<Node>),
    Both(Box<Node>, Box<Node>),
    Either(Box<Node>, Box<Node>),
    Minus(Box<Node>),
    Arithmetic(Arithmetic, Box<Node>, Box<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    /// The one amount that there is of several currencies.
    OneAmount(Box<Node>),
    /// What takes points in time for the days on which they fall in a zone.
    InZone(Box<Node>),
    Round(Box<Node>, i32),
    /// A value of this type as text.
    AsText(Box<Node>, Ty),
    Call(FunctionId, Vec<Node>),
    Roll(Box<Roll>),
}

/// What is done with two quantities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// Something worked out of the records that point here.
#[derive(Debug, Clone)]
pub struct Roll {
    /// What.
    pub op: RollOp,
    /// Of which records.
    pub children: Children,
    /// Of which of their values; nothing for a count.
    pub item: Option<(FieldPath, Option<&'static FieldDef>)>,
}

/// What is worked out of many records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RollOp {
    /// How many there are.
    Count,
    /// A measure of their values.
    Of(Measure),
    /// The value of the one with the lowest number.
    First,
    /// The value of the one with the highest number.
    Last,
}

/// The records that point here.
#[derive(Debug, Clone)]
pub struct Children {
    /// Their link.
    pub link: &'static FieldDef,
    /// Their kind.
    pub kind: &'static Kind,
    /// What they must be like.
    pub filter: Option<Clause>,
}

/// A filter of children.
#[derive(Debug, Clone)]
pub struct Clause {
    /// As it was read, its places counted from the beginning of the formula.
    pub read: Expr,
    /// What it meant when the formula was defined.
    pub filter: Filter,
    /// Whether that is another thing on another day or for another person, so that it has to be read anew.
    pub live: Live,
}

/// What a value depends on besides records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Live {
    /// The day or time at which it is asked for.
    pub now: bool,
    /// The person who asks.
    pub me: bool,
    /// The zone in which days are counted.
    pub zone: bool,
    /// The currency of whom it is for: an amount names none.
    pub currency: bool,
}

impl Live {
    /// Whether it depends on anything, so that it cannot be kept.
    pub const fn any(self) -> bool {
        self.now || self.me || self.zone
    }

    /// What either depends on.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            now: self.now || other.now,
            me: self.me || other.me,
            zone: self.zone || other.zone,
            currency: self.currency || other.currency,
        }
    }
}

/// A part with its type.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) node: Node,
    pub(super) ty: Ty,
}

impl Node {
    pub(super) const fn new(what: NodeKind, span: Span) -> Self {
        Self { what, span }
    }

    /// Visits this part and all parts of it.
    pub(super) fn each<'n>(&'n self, visit: &mut dyn FnMut(&'n Self)) {
        visit(self);
        match &self.what {
            NodeKind::Constant(_)
            | NodeKind::Today
            | NodeKind::Now
            | NodeKind::Me
            | NodeKind::Moment(_)
            | NodeKind::Field(_)
            | NodeKind::Roll(_) => {}
            NodeKind::Not(of)
            | NodeKind::Minus(of)
            | NodeKind::OneAmount(of)
            | NodeKind::InZone(of)
            | NodeKind::Round(of, _)
            | NodeKind::AsText(of, _) => {
                of.each(visit);
            }
            NodeKind::Both(left, right)
            | NodeKind::Either(left, right)
            | NodeKind::Arithmetic(_, left, right)
            | NodeKind::Compare(_, left, right) => {
                left.each(visit);
                right.each(visit);
            }
            NodeKind::Call(_, args) => args.iter().for_each(|arg| arg.each(visit)),
        }
    }
}

impl Typed {
    pub(super) const fn new(what: NodeKind, span: Span, ty: Ty) -> Self {
        Self { node: Node::new(what, span), ty }
    }

    /// The same, which takes points in time for days of a zone.
    pub(super) fn in_zone(self, is: bool) -> Self {
        if !is {
            return self;
        }
        let span = self.node.span;
        Self::new(NodeKind::InZone(Box::new(self.node)), span, self.ty)
    }

    /// The one amount where amounts of several currencies stand for money.
    pub(super) fn one_amount(self) -> Self {
        if self.ty != Ty::Amounts {
            return self;
        }
        let span = self.node.span;
        Self::new(NodeKind::OneAmount(Box::new(self.node)), span, Ty::Money)
    }
}
