//! `board`: the deals of a pipeline by stage.

use crate::{
    domain::{deal, pipeline, stage, words::money::Money},
    error::{Error, Result},
    query::{
        board::{Board, BoardColumn, Card, board, cards},
        filter::Filter,
        grid::{Cell, Column, Grid, Section, Sections},
    },
    text::{Lang, Said, said},
};

use super::{
    assigning::finder,
    op::{Answer, Ask, Noun, Op, Run, Show, Takes, arg},
    pane::{self, OWNER, Whose, both, whose},
};

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "board",
    en: "The deals of a pipeline by stage, with counts and sums",
    zh: "按阶段查看销售流程中的商机、数量与金额",
    examples: &["board", "board --owner all", "board --pipeline Sales --limit 50"],
    args: &[
        OWNER,
        arg("pipeline", Takes::Value, "Another pipeline than the default one", "指定销售流程，默认为默认流程"),
    ],
    run: Run::Ask(show_board),
};

/// A person sees so many cards of a stage unless told otherwise.
const CARDS: usize = 20;

fn show_board(ask: &Ask<'_>, show: &mut dyn Show) -> Result<()> {
    let (context, whose) = (ask.context, whose(ask)?);
    let pipeline = match ask.words.one("pipeline") {
        Some(word) => Some(finder(ask, None).find(Some(&pipeline::KIND), word)?.num),
        None => pipeline::default_pipeline(&ask.reader)?,
    };
    let Some(pipeline) = pipeline else {
        return Err(Error::not_found(said!("There is no pipeline", "没有管道"))
            .hint(said!("add one: crm pipeline add Sales", "请新建一个：crm pipeline add 销售")));
    };
    let limit = ask.words.number("limit")?.or(show.is_for_people().then_some(CARDS));
    let found = board(ask.names, pipeline, &whose.owners, &Filter::all(&deal::KIND))?;
    let open = || found.columns.iter().filter(|column| column.is_open());
    let nothing = open().all(|column| column.count == 0);
    let mut shown = Vec::with_capacity(found.columns.len());
    for column in &found.columns {
        let numbers = column.order.get(..limit.unwrap_or(usize::MAX).min(column.order.len())).unwrap_or_default();
        shown.push(cards(ask.names, column.stale_after, numbers, (context.now, context.tz))?);
    }
    let more: u64 =
        open().map(|column| column.count).sum::<u64>() - shown.iter().map(|cards| cards.len() as u64).sum::<u64>();
    show.show(Answer::Sections(sections(ask, &found, &shown, &whose)?))?;
    if more > 0 && !show.is_for_people() {
        show.show(Answer::Remark(
            format!("{more} more deals: raise --limit"),
            format!("另有 {more} 个商机：请增大 --limit"),
        ))?;
    } else if nothing {
        show.show(Answer::Remark(
            "No deal is open: crm deal add WORDS customer=C-1 amount=10k adds one, --owner all shows everybody's"
                .to_owned(),
            "暂无进行中的商机：crm deal add 名称 customer=C-1 amount=1万 可新建，--owner all 查看所有人".to_owned(),
        ))?;
    }
    Ok(())
}

fn title(found: &Board, whose: &Whose) -> Said {
    let open = || found.columns.iter().filter(|column| column.is_open());
    let count: u64 = open().map(|column| column.count).sum();
    let (sums, weighted) = (total(open().map(|column| &column.sums)), total(open().map(|column| &column.weighted)));
    let (en, zh) = whose.said.both();
    both(|lang| {
        let name = &found.name;
        let said = lang.pick(
            format!("Pipeline {name} of {en}   {count} open"),
            format!("{zh}的销售看板：{name}   {count} 个进行中"),
        );
        with_sums(said, &sums, &weighted, lang)
    })
}

/// Sums of several stages; those of one currency come together.
fn total<'m>(all: impl Iterator<Item = &'m Vec<Money>>) -> Vec<Money> {
    let mut total: Vec<Money> = Vec::new();
    for sum in all.flatten() {
        match total.iter_mut().find(|held| held.currency == sum.currency) {
            Some(held) => held.minor = held.minor.saturating_add(sum.minor),
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

fn sections<'a>(ask: &Ask<'a>, found: &Board, shown: &[Vec<Card>], whose: &Whose) -> Result<Sections<'a>> {
    let shared = !whose.owners.is_one();
    let mut columns = vec![
        Column::new("mark", "", ""),
        Column::new("id", "ID", "编号"),
        Column::new("title", "Deal", "商机名称"),
        Column::new("customer", "Customer", "客户"),
        Column::new("amount", "Amount", "金额").numbers(),
        Column::new("days", "Days", "停留天数").numbers(),
    ];
    if shared {
        columns.push(Column::new("owner", "Owner", "负责人"));
    }
    columns.push(Column::new("why", "Why", "原因"));
    let mut sections = Vec::new();
    let mut records = Vec::new();
    for (column, cards) in found.columns.iter().zip(shown) {
        let mut lines = Vec::with_capacity(cards.len());
        for card in cards {
            lines.push(line(ask, card, shared)?);
            records.push(record(ask, column, card)?);
        }
        let more = column.count.saturating_sub(cards.len() as u64);
        let note = (column.is_open() && more > 0)
            .then(|| said!("   {more} more: add --limit", "   另有 {more} 个：加 --limit"));
        sections.push(Section { heading: both(|lang| heading(column, lang)), rows: lines, note });
    }
    let grid = Grid::of_rows("board", record_columns(), records, ask.names);
    Ok(Sections { title: title(found, whose), columns, sections, grid })
}

fn heading(column: &BoardColumn, lang: Lang) -> String {
    let name = stage::display_name(&column.name, lang);
    // What is won or lost is worth what it is worth.
    let weighted = if column.is_open() { &column.weighted[..] } else { &[] };
    with_sums(format!("{name}  {}", column.count), &column.sums, weighted, lang)
}

fn line(ask: &Ask<'_>, card: &Card, shared: bool) -> Result<Vec<Cell<'static>>> {
    let mut cells = vec![
        if card.wants_attention() { Cell::Text("!".into()) } else { Cell::Empty },
        Cell::Id(card.id),
        Cell::Text(card.title.clone().into()),
        pane::link(card.customer.as_ref()),
        pane::cell(&deal::KIND, deal::AMOUNT, card.amount),
        Cell::Number(card.days),
    ];
    if shared {
        cells.push(pane::owner(ask.names, card.owner)?);
    }
    cells.push(match (card.stale, card.planned) {
        (false, true) => Cell::Empty,
        (true, true) => pane::words(|lang| lang.pick("stale", "滞留").to_owned()),
        (false, false) => pane::words(|lang| lang.pick("nothing planned", "无跟进计划").to_owned()),
        (true, false) => pane::words(|lang| lang.pick("stale, nothing planned", "滞留，无跟进计划").to_owned()),
    });
    Ok(cells)
}

fn record_columns() -> Vec<Column> {
    let field = |code| deal::KIND.field(code).map(Column::of);
    let mut columns = vec![Column::new("id", "ID", "编号")];
    columns.extend(["title", "customer", "stage", "amount"].into_iter().filter_map(field));
    columns.extend([
        Column::new("days", "Days in stage", "阶段天数").numbers(),
        Column::new("stale", "Stale", "滞留"),
        Column::new("planned", "Planned", "有计划"),
    ]);
    columns.extend(field("owner"));
    columns
}

fn record(ask: &Ask<'_>, column: &BoardColumn, card: &Card) -> Result<Vec<Cell<'static>>> {
    Ok(vec![
        Cell::Id(card.id),
        Cell::Text(card.title.clone().into()),
        pane::link(card.customer.as_ref()),
        Cell::Link(column.stage, column.name.clone().into()),
        pane::cell(&deal::KIND, deal::AMOUNT, card.amount),
        Cell::Number(card.days),
        Cell::YesNo(card.stale),
        Cell::YesNo(card.planned),
        pane::owner(ask.names, card.owner)?,
    ])
}
