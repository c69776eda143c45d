//! Rows and columns on their way to whoever shows them: a list, a count, a history, an agenda.
//!
//! Rows stream: nothing here holds more than one, and cells lend the bytes of the store, so that a million rows cost no
//! more memory than one.

use std::{borrow::Cow, ops::ControlFlow};

use rust_decimal::Decimal;

use crate::{
    domain::{FieldDef, KindId, RecordId},
    error::{Error, Result},
    text::{Lang, Said, fold, nearest, said},
};

/// A column: the code that scripts know it by, and its heading in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its code, the heading in CSV and the key in JSON; a column of a linked record is `customer.city`.
    pub code: Cow<'static, str>,
    /// Its English heading.
    pub en: Cow<'static, str>,
    /// Its Chinese heading.
    pub zh: Cow<'static, str>,
    /// Whether it holds numbers, which stand at the right.
    pub numeric: bool,
    /// Whether its cells are shown whole or not at all: half a time is a wrong one.
    pub whole: bool,
    /// Whether it says which record a row is about, so that it has room before the other columns.
    pub main: bool,
    /// The kind whose field of this code it shows, so that it is named as that field is.
    pub kind: Option<KindId>,
}

impl Column {
    /// A column that is no field.
    pub const fn new(code: &'static str, en: &'static str, zh: &'static str) -> Self {
        let (code, en, zh) = (Cow::Borrowed(code), Cow::Borrowed(en), Cow::Borrowed(zh));
        Self { code, en, zh, numeric: false, whole: false, main: false, kind: None }
    }

    /// The same column with numbers in it.
    #[must_use]
    pub const fn numbers(mut self) -> Self {
        self.numeric = true;
        self
    }

    /// The same column, never cut.
    #[must_use]
    pub const fn never_cut(mut self) -> Self {
        self.whole = true;
        self
    }

    /// The same column, which says what a row is about.
    #[must_use]
    pub const fn main(mut self) -> Self {
        self.main = true;
        self
    }

    /// The column of a field.
    pub fn of(def: &FieldDef) -> Self {
        let numeric = def.ty.is_number() && !def.many;
        Self { numeric, main: def.name, ..Self::new(def.code, def.en, def.zh) }
    }

    /// The same column, which shows the field of its code of this kind, if there is one.
    #[must_use]
    pub const fn of_kind(mut self, kind: KindId) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Whether it shows the field that its kind calls so.
    fn is_called(&self, name: &str) -> bool {
        let meant = self.kind.and_then(KindId::kind).and_then(|kind| kind.field_named(name));
        meant.is_some_and(|def| self.code == def.code)
    }

    /// Its heading in a language.
    pub fn heading(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

/// A field that a step wrote, with its stored bytes before and after.
pub type Edit = (&'static FieldDef, Option<Vec<u8>>, Option<Vec<u8>>);

/// What stands in one place of a grid.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text that is no field.
    Text(Cow<'a, str>),
    /// A number that is no field.
    Number(i64),
    /// A rounded mean of whole numbers.
    Mean(Decimal),
    /// Yes or no that is no field.
    YesNo(bool),
    /// The id of a record.
    Id(RecordId),
    /// The ids of several records.
    Ids(Vec<RecordId>),
    /// A record by its name.
    Link(RecordId, Cow<'a, str>),
    /// A field as stored.
    Field(&'static FieldDef, Cow<'a, [u8]>),
    /// What a step wrote: a person reads which fields, a script their values too.
    Edits(Vec<Edit>),
    /// Words that a person reads, differing by language (`2d late`); scripts read `code`.
    Words {
        /// For scripts.
        code: Cow<'a, str>,
        /// For an English reader.
        en: Cow<'a, str>,
        /// For a Chinese reader.
        zh: Cow<'a, str>,
    },
}

impl Cell<'static> {
    /// A word that a script and an English reader know by its code, and a Chinese reader by its label.
    pub const fn coded(code: &'static str, zh: &'static str) -> Self {
        Self::Words { code: Cow::Borrowed(code), en: Cow::Borrowed(code), zh: Cow::Borrowed(zh) }
    }
}

/// Takes a row; breaks off when it wants no more.
pub type Sink<'s> = dyn FnMut(&[Cell<'_>]) -> Result<ControlFlow<()>> + 's;

/// What gives the rows of a grid, once.
pub type Rows<'a> = Box<dyn FnOnce(&mut Sink<'_>) -> Result<()> + 'a>;

/// Rows that are all there already.
pub fn ready<'a>(rows: Vec<Vec<Cell<'a>>>) -> Rows<'a> {
    Box::new(move |sink| {
        for row in &rows {
            if sink(row)?.is_break() {
                break;
            }
        }
        Ok(())
    })
}

/// Rows in parts, which several threads may make at once.
pub trait Parts: Sync {
    /// How many parts there are.
    fn count(&self) -> usize;

    /// Gives the rows of a part, read through the names of the thread that asks.
    fn rows(&self, part: usize, names: &super::names::Names<'_>, sink: &mut Sink<'_>) -> Result<()>;
}

/// Takes the rows of a grid apart, if that is worth it.
pub type SplitRows<'a> = Box<dyn FnOnce() -> Result<Option<Box<dyn Parts + 'a>>> + 'a>;

/// Columns, and rows that come one at a time.
pub struct Grid<'a> {
    /// The JSON key under which the rows stand: `records`, `groups`, `changes`.
    pub root: &'static str,
    /// The columns, one for each cell of a row.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Rows<'a>,
    /// The same rows in parts, where they can be taken apart.
    pub parts: Option<SplitRows<'a>>,
    /// The names of records that cells link to.
    pub names: &'a super::names::Names<'a>,
}

impl<'a> Grid<'a> {
    /// A grid of rows that are all there already.
    pub fn of_rows(
        root: &'static str,
        columns: Vec<Column>,
        rows: Vec<Vec<Cell<'a>>>,
        names: &'a super::names::Names<'a>,
    ) -> Self {
        Self::new(root, columns, ready(rows), names)
    }

    /// A grid of rows that come as they are taken, which are no records of one kind.
    pub const fn new(
        root: &'static str,
        columns: Vec<Column>,
        rows: Rows<'a>,
        names: &'a super::names::Names<'a>,
    ) -> Self {
        Self { root, columns, rows, parts: None, names }
    }

    /// The same grid without its first rows, and with at most so many of those that follow.
    #[must_use]
    pub fn part(self, offset: usize, limit: Option<usize>) -> Self {
        let end = limit.map(|limit| offset.saturating_add(limit));
        let rows = self.rows;
        let part: Rows<'a> = Box::new(move |sink| {
            if limit == Some(0) {
                return Ok(());
            }
            let mut at = 0;
            rows(&mut |row| {
                at += 1;
                let flow = if at > offset { sink(row)? } else { ControlFlow::Continue(()) };
                Ok(if end.is_some_and(|end| at >= end) { ControlFlow::Break(()) } else { flow })
            })
        });
        Self { rows: part, parts: None, ..self }
    }

    /// The same grid with these of its columns, in this order; a field is named by its code or a label.
    ///
    /// # Errors
    /// `Usage` for a column that it has not.
    pub fn only(self, codes: &[&str]) -> Result<Self> {
        let places = places(&self.columns, codes)?;
        let columns = places.iter().map(|at| self.columns[*at].clone()).collect();
        Ok(Self { columns, rows: picked(self.rows, places), parts: None, ..self })
    }
}

/// The names in `--columns a,b`.
///
/// # Errors
/// `Usage` where there is none.
pub fn codes(text: &str) -> Result<Vec<&str>> {
    let codes: Vec<&str> = text.split([',', '，', '、']).map(str::trim).filter(|code| !code.is_empty()).collect();
    match codes.is_empty() {
        true => Err(Error::usage(said!("--columns names no column", "--columns 没有写列名"))
            .hint(said!("write --columns id,name", "请写 --columns 编号,名称"))),
        false => Ok(codes),
    }
}

/// Where the named columns stand among these.
///
/// # Errors
/// `Usage` for one that is not there.
pub fn places(columns: &[Column], codes: &[&str]) -> Result<Vec<usize>> {
    codes.iter().map(|code| place(columns, code)).collect()
}

fn place(columns: &[Column], code: &str) -> Result<usize> {
    let wanted = fold(code);
    let same = |column: &Column| fold(&column.code) == wanted || fold(&column.en) == wanted || column.zh == code;
    let also = || columns.iter().position(|column| column.is_called(code));
    columns.iter().position(same).or_else(also).ok_or_else(|| {
        let error = Error::usage(said!("There is no column '{}'", "没有列“{}”", crate::text::scrub(code)));
        let codes: Vec<&str> = columns.iter().map(|column| &*column.code).collect();
        match nearest(code, codes.iter().copied()) {
            Some(near) => error.hint(Said::did_you_mean(near)),
            None => {
                let labels: Vec<&str> = columns.iter().map(|column| &*column.zh).collect();
                error.hint(said!(("the columns are {}", codes.join(", ")), ("可用的列有 {}", labels.join("、"))))
            }
        }
    })
}

/// Rows with the cells at these places.
fn picked(rows: Rows<'_>, places: Vec<usize>) -> Rows<'_> {
    Box::new(move |sink| {
        rows(&mut |row| {
            let cells: Vec<Cell<'_>> = places.iter().map(|at| row[*at].clone()).collect();
            sink(&cells)
        })
    })
}

/// Rows under headings: board, agenda.
pub struct Section<'a> {
    /// The heading; an empty one is not shown.
    pub heading: Said,
    /// The rows, all with the same columns.
    pub rows: Rows<'a>,
    /// What is to be said after them: that there are more.
    pub note: Option<Said>,
}

/// Rows under headings for a person, and the same rows in one grid for programs.
pub struct Sections<'a> {
    /// What all of it is.
    pub title: Said,
    /// The columns that a person sees.
    pub columns: Vec<Column>,
    /// The rows that a person sees.
    pub sections: Vec<Section<'a>>,
    /// What programs get.
    pub grid: Grid<'a>,
}

impl<'a> Sections<'a> {
    /// The same with these of the columns that a person sees.
    ///
    /// # Errors
    /// `Usage` for a column that they have not.
    pub fn only(mut self, codes: &[&str]) -> Result<Self> {
        let places = places(&self.columns, codes)?;
        self.columns = places.iter().map(|at| self.columns[*at].clone()).collect();
        for section in &mut self.sections {
            let rows = std::mem::replace(&mut section.rows, ready(Vec::new()));
            section.rows = picked(rows, places.clone());
        }
        Ok(self)
    }

    /// The rows that a person sees, one section after the other, as one grid.
    pub fn flat(self) -> Grid<'a> {
        let Self { columns, sections, grid, .. } = self;
        let rows: Rows<'a> = Box::new(move |sink| {
            let mut flow = ControlFlow::Continue(());
            for section in sections {
                if flow.is_continue() {
                    (section.rows)(&mut |row| {
                        flow = sink(row)?;
                        Ok(flow)
                    })?;
                }
            }
            Ok(())
        });
        Grid { columns, rows, parts: None, ..grid }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::customer, query::names::Names, store::Store, text::Lang};

    fn shown(grid: Grid<'_>) -> Vec<Vec<i64>> {
        let mut shown = Vec::new();
        let number = |cell: &Cell<'_>| if let Cell::Number(number) = cell { *number } else { -1 };
        (grid.rows)(&mut |row| {
            shown.push(row.iter().map(number).collect());
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
        shown
    }

    #[test]
    fn a_column_is_named_as_a_field_of_its_own_kind_only() {
        let name = || Column::new("name", "Name", "名称");
        assert!(places(&[name()], &["阶段"]).is_err(), "a stage calls its name so");
        assert!(places(&[name().of_kind(customer::ID)], &["阶段"]).is_err());
        let columns = [Column::new("id", "ID", "编号"), name()].map(|column| column.of_kind(customer::ID));
        assert_eq!(places(&columns, &["公司名称"]), Ok(vec![1]));
        assert!(places(&[name()], &["公司名称"]).is_err());
    }

    #[test]
    fn a_part_and_some_columns_of_a_grid() {
        let store = Store::in_memory().unwrap();
        let snapshot = store.snapshot().unwrap();
        let names = Names::new(snapshot.reader(), Lang::En);
        let grid = || {
            let rows = (1..=5).map(|n| vec![Cell::Number(n), Cell::Number(n * n)]).collect();
            Grid::of_rows(
                "rows",
                vec![Column::new("n", "N", "数"), Column::new("square", "Square", "平方")],
                rows,
                &names,
            )
        };
        assert_eq!(shown(grid().part(1, Some(2))), [[2, 4], [3, 9]]);
        assert_eq!(shown(grid().part(4, None)), [[5, 25]]);
        assert_eq!(shown(grid().part(0, Some(0))), Vec::<Vec<i64>>::new());
        assert_eq!(shown(grid().only(&["平方", "n"]).unwrap().part(3, Some(1))), [[16, 4]]);
        assert_eq!(grid().only(&["sqare"]).err().unwrap().next_step(Lang::En), Some("did you mean square?"));
    }
}
