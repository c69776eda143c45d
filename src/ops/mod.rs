//! The operations, one file each. They plan; [`crate::commit`] alone changes the store; none of them prints. What they
//! are made of is in [`crate::command`].

pub mod agenda;
pub mod board;
pub mod changes;
pub mod deal;
pub mod define;
pub mod demo;
pub mod doctor;
pub mod export;
pub mod find;
pub mod followup;
pub mod import;
pub mod log;
#[cfg(test)]
mod power_cut;
pub mod queue;
pub mod record;
pub mod schema;
pub mod settings;
pub mod ticket;
pub mod undo;
pub mod view;

use crate::command::Op;

/// Every operation, in the order in which help lists them.
pub static OPS: &[&Op] = &[
    &record::add::OP,
    &record::list::OP,
    &record::count::OP,
    &record::show::OP,
    &record::set::OP,
    &record::trash::RM,
    &record::trash::RESTORE,
    &record::purge::OP,
    &record::history::OP,
    &deal::r#move::OP,
    &followup::done::OP,
    &followup::snooze::OP,
    &ticket::next::OP,
    &ticket::status::ASSIGN,
    &ticket::answer::REPLY,
    &ticket::answer::NOTE,
    &ticket::status::WAIT,
    &ticket::status::RESOLVE,
    &ticket::status::CLOSE,
    &ticket::status::REOPEN,
    &ticket::merge::OP,
    &ticket::rate::OP,
    &view::save::OP,
    &define::kind::ADD,
    &define::field::ADD,
    &define::field::SET,
    &define::field::RM,
    &define::field::RESTORE,
    &define::choice::ADD,
    &define::section::ADD,
    &find::OP,
    &log::OP,
    &agenda::OP,
    &board::OP,
    &queue::OP,
    &import::OP,
    &export::OP,
    &schema::OP,
    &undo::UNDO,
    &undo::REDO,
    &changes::OP,
    &demo::OP,
    &doctor::OP,
    &settings::OP,
];
