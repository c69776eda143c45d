//! What other programs call our fields, in both languages, where that is too broad for a word that a person types:
//! `value`, `state`, `联系方式`. What can be typed as well is declared at the field.

use crate::domain::{FieldDef, Kind, words::phone::Label};

/// Headings that commonly mean a field.
struct Common {
    /// The kinds to which it applies; every kind where the list is empty.
    kinds: &'static [&'static str],
    /// The field.
    code: &'static str,
    /// The headings: folded, their words apart by one space.
    names: &'static [&'static str],
}

const fn of(kinds: &'static [&'static str], code: &'static str, names: &'static [&'static str]) -> Common {
    Common { kinds, code, names }
}

const ANY: &[&str] = &[];
const PEOPLE: &[&str] = &["contact", "user"];
const WORK: &[&str] = &["deal", "activity", "followup", "ticket"];

#[rustfmt::skip]
const COMMON: &[Common] = &[
    of(&["customer"], "name", &["company", "company name", "account", "account name", "organization",
        "organisation", "organization name", "organisation name", "business name", "client", "client name",
        "customer", "customer name", "display name", "full name"]),
    of(&["contact"], "name", &["contact", "contact name", "person", "person name", "full name", "display name"]),
    of(&["user"], "name", &["full name", "display name", "sales agent", "sales rep", "agent", "employee", "业务员",
        "员工"]),
    of(&["contact", "deal", "activity", "followup", "ticket"], "customer", &["company", "company name",
        "account", "account name", "organization", "organisation", "organization name", "client", "client name",
        "customer name", "associated company", "associated company name", "primary associated company",
        "related account"]),
    of(WORK, "contact", &["contact name", "contact email", "contact person", "associated contact",
        "associated contact email", "caller", "caller id", "requester", "reporter", "person", "person name",
        "primary contact"]),
    of(&["deal"], "title", &["opportunity", "opportunity name", "opportunity title", "deal name", "deal title",
        "name"]),
    of(&["followup"], "title", &["task", "task name", "name"]),
    of(&["ticket"], "subject", &["title", "name", "ticket name", "summary", "short description"]),
    of(&["ticket"], "description", &["ticket description", "details", "body"]),
    of(&["activity"], "text", &["notes", "note", "notes description", "description", "details", "body",
        "content", "备注"]),

    of(ANY, "email", &["mail", "e mail", "e mail address", "email address", "mail address", "primary email",
        "work email", "secondary email", "email value", "e mail value", "person email", "business email"]),
    of(ANY, "phone", &["phone number", "tel", "tel number", "telephone", "telephone number", "main phone",
        "phone value", "contact number", "person phone", "organization phone", "联系方式", "联络方式", "联络电话"]),
    of(ANY, "phone#mobile", &["mobile phone", "mobile number", "mobile phone number", "cell", "cell phone",
        "cellphone"]),
    of(ANY, "phone#landline", &["work phone", "business phone", "office phone", "home phone", "work number"]),
    of(ANY, "phone#fax", &["fax number"]),
    of(ANY, "wechat", &["wechat id", "weixin"]),
    of(ANY, "qq", &["qq number"]),
    of(ANY, "website", &["website url", "web page", "web site", "homepage", "home page", "url", "site", "domain",
        "company domain name", "domain name", "organization website"]),

    of(ANY, "country", &["country region", "nation", "mailing country", "billing country", "work country",
        "address country"]),
    of(ANY, "province", &["state", "state region", "state province", "mailing state", "billing state",
        "mailing state province", "billing state province", "work state", "address region"]),
    of(ANY, "city", &["town", "mailing city", "billing city", "work city", "address city"]),
    of(ANY, "district", &["county"]),
    of(ANY, "region", &["territory", "sales territory", "regional office"]),
    of(ANY, "address", &["street", "street address", "mailing street", "billing street", "work address",
        "address street", "address line", "organization address", "mailing address", "billing address"]),
    of(ANY, "postcode", &["zip code", "zipcode", "postal code", "post code", "mailing postal code",
        "billing postal code", "mailing zip postal code", "billing zip postal code", "zip postal code", "work zip code", "work zipcode", "address postal code"]),

    of(ANY, "type", &["account type", "customer type", "deal type", "opportunity type", "ticket type",
        "activity type", "task type"]),
    of(ANY, "status", &["customer status", "account status", "contact status", "ticket status", "task status",
        "incident state"]),
    of(ANY, "grade", &["rating", "level"]),
    of(ANY, "industry", &["sector"]),
    of(ANY, "employees", &["number of employees", "employee count", "no of employees", "headcount"]),
    of(ANY, "annual_revenue", &["revenue", "annual turnover", "turnover"]),
    of(ANY, "tax_id", &["vat", "vat number", "tax number", "registration number"]),
    of(ANY, "parent", &["parent company", "parent account", "subsidiary of"]),
    of(ANY, "source", &["lead source", "original source", "opportunity source", "deal source", "商机来源"]),
    of(&["customer"], "short_name", &["nickname"]),

    of(&["contact"], "title", &["position", "occupation", "job", "role title", "organization title"]),
    of(ANY, "department", &["dept", "division", "organization department"]),
    of(ANY, "gender", &["sex"]),
    of(ANY, "birthday", &["birth date", "birthdate", "date of birth", "dob"]),
    of(&["contact"], "salutation", &["name prefix"]),
    of(&["contact"], "reports_to", &["manager", "supervisor"]),
    of(&["user"], "login", &["username", "user name", "account"]),
    of(&["user"], "team", &["regional office", "group", "department"]),
    of(&["user"], "alias", &["aliases", "nickname"]),

    of(ANY, "owner", &["sales rep", "sales agent", "sales representative", "salesperson", "rep",
        "account owner", "company owner", "contact owner", "deal owner", "opportunity owner", "ticket owner",
        "record owner", "lead owner", "account manager", "assigned to", "assignee", "assigned agent", "agent",
        "业务员", "销售", "销售员", "销售代表", "客户经理", "处理人", "跟进人"]),
    of(&["activity"], "by", &["owner", "activity owner", "author", "user"]),
    of(&["activity"], "at", &["date", "time", "activity date"]),
    of(&["activity"], "outcome", &["call outcome", "result"]),
    of(&["activity"], "minutes", &["duration minutes", "length"]),
    of(&["followup"], "due", &["due date", "task due date", "date"]),

    of(&["deal"], "amount", &["value", "deal value", "deal amount", "close value", "opportunity amount",
        "price", "total"]),
    of(&["deal"], "stage", &["deal stage", "opportunity stage", "sales stage"]),
    of(&["deal"], "pipeline", &["sales pipeline", "deal pipeline"]),
    of(&["deal"], "closed", &["close date", "closed date", "date closed", "actual close date",
        "closing date", "won time", "lost time", "deal won time", "deal closed on"]),
    of(&["deal"], "expected_close", &["expected close date", "estimated close date", "deal expected close date",
        "expected closing date"]),
    of(&["deal"], "lost_reason", &["closed lost reason", "loss reason", "reason lost", "deal lost reason"]),
    of(&["deal"], "probability", &["win probability", "chance", "deal probability", "win likelihood"]),

    of(&["ticket"], "priority", &["ticket priority", "紧急程度", "优先程度", "优先等级"]),
    of(&["ticket"], "channel", &["ticket source", "contact type", "来源", "工单来源", "受理方式"]),
    of(&["ticket"], "queue", &["assignment group", "group", "处理组", "处理部门", "受理部门"]),
    of(&["ticket"], "resolved_at", &["resolved date", "resolution date"]),
    of(&["ticket"], "closed_at", &["close date", "closed date"]),
    of(&["ticket"], "type", &["工单类别"]),
    of(&["ticket"], "category", &["问题类型", "问题类别", "工单分类"]),
    of(&["ticket"], "status", &["工单状态", "处理状态"]),
    of(&["ticket"], "resolution", &["处理方案", "处理结果", "解决办法"]),
    of(&["ticket"], "serial", &["序列号码", "机身号", "sn"]),
    of(&["ticket"], "reopened", &["reopen count"]),
    of(&["ticket"], "satisfaction", &["csat", "csat score", "satisfaction score"]),

    of(ANY, "created", &["created date", "create date", "date created", "created at", "created on",
        "created time", "creation date", "opened at"]),
    of(ANY, "created_by", &["creator", "opened by"]),
    of(ANY, "tag", &["label", "labels"]),
    of(ANY, "note", &["notes", "comment", "comments", "remark", "remarks", "description", "说明", "描述"]),
    of(ANY, "external_id", &["id", "external key", "record id", "customer id", "company id", "account id", "contact id",
        "user id", "deal id", "opportunity id", "ticket id", "activity id", "internal id", "number", "account number",
        "编号", "客户编号", "客户代号", "客户代码", "客户编码", "客户号", "客户id", "联系人编号", "联系人id", "商机编号", "商机id",
        "机会编号", "机会id", "项目编号", "工单编号", "工单号", "工单id", "单号", "外部id", "唯一标识", "序列"]),
    of(&["customer"], "external_id", &["代码", "编码", "代号"]),
];

/// The fields of a kind that a heading, folded, commonly means, the likeliest first, and which telephone it says.
pub fn meant(kind: &'static Kind, name: &str) -> impl Iterator<Item = (&'static FieldDef, Option<Label>)> {
    let own = COMMON.iter().filter(|common| common.kinds.is_empty() || common.kinds.contains(&kind.noun));
    let common = own.filter(move |common| common.names.contains(&name)).filter_map(|common| {
        let (code, label) = common.code.split_once('#').unwrap_or((common.code, ""));
        Some((kind.field(code)?, Label::parse(label)))
    });
    kind.field_called(name).map(|def| (def, def.says_label(name))).into_iter().chain(common)
}

/// Which of the [`HALVES`] is the name of the family.
pub const FAMILY: usize = 1;

/// Headings of the halves of a person's name.
pub const HALVES: [&[&str]; 3] = [
    &["first name", "given name", "firstname", "forename"],
    &["last name", "family name", "lastname", "surname", "姓"],
    &["名"],
];

/// Whether a kind's records may be people, whose names come in halves.
pub fn named_in_halves(noun: &str) -> bool {
    noun == "customer" || PEOPLE.contains(&noun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schema::BASE;

    #[test]
    fn what_can_be_typed_stands_at_the_field_alone() {
        let mut twice = Vec::new();
        for common in COMMON {
            let code = common.code.split('#').next().unwrap();
            let kinds = BASE.kinds().iter().filter(|kind| common.kinds.is_empty() || common.kinds.contains(&kind.noun));
            let fields: Vec<_> = kinds.filter_map(|kind| Some((kind, kind.field(code)?))).collect();
            for name in common.names {
                if fields.iter().all(|(kind, def)| kind.field_named(name) == Some(*def)) {
                    twice.push(format!("{code}|{name}"));
                }
            }
        }
        assert_eq!(twice, Vec::<String>::new());
    }
}
