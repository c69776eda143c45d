//! A grid in every format, row by row.

use std::{io::Write, ops::ControlFlow};

use super::{
    cell::Wording, delimited::Delimited, format::Format, json, screen::Screen, stdout::lost, table::Table,
    template::Template,
};
use crate::{
    error::{Error, Result},
    query::{
        grid::{Cell, Column, Grid, Rows, Sink},
        names::Names,
        parallel::in_order,
    },
    text::{Said, said},
};

/// Writes a grid; gives the number of its rows.
pub fn write(mut grid: Grid<'_>, format: &Format, screen: &Screen, out: &mut dyn Write) -> Result<u64> {
    let columns = std::mem::take(&mut grid.columns);
    match format {
        Format::Table => {
            let mut words = Wording::new(screen, grid.names);
            let mut table = Table::new(&columns, screen);
            let count = each(grid.rows, &mut |cells| table.push(cells, &mut words, out))?;
            table.finish(out)?;
            Ok(count)
        }
        Format::Csv => delimited(grid, &columns, Delimited::Csv, screen, out),
        Format::Tsv => delimited(grid, &columns, Delimited::Tsv, screen, out),
        Format::Json => document(grid, &columns, screen, out),
        Format::JsonLines => pieces(grid, screen, out, &|cells, words, out| {
            object(&columns, cells, words, out)?;
            out.push(b'\n');
            Ok(())
        }),
        Format::Ids => pieces(grid, screen, out, &|cells, _, out| {
            let found = cells.iter().find_map(|cell| if let Cell::Id(id) = cell { Some(id) } else { None });
            let id = found.ok_or_else(|| {
                Error::usage(said!("These rows are no records, so they have no ids", "这些行不是记录，没有编号"))
                    .hint(said!("use -o tsv or -o jsonl", "请用 -o tsv 或 -o jsonl"))
            })?;
            writeln!(out, "{id}").map_err(lost)
        }),
        Format::Template(source) => {
            let mut words = Wording::new(screen, grid.names);
            let template = Template::new(source, columns.iter().map(|column| column.code.to_string()))?;
            let mut row = Vec::new();
            each(grid.rows, &mut |cells| {
                row.clear();
                object(&columns, cells, &mut words, &mut row)?;
                let row =
                    serde_json::from_slice(&row).map_err(|error| Error::failure(Said::same(error.to_string())))?;
                out.write_all(template.line(row)?.as_bytes()).map_err(lost)
            })
        }
    }
}

fn delimited(grid: Grid<'_>, columns: &[Column], form: Delimited, screen: &Screen, out: &mut dyn Write) -> Result<u64> {
    if !screen.no_header {
        let mut header = Vec::new();
        form.header(columns, &mut header);
        out.write_all(&header).map_err(lost)?;
    }
    pieces(grid, screen, out, &|cells, words, out| form.row(cells, words, out))
}

/// One JSON document, its rows a line each.
fn document(grid: Grid<'_>, columns: &[Column], screen: &Screen, out: &mut dyn Write) -> Result<u64> {
    write!(out, "{{\"schema_version\":{},\"{}\":[", json::SCHEMA, grid.root).map_err(lost)?;
    let mut rows = Separated::new(out, false);
    let count = pieces(grid, screen, &mut rows, &|cells, words, out| {
        out.extend_from_slice(b",\n");
        object(columns, cells, words, out)
    })?;
    out.write_all(if count > 0 { b"\n]}\n" } else { b"]}\n" }).map_err(lost)?;
    Ok(count)
}

/// Leaves out the comma that stands before the first row.
pub struct Separated<'w> {
    out: &'w mut dyn Write,
    begun: bool,
}

impl<'w> Separated<'w> {
    /// Writes rows that a comma stands before; once begun, all of what comes.
    pub fn new(out: &'w mut dyn Write, begun: bool) -> Self {
        Self { out, begun }
    }
}

impl Write for Separated<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if bytes.is_empty() || std::mem::replace(&mut self.begun, true) {
            return self.out.write(bytes);
        }
        self.out.write_all(&bytes[1..])?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// Appends a row in some form.
type AppendRow<'p> = dyn Fn(&[Cell<'_>], &mut Wording<'_>, &mut Vec<u8>) -> Result<()> + Sync + 'p;

/// Writes rows in a form, made by several threads where there are many, in their order; gives their number.
pub fn pieces(grid: Grid<'_>, screen: &Screen, out: &mut dyn Write, put: &AppendRow<'_>) -> Result<u64> {
    let Grid { rows, parts, names, .. } = grid;
    let parts = parts.map(|apart| apart()).transpose()?.flatten();
    match (&parts, names.reader().shared()) {
        (Some(parts), Some(snapshot)) if parts.count() > 1 => {
            let (lang, mut count) = (names.lang(), 0);
            let make = |names: &mut Names<'_>, at: usize| {
                let mut words = Wording::new(screen, names);
                let (mut bytes, mut rows) = (Vec::new(), 0_u64);
                parts.rows(at, names, &mut |cells| {
                    rows += 1;
                    put(cells, &mut words, &mut bytes).map(ControlFlow::Continue)
                })?;
                Ok((bytes, rows))
            };
            in_order(parts.count(), || Names::new(snapshot.reader(), lang), make, &mut |(bytes, rows)| {
                count += rows;
                out.write_all(&bytes).map_err(lost).map(ControlFlow::Continue)
            })?;
            Ok(count)
        }
        _ => {
            let (mut words, mut bytes, mut count) = (Wording::new(screen, names), Vec::new(), 0);
            let sink: &mut Sink<'_> = &mut |cells: &[Cell<'_>]| {
                bytes.clear();
                put(cells, &mut words, &mut bytes)?;
                count += 1;
                out.write_all(&bytes).map_err(lost).map(ControlFlow::Continue)
            };
            match parts {
                Some(parts) => (0..parts.count()).try_for_each(|at| parts.rows(at, names, sink))?,
                None => rows(sink)?,
            }
            Ok(count)
        }
    }
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
