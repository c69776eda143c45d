//! What a formula asks about names: which record a link leads to, which children lead back, what a filter means.

use crate::{
    domain::{FieldDef, Kind, KindId, words::money::Currency},
    error::{Error, Result},
    language::{
        field_path::{FieldPath, Leaf},
        filter::Filter,
        syntax::{Expr, Name, Path, Span, caret},
        unknown::{unknown_field, with_near},
    },
    text::{Said, fold, n_before, said},
};

/// The kinds of record that there are, and how they hang together.
pub trait Names {
    /// The kind that a link points to.
    fn target(&self, link: &FieldDef) -> Option<&'static Kind>;
    /// The records that a name means which point to a record of a kind.
    fn children(&self, of: &'static Kind, name: &str) -> ChildLink;
    /// The names that mean such records, for suggestions.
    fn child_names(&self, of: &'static Kind) -> Vec<&'static str>;
    /// What a filter of records means, its places counted in `source`.
    ///
    /// # Errors
    /// What is wrong with the filter, and where.
    fn filter(&self, filter: &Expr, source: &str, of: &'static Kind) -> Result<Filter>;
    /// The currency of amounts that name none.
    fn currency(&self) -> Currency;
    /// The number of the record that a text means.
    ///
    /// # Errors
    /// That there is none, or more than one.
    fn record(&self, of: KindId, text: &str) -> Result<u64>;
}

/// Which records point to a record.
#[derive(Debug, Clone)]
pub enum ChildLink {
    /// The name means none.
    None,
    /// Those of a kind, by this link of theirs.
    One(&'static FieldDef, &'static Kind),
    /// Those of a kind, in more than one way.
    Ambiguous(&'static Kind, Vec<&'static str>),
}

/// What a path leads to.
#[derive(Debug, Clone)]
pub(super) enum Route {
    /// A field of the record itself, or of one that it links to. No field means the id, of a record of this kind.
    Own(FieldPath, Option<&'static FieldDef>, &'static Kind),
    /// Children, or what each of them has at the end of a path.
    Children(&'static FieldDef, &'static Kind, Option<Item>),
}

/// What a child has: a path from it, and the field at its end; of an id the kind.
pub(super) type Item = (FieldPath, Option<&'static FieldDef>, &'static Kind);

/// Where the names of a formula are looked up.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) source: &'a str,
    pub(super) kind: &'static Kind,
    pub(super) names: &'a dyn Names,
}

impl Scope<'_> {
    /// An error that points at a place of the formula.
    pub(super) fn error(&self, span: Span, message: Said) -> Error {
        let caret = caret(self.source, span);
        Error::usage(message.map(|message| format!("{message}\n{caret}")))
    }

    /// The error of a value that stands at a place.
    pub(super) fn bad_value(&self, span: Span, error: &Error) -> Error {
        self.error(span, error.what().clone()).hint_of(error.next())
    }

    /// Whether a word alone is a field of the record, or means its children.
    pub(super) fn knows(&self, path: &Path) -> bool {
        let [name] = path.0.as_slice() else { return true };
        self.kind.field_named(&name.text).is_some()
            || is_id(&name.text)
            || !matches!(self.names.children(self.kind, &name.text), ChildLink::None)
    }

    /// What a path leads to.
    pub(super) fn route(&self, path: &Path) -> Result<Route> {
        let Some((first, more)) = path.0.split_first() else {
            return Err(self.error(path.span(), said!("a field is missing", "缺少字段")));
        };
        if self.kind.field_named(&first.text).is_some() || is_id(&first.text) {
            let (path, def, kind) = self.fields(&path.0, self.kind)?;
            return Ok(Route::Own(path, def, kind));
        }
        let (link, from) = self.children(first)?;
        let item = if more.is_empty() { None } else { Some(self.fields(more, from)?) };
        Ok(Route::Children(link, from, item))
    }

    /// Links to follow from a record of a kind, and the field at the end.
    fn fields(&self, names: &[Name], kind: &'static Kind) -> Result<Item> {
        let (mut at, mut links) = (kind, Vec::new());
        for (index, name) in names.iter().enumerate() {
            let is_last = index + 1 == names.len();
            let def = match at.field_named(&name.text) {
                Some(def) if is_last => return Ok((FieldPath::along(links, Leaf::Field(def)), Some(def), at)),
                None if is_last && is_id(&name.text) => return Ok((FieldPath::along(links, Leaf::Id), None, at)),
                Some(def) => def,
                None => return Err(self.no_field(name, at, index > 0)),
            };
            let Some(target) = self.names.target(def) else {
                let text = &name.text;
                let error = self.error(
                    name.span,
                    said!("'{text}' is no link, so no field comes after it", "“{text}”不是关联，其后不能再接字段"),
                );
                return Err(error.hint(said!("write it without a dot", "请去掉点号")));
            };
            links.push(def);
            at = target;
        }
        Err(self.error(Span::default(), said!("a field is missing", "缺少字段")))
    }

    fn children(&self, name: &Name) -> Result<(&'static FieldDef, &'static Kind)> {
        match self.names.children(self.kind, &name.text) {
            ChildLink::One(link, from) => Ok((link, from)),
            ChildLink::None => Err(self.unknown(name)),
            ChildLink::Ambiguous(from, links) => Err(self.error(
                name.span,
                said!(
                    (
                        "{} link to a{} {} in more than one way: {}",
                        from.plural,
                        n_before(self.kind.noun),
                        self.kind.noun,
                        links.join(", ")
                    ),
                    ("{}以不止一种方式关联{}：{}", from.zh, self.kind.zh, links.join("、"))
                ),
            )),
        }
    }

    /// The error for a name behind a link; children of another record are not reached.
    fn no_field(&self, name: &Name, at: &'static Kind, behind_link: bool) -> Error {
        if behind_link && !matches!(self.names.children(at, &name.text), ChildLink::None) {
            let error = self.error(
                name.span,
                said!(
                    ("the {} of another record cannot be summed up here", name.text),
                    ("此处不能汇总其他记录的{}", name.text)
                ),
            );
            return error.hint(said!(
                ("sum them up in a field of the {}, and name that field", at.noun),
                ("请先在{}上汇总到一个字段，再引用该字段", at.zh)
            ));
        }
        self.unknown_of(name, at, Vec::new())
    }

    /// The error for a name that no field of the record has, and no children.
    pub(super) fn unknown(&self, name: &Name) -> Error {
        self.unknown_of(name, self.kind, self.names.child_names(self.kind))
    }

    fn unknown_of(&self, name: &Name, kind: &'static Kind, others: Vec<&'static str>) -> Error {
        let error = self.error(name.span, unknown_field(&name.text, kind));
        let usual = said!(
            "crm help fields {} lists them; text goes in quotes",
            "crm help fields {} 可查看；文字请加引号",
            kind.noun
        );
        with_near(error, &name.text, kind, others.into_iter().chain(["id", "today", "now"]), usual)
    }
}

fn is_id(name: &str) -> bool {
    matches!(fold(name).as_str(), "id" | "编号")
}
