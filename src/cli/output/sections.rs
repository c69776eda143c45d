//! Rows under headings: the board, the agenda. Programs get them as one grid.

use std::{io::Write, ops::ControlFlow};

use super::{cell::Wording, format::Format, grid, screen::Screen, stdout::lost, table::Table};
use crate::{error::Result, query::grid::Sections, text::scrub};

/// Writes sections: for a person one table whose columns run straight through all of them, for programs one grid.
pub fn write(sections: Sections<'_>, format: &Format, screen: &Screen, out: &mut dyn Write) -> Result<()> {
    let Sections { title, columns, sections, grid } = sections;
    if !format.is_table() {
        return grid::write(grid, format, screen, out).map(drop);
    }
    let (bold, plain) = if screen.color { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
    if !screen.no_header {
        writeln!(out, "{bold}{}{plain}\n", scrub(title.get(screen.lang))).map_err(lost)?;
    }
    let mut words = Wording::new(screen, grid.names);
    let mut table = Table::new(&columns, screen);
    for section in sections {
        let heading = section.heading.get(screen.lang);
        if !heading.is_empty() {
            table.heading(heading, out)?;
        }
        (section.rows)(&mut |row| table.push(row, &mut words, out).map(|()| ControlFlow::Continue(())))?;
        if let Some(note) = &section.note {
            table.remark(note.get(screen.lang), out)?;
        }
    }
    table.finish(out)
}
