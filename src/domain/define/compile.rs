//! From definitions to tables: what a store's own kinds, fields, choices and sections make of the tables of the program.
//!
//! Tables live as long as the program, so that everything may hold on to a field or a kind without counting who does. A
//! schema is made once for each set of definitions that a process meets, which costs some kilobytes.

use std::{cell::RefCell, collections::BTreeMap};

use crate::{
    domain::{FieldDef, Kind, KindId, RecordId, Type, field::Field, tables::Schema, types::Text},
    error::{Error, Result},
    text::said,
};

use super::{
    builder::{FieldBuilder, KindBuilder, NAMED, lasting, own_field},
    choice,
    definition::{Definition, Fields, in_order},
    field, fits, kind,
    known_names::KnownNames,
    names::TakenNames,
    numbers, parts, section,
    shape::{self, Shape, Shapes},
};

/// Whether the names of definitions are judged: that costs more than all else, and a store holds none that were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Names {
    /// They are to be written: a name must be one, and nobody else's.
    Judged,
    /// They stand in a store.
    Stored,
}

/// Why a definition is left out of a schema.
#[derive(Debug)]
pub struct Problem {
    /// Which definition.
    pub id: RecordId,
    /// What is wrong with it.
    pub error: Error,
}

/// The schema that these definitions make of the tables of the program, and the definitions that it leaves out. Definitions
/// may come in any order; which kinds they are of is told by their ids.
pub fn compile(base: &'static Schema, definitions: Vec<Definition>) -> (Schema, Vec<Problem>) {
    compile_shaped(base, &in_order(definitions), Names::Judged, &Shapes::new())
}

/// The same where it is known what formulas give; a field whose type follows from one that is not known yet is left out.
pub(super) fn compile_shaped(
    base: &'static Schema,
    definitions: &[&'static Definition],
    names: Names,
    shapes: &Shapes,
) -> (Schema, Vec<Problem>) {
    let mut compiler = Compiler {
        kinds: Vec::new(),
        nouns: BTreeMap::new(),
        trashed: Vec::new(),
        problems: Vec::new(),
        names,
        known: RefCell::default(),
        shapes,
    };
    let of = |id: KindId| definitions.iter().copied().filter(move |definition| definition.id.kind == id);
    for table in base.kinds() {
        compiler.add_kind(KindBuilder::of(table));
    }
    let (trashed, kinds): (Vec<_>, Vec<_>) = of(kind::ID).partition(|definition| definition.trashed);
    let noun_and_letters = |definition: &&'static Definition| {
        Some((definition.record.get(kind::NAME)?, definition.record.get(kind::LETTERS).unwrap_or_default()))
    };
    compiler.trashed = trashed.iter().filter_map(noun_and_letters).collect();
    for definition in kinds {
        compiler.take(definition, Compiler::kind);
    }
    compiler.views_of_own_kinds();
    for definition in of(field::ID) {
        compiler.take(definition, Compiler::field);
    }
    for definition in of(choice::ID) {
        compiler.take(definition, Compiler::choice);
    }
    for definition in of(section::ID).filter(|definition| !definition.trashed) {
        compiler.take(definition, Compiler::section);
    }
    compiler.without_unread_defaults();
    for (id, target) in compiler.lost_links() {
        let error = Error::invalid(said!("There is no kind of record called {target}", "没有名为“{target}”的记录类别"))
            .hint(said!("a link leads to a kind by its noun: to=customer", "关联字段请写类别名称：关联到=customer"));
        compiler.problems.push(Problem { id, error });
    }
    let misplaced = parts::misplaced(&mut compiler.kinds);
    compiler.problems.extend(misplaced.into_iter().map(|(id, error)| Problem { id, error }));
    let kinds: Vec<&'static Kind> = compiler.kinds.into_iter().map(KindBuilder::table).collect();
    (Schema::new(kinds.leak()), compiler.problems)
}

pub(super) struct Compiler<'s> {
    pub(super) kinds: Vec<KindBuilder>,
    /// Where each kind stands among them, by its noun.
    nouns: BTreeMap<&'static str, usize>,
    /// The nouns and letters of kinds that are in the trash, and what is defined of them with them.
    trashed: Vec<(&'static str, &'static str)>,
    problems: Vec<Problem>,
    pub(super) names: Names,
    pub(super) known: RefCell<KnownNames>,
    shapes: &'s Shapes,
}

impl Compiler<'_> {
    fn take(&mut self, definition: &'static Definition, step: fn(&mut Self, &'static Definition) -> Result<()>) {
        // What lies in the trash is known by its number alone, and need not fit.
        if let Err(error) = step(self, definition)
            && !definition.trashed
        {
            self.problems.push(Problem { id: definition.id, error });
        }
    }

    /// The names that there are so far, where those of definitions are to be judged by them.
    fn taken(&self) -> Option<TakenNames<'_>> {
        let kinds = || self.kinds.iter().map(|draft| &draft.table).collect();
        (self.names == Names::Judged).then(|| TakenNames { kinds: kinds(), known: &self.known })
    }

    fn add_kind(&mut self, kind: KindBuilder) {
        self.nouns.entry(kind.table.noun).or_insert(self.kinds.len());
        self.kinds.push(kind);
    }

    fn kind(&mut self, definition: &'static Definition) -> Result<()> {
        let record = &Fields::of(&definition.record);
        let id = numbers::kind(definition.id.num).ok_or_else(|| too_many(&kind::KIND))?;
        let noun = needed(record, kind::NAME, &kind::KIND)?;
        let letters = needed(record, kind::LETTERS, &kind::KIND)?;
        let plural = record.get(kind::PLURAL).unwrap_or_else(|| lasting(&format!("{noun}s")));
        let aliases = record.texts(kind::ALIASES);
        let label = record.get(kind::ZH).unwrap_or(noun);
        let en = record.get(kind::EN).unwrap_or(noun);
        let called: Vec<&str> = [noun, plural, en, label].into_iter().chain(aliases.iter().copied()).collect();
        self.taken().map_or(Ok(()), |taken| taken.kind(noun, letters, &called))?;
        let has = |(_, theirs): &&(&str, &str)| self.names == Names::Judged && theirs.eq_ignore_ascii_case(letters);
        if let Some((other, _)) = self.trashed.iter().find(has) {
            return Err(Error::invalid(said!(
                "The letters {letters} are those of {other}, which is in the trash",
                "编号字母 {letters} 已用于回收站中的“{other}”"
            ))
            .hint(said!("choose others, one to three", "请换一个，一到三个字母")));
        }
        let table = Kind {
            id,
            noun,
            plural,
            letters,
            aliases: aliases.leak(),
            en,
            zh: label,
            measure: record.get(kind::MEASURE).unwrap_or(NAMED.measure),
            columns: record.texts(kind::COLUMNS).leak(),
            ..NAMED
        };
        self.add_kind(KindBuilder::own(table));
        Ok(())
    }

    fn field(&mut self, definition: &'static Definition) -> Result<()> {
        let record = &Fields::of(&definition.record);
        let (of, code) = (needed(record, field::OF, &field::KIND)?, needed(record, field::CODE, &field::KIND)?);
        let Some(at) = self.kind_at(of)? else { return Ok(()) };
        let is_built_in = self.kinds[at].field(code).is_some_and(|entry| entry.by.is_none());
        if is_built_in && !field::is_own(&definition.record) {
            // What is otherwise about a field of the program; without it the field is as it was.
            return if definition.trashed { Ok(()) } else { self.changed(at, code, definition) };
        }
        // Somebody had such a field before the program had one: its values stay in sight under another code.
        let (label, code) = (code, if is_built_in { lasting(&numbers::own_code(code)) } else { code });
        let tag = numbers::tag(definition.id.num).ok_or_else(|| too_many(&field::KIND))?;
        let ty = match record.get(field::TYPE) {
            None => Type::Text,
            Some(number) => field::type_of(number)
                .ok_or_else(|| Error::invalid(said!("Its type is one of a later version", "其类型属于更新的版本")))?,
        };
        let many = record.get(field::MANY).unwrap_or_default();
        let target = record.get(field::TO);
        let formula = record.get(field::FORMULA);
        let shape = formula.map_or(Some(Shape { ty, many, target, choices: &[] }), |_| {
            self.shapes.get(&definition.id).copied().or((definition.trashed
                || shape::says_its_type(&definition.record))
            .then_some(Shape { ty, many, target, choices: &[] }))
        });
        let Some(Shape { ty, many, target, choices }) = shape else { return Ok(()) };
        let unique = record.get(field::UNIQUE).unwrap_or_default();
        let part_of = record.get(field::PART_OF).unwrap_or_default();
        let def = FieldDef {
            choices,
            en: record.get(field::EN).unwrap_or(label),
            zh: record.get(field::ZH).unwrap_or(label),
            help: record.get(field::HELP),
            default: record.get(field::DEFAULT),
            required: part_of || record.get(field::REQUIRED).unwrap_or_default(),
            home: part_of,
            part_of,
            unique,
            index: unique || record.get(field::INDEX).unwrap_or_default(),
            unfinished: definition.unfinished,
            search: record.get(field::SEARCH).unwrap_or_default(),
            hidden: record.get(field::HIDDEN).unwrap_or_default(),
            strict: record.get(field::STRICT).unwrap_or_default(),
            decimals: record.get(field::DECIMALS).and_then(|decimals| u8::try_from(decimals).ok()),
            ..own_field(tag, code, (ty, many, target), formula)
        };
        if definition.trashed {
            // What is worked out is worked out anew when the field comes back.
            let gone = if formula.is_some() { FieldDef { index: false, target: None, ..def } } else { def };
            self.kinds[at].opened().gone.push(gone);
            return Ok(());
        }
        if formula.is_some() {
            shape::fits(&def)?
        } else {
            fits::traits(&def)?
        }
        if let Some(taken) = self.taken().filter(|_| !is_built_in) {
            taken.field(&self.kinds[at].table, self.kinds[at].defs(), &def)?;
        }
        let draft = self.kinds[at].opened();
        let order = record.get(field::ORDER).unwrap_or(OWN_ORDER);
        draft.fields.push(FieldBuilder {
            def,
            order,
            ordered: false,
            choices: Vec::new(),
            by: Some(definition.id),
            called: label,
            told_by: Some(definition.id),
        });
        Ok(())
    }

    /// A field of the program with labels, traits and a place of one's own; its type and its number are the program's.
    fn changed(&mut self, at: usize, code: &str, definition: &'static Definition) -> Result<()> {
        let record = &Fields::of(&definition.record);
        self.relabelled(at, code, record)?;
        let draft = &mut self.kinds[at];
        let Some(entry) = draft.field(code) else { return Ok(()) };
        entry.told_by = Some(definition.id);
        let def = &mut entry.def;
        let trait_of = |field: Field<crate::domain::types::YesNo>, held: &mut bool| {
            *held = record.get(field).unwrap_or(*held);
        };
        trait_of(field::REQUIRED, &mut def.required);
        trait_of(field::INDEX, &mut def.index);
        trait_of(field::SEARCH, &mut def.search);
        def.unfinished = definition.unfinished;
        trait_of(field::HIDDEN, &mut def.hidden);
        trait_of(field::STRICT, &mut def.strict);
        if let Some(default) = record.get(field::DEFAULT) {
            def.default = Some(default);
        }
        if let Some(help) = record.get(field::HELP) {
            def.help = Some(help);
        }
        if let Some(order) = record.get(field::ORDER) {
            (entry.order, entry.ordered) = (order, true);
        }
        Ok(())
    }

    /// The labels that a field of the program has instead of its own, which no other field of its kind has.
    fn relabelled(&mut self, at: usize, code: &str, record: &Fields) -> Result<()> {
        let of = self.kinds[at].opened();
        let Some(place) = of.fields.iter().position(|entry| entry.def.code == code) else { return Ok(()) };
        let mut def = of.fields[place].def;
        fits::change(&def, record)?;
        let (en, zh) = (record.get(field::EN), record.get(field::ZH));
        if en.is_none() && zh.is_none() {
            return Ok(());
        }
        let former = (def.en, def.zh);
        def.en = en.unwrap_or(def.en);
        def.zh = zh.unwrap_or(def.zh);
        def.former = ((def.en, def.zh) != former).then_some(former);
        let of = &self.kinds[at];
        let others = of.fields.iter().map(|entry| &entry.def).filter(|other| other.tag != def.tag);
        self.taken().map_or(Ok(()), |taken| taken.relabelled(&of.table, others, &def))?;
        self.kinds[at].fields[place].def = def;
        Ok(())
    }

    /// The kind with this noun; none where that is in the trash.
    pub(super) fn kind_at(&self, noun: &str) -> Result<Option<usize>> {
        let at = self.nouns.get(noun).copied();
        if at.is_none() && self.trashed.iter().any(|(trashed, _)| *trashed == noun) {
            return Ok(None);
        }
        at.map(Some).ok_or_else(|| {
            Error::invalid(said!("There is no kind of record called {noun}", "没有名为“{noun}”的记录类别"))
                .hint(said!("crm kind list shows those of your own", "crm kind list 可查看自定义类别"))
        })
    }

    /// Takes away the defaults that are no value of their field, now that its choices are known, and shows what has to be
    /// filled in.
    fn without_unread_defaults(&mut self) {
        for entry in self.kinds.iter_mut().flat_map(|draft| &mut draft.fields) {
            let Some(by) = entry.told_by else { continue };
            entry.sort_choices();
            if entry.def.default.is_none() && !entry.def.hidden {
                continue;
            }
            let mut def = entry.def;
            def.choices = if entry.choices.is_empty() { def.choices } else { entry.all_choices() };
            if let Err(error) = fits::default(&def).and_then(|()| fits::seen(&def)) {
                (entry.def.default, entry.def.hidden) = (None, false);
                self.problems.push(Problem { id: by, error });
            }
        }
    }

    /// Takes out the fields that link to a kind that there is not.
    fn lost_links(&mut self) -> Vec<(RecordId, &'static str)> {
        let mut lost = Vec::new();
        for draft in &mut self.kinds {
            draft.fields.retain(|entry| match (entry.by, entry.def.target) {
                (Some(by), Some(target)) if !self.nouns.contains_key(target) => {
                    lost.push((by, target));
                    false
                }
                _ => true,
            });
        }
        lost
    }
}

/// Where definitions stand that do not say where: behind those of the program, in the order in which they were made.
pub(super) const OWN_ORDER: i64 = i64::MAX;

pub(super) fn needed(record: &Fields, field: Field<Text>, kind: &Kind) -> Result<&'static str> {
    record.get(field).ok_or_else(|| {
        let def = field.def();
        Error::invalid(said!(("A {} needs {}", kind.noun, def.code), ("{}需要{}", kind.zh, def.zh)))
    })
}

pub(super) fn too_many(kind: &Kind) -> Error {
    Error::invalid(said!(("There are too many {}", kind.plural), ("{}太多", kind.zh)))
}
