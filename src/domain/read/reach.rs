//! What people are reached by: telephone numbers with their labels, and addresses.

use std::borrow::Cow;

use super::{choice_among, refuse};
use crate::{
    domain::{field::FieldDef, value::Phone, words::phone},
    error::{Error, Result},
    text::said,
};

pub(super) fn telephone(def: &FieldDef, text: &str) -> Result<Phone> {
    if phone::is_shortened(text) {
        return Err(shortened_number(def, text));
    }
    let text = phone::without_point(text);
    if let [piece] = phone::pieces(text).as_slice() {
        return numbered(def, piece);
    }
    let (word, number) = phone::split_label(text);
    let label = word.and_then(|word| choice_among(def.choices, word.code()));
    // A label that the field does not have stays part of the text.
    let number = phone::in_ascii(if label.is_some() { number } else { text });
    if !number.contains(char::is_numeric) {
        return Err(refuse(def, text, &said!("is not a phone number, for it has no digit", "没有数字，不是电话号码"))
            .hint(said!("write +86 138 0013 8000", "请写成 +86 138 0013 8000 的形式")));
    }
    Ok(Phone { number: number.into_owned(), label })
}

/// The telephone number that a text without separators is.
pub fn phone(def: &FieldDef, text: &str) -> Result<Phone> {
    telephone(def, text)
}

/// The number of a label among those that a field has.
pub fn label(def: &FieldDef, label: phone::Label) -> Option<u16> {
    choice_among(def.choices, label.code())
}

/// The number of the label that a name of the field says: 手机 the mobile one.
pub fn label_said(def: &FieldDef, name: &str) -> Option<u16> {
    def.says_label(&crate::text::fold_cow(name)).and_then(|said| label(def, said))
}

/// A number with its label and, in brackets, the words that stand beside it and are none.
pub(super) fn numbered(def: &FieldDef, piece: &phone::Piece<'_>) -> Result<Phone> {
    let known = piece.label.and_then(|known| label(def, known));
    // A label that the field does not have stays part of the text.
    let unknown = piece.label.filter(|_| known.is_none()).map(phone::Label::code);
    let words = [unknown.unwrap_or_default(), &piece.words].join(" ");
    let digits = phone::in_ascii(piece.number);
    let number = match words.trim() {
        "" => digits.into_owned(),
        words => format!("{digits} ({words})"),
    };
    Ok(Phone { number, label: known })
}

/// The refusal of a number of which a spreadsheet has left the first digits only.
pub fn shortened_number(def: &FieldDef, text: &str) -> Error {
    refuse(
        def,
        text,
        &said!(
            "is a number that a spreadsheet has shortened; its last digits are lost",
            "是电子表格缩写的数字，末尾的位数已丢失"
        ),
    )
    .hint(said!(
        "format the column as text in the spreadsheet, fill it in again and save it anew",
        "请在电子表格中将该列设为“文本”，重新填入后再保存"
    ))
}

/// An e-mail address; signs and letters of full width are those of ASCII, and so is the full stop of an input method
/// that was left on: `wang＠qq。com`.
pub(super) fn email<'t>(def: &FieldDef, text: &'t str) -> Result<Cow<'t, str>> {
    let typed = |c: char| match c {
        '。' => '.',
        '！'..='～' => char::from_u32(c as u32 - ('！' as u32 - '!' as u32)).unwrap_or(c),
        _ => c,
    };
    let address = match text.contains(|c| typed(c) != c) {
        true => Cow::Owned(text.chars().map(typed).collect()),
        false => Cow::Borrowed(text),
    };
    if is_email(&address) {
        return Ok(address);
    }
    Err(refuse(def, text, &said!("is not an e-mail address", "不是邮箱地址"))
        .hint(said!("write it like name@example.com", "请写成 name@example.com 的形式")))
}

/// One `@` between a name, in any script, and a domain of two parts or more.
fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let part = |part: &str| {
        let edges = part.starts_with('-') || part.ends_with('-');
        !part.is_empty() && !edges && part.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let strange =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '(' | ')' | '"' | ':' | '\\');
    !name.is_empty() && !name.contains(strange) && domain.contains('.') && domain.split('.').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::customer, text::Lang};

    #[test]
    fn addresses_typed_with_an_input_method_are_read() {
        let def = customer::EMAIL.def();
        for text in ["wang@qq。com", "wang＠qq.com", "ｗａｎｇ＠ｑｑ．ｃｏｍ", "wang@qq.com"] {
            assert_eq!(email(&def, text).unwrap(), "wang@qq.com", "{text}");
        }
        assert_eq!(email(&def, "王@例子.公司").unwrap(), "王@例子.公司");
        assert!(email(&def, "wang@qq").unwrap_err().message(Lang::Zh).contains("不是邮箱地址"));
    }
}
