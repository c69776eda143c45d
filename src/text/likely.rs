//! Which of a few names a longer or a shorter one stands for: 男士 is 男, 已成交 is 成交.

use super::{fold, nearest};

/// Signs of a word that says the contrary of what it holds.
const CONTRARY: [char; 5] = ['不', '未', '非', '无', '没'];
const CONTRARY_WORDS: [&str; 5] = ["not", "no", "non", "never", "without"];

/// What the one name stands for that `word` holds, or that holds `word`; else what a slip of the fingers made of one in
/// Latin letters. Nothing where several may be meant, or the contrary of one.
pub fn likely<'n, T: Copy + PartialEq>(word: &str, names: impl IntoIterator<Item = (T, &'n str)>) -> Option<T> {
    let folded = fold(word);
    let wanted = letters(&folded);
    let parts: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    if wanted.is_empty() || folded.contains(CONTRARY) || parts.iter().any(|part| CONTRARY_WORDS.contains(part)) {
        return None;
    }
    let names: Vec<(T, &str, String)> =
        names.into_iter().map(|(meant, name)| (meant, name, letters(&fold(name)))).collect();
    let only = |fits: &dyn Fn(&str) -> bool| {
        let fitting: Vec<&(T, &str, String)> = names.iter().filter(|(.., name)| fits(name)).collect();
        // 成交 within 已成交客户 counts, and 客户 within 成交客户 does not beside it.
        let within = |name: &str| fitting.iter().any(|(.., other)| other.len() > name.len() && other.contains(name));
        let mut meant = fitting.iter().filter(|(.., name)| !within(name)).map(|(meant, ..)| *meant);
        let first = meant.next()?;
        meant.all(|other| other == first).then_some(first)
    };
    only(&|name| name == wanted)
        .or_else(|| only(&|name| holds(&wanted, name)))
        .or_else(|| only(&|name| wanted.chars().nth(1).is_some() && !wanted.is_ascii() && name.contains(&wanted)))
        .or_else(|| {
            let latin = folded.is_ascii() && folded.len() > 2;
            let near = latin.then(|| nearest(word, names.iter().map(|(_, name, _)| *name))).flatten()?;
            // `inactive` is no slip of `active`.
            let found = names.iter().find(|(_, name, _)| *name == near)?;
            (!wanted.contains(&found.2)).then_some(found.0)
        })
}

fn letters(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a word holds a name: not within a Latin word of its own, and one of a single character only in a short word.
fn holds(word: &str, name: &str) -> bool {
    if name.is_empty() || (name.chars().nth(1).is_none() && word.chars().nth(3).is_some()) {
        return false;
    }
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    word.match_indices(name).any(|(at, _)| {
        let (before, behind) = (word[..at].chars().next_back(), word[at + name.len()..].chars().next());
        !(latin(before) && latin(name.chars().next()) || latin(behind) && latin(name.chars().next_back()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_is_meant_is_found() {
        let genders: &[&str] = &["女", "男", "其他", "female", "male"];
        let states: &[&str] = &["潜在", "成交", "沉睡", "流失", "prospect", "active", "dormant", "churned"];
        let grades: &[&str] = &["A", "B", "C", "D"];
        let ways: &[&str] = &["电话", "拜访", "会议", "邮件", "消息", "发送资料", "meeting"];
        let stages: &[&str] = &["初步接洽", "需求确认", "方案报价", "商务谈判"];
        for (word, names, expected) in [
            ("男士", genders, Some("男")),
            ("女", genders, Some("女")),
            ("男/女", genders, None),
            ("已成交", states, Some("成交")),
            ("未成交", states, None),
            ("inactive", states, None),
            ("not active", states, None),
            ("actve", states, Some("active")),
            ("B级", grades, Some("B")),
            ("AB", grades, None),
            ("Gold", grades, None),
            ("上门拜访", ways, Some("拜访")),
            ("資料", ways, Some("发送资料")),
            ("电话会议", ways, None),
            ("metting", ways, Some("meeting")),
            ("方案/报价", stages, Some("方案报价")),
            ("谈判", stages, Some("商务谈判")),
            ("签约", stages, None),
            ("", stages, None),
        ] {
            assert_eq!(likely(word, names.iter().map(|name| (*name, *name))), expected, "{word}");
        }
    }
}
