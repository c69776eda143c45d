//! Operations: one file each. They plan; `commit` alone changes the store; none of them prints.

pub mod agenda;
mod alike;
pub mod args;
pub mod assigning;
pub mod board;
pub mod changes;
pub mod chosen;
pub mod commit;
mod common_names;
pub mod consent;
mod context;
pub mod deal;
pub mod demo;
pub mod doctor;
pub mod done;
pub mod export;
pub mod find;
pub mod followup;
pub mod foreseen;
pub mod globals;
pub mod help;
pub mod import;
mod in_quotes;
pub mod input;
pub mod left_out;
pub mod log;
pub mod namesakes;
mod near_fields;
pub mod op;
pub mod pane;
pub mod plan;
#[cfg(test)]
mod power;
pub mod question;
pub mod queue;
pub mod record;
pub mod refs;
pub mod running;
pub mod selecting;
pub mod settings;
pub mod setup;
pub mod several;
pub mod spoken;
pub mod ticket;
mod trashed;
pub mod undo;
pub mod view;
pub mod wanted;
mod words_apart;

pub use context::Context;
pub use foreseen::Foreseen;
pub use input::Input;
pub use op::{Noun, Op};
pub use plan::{Assign, Assignment, Edit, Plan};

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
    &find::OP,
    &log::OP,
    &agenda::OP,
    &board::OP,
    &queue::OP,
    &import::OP,
    &export::OP,
    &undo::UNDO,
    &undo::REDO,
    &changes::OP,
    &demo::OP,
    &doctor::OP,
    &settings::OP,
];
