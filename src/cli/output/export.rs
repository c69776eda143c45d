//! Records on their way into a file: JSON lines of what is set, or the tables of every list.

use std::io::Write;

use chrono_tz::Tz;

use super::{cell::Wording, format::Format, grid, json, screen::Screen, stdout::lost};
use crate::{
    error::Result,
    query::grid::{Cell, Column, Grid},
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
