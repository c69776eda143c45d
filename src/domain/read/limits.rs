//! How long a text may be: every command that reads a record reads all of it.

use crate::{
    domain::field::{FieldDef, Type},
    error::{Error, Result},
    text::said,
};

/// So many megabytes (of 2^20 bytes) a long text, or a list as a whole, has at most.
pub const LONGEST_TEXT_MB: usize = 16;

/// So many bytes a line of text, or an item of a list, has at most.
pub const LONGEST_LINE: usize = 4096;

/// Refuses a text that is longer than a field holds.
pub fn fits(def: &FieldDef, text: &str) -> Result<()> {
    let long = def.ty == Type::LongText;
    let most = if long { LONGEST_TEXT_MB << 20 } else { LONGEST_LINE };
    if text.len() <= most {
        return Ok(());
    }
    let error = Error::invalid(said!(
        "a text of {} bytes is too long, for the field holds {most} at most",
        "文本有 {} 字节，超过该字段的上限 {most}",
        text.len()
    ))
    .at(def.named());
    Err(if long {
        error.hint(said!("keep it in a file of its own and note where that is", "请存为单独的文件，并注明其位置"))
    } else {
        error.hint(said!("put what is long into the note", "较长的内容请写入备注"))
    })
}

/// Refuses a list that is longer than a field holds; its items are looked at one by one.
pub(super) fn list_fits(def: &FieldDef, text: &str) -> Result<()> {
    fits(&FieldDef { ty: Type::LongText, ..*def }, text)
}
