//! Telephone numbers, e-mail and web addresses of a record, as other programs take them, and the program that opens them.

use std::{
    io,
    os::unix::process::CommandExt,
    process::{Command, Stdio},
    thread,
};

use crate::{
    domain::{FieldDef, Record, RecordId, Schema, Type, Value, bytes, words::phone},
    error::{Error, Result},
    store::Reader,
    text::{Lang, said, scrub},
};

use super::picker::Choice;

/// What opens an address with the program that the person has for it.
const OPENER: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

/// What an address may begin with: nothing else is handed to another program, whatever a field holds.
const SCHEMES: [&str; 4] = ["tel:", "mailto:", "https://", "http://"];

/// The fields that lead to someone who can be reached, where a record has no address of its own.
const PERSONS: [&str; 2] = ["contact", "customer"];

/// The addresses of a record, each with what is read of it; of a record without any, those of its contact and its customer.
///
/// # Errors
/// What the store says.
pub fn addresses(reader: &Reader<'_>, id: RecordId, lang: Lang) -> Result<Vec<Choice>> {
    let Some(held) = reader.held(id)? else { return Ok(Vec::new()) };
    let schema = reader.schema();
    let mut found = of(schema, id, &held.record, lang);
    if found.is_empty() {
        let links =
            schema.kind(id.kind).into_iter().flat_map(|kind| PERSONS.iter().filter_map(|code| kind.field(code)));
        for def in links {
            let num = held.record.row().raw(def.tag).and_then(bytes::unsigned);
            let person = schema.target(def).zip(num).map(|(kind, num)| RecordId::new(kind.id, num));
            let Some(person) = person else { continue };
            if let Some(held) = reader.held(person)? {
                found.extend(of(schema, person, &held.record, lang));
            }
        }
    }
    Ok(found)
}

/// The addresses that stand in the fields of a record.
fn of(schema: &Schema, id: RecordId, record: &Record, lang: Lang) -> Vec<Choice> {
    let mut found = Vec::new();
    for def in schema.kind(id.kind).into_iter().flat_map(|kind| kind.all_fields()) {
        let Some(stored) = record.row().raw(def.tag).filter(|_| is_address(def)) else { continue };
        let items: Vec<&[u8]> = if def.many { bytes::items(stored).collect() } else { vec![stored] };
        for value in items.into_iter().filter_map(|item| bytes::read(def.ty, item)) {
            let (text, address) = match (def.ty, value) {
                (Type::Email, Value::Text(text)) => (text.clone(), Some(format!("mailto:{}", escaped(&text)))),
                (Type::Url, Value::Text(text)) => (text.clone(), web(&text)),
                (_, Value::Phone(phone)) => (phone.number.clone(), telephone(&phone.number)),
                _ => continue,
            };
            let choice = |address| Choice::new(address, scrub(&text)).note(format!("{} · {id}", def.label(lang)));
            found.extend(address.map(choice));
        }
    }
    found
}

const fn is_address(def: &FieldDef) -> bool {
    matches!(def.ty, Type::Phone | Type::Email | Type::Url)
}

fn telephone(number: &str) -> Option<String> {
    let number = phone::key(number)?;
    Some(match number.split_once('x') {
        Some((number, extension)) => format!("tel:{number};ext={extension}"),
        None => format!("tel:{number}"),
    })
}

/// A web address; without a scheme it is one of the web, with another than the web's it is none.
fn web(text: &str) -> Option<String> {
    let text = scrub(text.trim());
    let lower = text.to_ascii_lowercase();
    match lower.split_once("://") {
        Some(("http" | "https", rest)) if !rest.is_empty() => {
            let (scheme, rest) = text.split_once("://")?;
            Some(format!("{}://{rest}", scheme.to_ascii_lowercase()))
        }
        Some((before, _)) if !before.contains(['.', '/']) => None,
        _ => Some(format!("https://{text}")),
    }
}

/// What may not stand in an address as it is, in bytes of two digits each.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'@' | b'.' | b'-' | b'_' | b'+' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Whether an address is one that is opened.
pub fn is_opened(address: &str) -> bool {
    SCHEMES.iter().any(|scheme| address.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()))
}

/// Opens an address, without waiting for what opens it.
///
/// # Errors
/// Where there is nothing that opens it.
pub fn visit(address: &str) -> Result<()> {
    // In a group of its own it outlives this program, and never takes keys from it.
    let mut command = Command::new(OPENER);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    let mut child = command.spawn().map_err(|error| {
        let said = match error.kind() {
            io::ErrorKind::NotFound => {
                said!("{OPENER} is not there to open {address}", "没有 {OPENER}，无法打开 {address}")
            }
            _ => said!("{address} cannot be opened: {error}", "无法打开 {address}：{error}"),
        };
        Error::failure(said).hint(said!(
            "install {OPENER} (xdg-utils), or copy with y p or y e",
            "请安装 {OPENER}（xdg-utils），或用 y p、y e 复制"
        ))
    })?;
    // Whoever starts a process takes note of its end; how it ended is between it and the person.
    let waits = thread::Builder::new().name("opener".to_owned()).spawn(move || child.wait().map(drop));
    waits
        .map(drop)
        .map_err(|error| Error::failure(said!("A thread cannot be started: {error}", "无法启动线程：{error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::screen::TestScreen;

    #[test]
    fn addresses_are_what_other_programs_take() {
        assert_eq!(telephone("138 0013 8000").as_deref(), Some("tel:13800138000"));
        assert_eq!(telephone("+86 (21) 5555-1234 x12").as_deref(), Some("tel:+862155551234;ext=12"));
        assert_eq!(web("www.example.com/a?b").as_deref(), Some("https://www.example.com/a?b"));
        assert_eq!(web("HTTP://Example.com").as_deref(), Some("http://Example.com"));
        assert_eq!(web("example.com/?to=ftp://x").as_deref(), Some("https://example.com/?to=ftp://x"));
        for other in ["file:///etc/passwd", "smb://host/share", "https://"] {
            assert_eq!(web(other), None, "{other}");
        }
        assert_eq!(escaped("a?subject=x&b@例.cn"), "a%3Fsubject%3Dx%26b@%E4%BE%8B.cn");
        for (address, opened) in
            [("tel:1", true), ("mailto:a@b", true), ("tel:", false), ("file:///x", false), ("-x", false)]
        {
            assert_eq!(is_opened(address), opened, "{address}");
        }
    }

    #[test]
    fn a_ticket_leads_to_the_people_it_is_about() {
        let mut app = TestScreen::new(Lang::En, (100, 30));
        app.say("customer add Blue phone=021-5555-1234 website=blue.example");
        app.say("contact add Ann customer=C-1 email=ann@blue.example");
        app.say("ticket add Broken customer=C-1 contact=P-1").say("customer add Silent");
        let of = |id: &str| -> Vec<String> {
            let snapshot = app.thread.store.snapshot().unwrap();
            let id = RecordId::parse(id, None).unwrap();
            let found = addresses(&snapshot.reader(), id, Lang::En).unwrap();
            found.into_iter().map(|choice| choice.value).collect()
        };
        assert_eq!(of("C-1"), ["tel:02155551234", "https://blue.example"]);
        assert_eq!(of("P-1"), ["mailto:ann@blue.example"]);
        assert_eq!(of("T-1"), ["mailto:ann@blue.example", "tel:02155551234", "https://blue.example"]);
        assert!(of("C-2").is_empty() && of("C-99").is_empty());
    }
}
