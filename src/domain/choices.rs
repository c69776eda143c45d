//! Choices that several kinds share or that are long, and further names of fields that several kinds have.

use super::field::{Choice, choice, numbered};

/// How urgent something is, in rising order.
pub const PRIORITIES: &[Choice] = &numbered([
    choice("low", "Low", "低"),
    choice("normal", "Normal", "普通").also("中 一般"),
    choice("high", "High", "高"),
    choice("urgent", "Urgent", "紧急"),
]);
/// The number of `normal` among [`PRIORITIES`].
pub const NORMAL: u16 = 1;

/// How people were, or will be, in touch.
pub const WAYS: &[Choice] = &numbered([
    choice("call", "Call", "电话").also("打电话 通电话 通话 来电 去电 电话拜访 电话回访"),
    choice("visit", "Visit", "拜访").also("上门 上门拜访 登门 走访 回访"),
    choice("meeting", "Meeting", "会议").also("开会 会面 面谈 见面 视频会议 线上会议 电话会议"),
    choice("email", "E-mail", "邮件").also("发邮件 电子邮件"),
    choice("message", "Message", "消息")
        .also("发消息 留言 短信 sms 微信 wechat qq 钉钉 dingtalk whatsapp 企业微信 企微 wecom 飞书 feishu lark"),
    choice("note", "Note", "备注").also("记录 备忘"),
    choice("material", "Material", "发送资料").also("资料 寄资料 发资料"),
]);
/// The number of `message` among [`WAYS`].
pub const WAY_MESSAGE: u16 = 4;
/// The number of `note` among [`WAYS`].
pub const WAY_NOTE: u16 = 5;

/// What a message came or went through.
pub const CHANNELS: &[Choice] = &numbered([
    choice("phone", "Phone", "电话"),
    choice("email", "E-mail", "邮件"),
    choice("sms", "SMS", "短信"),
    choice("wechat", "WeChat", "微信"),
    choice("qq", "QQ", "QQ"),
    choice("dingtalk", "DingTalk", "钉钉"),
    choice("whatsapp", "WhatsApp", "WhatsApp"),
    choice("web", "Web", "网页"),
    choice("in_person", "In person", "当面"),
    choice("wecom", "WeCom", "企业微信").also("企微"),
    choice("feishu", "Feishu", "飞书").also("lark"),
]);

/// The numbers of those among [`CHANNELS`] that a message goes through and nothing else does: to be in touch by 微信 is a
/// message.
pub const OF_MESSAGES: &[u16] = &[2, 3, 4, 5, 6, 9, 10];

/// Ways in which somebody does not want to be contacted.
pub const DO_NOT_CONTACT: &[Choice] = &numbered([
    choice("call", "Calls", "电话"),
    choice("sms", "SMS", "短信"),
    choice("email", "E-mail", "邮件"),
    choice("wechat", "WeChat", "微信"),
]);

/// What kind of telephone number it is.
pub const PHONE_LABELS: &[Choice] = &numbered([
    choice("mobile", "Mobile", "手机"),
    choice("landline", "Landline", "固话"),
    choice("fax", "Fax", "传真"),
]);

/// Business form.
pub const NATURES: &[Choice] = &numbered([
    choice("wholesaler", "Wholesaler", "批发商"),
    choice("retailer", "Retailer", "零售商"),
    choice("agent", "Agent", "代理商"),
    choice("franchise", "Franchise", "特约店"),
    choice("chain", "Chain", "连锁店"),
    choice("exclusive", "Exclusive", "专营店"),
    choice("other", "Other", "其他"),
]);
/// Ownership.
pub const OWNERSHIPS: &[Choice] = &numbered([
    choice("state", "State", "国有"),
    choice("collective", "Collective", "集体"),
    choice("sole", "Sole", "个体"),
    choice("private", "Private", "民营"),
    choice("joint_stock", "Joint stock", "股份制"),
    choice("joint_venture", "Joint venture", "合资"),
    choice("foreign", "Foreign", "外资"),
]);

/// Languages that people speak with us.
pub const LANGUAGES: &[Choice] = &numbered([
    choice("zh", "Chinese", "中文"),
    choice("en", "English", "英语"),
    choice("ja", "Japanese", "日语"),
    choice("ko", "Korean", "韩语"),
    choice("de", "German", "德语"),
    choice("fr", "French", "法语"),
    choice("es", "Spanish", "西班牙语"),
    choice("ru", "Russian", "俄语"),
    choice("other", "Other", "其他"),
]);

/// What a field of telephone numbers is called too; some of them say which number it is.
pub const PHONE_NAMES: &str = "手机 手机号 手机号码 移动电话 座机 固话 固定电话 办公电话 传真 传真号码 联系电话 \
    电话号码 mobile landline fax 行动电话 移动手机 移动号码 座机号 座机号码 固定电话号码 公司电话 单位电话 \
    办公室电话 办公室座机 市话 市内电话 家庭电话 住宅电话 传真号 传真电话";
/// What a field of e-mail addresses is called too.
pub const EMAIL_NAMES: &str = "邮件 电子邮件 电子邮箱 邮箱地址 邮件地址 电邮 电邮地址 电子信箱 信箱 email地址 \
    电子邮件地址 电子邮箱地址 工作邮箱 公司邮箱 企业邮箱 联系邮箱";
/// What the customer of a record is called too.
pub const CUSTOMER_NAMES: &str = "客户 客户名称 公司 公司名称 单位 单位名称 企业名称 所属客户 所属公司 所属企业 \
    所属单位 关联客户 对应客户 客户公司 客户全称 公司全称 企业 归属客户";
/// What the person is called too who looks after a customer.
pub const OWNER_NAMES: &str = "业务员 销售 销售员 销售代表 客户经理 跟进人 业务 业务人员 业务代表 业务负责人 \
    销售人员 销售负责人 所属销售 负责业务 负责销售 负责员工 客户负责人 归属人 所有人 所属人 拥有者 责任人 承办人 \
    经办人 跟单员";
/// What the customer above another one is called too.
pub const PARENT_NAMES: &str = "母公司 上级公司 总公司 上级单位 集团公司 所属集团";
/// What a province is called too.
pub const PROVINCE_NAMES: &str = "省 省市 省份名称 所在省 所在省份 所属省份";
/// What a city is called too.
pub const CITY_NAMES: &str = "所在城市 市 城市名称 所在市 所属城市 地市 县市";
/// What an industry is called too.
pub const INDUSTRY_NAMES: &str = "行业 产业 行业类别 行业类型 行业别 产业别 客户行业 公司行业";
/// What a region of sales is called too.
pub const REGION_NAMES: &str = "区域 大区 销售大区 所属区域 所属大区 业务区域 片区";
/// What the number is called too under which a company is registered.
pub const TAX_ID_NAMES: &str = "税号 信用代码 社会信用代码 纳税人识别号 统一编号 统编 统一信用代码 纳税识别号 \
    纳税人识别码 税务登记号 税务登记证号 税务编号 营业执照号 营业执照注册号 工商注册号 注册号 商业登记号码 \
    商业登记号";
/// What a district is called too.
pub const DISTRICT_NAMES: &str = "区 区县名称 所在区县 所属区县 县区 行政区 乡镇市区";
/// What the number of employees is called too.
pub const EMPLOYEES_NAMES: &str = "人数 员工数 员工数量 雇员数 雇员人数 职工人数 从业人数";
/// What the field `subject` of a ticket is called too.
pub const TICKET_SUBJECT_NAMES: &str = "标题 工单标题 工单主题 工单名称 问题标题";
/// What the field `description` of a ticket is called too.
pub const TICKET_DESCRIPTION_NAMES: &str = "描述 问题 内容 工单描述 工单内容 问题内容 问题详情 故障描述";
/// What the field `owner` of a ticket is called too.
pub const TICKET_OWNER_NAMES: &str = "负责人 坐席 客服 受理人 承办人 经办人 处理人员 客服人员";
/// What the contact of a record is called too.
pub const PERSON_NAMES: &str = "联系人姓名 联络人 联络人姓名";
/// What a customer itself is called too.
pub const COMPANY_NAMES: &str = "客户 客户名 公司 公司名称 公司名 单位 单位名称 企业 企业名称 全称 客户全称 公司全称 \
    企业全称 单位全称 商家名称 商户名称 店铺名称 机构名称 客户姓名";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_messages_go_through_names_a_message_too() {
        let message = WAYS[usize::from(WAY_MESSAGE)];
        for channel in OF_MESSAGES.iter().map(|at| CHANNELS[usize::from(*at)]) {
            for name in [channel.code, channel.en, channel.zh].into_iter().chain(channel.other_names()) {
                let folded = crate::text::fold(name);
                assert!(message.other_names().any(|other| other == folded), "{name}");
            }
        }
    }
}
