//! The page about formulas holds: its examples are formulas, and it names every function.

use super::*;
use crate::{domain::schema::BASE, text::Lang};

const PAGE: &str = include_str!("../../../../docs/formulas.md");

#[test]
fn every_example_of_the_page_is_a_formula() {
    let mut tried = 0;
    for line in PAGE.lines().filter(|line| line.starts_with("crm ")) {
        let noun = line.split(' ').nth(1).unwrap();
        let assignment = line.split('\'').nth(1).unwrap_or_else(|| panic!("in single quotes: {line}"));
        let (field, formula) = assignment.split_once(":=").unwrap();
        let kind = BASE.named(noun).unwrap();
        let def = kind.field_named(field).unwrap_or_else(|| panic!("{field}"));
        if let Err(error) = Formula::define(formula, kind, Some(def), &Kinds) {
            panic!("{line}: {}", error.message(Lang::En));
        }
        tried += 1;
    }
    assert!(tried > 4, "{tried}");
}

#[test]
fn every_function_is_on_the_page() {
    for function in FUNCTIONS {
        let (en, zh) = function.usage();
        assert!(PAGE.contains(&format!("| `{en}` | `{zh}` |")), "{en} {zh}");
    }
}
