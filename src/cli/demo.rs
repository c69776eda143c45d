//! `demo`: its own store, whatever other one is in use, and what there is to see in it.

use std::{io::IsTerminal as _, path::Path, time::Duration};

use crate::{
    command::{args::Words, global_options},
    commit::{Context, setup},
    error::{Error, ErrorKind, Result},
    ops::demo::{self, DemoState},
    store::{Store, engine::Access},
    text::said,
};

use super::{
    FullScreen,
    output::can_place_the_cursor,
    session::{Purpose, Session, Settings},
};

/// Makes the demo store where it is missing, of another day, or not wanted any more, and opens the full screen on it;
/// off a terminal it prints everybody's panes. It stands beside the person's own, or where `--store` says.
///
/// # Errors
/// What the settings, the store or the output say.
pub fn run(words: &Words, screen: FullScreen) -> Result<()> {
    let settings = Settings::read(words)?;
    let named = words.one(global_options::STORE).is_some();
    let path = if named { settings.config.store()? } else { settings.config.paths().demo_store()? };
    let wait = settings.config.wait();
    let (mut context, login) = settings.context(words);
    context.login = login.unwrap_or(context.login);
    let found = if named { in_named(&path, wait, &context)? } else { in_own(&path, wait, &context)? };
    let keeps = match found {
        DemoState::Ready | DemoState::InOtherLanguage => true,
        // At its own place the demo is that of the day; in a file that was named, what was done with it stays.
        DemoState::PastButUsed => named,
        DemoState::Past | DemoState::Other => false,
    };
    let shown = crate::text::scrub(&path.to_string_lossy()).into_owned();
    let again = if named { format!("crm demo --reset --store {shown}") } else { "crm demo --reset".to_owned() };
    if words.has(demo::RESET) || !keeps {
        if settings.config.owns(&path) {
            setup::make_folder(&path)?;
        }
        Store::replace(&path, wait, |store| demo::fill(store, &context))?;
    } else if found == DemoState::InOtherLanguage {
        settings.output.note(&settings.lang.pick(
            format!("The demo is in Chinese and was worked on; {again} makes it anew in English"),
            format!("演示数据是英文的，且已有改动；{again} 可重新生成中文数据"),
        ));
    } else if found == DemoState::PastButUsed {
        settings.output.note(&settings.lang.pick(
            format!("The demo is of another day or person and was worked on; {again} makes it anew"),
            format!("演示数据是以前的或他人的，且已有改动；{again} 可重新生成"),
        ));
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
    session.output.note(&session.context.lang.pick(
        format!("Made-up records in {shown}; try crm --store {shown} customer list"),
        format!("演示数据（均为虚构）位于 {shown}；可试试 crm --store {shown} 客户 列表"),
    ));
    session.panes(&["--owner".to_owned(), "all".to_owned()])
}

/// What there is at the place of the demo. What cannot be read, say of a newer version, is made anew.
fn in_own(path: &Path, wait: Duration, context: &Context) -> Result<DemoState> {
    match look(path, wait, context) {
        Err(error) if error.kind() == ErrorKind::Busy => Err(error),
        found => Ok(found.unwrap_or(DemoState::Past)),
    }
}

/// What there is at a place that was named, where nothing but a demo is replaced.
fn in_named(path: &Path, wait: Duration, context: &Context) -> Result<DemoState> {
    let found = look(path, wait, context)?;
    if found == DemoState::Other {
        let shown = crate::text::scrub(&path.to_string_lossy()).into_owned();
        return Err(Error::conflict(said!(
            "{shown} holds no demo, and stays as it is",
            "{shown} 不是演示数据，未作更改"
        ))
        .hint(said!(
            "name a file that is not there yet, or leave --store away",
            "请换一个尚不存在的文件名，或去掉 --store"
        )));
    }
    Ok(found)
}

fn look(path: &Path, wait: Duration, context: &Context) -> Result<DemoState> {
    if !path.try_exists().unwrap_or(true) {
        return Ok(DemoState::Past);
    }
    let store = Store::open(path, Access::Read, wait)?;
    let found = demo::found(&store, context)?;
    store.close().map(|()| found)
}
