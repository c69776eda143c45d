//! Keys pressed so far, and what they amount to.

use super::key::Key;

/// What has been pressed, letter by letter, to what it means.
#[derive(Clone, Debug)]
pub struct Trie<T> {
    /// The first is the root.
    nodes: Vec<Node<T>>,
}

#[derive(Clone, Debug)]
struct Node<T> {
    /// Few and in the order of the file, which is the order in which they are shown.
    next: Vec<(Key, usize)>,
    value: Option<T>,
}

/// What the keys pressed so far amount to.
#[derive(Debug)]
pub enum Match<'t, T> {
    /// More keys must follow; these may.
    Pending(Pending<'t, T>),
    /// They mean this.
    Matched(&'t T),
    /// They mean nothing.
    NotFound,
    /// Esc or Ctrl-C took back what had been begun.
    Cancelled,
}

/// A beginning, and how it may go on.
#[derive(Debug)]
pub struct Pending<'t, T> {
    trie: &'t Trie<T>,
    node: usize,
}

/// A key that may follow.
#[derive(Debug, PartialEq, Eq)]
pub struct Continuation<'t, T> {
    /// The key.
    pub key: Key,
    /// What it completes, or nothing where still more keys follow.
    pub value: Option<&'t T>,
    /// How many meanings lie behind it.
    pub meanings: usize,
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self { nodes: vec![Node { next: Vec::new(), value: None }] }
    }
}

impl<T> Trie<T> {
    /// Gives keys a meaning, in place of the one that they had.
    pub fn insert(&mut self, keys: &[Key], value: T) {
        let mut node = 0;
        for key in keys {
            node = match self.child(node, *key) {
                Some(child) => child,
                None => {
                    let child = self.nodes.len();
                    self.nodes.push(Node { next: Vec::new(), value: None });
                    self.nodes[node].next.push((*key, child));
                    child
                }
            };
        }
        self.nodes[node].value = Some(value);
    }

    /// What these keys amount to. A meaning is taken as soon as it is complete.
    pub fn find(&self, keys: impl IntoIterator<Item = Key>) -> Match<'_, T> {
        let mut node = 0;
        for (at, key) in keys.into_iter().enumerate() {
            match self.child(node, key) {
                Some(child) => node = child,
                None if at > 0 && key.cancels() => return Match::Cancelled,
                None => return Match::NotFound,
            }
            if let Some(value) = &self.nodes[node].value {
                return Match::Matched(value);
            }
        }
        Match::Pending(Pending { trie: self, node })
    }

    fn child(&self, node: usize, key: Key) -> Option<usize> {
        self.nodes[node].next.iter().find(|(known, _)| *known == key).map(|(_, child)| *child)
    }

    fn meanings(&self, node: usize) -> usize {
        let Node { next, value } = &self.nodes[node];
        usize::from(value.is_some()) + next.iter().map(|(_, child)| self.meanings(*child)).sum::<usize>()
    }
}

impl<'t, T> Pending<'t, T> {
    /// The keys that may follow, in the order of the file.
    pub fn continuations(&self) -> impl Iterator<Item = Continuation<'t, T>> {
        let trie = self.trie;
        trie.nodes[self.node].next.iter().map(move |&(key, child)| Continuation {
            key,
            value: trie.nodes[child].value.as_ref(),
            meanings: trie.meanings(child),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::keys::Keys, *};

    fn trie(keys: &[&str]) -> Trie<String> {
        let mut trie = Trie::default();
        for text in keys {
            trie.insert(Keys::parse(text).unwrap().as_slice(), (*text).to_owned());
        }
        trie
    }

    fn step(trie: &Trie<String>, text: &str) -> String {
        match trie.find(Keys::parse(text).unwrap().as_slice().iter().copied()) {
            Match::Pending(pending) => {
                let shown = pending.continuations().map(|next| format!("{}{}", next.key, next.meanings));
                shown.collect::<Vec<_>>().join(" ")
            }
            Match::Matched(value) => format!("={value}"),
            Match::NotFound => "none".to_owned(),
            Match::Cancelled => "cancelled".to_owned(),
        }
    }

    #[test]
    fn keys_amount_to_something() {
        let trie = trie(&["j", "gg", "gyc", "gyd", "^c", "z<esc>"]);
        for (keys, expected) in [
            ("j", "=j"),
            ("g", "g1 y2"),
            ("gy", "c1 d1"),
            ("gyd", "=gyd"),
            ("g<esc>", "cancelled"),
            ("gy^c", "cancelled"),
            ("z<esc>", "=z<esc>"),
            ("<esc>", "none"),
            ("^c", "=^c"),
            ("gx", "none"),
            ("x", "none"),
        ] {
            assert_eq!(step(&trie, keys), expected, "{keys}");
        }
    }

    proptest! {
        #[test]
        fn random_keys_never_panic(
            bound in proptest::collection::vec("[a-e^<]{1,4}", 0..20),
            pressed in proptest::collection::vec("[a-e^<]", 0..9),
        ) {
            let mut trie = Trie::default();
            for keys in bound.iter().filter_map(|text| Keys::parse(text).ok()) {
                trie.insert(keys.as_slice(), ());
            }
            let mut pending = Vec::new();
            for keys in pressed.iter().filter_map(|text| Keys::parse(text).ok()) {
                pending.extend_from_slice(keys.as_slice());
                match trie.find(pending.iter().copied()) {
                    Match::Pending(next) => prop_assert!(next.continuations().count() > 0 && !pending.is_empty()),
                    _ => pending.clear(),
                }
            }
        }
    }
}
