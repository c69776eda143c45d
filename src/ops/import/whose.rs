//! Records of one name: which of them a row means, and whose the one is that it wants made. Of contacts, deals, tickets and
//! plans called so, the one of the row's customer is meant; one of another customer is not taken for it.

use std::sync::Arc;

use crate::{
    domain::{FieldDef, Kind, RecordId, Value, bytes::unsigned, customer, target_of},
    error::Result,
    text::{fold, said},
};

use super::{
    file_row::FileRow,
    finder::kind_of,
    links::{Links, Lookup, Made, can_be_made, named, several},
    mapping::Mapping,
    meaning::{Candidate, Meaning, Named, Whose, customer_of},
    options::LinkMissing,
    roles::Role,
    texts::LinkTexts,
};

/// Whether a field is named as the kind to which it links: the contact of a deal is one of its customer, and whom somebody
/// reports to may be anybody's.
fn is_of_the_customer(def: &FieldDef) -> bool {
    def.target == Some(def.code)
}

/// What rows are looked at with.
pub(super) struct Rows<'a> {
    /// The store, and what becomes of the rows.
    pub lookup: &'a Lookup<'a>,
    /// What the columns feed.
    pub mapping: &'a Mapping,
    /// The texts of links.
    pub texts: &'a LinkTexts,
}

impl Links {
    /// Finds out which records names mean in each row. Rows that say whose they are come first, so that the others can
    /// name what those want made.
    pub fn settle(&mut self, all: &Rows<'_>) -> Result<()> {
        if !self.kinds().any(|kind| kind_of(kind).is_ok_and(|kind| customer_of(kind).is_some())) {
            return Ok(());
        }
        let count = all.lookup.rows.len();
        self.whose = (0..count).map(|at| self.whose_is(all, at)).collect::<Result<_>>()?;
        for says_whose in [true, false] {
            for at in 0..count {
                if (self.whose[at] != Whose::Nobodys) == says_whose {
                    self.settle_row(all, at)?;
                }
            }
        }
        Ok(())
    }

    fn settle_row(&mut self, all: &Rows<'_>, at: usize) -> Result<()> {
        for link in all.lookup.rows[at].links {
            let def = all.mapping.targets[usize::from(link.target)].def;
            let Some(kind) = target_of(def) else { continue };
            let Meaning::Named(found) = self.meaning(kind.id, link.text) else { continue };
            let key = (kind.id, link.text, self.whose[at], is_of_the_customer(def));
            if !self.by_row.contains_key(&key) {
                let found = Arc::clone(found);
                let meaning = self.named_in(all, (at, kind), key, &found)?;
                self.by_row.insert(key, meaning);
            }
        }
        Ok(())
    }

    /// What a link of the row at this place means.
    pub fn in_row(&self, mapping: &Mapping, row: &FileRow<'_>, at: usize, link: usize) -> &Meaning {
        let pending = row.links[link];
        let def = mapping.targets[usize::from(pending.target)].def;
        let Some(kind) = target_of(def) else { return &Meaning::Nothing };
        match self.meaning(kind.id, pending.text) {
            Meaning::Named(_) => {
                let whose = self.whose.get(at).copied().unwrap_or(Whose::Nobodys);
                self.by_row.get(&(kind.id, pending.text, whose, is_of_the_customer(def))).unwrap_or(&Meaning::Nothing)
            }
            meaning => meaning,
        }
    }

    /// Whose a row is: as it says, else as its record is.
    fn whose_is(&self, all: &Rows<'_>, at: usize) -> Result<Whose> {
        let lookup = all.lookup;
        if let Some(text) = said_customer(all, at) {
            return Ok(match self.meaning(customer::ID, text) {
                Meaning::Stored(num) | Meaning::Trashed(num) => Whose::Customers(*num),
                Meaning::Made(at) => Whose::Coming(*at),
                Meaning::Nothing | Meaning::Row(_) | Meaning::Named(_) => Whose::Nobodys,
                Meaning::Wrong(_) => Whose::Unknown,
            });
        }
        match lookup.roles[at] {
            Role::Update(num) | Role::Replace(num) => customer_held(lookup, lookup.kind, num),
            Role::Again(first) if (first as usize) < at => self.whose_is(all, first as usize),
            _ => Ok(Whose::Nobodys),
        }
    }

    /// What a name means in a row.
    fn named_in(
        &mut self,
        all: &Rows<'_>,
        (at, kind): (usize, &'static Kind),
        (_, text, whose, strict): Named,
        found: &[Candidate],
    ) -> Result<Meaning> {
        if whose == Whose::Unknown {
            return Ok(Meaning::Nothing);
        }
        let lookup = all.lookup;
        let name = all.texts.text(kind.id, text);
        if !found.is_empty() {
            let owners = found.iter().map(|one| match one {
                Candidate::Stored(num) => customer_held(lookup, kind, *num),
                Candidate::Row(row) => Ok(self.whose[*row as usize]),
            });
            let owners: Vec<Whose> = owners.collect::<Result<_>>()?;
            let of = |wanted: Whose| -> Vec<Candidate> {
                let fits = |(one, owner): (&Candidate, &Whose)| (*owner == wanted).then_some(*one);
                found.iter().zip(&owners).filter_map(fits).collect()
            };
            let own = if whose == Whose::Nobodys { Vec::new() } else { of(whose) };
            // One that is nobody's contradicts nothing.
            let left = if own.is_empty() && whose != Whose::Nobodys { of(Whose::Nobodys) } else { own };
            match left.as_slice() {
                [] if whose == Whose::Nobodys || !strict => return Ok(several(lookup, kind, name, found)),
                [] => {}
                some => return Ok(several(lookup, kind, name, some)),
            }
        }
        match lookup.missing {
            LinkMissing::Blank => Ok(Meaning::Nothing),
            LinkMissing::Create if can_be_made(kind) => Ok(Meaning::Made(self.made_for(kind, name, whose))),
            _ => self.of_another(all, (at, kind), name, found),
        }
    }

    /// The record of a name that is to be made for a customer, one for all rows. Without a customer it is the one that is
    /// made of that name, if it is one alone.
    fn made_for(&mut self, kind: &'static Kind, name: &str, whose: Whose) -> u32 {
        let folded = fold(name);
        if let Some(at) = self.coming.get(&(kind.id, folded.clone(), whose)) {
            return *at;
        }
        if whose == Whose::Nobodys {
            let mut alike = self.coming.iter().filter(|((of, known, _), _)| *of == kind.id && *known == folded);
            if let (Some((_, at)), None) = (alike.next(), alike.next()) {
                return *at;
            }
        }
        let at = u32::try_from(self.made.len()).unwrap_or(u32::MAX);
        let mut record = named(kind, name);
        if let (Whose::Customers(num), Some(def)) = (whose, customer_of(kind)) {
            record.set_value(def.tag, Some(&Value::Link(num)));
        }
        self.made.push(Made { kind: kind.id, record });
        self.coming.insert((kind.id, folded, whose), at);
        at
    }

    /// Why a name is not taken for the record of another customer that has it.
    fn of_another(
        &self,
        all: &Rows<'_>,
        (at, kind): (usize, &'static Kind),
        name: &str,
        found: &[Candidate],
    ) -> Result<Meaning> {
        let reader = &all.lookup.reader;
        let called = |id: RecordId| -> Result<String> {
            let field = id.kind.kind().map(Kind::name_field);
            let name = reader.with_row(id, |row| field.and_then(|field| row.raw(field.tag)).map(<[u8]>::to_vec))?;
            let name = String::from_utf8(name.flatten().unwrap_or_default()).unwrap_or_default();
            Ok(crate::text::scrub(&name).into_owned())
        };
        let owner = match found.first() {
            Some(Candidate::Stored(num)) => match customer_held(all.lookup, kind, *num)? {
                Whose::Customers(owner) => Some(RecordId::new(customer::ID, owner)),
                _ => None,
            },
            _ => None,
        };
        let owner = match owner {
            Some(id) => {
                let name = called(id)?;
                said!("'{name}' ({id})", "“{name}”（{id}）")
            }
            None => said!("another customer", "其他客户"),
        };
        let customers = match (said_customer(all, at), self.whose[at]) {
            (Some(text), _) => all.texts.text(customer::ID, text).to_owned(),
            (None, Whose::Customers(num)) => called(RecordId::new(customer::ID, num))?,
            (None, _) => String::new(),
        };
        let id = match found.first() {
            Some(Candidate::Stored(num)) => RecordId::new(kind.id, *num).to_string(),
            _ => "ID".to_owned(),
        };
        let next = match can_be_made(kind) {
            true => said!(
                "--link-missing create makes another one, blank leaves the field empty; where it is meant all the same, \
                 write {id}",
                "--link-missing create 另建一个，blank 则留空；若确为此记录，请写 {id}"
            ),
            false => said!(
                "--link-missing blank leaves the field empty; where it is meant all the same, write {id}",
                "--link-missing blank 则留空；若确为此记录，请写 {id}"
            ),
        };
        let ((en, zh), (then, next)) = (owner.both(), next.both());
        let reason = said!(
            ("'{name}' is a {} of {en}, and not of '{customers}' ({then})", kind.noun),
            ("“{name}”是{zh}的{}，不是“{customers}”的（{next}）", kind.zh)
        );
        Ok(Meaning::Wrong(reason.into()))
    }
}

/// The number of the text by which a row names its customer.
fn said_customer(all: &Rows<'_>, at: usize) -> Option<u32> {
    all.lookup.rows[at].links.iter().find_map(|link| {
        let def = all.mapping.targets[usize::from(link.target)].def;
        (def.target == Some(customer::KIND.noun) && is_of_the_customer(def)).then_some(link.text)
    })
}

/// Whose a record of the store is.
fn customer_held(lookup: &Lookup<'_>, kind: &'static Kind, num: u64) -> Result<Whose> {
    let Some(def) = customer_of(kind) else { return Ok(Whose::Nobodys) };
    let owner = lookup.reader.with_row(RecordId::new(kind.id, num), |row| row.raw(def.tag).and_then(unsigned))?;
    Ok(owner.flatten().map_or(Whose::Nobodys, Whose::Customers))
}
