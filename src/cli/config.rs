//! `config`: the settings, where each comes from, and changing them. It needs no store.

use std::ffi::OsStr;

use crate::{
    command::{
        args::Words,
        global_options::{self, COLUMNS, LIMIT, OFFSET},
        row_options::refuse_choice,
    },
    config::{self, Paths},
    error::{Error, Result},
    ops::settings,
    query::{
        grid::{Cell, Column, Grid, codes},
        names::Names,
    },
    store::Store,
    text::{Said, said},
};

use super::session::Settings;

/// Runs it.
///
/// # Errors
/// `Usage` for an unknown word or setting, `Invalid` for a bad value, what the file says.
pub fn run(words: &Words) -> Result<()> {
    let env = |name: &str| std::env::var_os(name);
    let file = || Paths::new(&env).config_file();
    let key = || {
        words.one(settings::KEY).ok_or_else(|| {
            Error::usage(said!("Which setting?", "未指定设置项"))
                .hint(said!("crm config list shows them", "crm config list 可列出全部设置项"))
        })
    };
    let wait = || config::wait(words.one(global_options::WAIT));
    let what = settings::what(words.one(settings::WHAT).unwrap_or_default());
    if what != "list" {
        refuse_choice(words, said!("crm config list has rows", "只有 crm config list 会输出多行"))?;
    }
    match what {
        "path" => {
            let path = match words.one(settings::KEY) {
                None => file()?,
                Some("keys") => Paths::new(&env).keys_file()?,
                Some(other) => {
                    let other = crate::text::scrub(other);
                    return Err(Error::usage(said!("There is no file {other}", "没有名为“{other}”的文件"))
                        .hint(said!("crm config path keys", "可用 crm config path 或 crm config path keys")));
                }
            };
            super::early(&[]).line(&path.display().to_string())
        }
        "set" => {
            let value = words.one(settings::VALUE).ok_or_else(|| {
                Error::usage(said!("Which value?", "未指定要设的值"))
                    .hint(said!("crm config set KEY VALUE", "请写 crm config set 设置项 值"))
            })?;
            if words.has(global_options::DRY_RUN) {
                config::check_set(&file()?, key()?, OsStr::new(value))?;
                let (key, value) = (key()?, crate::text::scrub(value));
                would(words, &said!("{key} would be set to {value}", "{key} 将设为 {value}"));
                return Ok(());
            }
            config::set(&file()?, key()?, OsStr::new(value), wait()?)
        }
        "unset" if words.has(global_options::DRY_RUN) => {
            let key = key()?;
            would(
                words,
                &match config::check_unset(&file()?, key)? {
                    true => said!("{key} would be removed from the file of settings", "{key} 将从配置文件中移除"),
                    false => said!("Nothing to change", "无需更改"),
                },
            );
            Ok(())
        }
        "unset" => config::unset(&file()?, key()?, wait()?).map(drop),
        "get" => {
            let settings = Settings::read(words)?;
            settings.output.line(&config::get(&settings.config, key()?)?)
        }
        "list" => list(words),
        other => {
            Err(Error::usage(said!("config does not know '{}'", "config 没有“{}”这一操作", crate::text::scrub(other)))
                .hint(said!("one of list, get, set, unset, path", "可用 list、get、set、unset、path")))
        }
    }
}

/// Says what a dry run would do, by no settings but those of the command: the file of settings may be what is to be mended.
fn would(words: &Words, what: &Said) {
    let mut output = super::in_their_language(super::early(&[]));
    output.screen.quiet = words.has(global_options::QUIET);
    output.note(what.get(output.screen.lang));
}

fn list(words: &Words) -> Result<()> {
    let settings = Settings::read(words)?;
    let origin = words.has(settings::SHOW_ORIGIN);
    let mut columns = vec![Column::new("key", "Setting", "设置项"), Column::new("value", "Value", "值")];
    if origin {
        columns.push(Column::new("origin", "Origin", "来源"));
    }
    let rows = config::rows(&settings.config)
        .into_iter()
        .map(|(key, value, from)| {
            let mut row = vec![Cell::Text(key.into()), Cell::Text(value.into())];
            if origin {
                let (en, zh) = from.both();
                row.push(Cell::Words {
                    code: en.to_owned().into(),
                    en: en.to_owned().into(),
                    zh: zh.to_owned().into(),
                });
            }
            row
        })
        .collect();
    // Rows of a grid may link to records; these do not, so a store without any will do.
    let store = Store::in_memory()?;
    let snapshot = store.snapshot()?;
    let names = Names::new(snapshot.reader(), settings.lang);
    let grid = Grid::of_rows("settings", columns, rows, &names);
    let grid = match words.one(COLUMNS) {
        Some(text) => grid.only(&codes(text)?)?,
        None => grid,
    };
    let grid = grid.part(words.number(OFFSET)?.unwrap_or(0), words.number(LIMIT)?);
    settings.output.grid(grid).map(drop)
}
