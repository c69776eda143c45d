//! Text reduced to what counts when it is compared: case, width and accents do not, nor how an apostrophe, a quotation
//! mark or a hyphen is drawn, nor whether Chinese is written in simplified or traditional characters.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

use super::simplified::simplified;

/// The form in which text is compared: compatibility forms unified (`ＣＲＭ：` is `crm:`), lower case, Latin letters
/// without accents, apostrophes, quotation marks and hyphens those of ASCII, Chinese simplified, every run of white
/// space one space, none at the ends.
///
/// Folding twice is folding once.
pub fn fold(text: &str) -> String {
    fold_cow(text).into_owned()
}

/// [`fold`] that borrows text which is folded already and is quick about plain ASCII.
pub fn fold_cow(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() {
        return match (is_plain(text), text.bytes().any(|byte| byte.is_ascii_uppercase())) {
            (true, false) => Cow::Borrowed(text),
            (true, true) => Cow::Owned(text.to_ascii_lowercase()),
            (false, _) => Cow::Owned(squeeze(&strip(text, simplified))),
        };
    }
    let bytes = text.as_bytes();
    let spaced = bytes.first() == Some(&b' ')
        || bytes.last() == Some(&b' ')
        || bytes.windows(2).any(|pair| pair == b"  ")
        || bytes.iter().any(|&b| (b'\t'..=b'\r').contains(&b));
    if bytes.contains(&b'`') {
        return Cow::Owned(squeeze(&strip(text, simplified)));
    }
    match (spaced, bytes.iter().any(u8::is_ascii_uppercase)) {
        (false, false) => Cow::Borrowed(text),
        (false, true) => Cow::Owned(text.to_ascii_lowercase()),
        (true, _) => Cow::Owned(squeeze(&text.to_ascii_lowercase())),
    }
}

/// [`fold`] but for the Chinese characters, which stay as they are written: 乾 and 干 do not sound alike.
pub fn fold_as_written(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_plain(text) { fold_cow(text) } else { Cow::Owned(squeeze(&strip(text, |c| c))) }
}

/// The form in which words are looked for: folded, and without apostrophes, so that `obrien` finds `O'Brien` and `darcy`
/// `D'Arcy`.
pub fn fold_words(text: &str) -> Cow<'_, str> {
    let folded = fold_cow(text);
    if !folded.contains('\'') {
        return folded;
    }
    let bridged = folded.split_whitespace().map(|word| word.replace('\'', "")).filter(|word| !word.is_empty());
    Cow::Owned(bridged.collect::<Vec<_>>().join(" "))
}

/// Whether folding does no more than lower-case ASCII letters: ASCII and common Han characters in simplified form,
/// single spaces inside.
pub fn is_plain(text: &str) -> bool {
    if text.is_ascii() {
        let mut before = b' ';
        let plain = text.bytes().all(|byte| {
            let plain = (byte.is_ascii_graphic() && byte != b'`') || (byte == b' ' && before != b' ');
            before = byte;
            plain
        });
        return plain && before != b' ';
    }
    let mut before = ' ';
    for c in text.chars() {
        let plain = if c == ' ' {
            before != ' '
        } else {
            match c {
                '!'..='_' | 'a'..='~' | '、' | '。' | '\u{3008}'..='\u{3011}' => true,
                '\u{4e00}'..='\u{9fff}' => simplified(c) == c,
                _ => false,
            }
        };
        if !plain {
            return false;
        }
        before = c;
    }
    before != ' '
}

/// The text in Unicode's composed form, in which it is stored, so that equal text is equal bytes.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Unified, lower-cased, and bare of marks on Latin letters; marks of other scripts tell words apart and stay. Other
/// characters become what `han` makes of them.
fn strip(text: &str, han: impl Fn(char) -> char) -> String {
    let mut after_latin = false;
    let mut out = String::with_capacity(text.len());
    // Some decompose into others of their like, and some only after they were taken apart.
    for c in text.chars().map(drawn_alike).nfkc().map(drawn_alike).flat_map(char::to_lowercase).nfkd() {
        if is_combining_mark(c) {
            if !after_latin {
                out.push(c);
            }
            continue;
        }
        let plain = without_stroke(c);
        after_latin = plain.is_some() || c.is_ascii_alphabetic();
        match plain {
            Some(letters) => out.push_str(letters),
            None => out.push(han(c)),
        }
    }
    out.nfc().collect()
}

/// The sign of ASCII for one that is drawn otherwise, whichever a keyboard, a phone or a word processor puts there.
const fn drawn_alike(c: char) -> char {
    match c {
        '`' | '\u{b4}' | '\u{2b9}' | '\u{2bb}' | '\u{2bc}' | '\u{2018}'..='\u{201b}' | '\u{2032}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => c,
    }
}

/// The Latin letters that no decomposition takes apart.
fn without_stroke(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_width_and_accents_do_not_count() {
        let table = [
            ("Blue Star", "blue star"),
            ("ＣＲＭ：１２", "crm:12"),
            ("Café Müller", "cafe muller"),
            ("Cafe\u{301}", "cafe"),
            ("Łódź Straße Øre", "lodz strasse ore"),
            ("  上海\u{3000}\t贸易 ", "上海 贸易"),
            ("O’Brien O´Brien O`Brien OʼBrien O＇Brien O‘Brien", "o'brien o'brien o'brien o'brien o'brien o'brien"),
            ("“West” — Jean‑Luc 3−2 ŉ", "\"west\" - jean-luc 3-2 'n"),
            ("が ガ", "が ガ"),
            ("Й", "й"),
            ("廣東貿易", "广东贸易"),
            ("臺灣 台湾", "台湾 台湾"),
            ("張三 ＡＣＭＥ", "张三 acme"),
            ("曾氏𠮷祥 㐂悦 𡈽方", "曾氏吉祥 喜悦 土方"),
            ("", ""),
        ];
        for (text, folded) in table {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn folded_ascii_is_borrowed() {
        assert!(matches!(fold_cow("blue star"), Cow::Borrowed(_)));
        assert!(matches!(fold_cow("Blue"), Cow::Owned(_)));
        assert_eq!(fold_cow(" a  b"), "a b");
    }

    #[test]
    fn words_are_bridged_where_an_apostrophe_parts_them() {
        for (text, folded) in [
            ("O’Brien’s D'Arcy ' rock 'n' roll", "obriens darcy rock n roll"),
            ("张三‘李四’", "张三李四"),
            ("廣東", "广东"),
            ("Acme", "acme"),
        ] {
            assert_eq!(fold_words(text), folded);
            assert_eq!(fold_words(folded), folded);
        }
    }

    #[test]
    fn as_written_keeps_the_characters() {
        assert_eq!(fold_as_written("乾元 ＡＢ"), "乾元 ab");
        assert_eq!(fold_as_written("É 𠮷"), "e 𠮷");
        assert!(matches!(fold_as_written("上海"), Cow::Borrowed(_)));
    }

    #[test]
    fn nfc_composes() {
        assert_eq!(nfc("e\u{301}"), "é");
        assert!(matches!(nfc("é上"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn the_quick_ways_agree(text in "[ -~\t]{0,20}|[ A-Za-z'`’上海張貿。、Ａé\u{4e00}\u{9fff}]{0,8}") {
            prop_assert_eq!(fold(&text), squeeze(&strip(&text, simplified)));
            prop_assert_eq!(fold_as_written(&text), squeeze(&strip(&text, |c| c)));
        }
    }
}
