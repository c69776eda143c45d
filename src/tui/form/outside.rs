//! A form as a text for an editor: `field=value` lines, and back.
//!
//! A text of several lines goes on in lines that begin with two spaces. Only what reads differently from what was
//! offered counts as changed, so an editor may put a line break at the end or trim spaces without harm.

use crate::{
    error::{Error, Result},
    text::{Lang, nearest, said, scrub, scrub_lines},
    tui::editor::EditRequest,
};

use super::{
    slot::Editor,
    state::{Entry, Form},
};

/// Before every line of a text but its first.
const INDENT: &str = "  ";

impl Form {
    /// What is to be edited: the text of the field of the cursor where that may be long, else the whole form; what an
    /// earlier edit could not make understood comes back as it was.
    pub fn letter(&self) -> EditRequest {
        let text = match (&self.outside, self.long()) {
            (Some(held), _) => held.clone(),
            (None, Some(entry)) => entry.text().to_owned(),
            (None, None) => self.as_lines(),
        };
        EditRequest { form: self.number, text, ending: if self.long().is_some() { "txt" } else { "conf" } }
    }

    /// The field of the cursor where it is edited alone.
    fn long(&self) -> Option<&Entry> {
        self.entry().filter(|entry| entry.slot.editor() == Editor::Lines && !self.ask.outside && self.outside.is_none())
    }

    fn as_lines(&self) -> String {
        let lang = self.moment.lang;
        let mut out = format!("# {}\n", scrub(&self.title));
        out.push_str(lang.pick(
            "# Lines are field=value; \"field=\" empties a field, a line taken out leaves it as it is.\n\
             # A text of several lines goes on in lines that begin with two spaces.\n\n",
            "# 每行为 字段=值；“字段=” 清空该字段，删去一行则保持原样。\n\
             # 多行文本的后续行以两个空格开头。\n\n",
        ));
        for entry in &self.entries {
            if let Some(note) = note(entry, lang) {
                out.push_str(&format!("# {}: {note}\n", entry.slot.def.label(lang)));
            }
            let text = scrub_lines(entry.text());
            out.push_str(&format!("{}={}\n", entry.slot.code(), text.replace('\n', &format!("\n{INDENT}"))));
        }
        out
    }

    /// Takes over what came back from the editor. What cannot be understood is kept, to be edited again.
    pub fn take(&mut self, text: String) {
        if let Some(entry) = self.long() {
            // Editors end the last line, whether or not the text did.
            let text = if entry.text().ends_with('\n') { &text } else { text.trim_end_matches('\n') };
            if text != entry.text() {
                let (text, at) = (text.to_owned(), self.at);
                self.put(at, &text);
            }
            return;
        }
        let (offered, read) = (self.read(&self.as_lines()), self.read(&text));
        match (offered, read) {
            (Ok(offered), Ok(read)) => {
                self.outside = None;
                self.error = None;
                for (at, value) in read.into_iter().filter(|said| !offered.contains(said)) {
                    self.put(at, &value);
                }
            }
            (Err(error), _) | (_, Err(error)) => {
                self.outside = Some(text);
                self.error = Some(error);
            }
        }
    }

    fn put(&mut self, at: usize, text: &str) {
        if let Some(entry) = self.entries.get_mut(at) {
            let text = if entry.slot.editor() == Editor::Lines { scrub_lines(text) } else { scrub(text) };
            entry.put(&text, &text);
        }
        self.touched(at);
    }

    /// The fields that lines name, and their texts.
    fn read(&self, text: &str) -> Result<Vec<(usize, String)>> {
        let wrong = |number: usize, english: String, chinese: String| {
            let number = number + 1;
            Error::usage(said!("Line {number}: {english}", "第 {number} 行：{chinese}"))
        };
        let (mut said, mut blank): (Vec<(usize, String)>, usize) = (Vec::new(), 0);
        for (number, line) in text.lines().enumerate() {
            let further = line.strip_prefix(INDENT).or_else(|| line.strip_prefix('\t'));
            if line.trim().is_empty() {
                blank += 1;
            } else if let Some(further) = further {
                let place = said.last_mut().filter(|(at, _)| self.entries[*at].slot.editor() == Editor::Lines);
                let Some((_, text)) = place else {
                    return Err(wrong(
                        number,
                        "it goes on with a text, but the field before it has one line".to_owned(),
                        "此行是续行，但前面的字段只有一行".to_owned(),
                    )
                    .hint(said!("take the spaces at its beginning out", "请去掉行首的空格")));
                };
                text.push_str(&"\n".repeat(blank + 1));
                text.push_str(further);
                blank = 0;
            } else if line.starts_with('#') {
                blank = 0;
            } else {
                blank = 0;
                let parts = line.split_once('=').or_else(|| line.split_once('＝'));
                let Some((code, value)) = parts else {
                    return Err(wrong(number, "there is no = in it".to_owned(), "缺少等号".to_owned())
                        .hint(said!("write field=value", "请写成 字段=值")));
                };
                let code = code.trim();
                let Some(at) = self.entries.iter().position(|entry| entry.slot.code() == code) else {
                    let error = wrong(number, format!("there is no field {code}"), format!("没有字段 {code}"));
                    return Err(match nearest(code, self.entries.iter().map(|entry| entry.slot.code())) {
                        Some(near) => error.hint(said!("did you mean {near}?", "是否指 {near}？")),
                        None => error,
                    });
                };
                if said.iter().any(|(known, _)| *known == at) {
                    return Err(wrong(number, format!("{code} stands there twice"), format!("{code} 出现了两次"))
                        .hint(said!("keep one of the two lines", "请只保留其中一行")));
                }
                said.push((at, value.trim_end().to_owned()));
            }
        }
        Ok(said)
    }
}

/// What helps to fill a field in.
fn note(entry: &Entry, lang: Lang) -> Option<String> {
    match entry.slot.editor() {
        Editor::Choice => {
            let codes = entry.slot.def.offered().map(|choice| match lang.pick(choice.en, choice.zh) {
                label if label.eq_ignore_ascii_case(choice.code) => choice.code.to_owned(),
                label => format!("{} ({label})", choice.code),
            });
            Some(codes.collect::<Vec<_>>().join(", "))
        }
        Editor::Link if !entry.called.is_empty() => Some(scrub(&entry.called).into_owned()),
        _ => None,
    }
}
