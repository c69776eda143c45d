//! What the names of linked records mean: records of the store, rows of the same file, records to be made.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    domain::{Kind, KindId, Record, RecordId, Schema, common::CREATED, pipeline, stage, user},
    error::Result,
    store::{Reader, is_of_a_step},
    text::{Lang, Said, fold, said},
};

pub(super) use super::meaning::Meaning;
use super::{
    file_row::FileRow,
    finder::{Finder, OwnRows},
    handles::handles,
    meaning::{ByRow, Candidate, Coming, ComingByName, Owners, RowCustomer, customer_of},
    options::LinkMissing,
    own::{is_id_of_none, kind_of_id},
    roles::Role,
    rows::FileRows,
    texts::Texts,
};

/// So many of those that one name may mean are listed.
pub(super) const LISTED: usize = 5;

/// What every text means that names a record of one kind.
struct TextMeanings {
    kind: KindId,
    by_text: Vec<Meaning>,
}

/// A record that a link wants made.
#[derive(Debug)]
pub(super) struct RecordToMake {
    /// Its kind.
    pub kind: KindId,
    /// Its fields.
    pub record: Record,
}

/// What all texts mean.
#[derive(Default)]
pub(super) struct Links {
    meanings: Vec<TextMeanings>,
    /// The records to be made, in the order in which the file names them.
    pub made: Vec<RecordToMake>,
    /// What names mean that stand for one record or another by the row.
    pub(super) by_row: ByRow,
    /// Those of them that are to be made.
    pub(super) coming: Coming,
    /// The same by their names.
    pub(super) coming_by_name: ComingByName,
    /// Whose records of the store are that names may mean.
    pub(super) owners: Owners,
    /// Whose each row is, where that matters.
    pub(super) whose: Vec<RowCustomer>,
}

/// What texts are looked up in.
pub(super) struct LinkSources<'a> {
    /// The store.
    pub reader: Reader<'a>,
    /// The rows of the file.
    pub rows: &'a [FileRow<'a>],
    /// What becomes of each.
    pub roles: &'a [Role],
    /// What the rows are records of.
    pub kind: &'static Kind,
    /// What happens where a text names no record.
    pub missing: LinkMissing,
    /// Whether ids in the file are those of another store: they are looked for as external ids.
    pub foreign: bool,
    /// The rows that keep the ids that they have in the file.
    pub kept: &'a HashMap<u64, u32>,
    /// The number of the user who imports.
    pub me: Option<u64>,
    /// Whether nothing tells that the ids in the file are those of this store, though its rows keep theirs.
    pub restores: bool,
}

impl Links {
    /// Looks up every text once. Stages are left to [`Stages`](super::stages::Stages): what they mean depends on the pipeline.
    pub fn resolve(all: &FileRows, lookup: &LinkSources<'_>) -> Result<Self> {
        let mut links = Self::default();
        for (id, texts) in all.texts.kinds().filter(|(kind, _)| *kind != stage::ID) {
            let kind = lookup.reader.schema().kind_of(RecordId::new(id, 0))?;
            let own = (id == lookup.kind.id).then(|| OwnRows::new(all, kind));
            let mut search = Search { lookup, kind, finder: Finder::new(lookup.reader, kind)?, own };
            let by_text = links.kind(&mut search, texts)?;
            links.meanings.push(TextMeanings { kind: id, by_text });
        }
        Ok(links)
    }

    fn kind(&mut self, search: &mut Search<'_>, texts: &Texts) -> Result<Vec<Meaning>> {
        let mut made = HashMap::new();
        let mut meanings = Vec::with_capacity(texts.all().len());
        let schema = search.lookup.reader.schema();
        for text in texts.all() {
            let meaning = match search.look_up(text)? {
                Some(meaning) => meaning,
                None => match search.lookup.missing {
                    LinkMissing::Blank => Meaning::Nothing,
                    LinkMissing::Create
                        if can_be_made(search.kind)
                            && !is_written_id(schema, text)
                            && customer_of(search.kind).is_some() =>
                    {
                        Meaning::Named(Arc::default())
                    }
                    LinkMissing::Create if can_be_made(search.kind) && !is_written_id(schema, text) => {
                        let at = *made.entry(fold(text)).or_insert_with(|| {
                            self.made.push(RecordToMake { kind: search.kind.id, record: named(search.kind, text) });
                            u32::try_from(self.made.len() - 1).unwrap_or(u32::MAX)
                        });
                        Meaning::Made(at)
                    }
                    missing => {
                        let is_here = search.lookup.foreign && search.is_here(text)?;
                        Meaning::Wrong(match is_here {
                            true => taken_for_foreign(search.kind, text).into(),
                            false => unknown(schema, search.kind, text, missing).into(),
                        })
                    }
                },
            };
            meanings.push(meaning);
        }
        Ok(meanings)
    }

    /// Whether what a name means hangs on the row in which it stands.
    pub(super) fn hang_on_rows(&self) -> bool {
        let named = |meaning: &Meaning| matches!(meaning, Meaning::Named(_));
        self.meanings.iter().any(|meanings| meanings.by_text.iter().any(named))
    }

    /// What a text means that names a record of a kind.
    pub fn meaning(&self, kind: KindId, text: u32) -> &Meaning {
        let found = self.meanings.iter().find(|meanings| meanings.kind == kind);
        found.and_then(|meanings| meanings.by_text.get(text as usize)).unwrap_or(&Meaning::Nothing)
    }
}

pub(super) struct Search<'a> {
    lookup: &'a LinkSources<'a>,
    kind: &'static Kind,
    finder: Finder<'a>,
    own: Option<OwnRows>,
}

impl<'a> Search<'a> {
    /// Looks for records of a kind that is not that of the rows.
    pub fn new(lookup: &'a LinkSources<'a>, kind: &'static Kind) -> Result<Self> {
        Ok(Self { lookup, kind, finder: Finder::new(lookup.reader, kind)?, own: None })
    }

    /// What an id means, where no record is made for one that there is not.
    pub fn id(&mut self, text: &str) -> Result<Meaning> {
        Ok(match self.look_up(text)? {
            Some(Meaning::Named(found)) => several(self.lookup, self.kind, text, &found),
            Some(meaning) => meaning,
            None if self.lookup.missing == LinkMissing::Blank => Meaning::Nothing,
            None if self.lookup.foreign && self.is_here(text)? => {
                Meaning::Wrong(taken_for_foreign(self.kind, text).into())
            }
            None => {
                let schema = self.lookup.reader.schema();
                Meaning::Wrong(unknown(schema, self.kind, text, self.lookup.missing).into())
            }
        })
    }
}

impl Search<'_> {
    fn look_up(&mut self, text: &str) -> Result<Option<Meaning>> {
        // Logins such as `u10` look like ids of users, and are what other programs mean.
        if self.kind.id == user::ID {
            if let Some(me) = self.lookup.me.filter(|_| user::is_me(text)) {
                return Ok(Some(Meaning::Stored(me)));
            }
            let found = self.finder.find(login_field(self.kind), text)?;
            if let Some(meaning) = self.decide(text, found.into_iter().map(Candidate::Stored).collect())? {
                return Ok(Some(meaning));
            }
        }
        let (mut namesake, mut trashed) = (None, None);
        if let Some(num) = number_of_id(text, self.kind).filter(|_| !self.lookup.foreign) {
            if let Some(row) = self.lookup.kept.get(&num).filter(|_| self.own.is_some()) {
                return Ok(Some(Meaning::Row(*row)));
            }
            let id = RecordId::new(self.kind.id, num);
            let is_live = self.finder.exists(num)?;
            if is_live || self.finder.is_trashed(num)? {
                match !self.lookup.restores || self.may_be_of_the_file(id)? {
                    true if is_live => return Ok(Some(Meaning::Stored(num))),
                    true => trashed = Some(Meaning::Trashed(num)),
                    false => namesake = Some(Meaning::Wrong(made_here(id).into())),
                }
            }
        }
        for def in handles(self.kind) {
            let mut found: Vec<_> = self.finder.find(def, text)?.into_iter().map(Candidate::Stored).collect();
            if let Some(own) = &self.own {
                let rows = own.find(self.lookup.rows, def, text);
                found.extend(rows.into_iter().filter_map(|row| self.candidate(row)));
            }
            if def.name && !found.is_empty() && customer_of(self.kind).is_some() {
                return Ok(Some(Meaning::Named(each_once(found).into())));
            }
            if let Some(meaning) = self.decide(text, found)? {
                return Ok(Some(meaning));
            }
        }
        if self.kind.id == user::ID {
            let login = user::login_from(text);
            let found = self.finder.find(login_field(self.kind), &login)?;
            if let Some(meaning) = self.decide(text, found.into_iter().map(Candidate::Stored).collect())? {
                return Ok(Some(meaning));
            }
        }
        Ok(trashed.or(namesake))
    }

    /// Whether a text is the id of a record of this store.
    fn is_here(&self, text: &str) -> Result<bool> {
        let is_live = |num| self.finder.exists(num);
        number_of_id(text, self.kind)
            .filter(|_| is_written_id(self.lookup.reader.schema(), text))
            .map_or(Ok(false), is_live)
    }

    /// Whether a record may be the one that a file of another store names by this id: it came from a file too, and was
    /// made before it came. Users, pipelines and stages are there from the beginning.
    fn may_be_of_the_file(&self, id: RecordId) -> Result<bool> {
        if [user::ID, pipeline::ID, stage::ID].contains(&id.kind) {
            return Ok(true);
        }
        let created = self.lookup.reader.held(id)?.and_then(|held| held.record.get(CREATED));
        created.map_or(Ok(false), |at| Ok(!is_of_a_step(&self.lookup.reader, at)?))
    }

    /// A row as the record that it becomes or changes.
    fn candidate(&self, row: u32) -> Option<Candidate> {
        match self.lookup.roles.get(row as usize)? {
            Role::Add => Some(Candidate::Row(row)),
            Role::Update(num) | Role::Replace(num) => Some(Candidate::Stored(*num)),
            Role::Again(first) => Some(Candidate::Row(*first)),
            Role::Wrong => None,
        }
    }

    fn decide(&self, text: &str, found: Vec<Candidate>) -> Result<Option<Meaning>> {
        let found = each_once(found);
        Ok((!found.is_empty()).then(|| several(self.lookup, self.kind, text, &found)))
    }
}

fn each_once(found: Vec<Candidate>) -> Vec<Candidate> {
    let mut seen = HashSet::new();
    found.into_iter().filter(|candidate| seen.insert(*candidate)).collect()
}

/// The one record that a text means, or why it means none where there are several.
pub(super) fn several(lookup: &LinkSources<'_>, kind: &'static Kind, text: &str, found: &[Candidate]) -> Meaning {
    match found {
        [] => return Meaning::Nothing,
        [Candidate::Stored(num)] => return Meaning::Stored(*num),
        [Candidate::Row(row)] => return Meaning::Row(*row),
        _ => {}
    }
    several_are(kind, text, found.iter().map(|candidate| called(lookup, kind, candidate)))
}

/// How a candidate is named: by its id, or by its line.
pub(super) fn called(lookup: &LinkSources<'_>, kind: &'static Kind, candidate: &Candidate) -> Said {
    match candidate {
        Candidate::Stored(num) => Said::same(RecordId::new(kind.id, *num).to_string()),
        Candidate::Row(row) => at_line(lookup.rows.get(*row as usize).map_or(0, |row| row.line)),
    }
}

/// A line of the file.
pub(super) fn at_line(line: u32) -> Said {
    said!("line {line}", "第 {line} 行")
}

/// Why a name that these have names none of them.
pub(super) fn several_are(kind: &Kind, text: &str, names: impl ExactSizeIterator<Item = Said>) -> Meaning {
    let (en, zh) = list(names);
    let message =
        said!(("'{text}' is the name of several {}: {en}", kind.plural), ("“{text}”是多个{}的名称：{zh}", kind.zh));
    Meaning::Wrong(message.into())
}

/// The first of some names, in both languages; the others are counted.
pub(super) fn list(names: impl ExactSizeIterator<Item = Said>) -> (String, String) {
    let more = names.len().saturating_sub(LISTED);
    let mut first: Vec<Said> = names.take(LISTED).collect();
    if more > 0 {
        first.push(said!("and {more} more", "另有 {more} 个"));
    }
    let all = |lang, comma| first.iter().map(|name| name.get(lang)).collect::<Vec<_>>().join(comma);
    (all(Lang::En, ", "), all(Lang::Zh, "、"))
}

/// Whether there is a hyphen, of whatever kind, between the letters and the number of an id.
fn has_hyphen(text: &str) -> bool {
    text.contains(|c: char| !c.is_alphanumeric())
}

fn login_field(kind: &'static Kind) -> &'static crate::domain::FieldDef {
    kind.field(user::LOGIN.def().code).unwrap_or_else(|| kind.name_field())
}

/// The number of `C-12`; what begins with zeros (`c-012`) is a number of another program, and without the hyphen that every
/// export writes, `C12` may be what a customer is called.
fn number_of_id(text: &str, kind: &Kind) -> Option<u64> {
    let id = RecordId::parse(text, None).filter(|id| id.kind == kind.id && has_hyphen(text))?;
    let digits = text.trim_start_matches(|c: char| !c.is_numeric());
    (!digits.starts_with(['0', '０'])).then_some(id.num)
}

/// Whether a text is an id as the program writes it, of whatever kind: it is never the name of a record to be made.
fn is_written_id(schema: &Schema, text: &str) -> bool {
    has_hyphen(text) && kind_of_id(schema, text).is_some() || is_id_of_none(schema, text)
}

/// Whether a name is all that a record of this kind needs. Pipelines are never made silently.
pub(super) fn can_be_made(kind: &Kind) -> bool {
    kind.id != pipeline::ID && kind.fields.iter().all(|def| !def.required || def.name)
}

/// A new record of which only the name is known.
pub(super) fn named(kind: &'static Kind, text: &str) -> Record {
    let mut record = Record::new();
    let email = kind.field("email").filter(|_| text.contains('@') && !text.contains(char::is_whitespace));
    let mut name = text;
    if let Some(def) = email {
        let address = crate::domain::Value::Text(text.to_owned());
        let value = if def.many { crate::domain::Value::List(vec![address]) } else { address };
        record.set_value(def.tag, Some(&value));
        if kind.id == user::ID {
            name = text.split('@').next().unwrap_or(text);
        }
    }
    record.set_value(kind.name_field().tag, Some(&crate::domain::Value::Text(name.to_owned())));
    record
}

/// Why an id in a file of another store is not that of a record here.
fn made_here(id: RecordId) -> Said {
    said!(
        "{id} was made in this store, and the file is from another one (name it by its name or external_id; --key id \
         takes the ids for those of this store)",
        "{id} 是在此数据文件中新建的，而文件来自其他数据文件（请改用名称或 external_id；--key id 表示编号属于此数据文件）"
    )
}

/// Why an id of this store names no record where the ids of a file are taken for those of another one.
fn taken_for_foreign(kind: &Kind, text: &str) -> Said {
    said!(
        (
            "with --new-ids '{text}' is the id of a{} {} of another store, which is not here (where it is that of this \
             store: --map 'id=' in place of --new-ids; --link-missing blank leaves the field empty)",
            crate::text::n_before(kind.noun),
            kind.noun
        ),
        (
            "使用 --new-ids 时，“{text}”是其他数据文件中{}的编号，此处没有（若是此数据文件的编号，请用 --map 'id=' 代替 --new-ids；\
             --link-missing blank 则留空）",
            kind.zh
        )
    )
}

fn unknown(schema: &Schema, kind: &Kind, text: &str, missing: LinkMissing) -> Said {
    let next = match missing {
        _ if is_written_id(schema, text) => said!(
            ("import the {} first, or say --link-missing blank", kind.plural),
            ("请先导入{}，或用 --link-missing blank", kind.zh)
        ),
        LinkMissing::Create => said!("it is not made by itself", "不会自动新建"),
        _ if can_be_made(kind) => {
            said!(
                "add it first, or say --link-missing create or blank",
                "请先新建，或用 --link-missing create 或 blank"
            )
        }
        _ => said!("add it first, or say --link-missing blank", "请先新建，或用 --link-missing blank"),
    };
    let (en, zh) = next.both();
    said!(("there is no {} '{text}' ({en})", kind.noun), ("没有{}“{text}”（{zh}）", kind.zh))
}
