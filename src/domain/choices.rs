//! Choices that several kinds share or that are long, and further names of fields that several kinds have.

use super::field::{Choice, choice};

/// How urgent something is, in rising order.
pub const PRIORITIES: &[Choice] = &[
    choice("low", "Low", "低"),
    choice("normal", "Normal", "普通"),
    choice("high", "High", "高"),
    choice("urgent", "Urgent", "紧急"),
];
/// The number of `normal` among [`PRIORITIES`].
pub const NORMAL: u16 = 1;

/// How people were, or will be, in touch.
pub const WAYS: &[Choice] = &[
    choice("call", "Call", "电话").also("打电话 通话 来电 去电 电话拜访"),
    choice("visit", "Visit", "拜访").also("上门 上门拜访 登门 走访"),
    choice("meeting", "Meeting", "会议").also("开会 会面 面谈 见面"),
    choice("email", "E-mail", "邮件").also("发邮件 电子邮件"),
    choice("message", "Message", "消息").also("发消息 留言"),
    choice("note", "Note", "备注").also("记录 备忘"),
    choice("material", "Material", "发送资料").also("资料 寄资料 发资料"),
];
/// The number of `message` among [`WAYS`].
pub const WAY_MESSAGE: u16 = 4;
/// The number of `note` among [`WAYS`].
pub const WAY_NOTE: u16 = 5;

/// What a message came or went through.
pub const CHANNELS: &[Choice] = &[
    choice("phone", "Phone", "电话"),
    choice("email", "E-mail", "邮件"),
    choice("sms", "SMS", "短信"),
    choice("wechat", "WeChat", "微信"),
    choice("qq", "QQ", "QQ"),
    choice("dingtalk", "DingTalk", "钉钉"),
    choice("whatsapp", "WhatsApp", "WhatsApp"),
    choice("web", "Web", "网页"),
    choice("in_person", "In person", "当面"),
];

/// The numbers of those among [`CHANNELS`] that a message goes through and nothing else does: to be in touch by 微信 is a
/// message.
pub const OF_MESSAGES: &[u16] = &[2, 3, 4, 5, 6];

/// Ways in which somebody does not want to be contacted.
pub const DO_NOT_CONTACT: &[Choice] = &[
    choice("call", "Calls", "电话"),
    choice("sms", "SMS", "短信"),
    choice("email", "E-mail", "邮件"),
    choice("wechat", "WeChat", "微信"),
];

/// What kind of telephone number it is.
pub const PHONE_LABELS: &[Choice] =
    &[choice("mobile", "Mobile", "手机"), choice("landline", "Landline", "固话"), choice("fax", "Fax", "传真")];

/// Business form.
pub const NATURES: &[Choice] = &[
    choice("wholesaler", "Wholesaler", "批发商"),
    choice("retailer", "Retailer", "零售商"),
    choice("agent", "Agent", "代理商"),
    choice("franchise", "Franchise", "特约店"),
    choice("chain", "Chain", "连锁店"),
    choice("exclusive", "Exclusive", "专营店"),
    choice("other", "Other", "其他"),
];
/// Ownership.
pub const OWNERSHIPS: &[Choice] = &[
    choice("state", "State", "国有"),
    choice("collective", "Collective", "集体"),
    choice("sole", "Sole", "个体"),
    choice("private", "Private", "民营"),
    choice("joint_stock", "Joint stock", "股份制"),
    choice("joint_venture", "Joint venture", "合资"),
    choice("foreign", "Foreign", "外资"),
];

/// Languages that people speak with us.
pub const LANGUAGES: &[Choice] = &[
    choice("zh", "Chinese", "中文"),
    choice("en", "English", "英语"),
    choice("ja", "Japanese", "日语"),
    choice("ko", "Korean", "韩语"),
    choice("de", "German", "德语"),
    choice("fr", "French", "法语"),
    choice("es", "Spanish", "西班牙语"),
    choice("ru", "Russian", "俄语"),
    choice("other", "Other", "其他"),
];

/// What a field of telephone numbers is called too; some of them say which number it is.
pub const PHONE_NAMES: &str =
    "手机 手机号 手机号码 移动电话 座机 固话 固定电话 办公电话 传真 传真号码 联系电话 电话号码 mobile landline fax";
/// What a field of e-mail addresses is called too.
pub const EMAIL_NAMES: &str = "邮件 电子邮件 电子邮箱 邮箱地址 邮件地址";
/// What the customer of a record is called too.
pub const CUSTOMER_NAMES: &str = "客户 客户名称 公司 公司名称 单位 单位名称 企业名称";
/// What the person is called too who looks after a customer.
pub const OWNER_NAMES: &str = "业务员 销售 销售员 销售代表 客户经理 跟进人";
