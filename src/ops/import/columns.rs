//! Columns that change what others mean: the currency of amounts, the label of telephone numbers, the unit in a heading.

use crate::{
    domain::Type,
    error::{Error, Result},
    text::{fold, said},
};

use super::{
    heading::words,
    target::{ColumnUse, Target},
    units::{self, Said},
};

/// Headings of a column with the currency of all amounts, as [`words`] leaves them.
const CURRENCY: [&str; 8] =
    ["currency", "currency code", "currency iso code", "iso currency", "币种", "货币", "币别", "货币代码"];
/// What stands behind the name of an amount in the heading of the column with its currency.
const OF_AMOUNT: [&str; 5] = [" currency", " currency code", " currency iso code", "币种", "货币"];
/// What a number that is no amount may be in.
const MANY: [&str; 5] = ["k", "千", "万", "百万", "亿"];

/// Finds the columns and headings that say something of the cells of others.
///
/// # Errors
/// `Usage` where a heading speaks of a size that cannot be read.
pub(super) fn attach(headings: &[String], targets: &mut [Target], columns: &mut [ColumnUse]) -> Result<()> {
    for target in targets.iter_mut() {
        match target.def.ty {
            Type::Money | Type::Whole | Type::Decimal => unit(headings, target, columns)?,
            Type::Phone => labels(headings, target, columns),
            _ => {}
        }
    }
    currencies(headings, targets, columns);
    Ok(())
}

fn is_free(column: &ColumnUse) -> bool {
    !column.given && column.codes.is_empty() && !column.heading.is_empty()
}

fn unit(headings: &[String], target: &mut Target, columns: &[ColumnUse]) -> Result<()> {
    for source in &target.sources {
        let heading = &headings[source.column];
        match units::split(heading).1 {
            Said::Unit(unit) if target.def.ty == Type::Money || MANY.contains(&unit.text.as_str()) => {
                target.unit = Some(unit);
            }
            Said::Unclear(text) if !columns[source.column].given => {
                return Err(Error::usage(said!(
                    "the heading '{heading}' says that its numbers are '{text}', which cannot be read",
                    "列标题“{heading}”注明了“{text}”，无法识别"
                ))
                .hint(said!(
                    (
                        "write a unit such as k, m, 万 or EUR there, or, if they are whole, --map '{heading}={}'",
                        target.def.code
                    ),
                    ("请改写为 千、万、EUR 等单位；若数值本身完整，请用 --map '{heading}={}'", target.def.code)
                )));
            }
            _ => {}
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
fn currencies(headings: &[String], targets: &mut [Target], columns: &mut [ColumnUse]) {
    let mut amounts: Vec<&mut Target> =
        targets.iter_mut().filter(|target| target.def.ty == Type::Money && !target.sources.is_empty()).collect();
    let mut of_all = Vec::new();
    for column in 0..headings.len() {
        if !is_free(&columns[column]) {
            continue;
        }
        let heading = words(&headings[column]);
        if CURRENCY.contains(&heading.as_str()) {
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
                target.currency.get_or_insert(column);
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
}
