//! Numbers: `1,200.50`, `1.200,50`, `(1,200)`, `10k`, `1.5m`, `3万`, `三万五`, `１２`.

use std::str::FromStr;

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    Result, WordsError, chinese,
    figures::{self, Mark},
};
use crate::text::{fold_cow, said};

/// The letters that may follow the digits, and the power of ten they stand for. The longest spelling that fits is meant.
const SCALES: &[(&str, u32)] = &[("k", 3), ("w", 4), ("mn", 6), ("m", 6), ("bn", 9), ("b", 9)];

/// A number as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// What it is, taking a lone point for the sign before decimals.
    value: Decimal,
    /// What else it can be: of `1.234`, 1234.
    or: Option<Decimal>,
}

impl Number {
    /// Reads a number; `mark` is what stands before decimals where that is known, as of a column of a file.
    pub fn read(text: &str, mark: Option<Mark>) -> Result<Self> {
        let folded = fold_cow(text);
        let (negative, rest) = unsigned(&folded);
        let (rest, mark) = without_dashes(rest, mark);
        let (digits, power) = SCALES
            .iter()
            .find_map(|&(suffix, power)| rest.strip_suffix(suffix).map(|digits| (digits.trim_end(), power)))
            .unwrap_or((rest, 0));
        let in_digits = |digits: &str| exact(digits, power, negative).ok_or_else(|| too_many_digits(text));
        match figures::read(digits, mark) {
            Some(figures) => {
                // With a unit behind it nobody writes thousands: `1.234万`.
                let or = figures.or.filter(|_| power == 0).map(|or| in_digits(&or)).transpose()?;
                Ok(Self { value: in_digits(&figures.digits)?, or })
            }
            None => {
                let spelled = chinese::read(rest, mark).ok_or_else(|| not_a_number(text))?;
                let value = exact(&spelled.digits, spelled.power, negative).ok_or_else(|| too_many_digits(text))?;
                Ok(Self { value, or: None })
            }
        }
    }

    /// The number, whatever it counts: a lone point stands before decimals.
    pub const fn value(self) -> Decimal {
        self.value
    }

    /// The number of something that is counted with so many decimals. With fewer than three, the point of `1.234` may
    /// be one between thousands.
    pub fn with_decimals(self, text: &str, decimals: u8) -> Result<Decimal> {
        match self.or {
            Some(or) if decimals < 3 => {
                let (text, value) = (text.trim(), self.value);
                let error = WordsError::new(said!(
                    "'{text}' can be read as {or} and as {value}",
                    "“{text}”可以读作 {or}，也可以读作 {value}"
                ));
                Err(error.hint(said!(
                    "write {or} without a point for the one; for the other leave out digits behind the point",
                    "前者请写 {or}，不要加点；后者请减少小数点后的位数"
                )))
            }
            _ => Ok(self.value),
        }
    }
}

/// A number in plain figures, of whatever width: what an option takes.
pub fn plain<N: FromStr>(text: &str) -> Option<N> {
    fold_cow(text.trim()).parse().ok()
}

/// A decimal number, exactly as written.
pub fn parse(text: &str) -> Result<Decimal> {
    Number::read(text, None).map(|number| number.value)
}

/// A whole number; `1.5k` is one, `1.5` is not.
pub fn parse_whole(text: &str) -> Result<i64> {
    whole(text, None)
}

/// A whole number; `mark` is what stands before decimals where that is known.
pub fn whole(text: &str, mark: Option<Mark>) -> Result<i64> {
    let number = Number::read(text, mark)?.with_decimals(text, 0)?;
    if !number.is_integer() {
        return Err(WordsError::new(said!("'{}' is not a whole number", "“{}”不是整数", text.trim()))
            .hint(said!("leave out what stands after the point", "请去掉小数点后的部分")));
    }
    number.to_i64().ok_or_else(|| {
        WordsError::new(said!("'{}' is too large", "“{}”太大", text.trim()))
            .hint(said!("write a smaller number", "请写小一些的数"))
    })
}

/// A whole number of percent: `75`, `75%`, `七成`, `七成五`, `百分之七十五`.
pub fn percent(text: &str, mark: Option<Mark>) -> Result<i64> {
    let folded = fold_cow(text);
    in_tenths(text, &folded).unwrap_or_else(|| whole(without_percent(&folded), mark))
}

/// A number of percent with decimals, of which so many are counted: `12.5%`, `12.5`, and all that [`percent`] reads.
pub fn rate(text: &str, mark: Option<Mark>, decimals: u8) -> Result<Decimal> {
    let folded = fold_cow(text);
    let said = without_percent(&folded);
    let read = match in_tenths(text, &folded) {
        Some(tenths) => tenths.map(Decimal::from),
        None => Number::read(said, mark).and_then(|number| number.with_decimals(said, decimals)),
    };
    read.map_err(|error| match Number::read(said, mark) {
        // Too many digits, or two numbers.
        Err(WordsError { hint: None, .. }) | Ok(_) => error,
        Err(_) => WordsError::new(said!("'{}' is not a percentage", "“{}”不是百分比", text.trim()))
            .hint(said!("write 13%, 12.5% or 12.5", "请写 13%、12.5% 或 七成五")),
    })
}

/// Folded text without the word or the sign for percent.
fn without_percent(folded: &str) -> &str {
    let said = folded.strip_suffix('%').map_or(folded, str::trim_end);
    said.strip_prefix("百分之").unwrap_or(said)
}

/// The percent that folded text says in tenths, where it does: `七成`, `七成五`, `七成半`.
fn in_tenths(text: &str, folded: &str) -> Option<Result<i64>> {
    let (tenths, rest) = folded.split_once('成').filter(|_| without_percent(folded) == folded)?;
    let ones = match rest {
        "" => Some(0),
        "半" => Some(5),
        rest => parse_whole(rest).ok().filter(|ones| (1..=9).contains(ones)),
    };
    let tenths = parse_whole(tenths).ok().filter(|tenths| (0..=10).contains(tenths));
    Some(tenths.zip(ones).map(|(tenths, ones)| tenths * 10 + ones).ok_or_else(|| not_a_number(text)))
}

/// Whether folded text is negative, by a sign or by the brackets of bookkeepers, and what it says without them.
pub(super) fn unsigned(folded: &str) -> (bool, &str) {
    if let Some(inside) = folded.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return (true, inside.trim());
    }
    match folded.strip_prefix(['-', '−', '负']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, folded.strip_prefix('+').unwrap_or(folded).trim_start()),
    }
}

/// `1.200,-` has no cents: the number without the dash, and what stands before decimals then.
fn without_dashes(text: &str, mark: Option<Mark>) -> (&str, Option<Mark>) {
    let Some(rest) = text.strip_suffix(['-', '–', '—']).map(|rest| rest.trim_end_matches(['-', '–', '—']))
    else {
        return (text, mark);
    };
    [Mark::Comma, Mark::Point]
        .into_iter()
        .filter(|sign| mark.is_none_or(|mark| mark == *sign))
        .find_map(|sign| Some((rest.strip_suffix(sign.sign())?, Some(sign))))
        .unwrap_or((text, mark))
}

fn exact(digits: &str, power: u32, negative: bool) -> Option<Decimal> {
    let number = Decimal::from_str_exact(digits).ok()?.checked_mul(Decimal::from(10u64.pow(power)))?.normalize();
    Some(if negative && !number.is_zero() { -number } else { number })
}

/// The number in digits, without grouping or trailing zeros, as [`parse`] reads it back.
pub fn print(number: Decimal) -> String {
    number.normalize().to_string()
}

/// A number in units of so many decimals, as [`print`] has it, however large: 125 in hundredths is `1.25`.
pub fn print_scaled(number: i128, decimals: u32) -> String {
    let digits = format!("{:0width$}", number.unsigned_abs(), width = decimals as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals as usize);
    let fraction = fraction.trim_end_matches('0');
    let (sign, point) = (if number < 0 { "-" } else { "" }, if fraction.is_empty() { "" } else { "." });
    format!("{sign}{whole}{point}{fraction}")
}

fn not_a_number(text: &str) -> WordsError {
    WordsError::new(said!("'{}' is not a number", "“{}”不是数字", text.trim())).hint(said!(
        "write 1200.50, 1,200.50, 10k, 1.5m, 3万 or 2亿",
        "请写 1200.50、1,200.50、10k、3万、三万五 或 2亿"
    ))
}

fn too_many_digits(text: &str) -> WordsError {
    WordsError::new(said!("'{}' has more digits than can be kept exactly", "“{}”的位数太多，无法精确保存", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;
    use proptest::prelude::*;

    #[test]
    fn spellings() {
        let table = [
            ("0", "0"),
            ("10k", "10000"),
            ("1.5m", "1500000"),
            ("3万", "30000"),
            ("2亿", "200000000"),
            ("1.2 亿", "120000000"),
            ("500万", "5000000"),
            ("2千万", "20000000"),
            ("1,200.50", "1200.5"),
            ("１２", "12"),
            ("１，２００．５", "1200.5"),
            ("-3K", "-3000"),
            ("+7", "7"),
            (".5", "0.5"),
            ("2bn", "2000000000"),
            ("-0", "0"),
            ("三万", "30000"),
            ("十亿", "1000000000"),
            ("两千", "2000"),
            ("1.234,50", "1234.5"),
            ("1\u{a0}234,50", "1234.5"),
            ("1\u{202f}234,50", "1234.5"),
            ("1'234.50", "1234.5"),
            ("1.200,-", "1200"),
            ("1200.--", "1200"),
            ("1,50,000", "150000"),
            ("(1,200.00)", "-1200"),
            ("（1，200）", "-1200"),
            ("0.125", "0.125"),
            ("1.234", "1.234"),
            ("1.234万", "12340"),
        ];
        for (text, plain) in table {
            assert_eq!(parse(text).map(print).as_deref(), Ok(plain), "{text}");
        }
    }

    #[test]
    fn not_numbers() {
        for text in ["", "k", "1,2,3", "1,2000", "1.", "1.2.3", "abc", "1e5", "--1", "(-1)", "(1", ",100", "1 2", "万"]
        {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&"9".repeat(40)).is_err_and(|e| e.message.get(Lang::En).contains("more digits")));
        assert!(parse_whole("1.5").is_err());
        assert_eq!(parse_whole("1.5k"), Ok(1500));
        assert!(
            parse_whole("1.200").is_err_and(|e| e.message.get(Lang::En) == "'1.200' can be read as 1200 and as 1.2")
        );
        assert!(parse_whole("100000000000亿").is_err());
    }

    #[test]
    fn percents() {
        for (text, number) in [
            ("75", 75),
            ("75 %", 75),
            ("７５％", 75),
            ("七成", 70),
            ("7成", 70),
            ("七成五", 75),
            ("六成半", 65),
            ("十成", 100),
            ("百分之六十", 60),
            ("五十", 50),
        ] {
            assert_eq!(percent(text, None), Ok(number), "{text}");
        }
        for text in ["", "%", "成", "七八成", "七成%", "七成十", "75%%", "百分之", "十二成"] {
            assert!(percent(text, None).is_err(), "{text}");
        }
    }

    #[test]
    fn rates_have_decimals() {
        for (text, number) in [
            ("12.5%", "12.5"),
            ("12.5", "12.5"),
            ("13 %", "13"),
            ("0.0125%", "0.0125"),
            ("１２．５％", "12.5"),
            ("12,5 %", "12.5"),
            ("1.234%", "1.234"),
            ("8.875", "8.875"),
            ("-2.5%", "-2.5"),
            ("一成", "10"),
            ("七成五", "75"),
            ("百分之十二点五", "12.5"),
        ] {
            assert_eq!(rate(text, None, 4).map(print).as_deref(), Ok(number), "{text}");
        }
        for text in ["", "%", "成", "九五折", "七成%", "12.5%%", "十二成", "a lot"] {
            let error = rate(text, None, 4).expect_err(text);
            assert_eq!(error.message.get(Lang::En), format!("'{text}' is not a percentage"));
        }
    }

    #[test]
    fn numbers_in_small_units_print_as_others_do() {
        for (number, decimals, text) in
            [(125, 2, "1.25"), (-5, 6, "-0.000005"), (1_500_000, 6, "1.5"), (0, 6, "0"), (-300, 2, "-3"), (7, 0, "7")]
        {
            assert_eq!(print_scaled(number, decimals), text);
        }
        assert_eq!(print_scaled(i128::MIN, 10), "-17014118346046923173168730371.5884105728");
    }

    proptest! {
        #[test]
        fn printed_numbers_are_read_back(units in any::<i64>(), scale in 0u32..12) {
            let number = Decimal::new(units, scale);
            prop_assert_eq!(parse(&print(number)), Ok(number));
        }

        #[test]
        fn any_text_is_survived(text in any::<String>(), like in "[-+()0-9,.'kmw万亿 ]{0,40}") {
            let _ = (parse(&text), parse_whole(&like));
        }
    }
}
