//! What this program knows of redb's file and locks, held against the version in use: an update that moves any of it
//! fails here.

use std::time::Duration;

use redb::StorageBackend as _;

use super::{
    super::header::{FLAGS, LENGTH, MAGIC, PAGE_SIZE, SLOTS, TURN, UNCLEAN, UNFLUSHED, expected_length},
    Disk, Event, ProcessOf, open_simulated,
};
use crate::store::engine::{Access, Engine, OpenOptions, Space, transact};

/// Where the bytes for locks begin: `LOCK_BASE` of redb's `db.rs`.
const LOCKS: u64 = TURN;
/// Somebody has the file open for writing, beside others: `SHARED_WRITER_BYTE`.
const WRITING: (u64, u64) = (LOCKS + 1, LOCKS + 1);
/// Somebody has it open for reading: `SHARED_READER_BYTE`.
const READING: (u64, u64) = (LOCKS + 2, LOCKS + 2);
/// The file is in order, a writer lives: `CONSISTENT_BYTE`.
const CONSISTENT: (u64, u64) = (LOCKS + 4, LOCKS + 4);
/// The generation of the protocol: `PROTOCOL_GENERATION_BYTE`.
const GENERATION: (u64, u64) = (LOCKS + 5, LOCKS + 5);
/// The first of the bytes that stand for commits somebody reads: `TXN_BASE`.
const COMMITS: u64 = LOCKS + 1024;

fn engine(process: &ProcessOf, access: Access) -> Box<dyn Engine> {
    open_simulated(process, OpenOptions::new(access)).unwrap()
}

fn put(engine: &dyn Engine, keys: u32) {
    transact(engine, Duration::ZERO, |txn| {
        (0..keys).try_for_each(|key| txn.put(Space::Rows, &key.to_be_bytes(), &[1; 100]))
    })
    .unwrap();
}

#[test]
fn locks_are_where_they_are_thought_to_be_and_so_many() {
    let disk = Disk::default();
    let (writer, reader) = (disk.process(), disk.process());
    let store = engine(&writer, Access::Create);
    assert_eq!(disk.locked(), [WRITING, CONSISTENT, GENERATION]);
    let before = disk.locks_taken();
    let txn = store.begin(Duration::ZERO).unwrap();
    assert!(disk.locked().contains(&(TURN, TURN)));
    txn.commit().unwrap();
    assert_eq!(disk.locked(), [WRITING, CONSISTENT, GENERATION]);
    let commit = disk.locks_taken() - before;

    let before = disk.locks_taken();
    let other = engine(&reader, Access::Read);
    let read = disk.locks_taken() - before;
    assert_eq!(disk.locked(), [WRITING, READING, CONSISTENT, GENERATION, GENERATION]);
    let snapshot = other.snapshot().unwrap();
    assert!(disk.locked().last().unwrap().0 > COMMITS);
    drop(snapshot);
    assert_eq!(disk.locked().len(), 5);
    other.close().unwrap();
    let before = disk.locks_taken();
    store.close().unwrap();
    let close = disk.locks_taken() - before;
    assert_eq!((commit, read, close), (6, 4, 7), "locks of a commit, of an open to read, of a close");
    assert!(disk.locked().is_empty());
}

#[test]
fn the_header_is_where_it_is_thought_to_be() {
    let disk = Disk::default();
    let process = disk.process();
    engine(&process, Access::Create).close().unwrap();
    for keys in [1, 2000, 40_000, 90_000] {
        let store = engine(&process, Access::Write);
        assert!(disk.bytes()[FLAGS] & UNCLEAN != 0, "somebody has it open");
        let before = disk.at();
        put(&*store, keys);
        let log = disk.log();
        let headers: Vec<(usize, &[u8])> = (before..log.len())
            .filter_map(|at| match &log[at] {
                Event::Write(0, data) => Some((at, &**data)),
                _ => None,
            })
            .collect();
        assert!(headers.iter().all(|(_, header)| header.len() == LENGTH));
        let marked: Vec<usize> = (0..headers.len()).filter(|at| headers[*at].1[FLAGS] & UNFLUSHED != 0).collect();
        assert_eq!(marked.len(), 1, "one write of a commit says that it is not on the disk yet");
        let [(at, marked), (_, cleared)] = headers[marked[0]..marked[0] + 2] else { panic!("nothing takes it back") };
        assert_eq!(log[at + 1], Event::Flush);
        let mut expected = marked.to_vec();
        expected[FLAGS] &= !UNFLUSHED;
        assert_eq!(cleared, expected);
        store.close().unwrap();

        let bytes = disk.bytes();
        assert!(bytes.starts_with(MAGIC));
        assert_eq!(bytes[FLAGS] & (UNCLEAN | UNFLUSHED), 0, "it was left in order");
        assert_eq!(bytes[PAGE_SIZE..PAGE_SIZE + 4], 4096_u32.to_le_bytes());
        assert!(SLOTS.iter().all(|slot| bytes[*slot] == super::super::fault::FORMAT));
        assert_eq!(expected_length(&bytes[..LENGTH]), Some(bytes.len() as u64), "{keys}");
    }
    assert_eq!(process.open().len().unwrap(), disk.bytes().len() as u64);
}
