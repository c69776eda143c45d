//! Several columns that feed one field.

use csv::StringRecord;

use crate::domain::Type;

use super::target::Target;

/// Whether a character is one of Chinese, Japanese or Korean.
fn is_wide(c: char) -> bool {
    c >= '\u{2e80}'
}

/// The cells of several columns as one text: lines of a long one, else words, which Chinese does not part. A family name
/// stands where the name itself has it: first in Chinese, Japanese and Korean, last elsewhere.
pub(super) fn joined(target: &Target, row: &StringRecord) -> String {
    let mut out = String::new();
    let cell = |column: usize| row.get(column).unwrap_or_default().trim();
    let mut columns: Vec<usize> = target.sources.iter().map(|source| source.column).collect();
    if let Some(family) = target.family {
        let first = columns.iter().any(|column| cell(*column).contains(is_wide));
        columns.sort_by_key(|column| (*column == family) != first);
    }
    for cell in columns.into_iter().map(cell).filter(|cell| !cell.is_empty()) {
        let unparted = out.ends_with(is_wide) && cell.starts_with(is_wide);
        if !out.is_empty() && target.def.ty == Type::LongText {
            out.push('\n');
        } else if !out.is_empty() && !unparted {
            out.push(' ');
        }
        out.push_str(cell);
    }
    out
}
