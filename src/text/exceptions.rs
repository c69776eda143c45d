//! What is not read the way its characters usually are: family names, those of two characters too, and the few words
//! that stand in many company names and addresses.

/// The reading of the word that `text` begins with, where one of its characters has an unusual one.
pub(super) fn word_prefix(text: &str) -> Option<&'static [&'static str]> {
    WORDS.iter().find(|(word, _)| text.starts_with(word)).map(|&(_, reading)| reading)
}

/// The reading of the family name that `name` begins with, and the bytes it takes, when that name is one of two
/// characters or the usual reading of its character would be wrong.
pub(super) fn surname_prefix(name: &str) -> Option<(&'static [&'static str], usize)> {
    SURNAMES.iter().find(|(surname, _)| name.starts_with(surname)).map(|&(surname, reading)| (reading, surname.len()))
}

/// The reading of the family name that a name begins with. A person has one. A company is called by one where that name
/// has two characters, or a word behind it says so (`仇记食品厂`, `曾大夫诊所`): `解放` and `单片机` begin with no name.
pub(super) fn family_name(name: &str, person: bool) -> Option<&'static [&'static str]> {
    let (reading, bytes) = surname_prefix(name)?;
    let rest = name.get(bytes..)?;
    let called = reading.len() > 1 || MARKS_OF_NAMES.iter().any(|mark| rest.starts_with(mark));
    (called || (person && !NO_NAMES.iter().any(|word| name.starts_with(word)))).then_some(reading)
}

/// The reading that a character has as a family name and that is not known as one of its own.
pub(super) fn family_reading(c: char) -> Option<&'static str> {
    (c == '贠').then_some("yun")
}

/// Names of two characters come first: 单于 is Chanyu, though 单 is Shan.
const SURNAMES: &[(&str, &[&str])] = &[
    ("欧阳", &["ou", "yang"]),
    ("司马", &["si", "ma"]),
    ("上官", &["shang", "guan"]),
    ("诸葛", &["zhu", "ge"]),
    ("司徒", &["si", "tu"]),
    ("东方", &["dong", "fang"]),
    ("皇甫", &["huang", "fu"]),
    ("公孙", &["gong", "sun"]),
    ("令狐", &["ling", "hu"]),
    ("夏侯", &["xia", "hou"]),
    ("慕容", &["mu", "rong"]),
    ("宇文", &["yu", "wen"]),
    ("端木", &["duan", "mu"]),
    ("南宫", &["nan", "gong"]),
    ("百里", &["bai", "li"]),
    ("呼延", &["hu", "yan"]),
    ("赫连", &["he", "lian"]),
    ("申屠", &["shen", "tu"]),
    ("独孤", &["du", "gu"]),
    ("拓跋", &["tuo", "ba"]),
    ("长孙", &["zhang", "sun"]),
    ("尉迟", &["yu", "chi"]),
    ("万俟", &["mo", "qi"]),
    ("澹台", &["tan", "tai"]),
    ("单于", &["chan", "yu"]),
    ("宰父", &["zai", "fu"]),
    ("亓官", &["qi", "guan"]),
    ("濮阳", &["pu", "yang"]),
    ("淳于", &["chun", "yu"]),
    ("太史", &["tai", "shi"]),
    ("单", &["shan"]),
    ("曾", &["zeng"]),
    ("仇", &["qiu"]),
    ("解", &["xie"]),
    ("查", &["zha"]),
    ("盖", &["ge"]),
    ("区", &["ou"]),
    ("朴", &["piao"]),
    ("缪", &["miao"]),
    ("翟", &["zhai"]),
    ("乐", &["yue"]),
    ("任", &["ren"]),
    ("覃", &["qin"]),
    ("牟", &["mou"]),
    ("冼", &["xian"]),
    ("尹", &["yin"]),
    ("尉", &["wei"]),
    ("宓", &["mi"]),
    ("秘", &["bi"]),
    ("车", &["che"]),
    ("贠", &["yun"]),
    ("郇", &["xun"]),
    ("晁", &["chao"]),
    ("逄", &["pang"]),
    ("繁", &["po"]),
    ("折", &["she"]),
    ("佴", &["nai"]),
    ("阚", &["kan"]),
    ("訾", &["zi"]),
    ("邸", &["di"]),
    ("郗", &["xi"]),
    ("谌", &["chen"]),
    ("殷", &["yin"]),
    ("纪", &["ji"]),
    ("柏", &["bai"]),
    ("卜", &["bu"]),
    ("沈", &["shen"]),
    ("石", &["shi"]),
    ("贾", &["jia"]),
    ("葛", &["ge"]),
    ("那", &["na"]),
    ("隗", &["wei"]),
    ("宁", &["ning"]),
    ("燕", &["yan"]),
    ("俞", &["yu"]),
    ("祭", &["zhai"]),
    ("褚", &["chu"]),
    ("幺", &["yao"]),
    ("曲", &["qu"]),
    ("薄", &["bo"]),
    ("颉", &["xie"]),
    ("种", &["chong"]),
    ("召", &["shao"]),
    ("员", &["yun"]),
];

/// What stands behind the family name that a shop, a practice or a company is called by.
const MARKS_OF_NAMES: &[&str] = &[
    "氏", "记", "家", "府", "姓", "大夫", "医生", "医师", "老师", "师傅", "律师", "先生", "女士", "小姐", "太太",
    "大爷", "大妈", "老板", "经理", "阿姨", "大姐", "大哥",
];

/// Common words of two characters that begin as a family name does.
const NO_NAMES: &[&str] = &[
    "单位", "单元", "单车", "单片", "单机", "单点", "单一", "单独", "单身", "单品", "单晶", "曾经", "解放", "解决",
    "解码", "解读", "解除", "解约", "查询", "查找", "查看", "查验", "盖章", "盖板", "区域", "区块", "区间", "区县",
    "区分", "乐园", "乐器", "乐队", "乐高", "乐享", "乐视", "任务", "车辆", "车间", "车队", "车位", "种子", "种业",
    "种植", "种苗", "种类", "种养", "召回", "召集", "召开", "召唤", "员工", "折扣", "折叠", "折旧", "繁华", "繁荣",
    "繁星", "朴素", "薄膜", "薄荷", "秘书", "秘密", "仇恨",
];

const WORDS: &[(&str, &[&str])] = &[
    ("重庆", &["chong", "qing"]),
    ("长沙", &["chang", "sha"]),
    ("长春", &["chang", "chun"]),
    ("长江", &["chang", "jiang"]),
    ("长城", &["chang", "cheng"]),
    ("长安", &["chang", "an"]),
    ("厦门", &["xia", "men"]),
    ("成都", &["cheng", "du"]),
    ("六安", &["lu", "an"]),
    ("蚌埠", &["beng", "bu"]),
    ("亳州", &["bo", "zhou"]),
    ("台州", &["tai", "zhou"]),
    ("番禺", &["pan", "yu"]),
    ("东莞", &["dong", "guan"]),
    ("乐清", &["yue", "qing"]),
    ("银行", &["yin", "hang"]),
    ("音乐", &["yin", "yue"]),
    ("大厦", &["da", "sha"]),
    ("会计", &["kuai", "ji"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::pinyin::matches;

    #[test]
    fn every_family_name_is_found_by_its_reading() {
        let missed = SURNAMES.iter().filter(|(name, syllables)| !matches(&syllables.concat(), &format!("{name}明")));
        assert_eq!(missed.collect::<Vec<_>>(), [] as [&(&str, &[&str]); 0]);
    }
}
