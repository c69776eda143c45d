//! Numbers in Chinese, beside a naive writer of them.

use proptest::prelude::*;

use super::*;
use crate::domain::words::number;

#[test]
fn spellings() {
    let table = [
        ("三万", "30000"),
        ("十亿", "1000000000"),
        ("两千", "2000"),
        ("三万五", "35000"),
        ("3万5", "35000"),
        ("三万零五", "30005"),
        ("12万5千", "125000"),
        ("12 万 5 千", "125000"),
        ("1亿2千万", "120000000"),
        ("1亿2000万", "120000000"),
        ("一百二十万", "1200000"),
        ("二十万零五百", "200500"),
        ("20万零500", "200500"),
        ("半万", "5000"),
        ("半亿", "50000000"),
        ("百万", "1000000"),
        ("千万", "10000000"),
        ("壹拾贰万", "120000"),
        ("伍仟", "5000"),
        ("貳佰參拾萬", "2300000"),
        ("兩萬", "20000"),
        ("廿五", "25"),
        ("卅", "30"),
        ("零", "0"),
        ("十二", "12"),
        ("一百零五", "105"),
        ("一百五", "150"),
        ("一千五", "1500"),
        ("一万二千三百四十五", "12345"),
        ("一万二千五", "12500"),
        ("1千2百", "1200"),
        ("1万200", "10200"),
        ("3万0500", "30500"),
        ("12百万", "12000000"),
        ("120千", "120000"),
        ("1.5千万", "15000000"),
        ("1,234万", "12340000"),
        ("三万亿", "3000000000000"),
        ("三万五千亿", "3500000000000"),
        ("一个亿", "100000000"),
        ("1.5个亿", "150000000"),
        ("三点五万", "35000"),
        ("三点一四", "3.14"),
        ("零点零五", "0.05"),
        ("负三万", "-30000"),
        ("3W", "30000"),
    ];
    for (text, plain) in table {
        assert_eq!(number::parse(text).map(number::print).as_deref(), Ok(plain), "{text}");
    }
}

#[test]
fn about_how_many_is_no_number() {
    let refused = [
        "十百万",
        "三五万",
        "两三",
        "二三十万",
        "十几万",
        "几万",
        "万",
        "百",
        "亿",
        "三三",
        "一亿二千",
        "1亿2000",
        "三百五千",
        "三万万",
        "十十",
        "百万五",
        "二百五万",
        "三点",
        "点五",
        "半",
        "一万半",
        "3万05",
        "三点五万五",
        "两个",
        "个亿",
        "1 2万",
        "零零五",
        "万三",
        "三万零",
        "千百",
    ];
    for text in refused {
        assert!(number::parse(text).is_err(), "{text}: {:?}", number::parse(text));
    }
}

#[test]
fn a_count_comes_off_the_front() {
    let table = [
        ("3天", 3, "天"),
        ("两周", 2, "周"),
        ("兩週", 2, "週"),
        ("十点", 10, "点"),
        ("十一点半", 11, "点半"),
        ("十二", 12, ""),
        ("二十", 20, ""),
        ("三十一日", 31, "日"),
        ("廿五号", 25, "号"),
        ("一百天后", 100, "天后"),
        ("一百二十分钟", 120, "分钟"),
        ("零五分", 5, "分"),
        ("12月", 12, "月"),
        ("3千份", 3000, "份"),
        ("半天", 0, ""),
        ("天", 0, ""),
        ("三五天", 0, ""),
        ("二三十天", 0, ""),
        ("一百二天", 0, ""),
        ("二〇二六年", 0, ""),
        ("99999999999天", 0, ""),
    ];
    for (text, count, rest) in table {
        assert_eq!(count_prefix(text), (count > 0).then_some((count, rest)), "{text}");
    }
}

/// How a number below ten thousand is said, each group of zeros as one.
fn small(number: u64, numerals: &[char; 10], units: [&str; 4]) -> String {
    let (mut out, mut gap) = (String::new(), false);
    for place in (0..4usize).rev() {
        let digit = usize::try_from(number / 10u64.pow(u32::try_from(place).unwrap()) % 10).unwrap();
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push(numerals[0]);
            gap = false;
        }
        out.push(numerals[digit]);
        out.push_str(units[place]);
    }
    out
}

/// How a number below 10^16 is said in full.
fn in_chinese(number: u64, numerals: &[char; 10], units: [&str; 4], groups: [&str; 4]) -> String {
    if number == 0 {
        return numerals[0].to_string();
    }
    let mut out = String::new();
    for (at, group) in groups.iter().enumerate() {
        let at = u32::try_from(3 - at).unwrap();
        let part = number / 10_000u64.pow(at) % 10_000;
        if part > 0 {
            if !out.is_empty() && (part < 1000 || (number / 10_000u64.pow(at + 1)).is_multiple_of(10_000)) {
                out.push(numerals[0]);
            }
            out.push_str(&small(part, numerals, units));
            out.push_str(group);
        } else if at == 2 && !out.is_empty() {
            out.push_str(group);
        }
    }
    out
}

const PLAIN: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const BILLS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

proptest! {
    #[test]
    fn what_is_said_in_chinese_is_read_as_the_same(number in 0u64..10_000_000_000_000_000, digits in 1u32..17) {
        let number = number % 10u64.pow(digits);
        let plain = in_chinese(number, &PLAIN, ["", "十", "百", "千"], ["万", "亿", "万", ""]);
        let bill = in_chinese(number, &BILLS, ["", "拾", "佰", "仟"], ["萬", "億", "萬", ""]);
        for text in [plain, bill] {
            let read = number::parse_whole(&text).ok();
            prop_assert_eq!(read, i64::try_from(number).ok(), "{}", text);
        }
    }

    #[test]
    fn any_numerals_are_survived(text in "[0-9.,零一二三五十百千万亿点半两廿个 ]{0,12}", any in any::<String>()) {
        let _ = (read(&text, None), count_prefix(&text), read(&any, None), count_prefix(&any));
        if let Ok(number) = number::parse(&text) {
            prop_assert_eq!(number::parse(&number::print(number)), Ok(number));
        }
    }
}
