//! What computed fields cost. Run with
//! `cargo nextest run --lib --run-ignored all --no-capture -E 'test(formula_tests::speed)' --config
//! 'profile.dev.package.crm.opt-level=3' --config 'profile.dev.package.crm.debug-assertions=false'`: builds for debugging
//! compute everything twice.

use std::time::Instant;

use super::{Made, OPEN, bill, customer, pieces, position, yuan};
use crate::{
    domain::{RecordId, Value},
    store::RecordState,
};

type States = Vec<(RecordId, Option<RecordState>)>;

/// Orders with positions of two yuan each.
fn positions(made: &Made, bills: u64, positions: u64) -> States {
    let mut states: States = vec![made.set(customer(1), &[])];
    states.extend((1..=bills).map(|num| made.set(bill(num), &[("customer", Some(Value::Link(1)))])));
    states.extend((1..=positions).map(|num| {
        let of = ("bill", Some(Value::Link(num % bills + 1)));
        made.set(position(num), &[of, ("quantity", pieces(2)), ("price", yuan(100)), ("state", OPEN)])
    }));
    states
}

fn milliseconds(run: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    run();
    begun.elapsed().as_secs_f64() * 1000.0
}

#[test]
#[ignore = "measures"]
#[expect(clippy::print_stderr, reason = "the figures are what it is for")]
fn one_more_line_costs_the_same_however_many_there_are() {
    for count in [10, 1_000, 100_000] {
        // Without the field that looks at all positions.
        let made = Made::with(|code| code != "greatest");
        made.write(positions(&made, 1, count)).unwrap();
        let one = |num| {
            let of = ("bill", Some(Value::Link(1)));
            made.set(position(num), &[of, ("quantity", pieces(1)), ("price", yuan(100)), ("state", OPEN)])
        };
        let mut times: Vec<f64> = (1..=21)
            .map(|more| {
                let state = vec![one(count + more)];
                milliseconds(|| made.write(state).unwrap())
            })
            .collect();
        times.sort_by(f64::total_cmp);
        eprintln!("{count} positions, one more: {:.3} ms (median of 21)", times[10]);
        assert_eq!(made.shown(bill(1), "pieces"), (count + 21).to_string());
    }
}

#[test]
#[ignore = "measures"]
#[expect(clippy::print_stderr, reason = "the figures are what it is for")]
fn totals_of_many_heads() {
    let most: u64 = std::env::var("CRM_LINES").ok().and_then(|positions| positions.parse().ok()).unwrap_or(100_000);
    let import = |wanted: fn(&str) -> bool| {
        let made = Made::with(wanted);
        let states = positions(&made, most / 10, most);
        let time = milliseconds(|| made.write(states).unwrap());
        (made, time)
    };
    let (_, without) = import(|_| false);
    let (made, with) = import(|code| matches!(code, "amount" | "total"));
    assert_eq!(made.shown(bill(1), "total"), "20.00 CNY");
    eprintln!("{most} positions: {without:.0} ms without totals, {with:.0} ms with, {:.2} times", with / without);
    let (_, stored) = import(|code| code == "pieces");
    eprintln!("with counts: {stored:.0} ms, {:.2} times", stored / without);
}
