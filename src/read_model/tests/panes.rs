//! Agenda and board read from indexes and summaries, against a naive reading of all rows.

use std::ops::ControlFlow;

use chrono::{TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use crate::{
    domain::{Due, Instant, RecordId, Type, common::UPDATED, deal, followup},
    query::{
        filter::Filter,
        names::Names,
        resolve,
        tests::{asking, store},
    },
    read_model::{
        agenda::{Clock, Section, calls, order, pressing},
        board::{Board, board},
        owners::Owners,
    },
    store::{Reader, engine::Engine},
    text::Lang,
};

/// Whose records are asked for.
fn owners() -> [Owners; 5] {
    [Owners::all(), Owners::of([1]), Owners::of([1, 3]), Owners::of([2]).and_nobody(), Owners::of([]).and_nobody()]
}

fn open(reader: &Reader<'_>, owners: &Owners) -> Vec<(u64, Due)> {
    let mut open = Vec::new();
    reader
        .rows(followup::ID, 0, false, &mut |num, row| {
            if row.get(followup::STATUS) == Some(followup::OPEN) && owners.has(row.get(followup::OWNER)) {
                open.push((num, row.get(followup::DUE).unwrap()));
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    open
}

/// The open follow-ups whose time came in the last hours: a week before they are due at the most.
fn come(reader: &Reader<'_>, owners: &Owners, clock: &Clock, since: Instant) -> Vec<u64> {
    let comes = |(num, due): &(u64, Due)| {
        let id = RecordId::new(followup::ID, *num);
        let before = reader.with_row(id, |row| row.get(followup::REMIND)).unwrap().flatten().unwrap_or(0);
        let told = due.end(clock.tz).plus_seconds(-before.min(7 * 24 * 3600));
        since < told && told <= clock.now
    };
    open(reader, owners).into_iter().filter(comes).map(|(num, _)| num).collect()
}

#[test]
fn the_agenda_is_in_order_in_every_zone() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let all = Filter::all(&followup::KIND);
    for zone in ["Asia/Shanghai", "UTC", "America/Los_Angeles", "Pacific/Auckland", "Asia/Kolkata"] {
        let tz: Tz = zone.parse().unwrap();
        for hour in (0..24 * 12).step_by(7) {
            let now = Utc.with_ymd_and_hms(2026, 2, 10, 0, 0, 0).unwrap() + chrono::TimeDelta::hours(hour);
            let clock = Clock { now: Instant::from(now), tz, week_start: Weekday::Mon };
            for owners in owners() {
                let found = order(&reader, &owners, &clock, &all).unwrap();
                assert!(found.is_sorted_by_key(|placed| placed.part), "{zone} {now}");
                let mut expected: Vec<(u8, u64)> =
                    open(&reader, &owners).into_iter().map(|(num, due)| (clock.section(due) as u8, num)).collect();
                let mut sections: Vec<(u8, u64)> = found.iter().map(|placed| (placed.part, placed.num)).collect();
                expected.sort_unstable();
                sections.sort_unstable();
                assert_eq!(sections, expected, "{zone} {now}");
                let late = expected.iter().filter(|(section, _)| *section == Section::Overdue as u8).count();
                let since = clock.now.plus_seconds(-7 * 3600);
                let mut pressing = pressing(&reader, &owners, &clock, since).unwrap();
                pressing.come.sort_unstable();
                assert_eq!(
                    (pressing.late, pressing.come),
                    (late, come(&reader, &owners, &clock, since)),
                    "{zone} {now}"
                );
                let days: Vec<_> = found
                    .iter()
                    .map(|placed| {
                        let id = RecordId::new(followup::ID, placed.num);
                        let due = reader.with_row(id, |row| row.get(followup::DUE)).unwrap().flatten().unwrap();
                        (placed.part, due.day(tz))
                    })
                    .collect();
                // West of Greenwich the whole days of what is far away stand before the evening of the day before.
                if zone != "America/Los_Angeles" {
                    assert!(days.is_sorted(), "{zone} {now} {days:?}");
                }
            }
        }
    }
}

#[test]
fn a_filter_narrows_the_agenda_and_the_calls() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let clock = Clock { now: Instant::from(asking(reader).now), tz: asking(reader).tz, week_start: Weekday::Mon };
    let high = resolve::read("priority:high,urgent", &followup::KIND, &asking(reader)).unwrap();
    let all = order(&reader, &Owners::all(), &clock, &Filter::all(&followup::KIND)).unwrap();
    let some = order(&reader, &Owners::all(), &clock, &high).unwrap();
    let is_high = |num: u64| {
        let id = RecordId::new(followup::ID, num);
        reader.with_row(id, |row| row.get(followup::PRIORITY).is_some_and(|priority| priority > 1)).unwrap().unwrap()
    };
    assert!(some.len() > 3 && some.len() < all.len());
    assert_eq!(some, all.into_iter().filter(|placed| is_high(placed.num)).collect::<Vec<_>>());

    let names = Names::new(reader, Lang::En);
    let called = calls(&names, &Owners::all(), &clock, &Filter::all(&followup::KIND)).unwrap();
    let urgent = calls(&names, &Owners::all(), &clock, &high).unwrap();
    assert!(called.len() > urgent.len() && !urgent.is_empty());
    assert!(is_high(called[0].num), "what is urgent comes first");
}

fn told(board: &Board) -> Vec<(u64, u64, String, Vec<u64>)> {
    let sums = |column: &crate::read_model::board::BoardColumn| format!("{:?} {:?}", column.sums, column.weighted);
    let columns = board.columns.iter();
    columns.map(|column| (column.stage.num, column.count, sums(column), column.order.to_vec())).collect()
}

#[test]
fn the_board_from_summaries_is_the_board_from_rows() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let names = Names::new(reader, Lang::En);
    // Every deal has a title; the board does not know that, and looks at each.
    let looked_at = resolve::read("has:title", &deal::KIND, &asking(reader)).unwrap();
    for owners in owners() {
        for pipeline in [1, 2] {
            let kept = board(&names, pipeline, &owners, &Filter::all(&deal::KIND)).unwrap();
            let read = board(&names, pipeline, &owners, &looked_at).unwrap();
            assert_eq!(told(&kept), told(&read), "{owners:?} {pipeline}");
            for column in kept.columns.iter().filter(|column| column.is_open()) {
                assert_eq!(column.order.len() as u64, column.count);
                let changed: Vec<_> = column
                    .order
                    .iter()
                    .map(|num| reader.with_row(RecordId::new(deal::ID, *num), |row| row.get(UPDATED)).unwrap())
                    .collect();
                assert!(changed.is_sorted_by(|a, b| a >= b));
            }
        }
    }
    assert_eq!(deal::BY_STAGE.fields.last().map(|field| field.ty), Some(Type::Instant));
}
