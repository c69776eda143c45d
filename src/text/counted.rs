//! "1 record", "2 records".

/// A number with the English noun of what it counts.
pub fn counted(n: u64, noun: &str) -> String {
    format!("{n} {}", plural(n, noun))
}

/// The noun of so many things, for a number that is written in its own way.
pub fn plural(n: u64, noun: &str) -> String {
    let end = if n == 1 { "" } else { "s" };
    format!("{noun}{end}")
}

/// The n of the article before a noun: "an activity". No noun of records begins with the sound of "umbrella".
pub fn n_before(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o']) { "n" } else { "" }
}

#[test]
fn the_article_goes_by_the_first_sound() {
    let nouns = ["activity", "user", "deal"];
    assert_eq!(nouns.map(|noun| format!("a{} {noun}", n_before(noun))), ["an activity", "a user", "a deal"]);
}

#[test]
fn one_is_no_plural() {
    assert_eq!([0, 1, 2].map(|n| counted(n, "record")), ["0 records", "1 record", "2 records"]);
}
