//! The byte order mark that some programs put before a text.

/// A text without the byte order mark in front of it: it belongs to the file, not to what it says.
pub fn unmarked(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
