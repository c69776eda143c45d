//! Columns that change what others mean: the currency of amounts, the label of telephone numbers, the unit in a heading.

use crate::{
    domain::Type,
    error::{Error, Result},
    text::{Lang, fold, said},
};

use super::{
    heading::words,
    numbers::counts,
    target::{ColumnUse, Target},
    units::{self, HeadingUnit},
};

/// Headings of a column with the currency of all amounts, as [`words`] leaves them.
const CURRENCY: [&str; 17] = [
    "currency",
    "currency code",
    "currency iso",
    "currency iso code",
    "iso currency",
    "iso currency code",
    "currency symbol",
    "currency id",
    "currency name",
    "ccy",
    "wahrung",
    "devise",
    "moneda",
    "币种",
    "货币",
    "币别",
    "货币代码",
];
/// What stands behind the name of an amount in the heading of the column with its currency.
const OF_AMOUNT: [&str; 8] =
    [" currency", " currency code", " currency iso", " currency iso code", " currency symbol", " ccy", "币种", "货币"];

/// Finds the columns and headings that say something of the cells of others.
///
/// # Errors
/// `Invalid` where a heading speaks of a unit that cannot be used, and where two columns have the currency of an amount.
pub(super) fn attach(headings: &[String], targets: &mut [Target], columns: &mut [ColumnUse]) -> Result<()> {
    for target in targets.iter_mut() {
        match target.def.ty {
            _ if counts(target.def) => unit(headings, target, columns)?,
            Type::Phone => labels(headings, target, columns),
            _ => {}
        }
    }
    currencies(headings, targets, columns)
}

fn is_free(column: &ColumnUse) -> bool {
    !column.given && column.codes.is_empty() && !column.heading.is_empty()
}

fn unit(headings: &[String], target: &mut Target, columns: &[ColumnUse]) -> Result<()> {
    for source in &target.sources {
        let heading = &headings[source.column];
        match units::of_field(heading, target.def) {
            HeadingUnit::Unit(unit) => target.unit = Some(unit),
            HeadingUnit::Unclear(text) if !columns[source.column].given => {
                return Err(Error::invalid(said!(
                    "the heading '{heading}' says that its numbers are '{text}', which cannot be read",
                    "列标题“{heading}”注明了“{text}”，无法识别"
                ))
                .hint(said!(
                    (
                        "{} there; to take the cells as they stand, --map '{heading}={}'; to leave the column out, \
                         --map '{heading}='",
                        units::known(target.def).get(Lang::En),
                        target.def.code
                    ),
                    (
                        "{}；若按原样导入数值，请用 --map '{heading}={}'；若不导入该列，请用 --map '{heading}='",
                        units::known(target.def).get(Lang::Zh),
                        target.def.code
                    )
                )));
            }
            HeadingUnit::Unclear(_) | HeadingUnit::Nothing => {}
        }
    }
    Ok(())
}

/// `Phone 1 - Label` says what `Phone 1 - Value` is.
fn labels(headings: &[String], target: &mut Target, columns: &mut [ColumnUse]) {
    for source in &mut target.sources {
        let heading = fold(&headings[source.column]);
        let Some(name) = heading.strip_suffix("value") else { continue };
        let beside = ["label", "type"].map(|word| format!("{name}{word}"));
        let found = (0..headings.len()).find(|at| is_free(&columns[*at]) && beside.contains(&fold(&headings[*at])));
        if let Some(column) = found {
            source.label_column = Some(column);
            columns[column].codes.push(target.def.code);
        }
    }
}

/// The columns of currencies: that of one amount where they name it, else of those that have none of their own.
fn currencies(headings: &[String], targets: &mut [Target], columns: &mut [ColumnUse]) -> Result<()> {
    let mut amounts: Vec<&mut Target> =
        targets.iter_mut().filter(|target| target.def.ty.has_currency() && !target.sources.is_empty()).collect();
    let (mut of_all, mut named) = (Vec::new(), None);
    for column in 0..headings.len() {
        if !is_free(&columns[column]) {
            continue;
        }
        let heading = words(&headings[column]);
        if CURRENCY.contains(&heading.as_str()) {
            if let Some(other) = named.replace(column).filter(|_| !amounts.is_empty()) {
                return Err(two_of(headings, other, column));
            }
            of_all.insert(0, column);
            continue;
        }
        let Some(name) = OF_AMOUNT.iter().find_map(|end| heading.strip_suffix(end)) else { continue };
        let is_named = |target: &Target| {
            let fed =
                target.sources.iter().any(|source| words(units::split(&headings[source.column]).0) == name.trim());
            fed || words(target.def.en) == name || words(target.def.zh) == name
        };
        match amounts.iter_mut().find(|target| is_named(target)) {
            Some(target) => {
                if let Some(other) = target.currency.replace(column) {
                    return Err(two_of(headings, other, column));
                }
            }
            None => of_all.push(column),
        }
    }
    for target in &mut amounts {
        if let Some(column) = target.currency.or(of_all.first().copied()) {
            target.currency = Some(column);
            columns[column].codes.push(target.def.code);
        }
    }
    Ok(())
}

/// Two columns with the currency of the same amounts: nobody but the person can tell which one is meant.
fn two_of(headings: &[String], one: usize, other: usize) -> Error {
    let (first, second) = (&headings[one], &headings[other]);
    Error::invalid(said!(
        "the columns {} '{first}' and {} '{second}' both have the currency of amounts",
        "第 {} 列“{first}”和第 {} 列“{second}”都是金额的币种",
        one + 1,
        other + 1
    ))
    .hint(said!(
        "leave one of them out: --map '{second}=', or give it another heading",
        "请略过其一：--map '{second}='，或改用其他列标题"
    ))
}
