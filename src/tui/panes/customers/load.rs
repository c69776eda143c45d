//! The rows of the list, read from the store.

use crate::{
    domain::{Due, FieldDef, Lookup as _, RecordId, Row as Stored, customer, print, user},
    error::Result,
    ops::Context,
    query::{
        agenda::{Clock, Section},
        filter::{Filter, Node, WordTest},
        names::Names,
        resolve::{self, Asking},
        select::{self, Query},
    },
    store::Reader,
    text::scrub,
    tui::panes::Scope,
};

use super::state::{Question, Row, Rows, Urgency, Wish};

/// The numbers of all customers that answer a question, in order, as of a step of the store.
#[derive(Debug, Default)]
pub struct Order {
    question: Question,
    seq: Option<u64>,
    numbers: Vec<u64>,
}

/// So many are put in order before the first of them are shown.
const AT_ONCE: u64 = 3_000;

/// Reads what is wished for. Of a long list only the beginning comes first, unless `patient`; `whole` then says that
/// the rest is to be asked for.
///
/// # Errors
/// What is wrong with the filter, what the store says.
pub fn load(reader: &Reader<'_>, context: &Context, wish: &Wish, order: &mut Order, patient: bool) -> Result<Rows> {
    let (seq, all) = (reader.seq()?, reader.total(customer::ID)?);
    let names = Names::new(*reader, context.lang);
    let known = order.seq == Some(seq) && order.question == wish.question;
    let mut rows =
        Rows { question: wish.question.clone(), all: all as usize, whole: true, from: wish.from, ..Rows::default() };
    if !known {
        let mut query = query(reader, context, &wish.question)?;
        if !patient && all > AT_ONCE && wish.keep.is_none() {
            query.limit = Some(wish.from + wish.count);
            let numbers = query.numbers(reader)?;
            rows.whole = numbers.len() < wish.from + wish.count;
            rows.total = if rows.whole || !query.filter.is_all() { numbers.len() } else { all as usize };
            read(&names, context, numbers.get(wish.from..).unwrap_or_default(), &mut rows)?;
            return Ok(rows);
        }
        *order = Order { numbers: query.numbers(reader)?, seq: Some(seq), question: wish.question.clone() };
    }
    rows.total = order.numbers.len();
    if let Some(at) = wish.keep.and_then(|id| order.numbers.iter().position(|num| *num == id.num)) {
        rows.at = Some(at);
        rows.from = at.saturating_sub(wish.count / 2);
    }
    let end = (rows.from + wish.count).min(rows.total);
    let window = order.numbers.get(rows.from.min(end)..end).unwrap_or_default();
    read(&names, context, window, &mut rows)?;
    Ok(rows)
}

fn query(reader: &Reader<'_>, context: &Context, question: &Question) -> Result<Query> {
    let asking = Asking {
        now: context.now.utc(),
        tz: context.tz,
        week_start: context.settings.week_start,
        currency: context.settings.currency,
        me: context.user,
        lang: context.lang,
        reader: *reader,
    };
    let kind = &customer::KIND;
    let mut filter = resolve::read(&question.filter, kind, &asking)?;
    let whose = match question.scope {
        Scope::All => None,
        Scope::Mine | Scope::Own => Some("owner:me".to_owned()),
        Scope::Nobody => Some("no:owner".to_owned()),
        Scope::Team => team(reader, context)?.map(|team| format!("owner.team:\"{}\"", team.replace('"', ""))),
    };
    if let Some(whose) = whose {
        filter = filter.and(resolve::read(&whose, kind, &asking)?);
    }
    let narrow = question.narrow.trim();
    if !narrow.is_empty() {
        filter = filter.and(Filter::new(kind, Node::Words(WordTest::new(kind, narrow))));
    }
    let mut query = Query { lang: context.lang, ..Query::new(filter) };
    query.sort.push(select::Order::parse(question.sort.order(), kind)?);
    Ok(query)
}

fn team(reader: &Reader<'_>, context: &Context) -> Result<Option<String>> {
    let Some(me) = context.me() else { return Ok(None) };
    Ok(reader.held(me)?.and_then(|held| held.record.get(user::TEAM).map(str::to_owned)))
}

fn read(names: &Names<'_>, context: &Context, numbers: &[u64], rows: &mut Rows) -> Result<()> {
    let reader = names.reader();
    let clock = Clock { now: context.now, tz: context.tz, week_start: context.settings.week_start };
    let view = print::View { lang: context.lang, tz: context.tz, now: context.now, relative: true };
    rows.rows.reserve(numbers.len());
    for num in numbers {
        let id = RecordId::new(customer::ID, *num);
        let derived = reader.derived(id)?;
        let mut owner = None;
        let row = reader.with_row(id, |row| {
            owner = row.get(customer::OWNER);
            words(row, &derived.row(), &view, &clock)
        })?;
        let Some(mut row) = row else { continue };
        row.id = Some(id);
        if let Some(owner) = owner {
            row.owner = scrub(&names.of(RecordId::new(user::ID, owner))?).into_owned();
        }
        rows.rows.push(row);
    }
    Ok(())
}

fn words(row: Stored<'_>, derived: &Stored<'_>, view: &print::View, clock: &Clock) -> Row {
    let say = |row: &Stored<'_>, def: &FieldDef| {
        let mut out = String::new();
        if let Some(stored) = row.raw(def.tag) {
            print::human(&mut out, def, stored, view, &mut |_, _, _| {});
        }
        match scrub(&out) {
            std::borrow::Cow::Borrowed(_) => out,
            std::borrow::Cow::Owned(safe) => safe,
        }
    };
    let next = derived.get(customer::NEXT_FOLLOWUP);
    let due = next.map(|at| Due::Day(at.day(view.tz)));
    let urgency = match due.map(|due| clock.section(due)) {
        Some(Section::Overdue) => Urgency::Late,
        Some(Section::Today) => Urgency::Today,
        _ => Urgency::None,
    };
    let never = || view.lang.pick("never", "从未").to_owned();
    Row {
        id: None,
        name: say(&row, &customer::NAME.def()),
        grade: say(&row, &customer::GRADE.def()),
        city: say(&row, &customer::CITY.def()),
        owner: String::new(),
        last: derived.get(customer::LAST_CONTACT).map_or_else(never, |_| say(derived, &customer::LAST_CONTACT.def())),
        next: due.map_or_else(String::new, |due| clock.due_in_words(due, view.lang)),
        urgency,
        phone: first(&say(&row, &customer::PHONE.def())),
        email: first(&say(&row, &customer::EMAIL.def())),
    }
}

fn first(list: &str) -> String {
    list.split([',', '、', '(']).next().unwrap_or_default().trim().to_owned()
}
