//! `agenda`: what is to be done, by when, and why it matters.

use chrono::Days;

use crate::{
    domain::{choices::NORMAL, followup},
    error::Result,
    query::{
        agenda::{Agenda, AgendaRow, Clock, Section as Part, agenda},
        grid::{Cell, Column, Grid, Said, Section, Sections},
    },
    text::Lang,
};

use super::{
    op::{Answer, Ask, Noun, Op, Run, Show, Takes, arg},
    pane::{self, OWNER, Whose, both, whose},
};

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "agenda",
    en: "What is to be done: overdue, today, tomorrow, this week and the next 30 days",
    zh: "待办事项：逾期、今天、明天、本周及未来30天",
    examples: &["agenda", "agenda --owner all", "agenda --owner team:east -o json"],
    args: &[OWNER, arg("all", Takes::Flag, "What is due later than in 30 days too", "包括30天以后的事项")],
    run: Run::Ask(show_agenda),
};

/// Unless all is asked for, the agenda ends after so many days.
const DAYS: u64 = 30;

fn show_agenda(ask: &Ask<'_>, show: &mut dyn Show) -> Result<()> {
    let (context, whose) = (ask.context, whose(ask)?);
    let clock = Clock { now: context.now, tz: context.tz, week_start: context.settings.week_start };
    let until = if ask.words.has("all") { None } else { clock.today().checked_add_days(Days::new(DAYS)) };
    let mut found = agenda(ask.names, &whose.owners, &clock, until)?;
    let title = title(&found, &whose);
    let beyond = found.beyond;
    if let Some(limit) = ask.words.number("limit")? {
        found.rows.truncate(limit);
    }
    let nothing = found.rows.is_empty();
    show.show(Answer::Sections(sections(ask, &found.rows, &clock, &whose, title)?))?;
    if beyond > 0 {
        show.show(Answer::Remark(
            format!("{beyond} more later than in {DAYS} days: add --all"),
            format!("另有 {beyond} 项在{DAYS}天以后：加 --all"),
        ))?;
    } else if nothing {
        show.show(Answer::Remark(
            "Nothing is planned: crm followup add WORDS due=tomorrow plans something, --owner all shows everybody's"
                .to_owned(),
            "暂无安排：crm followup add 事项 due=明天 可新建，--owner all 查看所有人".to_owned(),
        ))?;
    }
    Ok(())
}

/// Whose it is, and how much there is in each part.
fn title(found: &Agenda, whose: &Whose) -> Said {
    let (en, zh) = &whose.said;
    let counts = |lang: Lang| {
        let mut out = lang.pick(format!("Agenda of {en}"), format!("{zh}的跟进日程"));
        let mut before = "   ";
        for part in Part::ALL {
            let count = found.rows.iter().filter(|row| row.section == part).count();
            if count > 0 {
                let label = part.label(lang).to_lowercase();
                out.push_str(&format!("{before}{count} {label}"));
                before = " · ";
            }
        }
        out
    };
    both(counts)
}

fn sections<'a>(ask: &Ask<'a>, rows: &[AgendaRow], clock: &Clock, whose: &Whose, title: Said) -> Result<Sections<'a>> {
    let shared = !whose.owners.is_one();
    let mut columns = vec![
        Column::new("mark", "", ""),
        Column::new("id", "ID", "编号"),
        Column::new("due", "Due", "截止").never_cut(),
        Column::new("title", "Title", "主题"),
        Column::new("customer", "Customer", "客户"),
        Column::new("type", "How", "方式"),
        Column::new("priority", "Priority", "优先级"),
    ];
    if shared {
        columns.push(Column::new("owner", "Owner", "负责人"));
    }
    columns.push(Column::new("why", "Why", "原因"));
    let mut sections = Vec::new();
    for part in Part::ALL {
        let mut lines = Vec::new();
        for row in rows.iter().filter(|row| row.section == part) {
            lines.push(line(ask, row, clock, shared)?);
        }
        if !lines.is_empty() {
            sections.push(Section { heading: both(|lang| part.label(lang).to_owned()), rows: lines, note: None });
        }
    }
    let records = rows.iter().map(|row| record(ask, row)).collect::<Result<Vec<_>>>()?;
    Ok(Sections { title, columns, sections, grid: Grid::of_rows("agenda", record_columns(), records, ask.names) })
}

fn line(ask: &Ask<'_>, row: &AgendaRow, clock: &Clock, shared: bool) -> Result<Vec<Cell<'static>>> {
    let due = match row.done_at {
        Some(at) => pane::words(|_| clock.time(at)),
        None => pane::words(|lang| clock.due_in_words(row.due, lang)),
    };
    let mark = if row.section == Part::Overdue { Cell::Text("●".into()) } else { Cell::Empty };
    let kind = &followup::KIND;
    let priority = Some(row.priority).filter(|priority| *priority != NORMAL);
    let mut cells = vec![
        mark,
        Cell::Id(row.id),
        due,
        Cell::Text(row.title.clone().into()),
        pane::link(row.customer.as_ref()),
        pane::cell(kind, followup::TYPE, row.way),
        pane::cell(kind, followup::PRIORITY, priority),
    ];
    if shared {
        cells.push(pane::owner(ask.names, row.owner)?);
    }
    cells.push(why(row));
    Ok(cells)
}

fn why(row: &AgendaRow) -> Cell<'static> {
    if row.reasons.is_empty() {
        return Cell::Empty;
    }
    pane::words(|lang| {
        let reasons: Vec<String> = row.reasons.iter().map(|reason| reason.say(lang)).collect();
        reasons.join(lang.pick(", ", "，"))
    })
}

fn record_columns() -> Vec<Column> {
    let kind = &followup::KIND;
    let mut columns = vec![Column::new("id", "ID", "编号"), Column::new("section", "Section", "分组")];
    columns.extend(
        ["due", "title", "customer", "type", "priority", "owner"]
            .iter()
            .filter_map(|code| kind.field(code))
            .map(Column::of),
    );
    columns.push(Column::new("why", "Why", "原因"));
    columns
}

fn record(ask: &Ask<'_>, row: &AgendaRow) -> Result<Vec<Cell<'static>>> {
    let kind = &followup::KIND;
    Ok(vec![
        Cell::Id(row.id),
        Cell::Text(row.section.code().into()),
        pane::cell(kind, followup::DUE, Some(row.due)),
        Cell::Text(row.title.clone().into()),
        pane::link(row.customer.as_ref()),
        pane::cell(kind, followup::TYPE, row.way),
        pane::cell(kind, followup::PRIORITY, Some(row.priority)),
        pane::owner(ask.names, row.owner)?,
        why(row),
    ])
}
