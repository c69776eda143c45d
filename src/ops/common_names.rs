//! What other programs call our fields, in both languages.

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
    of(&["customer"], "name", &["company", "company name", "account", "account name", "organization", "organisation",
        "organization name", "organisation name", "business name", "client", "client name", "customer", "customer name",
        "display name", "full name", "公司", "公司名称", "公司名", "单位", "单位名称", "企业", "企业名称", "客户", "客户名", "名称", "全称"]),
    of(&["contact"], "name", &["contact", "contact name", "person", "full name", "display name", "联系人", "联系人姓名", "名字"]),
    of(&["user"], "name", &["full name", "display name", "sales agent", "sales rep", "agent", "employee", "名字", "业务员", "员工"]),
    of(&["contact", "deal", "activity", "followup", "ticket"], "customer", &["company", "company name", "account",
        "account name", "organization", "organisation", "organization name", "client", "client name", "customer name",
        "associated company", "related account", "公司", "公司名称", "单位", "单位名称", "企业名称", "客户", "客户名称"]),
    of(WORK, "contact", &["contact name", "contact email", "contact person", "associated contact", "associated contact email",
        "caller", "caller id", "requester", "reporter", "联系人", "联系人姓名"]),
    of(&["deal"], "title", &["opportunity", "opportunity name", "opportunity title", "deal name", "name", "商机", "商机标题",
        "项目名称", "项目"]),
    of(&["followup"], "title", &["task", "task name", "name", "标题", "任务", "事项"]),
    of(&["ticket"], "subject", &["title", "name", "ticket name", "summary", "short description", "标题", "工单标题"]),
    of(&["ticket"], "description", &["ticket description", "details", "body", "描述", "问题", "内容"]),
    of(&["activity"], "text", &["notes", "note", "notes description", "description", "details", "body", "content", "内容", "备注", "记录"]),

    of(ANY, "email", &["mail", "e mail", "e mail address", "email address", "mail address", "primary email", "work email",
        "secondary email", "email value", "e mail value", "电子邮件", "电子邮箱", "邮件", "邮箱地址", "邮件地址"]),
    of(ANY, "phone", &["phone number", "tel", "tel number", "telephone", "telephone number", "main phone", "phone value",
        "contact number", "联系电话", "电话号码", "联系方式"]),
    of(ANY, "phone#mobile", &["mobile", "mobile phone", "mobile number", "mobile phone number", "cell", "cell phone",
        "cellphone", "手机", "手机号", "手机号码", "移动电话"]),
    of(ANY, "phone#landline", &["landline", "work phone", "business phone", "office phone", "home phone", "work number",
        "座机", "固话", "固定电话", "办公电话"]),
    of(ANY, "phone#fax", &["fax", "fax number", "传真", "传真号码"]),
    of(ANY, "wechat", &["wechat id", "weixin", "微信号"]),
    of(ANY, "qq", &["qq number", "qq号", "qq号码"]),
    of(ANY, "website", &["website url", "web page", "web site", "homepage", "home page", "url", "site", "网站", "官网", "主页"]),

    of(ANY, "country", &["country region", "nation", "mailing country", "billing country", "work country", "address country",
        "国家", "国家地区", "国别"]),
    of(ANY, "province", &["state", "province", "state region", "state province", "mailing state", "billing state",
        "work state", "address region", "省", "省市", "省份"]),
    of(ANY, "city", &["town", "mailing city", "billing city", "work city", "address city", "所在城市", "市"]),
    of(ANY, "district", &["county", "区县名称", "区"]),
    of(ANY, "region", &["territory", "sales territory", "regional office", "大区", "区域"]),
    of(ANY, "address", &["street", "street address", "mailing street", "billing street", "work address", "address street",
        "address line", "地址", "通讯地址", "联系地址", "公司地址"]),
    of(ANY, "postcode", &["zip", "zip code", "zipcode", "postal code", "post code", "mailing postal code",
        "billing postal code", "work zip code", "work zipcode", "address postal code", "邮编"]),

    of(ANY, "type", &["account type", "customer type", "deal type", "opportunity type", "ticket type", "activity type",
        "task type", "类型"]),
    of(ANY, "status", &["customer status", "account status", "contact status", "ticket status", "task status",
        "incident state", "状态"]),
    of(ANY, "grade", &["rating", "level", "级别", "等级"]),
    of(ANY, "industry", &["sector", "行业", "产业", "產業"]),
    of(ANY, "employees", &["number of employees", "employee count", "no of employees", "headcount", "员工数", "人数", "员工人数"]),
    of(ANY, "annual_revenue", &["revenue", "annual turnover", "turnover", "营业收入", "年收入"]),
    of(ANY, "tax_id", &["vat", "vat number", "tax number", "registration number", "税号", "信用代码"]),
    of(ANY, "parent", &["parent company", "parent account", "subsidiary of", "母公司", "上级公司"]),
    of(ANY, "source", &["lead source", "original source", "客户来源", "商机来源", "来源"]),
    of(&["customer"], "short_name", &["nickname", "简称"]),

    of(&["contact"], "title", &["position", "occupation", "job", "role title", "organization title", "职位", "岗位"]),
    of(ANY, "department", &["dept", "division", "organization department", "所在部门"]),
    of(ANY, "gender", &["sex"]),
    of(ANY, "birthday", &["birth date", "birthdate", "date of birth", "dob", "出生日期"]),
    of(&["contact"], "salutation", &["name prefix"]),
    of(&["contact"], "reports_to", &["manager", "supervisor", "上级"]),
    of(&["user"], "login", &["username", "user name", "account", "用户名", "账号"]),
    of(&["user"], "team", &["regional office", "group", "department", "小组", "部门"]),
    of(&["user"], "alias", &["aliases", "nickname", "别名"]),

    of(ANY, "owner", &["sales rep", "sales agent", "sales representative", "salesperson", "rep", "account owner",
        "company owner", "contact owner", "deal owner", "opportunity owner", "ticket owner", "record owner", "lead owner",
        "account manager", "assigned to", "assignee", "assigned agent", "agent", "业务员", "负责人", "销售", "销售员", "销售代表",
        "客户经理", "处理人", "跟进人"]),
    of(&["activity"], "by", &["owner", "activity owner", "author", "user", "业务员", "负责人"]),
    of(&["activity"], "at", &["date", "time", "activity date", "日期", "时间"]),
    of(&["activity"], "outcome", &["call outcome", "result", "结果"]),
    of(&["activity"], "minutes", &["duration minutes", "length"]),
    of(&["followup"], "due", &["due date", "task due date", "date", "deadline", "日期", "时间", "截止日期"]),

    of(&["deal"], "amount", &["value", "deal value", "deal amount", "close value", "opportunity amount", "price", "total",
        "金额", "合同金额", "成交金额", "预计金额"]),
    of(&["deal"], "stage", &["deal stage", "opportunity stage", "sales stage", "阶段", "商机阶段"]),
    of(&["deal"], "pipeline", &["sales pipeline", "deal pipeline"]),
    of(&["deal"], "closed", &["close date", "closed date", "date closed", "actual close date", "关闭日期", "成交日期"]),
    of(&["deal"], "expected_close", &["expected close date", "estimated close date", "预计成交", "预计签单日期"]),
    of(&["deal"], "lost_reason", &["closed lost reason", "loss reason", "reason lost", "丢单原因"]),
    of(&["deal"], "probability", &["win probability", "chance", "可能性"]),

    of(&["ticket"], "priority", &["ticket priority"]),
    of(&["ticket"], "channel", &["ticket source", "contact type", "来源渠道"]),
    of(&["ticket"], "queue", &["assignment group", "group", "受理组"]),
    of(&["ticket"], "resolved_at", &["resolved date", "resolution date"]),
    of(&["ticket"], "closed_at", &["close date", "closed date"]),
    of(&["ticket"], "reopened", &["reopen count"]),
    of(&["ticket"], "satisfaction", &["csat", "csat score", "satisfaction score"]),

    of(ANY, "created", &["created date", "create date", "date created", "created at", "created on", "created time",
        "creation date", "opened at", "建立时间", "创建日期", "录入时间", "添加时间"]),
    of(ANY, "created_by", &["creator", "opened by", "创建者", "录入人"]),
    of(ANY, "tag", &["tags", "label", "labels", "标签"]),
    of(ANY, "note", &["notes", "comment", "comments", "remark", "remarks", "description", "说明", "描述", "备注信息"]),
    of(ANY, "external_id", &["id", "external key", "record id", "customer id", "company id", "account id", "contact id",
        "user id", "deal id", "opportunity id", "ticket id", "activity id", "internal id", "number", "编号", "客户编号", "序列"]),
];

/// The codes that a heading, folded, commonly means for a kind, the likeliest first; `phone#mobile` carries a label.
pub(super) fn meant(noun: &str, name: &str) -> impl Iterator<Item = &'static str> {
    let own = COMMON.iter().filter(move |common| common.kinds.is_empty() || common.kinds.contains(&noun));
    own.filter(move |common| common.names.contains(&name)).map(|common| common.code)
}

/// Which of the [`HALVES`] is the name of the family.
pub(super) const FAMILY: usize = 1;

/// Headings of the halves of a person's name.
pub(super) const HALVES: [&[&str]; 3] = [
    &["first name", "given name", "firstname", "forename"],
    &["last name", "family name", "lastname", "surname", "姓"],
    &["名"],
];

/// Whether a kind's records may be people, whose names come in halves.
pub(super) fn named_in_halves(noun: &str) -> bool {
    noun == "customer" || PEOPLE.contains(&noun)
}
