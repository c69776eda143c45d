//! Tests of the filter syntax.

mod assignments;
mod errors;
mod property;
mod spellings;
mod table;

use super::*;

/// A few fields, so that labels which are no plain names can be told from text.
fn known(name: &str) -> bool {
    ["grade", "城市", "E-mail", "Created by", "国家/地区", "name", "website", "phone"].contains(&name)
}

fn text(source: &str) -> Expr {
    parse(source, &known).unwrap_or_else(|error| panic!("{source}: {error:?}"))
}

fn words(words: &[&str]) -> Result<Expr, SyntaxError> {
    parse_terms(&owned(words), &known)
}

fn word(source: &str) -> Expr {
    words(&[source]).unwrap_or_else(|error| panic!("{source}: {error:?}"))
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}
