//! Deals: what we hope to sell, moving through the stages of a pipeline.

mod derived;

use super::{
    KindId, Record, RecordId,
    choices::{CUSTOMER_NAMES, OWNER_NAMES},
    common::{CREATED, UPDATED},
    contact,
    field::{Choice, Field, FieldDef, choice, numbered},
    kind::{IndexDef, Kind, Section, SummaryDef},
    pipeline,
    rules::{Draft, Effect, RuleContext, invalid, owned_by_adder},
    stage,
    types::{Date, Link, Moment, Money, OneOf, Percent, Text},
};
use crate::{error::Result, text::said};
pub use derived::weigh;

/// The number of this kind.
pub const ID: KindId = KindId::new(6);

/// Status.
pub const STATUSES: &[Choice] = &numbered([
    choice("open", "Open", "进行中"),
    choice("won", "Won", "赢单").also("成交 已成交 已赢单"),
    choice("lost", "Lost", "输单").also("丢单 已输单"),
    choice("void", "Void", "无效"),
]);
/// Type.
pub const TYPES: &[Choice] = &numbered([
    choice("new", "New", "新签"),
    choice("renewal", "Renewal", "续约"),
    choice("upsell", "Upsell", "增购"),
    choice("cross_sell", "Cross sell", "交叉销售"),
]);
/// Forecast category.
pub const FORECASTS: &[Choice] = &numbered([
    choice("pipeline", "Pipeline", "跟踪中"),
    choice("best", "Best", "乐观"),
    choice("commit", "Commit", "承诺"),
    choice("omitted", "Omitted", "不计入"),
]);

/// Deal.
pub const TITLE: Field<Text> = ID
    .field(1, "title", "Deal", "商机名称")
    .also(
        "商机 商机标题 项目 项目名称 商机主题 机会 机会名称 机会主题 \
        销售机会 销售机会名称 项目名 项目主题 专案 专案名称 案名",
    )
    .required()
    .name()
    .search();
/// Customer.
pub const CUSTOMER: Field<Link> =
    ID.field(2, "customer", "Customer", "客户").also(CUSTOMER_NAMES).to("customer").index();
/// Main contact.
pub const CONTACT: Field<Link> = ID
    .field(3, "contact", "Main contact", "主要联系人")
    .also("联系人 主联系人 联系人姓名 首要联系人 关键联系人 客户联系人 联络人 联络人姓名 主要联络人")
    .to("contact");
/// Pipeline.
pub const PIPELINE: Field<Link> =
    ID.field(4, "pipeline", "Pipeline", "销售流程").also("流程 销售流程名称 商机状态组 商机组").to("pipeline").index();
/// Filter by name across pipelines; index pipeline+stage+updated.
pub const STAGE: Field<Link> = ID
    .field(5, "stage", "Stage", "销售阶段")
    .also("阶段 商机阶段 阶段名称 销售阶段名称 当前阶段 机会阶段 销售进程")
    .to("stage")
    .index()
    .home();
/// From the stage: open=进行中; won=赢单; lost=输单; void=无效.
pub const STATUS: Field<OneOf> =
    ID.field(6, "status", "Status", "商机状态").derived().index().choices(STATUSES).closed();
/// Set by every move.
pub const STAGE_SINCE: Field<Moment> = ID.field(7, "stage_since", "In stage since", "进入阶段时间").import_only();
/// Amount.
pub const AMOUNT: Field<Money> = ID.field(8, "amount", "Amount", "商机金额").also(
    "合同金额 成交金额 预计金额 \
    签约金额 成交额 合约金额 项目金额 订单金额 报价金额 销售金额 机会金额 总金额 预估金额 预期金额 预估成交金额 \
    预计成交金额 预计销售金额 预计签约金额 预计签单金额 商机预计金额",
);
/// From the stage unless set by hand.
pub const PROBABILITY: Field<Percent> = ID
    .field(9, "probability", "Probability", "赢单率")
    .also("可能性 概率 赢率 预计赢率 赢单概率 成功率 成交概率 成交几率 成交机率 胜率");
/// Amount x probability.
pub const WEIGHTED: Field<Money> = ID.field(10, "weighted", "Weighted amount", "加权金额").also("加权").derived();
/// Expected close.
pub const EXPECTED_CLOSE: Field<Date> = ID
    .field(11, "expected_close", "Expected close", "预计成交日期")
    .also(
        "预计成交 预计成交时间 预计签单 预计签单日期 预计成交日 预计成单日期 预计签单时间 预计签约 预计签约日期 \
        预计签约时间 预计结单日期 预计结单时间 预计关闭日期 预计结案日期 预计结案日 预估成交日 预估成交日期 \
        预估结案日 预期成交日期",
    )
    .index()
    .coming();
/// Set when it becomes won, lost or void.
pub const CLOSED: Field<Date> = ID
    .field(12, "closed", "Closed on", "结单日期")
    .also(
        "关闭日期 成交日期 关闭时间 结单时间 成交时间 实际成交日期 实际成交时间 签约日期 签约时间 签单日期 签单时间 \
            赢单日期 赢单时间 结案日期 结案日",
    )
    .import_only()
    .index();
/// Lost reason.
pub const LOST_REASON: Field<Text> =
    ID.field(13, "lost_reason", "Lost reason", "输单原因").also("丢单原因 丢单理由 输单理由 失单原因 战败原因");
/// Competitor.
pub const COMPETITOR: Field<Link> =
    ID.field(14, "competitor", "Competitor", "竞争对手").also("对手 竞争者 竞争公司").to("customer");
/// New=新签; renewal=续约; upsell=增购; cross_sell=交叉销售.
pub const TYPE: Field<OneOf> = ID.field(15, "type", "Type", "商机类型").also("机会类型").choices(TYPES);
/// Next step.
pub const NEXT_STEP: Field<Text> =
    ID.field(16, "next_step", "Next step", "下一步").also("下一步计划 下一步行动 下步计划");
/// Pipeline best commit omitted.
pub const FORECAST: Field<OneOf> =
    ID.field(17, "forecast", "Forecast category", "预测类别").also("预测").choices(FORECASTS);
/// Customer need.
pub const NEED: Field<Text> =
    ID.field(18, "need", "Customer need", "客户需求").also("需求 需求描述 客户需求描述 需求说明");
/// Sales channel.
pub const CHANNEL: Field<Text> = ID.field(19, "channel", "Sales channel", "销售渠道").also("渠道 渠道名称").index();
/// Source.
pub const SOURCE: Field<Text> =
    ID.field(20, "source", "Source", "来源").also("商机来源 客户来源 机会来源 线索来源 来源渠道").index();
/// Lines later.
pub const PRODUCT: Field<Text> =
    ID.field(21, "product", "Product", "产品").also("产品名称 意向产品 商品 商品名称 品名").index();
/// Owner.
pub const OWNER: Field<Link> = ID.field(22, "owner", "Owner", "负责人").also(OWNER_NAMES).to("user").index();

static FIELDS: &[FieldDef] = &[
    TITLE.def(),
    CUSTOMER.def(),
    CONTACT.def(),
    PIPELINE.def(),
    STAGE.def(),
    STATUS.def(),
    STAGE_SINCE.def(),
    AMOUNT.def(),
    PROBABILITY.def(),
    WEIGHTED.def(),
    EXPECTED_CLOSE.def(),
    CLOSED.def(),
    LOST_REASON.def(),
    COMPETITOR.def(),
    TYPE.def(),
    NEXT_STEP.def(),
    FORECAST.def(),
    NEED.def(),
    CHANNEL.def(),
    SOURCE.def(),
    PRODUCT.def(),
    OWNER.def(),
];

/// The cards of a stage, latest first.
pub const BY_STAGE: IndexDef = IndexDef { number: 2000, fields: &[PIPELINE.def(), STAGE.def(), UPDATED.def()] };

/// The cards of a stage by owner, latest last.
pub const BY_STAGE_AND_OWNER: IndexDef =
    IndexDef { number: 2001, fields: &[PIPELINE.def(), STAGE.def(), OWNER.def(), UPDATED.def()] };

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "deal",
    plural: "deals",
    letters: "D",
    aliases: &["d"],
    en: "Deal",
    zh: "商机",
    measure: "个",
    fields: FIELDS,
    gone: &[],
    indexes: &[BY_STAGE, BY_STAGE_AND_OWNER],
    summaries: &[SummaryDef {
        number: 1,
        by: &[PIPELINE.def(), STAGE.def(), OWNER.def()],
        sum: &[AMOUNT.def(), WEIGHTED.def()],
    }],
    columns: &["title", "customer", "stage", "amount", "probability", "expected_close", "owner"],
    sections: &[
        Section {
            en: "",
            zh: "",
            fields: &[
                "title",
                "customer",
                "contact",
                "amount",
                "expected_close",
                "pipeline",
                "stage",
                "owner",
                "next_step",
                "tag",
                "note",
            ],
        },
        Section {
            en: "About",
            zh: "商机信息",
            fields: &["type", "product", "need", "source", "channel", "competitor"],
        },
        Section { en: "Outlook", zh: "预测", fields: &["probability", "forecast", "lost_reason"] },
    ],
    rules,
    derivations: derived::DERIVATIONS,
};

fn rules(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    owned_by_adder(draft, context, OWNER);
    draft.inherit_from(context, CONTACT, &[(CUSTOMER, contact::CUSTOMER)])?;
    kept(draft, context, PIPELINE, pipeline::ID)?;
    kept(draft, context, STAGE, stage::ID)?;
    place(draft, context)?;
    if draft.is_new() || draft.changed(STAGE) {
        enter_stage(draft, context)?;
    } else if draft.changed(CLOSED) {
        let stage = draft.get(STAGE).map(|num| context.lookup.record(RecordId::new(stage::ID, num))).transpose()?;
        let outcome = stage.flatten().and_then(|stage| stage.get(stage::OUTCOME)).unwrap_or(stage::OPEN);
        match draft.get(CLOSED) {
            None if outcome != stage::OPEN => return Err(draft.empty(&CLOSED.def())),
            Some(_) if outcome == stage::OPEN => closes_later(draft, context),
            _ => {}
        }
    }
    Ok(())
}

/// Files have one column for the day on which a deal closed and for the one on which it is expected to: of an open deal it
/// is the latter. Where a file names both, each is what it says.
fn closes_later(draft: &mut Draft<'_>, context: &RuleContext<'_>) {
    let Some(day) = draft.get(CLOSED).filter(|_| context.import && draft.changed(CLOSED)) else { return };
    if draft.given(EXPECTED_CLOSE) || draft.changed(EXPECTED_CLOSE) {
        return;
    }
    draft.set(EXPECTED_CLOSE, day);
    draft.put(CLOSED, None);
    context.then(Effect::Remark(said!(
        "The day on which an open deal closes was taken as its expected close",
        "进行中商机的结单日期已作为预计成交日期"
    )));
}

/// Refuses to empty a link without which the deal is on no board. One that leads nowhere may go: another is found.
fn kept(draft: &Draft<'_>, context: &RuleContext<'_>, link: Field<Link>, kind: KindId) -> Result<()> {
    if !draft.given(link) || draft.get(link).is_some() {
        return Ok(());
    }
    match draft.old(link) {
        Some(num) if context.lookup.record(RecordId::new(kind, num))?.is_none() => Ok(()),
        _ => Err(draft.empty(&link.def())),
    }
}

/// Sees to it that a deal has a pipeline and a stage of that pipeline.
fn place(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    if let Some(stage) = draft.get(STAGE).filter(|_| draft.is_new() || draft.changed(STAGE)) {
        let owner = context.target(RecordId::new(stage::ID, stage))?.get(stage::PIPELINE);
        if let Some(pipeline) = owner {
            if draft.given(PIPELINE) && draft.get(PIPELINE).is_some_and(|given| given != pipeline) {
                return Err(invalid(
                    draft,
                    "stage",
                    said!("the stage belongs to another pipeline", "该阶段属于另一销售流程"),
                )
                .hint(said!(
                    "name a stage of that pipeline; 'crm stage list' shows them",
                    "请选该销售流程的阶段；crm stage list 可查看"
                )));
            }
            draft.set(PIPELINE, pipeline);
        }
        return Ok(());
    }
    let no_stage = draft.get(STAGE).is_none();
    if draft.get(PIPELINE).is_none() {
        let Some(pipeline) = pipeline::default_pipeline(context.lookup)? else {
            return Err(invalid(draft, "pipeline", said!("there is no pipeline", "没有销售流程"))
                .hint(said!("add one: crm pipeline add Sales", "请新建一个：crm pipeline add 销售")));
        };
        draft.set(PIPELINE, pipeline);
    }
    if no_stage || draft.changed(PIPELINE) {
        let pipeline = draft.get(PIPELINE).unwrap_or_default();
        let stages = stage::stages_of(pipeline, context.lookup)?;
        let left = draft.old(STAGE).filter(|_| !no_stage).map(|stage| RecordId::new(stage::ID, stage));
        let left = left.map(|stage| context.lookup.record(stage)).transpose()?.flatten();
        let outcome = left.map(|left| left.get(stage::OUTCOME).unwrap_or(stage::OPEN));
        let first = match outcome {
            Some(outcome) => stages.iter().find(|(_, stage)| stage.get(stage::OUTCOME) == Some(outcome)),
            None => stages.first(),
        };
        if let (None, Some(outcome), false) = (first, outcome, stages.is_empty()) {
            let outcome = named(outcome);
            return Err(invalid(
                draft,
                "pipeline",
                said!(
                    ("it has no stage for a deal that is {}", outcome.code),
                    ("该销售流程没有结果为{}的阶段", outcome.zh)
                ),
            )
            .hint(said!(
                "name the stage as well: stage=NAME; crm stage list shows them",
                "请同时写明阶段：销售阶段=名称；crm stage list 可查看"
            )));
        }
        let Some((first, _)) = first else {
            return Err(invalid(draft, "pipeline", said!("the pipeline has no stages", "该销售流程没有阶段")).hint(
                said!(
                    "add one: crm stage add Qualify pipeline={}",
                    "请新建一个：crm stage add 需求确认 销售流程={}",
                    RecordId::new(pipeline::ID, pipeline)
                ),
            ));
        };
        draft.set(STAGE, *first);
    }
    Ok(())
}

/// What every move sets: since when, the chance of winning, and the day that closed it, which is that of the move. A file
/// may say that the move was long ago.
fn enter_stage(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    let entered = stage_of(&draft.new, context)?;
    let outcome = entered.get(stage::OUTCOME).unwrap_or(stage::OPEN);
    if let Some(old) = draft.old {
        let left = stage_of(old, context).ok().and_then(|left| left.get(stage::OUTCOME)).unwrap_or(stage::OPEN);
        if left != stage::OPEN && outcome != stage::OPEN && left != outcome {
            return Err(invalid(
                draft,
                "stage",
                said!(
                    ("a {} deal reopens before it moves", named(left).code),
                    ("商机已{}，须先重新打开才能移动", named(left).zh)
                ),
            )
            .hint(said!("move it to an open stage first", "请先移到进行中的阶段")));
        }
    }
    let since = draft.get(CREATED).filter(|_| draft.is_new() && context.import).unwrap_or(context.now);
    if !draft.given(STAGE_SINCE) {
        draft.set(STAGE_SINCE, since);
    }
    if !draft.given(PROBABILITY) {
        draft.put(PROBABILITY, entered.get(stage::PROBABILITY));
    }
    if outcome == stage::OPEN {
        closes_later(draft, context);
        draft.reset(CLOSED);
        draft.reset(LOST_REASON);
    } else if draft.get(CLOSED).is_none() {
        let entered = draft.get(STAGE_SINCE).unwrap_or(context.now);
        draft.set(CLOSED, entered.day(context.tz));
    }
    Ok(())
}

fn stage_of(deal: &Record, context: &RuleContext<'_>) -> Result<Record> {
    context.target(RecordId::new(stage::ID, deal.get(STAGE).unwrap_or_default()))
}

fn named(status: u16) -> &'static Choice {
    &STATUSES[usize::from(status).min(STATUSES.len() - 1)]
}
