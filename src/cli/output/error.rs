//! Errors on their way to whoever has to act on them.

use std::io::{self, Write};

use serde_json::json;

use super::{format::Format, json, late::Late, screen::Screen};
use crate::{
    error::{Error, ErrorKind},
    text::{Lang, scrub, scrub_lines},
};

const RED: &str = "\x1b[1;31m";
const BLUE: &str = "\x1b[1;34m";
const RESET: &str = "\x1b[0m";

/// Prints an error on standard error, as JSON where the output would have been JSON, and gives the exit code.
pub fn report(error: &Error, format: &Format, screen: &Screen) -> u8 {
    // There is nobody left to tell that standard error cannot be written.
    let _ = write(error, format, (screen.lang, screen.error_color), &mut io::stderr().lock());
    error.kind().exit_code()
}

/// An error as programs read it.
pub(super) fn body(error: &Error, lang: Lang) -> serde_json::Value {
    json!({"code": error.kind().code(), "message": error.message(lang), "hint": error.next_step(lang)})
}

/// Writes an error.
pub(super) fn write(
    error: &Error,
    format: &Format,
    (lang, color): (Lang, bool),
    out: &mut dyn Write,
) -> io::Result<()> {
    if error.kind() == ErrorKind::BrokenPipe {
        return Ok(());
    }
    let mut text = Vec::new();
    if format.is_json() {
        json::put(&mut text, &json!({"error": body(error, lang)}));
        text.push(b'\n');
    } else {
        let (red, blue, reset) = if color { (RED, BLUE, RESET) } else { ("", "", "") };
        let (wrong, next, gap) = lang.pick(("error:", "hint:", " "), ("错误：", "提示：", ""));
        // Who answers a question with no has made no mistake.
        if error.kind() != ErrorKind::Declined {
            write!(text, "{red}{wrong}{reset}{gap}")?;
        }
        writeln!(text, "{}", scrub_lines(&error.message(lang)))?;
        if let Some(hint) = error.next_step(lang) {
            writeln!(text, "{blue}{next}{reset}{gap}{}", scrub_lines(hint))?;
        }
    }
    out.write_all(&text)
}

/// Says something that is not data on standard error, unless only data is wanted.
pub fn note(message: &str, screen: &Screen, late: &Late) {
    if !screen.quiet {
        late.message(format!("{}\n", scrub_lines(message)).as_bytes());
    }
}

/// Says a line on standard error that belongs to a failure.
pub fn complain(line: &str, late: &Late) {
    late.message(format!("{}\n", scrub(line)).as_bytes());
}

/// Warns on standard error of something that did not stop the command.
pub fn warn(message: &str, screen: &Screen, late: &Late) {
    if !screen.quiet {
        let (yellow, reset) = if screen.error_color { ("\x1b[1;33m", RESET) } else { ("", "") };
        let warning = screen.lang.pick("warning: ", "警告：");
        late.message(format!("{yellow}{warning}{reset}{}\n", scrub(message)).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Said, said};

    fn written(error: &Error, format: &Format, color: bool) -> String {
        let mut out = Vec::new();
        write(error, format, (Lang::En, color), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn text_keeps_carets_in_place_and_drops_what_is_hostile() {
        let error = Error::usage(Said::same("There is no field '\u{1b}[2Jgrad'\n  grad:A\n  ^^^^"))
            .hint(Said::same("did you mean grade?"));
        let text = "error: There is no field '[2Jgrad'\n  grad:A\n  ^^^^\nhint: did you mean grade?\n";
        assert_eq!(written(&error, &Format::Table, false), text);
        assert_eq!(
            written(&Error::not_found(Said::same("No.")), &Format::Csv, true),
            "\u{1b}[1;31merror:\u{1b}[0m No.\n"
        );
    }

    #[test]
    fn json_has_code_message_and_hint() {
        let error = Error::conflict(Said::same("a \"b\""));
        for format in [Format::Json, Format::JsonLines] {
            let parsed: serde_json::Value = serde_json::from_str(&written(&error, &format, true)).unwrap();
            assert_eq!(parsed, json!({"error": {"code": "conflict", "message": "a \"b\"", "hint": null}}));
        }
    }

    #[test]
    fn an_error_is_told_in_the_language_of_whoever_reads_it() {
        let error = Error::not_found(said!("There is no deal D-7", "没有商机 D-7")).hint(Said::same("crm deal list"));
        let mut out = Vec::new();
        write(&error, &Format::Table, (Lang::Zh, false), &mut out).unwrap();
        write(&error, &Format::Json, (Lang::Zh, false), &mut out).unwrap();
        let json = r#"{"error":{"code":"not_found","message":"没有商机 D-7","hint":"crm deal list"}}"#;
        assert_eq!(String::from_utf8(out).unwrap(), format!("错误：没有商机 D-7\n提示：crm deal list\n{json}\n"));
    }

    #[test]
    fn a_broken_pipe_says_nothing() {
        assert_eq!(written(&Error::new(ErrorKind::BrokenPipe, Said::same("x")), &Format::Table, false), "");
    }
}
