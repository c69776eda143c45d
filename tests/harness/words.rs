//! Command lines as documents show them.

/// The words of a line as a shell takes them apart, for lines without anything else that a shell acts upon.
pub(crate) fn shell_words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[test]
fn words_are_taken_apart() {
    let words = shell_words("log call C-1  'it''s' next=\"fri send it's\" ''");
    assert_eq!(words, ["log", "call", "C-1", "its", "next=fri send it's", ""]);
}
