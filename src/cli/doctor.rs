//! `doctor`: the store as it is. Nobody is made a user first, for in a store that needs a doctor nothing is found.

use std::fs::File;

use crate::{
    command::{args::Words, global_options, run},
    config::risky_place,
    error::{Error, Result},
    ops::doctor,
    store::{
        Store,
        engine::{Access, OpenOptions, sweep_drafts},
    },
    text::said,
};

use super::{
    printer::AnswerPrinter,
    raise::raise,
    session::{Settings, finish},
};

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
    sweep_drafts(&path);
    let (context, _) = settings.context(words);
    let dry_run = words.has(global_options::DRY_RUN);
    // Looking at every page takes the right to write, as redb does it; who has none, and a dry run, gets all but that.
    let mends = words.has(doctor::REBUILD) && !dry_run;
    let asks = words.has(doctor::CHECK) || words.has(doctor::REBUILD);
    let looks = asks && !dry_run && File::options().write(true).open(&path).is_ok();
    let access = if mends || looks { Access::Write } else { Access::Read };
    if let Some(place) = risky_place(&path) {
        settings.output.note(&settings.lang.pick(
            format!("{shown} is in {place}, where files of one program get mixed up; keep the store on a disk of this computer"),
            format!("{shown} 位于网络或同步文件夹（{place}），文件可能损坏；请将数据文件放在本机磁盘上"),
        ));
    }
    let wait = settings.config.wait();
    let store = Store::open_with(&path, OpenOptions::new(access).wait(wait).whole(access == Access::Write), wait)?;
    if mends {
        raise(&store, context.clock(), &settings.output)?;
    }
    settings.output.late.hold();
    let mut printer = AnswerPrinter::new(&settings.output, words.has(global_options::YES), dry_run);
    let done = run::run(&doctor::OP, &store, &context, words, &mut printer);
    finish(&settings.output, done, store.end())
}
