//! Activities: what happened with a customer, in the order in which it happened.

use super::{
    KindId, RecordId, Value,
    choices::{CHANNELS, CUSTOMER_NAMES, PERSON_NAMES, WAY_NOTE, WAYS},
    common::CREATED,
    contact, deal,
    field::{Choice, Field, FieldDef, choice, numbered},
    followup,
    kind::{IndexDef, Kind, Section},
    rules::{Draft, Effect, RuleContext},
    standing, ticket,
    types::{Link, LongText, Moment, OneOf, Text, Whole, YesNo},
};
use crate::{
    error::{Error, Result},
    text::said,
};

/// The number of this kind.
pub const ID: KindId = KindId::new(7);

/// Direction.
pub const DIRECTIONS: &[Choice] = &numbered([choice("in", "In", "来"), choice("out", "Out", "往")]);
/// Outcome.
pub const OUTCOMES: &[Choice] = &numbered([
    choice("reached", "Reached", "已接通").also("接通"),
    choice("no_answer", "No answer", "未接").also("未接通 无人接听"),
    choice("busy", "Busy", "占线").also("忙线"),
    choice("wrong_number", "Wrong number", "号码错误"),
    choice("refused", "Refused", "拒绝"),
    choice("interested", "Interested", "有意向"),
]);

/// Text.
pub const TEXT: Field<LongText> = ID
    .field(1, "text", "Text", "跟进内容")
    .also("内容 记录 跟进记录 跟进情况 沟通内容 沟通记录 联系内容 拜访内容 拜访记录")
    .name()
    .search();
/// Call=电话; visit=拜访; meeting=会议; email=邮件; message=消息; note=备注; material=发送资料.
pub const TYPE: Field<OneOf> =
    ID.field(2, "type", "Type", "跟进方式").also("方式 类型 跟进类型 记录类型 沟通方式 联络方式").index().choices(WAYS);
/// Phone email sms wechat qq dingtalk whatsapp web in_person wecom feishu.
pub const CHANNEL: Field<OneOf> = ID.field(3, "channel", "Channel", "渠道").choices(CHANNELS);
/// In=来; out=往.
pub const DIRECTION: Field<OneOf> = ID.field(4, "direction", "Direction", "方向").choices(DIRECTIONS);
/// When.
pub const AT: Field<Moment> = ID
    .field(5, "at", "When", "跟进时间")
    .also("时间 日期 跟进日期 联系时间 联系日期 沟通时间 拜访时间 拜访日期")
    .index();
/// Duration.
pub const MINUTES: Field<Whole> =
    ID.field(6, "minutes", "Duration", "时长（分钟）").also("时长 分钟 时长(分钟)").minutes();
/// Reached=已接通; no_answer=未接; busy=占线; wrong_number=号码错误; refused=拒绝; interested=有意向.
pub const OUTCOME: Field<OneOf> =
    ID.field(7, "outcome", "Outcome", "跟进结果").also("结果 沟通结果 拜访结果").choices(OUTCOMES);
/// By.
pub const BY: Field<Link> =
    ID.field(8, "by", "By", "跟进人").also("负责人 业务员 记录人 拜访人 业务 业务人员 销售 销售员").to("user").index();
/// Internal.
pub const INTERNAL: Field<YesNo> = ID.field(9, "internal", "Internal", "仅内部可见").also("内部可见");
/// Place.
pub const PLACE: Field<Text> = ID.field(10, "place", "Place", "地点");
/// Filled from the deal or ticket when not given; index customer+at.
pub const CUSTOMER: Field<Link> =
    ID.field(11, "customer", "Customer", "客户").also(CUSTOMER_NAMES).to("customer").index();
/// Contact.
pub const CONTACT: Field<Link> = ID.field(12, "contact", "Contact", "联系人").also(PERSON_NAMES).to("contact");
/// Deal.
pub const DEAL: Field<Link> = ID.field(13, "deal", "Deal", "商机").to("deal").index();
/// Ticket.
pub const TICKET: Field<Link> = ID.field(14, "ticket", "Ticket", "工单").to("ticket").index();
/// Follow-up.
pub const FOLLOWUP: Field<Link> = ID.field(15, "followup", "Follow-up", "跟进计划").to("followup");

static FIELDS: &[FieldDef] = &[
    TEXT.def(),
    TYPE.def(),
    CHANNEL.def(),
    DIRECTION.def(),
    AT.def(),
    MINUTES.def(),
    OUTCOME.def(),
    BY.def(),
    INTERNAL.def(),
    PLACE.def(),
    CUSTOMER.def(),
    CONTACT.def(),
    DEAL.def(),
    TICKET.def(),
    FOLLOWUP.def(),
];

/// The story of a customer in the order of time.
pub const BY_CUSTOMER: IndexDef = IndexDef { number: 2000, fields: &[CUSTOMER.def(), AT.def()] };

/// Towards us.
pub const INCOMING: u16 = 0;
/// From us.
pub const OUTGOING: u16 = 1;

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "activity",
    plural: "activities",
    letters: "A",
    aliases: &["a"],
    en: "Activity",
    zh: "跟进记录",
    measure: "条",
    fields: FIELDS,
    gone: &[],
    indexes: &[BY_CUSTOMER],
    summaries: &[],
    columns: &["at", "type", "customer", "by", "text"],
    sections: &[
        Section {
            en: "",
            zh: "",
            fields: &["text", "type", "outcome", "at", "minutes", "customer", "contact", "deal", "ticket"],
        },
        Section {
            en: "About",
            zh: "跟进信息",
            fields: &["channel", "direction", "place", "by", "internal", "followup", "tag", "note"],
        },
    ],
    rules,
    derivations: &[],
};

fn rules(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    if draft.is_new() {
        let at = draft.get(CREATED).filter(|_| context.import).unwrap_or(context.now);
        draft.default(AT, at);
        if !context.import {
            draft.default(BY, context.user);
        }
        draft.default(TYPE, WAY_NOTE);
    }
    let at = draft.get(AT).filter(|_| draft.changed(AT));
    if at.is_some_and(|at| at.0 > context.now.0.saturating_add(CLOCKS_DIFFER)) {
        if !context.import {
            return Err(to_come().at(draft.place(AT.def().code)));
        }
        // Another program may write down what is planned as what has been: nothing of the file is lost, and it is told.
        if draft.get(TYPE) != Some(WAY_NOTE) {
            context.then(Effect::Remark(said!(
                "Some activities are of a time to come, and count as the last contact all the same",
                "有跟进记录的时间尚未到来，仍计为最后跟进"
            )));
        }
    }
    // A file tells of what has been, also where nobody wrote down what.
    let says = draft.changed(TYPE) || draft.changed(TEXT);
    if says && draft.get(TYPE) == Some(WAY_NOTE) && draft.get(TEXT).is_none() && !context.import {
        return Err(Error::invalid(said!("a note says something", "备注不能为空"))
            .at(draft.place(TEXT.def().code))
            .hint(said!("write it behind the record, or text=...", "请在记录之后写出内容，或写 跟进内容=…")));
    }
    inherit_links(draft, context)?;
    // Who said it, and to whom, may be told later.
    let told = draft.is_new() || draft.changed(DIRECTION) || draft.changed(INTERNAL);
    if told && draft.get(INTERNAL) != Some(true) {
        match draft.get(DIRECTION) {
            Some(OUTGOING) => answer_ticket(draft, context)?,
            Some(INCOMING) => open_ticket(draft, context)?,
            _ => {}
        }
    }
    Ok(())
}

/// The clocks of those who write differ by no more, in milliseconds.
const CLOCKS_DIFFER: i64 = 5 * 60 * 1000;

/// The error for an activity that has not been yet.
fn to_come() -> Error {
    Error::invalid(said!("what has not been yet cannot be logged", "尚未发生的事不能记为跟进记录"))
        .hint(said!("plan it: crm followup add WORDS due=...", "请新建跟进计划：crm 跟进计划 新建 事项 截止=…"))
}

/// Fills customer and contact from the deal, ticket, follow-up or contact that it is about.
fn inherit_links(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    let plan = [
        (DEAL, followup::DEAL),
        (TICKET, followup::TICKET),
        (CONTACT, followup::CONTACT),
        (CUSTOMER, followup::CUSTOMER),
    ];
    draft.inherit_from(context, FOLLOWUP, &plan)?;
    standing::link_to_standing(draft, context, TICKET)?;
    draft.inherit_from(context, TICKET, &[(CONTACT, ticket::CONTACT), (CUSTOMER, ticket::CUSTOMER)])?;
    draft.inherit_from(context, DEAL, &[(CONTACT, deal::CONTACT), (CUSTOMER, deal::CUSTOMER)])?;
    draft.inherit_from(context, CONTACT, &[(CUSTOMER, contact::CUSTOMER)])
}

/// The first outgoing reply stops the ticket's first-response clock and opens a new ticket.
fn answer_ticket(draft: &Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    let (Some(num), Some(at)) = (draft.get(TICKET), draft.get(AT)) else { return Ok(()) };
    let id = RecordId::new(ticket::ID, num);
    let Some(ticket) = context.lookup.record(id)? else { return Ok(()) };
    let mut fields = Vec::new();
    if ticket.get(ticket::RESPONDED_AT).is_none() {
        fields.push((ticket::RESPONDED_AT.tag(), Some(Value::Instant(at))));
    }
    if ticket.get(ticket::STATUS) == Some(ticket::NEW) {
        fields.push((ticket::STATUS.tag(), Some(Value::Choice(ticket::OPEN))));
    }
    if !fields.is_empty() {
        context.then(Effect::Set(id, fields));
    }
    Ok(())
}

/// The customer has said something: a ticket that waits for that, or is done, is open again and its clock runs. What was
/// said before it began to wait or was done changes nothing, whenever it is written down. Of a ticket that came from a
/// file nobody may know when that was: then what is said now opens it, and what an import brings does not.
fn open_ticket(draft: &Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    let (Some(num), Some(at)) = (draft.get(TICKET), draft.get(AT)) else { return Ok(()) };
    let id = RecordId::new(ticket::ID, num);
    let Some(ticket) = context.lookup.record(id)? else { return Ok(()) };
    let since = match ticket.get(ticket::STATUS) {
        Some(ticket::WAITING) => ticket.get(ticket::WAITING_SINCE),
        Some(ticket::RESOLVED) => ticket.get(ticket::RESOLVED_AT),
        Some(ticket::CLOSED) => ticket.get(ticket::CLOSED_AT).or(ticket.get(ticket::RESOLVED_AT)),
        _ => return Ok(()),
    };
    if ticket.get(ticket::MERGED_INTO).is_none() && since.map_or(!context.import, |since| at >= since) {
        context.then(Effect::Set(id, vec![(ticket::STATUS.tag(), Some(Value::Choice(ticket::OPEN)))]));
    }
    Ok(())
}
