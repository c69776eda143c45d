//! Choices that several kinds share.

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
    choice("call", "Call", "电话"),
    choice("visit", "Visit", "拜访"),
    choice("meeting", "Meeting", "会议"),
    choice("email", "E-mail", "邮件"),
    choice("message", "Message", "消息"),
    choice("note", "Note", "备注"),
    choice("material", "Material", "发送资料"),
];
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
