//! What a record is called, as far as the screen knows.

use crate::{
    domain::{RecordId, customer, deal, followup, ticket},
    text::fit,
};

use super::state::State;

impl State {
    /// What a record is called that is open, or that a pane shows.
    pub fn called(&self, id: RecordId) -> Option<&str> {
        let told = self.open.iter().filter(|reading| reading.id == id).find_map(|reading| reading.told.as_ref());
        let shown = || match id.kind {
            customer::ID => self.customers.called(id),
            deal::ID => self.board.called(id),
            followup::ID => self.agenda.list.called(id),
            ticket::ID => self.queue.list.called(id),
            _ => None,
        };
        told.map(|told| told.title.as_str()).or_else(shown).filter(|name| !name.is_empty())
    }
}

/// So much of a name is told with what was done.
const NAMED: usize = 40;

/// What was said of one record, with its name behind its id.
pub fn named(said: &str, id: RecordId, name: &str) -> String {
    let written = id.to_string();
    let at = said.find(&written).map(|at| at + written.len());
    match at.filter(|at| !said.contains(name) && !said[*at..].starts_with(|c: char| c.is_ascii_digit())) {
        Some(at) => format!("{} {}{}", &said[..at], fit(name, NAMED), &said[at..]),
        None => said.to_owned(),
    }
}

#[test]
fn what_was_done_names_the_record_once() {
    let id = RecordId::new(customer::ID, 3);
    for (said, named_so) in [
        ("已移入回收站：C-3", "已移入回收站：C-3 云帆"),
        ("C-3 → 赢单", "C-3 云帆 → 赢单"),
        ("已新建 C-3 云帆", "已新建 C-3 云帆"),
        ("已恢复：C-31", "已恢复：C-31"),
        ("无需更改", "无需更改"),
    ] {
        assert_eq!(named(said, id, "云帆"), named_so);
    }
}
