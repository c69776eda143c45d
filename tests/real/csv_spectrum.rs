//! The reader that imports are built on, against files whose right reading is written beside them.

use std::fs;

use serde_json::{Map, Value};

use crate::harness;

#[test]
fn every_csv_reads_as_the_json_beside_it_says() {
    let Some(folder) = harness::data("csv-spectrum") else { return };
    let mut compared = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let headings = reader.headers().unwrap().clone();
        let rows = reader.records().map(|row| {
            let row = row.unwrap();
            let pairs = headings.iter().zip(&row).map(|(heading, cell)| (heading.to_owned(), cell.into()));
            Value::Object(pairs.collect::<Map<_, _>>())
        });
        let expected = fs::read_to_string(path.with_extension("json")).unwrap();
        let expected: Value = serde_json::from_str(expected.trim_start_matches('\u{feff}')).unwrap();
        assert_eq!(Value::Array(rows.collect()), expected, "{}", path.display());
        compared += 1;
    }
    assert!(compared > 0, "no CSV in {}", folder.display());
}
