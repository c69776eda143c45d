//! Standard input and the files that words name, read before a command looks at the store.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufRead, IsTerminal, Read},
    sync::Arc,
};

use crate::{
    command::{Op, args::Words},
    commit::input::{IdLine, Input},
    domain::{
        Schema,
        read::{LONGEST_LINE, LONGEST_TEXT_MB},
    },
    error::{Error, Result},
    grammar::external_input::{ExternalInput, is_stdin, wanted},
    text::{Lang, Said, said},
};

/// No more is read than a text may have, in bytes: a device would never come to an end.
const MOST: usize = LONGEST_TEXT_MB << 20;

/// So many lines of ids are read: more than a store has records, and `yes` would never come to an end.
const MOST_LINES: usize = 5_000_000;

/// Their ids have so many MB together: lines are passed over one by one, what they name is kept.
const MOST_MB: usize = 256;

/// What a line costs beside what it names, in bytes.
const PER_LINE: usize = size_of::<IdLine>();

/// Reads what the words of an operation want from outside, to its end.
///
/// # Errors
/// `Usage` where standard input is asked for twice, or is a terminal; `Failure` where it cannot be read. That a file
/// cannot be read is told by whoever needs it.
pub fn read(schema: &Schema, op: &Op, words: &Words) -> Result<Input> {
    let (mut ids, mut texts) = (None, BTreeMap::new());
    for one in wanted(schema, op, words)? {
        match one {
            ExternalInput::Ids => ids = Some(piped_ids()?),
            ExternalInput::Text(file) => {
                texts.insert(file.to_owned(), text_of(file).map(Arc::from));
            }
        }
    }
    Ok(Input::new(ids, texts))
}

fn piped_ids() -> Result<Vec<IdLine>> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return Err(Error::usage(said!(
            "- reads ids from standard input, which is a terminal",
            "- 从标准输入读取编号，而标准输入是终端"
        ))
        .hint(said!(
            "pipe them in: crm customer list grade:A -o ids | crm customer set - owner=me",
            "请用管道传入：crm customer list 级别:A -o ids | crm customer set - 负责人=我"
        )));
    }
    id_lines(stdin.lock(), MOST_LINES, MOST_MB)
}

/// Ids, one a line, or JSON lines with an `id`; a byte order mark and empty lines are passed over. More than
/// `most` lines are an error, and so are ids of more than `most_mb` together.
fn id_lines(mut from: impl BufRead, most: usize, most_mb: usize) -> Result<Vec<IdLine>> {
    let (mut lines, mut bytes, mut held) = (Vec::new(), Vec::new(), 0);
    for line in 1.. {
        bytes.clear();
        let read = from.by_ref().take(MOST as u64 + 1).read_until(b'\n', &mut bytes);
        let read = read.map_err(|error| {
            let why = Said::of_io(&error);
            Error::failure(said!(
                ("Standard input cannot be read: {error}"),
                ("无法读取标准输入：{}", why.get(Lang::Zh))
            ))
        })?;
        if read == 0 {
            break;
        }
        if read > MOST {
            return Err(too_long().at(place(line)));
        }
        if line > most {
            return Err(Error::invalid(said!(
                "Standard input has more than {most} lines of ids",
                "标准输入的编号超过 {most} 行"
            ))
            .hint(said!("say --where or --all instead", "请改用 --where 或 --all")));
        }
        let word = match std::str::from_utf8(unmarked(&bytes, line)).map(str::trim) {
            Ok("") => continue,
            Ok(text) if text.starts_with('{') => id_in_json(text).ok_or_else(no_id),
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(Error::failure(said!("this is not UTF-8", "内容不是 UTF-8"))
                .hint(said!("pipe in ids, one a line, as UTF-8", "请用管道传入编号：每行一个，UTF-8 编码"))),
        };
        let word = word.and_then(|word| if word.len() > LONGEST_LINE { Err(no_name()) } else { Ok(word) });
        held += PER_LINE + word.as_ref().map_or(WHY, String::len);
        if held > most_mb << 20 {
            return Err(Error::invalid(said!(
                "Standard input has more than {most_mb} MB of ids",
                "标准输入的编号超过 {most_mb} MB"
            ))
            .hint(said!("say --where or --all instead", "请改用 --where 或 --all")));
        }
        lines.push(IdLine { line, word: word.map_err(|error| error.at(place(line))) });
    }
    Ok(lines)
}

/// What it costs to say why a line names nothing, in bytes.
const WHY: usize = 512;

fn no_name() -> Error {
    Error::invalid(said!("this is longer than {LONGEST_LINE} bytes", "内容超过 {LONGEST_LINE} 字节"))
        .hint(said!("pipe in ids or names, one a line", "请传入编号或名称，每行一个"))
}

fn place(line: usize) -> Said {
    said!("line {line} of standard input", "标准输入第 {line} 行")
}

/// The bytes of a line without a byte order mark, which stands before the first.
fn unmarked(bytes: &[u8], line: usize) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").filter(|_| line == 1).unwrap_or(bytes)
}

fn no_id() -> Error {
    Error::invalid(said!("there is no id in this JSON object", "此 JSON 对象中没有 id"))
        .hint(said!("pipe in what -o jsonl or -o ids prints", "请传入 -o jsonl 或 -o ids 的输出"))
}

fn id_in_json(line: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(line).ok()?;
    let record = value.get("record").unwrap_or(&value);
    Some(record.get("id")?.as_str()?.to_owned())
}

/// The text of a file, or of standard input by the name of its device.
fn text_of(file: &str) -> Result<String> {
    let name = crate::text::scrub(file);
    let unread = |error: io::Error| {
        let why = Said::of_io(&error);
        Error::failure(said!(("{name} cannot be read: {error}"), ("无法读取 {name}：{}", why.get(Lang::Zh))))
            .hint(said!("write @@ for a text that begins with @", "以 @ 开头的文本请写 @@"))
    };
    let mut bytes = Vec::new();
    let from: Box<dyn Read> =
        if is_stdin(file) { Box::new(io::stdin().lock()) } else { Box::new(File::open(file).map_err(unread)?) };
    from.take(MOST as u64 + 1).read_to_end(&mut bytes).map_err(unread)?;
    text(bytes).map_err(|error| error.at(Said::same(name.into_owned())))
}

/// The text in bytes that came from outside.
fn text(bytes: Vec<u8>) -> Result<String> {
    if bytes.len() > MOST {
        return Err(too_long());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let line =
            1 + error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        Error::failure(said!("line {line} is not UTF-8", "第 {line} 行不是 UTF-8"))
            .hint(said!("save the file as UTF-8", "请将文件存为 UTF-8"))
    })?;
    Ok(crate::text::unmarked(&text).to_owned())
}

fn too_long() -> Error {
    Error::failure(said!("this is longer than {LONGEST_TEXT_MB} MB", "内容超过 {LONGEST_TEXT_MB} MB"))
        .hint(said!("a text has {LONGEST_TEXT_MB} MB at most", "一段文本最多 {LONGEST_TEXT_MB} MB"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn said(error: &Error) -> String {
        error.message(Lang::En)
    }

    #[test]
    fn ids_are_read_by_line_in_both_forms_and_behind_a_byte_order_mark() {
        let given = "\u{feff}C-1\r\n\n{\"id\":\"C-2\",\"name\":\"x\"}\n{\"record\":{\"id\":\"C-3\"}}\n  C-4";
        let lines = id_lines(given.as_bytes(), MOST_LINES, MOST_MB).unwrap();
        let words: Vec<_> = lines.iter().map(|line| (line.line, line.word.clone().unwrap())).collect();
        let expected = [(1, "C-1"), (3, "C-2"), (4, "C-3"), (5, "C-4")];
        assert_eq!(words, expected.map(|(line, word)| (line, word.to_owned())));
        let lines = id_lines("\u{feff}{\"id\":\"C-2\"}".as_bytes(), 1, MOST_MB).unwrap();
        assert_eq!(lines[0].word, Ok("C-2".to_owned()));
    }

    #[test]
    fn a_line_that_names_nothing_says_which() {
        let lines = id_lines(&b"C-1\n{\"name\":\"x\"}\n\xff\xfe\n"[..], MOST_LINES, MOST_MB).unwrap();
        let wrong: Vec<_> = lines.iter().filter_map(|line| line.word.as_ref().err()).map(said).collect();
        let place = |n| format!("line {n} of standard input: ");
        assert_eq!(wrong, [place(2) + "there is no id in this JSON object", place(3) + "this is not UTF-8"]);
    }

    #[test]
    fn ids_without_end_are_given_up() {
        for line in ["C-1\n", "\n"] {
            let endless = line.repeat(1000);
            let error = id_lines(endless.as_bytes(), 999, MOST_MB).unwrap_err();
            assert_eq!(said(&error), "Standard input has more than 999 lines of ids");
            assert!(id_lines(endless.as_bytes(), 1000, MOST_MB).is_ok());
        }
    }

    #[test]
    fn no_id_is_longer_than_a_name_and_all_have_room_in_memory() {
        let long = "x".repeat(LONGEST_LINE);
        let given = format!("{long}\n{long}y\n{{\"id\":\"{long}y\"}}\n{{\"note\":\"{long}{long}\",\"id\":\"C-1\"}}\n");
        let lines = id_lines(given.as_bytes(), MOST_LINES, MOST_MB).unwrap();
        let words: Vec<_> = lines.iter().map(|line| line.word.as_deref().map_err(said)).collect();
        let why = |line| Err(format!("line {line} of standard input: this is longer than 4096 bytes"));
        assert_eq!(words, [Ok(&*long), why(2), why(3), Ok("C-1")]);
        let endless = format!("{long}\n").repeat(300);
        let error = id_lines(endless.as_bytes(), MOST_LINES, 1).unwrap_err();
        assert_eq!(said(&error), "Standard input has more than 1 MB of ids");
        assert!(id_lines(endless.as_bytes(), MOST_LINES, 2).is_ok());
        let wrong = "{}\n".repeat(3000);
        assert!(id_lines(wrong.as_bytes(), MOST_LINES, 1).is_err(), "reasons take room too");
    }

    #[test]
    fn a_text_loses_its_byte_order_mark_and_says_where_it_is_wrong() {
        assert_eq!(text("\u{feff}Grüße\n".into()).unwrap(), "Grüße\n");
        assert_eq!(said(&text(b"a\nb\n\xffc".to_vec()).unwrap_err()), "line 3 is not UTF-8");
        assert_eq!(text(vec![b'a'; MOST]).unwrap().len(), MOST);
        assert_eq!(said(&text(vec![b'a'; MOST + 1]).unwrap_err()), "this is longer than 16 MB");
    }
}
