//! What choices and sections of one's own add: to what a field offers, and to the form of a kind.

use crate::{
    domain::{Kind, Type, common, field::Choice, kind::Section, view},
    error::{Error, Result},
    text::said,
};

use super::{
    choice,
    compile::{Compiler, Names, OWN_ORDER, needed, too_many},
    definition::{Definition, Fields},
    names::is_choice_code,
    numbers, section,
};

impl Compiler<'_> {
    /// A view may be of a kind of one's own.
    pub(super) fn views_of_own_kinds(&mut self) {
        let own = self.kinds.iter().filter(|draft| draft.unchanged.is_none()).map(|draft| {
            let Kind { noun, en, zh, .. } = draft.table;
            let number = view::number_of(&draft.table);
            (OWN_ORDER, Choice { number, code: noun, en, zh, also: "", retired: false })
        });
        let own: Vec<_> = own.collect();
        let views = self.kinds.iter_mut().find(|draft| draft.table.id == view::ID).filter(|_| !own.is_empty());
        let Some(views) = views else { return };
        if let Some(of) = views.field(view::OF.lent().code) {
            of.choices.extend(own);
        }
    }

    pub(super) fn choice(&mut self, definition: &'static Definition) -> Result<()> {
        let record = &Fields::of(&definition.record);
        let (name, code) =
            (needed(record, choice::FIELD, &choice::KIND)?, needed(record, choice::CODE, &choice::KIND)?);
        is_choice_code(code)?;
        let number = numbers::choice(definition.id.num).ok_or_else(|| too_many(&choice::KIND))?;
        let Some((of, field)) = name.split_once('.') else { return Err(no_field(name)) };
        let Some(at) = self.kind_at(of)? else { return Ok(()) };
        let (draft, known) = (&mut self.kinds[at], self.known.get_mut());
        let kind_id = draft.table.id;
        // The journal may still tell of it: of whichever field had the code and was removed.
        let is_gone = draft.gone.iter().any(|def| def.code == field);
        if is_gone {
            draft.gone_choices.push((field, own(number, code, record)));
        }
        if definition.trashed || is_gone && draft.called(field).is_none() {
            return Ok(());
        }
        if at_views(&draft.table, field) {
            return Err(no_choices(name).hint(said!("each kind of record is one", "每个记录类别都是一个选项")));
        }
        let entry = draft.called(field).ok_or_else(|| no_field(name))?;
        if !matches!(entry.def.ty, Type::Choice | Type::Text) {
            return Err(no_choices(name)
                .hint(said!("choices are for fields of type choice or text", "选项只用于选项或文本类型的字段")));
        }
        if self.names == Names::Judged && entry.def.closed {
            return Err(no_choices(name).hint(said!("the program goes by those that it has", "程序依其自有选项运作")));
        }
        let own = own(number, code, record);
        let all = entry.def.choices.iter().chain(entry.choices.iter().map(|(_, choice)| choice));
        if let Some(known) = known.choice((kind_id, entry.def.tag), all, &own) {
            return Err(Error::invalid(said!(
                "'{name}' has a choice of that name already: {known}",
                "“{name}”已有同名选项：{known}"
            ))
            .hint(said!("choose another code and other labels", "请换一个代码和标签")));
        }
        entry.choices.push((record.get(choice::ORDER).unwrap_or(OWN_ORDER), own));
        Ok(())
    }

    pub(super) fn section(&mut self, definition: &'static Definition) -> Result<()> {
        let record = &Fields::of(&definition.record);
        let (heading, of) =
            (needed(record, section::NAME, &section::KIND)?, needed(record, section::OF, &section::KIND)?);
        let Some(at) = self.kind_at(of)? else { return Ok(()) };
        if self.kinds[at].sections.iter().any(|(_, other)| other.en == heading) {
            return Err(Error::invalid(said!(
                "{of} has a section '{heading}' already",
                "{of} 已有名为“{heading}”的分组"
            )));
        }
        let fields = record.texts(section::OF_FIELDS);
        let known = |name: &str| self.kinds[at].defs().chain(common::FIELDS).any(|def| def.code == name);
        if let Some(name) = fields.iter().find(|name| !known(name)) {
            return Err(Error::invalid(said!("A {of} has no field '{name}'", "“{of}”没有字段“{name}”"))
                .hint(said!("crm help fields {of} lists them", "crm help fields {of} 可查看")));
        }
        let own = Section { en: heading, zh: record.get(section::ZH).unwrap_or(heading), fields: fields.leak() };
        self.kinds[at].opened().sections.push((record.get(section::ORDER).unwrap_or(OWN_ORDER), own));
        Ok(())
    }
}

/// Whether a field says which kind of record a view is of.
fn at_views(kind: &Kind, field: &str) -> bool {
    kind.id == view::ID && field == view::OF.lent().code
}

/// The choice that a record defines.
fn own(number: u16, code: &'static str, record: &Fields) -> Choice {
    Choice {
        number,
        code,
        en: record.get(choice::EN).unwrap_or(code),
        zh: record.get(choice::ZH).unwrap_or(code),
        also: "",
        retired: record.get(choice::RETIRED).unwrap_or_default(),
    }
}

fn no_choices(name: &str) -> Error {
    Error::invalid(said!("'{name}' takes no choices", "“{name}”不能有选项"))
}

fn no_field(name: &str) -> Error {
    Error::invalid(said!("There is no field '{name}'", "没有字段“{name}”"))
        .hint(said!("write its kind and code: customer.industry", "请写类别与代码：customer.industry"))
}
