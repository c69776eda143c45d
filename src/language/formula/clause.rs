//! Filters of children: what they mean, and whether they mean another thing on another day.

use std::borrow::Cow;

use crate::{
    domain::{
        FieldDef, Kind, Type, user,
        words::money::{Currency, Money},
    },
    error::{Error, Result},
    language::{
        filter::Filter,
        resolve::{is_place, is_view, names_its_year},
        syntax::{self, Name, Path, Pattern, Term, Test},
    },
    text::said,
};

use super::{
    names::{ChildLink, Names, Scope},
    node::{Clause, Live},
    tree,
};

impl Scope<'_> {
    /// What a filter of records of a kind means.
    pub(super) fn clause(&self, clause: &tree::Clause, kind: &'static Kind) -> Result<Clause> {
        let mut refused = None;
        let mut live = Live::default();
        clause.filter.for_each_term(&mut |term| match self.term(term, kind) {
            Ok(more) => live = live.and(more),
            Err(error) => refused = refused.take().or(Some(error)),
        });
        if let Some(error) = refused {
            return Err(error);
        }
        // Names that no field has are told of by the filter, which knows all of them.
        let filter = self.names.filter(&clause.filter, self.source, kind)?;
        Ok(Clause { read: clause.filter.clone(), filter, live })
    }

    /// What a term depends on besides records.
    fn term(&self, term: &Term, kind: &'static Kind) -> Result<Live> {
        let Term::Test { path, test, .. } = term else {
            let error = self.error(term.span(), said!("a word to find cannot stand here", "此处不能写要查找的文字"));
            return Err(error.hint(said!("test a field: name~harbor", "请写字段条件，如 名称~海港")));
        };
        let refuse = |name: &Name, hint| {
            let error = self.error(name.span, said!("'{}' cannot stand in a formula", "公式中不能使用“{}”", name.text));
            Err::<Live, Error>(error.hint(hint))
        };
        let def = self.leaf(path, kind);
        match path.0.last() {
            Some(name) if def.is_none() && is_view(&name.text) => {
                return refuse(name, said!("write the tests of the view", "请直接写出视图的筛选条件"));
            }
            Some(name) if def.is_none() && is_place(&name.text) => {
                return refuse(name, said!("only records in use are counted", "只统计未删除的记录"));
            }
            _ => {}
        }
        let Some(def) = def else { return Ok(Live::default()) };
        let mut live = Live::default();
        each_value(test, &mut |text, quoted| {
            let is_dated = matches!(def.ty, Type::Date | Type::Due | Type::Instant);
            live.now |= is_dated && !names_its_year(text);
            live.zone |= is_dated && def.ty != Type::Date;
            live.currency |= def.ty.has_currency() && names_no_currency(text);
            live.me |= def.ty == Type::Link && !quoted && user::is_me(text);
        });
        Ok(live)
    }

    /// The field at the end of a path of the filter language.
    fn leaf(&self, path: &Path, kind: &'static Kind) -> Option<&'static FieldDef> {
        let (mut at, mut last) = (kind, None);
        for name in &path.0 {
            match at.field_named(&name.text) {
                Some(def) => {
                    last = Some(def);
                    at = self.names.target(def).unwrap_or(at);
                }
                None => match self.names.children(at, &name.text) {
                    ChildLink::One(_, from) => (at, last) = (from, None),
                    // A part of a value, such as its currency.
                    _ => return last.filter(|_| !is_view(&name.text)),
                },
            }
        }
        last
    }

    /// Whether a name is a field of the children that a path leads to, so that a test of it is no text.
    pub(super) fn knows_child(&self, path: &Path, name: &str) -> bool {
        let Some(first) = path.0.first() else { return false };
        match self.names.children(self.kind, &first.text) {
            ChildLink::One(_, kind) => {
                kind.field_named(name).is_some() || !matches!(self.names.children(kind, name), ChildLink::None)
            }
            _ => false,
        }
    }
}

impl Clause {
    /// What it means now: as it was defined, unless it is live.
    ///
    /// # Errors
    /// What no longer means anything, such as a user who is gone.
    pub fn meaning(&self, names: &dyn Names) -> Result<Cow<'_, Filter>> {
        if !self.live.any() {
            return Ok(Cow::Borrowed(&self.filter));
        }
        // Places in the formula mean nothing to whoever reads the filter alone.
        let source = self.read.to_string();
        let read = syntax::parse(&source, &|_| false)?;
        names.filter(&read, &source, self.filter.kind()).map(Cow::Owned)
    }
}

/// Whether a text is an amount that names no currency.
fn names_no_currency(text: &str) -> bool {
    Money::number(text, Currency::CNY).is_ok_and(|(_, currency)| currency.is_none())
}

/// Visits the values that a test compares with, and whether each is in quotes.
fn each_value(test: &Test, visit: &mut dyn FnMut(&str, bool)) {
    match test {
        Test::Is(patterns) | Test::IsNot(patterns) => {
            for Pattern { text, quoted, .. } in patterns.iter().filter(|pattern| !pattern.text.is_empty()) {
                visit(text, *quoted);
            }
        }
        Test::Contains(lit) | Test::Over(lit) | Test::Under(lit) | Test::After(lit) | Test::Before(lit) => {
            visit(&lit.text, lit.quoted);
        }
        Test::Range { from, to } => from.iter().chain(to).for_each(|lit| visit(&lit.text, lit.quoted)),
        Test::Set | Test::Empty => {}
    }
}
