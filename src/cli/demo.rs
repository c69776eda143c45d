//! `demo`: its own store, whatever other one is in use, and what there is to see in it.

use std::{io::IsTerminal as _, path::Path, time::Duration};

use crate::{
    error::{Error, ErrorKind, Result},
    ops::{Context, args::Words, demo, setup},
    store::{Store, engine::Access},
};

use super::{
    FullScreen,
    output::can_place_the_cursor,
    session::{Purpose, Session, Settings},
};

/// Makes the demo store where it is missing, of another day, or not wanted any more, and opens the full screen on it;
/// off a terminal it prints everybody's panes.
///
/// # Errors
/// What the settings, the store or the output say.
pub fn run(words: &Words, screen: FullScreen) -> Result<()> {
    let settings = Settings::read(words)?;
    let path = settings.config.paths().demo_store()?;
    let wait = settings.config.wait();
    let (mut context, named) = settings.context(words);
    context.login = named.unwrap_or(context.login);
    if words.has(demo::RESET) || !is_of_today(&path, wait, &context)? {
        setup::make_folder(&path)?;
        Store::replace(&path, wait, |store| demo::fill(store, &context))?;
    }
    let at_terminal = settings.output.screen.terminal
        && settings.output.format.is_table()
        && std::io::stdin().is_terminal()
        && can_place_the_cursor();
    let purpose = if at_terminal { Purpose::Screen } else { Purpose::Read };
    let session = Session::open_at(words, settings, path.clone(), purpose)?;
    if at_terminal {
        return session.full_screen(screen);
    }
    let shown = crate::text::scrub(&path.to_string_lossy()).into_owned();
    session.output.note(&session.context.lang.pick(
        format!("Made-up records in {shown}; try crm --store {shown} customer list"),
        format!("虚构数据位于 {shown}；可试用 crm --store {shown} customer list"),
    ));
    session.panes(&["--owner".to_owned(), "all".to_owned()])
}

/// Whether there is a demo store of today. One that cannot be read, say of a newer version, is none.
fn is_of_today(path: &Path, wait: Duration, context: &Context) -> Result<bool> {
    if !path.exists() {
        return Ok(false);
    }
    let busy = |error: &Error| error.kind() == ErrorKind::Busy;
    let found = Store::open(path, Access::Read, wait).and_then(|store| {
        let found = demo::is_of_today(&store, context)?;
        store.close().map(|()| found)
    });
    match found {
        Err(error) if busy(&error) => Err(error),
        found => Ok(found.unwrap_or(false)),
    }
}
