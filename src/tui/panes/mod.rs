//! The panes: each a folder with its rows, its state and its picture.

mod action;
pub mod agenda;
pub mod board;
mod columns;
pub mod customers;
mod label;
mod line_writer;
mod load;
mod question;
pub mod queue;
mod selection;
mod virtual_list;

pub use action::Action;
pub use load::PaneCache;
pub use question::{PaneQuery, PaneRequest, RowWindow};

/// Which pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// Customers.
    Customers,
    /// Deals by stage.
    Board,
    /// Follow-ups by day.
    Agenda,
    /// Open tickets by time left.
    Queue,
}

impl Pane {
    /// All, in the order of their keys.
    pub const ALL: [Self; 4] = [Self::Customers, Self::Board, Self::Agenda, Self::Queue];

    /// What it is called.
    pub fn label(self, lang: crate::text::Lang) -> &'static str {
        match self {
            Self::Customers => lang.pick("Customers", "客户"),
            Self::Board => board::title(lang),
            Self::Agenda => agenda::title(lang),
            Self::Queue => queue::title(lang),
        }
    }

    /// The action that goes there.
    pub const fn action(self) -> &'static str {
        match self {
            Self::Customers => "pane customers",
            Self::Board => "pane board",
            Self::Agenda => "pane agenda",
            Self::Queue => "pane queue",
        }
    }

    /// The noun of what it lists.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Customers => "customer",
            Self::Board => "deal",
            Self::Agenda => "followup",
            Self::Queue => "ticket",
        }
    }
}

/// Whose records a pane shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OwnerFilter {
    /// The person's at the keyboard; among tickets also those that nobody has.
    Mine,
    /// Of tickets: the person's alone.
    Own,
    /// Of tickets: what nobody has.
    Nobody,
    /// Their team's.
    Team,
    /// Everybody's.
    #[default]
    All,
}

impl OwnerFilter {
    /// The one after it in a pane.
    pub const fn next(self, pane: Pane) -> Self {
        match self {
            Self::Mine if matches!(pane, Pane::Queue) => Self::Own,
            Self::Own => Self::Nobody,
            Self::Mine | Self::Nobody => Self::Team,
            Self::Team => Self::All,
            Self::All => Self::Mine,
        }
    }

    /// What it is called.
    pub fn label(self, lang: crate::text::Lang) -> &'static str {
        match self {
            Self::Mine | Self::Own => lang.pick("mine", "我的"),
            Self::Nobody => lang.pick("unassigned", "未分配"),
            Self::Team => lang.pick("my team", "我的团队"),
            Self::All => lang.pick("everybody", "所有人"),
        }
    }
}

/// What was read for a pane other than customers.
#[derive(Clone, Debug)]
pub enum PaneRows {
    /// For the board.
    Board(board::Rows),
    /// For the agenda.
    Agenda(agenda::Rows),
    /// For the queue.
    Queue(queue::Rows),
}
