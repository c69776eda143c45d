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

#[test]
fn one_is_no_plural() {
    assert_eq!([0, 1, 2].map(|n| counted(n, "record")), ["0 records", "1 record", "2 records"]);
}
