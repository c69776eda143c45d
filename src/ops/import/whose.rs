//! Records of one name: which of them a row means, and whose the one is that it wants made. Of contacts, deals, tickets and
//! plans called so, the one of the row's customer is meant; one of another customer is not taken for it.

use std::sync::Arc;

use crate::{
    domain::{FieldDef, Kind, RecordId, bytes::unsigned, customer},
    error::Result,
    text::{fold, said},
};

use super::{
    file_row::FileRow,
    links::{
        LISTED, LinkSources, Links, RecordToMake, at_line, called, can_be_made, list, named, several, several_are,
    },
    mapping::Mapping,
    meaning::{Candidate, Meaning, Named, RowCustomer, customer_of},
    options::LinkMissing,
    roles::Role,
    texts::LinkTexts,
};

/// Whether a field is named as the kind to which it links: the contact of a deal is one of its customer, and whom somebody
/// reports to may be anybody's.
fn is_of_the_customer(def: &FieldDef) -> bool {
    !def.many && def.target == Some(def.code)
}

/// What rows are looked at with.
pub(super) struct OwnedRows<'a> {
    /// The store, and what becomes of the rows.
    pub lookup: &'a LinkSources<'a>,
    /// What the columns feed.
    pub mapping: &'a Mapping,
    /// The texts of links.
    pub texts: &'a LinkTexts,
}

/// When a row is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RowPhase {
    /// It says whose it is.
    SaysWhose,
    /// It does not.
    IsNobodys,
    /// It does not land.
    IsWrong,
}

impl Links {
    /// Finds out which records names mean in each row. Rows that say whose they are come first, so that the others can
    /// name what those want made; wrong rows come last and want nothing made, but are told what their names mean.
    pub fn settle(&mut self, all: &OwnedRows<'_>) -> Result<()> {
        if !self.hang_on_rows() {
            return Ok(());
        }
        let count = all.lookup.rows.len();
        self.whose = (0..count).map(|at| self.whose_is(all, at)).collect::<Result<_>>()?;
        for turn in [RowPhase::SaysWhose, RowPhase::IsNobodys, RowPhase::IsWrong] {
            for at in 0..count {
                let own = match (all.lookup.roles[at], self.whose[at]) {
                    (Role::Wrong, _) => RowPhase::IsWrong,
                    (_, RowCustomer::Nobodys) => RowPhase::IsNobodys,
                    _ => RowPhase::SaysWhose,
                };
                if own == turn {
                    self.settle_row(all, at)?;
                }
            }
        }
        Ok(())
    }

    fn settle_row(&mut self, all: &OwnedRows<'_>, at: usize) -> Result<()> {
        for link in all.lookup.rows[at].links {
            let def = all.mapping.targets[usize::from(link.target)].def;
            let Some(kind) = all.mapping.schema.target(def) else { continue };
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
        let Some(kind) = mapping.schema.target(def) else { return &Meaning::Nothing };
        match self.meaning(kind.id, pending.text) {
            Meaning::Named(_) => {
                let whose = self.whose.get(at).copied().unwrap_or(RowCustomer::Nobodys);
                self.by_row.get(&(kind.id, pending.text, whose, is_of_the_customer(def))).unwrap_or(&Meaning::Nothing)
            }
            meaning => meaning,
        }
    }

    /// Whose a row is: as it says, else as its record is.
    fn whose_is(&self, all: &OwnedRows<'_>, at: usize) -> Result<RowCustomer> {
        let lookup = all.lookup;
        if let Some(text) = said_customer(all, at) {
            return Ok(match self.meaning(customer::ID, text) {
                Meaning::Stored(num) | Meaning::Trashed(num) => RowCustomer::Customers(*num),
                Meaning::Made(at) => RowCustomer::Coming(*at),
                Meaning::Row(_) | Meaning::Named(_) => RowCustomer::Nobodys,
                // The row is some customer's, and it is not known whose.
                Meaning::Nothing | Meaning::Wrong(_) => RowCustomer::Unknown,
            });
        }
        match lookup.roles[at] {
            Role::Update(num) | Role::Replace(num) => customer_held(lookup, lookup.kind, num),
            Role::Again(first) if (first as usize) < at => self.whose_is(all, first as usize),
            _ => Ok(RowCustomer::Nobodys),
        }
    }

    /// What a name means in a row.
    fn named_in(
        &mut self,
        all: &OwnedRows<'_>,
        (at, kind): (usize, &'static Kind),
        (_, text, whose, strict): Named,
        found: &[Candidate],
    ) -> Result<Meaning> {
        if whose == RowCustomer::Unknown {
            return Ok(Meaning::Nothing);
        }
        let lookup = all.lookup;
        let name = all.texts.text(kind.id, text);
        if !found.is_empty() {
            let owners: Vec<RowCustomer> =
                found.iter().map(|one| self.owner(lookup, kind, *one)).collect::<Result<_>>()?;
            let of = |wanted: RowCustomer| -> Vec<Candidate> {
                let fits = |(one, owner): (&Candidate, &RowCustomer)| (*owner == wanted).then_some(*one);
                found.iter().zip(&owners).filter_map(fits).collect()
            };
            let own = if whose == RowCustomer::Nobodys { Vec::new() } else { of(whose) };
            // One that is nobody's contradicts nothing.
            let left = if own.is_empty() && whose != RowCustomer::Nobodys { of(RowCustomer::Nobodys) } else { own };
            match left.as_slice() {
                [] if whose == RowCustomer::Nobodys && self.is_coming(kind, name) => {
                    return Ok(self.several_with_coming(lookup, kind, name, found));
                }
                [] if whose == RowCustomer::Nobodys || !strict => return Ok(several(lookup, kind, name, found)),
                [] => {}
                some => return Ok(several(lookup, kind, name, some)),
            }
        }
        match lookup.missing {
            LinkMissing::Blank => Ok(Meaning::Nothing),
            LinkMissing::Create if can_be_made(kind) => Ok(self.made_for(lookup, (at, kind), name, whose)),
            _ => self.of_another(all, (at, kind), name, found),
        }
    }

    /// The record of a name that is to be made for a customer, one for all rows. Without a customer it is the one that is
    /// made of that name, if it is one alone. Wrong rows have none made. Whose it is, the first good row says that names it.
    fn made_for(
        &mut self,
        lookup: &LinkSources<'_>,
        (row, kind): (usize, &'static Kind),
        name: &str,
        whose: RowCustomer,
    ) -> Meaning {
        let folded = fold(name);
        if let Some(at) = self.coming.get(&(kind.id, folded.clone(), whose)) {
            return Meaning::Made(*at);
        }
        let alike = self.coming_by_name.entry((kind.id, folded.clone())).or_default();
        match alike.as_slice() {
            [(at, _)] if whose == RowCustomer::Nobodys => return Meaning::Made(*at),
            [_, _, ..] if whose == RowCustomer::Nobodys => return self.several_with_coming(lookup, kind, name, &[]),
            _ if lookup.roles[row] == Role::Wrong => return Meaning::Nothing,
            _ => {}
        }
        let at = u32::try_from(self.made.len()).unwrap_or(u32::MAX);
        alike.push((at, lookup.rows[row].line));
        self.made.push(RecordToMake { kind: kind.id, record: named(kind, name) });
        self.coming.insert((kind.id, folded, whose), at);
        Meaning::Made(at)
    }

    /// Whether a record of this name is to be made.
    fn is_coming(&self, kind: &Kind, name: &str) -> bool {
        !self.coming_by_name.is_empty()
            && self.coming_by_name.get(&(kind.id, fold(name))).is_some_and(|alike| !alike.is_empty())
    }

    /// Why a name names none of those that have it, in the store and among those to be made.
    fn several_with_coming(
        &self,
        lookup: &LinkSources<'_>,
        kind: &'static Kind,
        name: &str,
        found: &[Candidate],
    ) -> Meaning {
        let coming = self.coming_by_name.get(&(kind.id, fold(name))).map_or(&[][..], Vec::as_slice);
        let mut names: Vec<_> = found.iter().map(|one| called(lookup, kind, one)).collect();
        names.extend(coming.iter().map(|(_, line)| at_line(*line)));
        several_are(kind, name, names.into_iter())
    }

    /// Whose a record is that a name may mean.
    fn owner(&mut self, lookup: &LinkSources<'_>, kind: &'static Kind, one: Candidate) -> Result<RowCustomer> {
        let num = match one {
            Candidate::Stored(num) => num,
            Candidate::Row(row) => return Ok(self.whose[row as usize]),
        };
        if let Some(known) = self.owners.get(&(kind.id, num)) {
            return Ok(*known);
        }
        let owner = customer_held(lookup, kind, num)?;
        self.owners.insert((kind.id, num), owner);
        Ok(owner)
    }

    /// Why a name is not taken for the record of another customer that has it.
    fn of_another(
        &mut self,
        all: &OwnedRows<'_>,
        (at, kind): (usize, &'static Kind),
        name: &str,
        found: &[Candidate],
    ) -> Result<Meaning> {
        let reader = &all.lookup.reader;
        let name_of = |id: RecordId| -> Result<String> {
            let field = reader.schema().kind(id.kind).map(Kind::name_field);
            let name = reader.with_row(id, |row| field.and_then(|field| row.raw(field.tag)).map(<[u8]>::to_vec))?;
            let name = String::from_utf8(name.flatten().unwrap_or_default()).unwrap_or_default();
            Ok(crate::text::scrub(&name).into_owned())
        };
        // Beyond those that are listed only their number counts.
        let mut owners = Vec::with_capacity(found.len());
        for one in found {
            owners.push(match self.owner(all.lookup, kind, *one)? {
                RowCustomer::Customers(owner) => {
                    let id = RecordId::new(customer::ID, owner);
                    let name = if owners.len() < LISTED { name_of(id)? } else { String::new() };
                    said!("'{name}' ({id})", "“{name}”（{id}）")
                }
                _ => said!("another customer", "其他客户"),
            });
        }
        let owner = list(owners.into_iter());
        let customers = match (said_customer(all, at), self.whose[at]) {
            (Some(text), _) => all.texts.text(customer::ID, text).to_owned(),
            (None, RowCustomer::Customers(num)) => name_of(RecordId::new(customer::ID, num))?,
            (None, _) => String::new(),
        };
        let stored = found.iter().filter_map(|one| match one {
            Candidate::Stored(num) => Some(RecordId::new(kind.id, *num).to_string()),
            Candidate::Row(_) => None,
        });
        let ids: Vec<String> = stored.take(LISTED).collect();
        let id = if ids.is_empty() { "ID".to_owned() } else { ids.join(" / ") };
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
        let ((en, zh), (then, next)) = (owner, next.both());
        let reason = said!(
            ("'{name}' is a {} of {en}, and not of '{customers}' ({then})", kind.noun),
            ("“{name}”是{zh}的{}，不是“{customers}”的（{next}）", kind.zh)
        );
        Ok(Meaning::Wrong(reason.into()))
    }
}

/// The number of the text by which a row names its customer.
fn said_customer(all: &OwnedRows<'_>, at: usize) -> Option<u32> {
    all.lookup.rows[at].links.iter().find_map(|link| {
        let def = all.mapping.targets[usize::from(link.target)].def;
        (def.target == Some(customer::KIND.noun) && is_of_the_customer(def)).then_some(link.text)
    })
}

/// Whose a record of the store is.
fn customer_held(lookup: &LinkSources<'_>, kind: &'static Kind, num: u64) -> Result<RowCustomer> {
    let Some(def) = customer_of(kind) else { return Ok(RowCustomer::Nobodys) };
    let owner = lookup.reader.with_row(RecordId::new(kind.id, num), |row| row.raw(def.tag).and_then(unsigned))?;
    Ok(owner.flatten().map_or(RowCustomer::Nobodys, RowCustomer::Customers))
}
