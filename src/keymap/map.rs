//! The keys of every place, ready to be pressed and to be shown.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    binding::Binding,
    key::Key,
    keys::Keys,
    scope::Scope,
    trie::{self, Trie},
};

/// Keys and what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoundKeys {
    /// The keys.
    pub keys: Keys,
    /// What they do.
    pub binding: Binding,
    /// The place whose section they stand in.
    pub scope: Scope,
}

/// What one section holds once the files have been brought together.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pub(super) bound: Vec<Arc<BoundKeys>>,
    /// Keys of the places around it that do nothing here.
    pub(super) masked: Vec<Keys>,
}

/// What the keys pressed so far amount to.
pub type KeyMatch<'m> = trie::Match<'m, Arc<BoundKeys>>;

/// Every key of every place.
#[derive(Clone, Debug)]
pub struct Keymap {
    places: [ScopeMap; Scope::ALL.len()],
}

/// The keys that hold at one place, inherited ones included.
#[derive(Clone, Debug, Default)]
struct ScopeMap {
    bound: Vec<Arc<BoundKeys>>,
    trie: Trie<Arc<BoundKeys>>,
    /// The words of a binding to where in `bound` it stands.
    of_words: BTreeMap<Box<str>, Vec<usize>>,
}

impl Keymap {
    /// The map of these sections, which stand in the order of [`Scope::ALL`].
    pub(super) fn new(sections: &[Section; Scope::ALL.len()]) -> Self {
        Self { places: Scope::ALL.map(|scope| ScopeMap::new(scope, sections)) }
    }

    /// What the keys pressed so far amount to at this place.
    ///
    /// The caller keeps them: push a key, ask, and clear them unless the answer is `Pending`. Where text is typed and
    /// no binding is found, the key is typed. Full-width marks act as their ASCII keys where keys are obeyed.
    pub fn step(&self, scope: Scope, pressed: &[Key]) -> KeyMatch<'_> {
        let typed = scope.takes_text();
        self.place(scope).trie.find(pressed.iter().map(|key| if typed { *key } else { key.ascii() }))
    }

    /// Every key that does something at this place: its own first, in the order of the file, then inherited ones.
    pub fn bound(&self, scope: Scope) -> impl Iterator<Item = &BoundKeys> {
        self.place(scope).bound.iter().map(|bound| &**bound)
    }

    /// The keys of these words at this place, the shortest first. The words are those that a binding prints.
    pub fn keys_of(&self, scope: Scope, words: &str) -> impl Iterator<Item = &Keys> {
        let place = self.place(scope);
        place.of_words.get(words).into_iter().flatten().map(|at| &place.bound[*at].keys)
    }

    fn place(&self, scope: Scope) -> &ScopeMap {
        &self.places[scope as usize]
    }
}

impl ScopeMap {
    fn new(scope: Scope, sections: &[Section; Scope::ALL.len()]) -> Self {
        let mut place = Self::default();
        // From the inside out: what an inner place says of a key hides what the outer ones say.
        let mut hidden: Vec<&Keys> = Vec::new();
        for section in scope.chain().iter().map(|scope| &sections[*scope as usize]) {
            let seen = |bound: &&Arc<BoundKeys>| !hidden.iter().any(|keys| keys.hides(&bound.keys));
            let fresh: Vec<Arc<BoundKeys>> = section.bound.iter().filter(seen).cloned().collect();
            place.bound.extend(fresh);
            hidden.extend(section.bound.iter().map(|bound| &bound.keys).chain(&section.masked));
        }
        for (at, bound) in place.bound.iter().enumerate() {
            place.trie.insert(bound.keys.as_slice(), Arc::clone(bound));
            place.of_words.entry(bound.binding.to_string().into()).or_default().push(at);
        }
        for places in place.of_words.values_mut() {
            places.sort_by_key(|at| place.bound[*at].keys.as_slice().len());
        }
        place
    }
}
