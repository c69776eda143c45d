//! Records on their way into a file: JSON lines of what is set, or the tables of every list.

use std::io::Write;

use chrono_tz::Tz;

use super::{cell::Wording, format::Format, grid, json, screen::Screen, stdout::lost};
use crate::{
    error::{Error, Result},
    query::grid::{Cell, Column, Grid},
    text::said,
};

/// The form of an export whose form nobody named: a table of one kind, lines of several.
pub fn form(format: &Format, one_kind: bool) -> Format {
    match format {
        Format::Table if one_kind => Format::Csv,
        Format::Table => Format::JsonLines,
        other => other.clone(),
    }
}

/// Writes grids one after the other; gives the number of rows. Times are in UTC, whoever asks.
pub fn write(grids: Vec<Grid<'_>>, format: &Format, screen: &Screen, out: &mut dyn Write) -> Result<u64> {
    let screen = Screen { tz: Tz::UTC, ..screen.clone() };
    let mut count = 0;
    if matches!(format, Format::Json) {
        write!(out, "{{\"schema_version\":{},\"records\":[", json::SCHEMA).map_err(lost)?;
    }
    let mut rows = grid::Separated::new(out, !matches!(format, Format::Json));
    for mut part in grids {
        if !format.is_json() {
            count += grid::write(part, format, &screen, &mut rows)?;
            continue;
        }
        let columns = std::mem::take(&mut part.columns);
        let (before, after): (&[u8], &[u8]) = if matches!(format, Format::Json) { (b",\n", b"") } else { (b"", b"\n") };
        let put = |cells: &[Cell<'_>], words: &mut Wording<'_>, out: &mut Vec<u8>| {
            out.extend_from_slice(before);
            object(&columns, cells, words, out)?;
            out.extend_from_slice(after);
            Ok(())
        };
        count += grid::pieces(part, &screen, &mut rows, &put)?;
    }
    if matches!(format, Format::Json) {
        out.write_all(if count > 0 { b"\n]}\n" } else { b"]}\n" }).map_err(lost)?;
    }
    Ok(count)
}

/// Writes objects, a line each, or as one JSON document with a line for each; gives how many there are.
///
/// # Errors
/// `Usage` for a form that is no JSON; what the output says.
pub fn document(root: &str, lines: &[serde_json::Value], format: &Format, out: &mut dyn Write) -> Result<u64> {
    let whole = matches!(format, Format::Json);
    if !whole && !matches!(format, Format::Table | Format::JsonLines) {
        return Err(Error::usage(said!("This is written as JSON only", "此内容只能写成 JSON"))
            .hint(said!("leave -o away for lines, or write -o json", "请去掉 -o（按行写出），或写 -o json")));
    }
    let mut bytes = Vec::new();
    if whole {
        bytes.extend_from_slice(format!("{{\"schema_version\":{},\"{root}\":[", json::SCHEMA).as_bytes());
    }
    for (at, line) in lines.iter().enumerate() {
        if whole {
            bytes.extend_from_slice(if at > 0 { b",\n" } else { b"\n" });
        }
        json::put(&mut bytes, line);
        if !whole {
            bytes.push(b'\n');
        }
    }
    if whole {
        bytes.extend_from_slice(if lines.is_empty() { b"]}\n" } else { b"\n]}\n" });
    }
    out.write_all(&bytes).map_err(lost)?;
    Ok(lines.len() as u64)
}

/// Appends a row as an object of what is set.
fn object(columns: &[Column], cells: &[Cell<'_>], words: &mut Wording<'_>, out: &mut Vec<u8>) -> Result<()> {
    let start = out.len();
    for (column, cell) in columns.iter().zip(cells).filter(|(_, cell)| **cell != Cell::Empty) {
        out.push(if out.len() == start { b'{' } else { b',' });
        json::put(out, &column.code);
        out.push(b':');
        words.json(cell, out)?;
    }
    out.push(b'}');
    Ok(())
}
