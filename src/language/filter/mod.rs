//! Filters that know their fields: what a filter of the language means for one kind of record.
//!
//! Literals were read when the filter was resolved; what is left is comparing stored bytes. `not` is the only negation:
//! a record without a field fails every test of it, and so passes every negated one.

mod check;
pub(crate) mod near;
mod passes;
mod spans;
mod texts;
mod words;

pub use check::{Check, Ranges, is_nought_when_absent, year_day};
pub use spans::{Edge, Spans};
pub use words::WordTest;

use crate::domain::{FieldDef, Kind, Residence};

/// What records of one kind must be like.
#[derive(Debug, Clone)]
pub struct Filter {
    kind: &'static Kind,
    root: Node,
    place: Residence,
}

/// One step of a filter.
#[derive(Debug, Clone)]
pub enum Node {
    /// All of these hold; of none, every record is.
    All(Vec<Node>),
    /// One of these holds; of none, no record is.
    Any(Vec<Node>),
    /// This does not hold.
    Not(Box<Node>),
    /// The number of the record is in one of these ranges.
    Ids(Ranges),
    /// A field passes a check; of a list, one item does.
    Field(&'static FieldDef, Check),
    /// The live record that a link points to passes.
    Link(&'static FieldDef, Box<Filter>),
    /// A live record passes whose link points here.
    Linked {
        /// The link that points here.
        link: &'static FieldDef,
        /// What its record is like.
        inner: Box<Filter>,
    },
    /// A searched field holds the text.
    Words(WordTest),
}

impl Node {
    /// Every record.
    pub const fn always() -> Self {
        Self::All(Vec::new())
    }

    /// No record.
    pub const fn never() -> Self {
        Self::Any(Vec::new())
    }

    /// The opposite.
    #[must_use]
    pub fn negate(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// One of these; checks of the same field are joined where they can be.
    pub fn any(nodes: impl IntoIterator<Item = Self>) -> Self {
        let mut joined: Vec<Self> = Vec::new();
        for node in nodes {
            let rest = joined.iter_mut().try_fold(node, |node, held| match (held, node) {
                (Self::Field(held, check), Self::Field(def, more)) if *held == def => match check.join(more) {
                    Ok(()) => Err(()),
                    Err(more) => Ok(Self::Field(def, more)),
                },
                (Self::Ids(held), Self::Ids(more)) => {
                    held.extend(more);
                    Err(())
                }
                (_, node) => Ok(node),
            });
            joined.extend(rest);
        }
        match joined.pop() {
            Some(only) if joined.is_empty() => only,
            last => {
                joined.extend(last);
                Self::Any(joined)
            }
        }
    }
}

impl Filter {
    /// Every record of a kind.
    pub const fn all(kind: &'static Kind) -> Self {
        Self::new(kind, Node::always())
    }

    /// The records that a node lets through.
    pub const fn new(kind: &'static Kind, root: Node) -> Self {
        Self { kind, root, place: Residence::Live }
    }

    /// The same of the records in the trash, of which no index knows.
    #[must_use]
    pub fn in_trash(self) -> Self {
        Self { place: Residence::Trash, ..self }
    }

    /// Every record where this one looks for them.
    #[must_use]
    pub fn every(&self) -> Self {
        Self { place: self.place, ..Self::all(self.kind) }
    }

    /// Whether it is about records in use or about those in the trash.
    pub const fn place(&self) -> Residence {
        self.place
    }

    /// Whether it is about records in the trash.
    pub fn is_of_trash(&self) -> bool {
        self.place == Residence::Trash
    }

    /// The records with these numbers.
    pub fn ids(kind: &'static Kind, numbers: &[u64]) -> Self {
        Self::new(kind, Node::Ids(Ranges::of_numbers(numbers)))
    }

    /// The records whose link points to `target`.
    pub fn linking(kind: &'static Kind, link: &'static FieldDef, target: u64) -> Self {
        Self::new(kind, Node::Field(link, Check::Numbers(Ranges::of_numbers(&[target]))))
    }

    /// The records that both let through; both are of the same kind. Of those in the trash, where one of them is.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let place = if other.is_of_trash() { other.place } else { self.place };
        let mut nodes = match self.root {
            Node::All(nodes) => nodes,
            node => vec![node],
        };
        match other.root {
            Node::All(more) => nodes.extend(more),
            node => nodes.push(node),
        }
        Self { kind: self.kind, root: Node::All(nodes), place }
    }

    /// The kind of record it is about.
    pub const fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// Its first step.
    pub const fn root(&self) -> &Node {
        &self.root
    }

    /// The tests that all must hold.
    pub fn conjuncts(&self) -> &[Node] {
        match &self.root {
            Node::All(nodes) => nodes,
            node => std::slice::from_ref(node),
        }
    }

    /// Whether it lets every record in use through without looking.
    pub fn is_all(&self) -> bool {
        self.conjuncts().is_empty() && !self.is_of_trash()
    }

    /// Visits every field of this kind of record that it reads.
    pub(crate) fn for_each_field(&self, visit: &mut dyn FnMut(&'static FieldDef)) {
        self.root.for_each_field(visit);
    }
}

impl Node {
    fn for_each_field(&self, visit: &mut dyn FnMut(&'static FieldDef)) {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().for_each(|node| node.for_each_field(visit)),
            Self::Not(node) => node.for_each_field(visit),
            Self::Field(def, _) | Self::Link(def, _) => visit(def),
            Self::Words(words) => words.fields().iter().for_each(|def| visit(def)),
            Self::Ids(_) | Self::Linked { .. } => {}
        }
    }
}
