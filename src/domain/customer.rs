//! Customers: organisations and people that we sell to and serve.

mod derived;

use super::{
    KindId,
    choices::{self, EMAIL_NAMES, LANGUAGES, OWNER_NAMES, PHONE_LABELS, PHONE_NAMES},
    common::{CREATED, UPDATED},
    field::{Choice, Field, FieldDef, choice, numbered},
    kind::{IndexDef, Kind, Section, SummaryDef},
    rules::{Draft, Effect, RuleContext, owned_by_adder},
    types::{Amounts, AnyOf, Date, Emails, Link, Moment, Money, OneOf, Phones, Text, Url, Whole, YesNo},
    words::registered,
};
use crate::error::Result;
pub use derived::moment_of;

/// The number of this kind.
pub const ID: KindId = KindId::new(2);

/// Type.
pub const TYPES: &[Choice] = &numbered([
    choice("organization", "Organization", "企业").also("公司"),
    choice("person", "Person", "个人"),
    choice("government", "Government", "政府机构"),
    choice("nonprofit", "Non-profit", "非营利组织"),
]);
/// Relation.
pub const RELATIONS: &[Choice] = &numbered([
    choice("customer", "Customer", "客户"),
    choice("supplier", "Supplier", "供应商"),
    choice("reseller", "Reseller", "经销商"),
    choice("partner", "Partner", "合作伙伴"),
    choice("competitor", "Competitor", "竞争对手"),
    choice("end_user", "End user", "最终用户"),
]);
/// Status.
pub const STATUSES: &[Choice] = &numbered([
    choice("prospect", "Prospect", "潜在").also("潜在客户 意向"),
    choice("active", "Active", "成交").also("已成交 成交客户"),
    choice("dormant", "Dormant", "沉睡"),
    choice("churned", "Churned", "流失").also("已流失"),
]);
/// Grade.
pub const GRADES: &[Choice] = &numbered([
    choice("A", "A", "A").also("a级"),
    choice("B", "B", "B").also("b级"),
    choice("C", "C", "C").also("c级"),
    choice("D", "D", "D").also("d级"),
]);
/// The number of the first grade.
pub const GRADE_A: u16 = 0;
/// Risk.
pub const RISKS: &[Choice] =
    &numbered([choice("low", "Low", "低"), choice("medium", "Medium", "中"), choice("high", "High", "高")]);

/// Name.
pub const NAME: Field<Text> =
    ID.field(1, "name", "Name", "客户名称").also(choices::COMPANY_NAMES).required().name().index().search();
/// Used in narrow lists.
pub const SHORT_NAME: Field<Text> =
    ID.field(2, "short_name", "Short name", "客户简称").also("公司简称 企业简称 单位简称").search();
/// Organization=Organization=企业; person=Person=个人; government=Government=政府机构; nonprofit=Non-profit=非营利组织.
pub const TYPE: Field<OneOf> = ID.field(3, "type", "Type", "客户类型").also("客户类别").index().choices(TYPES);
/// Customer=客户; supplier=供应商; reseller=经销商; partner=合作伙伴; competitor=竞争对手; end_user=最终用户.
pub const RELATION: Field<AnyOf> =
    ID.field(4, "relation", "Relation", "关系类型").also("关系").index().choices(RELATIONS);
/// Prospect=潜在; active=成交; dormant=沉睡; churned=流失.
pub const STATUS: Field<OneOf> = ID.field(5, "status", "Status", "客户状态").index().choices(STATUSES);
/// A B C D.
pub const GRADE: Field<OneOf> =
    ID.field(6, "grade", "Grade", "客户级别").also("等级 客户等级 客户分级").index().choices(GRADES);
/// Industry.
pub const INDUSTRY: Field<Text> = ID.field(7, "industry", "Industry", "所属行业").also(choices::INDUSTRY_NAMES).index();
/// Wholesaler=批发商; retailer=零售商; agent=代理商; franchise=特约店; chain=连锁店; exclusive=专营店; other=其他.
pub const NATURE: Field<OneOf> =
    ID.field(8, "nature", "Business form", "客户性质").also("企业性质").choices(choices::NATURES);
/// State=国有; collective=集体; sole=个体; private=民营; joint_stock=股份制; joint_venture=合资; foreign=外资.
pub const OWNERSHIP: Field<OneOf> = ID.field(9, "ownership", "Ownership", "所有制").choices(choices::OWNERSHIPS);
/// Web fair referral cold partner ad ....
pub const SOURCE: Field<Text> =
    ID.field(10, "source", "Source", "客户来源").also("线索来源 获客来源 获客渠道 来源渠道").index();
/// Referred by.
pub const REFERRED_BY: Field<Link> =
    ID.field(11, "referred_by", "Referred by", "推荐人").also("介绍人 转介绍人 推荐客户").to("customer");
/// Index owner+updated, owner+created.
pub const OWNER: Field<Link> = ID.field(12, "owner", "Owner", "负责人").also(OWNER_NAMES).to("user").index();
/// No cycles.
pub const PARENT: Field<Link> =
    ID.field(13, "parent", "Parent customer", "上级客户").also(choices::PARENT_NAMES).to("customer").acyclic();
/// Free text, ISO code preferred.
pub const COUNTRY: Field<Text> =
    ID.field(14, "country", "Country", "国家/地区").also("国家 国家地区 国别 所在国家 所属国家");
/// Province / state.
pub const PROVINCE: Field<Text> =
    ID.field(15, "province", "Province / state", "省份").also(choices::PROVINCE_NAMES).suffixes(&["省", "市"]).index();
/// City.
pub const CITY: Field<Text> = ID.field(16, "city", "City", "城市").also(choices::CITY_NAMES).suffixes(&["市"]).index();
/// District.
pub const DISTRICT: Field<Text> =
    ID.field(17, "district", "District", "区县").also(choices::DISTRICT_NAMES).suffixes(&["区", "县", "市"]);
/// Territory.
pub const REGION: Field<Text> = ID.field(18, "region", "Sales region", "销售区域").also(choices::REGION_NAMES).index();
/// Address.
pub const ADDRESS: Field<Text> = ID
    .field(19, "address", "Address", "详细地址")
    .also("地址 通讯地址 联系地址 公司地址 办公地址 注册地址 企业地址 单位地址 客户地址 营业地址 街道地址");
/// Postcode.
pub const POSTCODE: Field<Text> = ID.field(20, "postcode", "Postcode", "邮政编码").also("邮编 zip 邮递区号 邮政区号");
/// Each with a label: mobile=手机; landline=固话; fax=传真.
pub const PHONE: Field<Phones> =
    ID.field(21, "phone", "Phones", "电话").also(PHONE_NAMES).index().search().choices(PHONE_LABELS);
/// E-mails.
pub const EMAIL: Field<Emails> = ID.field(22, "email", "E-mails", "邮箱").also(EMAIL_NAMES).index().search();
/// Website.
pub const WEBSITE: Field<Url> = ID
    .field(23, "website", "Website", "网址")
    .also("官网 网站 主页 公司网址 公司网站 公司官网 公司主页 企业网址 企业官网 官方网站 网站地址 网页");
/// WeChat.
pub const WECHAT: Field<Text> = ID.field(24, "wechat", "WeChat", "微信").also("微信号 微信账号 微信id").search();
/// QQ.
pub const QQ: Field<Text> = ID.field(25, "qq", "QQ", "QQ").also("qq号 qq号码 qq账号").search();
/// Birthday.
pub const BIRTHDAY: Field<Date> = ID.field(26, "birthday", "Birthday", "生日").also("出生日期 出生年月日").yearless();
/// Employees.
pub const EMPLOYEES: Field<Whole> =
    ID.field(27, "employees", "Employees", "员工人数").also(choices::EMPLOYEES_NAMES).measured_in(&["人", "名", "位"]);
/// Theirs, not ours.
pub const ANNUAL_REVENUE: Field<Money> = ID
    .field(28, "annual_revenue", "Annual revenue", "年营业额")
    .also("营业额 营业收入 年收入 年销售额 年营收 年度营收 年营业收入 营收");
/// Tax / registration no..
pub const TAX_ID: Field<Text> =
    ID.field(29, "tax_id", "Tax / registration no.", "统一社会信用代码").also(choices::TAX_ID_NAMES).index();
/// Low=低; medium=中; high=高.
pub const RISK: Field<OneOf> = ID.field(30, "risk", "Risk", "风险级别").also("风险 风险等级").choices(RISKS);
/// Preferences.
pub const PREFERENCES: Field<Text> = ID.field(31, "preferences", "Preferences", "偏好").search();
/// Habits.
pub const HABITS: Field<Text> = ID.field(32, "habits", "Habits", "习惯");
/// Language.
pub const LANGUAGE: Field<OneOf> = ID.field(33, "language", "Language", "语言").choices(LANGUAGES);
/// Call=电话; sms=短信; email=邮件; wechat=微信.
pub const DO_NOT_CONTACT: Field<AnyOf> =
    ID.field(34, "do_not_contact", "Do not contact", "勿扰").choices(choices::DO_NOT_CONTACT);
/// Blacklisted.
pub const BLACKLISTED: Field<YesNo> = ID.field(35, "blacklisted", "Blacklisted", "黑名单").index();
/// Latest activity that is not a note.
pub const LAST_CONTACT: Field<Moment> = ID
    .field(36, "last_contact", "Last contact", "最后跟进时间")
    .also("最后跟进 最近跟进 上次跟进 最近跟进时间")
    .derived()
    .index();
/// Earliest open follow-up.
pub const NEXT_FOLLOWUP: Field<Moment> =
    ID.field(37, "next_followup", "Next follow-up", "下次跟进时间").also("下次跟进").derived().index().coming();
/// Open deals.
pub const OPEN_DEALS: Field<Whole> = ID.field(38, "open_deals", "Open deals", "进行中商机").derived();
/// Open tickets.
pub const OPEN_TICKETS: Field<Whole> = ID.field(39, "open_tickets", "Open tickets", "未结工单").derived();
/// By currency.
pub const WON_TOTAL: Field<Amounts> =
    ID.field(40, "won_total", "Won to date", "累计成交额").also("累计成交 成交额").derived();
/// Last purchase.
pub const LAST_WON: Field<Date> = ID.field(41, "last_won", "Last purchase", "最近成交日期").also("最近成交").derived();

/// Whether a field may be the next follow-up.
pub fn is_next_followup(def: &FieldDef) -> bool {
    let next = NEXT_FOLLOWUP.def();
    def.tag == next.tag && def.code == next.code
}

static FIELDS: &[FieldDef] = &[
    NAME.def(),
    SHORT_NAME.def(),
    TYPE.def(),
    RELATION.def(),
    STATUS.def(),
    GRADE.def(),
    INDUSTRY.def(),
    NATURE.def(),
    OWNERSHIP.def(),
    SOURCE.def(),
    REFERRED_BY.def(),
    OWNER.def(),
    PARENT.def(),
    COUNTRY.def(),
    PROVINCE.def(),
    CITY.def(),
    DISTRICT.def(),
    REGION.def(),
    ADDRESS.def(),
    POSTCODE.def(),
    PHONE.def(),
    EMAIL.def(),
    WEBSITE.def(),
    WECHAT.def(),
    QQ.def(),
    BIRTHDAY.def(),
    EMPLOYEES.def(),
    ANNUAL_REVENUE.def(),
    TAX_ID.def(),
    RISK.def(),
    PREFERENCES.def(),
    HABITS.def(),
    LANGUAGE.def(),
    DO_NOT_CONTACT.def(),
    BLACKLISTED.def(),
    LAST_CONTACT.def(),
    NEXT_FOLLOWUP.def(),
    OPEN_DEALS.def(),
    OPEN_TICKETS.def(),
    WON_TOTAL.def(),
    LAST_WON.def(),
];

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "customer",
    plural: "customers",
    letters: "C",
    aliases: &["c"],
    en: "Customer",
    zh: "客户",
    measure: "个",
    fields: FIELDS,
    gone: &[],
    indexes: &[
        IndexDef { number: 2000, fields: &[OWNER.def(), UPDATED.def()] },
        IndexDef { number: 2001, fields: &[OWNER.def(), CREATED.def()] },
    ],
    summaries: &[SummaryDef { number: 1, by: &[OWNER.def(), STATUS.def()], sum: &[] }],
    columns: &["name", "grade", "city", "owner", "last_contact", "next_followup"],
    sections: &[
        Section {
            en: "",
            zh: "",
            fields: &["name", "type", "grade", "status", "owner", "phone", "email", "tag", "note"],
        },
        Section {
            en: "Where",
            zh: "所在地",
            fields: &["country", "province", "city", "district", "region", "address", "postcode"],
        },
        Section {
            en: "In touch", zh: "联系方式", fields: &["website", "wechat", "qq", "language", "do_not_contact"]
        },
        Section {
            en: "Business",
            zh: "企业信息",
            fields: &[
                "short_name",
                "industry",
                "relation",
                "nature",
                "ownership",
                "employees",
                "annual_revenue",
                "tax_id",
                "parent",
            ],
        },
        Section {
            en: "About",
            zh: "客户背景",
            fields: &["source", "referred_by", "birthday", "preferences", "habits", "risk", "blacklisted"],
        },
    ],
    rules,
    derivations: derived::DERIVATIONS,
};

fn rules(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    owned_by_adder(draft, context, OWNER);
    // An import tells of all its rows at once.
    if draft.changed(TAX_ID) && !context.import {
        let doubt = draft.get(TAX_ID).and_then(registered::doubt);
        doubt.into_iter().for_each(|doubt| context.then(Effect::Remark(doubt)));
    }
    Ok(())
}
