//! Sheets with lines and marks through the write path.

use std::{cell::Cell, ops::ControlFlow};

use chrono::Weekday;

use crate::{
    commit::{self, Assign, Context, Edit, Receipt, UndoScope, WritePlan, setup, skipped::SkippedRecords},
    domain::{
        FieldDef, Instant, KindId, Lookup, Record, RecordId, Value,
        made_up::sheets::{
            CODE, LINE, LINE_NAME, LINES, MARK, MARK_NAME, MOVES, OF_LINE, OF_SHEET, OTHER, SCHEMA, SHEET, SHEET_NAME,
        },
        rules::Settings,
        words::money::Currency,
    },
    error::{Error, ErrorKind, Result},
    store::{
        Store,
        engine::{KeyRange, Space},
        journal::Residence,
        row::Stored,
        verify,
    },
    text::Lang,
};

thread_local! {
    /// What the machine's clock says in a test.
    pub(in crate::commit) static MACHINE: Cell<i64> = const { Cell::new(1_772_442_000_000) };
}

fn machine_clock() -> Instant {
    Instant(MACHINE.get())
}

pub(in crate::commit) fn context(second: i64) -> Context {
    Context {
        now: Instant(1_772_442_000_000 + second * 1000),
        ahead: 0,
        machine: machine_clock,
        tz: chrono_tz::Asia::Shanghai,
        lang: Lang::En,
        user: Some(1),
        login: "ann".to_owned(),
        session: None,
        settings: Settings { currency: Currency::CNY, week_start: Weekday::Mon, service: Default::default() },
        words: format!("step {second}"),
        input: commit::Input::default(),
    }
}

pub(in crate::commit) fn open() -> Store {
    let store = Store::in_memory().unwrap().with_schema(&SCHEMA);
    setup::set_up(&store, &mut context(0), true).unwrap();
    store
}

/// All that the store says about records, without who changed them last.
pub(in crate::commit) fn picture(store: &Store) -> Vec<(Space, Vec<u8>, Vec<u8>)> {
    let snapshot = store.snapshot().unwrap();
    let mut entries = Vec::new();
    for space in [Space::Rows, Space::Trash, Space::Derived, Space::Index, Space::Summary] {
        let mut put = |key: &[u8], value: &[u8]| {
            let value = match space {
                Space::Rows | Space::Trash => Stored::read(value).unwrap().row.bytes(),
                _ => value,
            };
            entries.push((space, key.to_vec(), value.to_vec()));
            ControlFlow::Continue(())
        };
        snapshot.scan(space, KeyRange::all(), false, &mut put).unwrap();
    }
    entries
}

pub(in crate::commit) fn sound(store: &Store) {
    let flaws = verify(&store.snapshot().unwrap().reader()).unwrap();
    assert!(flaws.is_empty(), "{flaws:?}");
}

pub(in crate::commit) fn step(store: &Store, edits: &[Edit]) -> Result<Receipt> {
    commit::commit(store, &context(1), &mut |_| {
        let mut plan = WritePlan::new();
        plan.edits = edits.to_vec();
        Ok(plan)
    })
}

pub(in crate::commit) fn add(
    store: &Store,
    kind: KindId,
    records: impl IntoIterator<Item = Record>,
) -> Result<Receipt> {
    let records: Vec<Record> = records.into_iter().collect();
    commit::commit(store, &context(1), &mut |reader| {
        let mut plan = WritePlan::new();
        for record in &records {
            plan.add(reader, kind, record.clone())?;
        }
        Ok(plan)
    })
}

pub(in crate::commit) fn record(kind: KindId, name: &str, whole: u64) -> Record {
    let mut record = Record::new();
    match kind {
        SHEET => record.set(SHEET_NAME, name.to_owned()),
        LINE => {
            record.set(LINE_NAME, name.to_owned());
            record.set(OF_SHEET, whole);
        }
        _ => {
            record.set(MARK_NAME, name.to_owned());
            record.set(OF_LINE, whole);
        }
    }
    record
}

pub(in crate::commit) fn set(id: RecordId, def: &'static FieldDef, value: Value) -> Edit {
    Edit::Set { id, fields: vec![(def, Assign::Set(value))].into(), based_on: None }
}

pub(in crate::commit) fn undo(store: &Store) -> Result<Receipt> {
    commit::undo(store, &context(2), &UndoScope::Mine)
}

pub(in crate::commit) fn redo(store: &Store) -> Result<Receipt> {
    commit::redo(store, &context(3), &UndoScope::Mine)
}

pub(in crate::commit) fn said(error: Error) -> String {
    error.message(Lang::En)
}

pub(in crate::commit) const fn sheet(num: u64) -> RecordId {
    RecordId::new(SHEET, num)
}

const fn line(num: u64) -> RecordId {
    RecordId::new(LINE, num)
}

const fn mark(num: u64) -> RecordId {
    RecordId::new(MARK, num)
}

/// Two sheets; lines 1 to 3 are of the first, 4 of the second; mark 1 is on line 1.
fn filled() -> Store {
    let store = open();
    add(&store, SHEET, ["one", "two"].map(|name| record(SHEET, name, 0))).unwrap();
    add(&store, LINE, [1, 1, 1, 2].map(|of| record(LINE, "line", of))).unwrap();
    add(&store, MARK, [record(MARK, "mark", 1)]).unwrap();
    store
}

/// Where records are; none where they are not.
fn places<const N: usize>(store: &Store, ids: [RecordId; N]) -> [Option<Residence>; N] {
    let snapshot = store.snapshot().unwrap();
    ids.map(|id| snapshot.reader().held(id).unwrap().map(|held| held.place))
}

const LIVE: Option<Residence> = Some(Residence::Live);
const TRASH: Option<Residence> = Some(Residence::Trash);

#[test]
fn parts_go_to_the_trash_with_the_whole_and_come_back_with_it() {
    let store = filled();
    let all = [sheet(1), line(1), line(2), line(3), mark(1), line(4)];
    step(&store, &[Edit::Trash(line(2))]).unwrap();
    let before = picture(&store);
    let receipt = step(&store, &[Edit::Trash(sheet(1))]).unwrap();
    assert_eq!(receipt.remarks[0].both(), ("This takes 3 parts along", "包括随之变动的 3 条从属记录"));
    assert_eq!(places(&store, all), [TRASH, TRASH, TRASH, TRASH, TRASH, LIVE]);
    let trashed = picture(&store);
    undo(&store).unwrap();
    assert_eq!(picture(&store), before);
    redo(&store).unwrap();
    assert_eq!(picture(&store), trashed);
    step(&store, &[Edit::Restore(sheet(1))]).unwrap();
    // The second line was in the trash before.
    assert_eq!(places(&store, all), [LIVE, LIVE, TRASH, LIVE, LIVE, LIVE]);
    undo(&store).unwrap();
    assert_eq!(picture(&store), trashed);
    step(&store, &[Edit::Restore(sheet(1)), Edit::Restore(line(1)), Edit::Restore(line(2))]).unwrap();
    assert_eq!(places(&store, all), [LIVE; 6]);
    sound(&store);
}

#[test]
fn a_part_that_is_named_beside_its_whole_goes_along() {
    let store = filled();
    step(&store, &[Edit::Trash(sheet(1)), Edit::Trash(line(1)), Edit::Trash(mark(1))]).unwrap();
    step(&store, &[Edit::Restore(mark(1)), Edit::Restore(sheet(1)), Edit::Restore(line(3))]).unwrap();
    assert_eq!(places(&store, [sheet(1), line(1), line(2), line(3), mark(1)]), [LIVE; 5]);
    let error = step(&store, &[Edit::Restore(line(1))]).unwrap_err();
    assert_eq!(said(error), "SL-1 is not in the trash");
    // What the step itself makes goes and comes with it too.
    let receipt = commit::commit(&store, &context(1), &mut |reader| {
        let mut plan = WritePlan::new();
        plan.add(reader, LINE, record(LINE, "new", 1))?;
        plan.edits.extend([
            Edit::Trash(sheet(1)),
            Edit::Restore(sheet(1)),
            Edit::Trash(line(5)),
            Edit::Trash(sheet(1)),
        ]);
        Ok(plan)
    });
    receipt.unwrap();
    assert_eq!(places(&store, [sheet(1), line(1), line(5), mark(1)]), [TRASH; 4]);
    sound(&store);
}

#[test]
fn parts_are_purged_with_the_whole_in_use_or_in_the_trash() {
    let store = filled();
    step(&store, &[Edit::Trash(line(2))]).unwrap();
    let purge =
        |id: RecordId| commit::purge(&store, &context(2), &mut |reader| commit::removal(reader, &[id])).unwrap();
    let receipt = purge(sheet(1));
    assert_eq!(receipt.touched.len(), 5);
    assert_eq!(receipt.remarks[0].both().0, "This takes 4 parts along");
    assert_eq!(places(&store, [sheet(1), line(1), line(2), line(3), mark(1)]), [None; 5]);
    assert_eq!(places(&store, [sheet(2), line(4)]), [LIVE; 2]);
    step(&store, &[Edit::Trash(sheet(2))]).unwrap();
    purge(line(4));
    step(&store, &[Edit::Restore(sheet(2))]).unwrap();
    sound(&store);
}

#[test]
fn a_part_has_a_whole_in_use() {
    let store = filled();
    step(&store, &[Edit::Trash(sheet(1))]).unwrap();
    let error = step(&store, &[Edit::Restore(line(1))]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert_eq!(said(error), "SL-1 sheet: SH-1 is in the trash");
    let error = step(&store, &[set(line(4), OF_SHEET.lent(), Value::Link(1))]).unwrap_err();
    assert_eq!(said(error), "SL-4 sheet: SH-1 is in the trash");
    let error = add(&store, LINE, [record(LINE, "lost", 1)]).unwrap_err();
    assert_eq!(said(error), "sheet: SH-1 is in the trash");
    let mut homeless = record(LINE, "homeless", 1);
    homeless.clear(OF_SHEET);
    assert_eq!(said(add(&store, LINE, [homeless]).unwrap_err()), "sheet: it cannot be empty");
}

#[test]
fn a_part_that_was_moved_goes_with_its_new_whole() {
    let store = filled();
    step(&store, &[set(line(1), OF_SHEET.lent(), Value::Link(2)), Edit::Trash(sheet(2))]).unwrap();
    assert_eq!(
        places(&store, [sheet(1), line(2), sheet(2), line(1), line(4), mark(1)]),
        [LIVE, LIVE, TRASH, TRASH, TRASH, TRASH]
    );
    undo(&store).unwrap();
    assert_eq!(places(&store, [sheet(2), line(1), line(4), mark(1)]), [LIVE; 4]);
    sound(&store);
}

#[test]
fn a_whole_that_cannot_come_back_leaves_its_parts() {
    let store = filled();
    let code = |text: &str| Value::Text(text.to_owned());
    step(&store, &[set(line(1), CODE.lent(), code("X"))]).unwrap();
    step(&store, &[Edit::Trash(sheet(1))]).unwrap();
    step(&store, &[set(line(4), CODE.lent(), code("x"))]).unwrap();
    let error = step(&store, &[Edit::Restore(sheet(1))]).unwrap_err();
    assert_eq!(said(error), "SL-1 code: SL-4 has the same by now");
    let left_out = SkippedRecords::default();
    commit::commit(&store, &context(1), &mut |_| {
        let mut plan = WritePlan::new();
        plan.edits = vec![Edit::Trash(sheet(2)), Edit::Restore(sheet(1))];
        plan.left_out = Some(left_out.clone());
        Ok(plan)
    })
    .unwrap();
    sound(&store);
}

#[test]
fn derived_fields_follow_parts() {
    let store = filled();
    let lines = |num: u64| store.snapshot().unwrap().reader().derived(sheet(num)).unwrap().get(LINES);
    assert_eq!((lines(1), lines(2)), (Some(3), Some(1)));
    step(&store, &[Edit::Trash(sheet(2))]).unwrap();
    step(&store, &[Edit::Restore(sheet(2)), Edit::Trash(line(1))]).unwrap();
    assert_eq!((lines(1), lines(2)), (Some(2), Some(1)));
}

#[test]
fn a_rule_moves_another_record_to_the_trash_and_back() {
    let store = filled();
    let whole =
        |num: i64| vec![(MOVES.lent(), Assign::Set(Value::Whole(num))), (OTHER.lent(), Assign::Set(Value::Link(1)))];
    let moves = |num: i64| Edit::Set { id: sheet(2), fields: whole(num).into(), based_on: None };
    let before = picture(&store);
    step(&store, &[moves(1)]).unwrap();
    assert_eq!(places(&store, [sheet(1), line(1), mark(1)]), [TRASH; 3]);
    undo(&store).unwrap();
    assert_eq!(picture(&store), before);
    redo(&store).unwrap();
    step(&store, &[moves(2)]).unwrap();
    assert_eq!(places(&store, [sheet(1), line(1), mark(1)]), [LIVE; 3]);
    // It is asked for what is so already.
    step(&store, &[set(sheet(2), SHEET_NAME.lent(), Value::Text("again".to_owned()))]).unwrap();
    sound(&store);
}

#[test]
fn rules_that_move_records_back_and_forth_come_to_an_end() {
    let store = filled();
    let both = |id: RecordId, other: u64| Edit::Set {
        id,
        fields: vec![(MOVES.lent(), Assign::Set(Value::Whole(3))), (OTHER.lent(), Assign::Set(Value::Link(other)))]
            .into(),
        based_on: None,
    };
    step(&store, &[both(sheet(1), 2)]).unwrap();
    let error = step(&store, &[both(sheet(2), 1)]).unwrap_err();
    assert_eq!(said(error), "The rules of this step do not come to an end");
}

#[test]
fn a_whole_of_very_many_parts_goes_and_comes_back_in_a_moment() {
    const MANY: u64 = 3000;
    let store = filled();
    add(&store, LINE, (0..MANY).map(|_| record(LINE, "many", 2))).unwrap();
    let (before, began) = (picture(&store), std::time::Instant::now());
    step(&store, &[Edit::Trash(sheet(2))]).unwrap();
    let receipt = step(&store, &[Edit::Restore(sheet(2))]).unwrap();
    assert_eq!(receipt.remarks[0].both().0, "This brings 3001 parts back, too");
    undo(&store).unwrap();
    undo(&store).unwrap();
    assert!(began.elapsed().as_secs() < 50, "{:?}", began.elapsed());
    assert!(picture(&store) == before);
}
