//! `queue`: open tickets by the time that is left for them.

use std::sync::Arc;

use crate::{
    domain::{Instant, ticket},
    error::Result,
    query::{
        filter::Filter,
        grid::{Cell, Column, Grid, Section, Sections},
    },
    read_model::{
        positions::Position,
        queue::{QueueRow, breached_of, order, rows},
    },
    text::{Said, said, spaced},
};

use crate::command::{
    global_options::LIMIT,
    op::{Answer, Invocation, Noun, Op, Run, Show},
    owner_scope::{self, OWNER, OwnerScope, whose},
    row_options::chosen_sections,
};

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "queue",
    also: "队列",
    en: "Open tickets by the time left; mine and unassigned ones unless --owner",
    zh: "按剩余时间排列的未结工单；默认显示我的和未分配的",
    examples: &["queue", "queue --owner all", "queue --owner team:east -o json"],
    args: &[OWNER.def, LIMIT.def],
    run: Run::Ask(show_queue),
};

fn show_queue(ask: &Invocation<'_>, show: &mut dyn Show) -> Result<()> {
    let whose = whose(ask)?;
    let owners = if whose.by_default { whose.owners.clone().and_nobody() } else { whose.owners.clone() };
    let placed = order(&ask.reader, &owners, &Filter::all(ask.table(&ticket::KIND)))?;
    let title = title(&placed, &whose, ask.context.now);
    let shown = ask.words.number(LIMIT)?.unwrap_or(placed.len()).min(placed.len());
    let nothing = shown == 0;
    let places: Arc<[Position]> = placed[..shown].into();
    let ask = *ask;
    let read = move |some: &[Position]| rows(ask.names, some, ask.context.now);
    let lines = owner_scope::streamed(Arc::clone(&places), read, move |row| line(&ask, row));
    let records = owner_scope::streamed(places, read, move |row| record(&ask, row));
    let sections = vec![Section { heading: Said::same(""), rows: lines, note: None }];
    let grid = Grid::new("queue", record_columns(&ask), records, ask.names);
    let found = Sections { title, columns: columns(), sections, grid };
    show.show(chosen_sections(found, ask.words, show)?)?;
    if nothing {
        show.show(Answer::Remark(
            "No ticket is open: crm ticket add WORDS customer=C-1 opens one, --owner all shows everybody's".to_owned(),
            "暂无未结工单：crm ticket add 主题 客户=C-1 可新建，--owner all 可查看所有人的".to_owned(),
        ))?;
    }
    Ok(())
}

fn title(placed: &[Position], whose: &OwnerScope, now: Instant) -> Said {
    let (late, open) = (breached_of(placed, now), placed.len());
    let (en, zh) = whose.said.both();
    let said = match whose.by_default {
        true => said!("Queue: mine and unassigned", "工单队列：我的和未分配的"),
        false => said!(("Queue of {en}"), ("{}", spaced(zh, "的工单队列"))),
    };
    let (en, zh) = said.both();
    said!("{en}   {late} breached · {open} open", "{zh}   已超时 {late} · 未结 {open}")
}

fn columns() -> Vec<Column> {
    let columns = [
        Column::new("mark", "", ""),
        Column::new("id", "ID", "编号"),
        Column::new("left", "Left", "剩余").never_cut(),
        Column::new("subject", "Subject", "主题").main(),
        Column::new("customer", "Customer", "客户"),
        Column::new("type", "Type", "类型"),
        Column::new("priority", "Priority", "优先级"),
        Column::new("owner", "Agent", "处理人"),
        Column::new("status", "Status", "状态"),
    ];
    columns.map(|column| column.of_kind(ticket::ID)).into()
}

fn line(ask: &Invocation<'_>, row: &QueueRow) -> Result<Vec<Cell<'static>>> {
    let agent = owner_scope::owner(ask.names, row.owner)?;
    Ok(vec![
        if row.left.is_breached() { Cell::Text("!".into()) } else { Cell::Empty },
        Cell::Id(row.id),
        owner_scope::words(|lang| row.left.say(lang)),
        Cell::Text(row.subject.clone().into()),
        owner_scope::link(row.customer.as_ref()),
        owner_scope::cell(&ticket::TYPE, row.ty),
        owner_scope::cell(&ticket::PRIORITY, Some(row.priority)),
        if agent == Cell::Empty { Cell::Text("—".into()) } else { agent },
        owner_scope::cell(&ticket::STATUS, Some(row.status)),
    ])
}

fn record_columns(ask: &Invocation<'_>) -> Vec<Column> {
    let field = |code| ask.table(&ticket::KIND).field(code).map(Column::of);
    let mut columns = vec![
        Column::new("id", "ID", "编号"),
        Column::new("left_seconds", "Seconds left", "剩余秒数").numbers(),
        Column::new("breached", "Breached", "超时"),
        Column::new("due", "Due", "时限"),
    ];
    columns.extend(["subject", "customer", "type", "priority", "owner", "status"].into_iter().filter_map(field));
    columns.into_iter().map(|column| column.of_kind(ticket::ID)).collect()
}

fn record(ask: &Invocation<'_>, row: &QueueRow) -> Result<Vec<Cell<'static>>> {
    Ok(vec![
        Cell::Id(row.id),
        row.left.seconds().map_or(Cell::Empty, Cell::Number),
        Cell::YesNo(row.left.is_breached()),
        owner_scope::cell(&ticket::RESOLUTION_DUE, row.due),
        Cell::Text(row.subject.clone().into()),
        owner_scope::link(row.customer.as_ref()),
        owner_scope::cell(&ticket::TYPE, row.ty),
        owner_scope::cell(&ticket::PRIORITY, Some(row.priority)),
        owner_scope::owner(ask.names, row.owner)?,
        owner_scope::cell(&ticket::STATUS, Some(row.status)),
    ])
}
