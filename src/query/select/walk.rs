//! Reading records in the order of an index instead of sorting them.

use std::ops::ControlFlow;

use crate::{
    domain::{FieldDef, Lookup, RecordId, Row, Type},
    error::Result,
    query::{
        filter::{Evaluator, Visit},
        pinyin_order,
        plan::{IndexKeys, Ordered, QueryPlan, asks_for},
    },
    store::{Reader, index::is_sounded},
    text::Lang,
};

use super::Query;

/// Fetching a row out of order costs about so many rows read in order.
const OUT_OF_ORDER: u64 = 3;

/// An index to read in its order.
pub(super) struct IndexWalk {
    keys: OrderKeys,
    sorted_by: &'static FieldDef,
    descending: bool,
    /// Where the records stand that have no value.
    rest: UnvaluedRecords,
    /// Whether every key is of a record that passes.
    exact: bool,
}

/// What tells the order.
enum OrderKeys {
    /// The keys of an index.
    Keys(IndexKeys),
    /// The sounds of a name.
    Sounds(&'static FieldDef),
}

/// Where the records without a value are.
enum UnvaluedRecords {
    /// In the same index.
    Index(IndexKeys),
    /// Among the rows.
    Rows,
    /// None passes the filter.
    Nowhere,
}

/// The index whose order serves the query, where reading it so is the quicker way.
pub(super) fn of(query: &Query, reader: &Reader<'_>, plan: &QueryPlan) -> Result<Option<IndexWalk>> {
    let [first, more @ ..] = &query.sort[..] else { return Ok(None) };
    let Some(def) = first.by.own_field() else { return Ok(None) };
    let ends_with_number = matches!(more, [])
        || matches!(more, [number] if number.by.is_own_id() && number.descending == first.descending);
    // Text in an index is cut and ordered by its characters.
    let same_order = !def.many && !matches!(def.ty, Type::Link | Type::Phone | Type::LongText);
    let by_sound = def.ty.is_text() && query.lang == Lang::Zh;
    if !ends_with_number || !same_order || (by_sound && !is_sounded(def)) {
        return Ok(None);
    }
    let (kind, tests) = (query.kind(), query.filter.conjuncts());
    let wanted = query.limit.map_or(u64::MAX, |limit| limit.saturating_add(query.offset) as u64);
    let walk = |ordered: Ordered, rest: UnvaluedRecords| {
        let all = (0..tests.len()).all(|test| ordered.answered.contains(&test));
        let exact = all && ordered.keys.is_exact();
        (
            IndexWalk {
                keys: OrderKeys::Keys(ordered.keys),
                sorted_by: def,
                descending: first.descending,
                rest,
                exact,
            },
            all,
        )
    };
    for index in kind.indexes.iter().filter(|_| !by_sound) {
        let Some(mut ordered) = IndexKeys::in_order(kind.id, index, def, tests) else { continue };
        let rest = ordered
            .absent
            .take()
            .map_or(UnvaluedRecords::Nowhere, |run| UnvaluedRecords::Index(ordered.keys.with_run(run)));
        let (walk, all) = walk(ordered, rest);
        // It holds at least as many keys as pass; how many more, nothing tells before they are read.
        if all || wanted.saturating_mul(OUT_OF_ORDER) < plan.estimate(reader)?.max(1) {
            return Ok(Some(walk));
        }
    }
    let (walk, all) = if by_sound {
        // Every record has a name.
        let (keys, exact) = (OrderKeys::Sounds(def), tests.is_empty());
        (IndexWalk { keys, sorted_by: def, descending: first.descending, rest: UnvaluedRecords::Nowhere, exact }, exact)
    } else {
        let Some(ordered) = IndexKeys::in_order_of(kind.id, def, tests) else { return Ok(None) };
        let rest = if asks_for(tests, def) { UnvaluedRecords::Nowhere } else { UnvaluedRecords::Rows };
        walk(ordered, rest)
    };
    if all {
        return Ok(Some(walk));
    }
    let matching = plan.estimate(reader)?.max(1);
    // Of every `total / matching` keys one passes.
    let read = wanted.saturating_mul(plan.total() / matching + 1);
    Ok((read.saturating_mul(OUT_OF_ORDER) < matching).then_some(walk))
}

impl IndexWalk {
    /// The fields of the index.
    pub(super) fn name(&self) -> String {
        match &self.keys {
            OrderKeys::Keys(keys) => keys.name(),
            OrderKeys::Sounds(def) => format!("{} by sound", def.code),
        }
    }

    /// Shows the records that pass.
    pub(super) fn run(&self, query: &Query, reader: &Reader<'_>, visit: &mut Visit<'_>) -> Result<()> {
        let ask = Evaluator::new(*reader, &query.filter);
        let kind = query.kind().id;
        let mut last = Ok(ControlFlow::Continue(()));
        let mut step = |num| {
            last = if self.exact && query.bare { visit(num, Row::default()) } else { ask.show(num, self.exact, visit) };
            if matches!(last, Ok(ControlFlow::Continue(()))) {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        };
        let mut end = match &self.keys {
            OrderKeys::Keys(keys) => keys.walk(reader, self.descending, &mut step)?,
            OrderKeys::Sounds(def) => pinyin_order::walk(reader, kind, def, self.descending, &mut |_, num| step(num))?,
        };
        if let (UnvaluedRecords::Index(keys), ControlFlow::Continue(())) = (&self.rest, end) {
            end = keys.walk(reader, self.descending, &mut step)?;
        }
        let _ = last?;
        if !matches!(self.rest, UnvaluedRecords::Rows) || end.is_break() {
            return Ok(());
        }
        let _ = ask.each((0, u64::MAX), self.descending, &mut |num, row| {
            let has_value = if self.sorted_by.derived {
                reader.derived(RecordId::new(kind, num))?.row().raw(self.sorted_by.tag).is_some()
            } else {
                row.raw(self.sorted_by.tag).is_some()
            };
            if has_value { Ok(ControlFlow::Continue(())) } else { visit(num, row) }
        })?;
        Ok(())
    }
}
