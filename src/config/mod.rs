//! Settings: where files are kept, what a person or a team has chosen, and where each choice comes from.
//!
//! A setting is a line of [`KEYS`]; flags, variables, the file, `config` and its help all follow from it.

mod edit;
mod file;
mod keys;
mod load;
mod paths;
mod place;
mod rows;
mod types;
mod values;
mod zone;

pub use edit::{check_set, check_unset, set, unset, wait};
pub use keys::{KEYS, Key};
pub use load::{Config, Flags, Origin};
pub use paths::{Environment, Paths};
pub use place::risky_place;
pub use rows::{get, rows};
pub use types::Type;
pub use values::Values;
