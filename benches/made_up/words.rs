//! What names, places and notes are put together from.

pub(super) const FIRST: &[&str] = &[
    "Amber", "Harbor", "Granite", "Willow", "Copper", "North", "Juniper", "Beacon", "Crystal", "Meadow", "Falcon",
    "Quarry", "Lantern", "Birch", "Summit", "Coral", "Raven", "Clover", "Atlas", "Ember",
];
pub(super) const SECOND: &[&str] = &[
    "Lane", "Bay", "Crossing", "Hollow", "Anchor", "Mesa", "Landing", "Brook", "Tower", "Pass", "Shore", "Meridian",
    "Garden", "Canyon", "Dock", "Lake", "Terrace", "Orchard", "Dale", "Pier",
];
pub(super) const TRADE: &[&str] = &[
    "Ceramics",
    "Freight",
    "Bakery",
    "Instruments",
    "Packaging",
    "Dental",
    "Solar",
    "Furniture",
    "Plastics",
    "Dairy",
    "Fasteners",
    "Printing",
    "Cables",
    "Pumps",
    "Seeds",
    "Tiles",
    "Valves",
    "Coffee",
    "Bicycles",
    "Lighting",
];
pub(super) const FORM: &[&str] = &["Ltd", "Inc", "GmbH", "LLC", "BV", "Oy", "Pty"];
pub(super) const GIVEN: &[&str] = &[
    "Alice", "Marco", "Priya", "Jonas", "Elena", "Samuel", "Ingrid", "Omar", "Clara", "Victor", "Nadia", "Felix",
    "Rosa", "Daniel", "Mina", "Oscar",
];
pub(super) const FAMILY: &[&str] = &[
    "Bennett", "Rossi", "Sharma", "Lindgren", "Novak", "Okafor", "Weber", "Haddad", "Moreau", "Silva", "Kowalski",
    "Jensen", "Tanaka", "Murphy", "Castillo", "Berg",
];
pub(super) const CITIES: &[&str] = &[
    "Chicago", "Toronto", "Hamburg", "Lisbon", "Dublin", "Vienna", "Prague", "Helsinki", "Nairobi", "Sydney",
    "Santiago", "Lagos", "Mumbai", "Jakarta", "Bergen", "Porto",
];

pub(super) const ZH_CITIES: &[&str] = &[
    "上海", "北京", "广州", "深圳", "杭州", "成都", "武汉", "西安", "南京", "苏州", "宁波", "无锡", "佛山", "东莞",
    "合肥", "济南",
];
pub(super) const ZH_STYLE: &[&str] = &[
    "恒", "瑞", "盛", "华", "泰", "诚", "隆", "远", "鼎", "启", "昌", "佳", "顺", "宇", "铭", "润", "科", "丰", "安",
    "信",
];
pub(super) const ZH_TRADE: &[&str] = &[
    "科技", "贸易", "机械", "包装", "食品", "家具", "照明", "电缆", "塑业", "陶瓷", "印务", "物流", "阀门", "五金",
    "医疗", "能源",
];
pub(super) const ZH_FAMILY: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "周", "吴", "徐", "孙", "马", "单", "曾", "仇", "解", "查", "欧阳",
    "尉迟", "司徒",
];
pub(super) const ZH_GIVEN: &[&str] =
    &["伟", "敏", "静", "磊", "洋", "艳", "杰", "涛", "丽华", "建国", "晓东", "雪梅", "志远", "子涵", "雨桐", "文博"];

pub(super) const INDUSTRIES: &[&str] = &[
    "retail",
    "wholesale",
    "manufacturing",
    "software",
    "healthcare",
    "education",
    "finance",
    "logistics",
    "food",
    "energy",
];
pub(super) const SOURCES: &[&str] = &["web", "fair", "referral", "cold", "partner", "ad"];
pub(super) const TAGS: &[&str] = &["vip", "export", "trial", "key", "net30", "vat"];
pub(super) const CHANNELS: &[&str] = &["phone", "email", "wechat", "web", "in_person"];
pub(super) const NOTES: &[&str] = &[
    "",
    "asked for a quote",
    "met at the spring fair",
    "prefers a call in the morning",
    "waiting for their budget",
    "comes recommended",
];
pub(super) const ZH_NOTES: &[&str] = &["", "需要报价", "展会上认识", "上午联系方便", "等预算批复", "老客户介绍"];
pub(super) const TALK: &[&str] = &[
    "Went through the offer line by line",
    "Nobody in, left a message",
    "Sent the catalogue and two samples",
    "They compare us with another supplier",
    "Agreed on a visit next month",
    "Price is fine, delivery is not",
];
pub(super) const ZH_TALK: &[&str] = &[
    "逐条沟通了报价",
    "无人接听，已留言",
    "寄出样品和目录",
    "正在和其他供应商比价",
    "约好下月拜访",
    "价格可以，交期太长",
];
pub(super) const PLANS: &[&str] =
    &["Send the quote", "Call back", "Visit the plant", "Ask about the budget", "Renewal"];
pub(super) const ZH_PLANS: &[&str] = &["发送报价", "电话回访", "上门拜访", "确认预算", "续约沟通"];
pub(super) const TROUBLES: &[&str] = &[
    "Parcel arrived damaged",
    "Invoice shows the wrong address",
    "Pump stops after an hour",
    "How do I reset the unit?",
    "Two items missing",
    "Please add a user",
];
pub(super) const ZH_TROUBLES: &[&str] =
    &["包裹破损", "发票抬头有误", "设备运行一小时后停机", "如何恢复出厂设置", "少发两件", "申请新增账号"];
pub(super) const PRODUCTS: &[&str] = &["P-100", "P-200", "Valve 3/4", "Filter kit", "Service plan"];
