//! The grammar of commands: words in, an operation with its arguments out. Command line and full screen share it.

pub mod arguments;
pub mod external_input;
mod heads;
pub mod help;
pub mod request;
mod unknown;

pub use arguments::{parse, parse_globals, spoken};
pub use heads::heads;
pub use request::{Request, belongs, is_said, request, texts, verbs};
pub use unknown::is_unknown;
