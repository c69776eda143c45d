//! Several grids under headings: the board, the agenda.

use std::io::Write;

use super::{format::Format, grid, screen::Screen, stdout::lost};
use crate::{error::Result, query::grid::Grid, text::scrub};

/// A heading in English and Chinese, and the rows below it.
pub type Section<'a> = ((String, String), Grid<'a>);

/// Writes sections: tables under their headings; in JSON one object a section is a line of its own.
pub fn write(sections: Vec<Section<'_>>, format: &Format, screen: &Screen, out: &mut dyn Write) -> Result<()> {
    let table = format.is_table();
    let (bold, plain) = if screen.color { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
    for (at, ((english, chinese), grid)) in sections.into_iter().enumerate() {
        if table {
            let heading = screen.lang.pick(english, chinese);
            let gap = if at == 0 { "" } else { "\n" };
            writeln!(out, "{gap}{bold}{}{plain}", scrub(&heading)).map_err(lost)?;
        }
        grid::write(grid, format, screen, out)?;
    }
    Ok(())
}
