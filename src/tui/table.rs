//! Rows and columns of an answer as lines of text.

use std::ops::ControlFlow;

use crate::{
    domain::{RecordId, print},
    error::Result,
    query::{
        grid::{Cell, Column, Grid, Sections},
        names::Names,
    },
    text::{Align, Lang, Said, pad, scrub, width},
};

/// More rows than this are not shown in a pop-up.
const MOST: usize = 2_000;
/// A column is no wider than this.
const WIDEST: usize = 40;

/// The lines of a grid, headings first, and the record of each.
///
/// # Errors
/// What the store says.
pub fn grid(grid: Grid<'_>, view: print::View) -> Result<Vec<(String, Option<RecordId>)>> {
    let (names, columns, mut rows, mut more) = (grid.names, grid.columns, Vec::new(), false);
    (grid.rows)(&mut |row| {
        if rows.len() >= MOST {
            more = true;
            return Ok(ControlFlow::Break(()));
        }
        rows.push(words(row, names, view)?);
        Ok(ControlFlow::Continue(()))
    })?;
    let mut lines = laid_out(&columns, &rows, view.lang);
    if more {
        lines.push((view.lang.pick("and more: narrow the question", "还有更多：请缩小范围").to_owned(), None));
    }
    Ok(lines)
}

/// The lines of sections.
///
/// # Errors
/// What the store says.
pub fn sections(found: Sections<'_>, view: print::View) -> Result<Vec<(String, Option<RecordId>)>> {
    let mut lines = vec![(pick(&found.title, view.lang), None)];
    for section in found.sections {
        lines.push((String::new(), None));
        let heading = pick(&section.heading, view.lang);
        lines.extend((!heading.is_empty()).then_some((heading, None)));
        let mut rows = Vec::new();
        (section.rows)(&mut |row| {
            rows.push(words(row, found.grid.names, view)?);
            Ok(ControlFlow::Continue(()))
        })?;
        lines.extend(laid_out(&found.columns, &rows, view.lang).into_iter().skip(1));
        lines.extend(section.note.map(|note| (pick(&note, view.lang), None)));
    }
    Ok(lines)
}

fn pick(said: &Said, lang: Lang) -> String {
    scrub(said.get(lang)).into_owned()
}

type Words = (Vec<String>, Option<RecordId>);

fn words(row: &[Cell<'_>], names: &Names<'_>, view: print::View) -> Result<Words> {
    let mut record = None;
    let cells = row
        .iter()
        .map(|cell| {
            if let Cell::Id(id) = cell {
                record.get_or_insert(*id);
            }
            say(cell, names, view)
        })
        .collect::<Result<_>>()?;
    Ok((cells, record))
}

fn say(cell: &Cell<'_>, names: &Names<'_>, view: print::View) -> Result<String> {
    let text = match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Mean(mean) => mean.to_string(),
        Cell::YesNo(yes) => (if *yes { view.lang.pick("yes", "是") } else { view.lang.pick("no", "否") }).to_owned(),
        Cell::Id(id) => id.to_string(),
        Cell::Ids(ids) => ids.iter().map(RecordId::to_string).collect::<Vec<_>>().join(view.lang.pick(", ", "、")),
        Cell::Link(_, name) => name.to_string(),
        Cell::Edits(edits) => {
            edits.iter().map(|(def, ..)| def.label(view.lang)).collect::<Vec<_>>().join(view.lang.pick(", ", "，"))
        }
        Cell::Words { en, zh, .. } => view.lang.pick(en, zh).to_string(),
        Cell::Field(def, stored) => {
            let mut out = String::new();
            names.write(&mut out, def, stored, &view)?;
            out
        }
    };
    Ok(scrub(&text).into_owned())
}

fn laid_out(columns: &[Column], rows: &[Words], lang: Lang) -> Vec<(String, Option<RecordId>)> {
    let headings: Vec<String> = columns.iter().map(|column| column.heading(lang).to_owned()).collect();
    let mut widths: Vec<usize> = headings.iter().map(|text| width(text)).collect();
    for (cells, _) in rows {
        for (wide, cell) in widths.iter_mut().zip(cells) {
            *wide = (*wide).max(width(cell).min(WIDEST));
        }
    }
    let line = |cells: &[String]| {
        let cells =
            cells.iter().zip(&widths).zip(columns).map(|((cell, wide), column)| {
                pad(cell, *wide, if column.numeric { Align::Right } else { Align::Left })
            });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    std::iter::once((line(&headings), None)).chain(rows.iter().map(|(cells, id)| (line(cells), *id))).collect()
}
