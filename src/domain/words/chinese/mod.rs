//! Numbers in Chinese, in its own numerals, those of bills and the figures that stand among them: `三万五`, `12万5千`,
//! `一百二十万`, `二十万零五百`, `半万`, `百万`, `三点五万`, `壹拾贰万`.
//!
//! A digit at the end, behind a unit and without one of its own, is of the unit below: `三万五` is 35,000 and `三万零五`
//! is 30,005. About how many (`三五万`, `十几万`) is no number.

use super::figures::{self, Mark};
use crate::text::simplified::simplified;

/// A number as digits with a point before decimals, times a power of ten.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DecimalNumeral {
    pub(super) digits: String,
    pub(super) power: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'t> {
    Digit(u64),
    /// `十` and so on, as a power of ten.
    Unit(u32),
    Figures(&'t str),
    /// `点`, before decimals.
    Point,
    /// `半`.
    Half,
}
use Token::{Digit, Figures, Half, Point, Unit};

/// The number that the whole of a folded text says; `mark` is what stands before decimals in figures, where that is known.
pub(super) fn read(text: &str, mark: Option<Mark>) -> Option<DecimalNumeral> {
    let tokens = tokens(text)?;
    let spelled = |digits: String, power| Some(DecimalNumeral { digits, power });
    if let [Figures(figures), units @ ..] = &tokens[..]
        && let Some(power) = scale(units)
    {
        return spelled(figures::read(figures, mark)?.digits, power);
    }
    match tokens[..] {
        [Half, Unit(power @ 2..)] => return spelled("0.5".to_owned(), power),
        // `百万`; a single `百` or `万` is no number, but a size.
        [Unit(2..), Unit(_), ..] => return spelled("1".to_owned(), scale(&tokens)?),
        _ => {}
    }
    let Some(at) = tokens.iter().position(|token| *token == Point) else {
        return spelled(whole(&tokens, true)?.to_string(), 0);
    };
    let (before, behind) = (whole(&tokens[..at], false)?, &tokens[at + 1..]);
    let decimals = behind.iter().take_while(|token| matches!(token, Digit(_))).count();
    let (decimals, units) = behind.split_at(decimals);
    let decimals: String = decimals.iter().map(digits_of).collect();
    (!decimals.is_empty()).then_some(())?;
    spelled(format!("{before}.{decimals}"), scale(units)?)
}

/// The whole number that `text` begins with, in front of what is counted, and what follows it: `十二天后` is 12 and
/// `天后`. Nothing where several digits say about how many (`三五天`) or a unit is left out (`一百二天`).
pub(in crate::domain) fn count_prefix(text: &str) -> Option<(u32, &str)> {
    let numeral = |c: char| matches!(token(c), Some(Digit(_) | Unit(_))) || tens(c).is_some();
    let figures = text.bytes().take_while(u8::is_ascii_digit).count();
    let (head, rest) = text.split_at(figures);
    if !rest.starts_with(numeral) {
        return head.parse().ok().map(|number| (number, rest));
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && !numeral(c)).unwrap_or(text.len());
    let (head, rest) = text.split_at(end);
    let number = match tokens(head)?[..] {
        // The minutes of `三点零五分`.
        [Digit(0), Digit(ones)] => ones,
        ref tokens => whole(tokens, false)?,
    };
    Some((u32::try_from(number).ok()?, rest))
}

/// The digit that a character is.
pub(in crate::domain) fn digit(c: char) -> Option<u32> {
    Some(match simplified(c) {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' | '参' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn token(c: char) -> Option<Token<'static>> {
    Some(match simplified(c) {
        '十' | '拾' => Unit(1),
        '百' | '佰' => Unit(2),
        '千' | '仟' => Unit(3),
        '万' => Unit(4),
        '亿' => Unit(8),
        '点' => Point,
        '半' => Half,
        c => Digit(digit(c)?.into()),
    })
}

/// `廿` and `卅`, which are two and three tens.
const fn tens(c: char) -> Option<u64> {
    match c {
        '廿' => Some(2),
        '卅' => Some(3),
        _ => None,
    }
}

/// Spaces may stand between numerals and figures, and before `个亿`.
fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let (mut tokens, mut rest) = (Vec::new(), text);
    while let Some(c) = rest.chars().next() {
        if let Some(tens) = tens(c) {
            tokens.extend([Digit(tens), Unit(1)]);
        } else if let Some(token) = token(c) {
            tokens.push(token);
        } else if rest.starts_with("个亿") {
            // `两个亿`: the next one is read as always.
        } else if c.is_ascii_digit() || matches!(c, '.' | ',') {
            let end = rest.find(|c| token(c).is_some() || tens(c).is_some() || c == '个');
            let (figures, behind) = rest.split_at(end.unwrap_or(rest.len()));
            tokens.push(Figures(figures.trim_end()));
            rest = behind;
            continue;
        } else {
            return None;
        }
        let behind = &rest[c.len_utf8()..];
        let spaced = behind.trim_start();
        rest = if spaced.starts_with(|c: char| c.is_ascii_digit()) { spaced } else { behind };
    }
    Some(tokens)
}

/// The power of ten of units that stand one behind the other: `百万`, `万亿`.
fn scale(units: &[Token<'_>]) -> Option<u32> {
    let (mut sum, mut before) = (0, 0);
    for token in units {
        let Unit(power) = *token else { return None };
        // `十百` is nothing.
        if power <= before || before > 0 && power < 4 {
            return None;
        }
        (sum, before) = (sum + power, power);
    }
    Some(sum)
}

/// The whole number of these tokens; with `short`, a unit may be left out at the end.
fn whole(tokens: &[Token<'_>], short: bool) -> Option<u64> {
    let unit = |token: &Token<'_>| if let Unit(power) = token { Some(*power) } else { None };
    let Some(power) = tokens.iter().filter_map(unit).max() else {
        let [only] = tokens else { return None };
        return digits_of(only).parse().ok();
    };
    let at = tokens.iter().position(|token| *token == Unit(power))?;
    let count = match &tokens[..at] {
        [] if power == 1 => 1,
        before @ [_] if power < 4 => whole(before, false).filter(|digit| *digit < 10)?,
        before if power >= 4 => whole(before, false).filter(|count| *count < 100_000_000)?,
        _ => return None,
    };
    let rest = below(&tokens[at + 1..], power, short)?;
    (count > 0).then(|| count * 10u64.pow(power) + rest)
}

/// What stands behind a unit, which is less than one of it.
fn below(tokens: &[Token<'_>], power: u32, short: bool) -> Option<u64> {
    let number = match tokens {
        [] => return Some(0),
        [Digit(0), behind @ ..] => whole(behind, short).filter(|number| *number > 0)?,
        [one] => {
            let digits = digits_of(one);
            let number: u64 = digits.parse().ok()?;
            match digits.len() {
                1 if power == 1 => number,
                1 if short => number * 10u64.pow(power - 1),
                1 => return None,
                // Of `1亿2000` nobody knows whether it is followed by 万 or not.
                _ if power > 4 => return None,
                len if digits.starts_with('0') && len < usize::try_from(power).ok()? => return None,
                _ => number,
            }
        }
        // So it is with `一亿二千`.
        _ if power > 4 && !tokens.contains(&Unit(4)) => return None,
        _ => whole(tokens, short)?,
    };
    (number < 10u64.pow(power)).then_some(number)
}

fn digits_of(token: &Token<'_>) -> String {
    match token {
        Digit(digit) => digit.to_string(),
        Figures(figures) => (*figures).to_owned(),
        Unit(_) | Point | Half => String::new(),
    }
}

#[cfg(test)]
mod tests;
