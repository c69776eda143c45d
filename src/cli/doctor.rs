//! `doctor`: the store as it is. Nobody is made a user first, for in a store that needs a doctor nothing is found.

use crate::{
    config::risky_place,
    error::{Error, Result},
    ops::{args::Words, doctor, globals, running},
    store::{Store, engine::Access},
    text::said,
};

use super::{desk::Desk, session::Settings};

/// Opens the store, for writing only where it is to be mended, and runs the operation.
///
/// # Errors
/// What the settings, the store or the operation say.
pub fn run(words: &Words) -> Result<()> {
    let settings = Settings::read(words)?;
    let path = settings.config.store()?;
    let shown = crate::text::scrub(&path.to_string_lossy()).into_owned();
    if !path.try_exists().unwrap_or(true) {
        return Err(Error::not_found(said!("There is no store at {shown}", "{shown} 处没有数据文件"))
            .hint(said!("any other command makes one", "运行任何其他命令都会新建一个")));
    }
    let (context, _) = settings.context(words);
    let dry_run = words.has(globals::DRY_RUN);
    let access = if words.has(doctor::REBUILD) && !dry_run { Access::Write } else { Access::Read };
    if let Some(place) = risky_place(&path) {
        settings.output.note(&settings.lang.pick(
            format!("{shown} is in {place}, where files of one program get mixed up; keep the store on a disk of this computer"),
            format!("{shown} 位于网络或同步文件夹（{place}），文件可能损坏；请将数据文件放在本机磁盘上"),
        ));
    }
    let store = Store::open(&path, access, settings.config.wait())?;
    let mut desk = Desk::new(&settings.output, words.has(globals::YES), dry_run);
    let done = running::run(&doctor::OP, &store, &context, words, &mut desk);
    match access {
        Access::Write => done.and(store.close()),
        _ => done,
    }
}
