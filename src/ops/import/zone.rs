//! Zones in headings: `Due (UTC+8)`, and columns that have one for each row.

use chrono_tz::Tz;

use crate::text::fold;

/// What stands in the brackets of a heading of times.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// This zone.
    Known(Tz),
    /// A zone, and it is not certain which.
    Unknown,
    /// Something else.
    None,
}

/// Abbreviations that stand for a zone, or for several.
const SHORT: [&str; 16] =
    ["est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "et", "ct", "mt", "pt", "cet", "cest", "bst", "ist"];

/// Words that name the time of some place: `Eastern Time`.
const NAMED: [&str; 13] = [
    "eastern",
    "central",
    "mountain",
    "pacific",
    "atlantic",
    "alaska",
    "hawaii",
    "greenwich",
    "british",
    "european",
    "indian",
    "japan",
    "singapore",
];

/// Whether the words of a heading say that its column has zones or offsets.
pub(super) fn is_of_zones(words: &str) -> bool {
    let padded = format!(" {words} ");
    let named = [" time zone ", " timezone ", " tz ", " tzid ", " utc offset ", " gmt offset "];
    named.iter().any(|name| padded.contains(name)) || words.contains("时区") || matches!(words, "zone" | "offset")
}

/// The zone that a text in brackets names.
pub(super) fn read(text: &str) -> Zone {
    let folded = fold(text);
    let about = ["utc", "gmt", "时区", "北京时间", "time zone", "timezone"];
    match folded.as_str() {
        "utc" | "gmt" | "z" => return Zone::Known(Tz::UTC),
        "北京时间" | "beijing time" | "china standard time" => return Zone::Known(Tz::Asia__Shanghai),
        _ => {}
    }
    if let Some(zone) = whole_hours(&folded) {
        return Zone::Known(zone);
    }
    if let Some(offset) = folded.strip_prefix("utc").or_else(|| folded.strip_prefix("gmt")) {
        return whole_hours(offset.trim()).map_or(Zone::Unknown, Zone::Known);
    }
    if let Ok(zone) = text.trim().parse::<Tz>()
        && text.contains('/')
    {
        return Zone::Known(zone);
    }
    let words = || folded.split(|c: char| !c.is_alphanumeric());
    let offset =
        folded.strip_prefix(['+', '-', '−']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let named = words().any(|word| word == "time") && words().any(|word| NAMED.contains(&word));
    let is_zone = offset || named || SHORT.contains(&folded.as_str()) || about.iter().any(|word| folded.contains(word));
    if is_zone { Zone::Unknown } else { Zone::None }
}

/// The zone of `+8`, `+08:00` or `-5`.
fn whole_hours(offset: &str) -> Option<Tz> {
    let (sign, hours) = match offset.strip_prefix('+') {
        // The names of these zones count to the west.
        Some(hours) => ('-', hours),
        None => ('+', offset.strip_prefix(['-', '−'])?),
    };
    let hours: u8 = hours.strip_suffix(":00").unwrap_or(hours).trim().parse().ok()?;
    format!("Etc/GMT{sign}{hours}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_read_from_brackets() {
        for (text, expected) in [
            ("UTC", Zone::Known(Tz::UTC)),
            ("UTC+8", Zone::Known(Tz::Etc__GMTMinus8)),
            ("gmt +08:00", Zone::Known(Tz::Etc__GMTMinus8)),
            ("UTC-5", Zone::Known(Tz::Etc__GMTPlus5)),
            ("Asia/Shanghai", Zone::Known(Tz::Asia__Shanghai)),
            ("北京时间", Zone::Known(Tz::Asia__Shanghai)),
            ("+08:00", Zone::Known(Tz::Etc__GMTMinus8)),
            ("-5", Zone::Known(Tz::Etc__GMTPlus5)),
            ("+05:30", Zone::Unknown),
            ("Eastern Time", Zone::Unknown),
            ("US Pacific Standard Time", Zone::Unknown),
            ("local time", Zone::None),
            ("UTC+5:30", Zone::Unknown),
            ("PST", Zone::Unknown),
            ("planned", Zone::None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn columns_of_zones_are_told_by_their_words() {
        for heading in ["due timezone", "due time zone", "due tz", "tzid", "offset", "gmt offset", "zone", "截止时区"]
        {
            assert!(is_of_zones(heading), "{heading}");
        }
        assert!(["time", "sales zone", "zone manager", "时间"].iter().all(|heading| !is_of_zones(heading)));
    }
}
