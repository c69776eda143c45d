//! What is asked before a step is written.

use crate::text::counted;

/// A question that is answered with yes or no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
    /// Whether the step cannot be taken back, so that it must have been agreed to where nobody can be asked.
    pub for_good: bool,
}

impl Question {
    /// A question about a step that can be taken back.
    pub const fn new(en: String, zh: String) -> Self {
        Self { en, zh, for_good: false }
    }
}

/// What is said of so many parts that go with records, in English and Chinese; nothing where there are none.
pub fn with_parts(parts: u64) -> (String, String) {
    match parts {
        0 => (String::new(), String::new()),
        _ => (format!(", with {}", counted(parts, "part")), format!("（连同 {parts} 条从属记录）")),
    }
}
