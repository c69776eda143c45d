//! Cells that say that there is nothing: a stroke, or a word for it, as people fill in what they cannot leave empty.

use crate::{
    domain::{FieldDef, Type},
    text::fold_cow,
};

/// The longest of the words, with spaces around it; most cells hold more.
const LONGEST: usize = 16;

/// Words for nothing, folded, that are no names.
const NO_NAMES: [&str; 4] = ["无", "暂无", "没有", "n/a"];

/// More words for nothing, folded. Somebody may be called so: Na, Nil, 空.
const WORDS: [&str; 7] = ["空", "无电话", "无邮箱", "none", "na", "null", "nil"];

/// Whether a cell of a field says that there is no value. In a text the word may be what is meant, and a yes or no has 无
/// for no. In a field that every record needs a stroke is read like any other text, so that the refusal quotes it.
pub(super) fn is_nothing(def: &FieldDef, cell: &str) -> bool {
    if cell.len() > LONGEST || def.required || matches!(def.ty, Type::Text | Type::LongText) {
        return false;
    }
    // Most cells are seen at their first character to be something.
    let first = cell.trim_start().bytes().next().unwrap_or(b'-');
    if first.is_ascii() && !matches!(first, b'-' | b'/' | b'\\' | b'n' | b'N') {
        return false;
    }
    let folded = fold_cow(cell.trim());
    if folded.chars().all(|c| matches!(c, '-' | '/' | '\\')) {
        return true;
    }
    let says_no = def.ty == Type::YesNo && matches!(&*folded, "无" | "没有");
    !says_no && (NO_NAMES.contains(&&*folded) || def.ty != Type::Link && WORDS.contains(&&*folded))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{contact, customer, deal, followup};

    #[test]
    fn words_for_nothing_are_empty_where_no_text_is_meant() {
        for def in [
            customer::PHONE.def(),
            customer::WEBSITE.def(),
            customer::EMPLOYEES.def(),
            customer::GRADE.def(),
            customer::BIRTHDAY.def(),
            deal::AMOUNT.def(),
            contact::PRIMARY.def(),
        ] {
            for cell in ["-", "—", "/", "——", "暂无", " N/A ", "null", ""] {
                assert!(is_nothing(&def, cell), "{} {cell}", def.code);
            }
            assert!(!is_nothing(&def, "0"), "{}", def.code);
        }
        for cell in ["-", "—", "无", "暂无", "没有", "N/A"] {
            assert!(is_nothing(&deal::CONTACT.def(), cell), "{cell}");
        }
        for cell in ["Na", "NA", "Nil", "Null", "none", "空"] {
            assert!(!is_nothing(&deal::CONTACT.def(), cell), "{cell}");
        }
        assert!(is_nothing(&deal::AMOUNT.def(), "无") && !is_nothing(&contact::PRIMARY.def(), "无"));
        for def in [customer::INDUSTRY.def(), customer::NAME.def(), followup::DUE.def()] {
            assert!(!is_nothing(&def, "无") && !is_nothing(&def, "-"), "{}", def.code);
        }
    }
}
