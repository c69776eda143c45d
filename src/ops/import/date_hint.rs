//! How the dates of a column are written, by a cell that cannot be read without saying so.

use crate::text::{Said, said};

/// The next step where a cell with a date cannot be read: the option, with the formats that fit the cell.
pub(super) fn hint(cell: &str) -> Said {
    let cell = cell.trim();
    if is_month(cell) {
        let day = if cell.ends_with('月') { format!("{cell}1日") } else { format!("{cell}-01") };
        let day = match cell.chars().find(|c| matches!(c, '/' | '.')) {
            Some(sign) => format!("{cell}{sign}01"),
            None => day,
        };
        return said!("a day is needed, such as {day}", "须写到日，如 {day}");
    }
    let formats = formats(cell);
    match formats.as_slice() {
        [one] => said!("say how dates are written: --date-format {one}", "请说明日期的写法：--date-format {one}"),
        [one, other] => said!(
            "say how dates are written: --date-format {one} or --date-format {other}",
            "请说明日期的写法：--date-format {one} 或 --date-format {other}"
        ),
        _ => said!(
            "say how dates are written, such as --date-format %d/%m/%Y",
            "请说明日期的写法，例如 --date-format %d/%m/%Y"
        ),
    }
}

/// Whether a cell names a month of a year, and no day of it.
fn is_month(cell: &str) -> bool {
    let Some((year, month)) = cell.split_once(['-', '/', '.', '年']) else { return false };
    let month = month.strip_suffix('月').unwrap_or(month);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    year.len() == 4 && digits(year) && digits(month) && month.parse().is_ok_and(|month: u8| (1..=12).contains(&month))
}

/// The formats by which a cell is a date; the day first where it may be either.
fn formats(cell: &str) -> Vec<String> {
    let date = cell.split([' ', 'T']).next().unwrap_or_default();
    let Some(sign) = date.chars().find(|c| !c.is_ascii_digit()).filter(|sign| matches!(sign, '.' | '/' | '-')) else {
        return Vec::new();
    };
    let parts: Vec<&str> = date.split(sign).collect();
    let [first, second, third] = parts.as_slice() else { return Vec::new() };
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())) {
        return Vec::new();
    }
    // Where the year stands, and the two beside it.
    let (one, other, year_first) = match (first.len(), third.len()) {
        (4, 1 | 2) => (*second, *third, true),
        (1 | 2, 4 | 2) => (*first, *second, false),
        _ => return Vec::new(),
    };
    let year = if first.len() == 4 || third.len() == 4 { "%Y" } else { "%y" };
    let within = |part: &str, most: u32| part.parse().is_ok_and(|number: u32| (1..=most).contains(&number));
    let mut orders = Vec::new();
    if within(one, 31) && within(other, 12) {
        orders.push(["%d", "%m"]);
    }
    if within(one, 12) && within(other, 31) {
        orders.push(["%m", "%d"]);
    }
    let written = orders.into_iter().map(|[one, other]| {
        let parts = if year_first { [year, one, other] } else { [one, other, year] };
        parts.join(&sign.to_string())
    });
    written.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_cell_tells_the_format_of_its_column() {
        for (cell, expected) in [
            ("31.12.2026", &["%d.%m.%Y"][..]),
            ("31/12/2026", &["%d/%m/%Y"]),
            ("12/31/2026 14:05", &["%m/%d/%Y"]),
            ("3-4-26", &["%d-%m-%y", "%m-%d-%y"]),
            ("2026/31/12", &["%Y/%d/%m"]),
            ("40/40/2026", &[]),
            ("soon", &[]),
            ("31. Dezember", &[]),
        ] {
            assert_eq!(formats(cell), expected, "{cell}");
        }
        for (cell, expected) in [
            ("2026-12", "a day is needed, such as 2026-12-01"),
            ("2026/1", "a day is needed, such as 2026/1/01"),
            ("2026年12月", "a day is needed, such as 2026年12月1日"),
        ] {
            assert_eq!(hint(cell).get(Lang::En), expected);
        }
        assert_eq!(hint(" 31.12.2026").get(Lang::En), "say how dates are written: --date-format %d.%m.%Y");
    }
}
