//! Columns and headings that change what dates, telephone numbers and amounts mean: a time beside a date, the zone of
//! times, the country of numbers, a second currency. They are used, or refused: never passed over.

use std::borrow::Cow;

use chrono_tz::Tz;
use csv::StringRecord;

use crate::{
    domain::Type,
    error::{Error, Result},
    text::{said, scrub},
};

use super::{
    heading::words,
    table::Table,
    target::{ColumnUse, Target},
    units,
    zone::{self, Zone},
};

/// Headings of a column with the first digits of telephone numbers.
const COUNTRIES: [&str; 10] = [
    "country code",
    "phone country code",
    "calling code",
    "dial code",
    "dialing code",
    "area code",
    "phone area code",
    "国家代码",
    "国际区号",
    "区号",
];

/// Finds what changes the meaning of the cells of a table.
///
/// # Errors
/// `Invalid` where it cannot be used.
pub(super) fn attach(table: &Table, targets: &mut [Target], columns: &mut [ColumnUse]) -> Result<()> {
    amounts(table, targets, columns)?;
    numbers(table, targets, columns)?;
    times(table, targets, columns)?;
    for target in targets.iter_mut().filter(|target| is_time(target)) {
        target.zone = zone_of_heading(table, target, columns)?;
    }
    Ok(())
}

fn is_free(column: &ColumnUse) -> bool {
    !column.given && column.codes.is_empty() && !column.heading.is_empty()
}

fn is_time(target: &Target) -> bool {
    matches!(target.def.ty, Type::Instant | Type::Due) && !target.sources.is_empty()
}

/// The next step where a column is not wanted.
fn unless_left_out(error: Error, heading: &str) -> Error {
    error.hint(said!(
        "mend the file, or leave the column out: --map '{heading}='",
        "请修正文件，或略过该列：--map '{heading}='"
    ))
}

/// One amount in two currencies: nobody but the person can tell which one is meant.
fn amounts(table: &Table, targets: &[Target], columns: &[ColumnUse]) -> Result<()> {
    let currency = |heading: &str| match units::split(heading).1 {
        units::HeadingUnit::Unit(unit) => unit.currency,
        _ => None,
    };
    let name = |column: usize| words(units::split(&table.headings[column]).0);
    for target in targets.iter().filter(|target| target.def.ty.has_currency()) {
        let Some(used) = target.sources.first().map(|source| source.column) else { continue };
        let other = (0..columns.len()).find(|&column| {
            is_free(&columns[column])
                && name(column) == name(used)
                && currency(&table.headings[column]) != currency(&table.headings[used])
        });
        if let Some(other) = other.filter(|_| !columns[used].given) {
            let (one, two, code) = (&table.headings[used], &table.headings[other], target.def.code);
            return Err(Error::invalid(said!(
                "'{one}' and '{two}' are amounts in different currencies, and a record has one",
                "“{one}”和“{two}”是不同币种的金额，而每条记录只能有一个"
            ))
            .hint(said!("say which one counts: --map '{one}={code}'", "请指明用哪一个：--map '{one}={code}'")));
        }
    }
    Ok(())
}

/// The first digits of telephone numbers in a column of their own. A country written in letters is none.
fn numbers(table: &Table, targets: &[Target], columns: &[ColumnUse]) -> Result<()> {
    let fed = |target: &Target| target.def.ty == Type::Phone && !target.sources.is_empty();
    let Some(phone) = targets.iter().find(|target| fed(target)) else { return Ok(()) };
    for column in (0..columns.len()).filter(|column| is_free(&columns[*column])) {
        let heading = &table.headings[column];
        if !COUNTRIES.contains(&words(heading).as_str()) {
            continue;
        }
        let digits = |cell: &str| {
            let bare = cell.trim_start_matches(['+', '＋', '(', '（', ' ']);
            bare.starts_with(|c: char| c.is_ascii_digit())
        };
        if first_cell(table, column)?.is_some_and(|cell| digits(&cell)) {
            return Err(unless_left_out(
                Error::invalid(said!(
                    (
                        "the column '{heading}' has the first digits of '{}', which is to have the whole number",
                        phone.def.code
                    ),
                    ("“{heading}”列是“{}”的前几位，而该字段应为完整号码", phone.def.zh)
                )),
                heading,
            ));
        }
    }
    Ok(())
}

fn first_cell(table: &Table, column: usize) -> Result<Option<String>> {
    let (mut rows, mut row) = (table.rows(), StringRecord::new());
    rows.next(&mut row)?;
    while rows.next(&mut row)?.is_some() {
        let cell = row.get(column).unwrap_or_default().trim();
        if !cell.is_empty() {
            return Ok(Some(cell.to_owned()));
        }
    }
    Ok(None)
}

/// `Due time` beside `Due date`, and a column of zones.
fn times(table: &Table, targets: &mut [Target], columns: &mut [ColumnUse]) -> Result<()> {
    let mut typed: Vec<&mut Target> =
        targets.iter_mut().filter(|target| is_time(target) && !target.def.import_only).collect();
    let only = typed.len() == 1;
    for target in &mut typed {
        let [source] = target.sources.as_mut_slice() else { continue };
        let name = words(units::split(&table.headings[source.column]).0);
        let find = |named: [String; 2], alone: [&str; 2], columns: &[ColumnUse]| {
            (0..columns.len()).filter(|column| is_free(&columns[*column])).find(|column| {
                let heading = words(units::split(&table.headings[*column]).0);
                named.contains(&heading) || (only && alone.contains(&heading.as_str()))
            })
        };
        let base = |ends: [&str; 2]| ends.iter().find_map(|end| name.strip_suffix(end)).map(str::trim);
        if let Some(base) = base(["time", "时间"]) {
            // A field may be called the time of something, and the day still stand beside it.
            if let Some(column) = find([format!("{base} date"), format!("{base}日期")], ["date", "日期"], columns) {
                target.time = Some(std::mem::replace(&mut source.column, column));
                columns[column].codes.push(target.def.code);
            }
            continue;
        }
        let base = base(["date", "日期"]).unwrap_or(&name);
        if let Some(column) = find([format!("{base} time"), format!("{base}时间")], ["time", "时间"], columns) {
            target.time = Some(column);
            columns[column].codes.push(target.def.code);
        }
    }
    let zones = (0..columns.len())
        .find(|column| is_free(&columns[*column]) && zone::is_of_zones(&words(&table.headings[*column])));
    if let (Some(column), Some(target)) = (zones, typed.first()) {
        let heading = &table.headings[column];
        return Err(unless_left_out(
            Error::invalid(said!(
                (
                    "the column '{heading}' says in which zone the times of '{}' are, which is not read row by row",
                    target.def.code
                ),
                ("“{heading}”列说明“{}”的时区，无法逐行读取", target.def.zh)
            )),
            heading,
        ));
    }
    Ok(())
}

/// A day and the time in the column beside it.
///
/// # Errors
/// `Invalid` where there is a time and no day.
pub(super) fn with_time<'c>(day: &'c str, time: &str) -> Result<Cow<'c, str>> {
    match (day, time) {
        (day, "") => Ok(Cow::Borrowed(day)),
        ("", time) => {
            Err(Error::invalid(said!("there is the time '{}' and no day", "只有时间“{}”，没有日期", scrub(time)))
                .hint(said!("write the day, or leave out the time", "请填写日期，或去掉时间")))
        }
        (day, time) => Ok(Cow::Owned(format!("{day} {time}"))),
    }
}

/// The zone in the heading of times: `Due (UTC+8)`.
fn zone_of_heading(table: &Table, target: &Target, columns: &[ColumnUse]) -> Result<Option<Tz>> {
    let columns_of_times = target.time.into_iter().chain(target.sources.iter().map(|source| source.column));
    for column in columns_of_times {
        let heading = &table.headings[column];
        let inside = units::brackets(heading).map(|(_, inside)| inside).unwrap_or_default();
        for inside in inside {
            match zone::read(inside) {
                Zone::Known(zone) => return Ok(Some(zone)),
                Zone::Unknown if !columns[column].given => return Err(no_one_zone(target, heading, inside)),
                Zone::Unknown | Zone::None => {}
            }
        }
    }
    Ok(None)
}

fn no_one_zone(target: &Target, heading: &str, inside: &str) -> Error {
    Error::invalid(said!(
        "the heading '{heading}' says that its times are in '{inside}', which names no one zone",
        "列标题“{heading}”注明时区“{inside}”，无法确定是哪个时区"
    ))
    .hint(said!(
        (
            "write UTC+8 or Asia/Shanghai there, or, for the zone of this machine or --tz, \
                         --map '{heading}={}'",
            target.def.code
        ),
        ("请改写为 UTC+8 或 Asia/Shanghai；若就是本机或 --tz 的时区，请用 --map '{heading}={}'", target.def.code)
    ))
}
