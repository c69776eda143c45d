//! Fields: typed constants from which every surface is derived.
//!
//! `const AMOUNT: Field<Money> = ID.field(7, "amount", "Amount", "商机金额")` declares a field once; its [`FieldDef`]
//! (the same without the type) stands in the table of its kind, where columns, filters, forms and files find it.

use std::marker::PhantomData;

use super::{KindId, value::Value};

pub use super::{
    choice::{Choice, choice, numbered},
    value_types::Type,
};
/// The Rust type of a field's values: what `record.get(FIELD)` gives.
pub trait Marker {
    /// The type in the field's table.
    const TYPE: Type;
    /// Whether the field holds a list.
    const MANY: bool = false;
    /// What a reader gets; text borrows from the row.
    type Out<'a>;
    /// What a writer gives.
    type In;
    /// Reads a stored value; `None` where the bytes are not of this type.
    fn read(bytes: &[u8]) -> Option<Self::Out<'_>>;
    /// The value to store.
    fn value(input: Self::In) -> Value;
}

/// The range that a number must be in.
pub type Bounds = (i64, i64);

/// Everything about a field that is not its Rust type.
#[derive(Clone, Copy, Debug)]
pub struct FieldDef {
    /// The kind that it is a field of; none where every kind has it.
    pub kind: Option<KindId>,
    /// Its number in stored rows: unique in its kind, never reused; small for fields that lists read.
    pub tag: u16,
    /// Its name in scripts, files and filters.
    pub code: &'static str,
    /// Its English label.
    pub en: &'static str,
    /// Its Chinese label.
    pub zh: &'static str,
    /// What it is called too, in files and by people: names of one word, folded, with a space between them.
    pub also: &'static str,
    /// The labels that the program gave it, where it has others now.
    pub former: Option<(&'static str, &'static str)>,
    /// The type of its values.
    pub ty: Type,
    /// Whether it holds a list of them.
    pub many: bool,
    /// The noun of the kind that a link points to.
    pub target: Option<&'static str>,
    /// The values of a choice; the labels of phones.
    pub choices: &'static [Choice],
    /// Rules and lists of the program go by its choices, so that nobody adds another one.
    pub closed: bool,
    /// The least and the greatest number; from 0 on where nothing is said.
    pub bounds: Option<Bounds>,
    /// The most decimals of a number, where it is not what its type has.
    pub decimals: Option<u8>,
    /// Its whole number counts minutes, so that a length of time says it too: `1h30m`.
    pub minutes: bool,
    /// What may stand behind its number in Chinese: `人` of `120人`.
    pub measures: &'static [&'static str],
    /// Its date may be one of every year: a birthday whose year nobody knows.
    pub yearless: bool,
    /// Its date is mostly one to come, so that `三天内` asks for the days from now on.
    pub coming: bool,
    /// Its text is a repetition: `every 2 weeks`.
    pub repeats: bool,
    /// What may stand behind a value that says the same without it: 杭州 is 杭州市.
    pub suffixes: &'static [&'static str],
    /// A record cannot be without it.
    pub required: bool,
    /// No two records may have the same value.
    pub unique: bool,
    /// A chain of such links never leads back to where it began.
    pub acyclic: bool,
    /// A record in use is seen where this link leads, so that what is there must be in use too.
    pub home: bool,
    /// The record is a part of the one where this link leads: it goes to the trash, comes back and is purged with it.
    pub part_of: bool,
    /// It is what the record is called.
    pub name: bool,
    /// The store keeps an index of it.
    pub index: bool,
    /// That index is unfinished: writers keep it, and no question looks into it yet.
    pub unfinished: bool,
    /// Free words look into it.
    pub search: bool,
    /// Only an import (and the program itself) sets it.
    pub import_only: bool,
    /// The program computes it; nobody sets it.
    pub derived: bool,
    /// The program keeps it as part of the record; nobody sets it.
    pub kept: bool,
    /// Forms and lists leave it out.
    pub hidden: bool,
    /// A text takes nothing but its choices.
    pub strict: bool,
    /// What a new record has, as it is typed.
    pub default: Option<&'static str>,
    /// What it is for, in a sentence of whoever defined it.
    pub help: Option<&'static str>,
    /// The same of the program, in English and Chinese.
    pub about: Option<(&'static str, &'static str)>,
    /// What its value is worked out by.
    pub formula: Option<&'static str>,
}

/// A field is told from others by what never changes about it: whatever it is called, and whatever is asked of it.
impl PartialEq for FieldDef {
    fn eq(&self, other: &Self) -> bool {
        (self.tag, self.kind, self.code, self.ty, self.many, self.target)
            == (other.tag, other.kind, other.code, other.ty, other.many, other.target)
    }
}

impl Eq for FieldDef {}

impl FieldDef {
    /// Whether there is an index of it alone that tells all: asked for, or a link (so that links can be followed
    /// backwards), and not unfinished.
    pub const fn indexed(&self) -> bool {
        self.keeps_index() && !self.unfinished
    }

    /// Whether writers keep an index of it alone, which may be unfinished.
    pub const fn keeps_index(&self) -> bool {
        self.index || (self.target.is_some() && !self.kept && !self.import_only)
    }

    /// Whether a person can set it.
    pub const fn is_settable(&self) -> bool {
        !(self.derived || self.kept || self.import_only)
    }

    /// The choice of this number, unless a later version of the program added it.
    pub fn choice(&self, number: u16) -> Option<&'static Choice> {
        let at_its_place = self.choices.get(usize::from(number)).filter(|choice| choice.number == number);
        at_its_place.or_else(|| self.choices.iter().find(|choice| choice.number == number))
    }

    /// The choices that a new value may be: those that are not retired.
    pub fn offered(&self) -> impl Iterator<Item = &'static Choice> + use<> {
        self.choices.iter().filter(|choice| !choice.retired)
    }

    /// The choice of this code, where its text takes one.
    pub fn choice_of_code(&self, code: &str) -> Option<&'static Choice> {
        self.choices.iter().find(|choice| choice.code == code)
    }

    /// The least and the greatest number that it takes.
    pub fn range(&self) -> Bounds {
        self.bounds.unwrap_or((0, i64::MAX))
    }

    /// The most decimals that its number has; none where its type has none. Amounts of money have those of their
    /// currency.
    pub fn most_decimals(&self) -> u8 {
        let own = self.decimals.filter(|_| matches!(self.ty, Type::Decimal | Type::Rate));
        own.unwrap_or(self.ty.most_decimals())
    }

    /// The texts, folded, that a value is one of which says the same as this: with and without a suffix.
    pub fn spellings(&self, text: &str) -> Vec<String> {
        let folded = crate::text::fold(text);
        let mut all = Vec::new();
        if !folded.is_ascii() {
            // 沙市 and 通州 are whole names; no place has one of a single character.
            let bare = |suffix: &str| folded.strip_suffix(suffix).filter(|rest| rest.chars().nth(1).is_some());
            match self.suffixes.iter().find_map(|suffix| bare(suffix)) {
                Some(bare) => all.push(bare.to_owned()),
                None => all.extend(self.suffixes.iter().map(|suffix| format!("{folded}{suffix}"))),
            }
        }
        all.insert(0, folded);
        all
    }

    /// Whether its values stand in the derived space instead of the row.
    pub const fn is_derived(&self) -> bool {
        self.derived
    }
}

/// A field with the Rust type of its values.
pub struct Field<M> {
    def: FieldDef,
    marker: PhantomData<fn() -> M>,
}

impl<M> Clone for Field<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Field<M> {}

impl<M> Field<M> {
    /// Its number in stored rows.
    pub const fn number(self) -> u16 {
        self.def.tag
    }
}

macro_rules! traits {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $name(mut self) -> Self {
            self.def.$name = true;
            self
        }
    )*};
}

impl<M: Marker> Field<M> {
    /// A field that every kind has, with its number, code and labels; its type is the marker's.
    pub const fn new(tag: u16, code: &'static str, en: &'static str, zh: &'static str) -> Self {
        let def = FieldDef {
            kind: None,
            tag,
            code,
            en,
            zh,
            also: "",
            former: None,
            ty: M::TYPE,
            many: M::MANY,
            target: None,
            choices: &[],
            closed: false,
            bounds: None,
            decimals: None,
            minutes: false,
            measures: &[],
            yearless: false,
            coming: false,
            repeats: false,
            suffixes: &[],
            required: false,
            unique: false,
            acyclic: false,
            home: false,
            part_of: false,
            name: false,
            index: false,
            unfinished: false,
            search: false,
            import_only: false,
            derived: false,
            kept: false,
            hidden: false,
            strict: false,
            default: None,
            help: None,
            about: None,
            formula: None,
        };
        Self { def, marker: PhantomData }
    }

    traits! {
        /// It counts minutes.
        minutes,
        /// It may be a day of every year.
        yearless,
        /// Rules go by its choices.
        closed,
        /// It is mostly one to come.
        coming,
        /// Its text is a repetition.
        repeats,
        /// A record cannot be without it.
        required,
        /// No two records may have the same value.
        unique,
        /// A chain of such links never leads back.
        acyclic,
        /// What it leads to is where the record is seen.
        home,
        /// It is what the record is called.
        name,
        /// The store keeps an index of it.
        index,
        /// Free words look into it.
        search,
        /// Only an import sets it.
        import_only,
        /// The program computes it.
        derived,
        /// The program keeps it in the record.
        kept,
    }

    /// What it is called too: names of one word, folded, with a space between them.
    #[must_use]
    pub const fn also(mut self, names: &'static str) -> Self {
        self.def.also = names;
        self
    }

    /// What it is for, in a sentence of either language.
    #[must_use]
    pub const fn about(mut self, en: &'static str, zh: &'static str) -> Self {
        self.def.about = Some((en, zh));
        self
    }

    /// The record is a part of the one where this link leads, and cannot be without it.
    #[must_use]
    pub const fn part_of(mut self) -> Self {
        (self.def.part_of, self.def.required, self.def.home) = (true, true, true);
        self
    }

    /// The noun of the kind that the link points to.
    #[must_use]
    pub const fn to(mut self, kind: &'static str) -> Self {
        self.def.target = Some(kind);
        self
    }

    /// The values to choose from, or the labels of phones. Their order is their number in the store: add at the end only.
    #[must_use]
    pub const fn choices(mut self, choices: &'static [Choice]) -> Self {
        self.def.choices = choices;
        self
    }

    /// The least and the greatest number allowed.
    #[must_use]
    pub const fn bounds(mut self, least: i64, greatest: i64) -> Self {
        self.def.bounds = Some((least, greatest));
        self
    }

    /// The most decimals of its number: ten at most, so that all that fits can be added up.
    #[must_use]
    pub const fn decimals(mut self, most: u8) -> Self {
        self.def.decimals = Some(most);
        self
    }

    /// What may stand behind a value that says the same without it.
    #[must_use]
    pub const fn suffixes(mut self, suffixes: &'static [&'static str]) -> Self {
        self.def.suffixes = suffixes;
        self
    }

    /// What may stand behind its number in Chinese.
    #[must_use]
    pub const fn measured_in(mut self, measures: &'static [&'static str]) -> Self {
        self.def.measures = measures;
        self
    }

    /// The field without its Rust type.
    pub const fn def(&self) -> FieldDef {
        self.def
    }

    /// The same, lent for as long as the program runs: what an assignment or a cell of the field keeps.
    pub const fn lent(&'static self) -> &'static FieldDef {
        &self.def
    }

    /// Its number in stored rows.
    pub const fn tag(&self) -> u16 {
        self.def.tag
    }
}

impl KindId {
    /// A field of this kind with its number, code and labels; its type is the marker's.
    pub const fn field<M: Marker>(self, tag: u16, code: &'static str, en: &'static str, zh: &'static str) -> Field<M> {
        let mut field = Field::new(tag, code, en, zh);
        field.def.kind = Some(self);
        field
    }
}
