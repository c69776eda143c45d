//! `agenda`: what is to be done, by when, and why it matters.

use chrono::{Days, NaiveDate, NaiveTime};

use crate::{
    domain::{Instant, RecordId, choices::NORMAL, followup},
    error::Result,
    query::{
        filter::Filter,
        grid::{Cell, Column, Grid, Section, Sections},
    },
    read_model::{
        agenda::{AgendaRow, Clock, Reason, Section as Part, calls, order, rows},
        positions::Position,
    },
    text::{Lang, Said, said, spaced},
};

use crate::command::{
    args::{Arg, Flag},
    global_options::LIMIT,
    op::{Answer, Invocation, Noun, Op, Run, Show},
    owner_scope::{self, OWNER, OwnerScope, both, whose},
    row_options::chosen_sections,
};

const ALL: Arg<Flag> = Arg::flag("all", "What is due later than in 30 days too", "包括 30 天以后的事项");
const CALLS: Arg<Flag> =
    Arg::flag("calls", "Calls until tonight, the most urgent first", "今天及逾期待打的电话，最紧急的在前");

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "agenda",
    also: "日程",
    en: "What is to be done: overdue, today, tomorrow, this week and the next 30 days",
    zh: "待办事项：逾期、今天、明天、本周及未来 30 天",
    examples: &["agenda", "agenda --calls", "agenda --owner all", "agenda --owner team:east -o json"],
    args: &[OWNER.def, ALL.def, CALLS.def, LIMIT.def],
    run: Run::Ask(show_agenda),
};

/// Unless all is asked for, the agenda ends after so many days.
const DAYS: u64 = 30;

fn show_agenda(ask: &Invocation<'_>, show: &mut dyn Show) -> Result<()> {
    let (context, whose) = (ask.context, whose(ask)?);
    let clock = Clock { now: context.now, tz: context.tz, week_start: context.settings.week_start };
    let until = if ask.words.has(ALL) { None } else { clock.today().checked_add_days(Days::new(DAYS)) };
    let by_urgency = ask.words.has(CALLS);
    let (mut found, beyond) = match by_urgency {
        true => (calls(ask.names, &whose.owners, &clock, &Filter::all(ask.table(&followup::KIND)))?, 0),
        false => planned(ask, &whose, &clock, until)?,
    };
    let title = if by_urgency { call_title(&whose, found.len()) } else { title(&found, &whose) };
    if let Some(limit) = ask.words.number(LIMIT)? {
        found.truncate(limit);
    }
    let nothing = found.is_empty();
    let found = sections(ask, found, by_urgency, &clock, &whose, title);
    show.show(chosen_sections(found, ask.words, show)?)?;
    if beyond > 0 {
        show.show(Answer::Remark(
            format!("{beyond} more later than in {DAYS} days: add --all"),
            format!("另有 {beyond} 项在 {DAYS} 天以后，加 --all 可查看"),
        ))?;
    } else if nothing {
        show.show(Answer::Remark(
            "Nothing is planned: crm followup add WORDS due=tomorrow plans something, --owner all shows everybody's"
                .to_owned(),
            "暂无安排：crm followup add 事项 截止时间=明天 可新建，--owner all 可查看所有人的".to_owned(),
        ))?;
    }
    Ok(())
}

/// Places, and how many more there are after the last day that was asked for.
type AgendaPage = (Vec<Position>, usize);

fn planned(ask: &Invocation<'_>, whose: &OwnerScope, clock: &Clock, until: Option<NaiveDate>) -> Result<AgendaPage> {
    let mut found = order(&ask.reader, &whose.owners, clock, &Filter::all(ask.table(&followup::KIND)))?;
    let all = found.len();
    let Some(until) = until else { return Ok((found, 0)) };
    // In no zone is a day earlier or later than the day before or after it elsewhere; between them the rows tell.
    let at = |day: Option<NaiveDate>| Instant::from(day.unwrap_or(until).and_time(NaiveTime::MIN).and_utc()).0;
    let (sure, end) = (at(until.pred_opt()), at(until.checked_add_days(Days::new(2))));
    let mut kept = Vec::with_capacity(all);
    for placed in found.drain(..) {
        let later = placed.part == Part::Later as u8;
        if !later || placed.at < sure || (placed.at < end && is_due_by(ask, placed, clock, until)?) {
            kept.push(placed);
        }
    }
    let beyond = all - kept.len();
    Ok((kept, beyond))
}

fn is_due_by(ask: &Invocation<'_>, placed: Position, clock: &Clock, until: NaiveDate) -> Result<bool> {
    let id = RecordId::new(followup::ID, placed.num);
    let due = ask.reader.with_row(id, |row| row.get(followup::DUE))?.flatten();
    Ok(due.is_none_or(|due| due.day(clock.tz) <= until))
}

fn call_title(whose: &OwnerScope, count: usize) -> Said {
    let (en, zh) = whose.said.both();
    said!(("Calls of {en}   {count}"), ("{}   {count}", spaced(zh, "的电话清单")))
}

/// Whose it is, and how much there is in each part.
fn title(found: &[Position], whose: &OwnerScope) -> Said {
    let (en, zh) = whose.said.both();
    let counts = |lang: Lang| {
        let mut out = lang.pick(format!("Agenda of {en}"), spaced(zh, "的跟进日程"));
        let mut before = "   ";
        for part in Part::ALL {
            let count = found.iter().filter(|placed| placed.part == part as u8).count();
            if count > 0 {
                let label = part.label(lang).to_lowercase();
                let counted = lang.pick(format!("{count} {label}"), format!("{label} {count}"));
                out.push_str(&format!("{before}{counted}"));
                before = " · ";
            }
        }
        out
    };
    both(counts)
}

fn sections<'a>(
    ask: &Invocation<'a>,
    found: Vec<Position>,
    by_urgency: bool,
    clock: &Clock,
    whose: &OwnerScope,
    title: Said,
) -> Sections<'a> {
    let shared = !whose.owners.is_one();
    let mut columns = vec![
        Column::new("mark", "", ""),
        Column::new("id", "ID", "编号"),
        Column::new("due", "Due", "截止").never_cut(),
        Column::new("title", "Title", "主题").main(),
        Column::new("customer", "Customer", "客户"),
        Column::new("type", "How", "方式"),
        Column::new("priority", "Priority", "优先级"),
    ];
    if shared {
        columns.push(Column::new("owner", "Owner", "负责人"));
    }
    columns.push(Column::new("why", "Why", "原因"));
    let columns = columns.into_iter().map(|column| column.of_kind(followup::ID)).collect();
    let (ask, clock, mut sections) = (*ask, *clock, Vec::new());
    let read = move |some: &[Position]| rows(ask.names, &clock, some);
    // A call list is one part without a heading.
    let parts: &[Option<Part>] = if by_urgency { &[None] } else { &Part::ALL.map(Some) };
    for part in parts {
        let here = |placed: &&Position| part.is_none_or(|part| placed.part == part as u8);
        let places: Vec<Position> = found.iter().filter(here).copied().collect();
        if !places.is_empty() {
            let heading = both(|lang| part.map_or("", |part| part.label(lang)).to_owned());
            let lines = owner_scope::streamed(places, read, move |row| line(&ask, row, &clock, shared));
            sections.push(Section { heading, rows: lines, note: None });
        }
    }
    let records = owner_scope::streamed(found, read, move |row| record(&ask, row));
    Sections { title, columns, sections, grid: Grid::new("agenda", record_columns(&ask), records, ask.names) }
}

fn line(ask: &Invocation<'_>, row: &AgendaRow, clock: &Clock, shared: bool) -> Result<Vec<Cell<'static>>> {
    let due = match row.done_at {
        Some(at) => owner_scope::words(|_| clock.time(at)),
        None => owner_scope::words(|lang| clock.due_in_words(row.due, lang)),
    };
    let mark = if row.section == Part::Overdue { Cell::Text("●".into()) } else { Cell::Empty };
    let priority = Some(row.priority).filter(|priority| *priority != NORMAL);
    let mut cells = vec![
        mark,
        Cell::Id(row.id),
        due,
        Cell::Text(row.title.clone().into()),
        owner_scope::link(row.customer.as_ref()),
        owner_scope::cell(&followup::TYPE, row.way),
        owner_scope::cell(&followup::PRIORITY, priority),
    ];
    if shared {
        cells.push(owner_scope::owner(ask.names, row.owner)?);
    }
    cells.push(why(row));
    Ok(cells)
}

fn why(row: &AgendaRow) -> Cell<'static> {
    if row.reasons.is_empty() {
        return Cell::Empty;
    }
    let joined = |separator: &str, say: &dyn Fn(&Reason) -> String| {
        row.reasons.iter().map(say).collect::<Vec<_>>().join(separator).into()
    };
    Cell::Words {
        code: joined(", ", &Reason::code),
        en: joined(", ", &|reason| reason.say(Lang::En)),
        zh: joined("，", &|reason| reason.say(Lang::Zh)),
    }
}

fn record_columns(ask: &Invocation<'_>) -> Vec<Column> {
    let kind = ask.table(&followup::KIND);
    let mut columns = vec![Column::new("id", "ID", "编号"), Column::new("section", "Section", "分组")];
    columns.extend(
        ["due", "title", "customer", "type", "priority", "owner"]
            .iter()
            .filter_map(|code| kind.field(code))
            .map(Column::of),
    );
    columns.push(Column::new("why", "Why", "原因"));
    columns.into_iter().map(|column| column.of_kind(followup::ID)).collect()
}

fn record(ask: &Invocation<'_>, row: &AgendaRow) -> Result<Vec<Cell<'static>>> {
    Ok(vec![
        Cell::Id(row.id),
        Cell::Text(row.section.code().into()),
        owner_scope::cell(&followup::DUE, Some(row.due)),
        Cell::Text(row.title.clone().into()),
        owner_scope::link(row.customer.as_ref()),
        owner_scope::cell(&followup::TYPE, row.way),
        owner_scope::cell(&followup::PRIORITY, Some(row.priority)),
        owner_scope::owner(ask.names, row.owner)?,
        why(row),
    ])
}
