//! What Chinese people and companies of the demo are called; all of it is made up.
//!
//! The demo in English has some of them beside its own: the first of each table, as many as it says.

/// A city with its province and sales region.
pub(super) const CITIES: &[(&str, &str, &str)] = &[
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
    ("宁波", "浙江", "华东"),
    ("东莞", "广东", "华南"),
    ("青岛", "山东", "华东"),
    ("厦门", "福建", "华东"),
    ("长沙", "湖南", "华中"),
    ("郑州", "河南", "华中"),
];

/// The name of a company, and that of its mail.
pub(super) const BRANDS: &[(&str, &str)] = &[
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
    ("鹿鸣川", "lumingchuan"),
    ("青禾里", "qingheli"),
    ("雪松谷", "xuesonggu"),
    ("橙果", "chengguo"),
    ("木棉桥", "mumianqiao"),
    ("白鹭湾", "bailuwan"),
    ("羊角屿", "yangjiaoyu"),
    ("竹影", "zhuying"),
    ("灯塔屿", "dengtayu"),
    ("麦穗星", "maisuixing"),
    ("石榴树", "shiliushu"),
    ("海角", "haijiao"),
    ("铜铃", "tongling"),
    ("望潮", "wangchao"),
    ("半夏", "banxia"),
    ("南汐", "nanxi"),
    ("知秋", "zhiqiu"),
    ("拾光", "shiguang"),
    ("云杉", "yunshan"),
    ("飞鸢", "feiyuan"),
    ("溪午", "xiwu"),
    ("松果", "songguo"),
    ("星野", "xingye"),
    ("禾木", "hemu"),
    ("砚池", "yanchi"),
    ("沐风", "mufeng"),
    ("澄江", "chengjiang"),
    ("渔歌", "yuge"),
    ("墨白", "mobai"),
    ("乌篷", "wupeng"),
    ("千寻谷", "qianxungu"),
    ("桐花巷", "tonghuaxiang"),
    ("燕归", "yangui"),
    ("栗林", "lilin"),
    ("苇舟", "weizhou"),
    ("远山眉", "yuanshanmei"),
    ("蓝莓街", "lanmeijie"),
    ("琥珀岛", "hupodao"),
    ("芦笛", "ludi"),
    ("晓月桥", "xiaoyueqiao"),
];

/// What a company does: in its name, and its industry.
pub(super) const TRADES: &[(&str, &str)] = &[
    ("科技有限公司", "软件"),
    ("医疗器械有限公司", "医疗"),
    ("汽车零部件有限公司", "汽车"),
    ("贸易有限公司", "贸易"),
    ("食品有限公司", "食品"),
    ("物流有限公司", "物流"),
    ("自动化设备有限公司", "机械"),
    ("纺织有限公司", "纺织"),
    ("包装材料有限公司", "包装"),
    ("光电技术有限公司", "光学"),
    ("新能源有限公司", "能源"),
    ("家居用品有限公司", "家居"),
];

/// How many cities, names and trades the demo in English knows.
pub(super) const IN_ENGLISH: (usize, usize, usize) = (10, 20, 8);

/// A company whose name is a trial for lists, searches and the order by sound.
pub(super) struct EdgeCaseCompany {
    pub(super) name: &'static str,
    pub(super) short: &'static str,
    pub(super) mail: &'static str,
    pub(super) industry: &'static str,
    /// City, province, sales region.
    pub(super) place: (&'static str, &'static str, &'static str),
    /// Who works there, surname and name; empty where names are drawn by chance.
    pub(super) people: &'static [(&'static str, &'static str)],
}

const fn trial(
    name: &'static str,
    short: &'static str,
    mail: &'static str,
    industry: &'static str,
    place: (&'static str, &'static str, &'static str),
    people: &'static [(&'static str, &'static str)],
) -> EdgeCaseCompany {
    EdgeCaseCompany { name, short, mail, industry, place, people }
}

const HANGZHOU: (&str, &str, &str) = ("杭州", "浙江", "华东");
const NINGBO: (&str, &str, &str) = ("宁波", "浙江", "华东");
const SUZHOU: (&str, &str, &str) = ("苏州", "江苏", "华东");
const SHENZHEN: (&str, &str, &str) = ("深圳", "广东", "华南");
const GUANGZHOU: (&str, &str, &str) = ("广州", "广东", "华南");
const CHONGQING: (&str, &str, &str) = ("重庆", "重庆", "西南");
pub(super) const ABROAD: &str = "港澳台";

/// Long names, rare characters, traditional ones, surnames that are read otherwise, letters and brackets.
pub(super) const TRIALS: [EdgeCaseCompany; 20] = [
    trial(
        "苏州外山智能装备与精密传动系统集成股份有限公司工业园区第二分公司",
        "外山智能",
        "waishan",
        "机械",
        SUZHOU,
        &[("欧阳", "予棠")],
    ),
    trial("曾氏𠮷祥贸易有限公司", "𠮷祥", "jixiang", "贸易", NINGBO, &[("曾", "𠮷宁")]),
    trial("单记木作（昆山）家居有限公司", "单记木作", "shanji", "家居", SUZHOU, &[("单", "晓舟")]),
    trial("杭州㐂悦里文化创意有限公司", "㐂悦里", "xiyueli", "文化", HANGZHOU, &[]),
    trial(
        "臺北晶穗半導體股份有限公司",
        "晶穗半導體",
        "jingsui",
        "半导体",
        ("台北", "台湾", ABROAD),
        &[("陳", "沐霖"), ("許", "庭瑜")],
    ),
    trial(
        "高雄潮聲冷鏈物流股份有限公司",
        "潮聲冷鏈",
        "chaosheng",
        "物流",
        ("高雄", "台湾", ABROAD),
        &[("鄭", "以寧"), ("蕭", "亦軒")],
    ),
    trial("犇犇鱻生鲜供应链管理有限公司", "犇犇鱻", "benbenxian", "食品", GUANGZHOU, &[]),
    trial(
        "香港百帆海外貿易有限公司",
        "百帆海外",
        "baifan",
        "贸易",
        ("香港", "香港", ABROAD),
        &[("區", "詠琳"), ("麥", "家朗")],
    ),
    trial("深圳龘行数字科技有限公司", "龘行", "daxing", "软件", SHENZHEN, &[("纪", "龑")]),
    trial(
        "深圳市南山区蘑菇云上硬件孵化与供应链服务中心（有限合伙）",
        "蘑菇云上",
        "mogu",
        "供应链",
        SHENZHEN,
        &[("司徒", "朗")],
    ),
    trial("查氏茶业有限公司", "查氏", "zhashi", "食品", HANGZHOU, &[("查", "一禾")]),
    trial("杭州一〇八号仓科技有限公司", "一〇八号仓", "cang108", "物流", HANGZHOU, &[]),
    trial("重庆重岩重工机械有限公司", "重岩重工", "zhongyan", "机械", CHONGQING, &[("缪", "堃")]),
    trial("堃垚鑫淼新材料有限公司", "堃垚鑫淼", "kunyao", "材料", NINGBO, &[]),
    trial("深圳K2光学仪器有限公司", "K2光学", "k2", "光学", SHENZHEN, &[]),
    trial(
        "阿勒泰·乌伦古牧业有限公司",
        "乌伦古牧业",
        "wulungu",
        "农牧",
        ("阿勒泰", "新疆", "西北"),
        &[("", "阿依努尔·买合木提")],
    ),
    trial("解忧果蔬种植专业合作社", "解忧果蔬", "jieyou", "农牧", ("青岛", "山东", "华东"), &[("解", "南星")]),
    trial("区家老灶食品有限公司", "区家老灶", "oujia", "食品", GUANGZHOU, &[("区", "慕白")]),
    trial("苏州Nordlicht光电有限公司", "Nordlicht", "nordlicht", "光学", SUZHOU, &[]),
    trial("广州琴屿乐器有限公司（原番禺琴屿钢琴厂）", "琴屿乐器", "qinyu", "乐器", GUANGZHOU, &[]),
];

/// Customers who are people: surname and name.
pub(super) const PEOPLE: &[(&str, &str)] = &[
    ("欧阳", "若溪"),
    ("单", "知远"),
    ("尉迟", "曦"),
    ("仇", "望舒"),
    ("解", "听雨"),
    ("曾", "一诺"),
    ("翟", "彧"),
    ("盖", "思凡"),
    ("秦", "㛃"),
    ("万俟", "青"),
    ("", "阿依波塔·叶尔兰"),
    ("朴", "成妍"),
    ("佘", "朝阳"),
    ("郝", "运来"),
    ("乐", "正南"),
    ("贾", "铭泽"),
    ("令狐", "小满"),
    ("葛", "之遥"),
];

pub(super) const SURNAMES: &[&str] =
    &["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林"];

pub(super) const NAMES: &[&str] = &[
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "建国", "秀英", "志强", "晓明", "海燕", "文博", "雨桐",
    "子涵", "思远", "佳怡",
];
