//! Which customers a list is of, in which order, under which headings.

use crate::{
    domain::{Schema, customer},
    error::Result,
    query::{field_path::FieldPath, select::Order},
    text::Lang,
    tui::panes::OwnerFilter,
};

/// What the list is sorted by, as it is typed: `name`, `-created`, `owner.team,-name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort(String);

impl Default for Sort {
    fn default() -> Self {
        Self(customer::NAME.def().code.to_owned())
    }
}

impl Sort {
    /// By a field; with a hyphen before it from the greatest to the least.
    pub fn new(by: impl Into<String>) -> Self {
        Self(by.into())
    }

    /// As it is typed.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The first field.
    pub fn by(&self) -> &str {
        self.0.split(',').next().unwrap_or_default().trim_start_matches('-')
    }

    /// Whether it goes from the greatest to the least.
    pub fn is_falling(&self) -> bool {
        self.0.starts_with('-')
    }

    /// The other way round.
    #[must_use]
    pub fn turned(&self) -> Self {
        Self(self.0.strip_prefix('-').map_or_else(|| format!("-{}", self.0), str::to_owned))
    }

    /// What it is called.
    pub fn label(&self, schema: &Schema, lang: Lang) -> String {
        let heading = match FieldPath::parse(self.by(), schema.table(&customer::KIND), schema) {
            Ok(path) => path.column().heading(lang).to_owned(),
            Err(_) => self.by().to_owned(),
        };
        let falling = if self.is_falling() { lang.pick(", falling", "倒序") } else { lang.pick("", "排序") };
        match lang {
            Lang::En => format!("by {}{falling}", heading.to_lowercase()),
            Lang::Zh => format!("按{heading}{falling}"),
        }
    }
}

/// What headings in the list say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// The grade.
    Grade,
    /// The owner.
    Owner,
    /// The city.
    City,
}

impl Grouping {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Grade, Self::Owner, Self::City];

    /// The one after it; after the last there are no headings.
    pub const fn next(this: Option<Self>) -> Option<Self> {
        match this {
            None => Some(Self::Grade),
            Some(Self::Grade) => Some(Self::Owner),
            Some(Self::Owner) => Some(Self::City),
            Some(Self::City) => None,
        }
    }

    /// The field that they are made of.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Grade => "grade",
            Self::Owner => "owner",
            Self::City => "city",
        }
    }

    /// The same as a path.
    ///
    /// # Errors
    /// `Usage` where there is no such field.
    pub fn path(self, schema: &Schema) -> Result<FieldPath> {
        FieldPath::parse(self.code(), schema.table(&customer::KIND), schema)
    }
}

/// Which customers are asked for, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerQuery {
    /// Whose.
    pub scope: OwnerFilter,
    /// In the filter language.
    pub filter: String,
    /// A plain text that they hold.
    pub narrow: String,
    /// In which order.
    pub sort: Sort,
    /// Under which headings.
    pub group: Option<Grouping>,
}

impl CustomerQuery {
    /// The orders, the most important first: headings hold together what they are over.
    ///
    /// # Errors
    /// `Usage` for a field that customers have not.
    pub fn orders(&self, schema: &Schema) -> Result<Vec<Order>> {
        let group = self.group.map(Grouping::code).filter(|code| *code != self.sort.by());
        let texts = group.into_iter().chain(self.sort.text().split(','));
        texts.map(|text| Order::parse(text, schema.table(&customer::KIND), schema)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schema::BASE;

    #[test]
    fn an_order_is_turned_and_said() {
        let sort = Sort::default();
        assert_eq!(
            (sort.label(&BASE, Lang::En).as_str(), sort.label(&BASE, Lang::Zh).as_str()),
            ("by name", "按客户名称排序")
        );
        let turned = Sort::new("owner.team").turned();
        assert_eq!((turned.text(), turned.by(), turned.is_falling()), ("-owner.team", "owner.team", true));
        assert_eq!(turned.label(&BASE, Lang::En), "by owner · team, falling");
        assert_eq!(turned.turned(), Sort::new("owner.team"));
    }

    #[test]
    fn headings_come_before_the_order() {
        let orders = |group, sort: &str| {
            let question = CustomerQuery { group, sort: Sort::new(sort), ..CustomerQuery::default() };
            question.orders(&BASE).unwrap().iter().map(|order| order.by.column().code.into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(orders(Some(Grouping::City), "-created"), ["city", "created"]);
        assert_eq!(orders(Some(Grouping::City), "-city,name"), ["city", "name"]);
        assert_eq!(orders(None, "name"), ["name"]);
        assert!(CustomerQuery { sort: Sort::new("colour"), ..CustomerQuery::default() }.orders(&BASE).is_err());
    }
}
