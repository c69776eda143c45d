//! Random steps that change what kinds and fields there are, and fill them.

use crm::{
    domain::{Schema, customer},
    error::Result,
    store::Reader,
};

use super::steps::pick;

/// How many lines there are to choose from.
pub(super) const DEFINITIONS: u8 = 27;

/// What fields of one's own are of.
const TYPES: [&str; 8] =
    ["text index", "text search", "whole index", "money index", "date", "choice index", "yes_no", "email many index"];

/// A value for each of [`TYPES`].
fn value(of: usize, other: u8) -> String {
    match of % TYPES.len() {
        0 | 1 => format!("\"Wert 名{}\"", other % 20),
        2 => other.to_string(),
        3 => format!("\"{other}.5 {}\"", ["CNY", "USD"][usize::from(other % 2)]),
        4 => format!("2026-01-{:02}", 1 + other % 28),
        5 => format!("a{}", other % 3),
        6 => ["yes", "no"][usize::from(other % 2)].to_owned(),
        _ => format!("e{other}@example.com"),
    }
}

/// The words of a step: about the kind `thing` and fields of customers, whether they are there or not.
pub(super) fn line(reader: &Reader<'_>, what: u8, which: u8, other: u8) -> Result<String> {
    let schema: &Schema = reader.schema();
    let last = |noun: &str| schema.named(noun).map_or(Ok(0), |kind| reader.last_num(kind.id));
    let customer = pick(reader.last_num(customer::ID)?, which);
    let thing = pick(last("thing")?, which);
    // Which field of customers: its type is always the same.
    let at = usize::from(other) % TYPES.len();
    let (own, ty) = (format!("own{at}"), TYPES[at]);
    let value = value(at, which);
    let lines: [String; DEFINITIONS as usize] = [
        format!("field add customer {own} type={ty}"),
        format!("field add customer {own} type={ty}"),
        format!("field rm customer.{own}"),
        format!("field restore customer.{own}"),
        format!("field set customer.{own} index={}", ["yes", "no"][usize::from(which % 2)]),
        format!("field set customer.{own} search={} zh=字段{which}", ["yes", "no"][usize::from(which % 2)]),
        format!("field set customer.employees index={} search=", ["yes", "no"][usize::from(which % 2)]),
        format!("choice add customer.own5 a{}", which % 3),
        format!("choice rm customer.own5.a{}", which % 3),
        format!("choice add customer.grade g{} order={other}", which % 3),
        format!("section add customer Own fields={own},city"),
        "section rm --where name:Own".to_owned(),
        format!("customer set C-{customer} {own}={value}"),
        format!("customer set C-{customer} {own}={value} employees={other}"),
        format!("customer set C-{customer} {own}="),
        format!("customer set --where id:C-{customer},C-{other} {own}={value}"),
        format!("customer add \"Own {other}\" {own}={value}"),
        "kind add thing letters=TH zh=东西".to_owned(),
        "field add thing customer type=link to=customer".to_owned(),
        "field add thing size type=whole index".to_owned(),
        format!("thing add \"Thing {other}\" customer=C-{customer}"),
        format!("thing add \"Thing {other}\" size={which}"),
        format!("thing set TH-{thing} size={other}"),
        format!("thing {} TH-{thing}", ["rm", "restore"][usize::from(other % 2)]),
        format!("thing purge TH-{thing} --yes"),
        format!("view save own customer has:{own}"),
        ["kind rm thing", "kind restore thing"][usize::from(which % 2)].to_owned(),
    ];
    Ok(lines[usize::from(what % DEFINITIONS)].clone())
}
