//! Text as people write it and terminals show it: safe, measured, folded, found by sound, nearly right, in two
//! languages.
//!
//! Nothing here knows a record, a store or a screen; every function takes text and gives text.

mod bars;
mod brief;
mod counted;
mod exceptions;
pub mod fold;
pub mod homophones;
pub mod lang;
mod likely;
mod mark;
mod narrow;
pub mod nearest;
pub mod pinyin;
mod said;
pub mod scrub;
pub mod simplified;
mod spaced;
mod syllables;
pub mod width;

pub use bars::Bars;
pub use brief::brief;
pub use counted::{counted, n_before, plural};
pub use fold::{fold, fold_as_written, fold_cow, fold_words, nfc};
pub use lang::Lang;
pub use likely::likely;
pub use mark::unmarked;
pub use narrow::{Fit, narrow};
pub use nearest::{all_nearest, nearest};
pub use said::Said;
pub(crate) use said::said;
pub use scrub::{is_safe, scrub, scrub_lines};
pub use spaced::spaced;
pub use width::{Align, fit, pad, tail, width, wrap};
