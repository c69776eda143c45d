//! A name of any script before Chinese words.

use super::width;

/// Two pieces of a Chinese text, with a space between them where Latin letters or digits meet Chinese.
pub fn spaced(before: &str, behind: &str) -> String {
    let (last, first) = (before.chars().next_back(), behind.chars().next());
    let meet = |latin: char, other: char| latin.is_alphanumeric() && is_narrow(latin) && is_wide(other);
    match (last, first) {
        (Some(last), Some(first)) if meet(last, first) || meet(first, last) => format!("{before} {behind}"),
        _ => format!("{before}{behind}"),
    }
}

fn is_narrow(c: char) -> bool {
    !is_wide(c)
}

/// Whether it is a letter as wide as two Latin ones, as Chinese is; punctuation of that width has its own room.
fn is_wide(c: char) -> bool {
    c.is_alphabetic() && width(c.encode_utf8(&mut [0; 4])) == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_stands_between_latin_and_chinese_only() {
        assert_eq!(spaced("li.wei", "的跟进日程"), "li.wei 的跟进日程");
        assert_eq!(spaced("王晓明", "的跟进日程"), "王晓明的跟进日程");
        assert_eq!(spaced("王伟（wang.wei）", "的跟进日程"), "王伟（wang.wei）的跟进日程");
        assert_eq!(spaced("团队", "East"), "团队 East");
        assert_eq!((spaced("a", ""), spaced("", "的")), ("a".to_owned(), "的".to_owned()));
    }
}
