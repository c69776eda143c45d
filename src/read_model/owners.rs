//! Whose records a pane shows: one person's, a team's, nobody's, everybody's.

/// Whose records are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owners {
    people: Option<Box<[u64]>>,
    nobody: bool,
}

impl Owners {
    /// Everybody's and nobody's.
    pub const fn all() -> Self {
        Self { people: None, nobody: true }
    }

    /// Those of these users.
    pub fn of(people: impl Into<Box<[u64]>>) -> Self {
        Self { people: Some(people.into()), nobody: false }
    }

    /// The same, and those that nobody has.
    #[must_use]
    pub fn and_nobody(self) -> Self {
        Self { nobody: true, ..self }
    }

    /// Whether a record with this owner is meant.
    pub fn has(&self, owner: Option<u64>) -> bool {
        match (&self.people, owner) {
            (None, _) => true,
            (Some(people), Some(owner)) => people.contains(&owner),
            (Some(_), None) => self.nobody,
        }
    }

    /// Whose records these are, one after the other, `None` standing for nobody; none where they are everybody's.
    pub fn each(&self) -> Option<impl Iterator<Item = Option<u64>> + '_> {
        let people = self.people.as_deref()?;
        Some(people.iter().copied().map(Some).chain(self.nobody.then_some(None)))
    }

    /// The users, where an index of owners finds all that is meant.
    pub fn people(&self) -> Option<&[u64]> {
        self.people.as_deref().filter(|_| !self.nobody)
    }

    /// Whether it is one person, so that saying whose adds nothing.
    pub fn is_one(&self) -> bool {
        self.people().is_some_and(|people| people.len() == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_somebody_nobody() {
        assert!(Owners::all().has(None) && Owners::all().has(Some(7)) && Owners::all().people().is_none());
        let two = Owners::of([1, 2]);
        assert!(two.has(Some(2)) && !two.has(Some(3)) && !two.has(None) && !two.is_one());
        assert_eq!(two.people(), Some(&[1, 2][..]));
        let mine = Owners::of([1]);
        assert!(mine.is_one());
        let queue = mine.and_nobody();
        assert!(queue.has(None) && queue.has(Some(1)) && !queue.has(Some(2)));
        assert_eq!(queue.people(), None, "an index of owners does not find what nobody has");
    }
}
