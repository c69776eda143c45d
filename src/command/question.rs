//! What is asked before a step is written.

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
