//! What the people and companies of the demo are called, and what they say. None of them exists.

/// Something said in English or in Chinese.
pub(super) struct Bilingual {
    pub(super) en: &'static str,
    pub(super) zh: &'static str,
}

impl Bilingual {
    pub(super) const fn pick(&self, chinese: bool) -> &'static str {
        if chinese { self.zh } else { self.en }
    }
}

pub(super) const fn both(en: &'static str, zh: &'static str) -> Bilingual {
    Bilingual { en, zh }
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
pub(super) const TRADES: &[(&str, Bilingual)] = &[
    ("Logistics", both("logistics", "物流")),
    ("Energy", both("energy", "能源")),
    ("Foods", both("food", "食品")),
    ("Optics", both("optics", "光学")),
    ("Medical", both("healthcare", "医疗")),
    ("Robotics", both("machinery", "机械")),
    ("Textiles", both("textiles", "纺织")),
    ("Instruments", both("instruments", "仪器")),
    ("Packaging", both("packaging", "包装")),
    ("Furniture", both("furniture", "家居")),
    ("Software", both("software", "软件")),
    ("Motors", both("automotive", "汽车")),
];

/// A city with its country, currency, legal form and the beginning of telephone numbers kept free for made-up people.
pub(super) const CITIES: &[(Bilingual, &str, &str, &str, &str)] = &[
    (both("Seattle", "西雅图"), "US", "USD", "Inc", "+1 206 555 01"),
    (both("Austin", "奥斯汀"), "US", "USD", "Inc", "+1 512 555 01"),
    (both("Chicago", "芝加哥"), "US", "USD", "LLC", "+1 312 555 01"),
    (both("Boston", "波士顿"), "US", "USD", "Inc", "+1 617 555 01"),
    (both("Berlin", "柏林"), "DE", "EUR", "GmbH", "+49 30 23125 0"),
    (both("Hamburg", "汉堡"), "DE", "EUR", "GmbH", "+49 40 66969 0"),
    (both("London", "伦敦"), "GB", "USD", "Ltd", "+44 20 7946 00"),
    (both("Manchester", "曼彻斯特"), "GB", "USD", "Ltd", "+44 161 496 00"),
    (both("Lyon", "里昂"), "FR", "EUR", "SA", "+33 4 65 71 01 "),
    (both("Paris", "巴黎"), "FR", "EUR", "SA", "+33 1 99 00 01 "),
];

pub(super) const FIRST_NAMES: &[&str] = &[
    "Alice", "Ben", "Clara", "David", "Emma", "Frank", "Grace", "Henry", "Irene", "Jack", "Karin", "Louis", "Maria",
    "Nina", "Oscar", "Paula", "Robert", "Sofia", "Thomas", "Vera",
];

pub(super) const LAST_NAMES: &[&str] = &[
    "Adler", "Brooks", "Carter", "Dubois", "Ellis", "Fischer", "Grant", "Hughes", "Ingram", "Jansen", "Keller",
    "Lambert", "Moore", "Novak", "Owens", "Palmer", "Reed", "Schmidt", "Turner", "Weber",
];

/// A job, how its holder is addressed in Chinese, and the code of the part played in a decision.
pub(super) const JOBS: &[(Bilingual, &str, &str)] = &[
    (both("Head of purchasing", "采购总监"), "总", "decision_maker"),
    (both("Managing director", "总经理"), "总", "decision_maker"),
    (both("Buyer", "采购专员"), "经理", "influencer"),
    (both("Plant manager", "厂长"), "厂长", "user"),
    (both("Engineer", "工程师"), "工", "evaluator"),
    (both("Assistant to the board", "总经理助理"), "助理", "gatekeeper"),
];

/// Where a customer was found.
pub(super) const SOURCES: &[Bilingual] = &[
    both("web", "官网"),
    both("fair", "展会"),
    both("referral", "转介绍"),
    both("cold", "陌生拜访"),
    both("partner", "渠道伙伴"),
    both("ad", "广告"),
];

pub(super) const TAGS: &[Bilingual] = &[both("key", "重点"), both("export", "出口"), both("newsletter", "订阅资讯")];

pub(super) const DEALS: &[Bilingual] = &[
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

pub(super) const LOST: &[Bilingual] = &[
    both("price", "价格"),
    both("no budget this year", "今年无预算"),
    both("went with a competitor", "选择了竞争对手"),
    both("project stopped", "项目终止"),
];

/// What is to be done: the code of the way, and the words.
pub(super) const PLANS: &[(&str, Bilingual)] = &[
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

pub(super) const FIRST_VISIT: (&str, Bilingual) = ("visit", both("First visit", "首次拜访"));

/// What happened: the code of the way, of how it came out, and the words.
pub(super) const EVENTS: &[(&str, &str, Bilingual)] = &[
    ("call", "reached", both("Asked for a quote, delivery within six weeks.", "询价，要求六周内交货。")),
    ("call", "no_answer", both("Nobody picked up.", "无人接听。")),
    ("call", "interested", both("Likes the new line, wants to see it running.", "对新产线感兴趣，希望看现场。")),
    (
        "visit",
        "interested",
        both("Showed the new line, good questions from the floor.", "现场演示新产线，车间师傅问得很细。"),
    ),
    ("visit", "", both("Walked through the plant, took measurements.", "参观车间，量了安装尺寸。")),
    ("meeting", "", both("Went through the offer line by line.", "逐项讨论报价。")),
    ("meeting", "interested", both("Met the new head of purchasing.", "与新任采购总监见面。")),
    ("email", "", both("Sent the quote and the drawings.", "已发送报价和图纸。")),
    ("email", "", both("They sent their terms of payment.", "对方发来付款条件。")),
    ("message", "", both("Confirmed the date by message.", "已用微信确认时间。")),
    ("material", "", both("Sent brochure and references.", "已寄送样本和案例。")),
    ("note", "", both("Budget is decided in the last week of the quarter.", "预算在季度最后一周确定。")),
];

/// What a ticket is about: the code of its type, subject, and how it ended.
pub(super) const TICKETS: &[(&str, Bilingual, Bilingual)] = &[
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
        both("Which cable fits model 4?", "4 型设备用哪种电缆？"),
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
        both("Arrived, ten percent off the next order.", "已到货，下一单优惠 10%。"),
    ),
    ("question", both("How long is the warranty?", "保修期多长？"), both("24 months.", "保修 24 个月。")),
];

pub(super) const ANSWERS: &[Bilingual] = &[
    both("Thank you, we are looking into it.", "您好，已收到，正在处理。"),
    both("Could you send us a photograph and the serial number?", "请提供照片和序列号。"),
    both("A colleague calls you this afternoon.", "同事今天下午会与您联系。"),
];
