//! Contacts: the people at a customer.

use super::{
    KindId,
    choices::{self, CUSTOMER_NAMES, EMAIL_NAMES, OWNER_NAMES, PHONE_LABELS, PHONE_NAMES},
    field::{Choice, Field, FieldDef, choice, numbered},
    kind::{Kind, Section},
    rules::{Draft, RuleContext, owned_by_adder},
    types::{AnyOf, Date, Emails, Link, OneOf, Phones, Text, YesNo},
};
use crate::error::Result;

/// The number of this kind.
pub const ID: KindId = KindId::new(3);

/// Decision role.
pub const ROLES: &[Choice] = &numbered([
    choice("decision_maker", "Decision maker", "决策者"),
    choice("influencer", "Influencer", "影响人").also("影响者"),
    choice("evaluator", "Evaluator", "评估者"),
    choice("user", "User", "使用者"),
    choice("champion", "Champion", "内部支持者"),
    choice("gatekeeper", "Gatekeeper", "把关人"),
]);
/// Gender.
pub const GENDERS: &[Choice] = &numbered([
    choice("female", "Female", "女").also("女士 女性 小姐"),
    choice("male", "Male", "男").also("男士 男性 先生"),
    choice("other", "Other", "其他"),
]);
/// Status.
pub const STATUSES: &[Choice] = &numbered([choice("active", "Active", "在职"), choice("left", "Left", "已离职")]);

/// Name.
pub const NAME: Field<Text> = ID
    .field(1, "name", "Name", "姓名")
    .also("名字 联系人 联系人姓名 联络人 联络人姓名 联系人名称 联络人名称")
    .required()
    .name()
    .index()
    .search();
/// 王总.
pub const SALUTATION: Field<Text> = ID.field(2, "salutation", "Form of address", "称呼").also("称谓 尊称").search();
/// Customer.
pub const CUSTOMER: Field<Link> =
    ID.field(3, "customer", "Customer", "所属客户").also(CUSTOMER_NAMES).to("customer").index();
/// Job title.
pub const TITLE: Field<Text> = ID.field(4, "title", "Job title", "职务").also("职位 岗位 职称 头衔 职务名称 职位名称");
/// Department.
pub const DEPARTMENT: Field<Text> = ID.field(5, "department", "Department", "部门").also("所在部门 部门名称 所属部门");
/// Decision_maker=决策者; influencer=影响者; evaluator=评估者; user=使用者; champion=内部支持者; gatekeeper=把关人.
pub const ROLE: Field<OneOf> = ID.field(6, "role", "Decision role", "决策角色").also("角色").choices(ROLES);
/// Primary contact.
pub const PRIMARY: Field<YesNo> =
    ID.field(7, "primary", "Primary contact", "主联系人").also("是否主联系人 是否首要联系人 是否主要联系人");
/// Reports to.
pub const REPORTS_TO: Field<Link> = ID
    .field(8, "reports_to", "Reports to", "直属上级")
    .also("上级 直属主管 直属领导 上级领导 汇报对象 主管")
    .to("contact")
    .acyclic();
/// Phones.
pub const PHONE: Field<Phones> =
    ID.field(9, "phone", "Phones", "电话").also(PHONE_NAMES).index().search().choices(PHONE_LABELS);
/// E-mails.
pub const EMAIL: Field<Emails> = ID.field(10, "email", "E-mails", "邮箱").also(EMAIL_NAMES).index().search();
/// WeChat.
pub const WECHAT: Field<Text> = ID.field(11, "wechat", "WeChat", "微信").also("微信号 微信账号 微信id").search();
/// QQ.
pub const QQ: Field<Text> = ID.field(12, "qq", "QQ", "QQ").also("qq号 qq号码 qq账号");
/// Gender.
pub const GENDER: Field<OneOf> = ID.field(13, "gender", "Gender", "性别").choices(GENDERS);
/// Birthday.
pub const BIRTHDAY: Field<Date> = ID.field(14, "birthday", "Birthday", "生日").also("出生日期 出生年月日").yearless();
/// Active=在职; left=已离职.
pub const STATUS: Field<OneOf> = ID.field(15, "status", "Status", "状态").choices(STATUSES);
/// As customer.
pub const DO_NOT_CONTACT: Field<AnyOf> =
    ID.field(16, "do_not_contact", "Do not contact", "勿扰").choices(choices::DO_NOT_CONTACT);
/// Preferences.
pub const PREFERENCES: Field<Text> = ID.field(17, "preferences", "Preferences", "偏好");
/// Owner.
pub const OWNER: Field<Link> = ID.field(18, "owner", "Owner", "负责人").also(OWNER_NAMES).to("user").index();

static FIELDS: &[FieldDef] = &[
    NAME.def(),
    SALUTATION.def(),
    CUSTOMER.def(),
    TITLE.def(),
    DEPARTMENT.def(),
    ROLE.def(),
    PRIMARY.def(),
    REPORTS_TO.def(),
    PHONE.def(),
    EMAIL.def(),
    WECHAT.def(),
    QQ.def(),
    GENDER.def(),
    BIRTHDAY.def(),
    STATUS.def(),
    DO_NOT_CONTACT.def(),
    PREFERENCES.def(),
    OWNER.def(),
];

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "contact",
    plural: "contacts",
    letters: "P",
    aliases: &["p"],
    en: "Contact",
    zh: "联系人",
    measure: "个",
    fields: FIELDS,
    gone: &[],
    indexes: &[],
    summaries: &[],
    columns: &["name", "customer", "title", "phone", "email", "owner"],
    sections: &[
        Section {
            en: "",
            zh: "",
            fields: &["name", "customer", "title", "phone", "email", "primary", "role", "owner", "tag", "note"],
        },
        Section { en: "In touch", zh: "联系方式", fields: &["wechat", "qq", "do_not_contact"] },
        Section {
            en: "About",
            zh: "个人信息",
            fields: &["salutation", "department", "reports_to", "gender", "birthday", "status", "preferences"],
        },
    ],
    rules,
    derivations: &[],
};

fn rules(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    owned_by_adder(draft, context, OWNER);
    Ok(())
}
