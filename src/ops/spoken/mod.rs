//! The grammar of commands: words in, an operation with its arguments out. Command line and full screen share it.

pub mod command;
mod heads;
pub mod request;
mod split;

pub use command::{parse, parse_globals, spoken};
pub use heads::heads;
pub use request::{Request, belongs, is_said, request, texts, verbs};
pub use split::{join, quoted, split};
