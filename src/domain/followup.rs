//! Follow-ups: what is to be done, when, by whom; repeating ones make their successor.

use super::{
    Due, KindId, Record, RecordId, Value,
    choices::{CUSTOMER_NAMES, NORMAL, PERSON_NAMES, PRIORITIES, WAYS},
    common::{NOTE, TAG},
    contact, deal,
    field::{Choice, Field, FieldDef, choice, numbered},
    kind::{IndexDef, Kind, Section},
    repeat,
    rules::{Draft, Effect, RuleContext, owned_by_adder},
    standing, ticket,
    types::{DayOrMoment, Duration, Link, Moment, OneOf, Text, Whole},
};
use crate::{
    error::{Error, Result},
    text::said,
};

/// The number of this kind.
pub const ID: KindId = KindId::new(8);

/// Status.
pub const STATUSES: &[Choice] = &numbered([
    choice("open", "Open", "待办").also("未完成"),
    choice("done", "Done", "已完成").also("完成"),
    choice("cancelled", "Cancelled", "已取消").also("取消"),
]);
/// Repeat from.
pub const REPEAT_BASES: &[Choice] = &numbered([choice("due", "Due", "截止时间"), choice("done", "Done", "完成时间")]);

/// Title.
pub const TITLE: Field<Text> = ID
    .field(1, "title", "Title", "主题")
    .also("标题 任务 事项 任务名称 任务主题 日程主题 待办 待办事项")
    .required()
    .name()
    .search();
/// As activity.type.
pub const TYPE: Field<OneOf> = ID.field(2, "type", "How", "跟进方式").also("方式 类型 联络方式 沟通方式").choices(WAYS);
/// Index owner+due.
pub const DUE: Field<DayOrMoment> = ID
    .field(3, "due", "Due", "截止时间")
    .also(
        "截止 截止日期 时间 日期 deadline 到期时间 到期日期 到期日 截止日 \
        计划时间 计划日期 预约时间 预约日期 下次跟进时间 下次跟进日期 下次联系时间",
    )
    .required()
    .index()
    .coming();
/// An appointment when it has a time and a length.
pub const MINUTES: Field<Whole> =
    ID.field(4, "minutes", "Length", "时长（分钟）").also("时长 分钟 时长(分钟)").minutes();
/// Place.
pub const PLACE: Field<Text> = ID.field(5, "place", "Place", "地点");
/// Remind before.
pub const REMIND: Field<Duration> = ID.field(6, "remind", "Remind before", "提前提醒").also("提醒");
/// Low=低; normal=普通; high=高; urgent=紧急.
pub const PRIORITY: Field<OneOf> = ID.field(7, "priority", "Priority", "优先级").choices(PRIORITIES);
/// Assigned to.
pub const OWNER: Field<Link> = ID
    .field(8, "owner", "Assigned to", "负责人")
    .also("业务员 销售 销售员 执行人 跟进人 业务 业务人员 销售人员 责任人 承办人 经办人")
    .to("user")
    .index();
/// Open=待办; done=已完成; cancelled=已取消.
pub const STATUS: Field<OneOf> = ID.field(9, "status", "Status", "状态").index().choices(STATUSES).closed();
/// Every 2 weeks; every friday; RRULE.
pub const REPEAT: Field<Text> = ID.field(10, "repeat", "Repeat", "重复").repeats();
/// Due done.
pub const REPEAT_FROM: Field<OneOf> =
    ID.field(11, "repeat_from", "Repeat from", "重复起点").choices(REPEAT_BASES).closed();
/// Outcome.
pub const OUTCOME: Field<Text> = ID.field(12, "outcome", "Outcome", "完成情况").also("结果");
/// Done.
pub const DONE_AT: Field<Moment> = ID.field(13, "done_at", "Done", "完成时间").index();
/// Done by.
pub const DONE_BY: Field<Link> = ID.field(14, "done_by", "Done by", "完成人").to("user");
/// Customer.
pub const CUSTOMER: Field<Link> =
    ID.field(15, "customer", "Customer", "客户").also(CUSTOMER_NAMES).to("customer").index();
/// Contact.
pub const CONTACT: Field<Link> = ID.field(16, "contact", "Contact", "联系人").also(PERSON_NAMES).to("contact");
/// Deal.
pub const DEAL: Field<Link> = ID.field(17, "deal", "Deal", "商机").to("deal").index();
/// Ticket.
pub const TICKET: Field<Link> = ID.field(18, "ticket", "Ticket", "工单").to("ticket");

static FIELDS: &[FieldDef] = &[
    TITLE.def(),
    TYPE.def(),
    DUE.def(),
    MINUTES.def(),
    PLACE.def(),
    REMIND.def(),
    PRIORITY.def(),
    OWNER.def(),
    STATUS.def(),
    REPEAT.def(),
    REPEAT_FROM.def(),
    OUTCOME.def(),
    DONE_AT.def(),
    DONE_BY.def(),
    CUSTOMER.def(),
    CONTACT.def(),
    DEAL.def(),
    TICKET.def(),
];

/// A person's agenda in the order of time.
pub const BY_OWNER: IndexDef = IndexDef { number: 2000, fields: &[OWNER.def(), DUE.def()] };

/// What is still to be done, by person, in the order of time.
pub const BY_STATUS: IndexDef = IndexDef { number: 2001, fields: &[STATUS.def(), OWNER.def(), DUE.def()] };

/// Still to be done.
pub const OPEN: u16 = 0;
/// Done.
pub const DONE: u16 = 1;
/// Given up.
pub const CANCELLED: u16 = 2;

/// Repeats count from the day it was done; otherwise from the day it was due.
const FROM_DONE: u16 = 1;

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "followup",
    plural: "followups",
    letters: "F",
    aliases: &["f", "follow-up", "follow-ups", "跟进"],
    en: "Follow-up",
    zh: "跟进计划",
    measure: "条",
    fields: FIELDS,
    gone: &[],
    indexes: &[BY_OWNER, BY_STATUS],
    summaries: &[],
    columns: &["due", "title", "customer", "type", "priority", "owner", "status"],
    sections: &[
        Section {
            en: "",
            zh: "",
            fields: &["title", "due", "type", "priority", "owner", "customer", "contact", "deal", "ticket"],
        },
        Section {
            en: "About",
            zh: "跟进信息",
            fields: &["minutes", "place", "remind", "repeat", "repeat_from", "note", "tag"],
        },
        Section { en: "Outcome", zh: "完成情况", fields: &["status", "outcome", "done_at", "done_by"] },
    ],
    rules,
    derivations: &[],
};

fn rules(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    owned_by_adder(draft, context, OWNER);
    draft.always(STATUS, OPEN)?;
    if draft.is_new() {
        draft.default(PRIORITY, NORMAL);
    }
    inherit_links(draft, context)?;
    if let Some(text) = draft.get(REPEAT).filter(|_| draft.changed(REPEAT) || draft.changed(DUE)) {
        let repeat = repeat::parse(text).map_err(|error| error.at(draft.place("repeat")))?;
        check_time(draft, &repeat)?;
        if draft.changed(REPEAT) {
            check_goes_on(draft, context, &repeat)?;
        }
    }
    let was_done = draft.old(STATUS) == Some(DONE);
    let is_done = draft.get(STATUS) == Some(DONE);
    if is_done && !was_done {
        finish(draft, context)?;
    } else if was_done && !is_done {
        draft.reset(DONE_AT);
        draft.reset(DONE_BY);
    }
    Ok(())
}

/// What is due on a day has no time to repeat at.
fn check_time(draft: &Draft<'_>, repeat: &repeat::Repeat) -> Result<()> {
    match draft.get(DUE) {
        Some(Due::Day(day)) if repeat.says_time() => Err(Error::invalid(said!(
            "it repeats at a time of day, and is due on a day without one",
            "重复规则带有时刻，而截止时间只有日期"
        ))
        .at(draft.place("repeat"))
        .hint(said!(
            "give the time there too: due=\"{day} 9:00\"",
            "请在截止时间中也写明时刻：截止时间=\"{day} 9:00\""
        ))),
        _ => Ok(()),
    }
}

/// A repetition that a person gives must come again; of one from a file the last may be at hand.
fn check_goes_on(draft: &Draft<'_>, context: &RuleContext<'_>, repeat: &repeat::Repeat) -> Result<()> {
    let Some(due) = draft.get(DUE) else { return Ok(()) };
    let fine = if context.import { repeat.comes(due, context.tz) } else { repeat.goes_on(due, context.tz) };
    if fine {
        return Ok(());
    }
    let message = said!("it never comes again after the due date", "截止时间之后不会再重复");
    Err(Error::invalid(message)
        .at(draft.place("repeat"))
        .hint(said!("give it a later end, or days that there are", "请给出更晚的结束时间，或确实存在的日子")))
}

/// Fills the links that follow from the ones given.
fn inherit_links(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    standing::link_to_standing(draft, context, TICKET)?;
    draft.inherit_from(context, TICKET, &[(CONTACT, ticket::CONTACT), (CUSTOMER, ticket::CUSTOMER)])?;
    draft.inherit_from(context, DEAL, &[(CONTACT, deal::CONTACT), (CUSTOMER, deal::CUSTOMER)])?;
    draft.inherit_from(context, CONTACT, &[(CUSTOMER, contact::CUSTOMER)])
}

/// Stamps a follow-up that was just done, and makes the next one where it repeats.
fn finish(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    // A file that does not say when leaves it open: the moment of the import would be a lie.
    if !(draft.is_new() && context.import) {
        // One that was done at another time than now was done by somebody whom the file does not name.
        if !(context.import && draft.given(DONE_AT)) {
            draft.default(DONE_BY, context.user);
        }
        draft.default(DONE_AT, context.now);
    }
    let (Some(text), Some(due)) = (draft.get(REPEAT), draft.get(DUE)) else { return Ok(()) };
    if context.import && draft.is_new() {
        return Ok(());
    }
    let base = match draft.get(REPEAT_FROM) {
        Some(FROM_DONE) => repeat::moved_to(due, draft.get(DONE_AT).unwrap_or(context.now).day(context.tz), context.tz),
        _ => due,
    };
    let next = repeat::next(text, base, context.now, context.tz).map_err(|error| error.at(draft.place("repeat")))?;
    let Some(next) = next else { return Ok(()) };
    if let Some(there) = comes_already(draft, context, next.repeat.is_some())? {
        let id = draft.id;
        context.then(Effect::Remark(said!(
            "{id} comes again as {there} already; no other one is made",
            "{id} 的下一次已是 {there}，不再新建"
        )));
        return Ok(());
    }
    let mut record = Record::new();
    for def in FIELDS {
        let belongs_to_the_done_one =
            [STATUS.tag(), DONE_AT.tag(), DONE_BY.tag(), OUTCOME.tag(), DUE.tag(), REPEAT.tag()].contains(&def.tag);
        if !belongs_to_the_done_one {
            record.set_raw(def.tag, draft.new.row().raw(def.tag));
        }
    }
    for tag in [TAG.tag(), NOTE.tag()] {
        record.set_raw(tag, draft.new.row().raw(tag));
    }
    record.set(DUE, next.due);
    if let Some(repeat) = next.repeat {
        record.set(REPEAT, repeat);
    }
    context.then(Effect::Follow(draft.id, record));
    Ok(())
}

/// The fields that one which comes again takes over, and by which it is known among others that the same step made.
const SERIES: &[u16] = &[TITLE.tag(), OWNER.tag(), CUSTOMER.tag(), CONTACT.tag(), DEAL.tag(), TICKET.tag()];

/// The one that was made when this one was done before: it was opened again, and its series goes on without it. One that
/// was given up, or is in the trash, ended there.
fn comes_already(draft: &Draft<'_>, context: &RuleContext<'_>, repeats: bool) -> Result<Option<RecordId>> {
    if draft.is_new() {
        return Ok(None);
    }
    for step in context.lookup.steps_giving(draft.id, &STATUS.def(), &Value::Choice(DONE))? {
        let made = context.lookup.made_by(step, ID, SERIES)?;
        // Where no other can be meant, it may have got another title, or other links, since.
        let numbers = if made.one_each { made.all() } else { made.like(&draft.new, SERIES) };
        for num in numbers {
            let id = RecordId::new(ID, *num);
            let Some(record) = context.lookup.record(id)? else { continue };
            if record.get(STATUS) != Some(CANCELLED) && record.get(REPEAT).is_some() == repeats {
                return Ok(Some(id));
            }
        }
    }
    Ok(None)
}
