//! One column with province, city and district: 浙江省杭州市西湖区, 浙江/杭州/西湖.

use crate::{
    domain::Kind,
    text::{Said, said},
};

use super::{heading::plain, lines::Lines};

/// The fields that it feeds, in the order in which places stand in a cell.
pub(super) const CODES: [&str; 3] = ["province", "city", "district"];

/// Headings of such a column, as [`plain`] leaves them.
const HEADINGS: [&str; 10] = [
    "省 市 区",
    "省 市 县",
    "省 市 区 县",
    "省 市 区县",
    "省份 城市 区县",
    "省市区",
    "省市县",
    "省市区县",
    "所在省市区",
    "所属省市区",
];

/// Whether a heading says that its cells are such places, of a kind that has the fields for them.
pub(super) fn heads(heading: &str, kind: &Kind) -> bool {
    HEADINGS.contains(&plain(heading).as_str()) && CODES.iter().all(|code| kind.field(code).is_some())
}

/// What a person should know of cells that could not be split.
pub(super) fn told(unsplit: &Lines) -> Option<Said> {
    unsplit.said(&said!(
        "Cells that are no province, city and district beyond doubt are left out",
        "无法明确拆分为省份、城市、区县的单元格未导入"
    ))
}

/// Municipalities, which are their own city.
const MUNICIPALITIES: [&str; 4] = ["北京", "天津", "上海", "重庆"];
/// The other provinces, without what kind they are.
const PROVINCES: [&str; 30] = [
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "台湾",
    "香港",
    "澳门",
];
/// What stands behind the name of a province.
const KINDS: [&str; 7] = ["维吾尔自治区", "特别行政区", "壮族自治区", "回族自治区", "自治区", "省", "市"];
/// What the name of a city ends with.
const CITIES: [&str; 4] = ["市", "自治州", "地区", "盟"];
/// What parts a municipality has in lists of the statistical office where others have cities.
const NO_CITY: [&str; 2] = ["市辖区", "县"];

/// Province, city and district of a cell, each empty where it is not said; nothing where there is any doubt.
pub(super) fn split(cell: &str) -> Option<[&str; 3]> {
    let parted = |c: char| c.is_whitespace() || "/／-－、,，>|｜·".contains(c);
    let parts: Vec<&str> = cell.split(parted).filter(|part| !part.is_empty()).collect();
    if !parts.iter().all(|part| part.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))) {
        return None;
    }
    match parts.as_slice() {
        [whole] => unparted(whole),
        [province, rest @ ..] => parted_by_signs(province, rest),
        [] => None,
    }
}

/// The province that a text begins with, its kind, and what follows.
fn province(text: &str) -> Option<(&str, &str, &str)> {
    let name = MUNICIPALITIES.iter().chain(&PROVINCES).find(|name| text.starts_with(**name))?;
    let rest = &text[name.len()..];
    let is_own_city = MUNICIPALITIES.contains(name);
    let fits = |kind: &&&str| rest.starts_with(**kind) && (**kind == "市") == is_own_city;
    let kind = KINDS.iter().find(fits).map_or("", |kind| &rest[..kind.len()]);
    Some((&text[..name.len() + kind.len()], kind, &rest[kind.len()..]))
}

fn is_own_city(province: &str) -> bool {
    MUNICIPALITIES.iter().any(|name| province.starts_with(name))
}

/// Parts with signs between them: the first is a province, whole.
fn parted_by_signs<'c>(first: &'c str, rest: &[&'c str]) -> Option<[&'c str; 3]> {
    let (province, _, behind) = province(first)?;
    let [city, district] = match *rest {
        [city, district] if NO_CITY.contains(&city) && is_own_city(province) => [province, district],
        [district] if is_own_city(province) && !province.starts_with(district.trim_end_matches('市')) => {
            [province, district]
        }
        [city, district] => [city, district],
        [city] => [city, ""],
        _ => return None,
    };
    let fits = behind.is_empty() && is_one(city) && (district.is_empty() || is_one(district));
    (fits && !NO_CITY.contains(&city) && !NO_CITY.contains(&district)).then_some([province, city, district])
}

/// A text without signs: the names say by their last characters where they end.
fn unparted(text: &str) -> Option<[&str; 3]> {
    let (province, kind, rest) = province(text)?;
    if is_own_city(province) {
        let name = province.trim_end_matches('市');
        let rest = rest.strip_prefix(name).and_then(|rest| rest.strip_prefix('市')).unwrap_or(rest);
        let district = rest.strip_prefix(NO_CITY[0]).filter(|rest| !rest.is_empty()).unwrap_or(rest);
        return ends_a_district(district).then_some([province, province, district]);
    }
    if rest.is_empty() {
        return Some([province, "", ""]);
    }
    // 海南藏族自治州 is no part of 海南: a province without its kind has a city behind it that is called one.
    let kinds = if kind.is_empty() { &CITIES[..1] } else { &CITIES[..] };
    let end = |kind: &&str| {
        let (at, _) = rest.match_indices(*kind).find(|(at, _)| rest[..*at].chars().count() > 1 || *kind == "盟")?;
        Some(at + kind.len())
    };
    let end = kinds.iter().filter_map(end).min()?;
    let (city, district) = rest.split_at(end);
    (is_one(city) && ends_a_district(district)).then_some([province, city, district])
}

/// Whether it is nothing, or the name of one district.
fn ends_a_district(text: &str) -> bool {
    text.is_empty() || (text.ends_with(['区', '县', '市', '旗']) && is_one(text) && !NO_CITY.contains(&text))
}

/// Whether a text is one name: behind its first two characters (沙市区, 津市市) none but the last ends a name.
fn is_one(text: &str) -> bool {
    let count = text.chars().count();
    let inside =
        |(at, c): (usize, char)| at + 1 < count && (c == '县' || (c == '区' && at > 0) || (c == '市' && at > 1));
    (2..=16).contains(&count)
        && !text.ends_with("自治区")
        && !text.char_indices().map(|(_, c)| c).enumerate().any(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_split_where_there_is_no_doubt() {
        for (cell, parts) in [
            ("浙江省杭州市西湖区", ["浙江省", "杭州市", "西湖区"]),
            ("浙江杭州市西湖区", ["浙江", "杭州市", "西湖区"]),
            ("浙江/杭州/西湖", ["浙江", "杭州", "西湖"]),
            ("浙江省 杭州市", ["浙江省", "杭州市", ""]),
            ("浙江省-杭州市-西湖区", ["浙江省", "杭州市", "西湖区"]),
            ("浙江省", ["浙江省", "", ""]),
            ("上海市浦东新区", ["上海市", "上海市", "浦东新区"]),
            ("北京市北京市朝阳区", ["北京市", "北京市", "朝阳区"]),
            ("北京市/市辖区/朝阳区", ["北京市", "北京市", "朝阳区"]),
            ("上海/浦东新区", ["上海", "上海", "浦东新区"]),
            ("上海/上海/浦东", ["上海", "上海", "浦东"]),
            ("湖南省常德市津市市", ["湖南省", "常德市", "津市市"]),
            ("湖北省荆州市沙市区", ["湖北省", "荆州市", "沙市区"]),
            ("山东省济南市市中区", ["山东省", "济南市", "市中区"]),
            ("吉林省吉林市船营区", ["吉林省", "吉林市", "船营区"]),
            ("新疆维吾尔自治区昌吉回族自治州昌吉市", ["新疆维吾尔自治区", "昌吉回族自治州", "昌吉市"]),
            ("内蒙古自治区锡林郭勒盟锡林浩特市", ["内蒙古自治区", "锡林郭勒盟", "锡林浩特市"]),
        ] {
            assert_eq!(split(cell), Some(parts), "{cell}");
        }
    }

    #[test]
    fn places_in_doubt_are_not_split() {
        for cell in [
            "杭州市西湖区",
            "浙江杭州西湖",
            "浙江省杭州市西湖区文三路",
            "浙江省杭州市西湖区文三小区",
            "浙江省杭州市西湖区1号",
            "杭州/西湖/文三",
            "浙江/杭州市西湖区",
            "浙江/杭州/西湖/文三",
            "海南藏族自治州共和县",
            "吉林市船营区",
            "浙江省/市辖区/西湖区",
            "Zhejiang/Hangzhou/Xihu",
            "/",
            "浙江大学/计算机/软件",
        ] {
            assert_eq!(split(cell), None, "{cell}");
        }
    }
}
