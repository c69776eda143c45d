//! Reading records in the order of an index instead of sorting them.

use std::ops::{Bound, ControlFlow};

use crate::{
    domain::{FieldDef, RecordId, Row, Type, field::IndexDef},
    error::Result,
    query::{
        filter::{Check, Evaluator, Filter, Node, Visit},
        plan::{Plan, after},
    },
    store::{
        Reader,
        engine::KeyRange,
        index::prefix,
        keys::{ABSENT, num_after, put_int, put_num, split_value},
    },
    text::Lang,
};

use super::{Query, caught};

/// Fetching a row out of order costs about so many rows read in order.
const OUT_OF_ORDER: u64 = 3;

/// An index to read in its order.
pub(super) struct Walk {
    code: String,
    /// What all its keys begin with.
    start: Vec<u8>,
    /// The fields behind the start, of which the first is sorted by.
    fields: Vec<Type>,
    sorted_by: &'static FieldDef,
    descending: bool,
    /// Where the records stand that have no value.
    rest: Rest,
    /// Whether every key is of a record that passes.
    exact: bool,
}

/// Where the records without a value are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// In the same index.
    Index,
    /// Among the rows.
    Rows,
    /// None passes the filter.
    Nowhere,
}

/// The index whose order serves the query, where reading it so is the quicker way.
pub(super) fn of(query: &Query, reader: &Reader<'_>, plan: &Plan) -> Result<Option<Walk>> {
    let [first, more @ ..] = &query.sort[..] else { return Ok(None) };
    let Some(def) = first.by.own_field() else { return Ok(None) };
    let ends_with_number = matches!(more, [])
        || matches!(more, [number] if number.by.is_own_id() && number.descending == first.descending);
    // Text in an index is cut and ordered by its characters.
    let same_order = !def.many && !matches!(def.ty, Type::Link | Type::Phone | Type::LongText);
    if !ends_with_number || !same_order || (def.ty.is_text() && query.lang == Lang::Zh) {
        return Ok(None);
    }
    let kind = query.kind();
    let total = reader.total(kind.id)?;
    let wanted = query.limit.map_or(u64::MAX, |limit| limit.saturating_add(query.offset) as u64);
    for index in kind.indexes {
        if let Some(start) = equal_before(&query.filter, kind.id, index, def) {
            let covered = index.fields.iter().take_while(|field| *field != def).count();
            let answers_all = query.filter.conjuncts().len() == covered;
            // The start holds at least as many keys as pass; how many more, nothing tells before they are read.
            if answers_all || wanted.saturating_mul(OUT_OF_ORDER) < plan.estimate(reader)?.max(1) {
                let fields = index.fields[covered..].iter().map(|field| field.ty).collect();
                let codes: Vec<&str> = index.fields.iter().map(|field| field.code).collect();
                return Ok(Some(Walk {
                    code: codes.join("+"),
                    start,
                    fields,
                    sorted_by: def,
                    descending: first.descending,
                    rest: Rest::Index,
                    exact: answers_all,
                }));
            }
        }
    }
    if !def.indexed() {
        return Ok(None);
    }
    let matching = plan.estimate(reader)?.max(1);
    // Of every `total / matching` keys one passes.
    let read = wanted.saturating_mul(total / matching + 1);
    if !(query.filter.is_all() || read.saturating_mul(OUT_OF_ORDER) < matching) {
        return Ok(None);
    }
    let asks_for_one = |node: &Node| matches!(node, Node::Field(held, _) if *held == def);
    let rest = if query.filter.conjuncts().iter().any(asks_for_one) { Rest::Nowhere } else { Rest::Rows };
    Ok(Some(Walk {
        code: def.code.to_owned(),
        start: prefix(kind.id, def.tag),
        fields: vec![def.ty],
        sorted_by: def,
        descending: first.descending,
        rest,
        exact: query.filter.is_all(),
    }))
}

/// The beginning of the keys of a composite index whose fields before `def` the filter wants to be equal to one value.
fn equal_before(filter: &Filter, kind: crate::domain::KindId, index: &IndexDef, def: &FieldDef) -> Option<Vec<u8>> {
    let at = index.fields.iter().position(|field| field == def).filter(|at| *at > 0)?;
    let mut start = prefix(kind, index.number);
    for field in &index.fields[..at] {
        let value = filter.conjuncts().iter().find_map(|node| match node {
            Node::Field(held, Check::Numbers(ranges)) if *held == field && ranges.iter().len() == 1 => {
                ranges.iter().next().filter(|(from, to)| from == to).map(|(value, _)| value)
            }
            _ => None,
        })?;
        match field.ty {
            Type::Link => put_num(&mut start, u64::try_from(value).ok()?),
            Type::Choice | Type::Whole | Type::Date | Type::Instant | Type::YesNo => put_int(&mut start, value),
            _ => return None,
        }
    }
    Some(start)
}

impl Walk {
    /// The fields of the index.
    pub(super) fn name(&self) -> &str {
        &self.code
    }

    /// Shows the records that pass.
    pub(super) fn run(&self, query: &Query, reader: &Reader<'_>, visit: &mut Visit<'_>) -> Result<()> {
        let ask = Evaluator::new(*reader, &query.filter);
        let kind = query.kind().id;
        let mut absent = self.start.clone();
        absent.push(ABSENT);
        // Text is never empty, so no present value begins with the byte that stands for none.
        let present = after(&absent);
        let end = after(&self.start);
        let mut failed = None;
        let mut go_on = ControlFlow::Continue(());
        let mut step = |key: &[u8]| {
            let Some(num) = self.number_in(key) else { return ControlFlow::Continue(()) };
            if self.exact && query.bare {
                go_on = caught(&mut failed, visit(num, Row::default()));
                return go_on;
            }
            let shown = reader.with_row(RecordId::new(kind, num), |row| {
                if ask.matches(num, row)? { visit(num, row) } else { Ok(ControlFlow::Continue(())) }
            });
            let shown = shown.and_then(|shown| shown.unwrap_or(Ok(ControlFlow::Continue(()))));
            go_on = caught(&mut failed, shown);
            go_on
        };
        let run = |start, end| KeyRange::between(Bound::Included(start), Bound::Excluded(end));
        let mut runs = vec![run(&present, &end)];
        if self.rest == Rest::Index {
            runs.push(run(&absent, &present));
        }
        for range in runs {
            let mut stopped = false;
            reader.index(range, self.descending, &mut |key| {
                let step = step(key);
                stopped = step.is_break();
                step
            })?;
            if stopped {
                break;
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
        if self.rest != Rest::Rows || go_on.is_break() {
            return Ok(());
        }
        ask.each(self.descending, &mut |num, row| {
            let has_value = if self.sorted_by.derived {
                crate::domain::Lookup::derived(reader, RecordId::new(kind, num))?
                    .row()
                    .raw(self.sorted_by.tag)
                    .is_some()
            } else {
                row.raw(self.sorted_by.tag).is_some()
            };
            if has_value { Ok(ControlFlow::Continue(())) } else { visit(num, row) }
        })
    }

    fn number_in(&self, key: &[u8]) -> Option<u64> {
        let mut rest = key.get(self.start.len()..)?;
        for ty in &self.fields {
            (_, rest) = split_value(*ty, rest)?;
        }
        num_after(rest, 0)
    }
}
