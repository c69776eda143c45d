//! Chunks as they are written and read, of this format and the first.

use super::*;
use crate::store::first::CHUNK as OF_FIRST_FORMAT;

fn changes() -> Vec<Change<'static>> {
    let field = |old: Option<&'static [u8]>, new: Option<&'static [u8]>| FieldChange {
        tag: 300,
        old: old.map(Cow::Borrowed),
        new: new.map(Cow::Borrowed),
    };
    let fields = vec![field(Some(b"ab"), None), field(None, Some(b"")), field(Some(b"c"), Some(&[7; 200]))];
    vec![
        Change { num: 1, prev: 0, what: ChangeType::Made { last: 5, to: Residence::Live } },
        Change { num: 7, prev: 2, what: ChangeType::Changed { from: Residence::Live, to: Residence::Trash, fields } },
        Change { num: 8, prev: 300, what: ChangeType::Unmade { from: Residence::Trash, row: Cow::Borrowed(b"row") } },
        Change { num: 300, prev: u64::MAX, what: ChangeType::Purged },
    ]
}

fn read(chunk: &[u8]) -> Option<Vec<Change<'_>>> {
    let mut read = Vec::new();
    let _flow = each(chunk, &mut |change| {
        read.push(change);
        ControlFlow::Continue(())
    })?;
    Some(read)
}

fn read_numbers(chunk: &[u8]) -> Option<Vec<RangeInclusive<u64>>> {
    let mut read = Vec::new();
    let _flow = numbers(chunk, &mut |numbers| {
        read.push(numbers);
        ControlFlow::Continue(())
    })?;
    Some(read)
}

#[test]
fn changes_are_read_as_they_were_written() {
    let chunk = write(&changes());
    assert_eq!(read(&chunk).unwrap(), changes());
    assert_eq!(read_numbers(&chunk).unwrap(), [1..=5, 7..=7, 8..=8, 300..=300]);
    assert_eq!(read(&write(&[])).unwrap(), []);
    for (num, at) in [(1, Some(0)), (5, Some(0)), (6, None), (8, Some(2)), (300, Some(3)), (301, None)] {
        assert_eq!(find(&chunk, num).unwrap(), at.map(|at: usize| changes().remove(at)), "{num}");
    }
}

#[test]
fn what_one_version_has_written_every_later_one_reads() {
    let made = [8, 1, 4, 1, 1, 0, 2, 1, 0];
    let field = FieldChange { tag: 3, old: Some(Cow::Borrowed(&b"ab"[..])), new: None };
    let to_trash = ChangeType::Changed { from: Residence::Live, to: Residence::Trash, fields: vec![field] };
    let changed = [20, 0xac, 2, 0, 1, 2, 0xac, 2, 2, 1, 1, 4, 1, 1, 5, 5, 3, 3, b'a', b'b', 0];
    let chunk = [&[0xff, 0, 2, 0][..], &made, &changed].concat();
    let made = Change { num: 1, prev: 0, what: ChangeType::Made { last: 5, to: Residence::Live } };
    let changes = [made, Change { num: 300, prev: 300, what: to_trash }];
    assert_eq!(read(&chunk).unwrap(), changes);
    assert_eq!(write(&changes), chunk);
}

#[test]
fn a_chunk_that_is_cut_short_is_told() {
    let chunk = write(&changes());
    let whole = changes().len();
    for end in 0..chunk.len() {
        let cut = &chunk[..end];
        assert!(read(cut).is_none_or(|read| read.len() < whole), "cut off after {end} bytes");
        assert!(read_numbers(cut).is_none_or(|read| read.len() < whole), "cut off after {end} bytes");
    }
    let mut later = chunk;
    later[2] = FORMAT + 1;
    assert_eq!((read(&later), read_numbers(&later)), (None, None));
}

#[test]
fn a_purge_leaves_nothing_of_a_record_and_all_of_the_others() {
    let mut known = changes();
    known[1].what = ChangeType::Purged;
    assert_eq!(read(&without(&write(&changes()), 7).unwrap()).unwrap(), known);
    // A field of a later version goes with the values of the record, and stays with those of others.
    let mut one = Vec::new();
    put_unsigned(&mut one, 7);
    put_unsigned(&mut one, 0);
    put_number(&mut one, PREV, 2);
    put_number(&mut one, WHAT, UNMADE);
    put_bytes(&mut one, ROW, b"secret");
    put_bytes(&mut one, 900, b"secret");
    let mut other = one.clone();
    other[0] = 9;
    let mut chunk = Writer::new(&[20, 1, b'x']).chunk;
    for change in [&one, &other] {
        put_unsigned(&mut chunk, change.len() as u64);
        chunk.extend_from_slice(change);
    }
    let left = without(&chunk, 7).unwrap();
    assert_eq!(read(&left).unwrap()[0], Change { num: 7, prev: 2, what: ChangeType::Purged });
    assert!(left.ends_with(&other) && left.starts_with(&[0xff, 0, 2, 3, 20, 1, b'x']));
    assert_eq!(left.windows(6).filter(|bytes| bytes == b"secret").count(), 2);
}

#[test]
fn a_chunk_of_the_first_format_is_read_and_written_again_in_this_one() {
    let numbers = [1..=5, 7..=7, 8..=8, 300..=300];
    assert_eq!(read_numbers(&OF_FIRST_FORMAT).unwrap(), numbers);
    let left = without(&OF_FIRST_FORMAT, 8).unwrap();
    assert_eq!(left[..3], [0xff, 0, FORMAT]);
    let mut expected = read(&OF_FIRST_FORMAT).unwrap();
    expected[2].what = ChangeType::Purged;
    assert_eq!(read(&left).unwrap(), expected);
    assert_eq!(find(&OF_FIRST_FORMAT, 3).unwrap(), Some(expected.remove(0)));
}

/// A program of the first format, whose session is open across the change, must not take this for an empty chunk.
#[test]
fn a_reader_of_the_first_format_refuses_every_chunk_of_this_one() {
    let all = changes();
    for some in [&all[..], &all[..1], &all[1..2], &all[2..3], &all[3..]] {
        assert_eq!(first::each(&write(some), &mut |_| ControlFlow::Continue(())), None);
    }
    assert_eq!(first::each(&write(&[]), &mut |_| ControlFlow::Continue(())), None);
}
