//! The zone that the variable TZ names, in the forms of POSIX (IEEE Std 1003.1, chapter 8.3): the name of a zone, the
//! path of its file, or a name with the distance from UTC, west counted up: `CST-8`, `<+08>-8`, `EST5EDT,M3.2.0,M11.1.0`.

use chrono_tz::Tz;

/// Zones with a summer time as their own files say it in one line, without the names that are the same in all spellings
/// of it: what stands in TZ, the rule that follows it where one does, and the zone.
const SUMMER: [(&str, &str, Tz); 14] = [
    ("EST5EDT", "M3.2.0,M11.1.0", Tz::America__New_York),
    ("CST6CDT", "M3.2.0,M11.1.0", Tz::America__Chicago),
    ("MST7MDT", "M3.2.0,M11.1.0", Tz::America__Denver),
    ("PST8PDT", "M3.2.0,M11.1.0", Tz::America__Los_Angeles),
    ("AKST9AKDT", "M3.2.0,M11.1.0", Tz::America__Anchorage),
    ("AST4ADT", "M3.2.0,M11.1.0", Tz::America__Halifax),
    ("NST3:30NDT", "M3.2.0,M11.1.0", Tz::America__St_Johns),
    ("GMT0BST", "M3.5.0/1,M10.5.0", Tz::Europe__London),
    ("WET0WEST", "M3.5.0/1,M10.5.0", Tz::Europe__Lisbon),
    ("CET-1CEST", "M3.5.0,M10.5.0/3", Tz::Europe__Berlin),
    ("EET-2EEST", "M3.5.0/3,M10.5.0/4", Tz::Europe__Athens),
    ("AEST-10AEDT", "M10.1.0,M4.1.0/3", Tz::Australia__Sydney),
    ("ACST-9:30ACDT", "M10.1.0,M4.1.0/3", Tz::Australia__Adelaide),
    ("NZST-12NZDT", "M9.5.0,M4.1.0/3", Tz::Pacific__Auckland),
];

/// Zones without summer time whose distance is no whole number of hours, by the minutes that they are ahead of UTC.
const BETWEEN: [(i32, Tz); 8] = [
    (-570, Tz::Pacific__Marquesas),
    (210, Tz::Asia__Tehran),
    (270, Tz::Asia__Kabul),
    (330, Tz::Asia__Kolkata),
    (345, Tz::Asia__Kathmandu),
    (390, Tz::Asia__Yangon),
    (525, Tz::Australia__Eucla),
    (570, Tz::Australia__Darwin),
];

/// The zone of a value of TZ; `None` for one that says what no zone of the database is.
pub(super) fn from_tz(text: &str) -> Option<Tz> {
    let text = text.trim();
    let name = text.strip_prefix(':').unwrap_or(text);
    if let Ok(zone) = name.parse() {
        return Some(zone);
    }
    if name.starts_with('/') {
        return of_file(name).or_else(|| of_file(std::fs::canonicalize(name).ok()?.to_str()?));
    }
    let (standard, rule) = name.split_once(',').map_or((name, None), |(standard, rule)| (standard, Some(rule)));
    let usual = |stated: &str| rule.is_none_or(|rule| plain(rule) == stated);
    let summer = SUMMER.iter().find(|(name, stated, _)| *name == standard && usual(stated));
    summer.map(|(.., zone)| *zone).or_else(|| without_summer(standard).filter(|_| rule.is_none()))
}

/// The zone of a file of the system's database: what stands behind `zoneinfo/`.
fn of_file(path: &str) -> Option<Tz> {
    let (_, name) = path.rsplit_once("zoneinfo/")?;
    let name = name.strip_prefix("posix/").or_else(|| name.strip_prefix("right/")).unwrap_or(name);
    name.parse().ok()
}

/// A rule as it is shortest: the hour is 2 where none is given.
fn plain(rule: &str) -> String {
    let day = |day: &str| {
        let day = day.trim_end_matches(":00").replace("/0", "/");
        day.strip_suffix("/2").map(str::to_owned).unwrap_or(day)
    };
    rule.split(',').map(day).collect::<Vec<_>>().join(",")
}

/// A name and a distance from UTC, nothing behind them.
fn without_summer(text: &str) -> Option<Tz> {
    let distance = match text.strip_prefix('<') {
        Some(quoted) => quoted.split_once('>')?.1,
        None => {
            let distance = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            (text.len() - distance.len() >= 3).then_some(distance)?
        }
    };
    let (sign, digits) = match distance.strip_prefix('-') {
        Some(digits) => (1, digits),
        None => (-1, distance.strip_prefix('+').unwrap_or(distance)),
    };
    let mut parts = [0; 3];
    for (at, part) in digits.split(':').enumerate() {
        let number: i32 = part.parse().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()))?;
        *parts.get_mut(at)? = number;
    }
    let ([hours, minutes, seconds], most) = (parts, 24);
    if seconds != 0 || minutes > 59 || hours > most {
        return None;
    }
    match sign * (hours * 60 + minutes) {
        0 => Some(Tz::UTC),
        // The database counts west up too.
        ahead if ahead % 60 == 0 => format!("Etc/GMT{:+}", -ahead / 60).parse().ok(),
        ahead => BETWEEN.iter().find(|(minutes, _)| *minutes == ahead).map(|(_, zone)| *zone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_read_in_every_form_of_the_variable() {
        for (text, zone) in [
            ("Asia/Shanghai", Some(Tz::Asia__Shanghai)),
            (":Asia/Shanghai", Some(Tz::Asia__Shanghai)),
            (":/usr/share/zoneinfo/Asia/Shanghai", Some(Tz::Asia__Shanghai)),
            ("/usr/share/zoneinfo/posix/Europe/Berlin", Some(Tz::Europe__Berlin)),
            ("CST-8", Some(Tz::Etc__GMTMinus8)),
            ("<+08>-08:00", Some(Tz::Etc__GMTMinus8)),
            ("<-03>3", Some(Tz::Etc__GMTPlus3)),
            ("IST-5:30", Some(Tz::Asia__Kolkata)),
            ("UTC0", Some(Tz::UTC)),
            ("EST5EDT,M3.2.0,M11.1.0", Some(Tz::America__New_York)),
            ("EST5EDT,M3.2.0/2:00:00,M11.1.0/02", Some(Tz::America__New_York)),
            ("CET-1CEST,M3.5.0,M10.5.0/3", Some(Tz::Europe__Berlin)),
            ("CET-1CEST", Some(Tz::Europe__Berlin)),
            ("EST5EDT,M1.1.0,M2.1.0", None),
            ("CST-8:07", None),
            ("Asia/Shangai", None),
            ("/nonexistent", None),
            ("X-8", None),
            ("CST-99", None),
        ] {
            assert_eq!(from_tz(text), zone, "{text}");
        }
    }
}
