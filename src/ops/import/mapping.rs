//! Which column feeds which field: what the person says first, then codes and labels, then common names.

use std::collections::HashMap;

use crate::{
    command::foreign_names::{FAMILY, HALVES, meant, named_in_halves},
    domain::{FieldDef, Kind, Schema, Type, read},
    error::{Error, Result},
    text::{Said, n_before, nearest, said},
};

use super::{
    heading::{plain, same},
    identity::{self, OwnColumns, heads_ids},
    numbers::counts,
    options::ImportOptions,
    places,
    table::Table,
    target::{ColumnUse, Source, Target},
    units,
};

/// Which column feeds which field.
#[derive(Clone, Debug)]
pub(super) struct Mapping {
    /// The kinds of record of the store.
    pub schema: &'static Schema,
    /// The fields, in the order of their tags.
    pub targets: Vec<Target>,
    /// What becomes of each column.
    pub columns: Vec<ColumnUse>,
    /// The column with the ids of this program, where they tell which record a row updates.
    pub id_column: Option<usize>,
    /// What stands beside them.
    pub own: OwnColumns,
    /// The field that tells which record a row updates.
    pub key: Option<&'static FieldDef>,
}

impl Mapping {
    /// The mapping of a table, as the options say and headings suggest.
    pub fn new(table: &Table, options: &ImportOptions) -> Result<Self> {
        let kind = options.kind;
        let columns = table.headings.iter();
        let mut draft = Draft {
            kind,
            headings: &table.headings,
            targets: Vec::new(),
            columns: columns
                .map(|heading| ColumnUse { heading: heading.clone(), codes: Vec::new(), given: false })
                .collect(),
        };
        draft.given(options)?;
        let by_id = options.key.as_deref() == Some("id");
        let mut own_ids = if by_id || options.new_ids { None } else { identity::own_ids(table, kind, &draft.columns)? };
        if let Some(column) = own_ids {
            draft.columns[column].codes = vec!["id"];
        }
        draft.labels();
        draft.common();
        draft.halves();
        draft.places();
        draft.twice(table.heading_line)?;
        for (code, text) in options.constants()? {
            draft.constant(field(kind, code, "--set")?, code, text)?;
        }
        let (key, id_column) = draft.key(options)?;
        let Draft { mut targets, mut columns, .. } = draft;
        if targets.is_empty() {
            return Err(no_heading_fits(table, kind));
        }
        if let Some(column) = own_ids.filter(|_| key.is_some()) {
            columns[column].codes.clear();
            own_ids = None;
        }
        let id_column = id_column.or(own_ids);
        let own = match id_column {
            Some(_) => OwnColumns::find(&mut columns, by_id),
            None => OwnColumns::default(),
        };
        let has_trash = (id_column.is_none() && !options.new_ids).then(|| identity::trashed_row(table, &columns));
        if let Some(refused) = has_trash.transpose()?.flatten() {
            return Err(refused);
        }
        super::columns::attach(table.headings.as_slice(), &mut targets, &mut columns)?;
        super::beside::attach(table, &mut targets, &mut columns)?;
        super::stage_column::wanted(kind, &targets, &columns)?;
        // What is said beside numbers and addresses goes to the note.
        let note = kind.field("note").filter(|note| !targets.iter().any(|target| target.def == *note));
        let reach = |target: &Target| matches!(target.def.ty, Type::Phone | Type::Email) && !target.sources.is_empty();
        if let Some(note) = note.filter(|_| targets.iter().any(reach)) {
            targets.push(Target::new(note));
        }
        targets.sort_by_key(|target| target.def.tag);
        if key.is_none() && id_column.is_none() {
            let name = kind.name_field();
            if name.required && !targets.iter().any(|target| target.def == name) {
                return Err(Error::usage(said!(
                    ("No column gives the {} of a{} {}", name.code, n_before(kind.noun), kind.noun),
                    ("没有列对应“{}”（必填）", name.zh)
                ))
                .hint(said!(
                    ("say which one does: --map 'Heading={}'; headings: {}", name.code, table.headings.join(", ")),
                    ("请指明：--map '列标题={}'；现有列标题：{}", name.zh, table.headings.join("、"))
                )));
            }
        }
        Ok(Self { schema: options.schema, targets, columns, id_column, own, key })
    }
}

struct Draft<'a> {
    kind: &'static Kind,
    headings: &'a [String],
    targets: Vec<Target>,
    columns: Vec<ColumnUse>,
}

impl Draft<'_> {
    /// What `--map` says.
    fn given(&mut self, options: &ImportOptions) -> Result<()> {
        for (heading, code) in options.map_pairs()? {
            let column = self.column(heading)?;
            self.columns[column].given = true;
            if code.is_empty() {
                continue;
            }
            let def = field(self.kind, code, "--map")?;
            let fed = self.targets.iter().any(|target| target.def == def);
            if fed && !def.many && !def.ty.is_text() {
                return Err(Error::usage(said!(
                    ("--map feeds '{}' from two columns", def.code),
                    ("--map 将两列都对应到“{}”", def.zh)
                ))
                .hint(said!(
                    "a number, date, choice or link comes from one column",
                    "数字、日期、选项和关联只能来自一列"
                )));
            }
            self.feed(column, def, read::label_said(def, code));
        }
        Ok(())
    }

    fn column(&self, heading: &str) -> Result<usize> {
        let exact = self.headings.iter().position(|known| known == heading);
        exact.or_else(|| self.headings.iter().position(|known| same(known, heading))).ok_or_else(|| {
            let error =
                Error::usage(said!("--map: the file has no heading '{heading}'", "--map：文件中没有列标题“{heading}”"));
            match nearest(heading, self.headings.iter().map(String::as_str)) {
                Some(near) => error.hint(Said::did_you_mean_name(near)),
                None => error.hint(said!(
                    ("its headings are {}", self.headings.join(", ")),
                    ("文件的列标题有 {}", self.headings.join("、"))
                )),
            }
        })
    }

    /// Headings that are a code or a label.
    fn labels(&mut self) {
        let with_unit = |def: &&FieldDef| counts(def) || matches!(def.ty, Type::Instant | Type::Due | Type::Date);
        let without_unit = |heading: &str| {
            let name = units::brackets(heading).map_or_else(|| units::split(heading).0, |(name, _)| name);
            self.kind.field_labelled(name).filter(with_unit)
        };
        let exact = self.headings.iter().map(|heading| self.kind.field_labelled(heading));
        let bare = self.headings.iter().map(|heading| without_unit(heading));
        let found: Vec<_> = exact.enumerate().chain(bare.enumerate()).collect();
        for (column, def) in found {
            if let Some(def) = def.filter(|def| settable(def)) {
                self.guess(column, def, None);
            }
        }
    }

    /// Headings that other programs use.
    fn common(&mut self) {
        for column in 0..self.headings.len() {
            let heading = &self.headings[column];
            let named = self.kind.field_labelled(&plain(heading)).filter(|def| settable(def));
            let name = plain(heading);
            let candidates = meant(self.kind, &name).filter(|(def, _)| settable(def));
            let unit = units::split(heading).0;
            let unit_name = plain(unit);
            let amounts = meant(self.kind, &unit_name).filter(|(def, _)| def.ty.has_currency() && unit != heading);
            let candidates: Vec<_> =
                named.map(|def| (def, None)).into_iter().chain(candidates).chain(amounts).collect();
            for (def, label) in candidates {
                if self.guess(column, def, label.and_then(|label| read::label(def, label))) {
                    break;
                }
            }
        }
    }

    /// First and last name, where no column has the whole.
    fn halves(&mut self) {
        let name = self.kind.name_field();
        if !named_in_halves(self.kind.noun) || self.targets.iter().any(|target| target.def == name) {
            return;
        }
        for (which, half) in HALVES.into_iter().enumerate() {
            let found = (0..self.headings.len())
                .find(|&column| self.is_free(column) && half.contains(&plain(&self.headings[column]).as_str()));
            if let Some(column) = found {
                self.feed(column, name, None);
                if which == FAMILY
                    && let Some(target) = self.targets.iter_mut().find(|target| target.def == name)
                {
                    target.family = Some(column);
                }
            }
        }
    }

    /// Province, city and district in one column, where no other column has any of them.
    fn places(&mut self) {
        let fed = |target: &Target| places::CODES.contains(&target.def.code);
        let heads = |column: &usize| self.is_free(*column) && places::heads(&self.headings[*column], self.kind);
        let Some(column) = (0..self.headings.len()).find(heads).filter(|_| !self.targets.iter().any(fed)) else {
            return;
        };
        for (at, code) in places::CODES.into_iter().enumerate() {
            if let Some(def) = self.kind.field(code) {
                self.feed(column, def, None);
                self.targets.iter_mut().filter(|target| target.def == def).for_each(|target| target.place = Some(at));
            }
        }
    }

    fn is_free(&self, column: usize) -> bool {
        !self.columns[column].given && self.columns[column].codes.is_empty() && !self.headings[column].is_empty()
    }

    /// Feeds a field from a column that nobody spoke of, unless the field has a column already.
    fn guess(&mut self, column: usize, def: &'static FieldDef, label: Option<u16>) -> bool {
        let fed = self.targets.iter().any(|target| target.def == def);
        let free = self.is_free(column) && (def.many || !fed);
        if free {
            self.feed(column, def, label);
        }
        free
    }

    fn feed(&mut self, column: usize, def: &'static FieldDef, label: Option<u16>) {
        let source = Source { column, label, label_column: None };
        self.columns[column].codes.push(def.code);
        match self.targets.iter_mut().find(|target| target.def == def) {
            Some(target) => target.sources.push(source),
            None => self.targets.push(Target { sources: vec![source], ..Target::new(def) }),
        }
    }

    /// A heading that stands twice is an error where it matters which of the two is meant.
    fn twice(&self, line: u32) -> Result<()> {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (column, heading) in self.headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty()) {
            places.entry(crate::text::fold(heading)).or_default().push(column);
        }
        for (column, used) in self.columns.iter().enumerate().filter(|(_, used)| !used.codes.is_empty()) {
            let alike = places.get(&crate::text::fold(&used.heading));
            if let Some(other) = alike.and_then(|alike| alike.iter().copied().find(|other| *other != column)) {
                return Err(Error::invalid(said!(
                    "line {line}: the heading '{}' stands twice, in columns {} and {}",
                    "第 {line} 行：列标题“{}”出现两次，在第 {} 列和第 {} 列",
                    used.heading,
                    column.min(other) + 1,
                    column.max(other) + 1
                ))
                .hint(said!("give one of the columns another heading", "请给其中一列换个标题")));
            }
        }
        Ok(())
    }

    fn constant(&mut self, def: &'static FieldDef, name: &str, text: &str) -> Result<()> {
        if let Some(at) = self.targets.iter().position(|target| target.def == def) {
            let target = self.targets.remove(at);
            for source in target.sources {
                let used = &mut self.columns[source.column];
                if used.given {
                    return Err(Error::usage(said!(
                        ("'{}' is given by --map and by --set", def.code),
                        ("--map 和 --set 都给出了“{}”", def.zh)
                    ))
                    .hint(said!("leave one of them out", "请去掉其中一个")));
                }
                used.codes.retain(|code| *code != def.code);
            }
        }
        let (constant, label) = (Some(text.to_owned()), read::label_said(def, name));
        self.targets.push(Target { constant, label, ..Target::new(def) });
        Ok(())
    }

    /// The field of `--key`, or the column of ids.
    fn key(&mut self, options: &ImportOptions) -> Result<(Option<&'static FieldDef>, Option<usize>)> {
        let Some(code) = &options.key else { return Ok((None, None)) };
        if code == "id" {
            let column = self.headings.iter().position(|heading| heads_ids(heading));
            let column = column.ok_or_else(|| {
                Error::usage(said!("--key id: the file has no column 'id'", "--key id：文件中没有 id 列"))
                    .hint(said!("name a field that the file has", "请指定文件中有的字段"))
            })?;
            for target in &mut self.targets {
                target.sources.retain(|source| source.column != column);
            }
            self.targets.retain(Target::is_fed);
            self.columns[column].codes = vec!["id"];
            return Ok((None, Some(column)));
        }
        let def = field(self.kind, code, "--key")?;
        if def.ty == Type::Link || !(def.indexed() || def.name) || !def.ty.is_text() {
            return Err(Error::usage(said!(
                ("--key: '{}' does not tell records apart", def.code),
                ("--key：“{}”不能区分记录", def.zh)
            ))
            .hint(said!("use id, external_id, email, phone or the name", "请用 id、外部编号、邮箱、电话或名称")));
        }
        if !self.targets.iter().any(|target| target.def == def) {
            return Err(Error::usage(said!(
                ("--key: no column feeds '{}'", def.code),
                ("--key：没有列对应“{}”", def.zh)
            ))
            .hint(said!(("say which one does: --map 'Heading={}'", def.code), ("请指明：--map '列标题={}'", def.zh))));
        }
        Ok((Some(def), None))
    }
}

/// Whether an import may set a field.
const fn settable(def: &FieldDef) -> bool {
    !def.derived && !def.kept
}

/// The field that an option names.
pub(super) fn field(kind: &'static Kind, code: &str, option: &str) -> Result<&'static FieldDef> {
    match kind.field_named(code) {
        Some(def) if settable(def) => Ok(def),
        Some(def) => Err(Error::usage(said!(
            ("{option}: '{}' is kept by the program and cannot be set", def.code),
            ("{option}：“{}”由程序维护，不能设置", def.zh)
        ))),
        None => {
            let error = Error::usage(said!(
                ("{option}: a{} {} has no field '{code}'", n_before(kind.noun), kind.noun),
                ("{option}：{}没有字段“{code}”", kind.zh)
            ));
            let known = || kind.all_fields().filter(|def| settable(def));
            let joined =
                |label: fn(&FieldDef) -> &'static str, comma| known().map(label).collect::<Vec<_>>().join(comma);
            Err(match nearest(code, known().flat_map(|def| [def.code, def.zh])) {
                Some(near) => error.hint(Said::did_you_mean_name(near)),
                None => error.hint(said!(
                    ("its fields are {}", joined(|def| def.code, ", ")),
                    ("可用的字段有 {}", joined(|def| def.zh, "、"))
                )),
            })
        }
    }
}

fn no_heading_fits(table: &Table, kind: &'static Kind) -> Error {
    Error::usage(said!(
        ("Line {} holds no heading that names a field of a{} {}", table.heading_line, n_before(kind.noun), kind.noun),
        ("第 {} 行没有与{}字段对应的列标题", table.heading_line, kind.zh)
    ))
    .hint(said!(
        (
            "the first line must hold headings; say what they mean: --map 'Heading=name' (found: {})",
            table.headings.join(", ")
        ),
        (
            "第一行必须是列标题；请说明其含义：--map '列标题={}'（现有：{}）",
            kind.name_field().zh,
            table.headings.join("、")
        )
    ))
}
