//! What the people and companies of the demo are called, and what they say. None of them exists.

/// Something said in English or in Chinese.
pub(super) struct Both {
    pub(super) en: &'static str,
    pub(super) zh: &'static str,
}

impl Both {
    pub(super) const fn pick(&self, chinese: bool) -> &'static str {
        if chinese { self.zh } else { self.en }
    }
}

const fn both(en: &'static str, zh: &'static str) -> Both {
    Both { en, zh }
}

pub(super) const PLACES: &[&str] = &[
    "Blue Harbor",
    "Cedar Point",
    "Delta Crest",
    "Falcon Ridge",
    "Granite Bay",
    "Hollow Oak",
    "Iron Gate",
    "Juniper Hill",
    "Kestrel",
    "Lakeside",
    "Maple Row",
    "North Pier",
    "Orchard Lane",
    "Pine Hollow",
    "Quarry Road",
    "Red Mesa",
    "Silver Birch",
    "Timber Creek",
    "Upland",
    "Violet Field",
    "Willow Bend",
    "Amber Coast",
    "Birch Street",
    "Copper Hill",
    "Dune",
    "Elm Park",
    "Fox Hollow",
    "Green Meadow",
    "High Bridge",
    "Ivory Tower",
];

/// What a company does: its name for it, and its industry.
pub(super) const TRADES: &[(&str, &str)] = &[
    ("Logistics", "logistics"),
    ("Energy", "energy"),
    ("Foods", "food"),
    ("Optics", "optics"),
    ("Medical", "healthcare"),
    ("Robotics", "machinery"),
    ("Textiles", "textiles"),
    ("Instruments", "instruments"),
    ("Packaging", "packaging"),
    ("Furniture", "furniture"),
    ("Software", "software"),
    ("Motors", "automotive"),
];

/// A city with its country, currency, legal form and the beginning of telephone numbers kept free for made-up people.
pub(super) const CITIES: &[(&str, &str, &str, &str, &str)] = &[
    ("Seattle", "US", "USD", "Inc", "+1 206 555 01"),
    ("Austin", "US", "USD", "Inc", "+1 512 555 01"),
    ("Chicago", "US", "USD", "LLC", "+1 312 555 01"),
    ("Boston", "US", "USD", "Inc", "+1 617 555 01"),
    ("Berlin", "DE", "EUR", "GmbH", "+49 30 23125 0"),
    ("Hamburg", "DE", "EUR", "GmbH", "+49 40 66969 0"),
    ("London", "GB", "USD", "Ltd", "+44 20 7946 00"),
    ("Manchester", "GB", "USD", "Ltd", "+44 161 496 00"),
    ("Lyon", "FR", "EUR", "SA", "+33 4 65 71 01 "),
    ("Paris", "FR", "EUR", "SA", "+33 1 99 00 01 "),
];

/// A Chinese city with its province and sales region.
pub(super) const CHENGSHI: &[(&str, &str, &str)] = &[
    ("上海", "上海", "华东"),
    ("北京", "北京", "华北"),
    ("重庆", "重庆", "西南"),
    ("杭州", "浙江", "华东"),
    ("深圳", "广东", "华南"),
    ("广州", "广东", "华南"),
    ("成都", "四川", "西南"),
    ("苏州", "江苏", "华东"),
    ("武汉", "湖北", "华中"),
    ("西安", "陕西", "西北"),
];

/// A Chinese company name, and the name of its mail.
pub(super) const ZIHAO: &[(&str, &str)] = &[
    ("华盛", "huasheng"),
    ("瑞丰", "ruifeng"),
    ("长安达", "changanda"),
    ("蓝港", "langang"),
    ("金桥", "jinqiao"),
    ("东方明", "dongfangming"),
    ("鼎新", "dingxin"),
    ("恒远", "hengyuan"),
    ("天成", "tiancheng"),
    ("博纳", "bona"),
    ("嘉禾", "jiahe"),
    ("云帆", "yunfan"),
    ("锦程", "jincheng"),
    ("宏图", "hongtu"),
    ("安泰", "antai"),
    ("晨光里", "chenguangli"),
    ("启航", "qihang"),
    ("盛世", "shengshi"),
    ("同和", "tonghe"),
    ("永信", "yongxin"),
];

/// What a Chinese company does: in its name, and its industry.
pub(super) const HANGYE: &[(&str, &str)] = &[
    ("科技有限公司", "软件"),
    ("医疗器械有限公司", "医疗"),
    ("汽车零部件有限公司", "汽车"),
    ("贸易有限公司", "贸易"),
    ("食品有限公司", "食品"),
    ("物流有限公司", "物流"),
    ("自动化设备有限公司", "机械"),
    ("纺织有限公司", "纺织"),
];

pub(super) const FIRST_NAMES: &[&str] = &[
    "Alice", "Ben", "Clara", "David", "Emma", "Frank", "Grace", "Henry", "Irene", "Jack", "Karin", "Louis", "Maria",
    "Nina", "Oscar", "Paula", "Robert", "Sofia", "Thomas", "Vera",
];

pub(super) const LAST_NAMES: &[&str] = &[
    "Adler", "Brooks", "Carter", "Dubois", "Ellis", "Fischer", "Grant", "Hughes", "Ingram", "Jansen", "Keller",
    "Lambert", "Moore", "Novak", "Owens", "Palmer", "Reed", "Schmidt", "Turner", "Weber",
];

pub(super) const XING: &[&str] =
    &["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林"];

pub(super) const MING: &[&str] = &[
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "建国", "秀英", "志强", "晓明", "海燕", "文博", "雨桐",
    "子涵", "思远", "佳怡",
];

/// A job, how its holder is addressed in Chinese, and the code of the part played in a decision.
pub(super) const JOBS: &[(Both, &str, &str)] = &[
    (both("Head of purchasing", "采购总监"), "总", "decision_maker"),
    (both("Managing director", "总经理"), "总", "decision_maker"),
    (both("Buyer", "采购专员"), "经理", "influencer"),
    (both("Plant manager", "厂长"), "厂长", "user"),
    (both("Engineer", "工程师"), "工", "evaluator"),
    (both("Assistant to the board", "总经理助理"), "助理", "gatekeeper"),
];

pub(super) const DEALS: &[Both] = &[
    both("Pilot line", "试点产线"),
    both("Spring order", "春季订单"),
    both("Lab upgrade", "实验室升级"),
    both("Fleet contract", "车队合同"),
    both("Framework agreement", "年度框架协议"),
    both("Spare parts", "备件采购"),
    both("Packing station", "设备采购"),
    both("Plant extension", "车间改造"),
    both("Service contract", "维保合同"),
    both("Warehouse shelving", "仓库货架"),
    both("Control system", "控制系统"),
    both("Training days", "员工培训"),
];

pub(super) const LOST: &[Both] = &[
    both("price", "价格"),
    both("no budget this year", "今年无预算"),
    both("went with a competitor", "选择了竞争对手"),
    both("project stopped", "项目终止"),
];

/// What is to be done: the code of the way, and the words.
pub(super) const PLANS: &[(&str, Both)] = &[
    ("email", both("Send quote", "发送报价")),
    ("call", both("Call about the delayed sample", "电话沟通样品延期")),
    ("visit", both("Return visit after repair", "维修后回访")),
    ("meeting", both("Demo, 45 min", "产品演示")),
    ("email", both("Price list to buyer", "发送价格表")),
    ("call", both("Ask how the trial goes", "询问试用情况")),
    ("meeting", both("Go through the contract", "讨论合同条款")),
    ("message", both("Remind of the open invoice", "提醒未付发票")),
    ("material", both("Send case studies", "发送案例资料")),
    ("call", both("Confirm delivery date", "确认交货日期")),
    ("call", both("Wish a good start of the season", "节日问候")),
];

pub(super) const FIRST_VISIT: (&str, Both) = ("visit", both("First visit", "首次拜访"));

/// What happened: the code of the way, of how it came out, and the words.
pub(super) const EVENTS: &[(&str, &str, Both)] = &[
    ("call", "reached", both("Asked for a quote, delivery within six weeks.", "询价，要求六周内交货。")),
    ("call", "no_answer", both("Nobody picked up.", "无人接听。")),
    ("call", "interested", both("Likes the new line, wants to see it running.", "对新产线感兴趣，希望看现场。")),
    ("visit", "interested", both("Showed the new line, good questions from the floor.", "演示新产线，现场反馈积极。")),
    ("visit", "", both("Walked through the plant, took measurements.", "参观车间并测量尺寸。")),
    ("meeting", "", both("Went through the offer line by line.", "逐项讨论报价。")),
    ("meeting", "interested", both("Met the new head of purchasing.", "与新任采购总监见面。")),
    ("email", "", both("Sent the quote and the drawings.", "已发送报价和图纸。")),
    ("email", "", both("They sent their terms of payment.", "对方发来付款条件。")),
    ("message", "", both("Confirmed the date by message.", "消息确认时间。")),
    ("material", "", both("Sent brochure and references.", "已寄送样本和案例。")),
    ("note", "", both("Budget is decided in the last week of the quarter.", "预算在季度最后一周确定。")),
];

/// What a ticket is about: the code of its type, subject, and how it ended.
pub(super) const TICKETS: &[(&str, Both, Both)] = &[
    (
        "complaint",
        both("Invoice shows the wrong VAT number", "发票税号错误"),
        both("New invoice sent.", "已重开发票。"),
    ),
    ("repair", both("Machine does not start", "设备无法开机"), both("Fuse replaced on site.", "现场更换保险丝。")),
    ("complaint", both("Goods damaged in transit", "货物破损"), both("Replacement delivered.", "已补发货物。")),
    ("request", both("Change of delivery address", "更改收货地址"), both("Address changed.", "地址已更改。")),
    (
        "question",
        both("Which cable fits model 4?", "4型设备用哪种电缆？"),
        both("Sent the data sheet.", "已发送规格书。"),
    ),
    ("request", both("Second login for the portal", "申请第二个门户账号"), both("Login made.", "账号已开通。")),
    ("repair", both("Display flickers", "显示屏闪烁"), both("Firmware updated.", "已升级固件。")),
    (
        "suggestion",
        both("Manual should mention winter use", "说明书应补充冬季使用"),
        both("Passed on to the authors.", "已转交文档组。"),
    ),
    (
        "complaint",
        both("Delivery is three days late", "交货延迟三天"),
        both("Arrived, ten percent off the next order.", "已到货，下单优惠一成。"),
    ),
    ("question", both("How long is the warranty?", "保修期多长？"), both("24 months.", "24个月。")),
];

pub(super) const ANSWERS: &[Both] = &[
    both("Thank you, we are looking into it.", "您好，已收到，正在处理。"),
    both("Could you send us a photograph and the serial number?", "请提供照片和序列号。"),
    both("A colleague calls you this afternoon.", "同事今天下午会与您联系。"),
];
