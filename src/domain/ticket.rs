//! Tickets: what customers ask of us, against two clocks that stop while we wait for them.

use super::{
    Instant, KindId, RecordId, Row, Value,
    choices::{self, CHANNELS, CUSTOMER_NAMES, NORMAL, PERSON_NAMES, PRIORITIES},
    common::CREATED,
    contact,
    field::{Choice, Field, FieldDef, choice, numbered},
    kind::{IndexDef, Kind, Section, SummaryDef},
    lookup::Lookup,
    rules::{Draft, Effect, Presence, RuleContext, invalid},
    types::{Duration, Link, LongText, Moment, OneOf, Text, Whole},
};
use crate::{error::Result, text::said};

/// The number of this kind.
pub const ID: KindId = KindId::new(9);

/// Type.
pub const TYPES: &[Choice] = &numbered([
    choice("complaint", "Complaint", "投诉"),
    choice("request", "Request", "请求"),
    choice("question", "Question", "咨询"),
    choice("suggestion", "Suggestion", "建议"),
    choice("repair", "Repair", "报修"),
    choice("report", "Report", "举报"),
]);
/// Status.
pub const STATUSES: &[Choice] = &numbered([
    choice("new", "New", "新建"),
    choice("open", "Open", "处理中"),
    choice("waiting", "Waiting", "待客户回复").also("等待客户 等待"),
    choice("resolved", "Resolved", "已解决").also("解决"),
    choice("closed", "Closed", "已关闭").also("关闭"),
]);

/// Subject.
pub const SUBJECT: Field<Text> =
    ID.field(1, "subject", "Subject", "主题").also(choices::TICKET_SUBJECT_NAMES).required().name().search();
/// Description.
pub const DESCRIPTION: Field<LongText> =
    ID.field(2, "description", "Description", "问题描述").also(choices::TICKET_DESCRIPTION_NAMES).search();
/// Customer.
pub const CUSTOMER: Field<Link> =
    ID.field(3, "customer", "Customer", "客户").also(CUSTOMER_NAMES).to("customer").index();
/// Contact.
pub const CONTACT: Field<Link> = ID.field(4, "contact", "Contact", "联系人").also(PERSON_NAMES).to("contact");
/// Complaint=投诉; request=请求; question=咨询; suggestion=建议; repair=报修; report=举报.
pub const TYPE: Field<OneOf> = ID.field(5, "type", "Type", "工单类型").index().choices(TYPES);
/// Category.
pub const CATEGORY: Field<Text> = ID.field(6, "category", "Category", "问题分类").also("分类").index();
/// Product.
pub const PRODUCT: Field<Text> = ID.field(7, "product", "Product", "产品").also("产品名称");
/// Serial number.
pub const SERIAL: Field<Text> = ID.field(8, "serial", "Serial number", "设备序列号").also("序列号").index();
/// As follow-up.
pub const PRIORITY: Field<OneOf> = ID.field(9, "priority", "Priority", "优先级").index().choices(PRIORITIES).closed();
/// New=新建; open=处理中; waiting=等待客户; resolved=已解决; closed=已关闭.
pub const STATUS: Field<OneOf> = ID.field(10, "status", "Status", "状态").index().choices(STATUSES).closed();
/// Queue.
pub const QUEUE: Field<Text> = ID.field(11, "queue", "Queue", "受理队列").also("队列 受理组").index();
/// Agent.
pub const OWNER: Field<Link> =
    ID.field(12, "owner", "Agent", "处理人").also(choices::TICKET_OWNER_NAMES).to("user").index();
/// As activity.
pub const CHANNEL: Field<OneOf> =
    ID.field(13, "channel", "Channel", "受理渠道").also("渠道 来源渠道").choices(CHANNELS);
/// From priority; never before created.
pub const RESPONSE_DUE: Field<Moment> =
    ID.field(14, "response_due", "First response due", "首次响应时限").also("响应时限").index().coming();
/// First outgoing reply that is not internal.
pub const RESPONDED_AT: Field<Moment> = ID.field(15, "responded_at", "First response", "首次响应时间");
/// Resolution due.
pub const RESOLUTION_DUE: Field<Moment> = ID.field(16, "resolution_due", "Resolution due", "解决时限").index().coming();
/// Resolved.
pub const RESOLVED_AT: Field<Moment> = ID.field(17, "resolved_at", "Resolved", "解决时间");
/// Closed.
pub const CLOSED_AT: Field<Moment> = ID.field(18, "closed_at", "Closed", "关闭时间");
/// Time spent waiting.
pub const PAUSED: Field<Duration> = ID.field(19, "paused", "Paused", "暂停时长");
/// Reopened.
pub const REOPENED: Field<Whole> = ID.field(20, "reopened", "Reopened", "重开次数").measured_in(&["次"]);
/// Resolution.
pub const RESOLUTION: Field<LongText> = ID.field(21, "resolution", "Resolution", "解决方案").also("方案").search();
/// Satisfaction.
pub const SATISFACTION: Field<Whole> =
    ID.field(22, "satisfaction", "Satisfaction", "满意度").bounds(1, 5).measured_in(&["分", "颗星", "星"]);
/// What they said.
pub const SATISFACTION_TEXT: Field<Text> = ID.field(23, "satisfaction_text", "What they said", "评价");
/// Merged into.
pub const MERGED_INTO: Field<Link> = ID.field(24, "merged_into", "Merged into", "合并至").to("ticket").acyclic();

/// Since when it has been waiting, while it does; kept by the program, and from a file with the ticket.
pub const WAITING_SINCE: Field<Moment> = ID.field(25, "waiting_since", "Waiting since", "等待起始时间").import_only();

/// The limit that runs: the first response until there was one, then the resolution; none while the clock stands still.
/// Kept by the program, so that the queue is an index.
pub const DUE: Field<Moment> = ID.field(26, "due", "Next limit", "当前时限").kept().coming();

static FIELDS: &[FieldDef] = &[
    SUBJECT.def(),
    DESCRIPTION.def(),
    CUSTOMER.def(),
    CONTACT.def(),
    TYPE.def(),
    CATEGORY.def(),
    PRODUCT.def(),
    SERIAL.def(),
    PRIORITY.def(),
    STATUS.def(),
    QUEUE.def(),
    OWNER.def(),
    CHANNEL.def(),
    RESPONSE_DUE.def(),
    RESPONDED_AT.def(),
    RESOLUTION_DUE.def(),
    RESOLVED_AT.def(),
    CLOSED_AT.def(),
    PAUSED.def(),
    REOPENED.def(),
    RESOLUTION.def(),
    SATISFACTION.def(),
    SATISFACTION_TEXT.def(),
    MERGED_INTO.def(),
    WAITING_SINCE.def(),
    DUE.def(),
];

/// The queue: by status and agent, the least time left first.
pub const BY_STATUS: IndexDef = IndexDef { number: 2001, fields: &[STATUS.def(), OWNER.def(), DUE.def()] };

/// Nobody has answered yet.
pub const NEW: u16 = 0;
/// Being worked on.
pub const OPEN: u16 = 1;
/// The customer's turn: the clock stands still.
pub const WAITING: u16 = 2;
/// Answered for good, as we think.
pub const RESOLVED: u16 = 3;
/// Done with.
pub const CLOSED: u16 = 4;

/// Whether somebody still has to do something about it.
pub const fn is_open(status: u16) -> bool {
    status < RESOLVED
}

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "ticket",
    plural: "tickets",
    letters: "T",
    aliases: &["t"],
    en: "Ticket",
    zh: "工单",
    measure: "张",
    fields: FIELDS,
    gone: &[],
    indexes: &[IndexDef { number: 2000, fields: &[STATUS.def(), RESOLUTION_DUE.def()] }, BY_STATUS],
    summaries: &[SummaryDef { number: 1, by: &[STATUS.def(), OWNER.def()], sum: &[] }],
    columns: &["subject", "customer", "type", "priority", "owner", "status", "resolution_due"],
    sections: &[
        Section {
            en: "",
            zh: "",
            fields: &[
                "subject",
                "description",
                "customer",
                "contact",
                "type",
                "priority",
                "owner",
                "channel",
                "product",
                "tag",
            ],
        },
        Section {
            en: "Handling",
            zh: "受理",
            fields: &["status", "queue", "category", "serial", "note", "resolution"],
        },
        Section {
            en: "Times",
            zh: "时间",
            fields: &[
                "response_due",
                "responded_at",
                "resolution_due",
                "resolved_at",
                "closed_at",
                "paused",
                "reopened",
            ],
        },
        Section { en: "Satisfaction", zh: "满意度", fields: &["satisfaction", "satisfaction_text", "merged_into"] },
    ],
    rules,
    derivations: &[],
};

/// A ticket that nobody is named for is nobody's: it waits in the queue until an agent takes it.
fn rules(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    draft.inherit_from(context, CONTACT, &[(CUSTOMER, contact::CUSTOMER)])?;
    draft.always(STATUS, NEW)?;
    draft.default(PRIORITY, NORMAL);
    if draft.is_new() || draft.changed(PRIORITY) {
        start_clocks(draft, context);
    }
    // A ticket that took an older one in has its limit: the merge sets it, a file brings it back, and a person may keep it
    // or move it on.
    if let Some(due) = draft.get(RESPONSE_DUE)
        && draft.changed(RESPONSE_DUE)
        && due < opened_at(draft, context)
        && !context.follows
        && !context.import
        && draft.old(RESPONSE_DUE).is_none_or(|held| due < held)
    {
        return Err(invalid(
            draft,
            "response_due",
            said!("it cannot be due before the ticket was made", "不能早于工单的创建时间"),
        ));
    }
    merged(draft, context)?;
    turn_clocks(draft, context);
    if draft.changed(MERGED_INTO) {
        taken_in(draft, context)?;
    }
    let due = next_due(draft.new.row());
    draft.put(DUE, due);
    Ok(())
}

fn opened_at(draft: &Draft<'_>, context: &RuleContext<'_>) -> Instant {
    draft.get(CREATED).unwrap_or(context.now)
}

/// Both limits count from the moment the ticket was made, moved by the time that it spent waiting.
fn start_clocks(draft: &mut Draft<'_>, context: &RuleContext<'_>) {
    let from = opened_at(draft, context).plus_seconds(draft.get(PAUSED).unwrap_or(0));
    let (response, resolution) = limits(from, draft.get(PRIORITY).unwrap_or(NORMAL), context);
    if !draft.given(RESPONSE_DUE) && draft.get(RESPONDED_AT).is_none() {
        draft.set(RESPONSE_DUE, response);
    }
    if !draft.given(RESOLUTION_DUE) {
        draft.set(RESOLUTION_DUE, resolution);
    }
}

/// When a ticket of a priority is to be answered and to be resolved, counted from an instant.
fn limits(from: Instant, priority: u16, context: &RuleContext<'_>) -> (Instant, Instant) {
    let (levels, at) = (&context.settings.service, usize::from(priority).min(3));
    (from.plus_seconds(levels.response[at]), from.plus_seconds(levels.resolution[at]))
}

/// The ticket that stands for this one: the one that it was merged into, and so on, as far as these are in use.
///
/// # Errors
/// What the store says.
pub fn standing_for(num: u64, lookup: &dyn Lookup) -> Result<u64> {
    let mut seen = vec![num];
    let mut at = lookup.record(RecordId::new(ID, num))?;
    while let Some(into) = at.and_then(|ticket| ticket.get(MERGED_INTO)).filter(|into| !seen.contains(into)) {
        at = lookup.record(RecordId::new(ID, into))?;
        if at.is_some() {
            seen.push(into);
        }
    }
    Ok(seen.last().copied().unwrap_or(num))
}

/// A ticket that is merged into another one is closed and stays so; whoever changes it is told where work goes on.
fn merged(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    let says_nothing = (draft.is_new() && context.import) || draft.presence == Presence::ComesBack;
    let Some(into) = draft.get(MERGED_INTO).filter(|_| !says_nothing) else { return Ok(()) };
    if draft.changed(MERGED_INTO) && !draft.given(STATUS) {
        draft.set(STATUS, CLOSED);
    }
    let into = RecordId::new(ID, standing_for(into, context.lookup)?);
    if draft.get(STATUS).is_some_and(is_open) {
        return Err(invalid(draft, "status", said!("the ticket has been merged into {into}", "工单已合并到 {into}"))
            .hint(said!(
                "work on {into}, or write merged_into= too to take them apart",
                "请处理 {into}，或同时写 合并至= 以取消合并"
            )));
    }
    if !draft.changed(MERGED_INTO) {
        let id = draft.id;
        context.then(Effect::Remark(said!("{id} has been merged into {into}", "{id} 已合并到 {into}")));
    }
    Ok(())
}

/// The ticket that takes another one in becomes as urgent as the more urgent of both, with the earlier of their limits
/// that run.
fn taken_in(draft: &Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    let Some(into) = draft.get(MERGED_INTO).filter(|_| !(draft.is_new() && context.import)) else { return Ok(()) };
    let into = RecordId::new(ID, standing_for(into, context.lookup)?);
    let Some(target) = context.lookup.record(into)? else { return Ok(()) };
    let held = target.get(PRIORITY).unwrap_or(NORMAL);
    let priority = held.max(draft.get(PRIORITY).unwrap_or(NORMAL));
    let mut fields = Vec::new();
    let (mut response, mut resolution) = (target.get(RESPONSE_DUE), target.get(RESOLUTION_DUE));
    if priority != held {
        fields.push((PRIORITY.tag(), Some(Value::Choice(priority))));
        let made = target.get(CREATED).unwrap_or(context.now);
        let due = limits(made.plus_seconds(target.get(PAUSED).unwrap_or(0)), priority, context);
        (response, resolution) = (Some(due.0), Some(due.1));
    }
    if draft.old(STATUS).is_none_or(is_open) {
        let earlier = |one: Option<Instant>, other: Option<Instant>| one.into_iter().chain(other).min();
        resolution = earlier(resolution, draft.get(RESOLUTION_DUE));
        if draft.get(RESPONDED_AT).is_none() {
            response = earlier(response, draft.get(RESPONSE_DUE));
        }
    }
    if resolution != target.get(RESOLUTION_DUE) {
        fields.push((RESOLUTION_DUE.tag(), resolution.map(Value::Instant)));
    }
    if response != target.get(RESPONSE_DUE) && target.get(RESPONDED_AT).is_none() {
        fields.push((RESPONSE_DUE.tag(), response.map(Value::Instant)));
    }
    if !fields.is_empty() {
        context.then(Effect::Set(into, fields));
    }
    Ok(())
}

/// Stops, pauses and resumes the clocks as the status changes.
fn turn_clocks(draft: &mut Draft<'_>, context: &RuleContext<'_>) {
    let (was, is) = (draft.old(STATUS), draft.get(STATUS).unwrap_or(NEW));
    if is != WAITING && was != Some(WAITING) {
        // What a file says of it is of a ticket that does not wait.
        draft.clear_kept(WAITING_SINCE);
    }
    if was == Some(is) {
        return;
    }
    if is == WAITING {
        draft.default(WAITING_SINCE, context.now);
    } else if let Some(since) = draft.get(WAITING_SINCE) {
        draft.clear_kept(WAITING_SINCE);
        pause(draft, context.now, since);
    }
    if is_open(is) {
        if let Some(resolved) = draft.old(RESOLVED_AT).filter(|_| was.is_some_and(|was| !is_open(was))) {
            let times = draft.get(REOPENED).unwrap_or(0);
            if !draft.given(REOPENED) {
                draft.set(REOPENED, times + 1);
            }
            pause(draft, context.now, resolved);
        }
        draft.reset(RESOLVED_AT);
        draft.reset(CLOSED_AT);
        return;
    }
    if draft.is_new() && context.import {
        // A file that does not say when leaves it open: the moment of the import would be a lie.
        return;
    }
    if draft.get(RESOLVED_AT).is_none() {
        draft.set(RESOLVED_AT, context.now);
    }
    if is == CLOSED && draft.get(CLOSED_AT).is_none() {
        draft.set(CLOSED_AT, context.now);
    } else if is == RESOLVED {
        draft.reset(CLOSED_AT);
    }
}

/// The time since then does not count against us: both running limits move by it.
fn pause(draft: &mut Draft<'_>, now: Instant, since: Instant) {
    let seconds = (now.0 - since.0).max(0) / 1000;
    if !draft.given(PAUSED) {
        draft.set(PAUSED, draft.get(PAUSED).unwrap_or(0) + seconds);
    }
    if let Some(due) = draft.get(RESOLUTION_DUE).filter(|_| !draft.given(RESOLUTION_DUE)) {
        draft.set(RESOLUTION_DUE, due.plus_seconds(seconds));
    }
    if let Some(due) =
        draft.get(RESPONSE_DUE).filter(|_| !draft.given(RESPONSE_DUE) && draft.get(RESPONDED_AT).is_none())
    {
        draft.set(RESPONSE_DUE, due.plus_seconds(seconds));
    }
}

/// The limit that runs now: the first response until there was one, then the resolution; none while it waits for the
/// customer or is done.
pub fn next_due(row: Row<'_>) -> Option<Instant> {
    let status = row.get(STATUS).unwrap_or(NEW);
    if !is_open(status) || status == WAITING {
        return None;
    }
    let response = row.get(RESPONSE_DUE).filter(|_| !row.has(RESPONDED_AT));
    response.into_iter().chain(row.get(RESOLUTION_DUE)).min()
}
