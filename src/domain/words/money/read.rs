//! Amounts as they are written: the currency before or behind the number or both, `角` and `分`, `整` at the end.

use rust_decimal::Decimal;

use super::currency::{Currency, NamedCurrency};
use crate::{
    domain::words::{
        Result, WordsError, chinese,
        figures::Mark,
        number::{self, Number},
    },
    text::{fold_cow, said},
};

/// The number of main units that `text` says, and the currency that it names; a bare number is one of `default`.
/// `decimals` tells how many an amount of a currency may have.
pub(super) fn amount(
    text: &str,
    default: Currency,
    mark: Option<Mark>,
    decimals: fn(Currency) -> u8,
) -> Result<(Decimal, Option<Currency>)> {
    let folded = fold_cow(text);
    if folded.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-')) {
        return Ok((decimal(text, &folded, decimals(default), mark)?, None));
    }
    let (negative, body) = number::unsigned(&folded);
    let (said, body) = currency_before(text, body)?;
    let body = body.strip_suffix(['整', '正']).map_or(body, str::trim_end);
    let (body, cents) = without_change(body).unwrap_or((body, None));
    let (mut said, body) = currency_behind(text, said, body)?;
    if cents.is_some() {
        said = Some(agreed(text, said, NamedCurrency::UNIT)?);
    }
    let currency = said.map(|said| match said.name {
        // Alone it is the sign of the yen where amounts are in yen.
        NamedCurrency::YUAN_SIGN if default == Currency::JPY => default,
        _ => said.currency,
    });
    let sign = match negative {
        true => "-",
        false if folded.starts_with('+') => "+",
        false => "",
    };
    let signed = format!("{sign}{}", if body.is_empty() && cents.is_some() { "0" } else { body });
    let whole = decimal(text, &signed, decimals(currency.unwrap_or(default)), mark)?;
    let Some(cents) = cents else { return Ok((whole, currency)) };
    let change = Decimal::new(cents.into(), 2);
    let sum = if number::unsigned(&signed).0 { whole.checked_sub(change) } else { whole.checked_add(change) };
    let sum = sum.filter(|_| whole.is_integer()).ok_or_else(|| not_money(text))?;
    Ok((sum, currency))
}

/// Takes the words for a currency off the front.
fn currency_before<'t>(text: &str, mut body: &'t str) -> Result<(Option<NamedCurrency>, &'t str)> {
    let mut said = None;
    while let Some((next, rest)) = NamedCurrency::before(body) {
        said = Some(agreed(text, said, next)?);
        body = rest;
    }
    Ok((said, body))
}

/// Takes the words for a currency off the end.
fn currency_behind<'t>(
    text: &str,
    mut said: Option<NamedCurrency>,
    mut body: &'t str,
) -> Result<(Option<NamedCurrency>, &'t str)> {
    while let Some((next, rest)) = NamedCurrency::behind(body) {
        said = Some(agreed(text, said, next)?);
        body = rest;
    }
    Ok((said, body))
}

fn agreed(text: &str, said: Option<NamedCurrency>, next: NamedCurrency) -> Result<NamedCurrency> {
    let Some(said) = said else { return Ok(next) };
    said.with(next).ok_or_else(|| {
        let (text, one, other) = (text.trim(), said.currency, next.currency);
        WordsError::new(said!(
            "'{text}' names two currencies, {one} and {other}",
            "“{text}”写了 {one} 和 {other} 两种货币"
        ))
        .hint(said!("leave one of them out", "请只保留一种"))
    })
}

/// The amount without its `角` and `分`, and these in hundredths: `3元5角`, `三块五`, `五毛`, `一块二毛五`, `壹元零伍分`. Each of
/// them has one digit.
fn without_change(body: &str) -> Option<(&str, Option<u32>)> {
    let body = body.strip_suffix('钱').filter(|rest| rest.ends_with(['块', '毛', '角', '分'])).unwrap_or(body);
    let (rest, fen) = match body.strip_suffix('分') {
        Some(rest) => {
            let (rest, digit) = last_digit(rest)?;
            // `壹元零伍分` has no 角.
            (rest.strip_suffix('零').unwrap_or(rest).trim_end(), Some(digit))
        }
        None => match last_digit(body).filter(|(rest, _)| rest.ends_with(['角', '毛'])) {
            Some((rest, digit)) => (rest, Some(digit)),
            None => (body, None),
        },
    };
    let (rest, jiao) = match rest.strip_suffix(['角', '毛']) {
        Some(rest) => last_digit(rest).map(|(rest, digit)| (rest, Some(digit)))?,
        None if fen.is_none() => match last_digit(rest).filter(|(rest, _)| rest.ends_with('块')) {
            Some((rest, digit)) => (rest, Some(digit)),
            None => return Some((rest, None)),
        },
        None => (rest, None),
    };
    (rest.is_empty() || rest.ends_with(['元', '圆', '块']))
        .then(|| (rest, Some(jiao.unwrap_or(0) * 10 + fen.unwrap_or(0))))
}

/// The digit at the end, and what stands before it.
fn last_digit(text: &str) -> Option<(&str, u32)> {
    let text = text.trim_end();
    let last = text.chars().next_back()?;
    let digit = last.to_digit(10).or_else(|| chinese::digit(last))?;
    Some((text[..text.len() - last.len_utf8()].trim_end(), digit))
}

/// The number of an amount of so many decimals.
fn decimal(text: &str, number: &str, decimals: u8, mark: Option<Mark>) -> Result<Decimal> {
    let read = Number::read(number, mark).map_err(|error| match error.hint {
        // It has too many digits.
        None => error,
        Some(_) => unknown_code(number).unwrap_or_else(|| not_money(text)),
    })?;
    read.with_decimals(text, decimals)
}

/// Letters beside a number are meant as a currency; other words are just no amount.
fn unknown_code(amount: &str) -> Option<WordsError> {
    let amount = number::unsigned(amount).1;
    let leading = amount.bytes().take_while(u8::is_ascii_alphabetic).count();
    let trailing = amount.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let (code, number) = match (leading, trailing) {
        (3, _) => amount.split_at(3),
        (_, 3..) => {
            let (number, code) = amount.split_at(amount.len() - 3);
            (code, number)
        }
        _ => return None,
    };
    number::parse(number).ok()?;
    Currency::parse(&code.to_ascii_uppercase()).err()
}

fn not_money(text: &str) -> WordsError {
    WordsError::new(said!("'{}' is not an amount of money", "“{}”不是金额", text.trim())).hint(said!(
        "write 12万 CNY, ¥120000, $12,000.50 or a number",
        "请写 12万、三万五、¥120000、5000元、$12,000.50 或一个数"
    ))
}
