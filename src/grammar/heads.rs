//! How operations begin, for those who bind keys to them and complete them.

use std::sync::{Mutex, PoisonError};

use crate::{
    command::{Noun, Op},
    domain::Schema,
    ops::OPS,
};

use super::request::belongs;

/// The first words of operations of a schema, each as long-lived as that is.
type Heads = (&'static Schema, &'static [&'static str]);

/// Those that were asked for: a session knows one schema, or a few where somebody changes it meanwhile.
static MADE: Mutex<Vec<Heads>> = Mutex::new(Vec::new());

/// The first words of each operation: `log`, `deal move`, `customer add`.
pub fn heads(schema: &'static Schema) -> &'static [&'static str] {
    // What others have put there is whole, wherever they stopped.
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, heads)) = made.iter().find(|(of, _)| std::ptr::eq(*of, schema)) {
        return heads;
    }
    let heads: &'static [&'static str] = Box::leak(all(schema).into_boxed_slice());
    made.push((schema, heads));
    heads
}

fn all(schema: &Schema) -> Vec<&'static str> {
    let leak = |words: String| -> &'static str { Box::leak(words.into_boxed_str()) };
    let of_kinds = |op: &Op| -> Vec<&'static str> {
        let kinds = schema.kinds().iter().filter(|kind| belongs(op, kind));
        kinds.map(|kind| leak(format!("{} {}", kind.noun, op.verb))).collect()
    };
    OPS.iter().flat_map(|op| if op.noun == Noun::Top { vec![op.verb] } else { of_kinds(op) }).collect()
}
