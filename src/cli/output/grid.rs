//! A grid in every format, row by row.

use std::{io::Write, ops::ControlFlow};

use super::{
    cell::Wording,
    delimited::{Csv, Tsv},
    format::Format,
    json,
    screen::Screen,
    stdout::lost,
    table::Table,
    template::Template,
};
use crate::{
    error::{Error, Result},
    query::grid::{Cell, Column, Grid, Rows, Sink},
};

/// Writes a grid; gives the number of its rows.
pub fn write(grid: Grid<'_>, format: &Format, screen: &Screen, out: &mut dyn Write) -> Result<u64> {
    let Grid { root, columns, rows, names, .. } = grid;
    let mut words = Wording::new(screen, names);
    match format {
        Format::Table => {
            let mut table = Table::new(&columns, screen);
            let count = each(rows, &mut |cells| table.push(cells, &mut words, out))?;
            table.finish(out)?;
            Ok(count)
        }
        Format::Csv => {
            let mut csv = Csv::new(&columns, screen.no_header, out)?;
            let count = each(rows, &mut |cells| csv.push(cells, &mut words))?;
            csv.finish()?;
            Ok(count)
        }
        Format::Tsv => {
            let mut tsv = Tsv::default();
            if !screen.no_header {
                tsv.header(&columns, out)?;
            }
            each(rows, &mut |cells| tsv.push(cells, &mut words, out))
        }
        Format::Json => document(root, &columns, rows, &mut words, out),
        Format::JsonLines => {
            let mut line = Vec::new();
            each(rows, &mut |cells| {
                line.clear();
                object(&columns, cells, &mut words, &mut line)?;
                line.push(b'\n');
                out.write_all(&line).map_err(lost)
            })
        }
        Format::Ids => each(rows, &mut |cells| {
            let found = cells.iter().find_map(|cell| if let Cell::Id(id) = cell { Some(id) } else { None });
            let id = found.ok_or_else(|| {
                Error::usage("These rows are no records, so they have no ids").hint("use -o tsv or -o jsonl")
            })?;
            writeln!(out, "{id}").map_err(lost)
        }),
        Format::Template(source) => {
            let template = Template::new(source, columns.iter().map(|column| column.code.to_string()))?;
            let mut row = Vec::new();
            each(rows, &mut |cells| {
                row.clear();
                object(&columns, cells, &mut words, &mut row)?;
                let row = serde_json::from_slice(&row).map_err(|error| Error::failure(error.to_string()))?;
                out.write_all(template.line(row)?.as_bytes()).map_err(lost)
            })
        }
    }
}

/// One JSON document, its rows a line each.
fn document(
    root: &str,
    columns: &[Column],
    rows: Rows<'_>,
    words: &mut Wording<'_>,
    out: &mut dyn Write,
) -> Result<u64> {
    write!(out, "{{\"schema_version\":{},\"{root}\":[", json::SCHEMA).map_err(lost)?;
    let (mut line, mut first) = (Vec::new(), true);
    let count = each(rows, &mut |cells| {
        line.clear();
        line.extend_from_slice(if first { b"\n" } else { b",\n" });
        first = false;
        object(columns, cells, words, &mut line)?;
        out.write_all(&line).map_err(lost)
    })?;
    out.write_all(if count > 0 { b"\n]}\n" } else { b"]}\n" }).map_err(lost)?;
    Ok(count)
}

/// Appends a row as an object.
fn object(columns: &[Column], cells: &[Cell<'_>], words: &mut Wording<'_>, out: &mut Vec<u8>) -> Result<()> {
    out.push(b'{');
    for (column, cell) in columns.iter().zip(cells) {
        json::put_key(out, &column.code);
        words.json(cell, out)?;
    }
    out.push(b'}');
    Ok(())
}

/// Gives every row to `take` and counts them.
pub fn each(rows: Rows<'_>, take: &mut dyn FnMut(&[Cell<'_>]) -> Result<()>) -> Result<u64> {
    let mut count = 0;
    let sink: &mut Sink<'_> = &mut |cells: &[Cell<'_>]| {
        count += 1;
        take(cells).map(ControlFlow::Continue)
    };
    rows(sink)?;
    Ok(count)
}
