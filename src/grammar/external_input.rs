//! What the words of a command name outside of it: standard input and files, found out before anything is read.

use crate::{
    domain::{Schema, Type},
    error::{Error, Result},
    query::syntax::{Assignment, split_any, split_assignment},
    text::{said, scrub},
};

use crate::{
    command::{Op, args::Words},
    commit::input::file_named,
};

/// What is read from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExternalInput<'w> {
    /// Ids on standard input, one a line.
    Ids,
    /// The text of a file, as the word names it.
    Text(&'w str),
}

/// Whether a file is standard input, by whatever name.
pub fn is_stdin(file: &str) -> bool {
    matches!(file, "-" | "/dev/stdin" | "/dev/fd/0" | "/proc/self/fd/0")
}

/// What the words of an operation read from outside, each once.
///
/// # Errors
/// `Usage` where two of them want standard input, which can be read once.
pub fn wanted<'w>(schema: &Schema, op: &Op, words: &'w Words) -> Result<Vec<ExternalInput<'w>>> {
    let mut wanted: Vec<ExternalInput<'w>> = Vec::new();
    let mut piped = 0;
    for arg in op.args {
        for word in words.said(arg) {
            if arg.ids && word == "-" {
                piped += 1;
                wanted.push(ExternalInput::Ids);
            } else if arg.text {
                piped += usize::from(is_stdin(word));
                wanted.push(ExternalInput::Text(word));
            } else if let Some(file) = file_assigned(schema, word).filter(|_| arg.files) {
                piped += usize::from(is_stdin(file));
                if !wanted.contains(&ExternalInput::Text(file)) {
                    wanted.push(ExternalInput::Text(file));
                }
            }
        }
    }
    if piped > 1 {
        return Err(Error::usage(said!(
            "Standard input is asked for twice, and can be read once",
            "标准输入被引用了两次，而它只能读取一次"
        ))
        .hint(said!("put one of the two into a file", "请将其中之一存入文件")));
    }
    Ok(wanted)
}

/// Whether a word may name a file for a field that these tables do not have: who asks then asks those of the store.
pub fn is_unknown(schema: &Schema, op: &Op, words: &Words) -> bool {
    let of_files = op.args.iter().filter(|arg| arg.files);
    let unknown = |word: &str| {
        word.contains('@')
            && split_any(word).is_some_and(|said| said.value.starts_with('@') && !schema.has_field(said.name))
    };
    of_files.flat_map(|arg| words.said(arg)).any(unknown)
}

/// The file that a word assigns to a field that may hold a long text.
fn file_assigned<'w>(schema: &Schema, word: &'w str) -> Option<&'w str> {
    text_assigned(schema, word).and_then(|text| file_named(text.value))
}

/// The assignment that a word is of a field that may hold a long text.
fn text_assigned<'w>(schema: &Schema, word: &'w str) -> Option<Assignment<'w>> {
    let said = split_assignment(word, &|name| schema.has_field(name))?;
    let holds_text =
        |kind: &&crate::domain::Kind| kind.field_named(said.name).is_some_and(|def| def.ty == Type::LongText);
    schema.kinds().iter().any(holds_text).then_some(said)
}

/// The words of an operation that are typed where no files are read: they are spelled as on the command line, where @@
/// stands for a text that begins with @.
///
/// # Errors
/// `Usage` for a word that names a file.
pub fn without_files(schema: &Schema, op: &Op, words: Vec<String>) -> Result<Vec<String>> {
    if !op.args.iter().any(|arg| arg.files) {
        return Ok(words);
    }
    let plain = |word: String| match text_assigned(schema, &word) {
        Some(text) if text.value.starts_with("@@") => {
            let (head, value) = word.split_at(text.value_span.start);
            Ok(format!("{head}{}", &value[1..]))
        }
        Some(text) if text.value.starts_with('@') => {
            Err(Error::usage(said!("The screen reads no files: '{}'", "全屏中不读取文件：“{}”", scrub(&word))).hint(
                said!(
                    "run it on the command line, or write @@ for a text that begins with @",
                    "请在命令行上运行；以 @ 开头的文本请写 @@"
                ),
            ))
        }
        _ => Ok(word),
    };
    words.into_iter().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        command::{args::Words, op::Run},
        domain::schema::BASE,
        grammar,
    };

    fn said(line: &[&str]) -> (&'static Op, Words) {
        let words = line.iter().map(|word| (*word).to_owned()).collect();
        match grammar::request(&BASE, words).unwrap() {
            grammar::Request::Run(op, kind, rest) => (op, grammar::parse(op, kind, &rest).unwrap()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_read_is_what_the_words_name() {
        let (ids, text) = (ExternalInput::Ids, ExternalInput::Text("a.txt"));
        for (line, expected) in [
            (&["customer", "set", "-", "grade=A"][..], &[ids][..]),
            (&["customer", "set", "-", "note=@a.txt"], &[ids, text]),
            (&["customer", "restore", "-"], &[ids]),
            (&["view", "save", "x", "customer", "--static", "-"], &[ids]),
            (&["ticket", "reply", "T-1", "text=@a.txt"], &[text]),
            (&["log", "note", "C-1", "text＝@a.txt"], &[text]),
            (&["customer", "set", "C-1", "备注：@a.txt"], &[text]),
            (&["customer", "add", "-", "note+=@a.txt", "备注=@a.txt"], &[text]),
            (&["customer", "add", "x", "note=@@a.txt", "website=@a.txt", "@a.txt"], &[]),
            (&["customer", "list", "note:@a.txt"], &[]),
        ] {
            let (op, words) = said(line);
            assert_eq!(wanted(&BASE, op, &words).unwrap(), expected, "{line:?}");
        }
    }

    #[test]
    fn a_file_may_be_meant_for_a_field_that_the_program_does_not_know() {
        for (line, unknown) in [
            (&["customer", "set", "C-1", "memo=@a.txt"][..], true),
            (&["customer", "set", "C-1", "note=@a.txt", "website=@a.txt"], false),
            (&["customer", "set", "C-1", "memo=a@b.example"], false),
            (&["customer", "list", "memo:@a.txt"], false),
        ] {
            let (op, words) = said(line);
            assert_eq!(is_unknown(&BASE, op, &words), unknown, "{line:?}");
        }
    }

    #[test]
    fn every_operation_that_changes_fields_says_whether_its_words_may_name_files() {
        for op in crate::ops::OPS.iter().filter(|op| matches!(op.run, Run::Change(_))) {
            let assigns = op.args.iter().any(|arg| arg.files);
            let told = op.args.iter().any(|arg| arg.en.contains("field=") || arg.en.contains("next="));
            assert!(assigns || !told, "{}", op.verb);
        }
    }
}
