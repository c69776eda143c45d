//! Formulas over a store: what their names mean to whoever asks, and what they read of its records.

use std::ops::ControlFlow;

use crate::{
    domain::{FieldDef, Kind, KindId, Lookup, RecordId, Value, decode, words::money::Currency},
    error::{Error, Failed, Result},
    language::formula::{ChildLink, Children, EvalContext, Names, Values, Visit, children},
    text::{n_before, said},
};

use super::{
    field_path::{FieldPath, PathValue},
    filter::{Evaluator, Filter},
    resolve::{QueryContext, resolve},
    reverse_links::plurals_back,
    syntax::Expr,
};

/// The kinds of a store, and what words mean to whoever asks.
#[derive(Clone, Copy)]
pub struct StoreNames<'a> {
    /// Who asks.
    pub asking: QueryContext<'a>,
}

impl Names for StoreNames<'_> {
    fn target(&self, link: &FieldDef) -> Option<&'static Kind> {
        self.asking.reader.schema().target(link)
    }

    fn children(&self, of: &'static Kind, name: &str) -> ChildLink {
        children(self.asking.reader.schema(), of, name)
    }

    fn child_names(&self, of: &'static Kind) -> Vec<&'static str> {
        plurals_back(of, self.asking.reader.schema()).collect()
    }

    fn filter(&self, filter: &Expr, source: &str, of: &'static Kind) -> Result<Filter> {
        resolve(filter, source, of, &self.asking)
    }

    fn currency(&self) -> Currency {
        self.asking.currency
    }

    fn record(&self, of: KindId, text: &str) -> Result<u64> {
        let kind = self.asking.reader.schema().kind(of);
        let id = RecordId::parse(text, kind).filter(|id| id.kind == of);
        id.map(|id| id.num).ok_or_else(|| match kind {
            Some(kind) => Error::usage(said!(
                ("'{text}' is not the id of a{} {}", n_before(kind.noun), kind.noun),
                ("“{text}”不是{}的编号", kind.zh)
            ))
            .hint(said!("write {}-12", "请写成 {}-12 的形式", kind.letters)),
            None => Error::usage(said!("'{text}' is no id", "“{text}”不是编号")),
        })
    }
}

/// A record that a formula is worked out for.
pub struct StoredValues<'a> {
    names: &'a StoreNames<'a>,
    id: RecordId,
    context: EvalContext,
}

impl<'a> StoredValues<'a> {
    /// What formulas read of a record.
    pub const fn new(names: &'a StoreNames<'a>, id: RecordId) -> Self {
        let QueryContext { now, tz, week_start, currency, me, .. } = names.asking;
        Self { names, id, context: EvalContext { now, tz, week_start, me, currency } }
    }

    fn at(&self, id: RecordId, path: &FieldPath) -> Result<Option<Value>> {
        let reader = &self.names.asking.reader;
        let look = |found: Option<PathValue<'_>>| match found? {
            PathValue::Id(id) => Some(Value::Link(id.num)),
            PathValue::Stored(def, stored) => decode(def, stored),
        };
        reader.with_row(id, |row| path.look(reader, id, row, look))?.unwrap_or(Ok(None))
    }
}

impl Values for StoredValues<'_> {
    fn context(&self) -> &EvalContext {
        &self.context
    }

    fn own(&self, path: &FieldPath) -> Result<Option<Value>> {
        self.at(self.id, path)
    }

    fn children(&self, of: &Children, item: Option<&FieldPath>, visit: &mut Visit<'_>) -> Result<()> {
        let reader = self.names.asking.reader;
        let filter = match &of.filter {
            Some(clause) => clause.meaning(self.names)?.into_owned(),
            None => Filter::all(of.kind),
        };
        let evaluator = Evaluator::new(reader, &filter);
        let mut failed = Failed::default();
        let mut look = |num: u64| {
            if !evaluator.matches_number(num)? {
                return Ok(ControlFlow::Continue(()));
            }
            let value = item.map(|path| self.at(RecordId::new(of.kind.id, num), path)).transpose()?;
            Ok(visit(value.flatten()))
        };
        reader.linking(of.kind.id, of.link, self.id.num, &mut |num| failed.flow(look(num)))?;
        failed.end()
    }
}
