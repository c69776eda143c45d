//! Cells by which people are reached: several numbers or addresses in one, with words about them, as address books and
//! people who fill in tables write them. What is said of a number and has no field of its own goes to the note.

use crate::{
    domain::{
        FieldDef, Items, Phone, Value,
        read::{self, shortened_number},
        words::phone,
    },
    error::Result,
    text::{fold_cow, nfc, scrub_lines},
};

use super::{cell::Cells, nothing::is_nothing};

/// Takes the telephone numbers of a cell. A label beside a number goes before that of its column, which is given with
/// the cell that names it in another column.
pub(super) fn phones(
    def: &FieldDef,
    cell: &str,
    (column, beside): (Option<u16>, &str),
    items: &mut Items,
    aside: &mut Vec<String>,
) -> Result<()> {
    let clean = scrub_lines(cell);
    let text = nfc(clean.trim());
    if is_nothing(def, &text) {
        return Ok(());
    }
    if let Some(short) = text.split([',', ';', '/', '|', '、', '；', '\n']).find(|part| phone::is_shortened(part)) {
        return Err(shortened_number(def, short));
    }
    read::fits(&FieldDef { ty: crate::domain::Type::Text, ..*def }, &text)?;
    let (said, more) = phone::said(beside);
    let pieces = phone::pieces(&text);
    if pieces.is_empty() {
        items.include(Value::Phone(read::phone(def, &text)?));
    }
    for piece in pieces {
        let number = phone::in_ascii(piece.number);
        let label = piece.label.or(said).and_then(|label| read::label(def, label)).or(column);
        let words = [piece.words.as_str(), &more].into_iter().filter(|words| !words.is_empty());
        let words = words.collect::<Vec<_>>().join(", ");
        if !words.is_empty() {
            aside.push(format!("{number}: {words}"));
        }
        items.include(Value::Phone(Phone { number: number.into_owned(), label }));
    }
    Ok(())
}

/// Words that say of an address that it is one.
const CALLED: [&str; 8] = ["email", "e-mail", "mail", "mailto", "邮箱", "邮件", "电子邮箱", "电子邮件"];

/// Takes the addresses of a cell.
pub(super) fn mails(cells: &Cells<'_>, cell: &str, items: &mut Items, aside: &mut Vec<String>) -> Result<()> {
    if cells.is_nothing(cell) {
        return Ok(());
    }
    let error = match cells.items(cell) {
        Ok(found) => {
            found.into_iter().for_each(|item| items.include(item));
            return Ok(());
        }
        Err(error) => error,
    };
    let parts = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';'
                    | ':'
                    | '/'
                    | '|'
                    | '<'
                    | '>'
                    | '('
                    | ')'
                    | '['
                    | ']'
                    | '"'
                    | '\''
                    | '、'
                    | '，'
                    | '；'
                    | '：'
                    | '（'
                    | '）'
            )
    };
    let (mut addresses, mut words) = (Vec::new(), Vec::new());
    for word in cell.split(parts).filter(|word| !word.is_empty()) {
        if word.contains(['@', '＠']) {
            // Each must be one, or the cell is refused as a whole.
            match cells.items(word.trim_matches('.')) {
                Ok(found) => addresses.extend(found),
                Err(_) => return Err(error),
            }
        } else if word.contains(char::is_alphanumeric) && !CALLED.contains(&&*fold_cow(word)) {
            words.push(word);
        }
    }
    let Some(Value::Text(first)) = addresses.first() else { return Err(error) };
    if !words.is_empty() {
        aside.push(format!("{first}: {}", words.join(" ")));
    }
    addresses.into_iter().for_each(|item| items.include(item));
    Ok(())
}
