//! Random formulas of numbers, beside a naive evaluation in exact fractions.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::*;
use crate::domain::customer;

/// An exact fraction in lowest terms, with its sign above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fraction(i128, i128);

impl Fraction {
    fn new(above: i128, below: i128) -> Option<Self> {
        let (mut a, mut b) = (above.unsigned_abs(), below.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let common = i128::try_from(a).ok().filter(|common| *common != 0)?;
        let sign = if below < 0 { -1 } else { 1 };
        Some(Self(above / common * sign, below / common * sign))
    }

    fn add(self, other: Self) -> Option<Self> {
        let above = self.0.checked_mul(other.1)?.checked_add(other.0.checked_mul(self.1)?)?;
        Self::new(above, self.1.checked_mul(other.1)?)
    }

    fn multiply(self, other: Self) -> Option<Self> {
        Self::new(self.0.checked_mul(other.0)?, self.1.checked_mul(other.1)?)
    }

    fn below(self, other: Self) -> Option<bool> {
        Some(self.add(Self(-other.0, other.1))?.0 < 0)
    }

    /// With so many decimals, halves away from zero.
    fn rounded(self, decimals: i32) -> Option<Self> {
        let unit = 10_i128.pow(decimals.unsigned_abs());
        let (up, down) = if decimals < 0 { (1, unit) } else { (unit, 1) };
        let (above, below) = (self.0.checked_mul(up)?, self.1.checked_mul(down)?);
        let units = (above.abs().checked_mul(2)?.checked_add(below)?) / below.checked_mul(2)?;
        Self::new(units.checked_mul(down)?.checked_mul(above.signum())?, up)
    }
}

/// What the naive evaluation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Naive {
    Number(Fraction),
    Empty,
    /// More than fractions of this size can tell.
    Beyond,
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// The fields of the record: one has a value, one has none.
const EMPLOYEES: i64 = 37;

/// A random formula with its value, told as it is made up. Divisors are such that decimals come to an end.
fn random(dice: &mut Dice, depth: u32) -> (String, Naive) {
    let number = |fraction: Option<Fraction>| fraction.map_or(Naive::Beyond, Naive::Number);
    if depth == 0 || dice.below(4) == 0 {
        return match dice.below(9) {
            0 => ("employees".to_owned(), number(Fraction::new(EMPLOYEES.into(), 1))),
            1 => ("open_tickets".to_owned(), Naive::Empty),
            2 => {
                let percent = dice.below(101);
                (format!("({percent}% * 1)"), number(Fraction::new(percent.into(), 100)))
            }
            3 => ("3万".to_owned(), number(Fraction::new(30_000, 1))),
            _ => {
                let (whole, cents) = (dice.below(300), dice.below(100));
                (format!("{whole}.{cents:02}"), number(Fraction::new((whole * 100 + cents).into(), 100)))
            }
        };
    }
    let (left, one) = random(dice, depth - 1);
    let (right, other) = random(dice, depth - 1);
    let both = |work: &dyn Fn(Fraction, Fraction) -> Option<Fraction>| match (one, other) {
        (Naive::Empty, _) | (_, Naive::Empty) => Naive::Empty,
        (Naive::Beyond, _) | (_, Naive::Beyond) => Naive::Beyond,
        (Naive::Number(one), Naive::Number(other)) => number(work(one, other)),
    };
    let only = |work: &dyn Fn(Fraction) -> Option<Fraction>| match one {
        Naive::Number(one) => number(work(one)),
        other => other,
    };
    // A condition on something empty does not hold.
    let less = match (one, other) {
        (Naive::Number(one), Naive::Number(other)) => one.below(other),
        (Naive::Beyond, _) | (_, Naive::Beyond) => None,
        _ => Some(false),
    };
    let choose = |first: Naive, second: Naive| less.map_or(Naive::Beyond, |less| if less { first } else { second });
    match dice.below(11) {
        0 | 1 => (format!("({left} + {right})"), both(&|one, other| one.add(other))),
        2 => (format!("({left} - {right})"), both(&|one, other| one.add(Fraction(-other.0, other.1)))),
        3 | 4 => (format!("{left} * ({right})"), both(&|one, other| one.multiply(other))),
        5 => {
            let divisor = [2_u32, 4, 5, 8, 10, 16, 25][dice.below(7) as usize];
            (format!("({left} / {divisor})"), only(&|one| one.multiply(Fraction(1, divisor.into()))))
        }
        6 => (format!("-({left})"), only(&|one| Some(Fraction(-one.0, one.1)))),
        7 => {
            let digits = dice.below(5) as i32 - 1;
            (format!("round({left} * 1, {digits})"), only(&|one| one.rounded(digits)))
        }
        8 => {
            let value = if one == Naive::Empty { other } else { one };
            (format!("coalesce({left}, {right})"), value)
        }
        9 => (format!("if({left} < {right}, {left}, {right})"), choose(one, other)),
        _ => {
            let value = match (one, other) {
                (Naive::Empty, _) | (_, Naive::Empty) => Naive::Empty,
                _ => choose(other, one),
            };
            (
                format!("max({left}, abs({right}), {right})"),
                match (value, other) {
                    (Naive::Number(most), Naive::Number(other)) => {
                        let positive = Fraction(other.0.abs(), other.1);
                        most.below(positive)
                            .map_or(Naive::Beyond, |less| Naive::Number(if less { positive } else { most }))
                    }
                    (value, _) => value,
                },
            )
        }
    }
}

fn fraction_of(number: Decimal) -> Option<Fraction> {
    Fraction::new(number.mantissa(), 10_i128.checked_pow(number.scale())?)
}

#[test]
fn any_formula_of_numbers_is_worked_out_exactly() {
    let mut dice = Dice(7);
    let record = Fields::of([("employees", Value::Whole(EMPLOYEES))]);
    let (mut exact, mut empty) = (0, 0);
    for _ in 0..10_000 {
        let depth = 1 + dice.below(3) as u32;
        let (text, expected) = random(&mut dice, depth);
        let formula = Formula::define(&text, &customer::KIND, None, &Kinds)
            .unwrap_or_else(|error| panic!("{text}: {}", error.message(crate::text::Lang::En)));
        let outcome = formula.evaluate(&record).unwrap();
        match (expected, &outcome.value) {
            (Naive::Empty, value) => {
                assert_eq!(*value, None, "{text}");
                empty += 1;
            }
            (Naive::Number(expected), Some(Datum::Number(number))) => {
                // Within 25 digits a decimal is the fraction; beyond, all 25 digits are those of the fraction.
                match fraction_of(*number) {
                    Some(found) if found == expected => exact += 1,
                    found => {
                        let digits = number.mantissa().unsigned_abs().to_string().len();
                        assert!(digits > 25, "{text}: {found:?} and not {expected:?}");
                        let near = expected.0.to_f64().unwrap() / expected.1.to_f64().unwrap();
                        let off = (number.to_f64().unwrap() - near).abs();
                        assert!(off <= near.abs() * 1e-12, "{text}: {number} and not {near}");
                    }
                }
            }
            (Naive::Number(expected), value) => {
                assert!(expected.0 / expected.1 > i128::from(u64::MAX), "{text}: {value:?} and not {expected:?}");
            }
            (Naive::Beyond, _) => {}
        }
        assert_eq!(outcome.value.is_none(), outcome.reason.is_some(), "{text}");
    }
    assert!(exact > 7_000 && empty > 500, "{exact} {empty}");
}
