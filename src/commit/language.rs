//! The filter language, as far as rules ask for it.

use crate::{
    domain::{Kind, KindId, Language, RecordId, Schema},
    error::Result,
    query::{
        count::GroupBy,
        field_path::FieldPath,
        resolve::{self, NamedRecords, QueryContext},
        select::Order,
    },
};

/// The language as the person of a step speaks it.
pub(super) struct StepLanguage<'a> {
    /// What words mean.
    pub(super) asking: QueryContext<'a>,
    /// Whether records come from a file: those that a filter names may come later in the same file.
    pub(super) import: bool,
}

impl Language for StepLanguage<'_> {
    fn filter(&self, kind: KindId, text: &str, own: &str) -> Result<String> {
        let names = if self.import { NamedRecords::MayCome } else { NamedRecords::MustExist };
        resolve::canonical(text, self.table(kind)?, &self.asking, own, names)
    }

    fn column(&self, kind: KindId, text: &str) -> Result<()> {
        FieldPath::parse(text, self.table(kind)?, self.schema()).map(drop)
    }

    fn order(&self, kind: KindId, text: &str) -> Result<()> {
        Order::parse(text, self.table(kind)?, self.schema()).map(drop)
    }

    fn grouping(&self, kind: KindId, text: &str) -> Result<()> {
        GroupBy::parse(text, self.table(kind)?, self.schema()).map(drop)
    }
}

impl StepLanguage<'_> {
    const fn schema(&self) -> &'static Schema {
        self.asking.reader.schema()
    }

    fn table(&self, kind: KindId) -> Result<&'static Kind> {
        self.schema().kind_of(RecordId::new(kind, 0))
    }
}
