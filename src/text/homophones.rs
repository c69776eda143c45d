//! Chinese names that sound alike, also as many people hear and type them: `zh` as `z`, `ch` as `c`, `sh` as `s`, `ng` at
//! the end as `n`, `l` as `n`.

use std::{collections::HashSet, sync::LazyLock};

use super::{fold, fold_as_written, pinyin::syllables, syllables as known};

/// All syllables without what is easily confused.
static BLURRED: LazyLock<HashSet<String>> = LazyLock::new(|| known::all().map(blurred).collect());

/// The syllables of what was typed, each in all that it may be, without what is easily confused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sounds(Vec<Vec<String>>);

/// So many syllables tell enough records apart.
const TELLING: usize = 3;
/// The longest syllable, as it is typed.
const LONGEST: usize = 6;

impl Sounds {
    /// The sounds of Chinese characters, or of letters that are syllables; at least two of them.
    pub fn of(word: &str) -> Option<Self> {
        let folded = fold(word);
        let sounds = match folded.is_ascii() {
            true => spelled(folded.replace(' ', "").as_bytes())?,
            false => folded.chars().map(of_character).collect(),
        };
        (sounds.len() > 1 && sounds.iter().all(|some| !some.is_empty())).then_some(Self(sounds))
    }

    /// Whether a text has characters that sound so, one after the other.
    pub fn are_in(&self, text: &str) -> bool {
        let heard: Vec<Vec<String>> =
            fold_as_written(text).chars().filter(|c| c.is_alphanumeric()).map(of_character).collect();
        let same = |(heard, wanted): (&Vec<String>, &Vec<String>)| heard.iter().any(|sound| wanted.contains(sound));
        heard.windows(self.0.len()).any(|run| run.iter().zip(&self.0).all(same))
    }

    /// The first letters of the first syllables, in every way in which a name that sounds so may have them.
    pub fn initials(&self) -> Vec<String> {
        let mut all = vec![String::new()];
        for sounds in self.0.iter().take(TELLING) {
            let mut letters: Vec<char> = sounds.iter().filter_map(|sound| sound.chars().next()).collect();
            if letters.contains(&'n') {
                letters.push('l');
            }
            letters.sort_unstable();
            letters.dedup();
            all = all.iter().flat_map(|start| letters.iter().map(move |letter| format!("{start}{letter}"))).collect();
        }
        all
    }
}

fn of_character(c: char) -> Vec<String> {
    syllables(c).map(blurred).collect()
}

/// A syllable without what is easily confused.
fn blurred(syllable: &str) -> String {
    let (first, rest) = syllable.split_at(usize::from(syllable.starts_with(['z', 'c', 's', 'l'])));
    let rest = if first.is_empty() || first == "l" { rest } else { rest.strip_prefix('h').unwrap_or(rest) };
    let first = if first == "l" { "n" } else { first };
    let rest = if rest.ends_with("ng") { &rest[..rest.len() - 1] } else { rest };
    format!("{first}{rest}")
}

/// Letters as syllables, in the fewest of them.
fn spelled(letters: &[u8]) -> Option<Vec<Vec<String>>> {
    if letters.is_empty() || !letters.iter().all(u8::is_ascii_lowercase) {
        return None;
    }
    // How many syllables lead to each place, and where the last one of them begins.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; letters.len() + 1];
    best[0] = Some((0, 0));
    for end in 1..=letters.len() {
        for start in end.saturating_sub(LONGEST)..end {
            let Some((count, _)) = best[start] else { continue };
            let Ok(syllable) = std::str::from_utf8(&letters[start..end]) else { continue };
            if BLURRED.contains(&blurred(syllable)) && best[end].is_none_or(|(held, _)| count + 1 < held) {
                best[end] = Some((count + 1, start));
            }
        }
    }
    let (mut end, mut sounds) = (letters.len(), Vec::new());
    while end > 0 {
        let (_, start) = best[end]?;
        sounds.insert(0, vec![blurred(std::str::from_utf8(&letters[start..end]).ok()?)]);
        end = start;
    }
    Some(sounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_heard_alike_is_found() {
        for (word, text) in [
            ("张珊", "张三"),
            ("章姗", "张三"),
            ("zangsan", "张三"),
            ("zhanshan", "张三"),
            ("刘力", "牛莉"),
            ("niuli", "刘丽"),
            ("陈明", "程敏"),
            ("華盛", "上海花生贸易"),
        ] {
            let sounds = Sounds::of(word).unwrap_or_else(|| panic!("{word}"));
            assert!(sounds.are_in(text), "{word} in {text}");
        }
        assert!(!Sounds::of("张三").unwrap().are_in("李四") && !Sounds::of("张三").unwrap().are_in("三张"));
        for word in ["harbor", "张", "zhang", "a1", "", "A公司"] {
            assert_eq!(Sounds::of(word), None, "{word}");
        }
        assert_eq!(Sounds::of("刘三").unwrap().initials(), ["ls", "ns"]);
    }
}
