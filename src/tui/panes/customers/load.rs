//! Which customers are in the list and in which order: a number for each, never a row.
//!
//! The order of all of them is read from index keys and kept as long as the store does not change; a filter only says
//! which of them to leave out. What is seen first comes first, and what nobody waits for any more is broken off.

use std::{cell::Cell, ops::ControlFlow, sync::Arc};

use crate::{
    commit::Context,
    domain::{RecordId, Row as Stored, Type, customer, print, user},
    error::{Failed, Result},
    query::{
        candidates::Candidates,
        field_path::{FieldPath, PathValue},
        filter::{Evaluator, Filter, Node, WordTest},
        names::Names,
        number_set::NumberSet,
        plan::{QueryPlan, Wanted},
        resolve,
        select::{Order, Query},
    },
    read_model::index_order::{KeepGoing, is_told, line_up},
    store::{
        Reader,
        engine::KeyRange,
        index::{is_sounded, prefix},
        keys::{num_after, put_int, split_value},
    },
    text::{Lang, fold, scrub},
    tui::panes::OwnerFilter,
};

use super::{
    question::{CustomerQuery, Grouping},
    rows::{self, CustomerRow},
    saved::{self, Saved},
};

/// What is asked.
#[derive(Clone, Debug)]
pub struct ListRequest {
    /// Which customers.
    pub question: CustomerQuery,
    /// What of each is shown.
    pub columns: Arc<[FieldPath]>,
    /// So many rows are shown first.
    pub first: usize,
}

/// A heading, and the rows under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowGroup {
    /// The place of its first row.
    pub start: usize,
    /// So many rows.
    pub count: usize,
    /// What it says.
    pub label: String,
}

/// The answer.
#[derive(Clone, Debug, Default)]
pub struct CustomerList {
    /// To which question.
    pub question: CustomerQuery,
    /// The numbers of the customers, in their order.
    pub numbers: Arc<Vec<u64>>,
    /// Whether these are all, and not only the first ones.
    pub whole: bool,
    /// How many customers there are at all.
    pub all: usize,
    /// How many of them the question chooses from: these, or those in the trash.
    pub among: usize,
    /// The headings.
    pub groups: Vec<RowGroup>,
    /// All customers whose next step should have been done.
    pub late: Arc<NumberSet>,
    /// The first rows.
    pub rows: Vec<CustomerRow>,
    /// Whose customers these are, in the filter language; empty for everybody's.
    pub whose: String,
    /// The saved views.
    pub views: Vec<Saved>,
}

/// Orders and marks of a step of the store, kept for the next question.
#[derive(Default)]
pub struct ListCache {
    /// The latest last.
    orders: Vec<(Vec<Order>, Arc<Vec<u64>>)>,
    late: Option<(i64, Arc<NumberSet>)>,
    seq: Option<u64>,
}

/// So many orders are kept.
const KEPT: usize = 2;
/// A list of so few is made in one go.
const FEW: u64 = 3_000;
/// So many rows are asked one by one before the indexes are.
const TRIED: usize = 1_500;
/// After so many rows somebody is asked whether they are still wanted.
const SLICE: usize = 512;

impl ListCache {
    /// Answers a question: first what is seen first, where all of it takes longer, and then all of it.
    ///
    /// # Errors
    /// What is wrong with the filter or the order, what the store says.
    pub fn answer(
        &mut self,
        reader: &Reader<'_>,
        context: &Context,
        wish: &ListRequest,
        go_on: &KeepGoing<'_>,
        tell: &mut dyn FnMut(CustomerList),
    ) -> Result<()> {
        let (seq, all) = (reader.seq()?, reader.total(customer::ID)?);
        if self.seq != Some(seq) {
            *self = Self { seq: Some(seq), ..Self::default() };
        }
        let names = Names::new(*reader, context.lang);
        let question = &wish.question;
        let whose = whose(reader, context, question.scope)?;
        let (filter, sort) = (filter(reader, context, question, &whose)?, question.orders(reader.schema())?);
        let views = saved::read(reader)?;
        let late = self.late(reader, context)?;
        let among = if filter.is_of_trash() { rows::trashed(reader)? } else { all as usize };
        let answer = |numbers: Arc<Vec<u64>>, whole, groups| -> Result<CustomerList> {
            let seen = &numbers[..wish.first.min(numbers.len())];
            let rows = rows::read(&names, context, &wish.columns, seen)?;
            let (question, late, whose, views) = (question.clone(), late.clone(), whose.clone(), views.clone());
            Ok(CustomerList { question, numbers, whole, all: all as usize, among, groups, late, rows, whose, views })
        };
        if filter.is_of_trash() {
            let query = Query { sort, lang: context.lang, ..Query::new(filter) };
            tell(answer(Arc::new(query.numbers(reader)?), true, Vec::new())?);
            return Ok(());
        }
        let known = self.order(&sort);
        if all > FEW && question.group.is_none() {
            let first = match &known {
                Some(_) if filter.is_all() => None,
                Some(order) => begin(reader, &filter, order, wish.first)?,
                None => beginning(reader, context, &filter, &sort, wish.first)?,
            };
            if let Some(first) = first {
                tell(answer(Arc::new(first), false, Vec::new())?);
            }
        }
        let order = match known {
            Some(order) => order,
            None => match ordered(reader, context, &sort, go_on)? {
                Some(order) => self.keep(sort, order),
                None => return Ok(()),
            },
        };
        let numbers = match passing(reader, &filter, go_on)? {
            None => return Ok(()),
            Some(PassingSet::All) => order,
            Some(PassingSet::These(these)) => {
                Arc::new(order.iter().copied().filter(|num| these.contains(*num)).collect())
            }
        };
        let groups = match question.group {
            Some(group) => groups(&names, context.lang, group, &numbers, go_on)?,
            None => Vec::new(),
        };
        if go_on() {
            tell(answer(numbers, true, groups)?);
        }
        Ok(())
    }

    fn order(&self, sort: &[Order]) -> Option<Arc<Vec<u64>>> {
        self.orders.iter().find(|(held, _)| held == sort).map(|(_, order)| order.clone())
    }

    fn keep(&mut self, sort: Vec<Order>, order: Vec<u64>) -> Arc<Vec<u64>> {
        let order = Arc::new(order);
        if self.orders.len() >= KEPT {
            self.orders.remove(0);
        }
        self.orders.push((sort, order.clone()));
        order
    }

    /// The customers whose next step was due before today.
    fn late(&mut self, reader: &Reader<'_>, context: &Context) -> Result<Arc<NumberSet>> {
        let today = crate::domain::Due::Day(context.now.day(context.tz)).start(context.tz).0;
        if let Some((held, late)) = &self.late
            && *held == today
        {
            return Ok(late.clone());
        }
        let start = prefix(customer::ID, customer::NEXT_FOLLOWUP.tag());
        let mut end = start.clone();
        put_int(&mut end, today);
        let mut late = NumberSet::new();
        let range = KeyRange::between(std::ops::Bound::Included(&start), std::ops::Bound::Excluded(&end));
        reader.index(range, false, &mut |key| {
            let rest = split_value(Type::Instant, &key[start.len()..]);
            if let Some(num) = rest.and_then(|(_, rest)| num_after(rest, 0)) {
                late.insert(num);
            }
            ControlFlow::Continue(())
        })?;
        let late = Arc::new(late);
        self.late = Some((today, late.clone()));
        Ok(late)
    }
}

/// Whose records a scope means, in the filter language.
fn whose(reader: &Reader<'_>, context: &Context, scope: OwnerFilter) -> Result<String> {
    Ok(match scope {
        OwnerFilter::All => String::new(),
        OwnerFilter::Mine | OwnerFilter::Own => "owner:me".to_owned(),
        OwnerFilter::Nobody => "no:owner".to_owned(),
        OwnerFilter::Team => match team(reader, context)? {
            Some(team) => format!("owner.team:{}", saved::quoted(&team)),
            None => String::new(),
        },
    })
}

fn filter(reader: &Reader<'_>, context: &Context, question: &CustomerQuery, whose: &str) -> Result<Filter> {
    let asking = context.asking(*reader);
    let kind = reader.schema().table(&customer::KIND);
    let mut filter = resolve::read(&question.filter, kind, &asking)?;
    if !whose.is_empty() {
        filter = filter.and(resolve::read(whose, kind, &asking)?);
    }
    let narrow = question.narrow.trim();
    if !narrow.is_empty() {
        filter = filter.and(Filter::new(kind, Node::Words(WordTest::new(kind, narrow))));
    }
    Ok(filter)
}

fn team(reader: &Reader<'_>, context: &Context) -> Result<Option<String>> {
    let Some(me) = context.me() else { return Ok(None) };
    Ok(reader.held(me)?.and_then(|held| held.record.get(user::TEAM).map(str::to_owned)))
}

/// The first that pass, in an order that is known, where it does not take long to find them.
fn begin(reader: &Reader<'_>, filter: &Filter, order: &[u64], first: usize) -> Result<Option<Vec<u64>>> {
    let ask = Evaluator::new(*reader, filter);
    let mut found = Vec::with_capacity(first);
    for num in order.iter().take(TRIED) {
        if ask.matches_number(*num)? {
            found.push(*num);
            if found.len() == first {
                return Ok(Some(found));
            }
        }
    }
    Ok(None)
}

/// The first of all, where an index is in the right order.
fn beginning(
    reader: &Reader<'_>,
    context: &Context,
    filter: &Filter,
    sort: &[Order],
    first: usize,
) -> Result<Option<Vec<u64>>> {
    let [order] = sort else { return Ok(None) };
    if !filter.is_all() || !is_told(sort) || order.by.own_field().is_some_and(|def| def.ty == Type::Link) {
        return Ok(None);
    }
    let query = Query { sort: sort.to_vec(), limit: Some(first), ..Query::new(filter.clone()) };
    let text = order.by.own_field().filter(|def| def.ty.is_text() && context.lang == Lang::Zh);
    if text.is_some_and(is_sounded) {
        return Query { lang: Lang::Zh, ..query }.numbers(reader).map(Some);
    }
    let mut numbers = query.numbers(reader)?;
    if let Some(def) = text {
        // Who reads Chinese sorts it by its sound, behind all Latin letters: up to the first of it the orders are one.
        let mut latin = 0;
        for num in &numbers {
            let plain = |row: Stored<'_>| row.raw(def.tag).is_some_and(<[u8]>::is_ascii);
            if order.descending || reader.with_row(RecordId::new(customer::ID, *num), plain)? != Some(true) {
                break;
            }
            latin += 1;
        }
        numbers.truncate(latin);
    }
    Ok((!numbers.is_empty()).then_some(numbers))
}

fn ordered(reader: &Reader<'_>, context: &Context, sort: &[Order], go_on: &KeepGoing<'_>) -> Result<Option<Vec<u64>>> {
    let kind = reader.schema().table(&customer::KIND);
    if is_told(sort) {
        return line_up(reader, kind, sort, context.lang, go_on);
    }
    let all = Filter::all(kind);
    Query { sort: sort.to_vec(), lang: context.lang, ..Query::new(all) }.numbers(reader).map(Some)
}

enum PassingSet {
    All,
    These(NumberSet),
}

/// The customers that pass a filter; none where it was broken off.
fn passing(reader: &Reader<'_>, filter: &Filter, go_on: &KeepGoing<'_>) -> Result<Option<PassingSet>> {
    if filter.is_all() {
        return Ok(Some(PassingSet::All));
    }
    let ask = Evaluator::new(*reader, filter);
    let seen = Cell::new(0_usize);
    let wanted = || {
        seen.set(seen.get() + 1);
        !seen.get().is_multiple_of(SLICE) || go_on()
    };
    let mut these = NumberSet::new();
    match QueryPlan::new(reader, filter, Wanted::ALL)?.candidates(reader, &mut |_| {})? {
        Candidates::Found(found) => {
            for hit in found.hits() {
                if !hit.is_sure() && !wanted() {
                    return Ok(None);
                }
                if hit.is_sure() || ask.matches_number(hit.num())? {
                    these.insert(hit.num());
                }
            }
        }
        Candidates::All => {
            let (mut failed, mut stopped) = (Failed::default(), false);
            reader.rows(customer::ID, 0, false, &mut |num, row| {
                failed.flow(ask.matches(num, row).map(|passes| {
                    if passes {
                        these.insert(num);
                    }
                    stopped = !wanted();
                    if stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                }))
            })?;
            failed.end()?;
            if stopped {
                return Ok(None);
            }
        }
    }
    Ok(Some(PassingSet::These(these)))
}

/// The headings over a list that is sorted by what they say: where each ends is found by halving.
fn groups(
    names: &Names<'_>,
    lang: Lang,
    group: Grouping,
    numbers: &[u64],
    go_on: &KeepGoing<'_>,
) -> Result<Vec<RowGroup>> {
    let path = group.path(names.reader().schema())?;
    let said = |num: u64| label(names, lang, &path, num);
    let (mut groups, mut start) = (Vec::new(), 0);
    while start < numbers.len() && go_on() {
        let text = said(numbers[start])?;
        let same = fold(&text);
        let (mut low, mut high) = (start + 1, numbers.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if fold(&said(numbers[middle])?) == same {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let none = || lang.pick("none", "无").to_owned();
        let label = if text.is_empty() { none() } else { text };
        groups.push(RowGroup { start, count: low - start, label });
        start = low;
    }
    Ok(groups)
}

fn label(names: &Names<'_>, lang: Lang, path: &FieldPath, num: u64) -> Result<String> {
    let (reader, id) = (names.reader(), RecordId::new(customer::ID, num));
    let view = print::View { lang, tz: chrono_tz::UTC, now: crate::domain::Instant(0), relative: false };
    let said = reader.with_row(id, |row| {
        path.look(&reader, id, row, |found| -> Result<String> {
            let Some(PathValue::Stored(def, stored)) = found else { return Ok(String::new()) };
            let mut out = String::new();
            names.write(&mut out, def, stored, &view)?;
            Ok(scrub(&out).into_owned())
        })?
    })?;
    said.unwrap_or_else(|| Ok(String::new()))
}
