//! Random steps on sheets, lines and marks: each is taken back and done again, and the store is as it was, to the byte.

use proptest::{prelude::*, test_runner::TestRunner};

use super::tests::{context, open, picture, record, sound};
use crate::{
    commit::{self, Assign, Edit, UndoScope, WritePlan, skipped::SkippedRecords},
    domain::{
        KindId, RecordId, Value,
        assign::Operand,
        made_up::sheets::{LINE, MARK, OF_LINE, OF_SHEET, SEE_ALSO, SHEET},
    },
    error::ErrorKind,
    store::{Reader, Store, journal::Residence},
};

const KINDS: [KindId; 3] = [SHEET, LINE, MARK];

/// What a step does to one record, in plain numbers, so that a failing case shrinks.
#[derive(Clone, Debug)]
enum Deed {
    Add { kind: u8, whole: u8 },
    Move { kind: u8, which: u8, whole: u8 },
    Trash { kind: u8, which: u8 },
    Restore { kind: u8, which: u8 },
    Purge { kind: u8, which: u8 },
    Join { which: u8, to: u8, leave: bool },
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        5 => any::<(u8, u8)>().prop_map(|(kind, whole)| Deed::Add { kind, whole }),
        2 => any::<(u8, u8, u8)>().prop_map(|(kind, which, whole)| Deed::Move { kind, which, whole }),
        3 => any::<(u8, u8)>().prop_map(|(kind, which)| Deed::Trash { kind, which }),
        3 => any::<(u8, u8)>().prop_map(|(kind, which)| Deed::Restore { kind, which }),
        1 => any::<(u8, u8)>().prop_map(|(kind, which)| Deed::Purge { kind, which }),
        3 => any::<(u8, u8, bool)>().prop_map(|(which, to, leave)| Deed::Join { which, to, leave }),
    ]
}

fn pick(reader: &Reader<'_>, kind: u8, which: u8) -> RecordId {
    let kind = KINDS[usize::from(kind) % KINDS.len()];
    let last = reader.last_num(kind).unwrap().max(1);
    RecordId::new(kind, last - u64::from(which) % last.min(5))
}

fn whole(reader: &Reader<'_>, kind: KindId, whole: u8) -> u64 {
    pick(reader, if kind == MARK { 1 } else { 0 }, whole).num
}

fn plan(reader: &Reader<'_>, deeds: &[Deed], keep_going: bool) -> crate::error::Result<WritePlan> {
    let mut plan = WritePlan::new();
    plan.left_out = keep_going.then(SkippedRecords::default);
    for deed in deeds {
        match *deed {
            Deed::Add { kind, whole: of } => {
                let kind = pick(reader, kind, 0).kind;
                plan.add(reader, kind, record(kind, "made", whole(reader, kind, of)))?;
            }
            Deed::Move { kind, which, whole: to } => {
                let id = pick(reader, kind, which);
                let link = match id.kind {
                    LINE => OF_SHEET.lent(),
                    MARK => OF_LINE.lent(),
                    _ => continue,
                };
                let to = Assign::Set(Value::Link(whole(reader, id.kind, to)));
                plan.edits.push(Edit::Set { id, fields: vec![(link, to)].into(), based_on: None });
            }
            Deed::Trash { kind, which } => plan.edits.push(Edit::Trash(pick(reader, kind, which))),
            Deed::Restore { kind, which } => plan.edits.push(Edit::Restore(pick(reader, kind, which))),
            Deed::Join { which, to, leave } => {
                let item = Operand::Value(Value::List(vec![Value::Link(pick(reader, 0, to).num)]));
                let assign = if leave { Assign::Remove(item) } else { Assign::Add(item) };
                let fields = vec![(SEE_ALSO.lent(), assign)].into();
                plan.edits.push(Edit::Set { id: pick(reader, 0, which), fields, based_on: None });
            }
            Deed::Purge { .. } => {}
        }
    }
    Ok(plan)
}

/// Takes a step; whether it wrote anything, and whether it can be taken back.
fn take(store: &Store, deeds: &[Deed], at: i64) -> (bool, bool) {
    let context = context(at);
    let done = match deeds.first() {
        Some(Deed::Purge { kind, which }) => {
            commit::purge(store, &context, &mut |reader| commit::removal(reader, &[pick(reader, *kind, *which)]))
                .map(|receipt| (receipt.seq.is_some(), false))
        }
        _ => commit::commit(store, &context, &mut |reader| plan(reader, deeds, at % 2 == 0))
            .map(|receipt| (receipt.seq.is_some(), true)),
    };
    done.unwrap_or_else(|error| {
        let refused = matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict | ErrorKind::NotFound);
        assert!(refused, "{deeds:?}: {error:?}");
        (false, false)
    })
}

/// Every part in use has a whole in use, and every part in the trash one somewhere.
fn at_home(store: &Store) {
    let snapshot = store.snapshot().unwrap();
    let reader = snapshot.reader();
    for part in reader.schema().parts() {
        for num in 1..=reader.last_num(part.kind.id).unwrap() {
            let id = RecordId::new(part.kind.id, num);
            let Some(held) = reader.held(id).unwrap() else { continue };
            let whole = reader.schema().whole_of(id.kind, held.record.row()).unwrap();
            let place = reader.held(whole).unwrap().map(|held| held.place);
            let fits = place == Some(Residence::Live) || place.is_some() && held.place == Residence::Trash;
            assert!(fits, "{id} is {:?}, {whole} is {place:?}", held.place);
        }
    }
}

#[test]
fn steps_on_parts_and_wholes_are_undone_and_redone_to_the_byte() {
    let config = ProptestConfig { cases: 60, source_file: Some(file!()), ..ProptestConfig::default() };
    let steps = prop::collection::vec(prop::collection::vec(deed(), 1..5), 1..25);
    let result = TestRunner::new(config).run(&steps, |steps| {
        let (store, mut at) = (open(), 0);
        let mut pictures = vec![picture(&store)];
        for deeds in &steps {
            at += 1;
            let (wrote, can_undo) = take(&store, deeds, at);
            at_home(&store);
            if !wrote {
                continue;
            }
            let after = picture(&store);
            if !can_undo {
                pictures = vec![after];
                continue;
            }
            let undone = commit::undo(&store, &context(at), &UndoScope::Mine);
            prop_assert!(undone.is_ok(), "undo: {undone:?}");
            prop_assert_eq!(&picture(&store), pictures.last().unwrap());
            let redone = commit::redo(&store, &context(at), &UndoScope::Mine);
            prop_assert!(redone.is_ok(), "redo: {redone:?}");
            prop_assert_eq!(&picture(&store), &after);
            pictures.push(after);
        }
        sound(&store);
        while pictures.len() > 1 {
            pictures.pop();
            let undone = commit::undo(&store, &context(at), &UndoScope::Mine);
            prop_assert!(undone.is_ok(), "undo: {undone:?}");
            prop_assert_eq!(&picture(&store), pictures.last().unwrap());
        }
        sound(&store);
        Ok(())
    });
    result.unwrap();
}
