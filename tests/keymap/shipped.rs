//! Every map parses, reaches every action, and the default one keeps off the keys that do not arrive.

use std::collections::BTreeSet;

use crm::keymap::{ACTIONS, Key, KeyMatch, Keymap, Keys, NAMES, Scope, load};

use super::with_words;

fn shipped(name: &str) -> Keymap {
    let loaded = with_words(|words| load(Some(name), None, words));
    assert_eq!(loaded.problems, [], "{name}");
    loaded.keymap
}

/// What these keys do at this place.
fn done(map: &Keymap, scope: Scope, keys: &str) -> String {
    match map.step(scope, Keys::parse(keys).unwrap().as_slice()) {
        KeyMatch::Matched(bound) => bound.binding.to_string(),
        KeyMatch::Pending(next) => format!("{} more", next.continuations().count()),
        KeyMatch::NotFound => "nothing".to_owned(),
        KeyMatch::Cancelled => "cancelled".to_owned(),
    }
}

#[test]
fn every_map_reaches_every_action() {
    for name in NAMES {
        let map = shipped(name);
        let mut reached = BTreeSet::new();
        for scope in Scope::ALL {
            for bound in map.bound(scope) {
                assert_eq!(done(&map, scope, &bound.keys.to_string()), bound.binding.to_string(), "{name} {scope:?}");
                assert!(map.keys_of(scope, &bound.binding.to_string()).any(|keys| *keys == bound.keys));
                reached.insert(bound.binding.words().to_owned());
            }
        }
        let begins = |words: &str| {
            reached.iter().any(|bound| {
                bound
                    .split_at_checked(words.len())
                    .is_some_and(|(start, rest)| start == words && (rest.is_empty() || rest.starts_with(' ')))
            })
        };
        let missing: Vec<&str> = ACTIONS.iter().map(|action| action.words).filter(|words| !begins(words)).collect();
        assert_eq!(missing, [""; 0], "{name}");
    }
}

#[test]
fn actions_are_told_once_in_both_languages() {
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for (at, action) in ACTIONS.iter().enumerate() {
        assert!(!han(action.en) && han(action.zh), "{}", action.words);
        assert!(ACTIONS[..at].iter().all(|other| other.words != action.words), "{} stands twice", action.words);
    }
}

#[test]
fn the_default_map_keeps_off_what_does_not_arrive() {
    let never = Keys::parse("^a ^b ^h ^j ^k ^s ^q").unwrap();
    let map = shipped("default");
    for (scope, bound) in Scope::ALL.into_iter().flat_map(|scope| map.bound(scope).map(move |bound| (scope, bound))) {
        for key in bound.keys.as_slice() {
            assert!(key.is_universal() && !never.as_slice().contains(key), "{} in {scope:?}", bound.keys);
        }
    }
}

#[test]
fn what_stands_on_alt_has_a_second_key() {
    for name in NAMES {
        let map = shipped(name);
        for scope in Scope::ALL {
            for bound in map.bound(scope).filter(|bound| !bound.keys.as_slice().iter().all(|key| key.is_universal())) {
                let plain = |keys: &Keys| keys.as_slice().iter().all(|key| key.is_universal());
                let words = bound.binding.to_string();
                assert!(map.keys_of(scope, &words).any(plain), "{name}: {} in {scope:?}", bound.keys);
            }
        }
    }
}

#[test]
fn no_single_key_destroys_and_everything_can_be_left() {
    for name in NAMES {
        let map = shipped(name);
        for scope in Scope::ALL {
            assert_eq!(done(&map, scope, "<esc>"), "back", "{name} {scope:?}");
            assert_eq!(done(&map, scope, "^c"), "cancel", "{name} {scope:?}");
            let destroys: Vec<&Keys> = map.keys_of(scope, "trash").collect();
            assert!(destroys.iter().all(|keys| keys.as_slice().len() > 1), "{name} {scope:?}: {destroys:?}");
        }
    }
}

#[test]
fn the_default_keys_are_those_that_were_promised() {
    let map = shipped("default");
    for (scope, keys, words) in [
        (Scope::Customers, "1", "pane customers"),
        (Scope::Record, "gt", "pane queue"),
        (Scope::Agenda, "gg", "cursor top"),
        (Scope::Agenda, "g", "15 more"),
        (Scope::Agenda, "g<esc>", "cancelled"),
        (Scope::Agenda, "v", "calendar"),
        (Scope::Customers, "v", "view pick"),
        (Scope::Board, "L", "deal move {deal} next"),
        (Scope::Board, "o", "card lost"),
        (Scope::Queue, "w", "ticket wait {ticket} ..."),
        (Scope::Queue, "dd", "trash"),
        (Scope::Record, "J", "record next"),
        (Scope::Customers, "：", "palette"),
        (Scope::Customers, "、", "narrow"),
        (Scope::Agenda, "】", "calendar next"),
        (Scope::Customers, "张", "nothing"),
        (Scope::Palette, "：", "nothing"),
        (Scope::Palette, "j", "nothing"),
        (Scope::Palette, "^n", "cursor down"),
        (Scope::Input, "^w", "delete word"),
        (Scope::Help, "1", "nothing"),
    ] {
        assert_eq!(done(&map, scope, keys), words, "{keys} in {scope:?}");
    }
}

#[test]
fn random_keys_never_panic() {
    let maps = NAMES.map(shipped);
    let pressable: Vec<Key> = Scope::ALL
        .into_iter()
        .flat_map(|scope| maps.iter().flat_map(move |map| map.bound(scope)))
        .flat_map(|bound| bound.keys.as_slice().to_vec())
        .chain(Keys::parse("中 ： <f24> ^q Q").unwrap().as_slice().to_vec())
        .collect();
    let (mut seed, mut pending) = (1_u64, Vec::new());
    for _ in 0..100_000 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let pick = usize::try_from(seed >> 33).unwrap();
        pending.push(pressable[pick % pressable.len()]);
        let scope = Scope::ALL[pick / 7 % Scope::ALL.len()];
        match maps[pick % 3].step(scope, &pending) {
            KeyMatch::Pending(next) => assert!(next.continuations().all(|next| next.meanings > 0)),
            _ => pending.clear(),
        }
    }
}
