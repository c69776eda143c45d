//! Chinese found and sorted by its sound.
//!
//! Everything here is toneless ASCII, ü written `v` as input methods have it. A character with several readings is
//! found by each of them; sorted and abbreviated it has one, and for a person's name the surname table decides.

use pinyin::{Pinyin, ToPinyin, ToPinyinMulti};

use super::{
    exceptions::{family_name, family_reading, surname_prefix, word_prefix},
    fold, fold_as_written, fold_cow,
    simplified::simplified,
    syllables,
};

/// Every reading of a character, the usual one first, none twice; nothing for a character that is not Chinese.
pub fn readings(c: char) -> impl Iterator<Item = &'static str> + Clone {
    let all = c.to_pinyin_multi().or_else(|| simplified(c).to_pinyin_multi());
    let reading = move |i| all.and_then(|all| all.get_opt(i)).map(plain);
    (0..all.map_or(0, |all| all.count()))
        .filter_map(move |i| reading(i).filter(|&this| (0..i).all(|earlier| reading(earlier) != Some(this))))
}

/// The usual reading of a character; that of the usual character for a variant which has none.
fn usual(c: char) -> Option<Pinyin> {
    c.to_pinyin().or_else(|| simplified(c).to_pinyin())
}

/// Every syllable that may be typed for a character: its readings, that of a family name too, those with ü in both ways of writing it.
pub fn syllables(c: char) -> impl Iterator<Item = &'static str> + Clone {
    readings(c).chain(family_reading(c)).flat_map(as_typed)
}

/// The syllables of the family name at the start of `name`, when it has two characters or a reading of its own (`单`
/// is Shan, `尉迟` Yuchi), and the rest of the name.
pub fn surname(name: &str) -> Option<(&'static [&'static str], &str)> {
    let (syllables, bytes) = surname_prefix(name)?;
    name.get(bytes..).map(|rest| (syllables, rest))
}

/// A key whose byte order is the order of a Chinese telephone list: digits and Latin letters (folded) first, then Han
/// characters by syllable, tone, and character.
///
/// A sound is two bytes, none of them 0: above every letter of ASCII, below every other character.
pub fn sort_key(text: &str) -> Vec<u8> {
    const FIRST: u8 = 0x7f;
    let folded = fold_as_written(text);
    let mut key = Vec::with_capacity(folded.len() * 2);
    for (c, reading) in read_aloud(&folded) {
        if let Some(reading) = reading {
            let sound = syllables::place(reading) * 8 + tone(c, reading);
            key.extend([FIRST + (sound / 255) as u8, 1 + (sound % 255) as u8]);
        }
        key.extend(c.encode_utf8(&mut [0; 4]).bytes());
    }
    key
}

/// The first letter of every Chinese character; Latin letters and digits stand for themselves, all else is left out.
pub fn initials(text: &str) -> String {
    let folded = fold_as_written(text);
    read_aloud(&folded)
        .filter_map(|(c, reading)| match reading {
            Some(reading) => reading.chars().next(),
            None => c.is_alphanumeric().then_some(c),
        })
        .collect()
}

/// Whether `text` can be typed as `query`: in full syllables (`zhangsan`), initials (`zs`, `zhs`) or a mixture
/// (`zhangs`), beginning at any syllable or Latin word and going on without a gap, through Latin letters too. The last
/// syllable may be unfinished, as it is while somebody types. A space in the query parts syllables: `xi an` is 西安 and
/// not 先.
pub fn matches(query: &str, text: &str) -> bool {
    let folded = fold(query);
    let parts: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let query = parts.join(" ");
    if query.is_empty() {
        return false;
    }
    let folded = fold_as_written(text);
    if folded.is_ascii() {
        return matches_from_some_word(&query, &folded, |c| c.is_ascii_alphanumeric());
    }
    let sounded: Vec<(char, bool)> = folded
        .chars()
        .scan(false, |in_word, c| {
            let chinese = usual(c).is_some();
            let starts = chinese || (c.is_alphanumeric() && !*in_word);
            *in_word = !chinese && c.is_alphanumeric();
            Some((c, starts))
        })
        .filter(|(c, _)| c.is_alphanumeric())
        .collect();
    (0..sounded.len()).any(|at| sounded[at].1 && matches_here(&query, sounded[at..].iter().map(|&(c, _)| c)))
}

/// The same for text without Chinese, where nothing needs to be sounded.
fn matches_from_some_word(query: &str, text: &str, letter: fn(char) -> bool) -> bool {
    let mut before = ' ';
    text.char_indices().any(|(at, c)| {
        let starts = letter(c) && !letter(before);
        before = c;
        starts && matches_here(query, text[at..].chars().filter(|&c| letter(c)))
    })
}

/// Walks the text with the set of places in the query that it may have reached.
fn matches_here(query: &str, text: impl Iterator<Item = char>) -> bool {
    let mut reached = vec![0];
    for c in text {
        let mut next = Vec::new();
        for &at in &reached {
            let at = if query[at..].starts_with(' ') { at + 1 } else { at };
            let rest = &query[at..];
            let same = simplified(c);
            if rest.starts_with(same) {
                next.push(at + same.len_utf8());
            }
            for reading in syllables(c) {
                if reading.starts_with(rest) {
                    return true;
                }
                next.extend(
                    spellings(reading)
                        .filter(|spelling| rest.starts_with(spelling))
                        .map(|spelling| at + spelling.len()),
                );
            }
        }
        if next.contains(&query.len()) {
            return true;
        }
        if next.is_empty() {
            return false;
        }
        next.sort_unstable();
        next.dedup();
        reached = next;
    }
    false
}

/// A syllable as people type it: for ü `v`, or `u` where dots are out of reach (and folding takes them off).
fn as_typed(reading: &'static str) -> impl Iterator<Item = &'static str> + Clone {
    let without_dots = match reading {
        "lv" => Some("lu"),
        "nv" => Some("nu"),
        "lve" => Some("lue"),
        "nve" => Some("nue"),
        _ => None,
    };
    [Some(reading), without_dots].into_iter().flatten()
}

/// What may be typed for a syllable: all of it, its first letter, its two-letter initial.
fn spellings(reading: &str) -> impl Iterator<Item = &str> {
    let double = reading.starts_with(['z', 'c', 's']) && reading[1..].starts_with('h');
    [Some(reading), (reading.len() > 1).then(|| &reading[..1]), double.then(|| &reading[..2])].into_iter().flatten()
}

/// Each character with the one reading it has here.
fn read_aloud(text: &str) -> impl Iterator<Item = (char, Option<&'static str>)> {
    // The tables are in simplified characters; a character is read as it is written.
    let plain_text = fold_cow(text).into_owned();
    let mut known = family_name(text, looks_like_a_person(text))
        .or_else(|| family_name(&plain_text, looks_like_a_person(&plain_text)))
        .unwrap_or_default();
    let mut at = 0;
    text.chars().map(move |c| {
        if known.is_empty() && !c.is_ascii() {
            known = plain_text.get(at..).and_then(word_prefix).unwrap_or_default();
        }
        at += simplified(c).len_utf8();
        match known.split_first() {
            Some((reading, rest)) => {
                known = rest;
                (c, Some(*reading))
            }
            None => (c, usual(c).map(plain)),
        }
    })
}

/// Two to four characters and nothing else: long enough for a name, too short for a company.
fn looks_like_a_person(text: &str) -> bool {
    let mut count = 0;
    text.chars().all(|c| {
        count += 1;
        count <= 4 && usual(c).is_some()
    }) && count >= 2
}

/// The tone that goes with this reading of the character, 5 for none.
fn tone(c: char, reading: &str) -> usize {
    c.to_pinyin_multi()
        .or_else(|| simplified(c).to_pinyin_multi())
        .into_iter()
        .flatten()
        .find(|one| plain(*one) == reading)
        .and_then(|one| one.with_tone_num_end().chars().last())
        .and_then(|digit| digit.to_digit(10))
        .map_or(5, |tone| tone as usize)
}

/// The toneless syllable in ASCII.
fn plain(reading: Pinyin) -> &'static str {
    match reading.plain() {
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        "lüan" => "lvan",
        "ê" => "e",
        syllable => syllable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn readings_are_all_of_them_in_ascii() {
        assert_eq!(readings('张').collect::<Vec<_>>(), ["zhang"]);
        assert!(["zhong", "chong"].iter().all(|wanted| readings('重').any(|reading| reading == *wanted)));
        assert_eq!(readings('女').next(), Some("nv"));
        assert_eq!(readings('a').count(), 0);
        let odd: Vec<_> = ('\u{3400}'..='\u{9fff}').flat_map(readings).filter(|r| !r.is_ascii()).collect();
        assert_eq!(odd, [""; 0]);
    }

    #[test]
    fn family_names_are_read_as_such() {
        let table = [
            ("单雄信", "sxx"),
            ("曾国藩", "zgf"),
            ("仇英", "qy"),
            ("解缙", "xj"),
            ("查良镛", "zly"),
            ("尉迟恭", "ycg"),
            ("万俟卨", "mqx"),
            ("区志强", "ozq"),
            ("朴树", "ps"),
            ("长孙无忌", "zswj"),
            ("澹台灭明", "ttmm"),
            ("长沙银行", "csyh"),
        ];
        for (name, letters) in table {
            assert_eq!(initials(name), letters, "{name}");
        }
        assert_eq!(surname("欧阳修"), Some((["ou", "yang"].as_slice(), "修")));
        assert_eq!(surname("张三"), None);
    }

    #[test]
    fn customers_that_are_called_by_a_family_name_are_read_by_it() {
        let table = [
            ("仇记食品厂", "qjspc"),
            ("单氏集团", "ssjt"),
            ("單氏集團", "ssjt"),
            ("区家", "oj"),
            ("曾大夫诊所", "zdfzs"),
            ("曾氏𠮷祥贸易", "zsjxmy"),
            ("尉迟集团有限公司", "ycjtyxgs"),
            ("种师道", "csd"),
            ("召树屯", "sst"),
            ("员半千", "ybq"),
            ("种子公司", "zzgs"),
            ("解放日报社", "jfrbs"),
            ("单位", "dw"),
            ("区块链科技有限公司", "qklkjyxgs"),
            ("乐享生活科技", "lxshkj"),
            ("员工家园", "ygjy"),
            ("乾元贸易", "qymy"),
            ("長沙銀行", "csyh"),
        ];
        for (name, letters) in table {
            assert_eq!(initials(name), letters, "{name}");
            assert!(matches(letters, name), "{name}");
        }
        let mut by_sound = ["种师道", "区家", "曾大夫诊所", "仇记食品厂"];
        by_sound.sort_by_key(|name| sort_key(name));
        assert_eq!(by_sound, ["种师道", "区家", "仇记食品厂", "曾大夫诊所"]);
    }

    #[test]
    fn variants_are_read_as_the_usual_character() {
        for (query, text) in
            [("zsjx", "曾氏𠮷祥"), ("xiyue", "㐂悦"), ("tufang", "𡈽方"), ("吉x", "𠮷祥"), ("张s", "張三")]
        {
            assert!(matches(query, text), "{query} in {text}");
        }
        assert_eq!(sort_key("𠮷")[..2], sort_key("吉")[..2]);
    }

    #[test]
    fn the_table_holds_real_readings() {
        for name in ["单", "曾", "仇", "解", "查", "盖", "区", "朴", "缪", "翟", "乐", "任", "覃", "牟"] {
            let Some(([reading], "")) = surname(name) else { panic!("{name} is not in the table") };
            assert!(name.chars().flat_map(readings).any(|known| known == *reading), "{name} {reading}");
        }
    }

    #[test]
    fn order_is_that_of_a_telephone_list() {
        let sorted =
            ["2 Go", "acme", "Zoo", "阿里", "重庆", "单雄信", "王五", "西安", "先生", "曾国藩", "张三", "章三"];
        let mut shuffled = sorted;
        shuffled.reverse();
        shuffled.sort_by_key(|name| sort_key(name));
        assert_eq!(shuffled, sorted);
    }

    #[test]
    fn queries_in_syllables_initials_and_mixtures() {
        let found = [
            ("zhangsan", "张三"),
            ("zs", "张三"),
            ("zhs", "张三"),
            ("zhangs", "张三"),
            ("zsan", "张三"),
            ("zhan", "张三"),
            ("ZHANG SAN", "张三"),
            ("xi'an", "西安"),
            ("shanghai", "中国上海贸易"),
            ("shmy", "中国上海贸易"),
            ("acmesh", "ACME上海"),
            ("shacme", "上海 ACME"),
            ("cq", "重庆"),
            ("zengguofan", "曾国藩"),
            ("张s", "张三"),
            ("lvbu", "吕布"),
            ("lübu", "吕布"),
            ("star", "Blue Star"),
            ("zhang san", "张三"),
            ("zhang s", "张三"),
            ("xi an", "西安"),
            ("sh acme", "上海 ACME"),
        ];
        for (query, text) in found {
            assert!(matches(query, text), "{query} in {text}");
        }
        let missed = [
            ("ang", "张三"),
            ("hangsan", "张三"),
            ("zl", "张三"),
            ("zw", "张三王五"),
            ("zsx", "张三"),
            ("xi an", "先生"),
            ("zha ngsan", "张三"),
            ("tar", "Blue Star"),
            ("", "张三"),
            ("-", "张三"),
        ];
        for (query, text) in missed {
            assert!(!matches(query, text), "{query} in {text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(query in any::<String>(), text in any::<String>()) {
            matches(&query, &text);
            sort_key(&text);
            initials(&text);
        }

        #[test]
        fn initials_always_find(text in "[张三王五上海贸易重庆a-z0-9]{1,8}") {
            prop_assert!(matches(&initials(&text), &text));
        }
    }
}
