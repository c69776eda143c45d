//! `board`: the deals of a pipeline by stage.

use std::{ops::ControlFlow, sync::Arc};

use crate::{
    domain::{deal, pipeline, stage, words::money::Money},
    error::{Error, Result},
    query::{
        filter::Filter,
        grid::{Cell, Column, Grid, Rows, Section, Sections},
    },
    read_model::board::{Board, BoardColumn, Card, board, cards},
    text::{Lang, Said, counted, said, spaced},
};

use crate::command::{
    args::{Arg, One},
    assignments::finder,
    global_options::LIMIT,
    op::{Answer, Invocation, Noun, Op, Run, Show},
    owner_scope::{self, OWNER, OwnerScope, both, whose},
    row_options::chosen_sections,
};

const PIPELINE: Arg<One> =
    Arg::value("pipeline", "Another pipeline than the default one", "其他销售流程；不写则为默认流程");

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "board",
    also: "看板",
    en: "The deals of a pipeline by stage, with counts and sums",
    zh: "按阶段查看销售流程中的商机、数量与金额",
    examples: &["board", "board --owner all", "board --pipeline Sales --limit 50"],
    args: &[OWNER.def, PIPELINE.def, LIMIT.def],
    run: Run::Ask(show_board),
};

/// A person sees so many cards of a stage unless told otherwise.
const CARDS: usize = 20;

fn show_board(ask: &Invocation<'_>, show: &mut dyn Show) -> Result<()> {
    let whose = whose(ask)?;
    let pipeline = match ask.words.one(PIPELINE) {
        Some(word) => Some(finder(ask, None).find(Some(ask.table(&pipeline::KIND)), word)?.num),
        None => pipeline::default_pipeline(&ask.reader)?,
    };
    let Some(pipeline) = pipeline else {
        return Err(Error::not_found(said!("There is no pipeline", "没有销售流程"))
            .hint(said!("add one: crm pipeline add Sales", "请新建一个：crm pipeline add 销售")));
    };
    let limit = ask.words.number(LIMIT)?.or(show.is_for_people().then_some(CARDS));
    let found = board(ask.names, pipeline, &whose.owners, &Filter::all(ask.table(&deal::KIND)))?;
    let open = || found.columns.iter().filter(|column| column.is_open());
    let nothing = open().all(|column| column.count == 0);
    let shown = |column: &BoardColumn| column.order.len().min(limit.unwrap_or(usize::MAX));
    let more: u64 = open().map(|column| column.count.saturating_sub(shown(column) as u64)).sum();
    show.show(chosen_sections(sections(ask, &found, &shown, &whose), ask.words, show)?)?;
    if more > 0 && !show.is_for_people() {
        show.show(Answer::Remark(
            format!("{}: raise --limit", counted(more, "more deal")),
            format!("另有 {more} 个商机，增大 --limit 可查看"),
        ))?;
    } else if nothing {
        show.show(Answer::Remark(
            "No deal is open: crm deal add WORDS customer=C-1 amount=10k adds one, --owner all shows everybody's"
                .to_owned(),
            "暂无进行中的商机：crm deal add 名称 客户=C-1 金额=1万 可新建，--owner all 可查看所有人的".to_owned(),
        ))?;
    }
    Ok(())
}

fn title(found: &Board, whose: &OwnerScope) -> Said {
    let open = || found.columns.iter().filter(|column| column.is_open());
    let count: u64 = open().map(|column| column.count).sum();
    let (sums, weighted) = (total(open().map(|column| &column.sums)), total(open().map(|column| &column.weighted)));
    let (en, zh) = whose.said.both();
    both(|lang| {
        let name = &found.name;
        let said = lang.pick(
            format!("Pipeline {name} of {en}   {count} open"),
            format!("{}：{name}   进行中 {count}", spaced(zh, "的销售看板")),
        );
        with_sums(said, &sums, &weighted, lang)
    })
}

/// Sums of several stages; those of one currency come together.
fn total<'m>(all: impl Iterator<Item = &'m Vec<Money>>) -> Vec<Money> {
    let mut total: Vec<Money> = Vec::new();
    for sum in all.flatten() {
        match total.iter_mut().find(|held| held.currency == sum.currency) {
            Some(held) => held.minor += sum.minor,
            None => total.push(*sum),
        }
    }
    total.sort_by_key(|sum| sum.currency);
    total
}

fn with_sums(mut out: String, sums: &[Money], weighted: &[Money], lang: Lang) -> String {
    let joined = |sums: &[Money]| sums.iter().map(|sum| sum.full()).collect::<Vec<_>>().join(" + ");
    if !sums.is_empty() {
        out.push_str(&format!("  {}", joined(sums)));
    }
    if !weighted.is_empty() {
        out.push_str(&format!("  {} {}", lang.pick("weighted", "加权"), joined(weighted)));
    }
    out
}

fn sections<'a>(
    ask: &Invocation<'a>,
    found: &Board,
    shown: &dyn Fn(&BoardColumn) -> usize,
    whose: &OwnerScope,
) -> Sections<'a> {
    let shared = !whose.owners.is_one();
    let mut columns = vec![
        Column::new("mark", "", ""),
        Column::new("id", "ID", "编号"),
        Column::new("title", "Deal", "商机名称").main(),
        Column::new("customer", "Customer", "客户"),
        Column::new("amount", "Amount", "金额").numbers(),
        Column::new("days", "Days", "停留天数").numbers(),
    ];
    if shared {
        columns.push(Column::new("owner", "Owner", "负责人"));
    }
    columns.push(Column::new("why", "Why", "原因"));
    let columns = columns.into_iter().map(|column| column.of_kind(deal::ID)).collect();
    let (ask, mut sections, mut stages) = (*ask, Vec::new(), Vec::new());
    for column in &found.columns {
        let stage = StageCards { ask, column: column.clone(), shown: shown(column) };
        let more = column.count.saturating_sub(stage.shown as u64);
        let note = (column.is_open() && more > 0)
            .then(|| said!("   {more} more: add --limit", "   另有 {more} 个，加 --limit 可查看"));
        let rows = stage.clone().rows(move |_, card| line(&ask, card, shared));
        sections.push(Section { heading: both(|lang| heading(column, lang)), rows, note });
        stages.push(stage);
    }
    let records: Rows<'a> = Box::new(move |sink| {
        let mut flow = ControlFlow::Continue(());
        for stage in stages {
            if flow.is_continue() {
                stage.rows(move |column, card| record(&ask, column, card))(&mut |row| {
                    flow = sink(row)?;
                    Ok(flow)
                })?;
            }
        }
        Ok(())
    });
    let grid = Grid::new("board", record_columns(&ask), records, ask.names);
    Sections { title: title(found, whose), columns, sections, grid }
}

/// The cards of a stage that are shown.
#[derive(Clone)]
struct StageCards<'a> {
    ask: Invocation<'a>,
    column: BoardColumn,
    shown: usize,
}

impl<'a> StageCards<'a> {
    fn rows(self, cells: impl Fn(&BoardColumn, &Card) -> Result<Vec<Cell<'static>>> + 'a) -> Rows<'a> {
        let Self { ask, column, shown } = self;
        let (order, stale_after) = (Arc::clone(&column.order), column.stale_after);
        let when = (ask.context.now, ask.context.tz);
        let read = move |some: &[u64]| cards(ask.names, stale_after, some, when);
        let order: Arc<[u64]> = if shown < order.len() { order[..shown].into() } else { order };
        owner_scope::streamed(order, read, move |card| cells(&column, card))
    }
}

fn heading(column: &BoardColumn, lang: Lang) -> String {
    let name = stage::display_name(&column.name, lang);
    // What is won or lost is worth what it is worth.
    let weighted = if column.is_open() { &column.weighted[..] } else { &[] };
    with_sums(format!("{name}  {}", column.count), &column.sums, weighted, lang)
}

fn line(ask: &Invocation<'_>, card: &Card, shared: bool) -> Result<Vec<Cell<'static>>> {
    let mut cells = vec![
        if card.wants_attention() { Cell::Text("!".into()) } else { Cell::Empty },
        Cell::Id(card.id),
        Cell::Text(card.title.clone().into()),
        owner_scope::link(card.customer.as_ref()),
        owner_scope::cell(&deal::AMOUNT, card.amount),
        Cell::Number(card.days),
    ];
    if shared {
        cells.push(owner_scope::owner(ask.names, card.owner)?);
    }
    cells.push(match (card.stale, card.planned) {
        (false, true) => Cell::Empty,
        (true, true) => owner_scope::words(|lang| lang.pick("stale", "滞留").to_owned()),
        (false, false) => owner_scope::words(|lang| lang.pick("nothing planned", "无跟进计划").to_owned()),
        (true, false) => owner_scope::words(|lang| lang.pick("stale, nothing planned", "滞留，无跟进计划").to_owned()),
    });
    Ok(cells)
}

fn record_columns(ask: &Invocation<'_>) -> Vec<Column> {
    let field = |code| ask.table(&deal::KIND).field(code).map(Column::of);
    let mut columns = vec![Column::new("id", "ID", "编号")];
    columns.extend(["title", "customer", "stage", "amount"].into_iter().filter_map(field));
    columns.extend([
        Column::new("days", "Days in stage", "阶段天数").numbers(),
        Column::new("stale", "Stale", "滞留"),
        Column::new("planned", "Planned", "有计划"),
    ]);
    columns.extend(field("owner"));
    columns.into_iter().map(|column| column.of_kind(deal::ID)).collect()
}

fn record(ask: &Invocation<'_>, column: &BoardColumn, card: &Card) -> Result<Vec<Cell<'static>>> {
    Ok(vec![
        Cell::Id(card.id),
        Cell::Text(card.title.clone().into()),
        owner_scope::link(card.customer.as_ref()),
        Cell::Link(column.stage, column.name.clone().into()),
        owner_scope::cell(&deal::AMOUNT, card.amount),
        Cell::Number(card.days),
        Cell::YesNo(card.stale),
        Cell::YesNo(card.planned),
        owner_scope::owner(ask.names, card.owner)?,
    ])
}
