//! How the cost of each command grows with the number of customers: its time as a multiple of that at the smallest size,
//! and what it reads of the store, which no other program on the machine can disturb.

use std::{fs, path::Path, time::Duration};

use super::{Case, Sides, cases};
use crate::make_ours;

/// What a command took at one size.
struct Cost {
    took: Duration,
    /// Kilobytes that were read from files, where the system tells.
    read: Option<u64>,
}

/// Beyond this many times the cost at the smallest size, an answer grows.
const FLAT: f64 = 2.0;

/// Prints a table for stores of so many customers each, built in the folder where they are missing. Says whether every
/// command ran.
pub(crate) fn grow(sizes: &[u64], runs: usize, folder: &Path, only: Option<&str>) -> Result<bool, String> {
    let mut stores = Vec::new();
    for size in sizes {
        let folder = folder.join(size.to_string());
        let sides = Sides::new(&folder);
        make_ours(&sides, &folder, *size)?;
        let nothing = sides.ours_reading(&["--version".to_owned()])?;
        stores.push((*size, sides, nothing));
    }
    print!("{:24}", "");
    sizes.iter().for_each(|size| print!(" {:>20}", format!("{size}  KB read")));
    println!();
    let mut fine = true;
    for (at, Case { name, .. }) in
        cases(sizes[0]).iter().enumerate().filter(|(_, case)| only.is_none_or(|only| only == case.name))
    {
        print!("{name:24}");
        let (mut first, mut grown) = (None, 0.0_f64);
        for (size, sides, nothing) in &stores {
            let cost = match cost(&cases(*size)[at], sides, runs, *nothing) {
                Ok(cost) => cost,
                Err(message) => {
                    fine = false;
                    print!(" {message}");
                    continue;
                }
            };
            let ms = cost.took.as_secs_f64() * 1000.0;
            let time = match first {
                None => format!("{ms:.2} ms"),
                Some(first) => format!("x {:.2}", ms / first),
            };
            grown = grown.max(ms / *first.get_or_insert(ms));
            let read = cost.read.map_or("-".to_owned(), |read| read.to_string());
            print!(" {:>20}", format!("{time} {read:>8}"));
        }
        println!("  {}", if grown <= FLAT { "flat" } else { "grows" });
    }
    Ok(fine)
}

/// The quickest of some runs, which whatever else the machine does disturbs least, after one that warms up; what another
/// one reads.
fn cost(case: &Case, sides: &Sides, runs: usize, nothing: Option<u64>) -> Result<Cost, String> {
    let runs = if case.long { (runs / 4).max(3) } else { runs };
    let mut took = Duration::MAX;
    for round in 0..=runs {
        let run = sides.ours(&case.round(round).0);
        run.answer.map_err(|message| format!("FAILED {message}"))?;
        if round > 0 {
            took = took.min(run.took);
        }
    }
    let read = sides.ours_reading(&case.round(runs + 1).0)?;
    let read = read.zip(nothing).map(|(read, nothing)| read.saturating_sub(nothing).div_ceil(1024));
    Ok(Cost { took, read })
}

/// How many bytes a process has read, which Linux tells until somebody has taken note of its end.
pub(super) fn bytes_read(process: u32) -> Option<u64> {
    let told = fs::read_to_string(format!("/proc/{process}/io")).ok()?;
    told.lines().find_map(|line| line.strip_prefix("rchar: "))?.parse().ok()
}
