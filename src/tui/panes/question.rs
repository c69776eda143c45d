//! What a pane asks for: which records, and which part of their list.

use crate::{
    command::owner_scope::team_of,
    commit::Context,
    domain::{Kind, RecordId, customer},
    error::{Error, Result},
    query::{
        filter::{Filter, Node, WordTest},
        names::Names,
        resolve,
    },
    read_model::owners::Owners,
    store::Reader,
    text::{Said, fold, said, spaced},
};

use super::{OwnerFilter, Pane};

/// Which records a pane shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaneQuery {
    /// Whose.
    pub scope: OwnerFilter,
    /// In the filter language.
    pub filter: String,
    /// Words that they or their customers hold, as they are typed.
    pub narrow: String,
    /// Of the board: which pipeline, if not the default one.
    pub pipeline: Option<u64>,
    /// Of the agenda: the call list.
    pub calls: bool,
}

impl Default for PaneQuery {
    fn default() -> Self {
        Self { scope: OwnerFilter::Mine, filter: String::new(), narrow: String::new(), pipeline: None, calls: false }
    }
}

/// A part of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowWindow {
    /// The place of its first row.
    pub from: usize,
    /// How many rows.
    pub count: usize,
}

impl RowWindow {
    /// So many rows around those that are seen, so that moving on needs no reading.
    pub const fn around(first: usize, height: usize) -> Self {
        let from = first.saturating_sub(AHEAD);
        Self { from, count: first - from + height + AHEAD }
    }

    /// The places of it that a list of this length has.
    pub fn of(self, len: usize) -> std::ops::Range<usize> {
        let from = self.from.min(len);
        from..(from.saturating_add(self.count)).min(len)
    }
}

/// So many rows are read before and after those that are seen.
const AHEAD: usize = 60;

/// What the worker is to read for a pane other than customers.
#[derive(Clone, Debug)]
pub struct PaneRequest {
    /// Which pane.
    pub pane: Pane,
    /// Which records.
    pub question: PaneQuery,
    /// Which parts; of the board one for each column of an open stage, of the others one.
    pub windows: Vec<RowWindow>,
    /// The record that the cursor stays on, and its place: the window moves as it moves.
    pub keep: Option<(RecordId, usize)>,
}

impl PaneQuery {
    /// Whether all records are asked for that the person has.
    pub const fn is_open(&self) -> bool {
        self.filter.is_empty() && self.narrow.is_empty()
    }

    /// What is said of it in a title: the filter and the words.
    pub fn said(&self) -> String {
        let mut said = String::new();
        if !self.filter.is_empty() {
            said.push_str("  ");
            said.push_str(&self.filter);
        }
        if !self.narrow.is_empty() {
            said.push_str("  /");
            said.push_str(&self.narrow);
        }
        said
    }

    /// The filter and the words as a filter of a kind whose records have a customer.
    ///
    /// # Errors
    /// What is wrong with the filter.
    pub fn read(&self, kind: &'static Kind, reader: &Reader<'_>, context: &Context) -> Result<Filter> {
        let asking = context.asking(*reader);
        let mut filter = resolve::read(&self.filter, kind, &asking)?;
        if filter.is_of_trash() {
            let noun = kind.noun;
            return Err(Error::usage(said!("Here are records in use", "此处只有未删除的记录")).hint(said!(
                ":{noun} list is:trashed shows those in the trash",
                ":{noun} list is:trashed 可查看回收站"
            )));
        }
        let customers = reader.schema().table(&customer::KIND);
        for word in fold(&self.narrow).split(' ').filter(|word| !word.is_empty()) {
            let theirs = Filter::new(customers, Node::Words(WordTest::new(customers, word)));
            let link = kind.field("customer").map(|link| Node::Link(link, Box::new(theirs)));
            let own = Node::Words(WordTest::new(kind, word));
            filter = filter.and(Filter::new(kind, Node::any(link.into_iter().chain([own]))));
        }
        Ok(filter)
    }

    /// Whose records these are, and how that is said.
    ///
    /// # Errors
    /// What the store says.
    pub fn whose(&self, pane: Pane, reader: &Reader<'_>, context: &Context) -> Result<(Owners, Said)> {
        let me = || Owners::of(context.user.into_iter().collect::<Vec<_>>());
        let called = || context.called(&Names::new(*reader, context.lang)).map(Said::same);
        Ok(match self.scope {
            OwnerFilter::Mine if pane == Pane::Queue => {
                (me().and_nobody(), said!("mine and unassigned", "我的和未分配的"))
            }
            OwnerFilter::Mine | OwnerFilter::Own => (me(), called()?),
            OwnerFilter::Nobody => (Owners::of([]).and_nobody(), said!("unassigned", "未分配的")),
            OwnerFilter::All => (Owners::all(), said!("everybody", "所有人")),
            OwnerFilter::Team => match team_of(reader, context)? {
                Some((team, people)) => (Owners::of(people), said!(("team {team}"), ("{}", spaced(&team, "团队")))),
                None => (me(), called()?),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_wider_than_what_is_seen_and_ends_with_the_list() {
        let window = RowWindow::around(100, 20);
        assert_eq!((window.from, window.count), (40, 140));
        assert_eq!((window.of(1000), window.of(50), window.of(0)), (40..180, 40..50, 0..0));
        assert_eq!(RowWindow::around(0, 20), RowWindow { from: 0, count: 80 });
    }

    #[test]
    fn what_narrows_is_said() {
        let mut question = PaneQuery { filter: "grade:A".to_owned(), ..PaneQuery::default() };
        assert_eq!((question.said().as_str(), question.is_open()), ("  grade:A", false));
        question.narrow = "上海".to_owned();
        assert_eq!(question.said(), "  grade:A  /上海");
    }
}
