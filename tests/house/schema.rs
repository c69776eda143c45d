//! What stands in stores keeps its meaning: names and numbers may be added, and none may go or change.

use std::{fs, path::Path};

use super::assert_none;

/// Complaints about lines that were there before and are not any more, and about numbers that mean two things now.
fn shifted(before: &[String], now: &[String]) -> Vec<String> {
    let gone = before.iter().filter(|line| !now.contains(line));
    let mut complaints: Vec<String> =
        gone.map(|line| format!("`{line}`: stores hold this, and it may neither go nor change")).collect();
    // A number and what it is of stand before what it means.
    let number = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let end = match words.iter().position(|word| *word == "is") {
            Some(is) => is + 2,
            None => 1 + words.iter().position(|word| word.parse::<u64>().is_ok())?,
        };
        (!line.starts_with("format ")).then(|| words.get(..end).map(|words| words.join(" ")))?
    };
    let numbers: Vec<Option<String>> = now.iter().map(|line| number(line)).collect();
    for (at, line) in now.iter().enumerate() {
        if numbers[at].is_some() && numbers[..at].contains(&numbers[at]) {
            complaints.push(format!("`{line}`: its number is taken"));
        }
    }
    complaints
}

#[test]
fn what_stands_in_stores_keeps_its_meaning() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schema.txt");
    let mut kept: Vec<String> = fs::read_to_string(&file).unwrap_or_default().lines().map(str::to_owned).collect();
    let now = crm::store::schema();
    // A format of before is still read.
    kept.retain(|line| !line.starts_with("format "));
    assert_none(&shifted(&kept, &now));
    let written = now.join("\n") + "\n";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, &written).unwrap();
    }
    assert!(
        fs::read_to_string(&file).unwrap_or_default() == written,
        "tests/schema.txt lacks what is new; UPDATE_DOCS=1 cargo test --test main house::schema adds it"
    );
}

#[test]
fn a_meaning_that_shifts_is_found() {
    let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let before = ["space rows", "deal field 3 stage Link to stage", "deal field 4 status is 0 open"];
    let grown = [&before[..], &["deal field 5 note Text", "deal field 4 status is 1 won"]].concat();
    assert_none(&shifted(&lines(&before), &lines(&grown)));
    for now in [
        &["space rows", "deal field 3 stage Link to stage"][..],
        &["space rows", "deal field 3 stage Text", "deal field 4 status is 0 open"],
        &["space rows", "deal field 3 phase Link to stage", "deal field 4 status is 0 open"],
        &["space rows", "deal field 3 stage Link to stage", "deal field 4 status is 0 won"],
        &[&before[..], &["deal field 3 other Text"]].concat(),
        &[&before[..], &["deal field 4 status is 0 won"]].concat(),
    ] {
        assert_eq!(shifted(&lines(&before), &lines(now)).len(), 1, "{now:?}");
    }
}
