//! The lines of a form: headings and fields, a text of several lines taking as many as it needs.

use super::{area, slot::Editor, state::Form};

/// So many lines of a long text are seen, and of the one that is being typed.
const SEEN: (usize, usize) = (3, 8);

/// A line of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormRow {
    /// What the fields below have in common.
    Heading(usize),
    /// The first line of a field, or a further one of its text.
    Field {
        /// Which field.
        at: usize,
        /// Whether it is the first, with the label.
        first: bool,
        /// The part of the text that stands in it.
        text: std::ops::Range<usize>,
    },
}

/// The lines of a form whose texts have so many columns, and the line of the caret.
pub fn rows(form: &Form, cols: usize) -> (Vec<FormRow>, usize) {
    let (mut rows, mut here) = (Vec::new(), 0);
    for (at, entry) in form.entries.iter().enumerate() {
        if let Some(heading) = form.headings.iter().position(|(before, _)| *before == at) {
            rows.push(FormRow::Heading(heading));
        }
        let focused = at == form.at;
        if focused {
            here = rows.len();
        }
        if entry.slot.editor() != Editor::Lines {
            rows.push(FormRow::Field { at, first: true, text: 0..entry.text().len() });
            continue;
        }
        let parts = area::rows(entry.text(), cols);
        let most = if focused { SEEN.1 } else { SEEN.0 };
        let caret = if focused { area::place(entry.text(), entry.line.caret(), cols).0 } else { 0 };
        let from = (caret + 1).saturating_sub(most);
        here += if focused { caret - from } else { 0 };
        let seen = parts.into_iter().skip(from).take(most).enumerate();
        rows.extend(seen.map(|(n, text)| FormRow::Field { at, first: n == 0, text }));
    }
    (rows, here)
}
