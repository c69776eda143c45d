//! Views: filters that are kept under a name, with the columns, the order and the grouping to show them in; or lists of
//! records picked by hand. `view:NAME` asks for one in any filter.

use std::{collections::HashSet, ops::ControlFlow};

use super::{
    KindId, RecordId, Schema, Value,
    field::{Choice, Field, FieldDef, choice, numbered},
    kind::{Kind, Section},
    rules::{Draft, Effect, Presence, RuleContext, invalid, owned_by_adder},
    types::{Link, OneOf, Text, Texts, Whole},
};
use crate::{
    error::{Error, Result},
    text::said,
};

/// The number of this kind.
pub const ID: KindId = KindId::new(10);

/// The first kinds that a view may be of. Their place here is their number in the store; that of any other kind follows
/// from its own number ([`number_of`]), so that nothing is added here.
pub const KINDS_OF: &[Choice] = &numbered([
    choice("customer", "Customer", "客户"),
    choice("contact", "Contact", "联系人"),
    choice("deal", "Deal", "商机"),
    choice("activity", "Activity", "跟进记录"),
    choice("followup", "Follow-up", "跟进计划"),
    choice("ticket", "Ticket", "工单"),
    choice("user", "User", "用户"),
    choice("pipeline", "Pipeline", "销售流程"),
    choice("stage", "Stage", "销售阶段"),
    choice("view", "View", "视图"),
]);
/// What a view holds.
pub const TYPES: &[Choice] =
    &numbered([choice("live", "Live filter", "实时筛选"), choice("static", "Static list", "静态名单")]);

/// Name.
pub const NAME: Field<Text> = ID.field(1, "name", "View", "视图").also("名称").required().unique().name().index();
/// The kind of its records.
pub const OF: Field<OneOf> = ID.field(2, "of", "Records", "记录类别").also("类别").required().index().choices(KINDS_OF);
/// Live=实时筛选; static=静态名单.
pub const TYPE: Field<OneOf> = ID.field(3, "type", "Type", "类型").choices(TYPES).closed();
/// The filter of a live one, in its canonical spelling.
pub const FILTER: Field<Text> = ID.field(4, "filter", "Filter", "筛选条件").also("条件 筛选");
/// The ids of a static one.
pub const RECORDS: Field<Texts> = ID.field(5, "records", "Members", "名单");
/// The columns to show.
pub const COLUMNS: Field<Texts> = ID.field(6, "columns", "Columns", "列");
/// What its records are sorted by; a hyphen in front reverses it.
pub const SORT: Field<Texts> = ID.field(7, "sort", "Sorted by", "排序");
/// What its records are grouped by: `grade`, `created:month`.
pub const BY: Field<Text> = ID.field(8, "by", "Grouped by", "分组");
/// The key that opens it on the screen.
pub const KEY: Field<Whole> = ID.field(9, "key", "Key", "按键").bounds(1, 9);
/// Whose it is; everybody sees it.
pub const OWNER: Field<Link> = ID.field(10, "owner", "Owner", "负责人").to("user").index();

static FIELDS: &[FieldDef] = &[
    NAME.def(),
    OF.def(),
    TYPE.def(),
    FILTER.def(),
    RECORDS.def(),
    COLUMNS.def(),
    SORT.def(),
    BY.def(),
    KEY.def(),
    OWNER.def(),
];

/// Its records are those that pass its filter when somebody asks.
pub const LIVE: u16 = 0;
/// Its records are those that were put on it.
pub const STATIC: u16 = 1;

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "view",
    plural: "views",
    letters: "V",
    aliases: &["segment", "segments"],
    en: "View",
    zh: "视图",
    measure: "个",
    fields: FIELDS,
    gone: &[],
    indexes: &[],
    summaries: &[],
    columns: &["name", "of", "type", "filter", "sort", "by", "key", "owner"],
    sections: &[Section {
        en: "",
        zh: "",
        fields: &["name", "of", "type", "filter", "records", "columns", "sort", "by", "key", "owner"],
    }],
    rules,
    derivations: &[],
};

/// The number in the store of a kind that is none of the first ones: this, and its own number.
const OTHERS: u16 = 1000;

/// The kind that a view is of, by its number in the store.
pub fn kind_of(schema: &Schema, of: u16) -> Option<&'static Kind> {
    match KINDS_OF.get(usize::from(of)) {
        Some(choice) => schema.kinds().iter().copied().find(|kind| kind.noun == choice.code),
        None => {
            let kind = schema.kind(KindId::new(u8::try_from(of.checked_sub(OTHERS)?).ok()?))?;
            Some(kind).filter(|kind| number_of(kind) == of)
        }
    }
}

/// The number in the store that stands for a kind.
pub fn number_of(kind: &Kind) -> u16 {
    let first = KINDS_OF.iter().zip(0..).find(|(choice, _)| choice.code == kind.noun);
    first.map_or(OTHERS + u16::from(kind.id.byte()), |(_, at)| at)
}

fn rules(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    owned_by_adder(draft, context, OWNER);
    choose_type(draft);
    // Without a kind the record is refused for that.
    let schema = Schema::of(context.lookup)?;
    let Some(kind) = draft.get(OF).and_then(|of| kind_of(schema, of)) else {
        if draft.presence == Presence::ComesBack && draft.get(OF).is_some() {
            return Err(invalid(draft, OF.def().code, said!("this kind of record is gone", "该记录类别已不存在"))
                .hint(said!("restore the kind first", "请先恢复该类别")));
        }
        return Ok(());
    };
    if draft.changed(RECORDS) || draft.changed(OF) {
        list_members(draft, context, kind)?;
    }
    check_filter(draft, context, kind)?;
    check_layout(draft, context, kind)?;
    if draft.takes(KEY) || draft.changed(OWNER) {
        take_key(draft, context)?;
    }
    Ok(())
}

/// What is given says what the view is, and pushes out the other: a filter makes it live, members make it static.
fn choose_type(draft: &mut Draft<'_>) {
    if !draft.given(TYPE) {
        let (filter, members) = (draft.given(FILTER), draft.given(RECORDS));
        match (filter && draft.get(FILTER).is_some(), members && draft.get(RECORDS).is_some()) {
            (true, false) => draft.set(TYPE, LIVE),
            (false, true) => draft.set(TYPE, STATIC),
            _ => draft.default(TYPE, LIVE),
        }
    }
    if draft.get(TYPE) == Some(STATIC) {
        draft.reset(FILTER);
    } else {
        draft.reset(RECORDS);
    }
}

/// Spells the ids of a static list, in the order of their numbers and each once.
fn list_members(draft: &mut Draft<'_>, context: &RuleContext<'_>, kind: &'static Kind) -> Result<()> {
    let members = texts(draft.get(RECORDS));
    if members.is_empty() {
        return Ok(());
    }
    if draft.get(TYPE) != Some(STATIC) {
        return Err(invalid(
            draft,
            RECORDS.def().code,
            said!("a live filter has no list of records", "实时筛选没有名单"),
        )
        .hint(said!("leave out filter= for a static list", "静态名单请去掉 筛选条件=")));
    }
    let before: HashSet<String> = texts(draft.old(RECORDS)).into_iter().collect();
    let mut numbers = Vec::with_capacity(members.len());
    for member in &members {
        let id = member_id(member, kind).map_err(|error| error.at(draft.place(RECORDS.def().code)))?;
        // A file may bring the record later, and one that went to the trash may come back.
        if !context.import && !before.contains(member) && context.lookup.record(id)?.is_none() {
            return Err(Error::not_found(said!(("there is no {} {id}", kind.noun), ("没有{} {id}", kind.zh)))
                .at(draft.place(RECORDS.def().code))
                .hint(said!("crm {} list shows them", "crm {} list 可查看", kind.noun)));
        }
        numbers.push(id.num);
    }
    numbers.sort_unstable();
    numbers.dedup();
    let ids = numbers.into_iter().map(|num| Value::Text(RecordId::new(kind.id, num).to_string()));
    draft.set(RECORDS, ids.collect());
    Ok(())
}

/// The texts of a list.
pub fn texts(list: Option<Vec<Value>>) -> Vec<String> {
    let text = |value| if let Value::Text(text) = value { Some(text) } else { None };
    list.into_iter().flatten().filter_map(text).collect()
}

/// The record of a kind that a member of a list names.
///
/// # Errors
/// `Invalid` where it is no id of that kind.
pub fn member_id(member: &str, kind: &Kind) -> Result<RecordId> {
    RecordId::parse(member, Some(kind)).filter(|id| id.kind == kind.id).ok_or_else(|| {
        Error::invalid(said!(
            ("'{}' is not the id of a {}", crate::text::scrub(member), kind.noun),
            ("“{}”不是{}的编号", crate::text::scrub(member), kind.zh)
        ))
        .hint(said!("write {}-12", "请写成 {}-12 的形式", kind.letters))
    })
}

fn check_filter(draft: &mut Draft<'_>, context: &RuleContext<'_>, kind: &'static Kind) -> Result<()> {
    if !(draft.takes(FILTER) || draft.changed(OF) || draft.changed(NAME)) {
        return Ok(());
    }
    let Some(filter) = draft.get(FILTER) else { return Ok(()) };
    if draft.get(TYPE) == Some(STATIC) {
        return Err(invalid(draft, FILTER.def().code, said!("a static list has no filter", "静态名单没有筛选条件"))
            .hint(said!("leave out records= for a live filter", "实时筛选请去掉 名单=")));
    }
    let name = draft.get(NAME).unwrap_or_default();
    let filter = context.language.filter(kind.id, filter, name).map_err(|error| error.at(draft.place("filter")))?;
    draft.set(FILTER, filter);
    Ok(())
}

fn check_layout(draft: &Draft<'_>, context: &RuleContext<'_>, kind: &'static Kind) -> Result<()> {
    let language = context.language;
    let moved = draft.takes(OF);
    let place = |code: &str, checked: Result<()>| checked.map_err(|error| error.at(draft.place(code)));
    if moved || draft.changed(COLUMNS) {
        texts(draft.get(COLUMNS)).iter().try_for_each(|column| place("columns", language.column(kind.id, column)))?;
    }
    if moved || draft.changed(SORT) {
        texts(draft.get(SORT)).iter().try_for_each(|order| place("sort", language.order(kind.id, order)))?;
    }
    match draft.get(BY) {
        Some(by) if moved || draft.changed(BY) => place("by", language.grouping(kind.id, by)),
        _ => Ok(()),
    }
}

/// A key opens one view of a person: whoever had it gives it up, and one that comes back to find it taken does.
fn take_key(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    let Some(key) = draft.get(KEY).filter(|_| draft.presence != Presence::Trashed) else { return Ok(()) };
    let (own, owner, mut others) = (draft.id, draft.get(OWNER), Vec::new());
    context.lookup.each(ID, &mut |num, view| {
        if num != own.num && view.get(KEY) == Some(key) && view.get(OWNER) == owner {
            others.push(RecordId::new(ID, num));
        }
        ControlFlow::Continue(())
    })?;
    match others.first() {
        Some(other) if draft.presence == Presence::ComesBack => {
            context.then(Effect::Remark(said!(
                "the key {key} opens {other} by now; {own} comes back without it",
                "按键 {key} 现用于 {other}，{own} 恢复后不再使用"
            )));
            draft.clear_kept(KEY);
        }
        _ => {
            for other in others {
                context.then(Effect::Set(other, vec![(KEY.tag(), None)]));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{made_up, schema::BASE};

    #[test]
    fn every_kind_can_have_views() {
        for kind in BASE.kinds() {
            let number = number_of(kind);
            if let Some(choice) = KINDS_OF.get(usize::from(number)) {
                assert_eq!((choice.en, choice.zh), (kind.en, kind.zh));
            }
            assert!(kind_of(&BASE, number).is_some_and(|found| found.id == kind.id));
        }
    }

    #[test]
    fn the_number_of_a_later_kind_follows_from_its_own() {
        assert_eq!((number_of(&super::super::user::KIND), number_of(&made_up::KIND)), (6, 1126));
        let of = |number| kind_of(&made_up::SCHEMA, number).map(|kind| kind.noun);
        assert_eq!(
            [6, 1126, 10, 126, 1125, 1002, 2126].map(of),
            [Some("user"), Some("item"), None, None, None, None, None]
        );
        assert!(kind_of(&BASE, 1126).is_none());
    }
}
