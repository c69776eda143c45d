//! The columns and the rows of an answer that `--columns`, `--offset` and `--limit` ask for.

use crate::{
    error::{Error, Result},
    query::grid::{Grid, Sections, codes, places},
    text::{Said, said},
};

use super::{
    args::Words,
    global_options::{COLUMNS, LIMIT, OFFSET, SORT},
    op::{Answer, Show},
};

/// A grid with the columns that are asked for; where only ids are wanted, it keeps them.
///
/// # Errors
/// `Usage` for a column that it has not.
pub fn chosen<'a>(grid: Grid<'a>, words: &Words, show: &dyn Show) -> Result<Grid<'a>> {
    let Some(text) = words.one(COLUMNS) else { return Ok(grid) };
    let codes = codes(text)?;
    if show.wants_only_ids() {
        return places(&grid.columns, &codes).map(|_| grid);
    }
    grid.only(&codes)
}

/// The same, with the rows that are asked for.
///
/// # Errors
/// `Usage` where one of the options makes no sense.
pub fn narrowed<'a>(grid: Grid<'a>, words: &Words, show: &dyn Show) -> Result<Grid<'a>> {
    let (offset, limit) = (words.number(OFFSET)?.unwrap_or(0), words.number(LIMIT)?);
    Ok(chosen(grid, words, show)?.part(offset, limit))
}

/// A command that has no rows to choose among takes none of the options that say which and in what order.
///
/// # Errors
/// `Usage` where there is one of them, with what to do instead.
pub fn refuse_choice(words: &Words, hint: Said) -> Result<()> {
    match [SORT, LIMIT, OFFSET].iter().find(|option| words.one(**option).is_some()) {
        Some(option) => Err(Error::usage(said!(
            "There are no rows here for --{} to choose among",
            "此处没有可供 --{} 选取的行",
            option.def.name
        ))
        .hint(hint)),
        None => Ok(()),
    }
}

/// Rows under headings with the columns that are asked for: a person may name those of the table, which has headings
/// then as well, and anybody those that programs get.
///
/// # Errors
/// `Usage` for a column that neither has.
pub fn chosen_sections<'a>(found: Sections<'a>, words: &Words, show: &dyn Show) -> Result<Answer<'a>> {
    let Some(text) = words.one(COLUMNS) else { return Ok(Answer::Sections(found)) };
    let codes = codes(text)?;
    let (in_table, in_grid) = (places(&found.columns, &codes), places(&found.grid.columns, &codes));
    Ok(match (in_table.is_ok(), in_grid) {
        (false, Err(unknown)) => return Err(unknown),
        _ if show.wants_only_ids() => Answer::Grid(found.grid),
        (true, _) if show.is_for_people() => Answer::Sections(found.only(&codes)?),
        (_, Ok(_)) => Answer::Grid(found.grid.only(&codes)?),
        (true, Err(_)) => Answer::Grid(found.only(&codes)?.flat()),
    })
}
