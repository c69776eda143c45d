//! A store as a whole: opening it, what it says of its format, and taking turns to write.

use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use crate::{
    domain::{Schema, naming},
    error::{Error, Result},
    text::{Said, said},
};

use super::{
    definitions::{self, schema_in, schema_of},
    engine::{self, Access, Draft, Engine, EngineError, OpenOptions, Read, Space, Write, WriteTxn},
    layout::layout,
    meta,
    view::StoreView,
};

/// An open store.
pub struct Store {
    engine: Box<dyn Engine>,
    path: Option<PathBuf>,
    wait: Duration,
    reading: bool,
    /// It said its format when it was opened, so it is not blank.
    stamped: bool,
    /// It was of an earlier format when it was opened.
    earlier: bool,
    /// What it keeps beside the records was of another version when it was opened.
    outdated: bool,
    /// The kinds of a test, in the place of those that the store tells.
    #[cfg(test)]
    schema: Option<&'static Schema>,
}

impl Store {
    /// Opens a store that exists.
    ///
    /// # Errors
    /// What the engine says of the file; a store of a newer format is refused.
    pub fn open(path: &Path, access: Access, wait: Duration) -> Result<Self> {
        Self::open_with(path, OpenOptions::new(access).wait(wait), wait)
    }

    /// The same with more memory for pages, for a step that touches much of the store.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(path: &Path, options: OpenOptions, wait: Duration) -> Result<Self> {
        let engine = engine::open(path, options)?;
        Self::over(engine, Some(path), options, wait)
    }

    /// Over an engine that is open already.
    pub(crate) fn over(
        engine: Box<dyn Engine>,
        path: Option<&Path>,
        options: OpenOptions,
        wait: Duration,
    ) -> Result<Self> {
        let reading = options.access() == Access::Read;
        let path = path.map(Path::to_owned);
        let mut store = Self {
            engine,
            path,
            wait,
            reading,
            stamped: false,
            earlier: false,
            outdated: false,
            #[cfg(test)]
            schema: None,
        };
        store.check_format()?;
        Ok(store)
    }

    /// Makes a store beside `path` and gives it that name once `fill` is through, over what was there: nobody ever sees
    /// half of one, and whoever has the old one open reads on in it, and is told that it was replaced before they write.
    ///
    /// # Errors
    /// What `fill` or the engine says; `path` is then as it was.
    pub fn replace(path: &Path, wait: Duration, fill: impl FnOnce(&Self) -> Result<()>) -> Result<()> {
        let failed = |error: std::io::Error| {
            Error::failure(said!("{} cannot be made: {error}", "无法新建 {}：{error}", path.display()))
        };
        let draft = Draft::of(path).map_err(failed)?;
        let options = OpenOptions::new(Access::Create).wait(wait);
        // Nobody has given the name of the draft.
        let engine = engine::open(draft.path(), options).map_err(|error| error.about(path))?;
        let store = Self::over(engine, Some(draft.path()), options, wait)?;
        fill(&store).and_then(|()| store.close())?;
        draft.keep(path).map_err(failed)
    }

    /// A store without a file, for tests and trials.
    ///
    /// # Errors
    /// What the engine says.
    pub fn in_memory() -> Result<Self> {
        Ok(Self {
            engine: Box::new(engine::memory()?),
            path: None,
            wait: OpenOptions::WAIT,
            reading: false,
            stamped: false,
            earlier: false,
            outdated: false,
            #[cfg(test)]
            schema: None,
        })
    }

    /// The same store with kinds that a test makes up.
    #[cfg(test)]
    pub(crate) fn with_schema(self, schema: &'static Schema) -> Self {
        Self { schema: Some(schema), ..self }
    }

    /// The file, unless the store is in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// When the file was written to last, as the file system says; nothing for a store in memory.
    pub fn written(&self) -> Option<SystemTime> {
        std::fs::metadata(self.path.as_deref()?).ok()?.modified().ok()
    }

    /// How large the file is, in bytes; nothing for a store in memory.
    pub fn size(&self) -> Option<u64> {
        std::fs::metadata(self.path.as_deref()?).ok().map(|file| file.len())
    }

    /// The format of the store, and the version of the program that wrote it last.
    ///
    /// # Errors
    /// What the engine says.
    pub fn format(&self) -> Result<(u64, String)> {
        let snapshot = self.snapshot()?;
        let by = snapshot.get(Space::Meta, meta::WRITTEN_BY)?.unwrap_or_default();
        Ok((meta::number(&*snapshot, meta::FORMAT_KEY)?, String::from_utf8_lossy(&by).into_owned()))
    }

    /// The latest committed state.
    ///
    /// # Errors
    /// `Conflict` where another version of the program has taken the store over since it was opened; what the engine
    /// says.
    pub fn snapshot(&self) -> Result<StoreView<'_>> {
        let snapshot = self.engine.snapshot()?;
        let format = meta::number(&*snapshot, meta::FORMAT_KEY)?;
        let schema = schema_in(&*snapshot, format)?;
        // One that was of another version when it was opened is looked at as it is, to be made anew.
        if !self.outdated && is_of_another_version(&*snapshot, format, schema)? {
            return Err(Error::conflict(said!(
                "Another version of crm keeps this store now; this one cannot go on reading it",
                "此数据文件现由另一版本的 crm 维护；当前版本无法继续读取"
            ))
            .hint(said!("leave and start again", "请退出后重新启动")));
        }
        #[cfg(test)]
        let schema = self.schema.unwrap_or(schema);
        naming::in_force(schema);
        Ok(StoreView::new(snapshot, schema))
    }

    /// The write transaction, behind other writers.
    ///
    /// # Errors
    /// `Busy` when the wait is over.
    pub fn begin(&self) -> Result<Box<dyn WriteTxn + '_>> {
        Ok(self.engine.begin(self.wait)?)
    }

    /// Makes sure that the file that is open for writing is still the one of its name.
    ///
    /// # Errors
    /// `Conflict` where another file has that name now, or none has; what the system says.
    pub fn in_place(&self) -> Result<()> {
        Ok(self.engine.in_place()?)
    }

    /// Closes the store after what was done with it. Only damage that is found then is an error: whatever else the system
    /// fails at takes back no step that was written, and is given as a remark.
    ///
    /// # Errors
    /// `Failure` where the store is damaged.
    pub fn end(self) -> Result<Option<Said>> {
        match self.engine.close() {
            Ok(()) => Ok(None),
            Err(error @ EngineError::Corrupt(_)) => Err(error.into()),
            Err(error) => {
                let why = error.said();
                let (en, zh) = why.both();
                Ok(Some(said!(
                    "What was written stands, but the store was not closed in order: {en}",
                    "已写入的内容有效，但数据文件未能正常关闭：{zh}"
                )))
            }
        }
    }

    /// Closes the store, so that the next to open it finds it in order.
    ///
    /// # Errors
    /// What the engine says.
    pub fn close(self) -> Result<()> {
        Ok(self.engine.close()?)
    }

    /// Whether nothing was ever written to it, not even what every store begins with.
    ///
    /// # Errors
    /// What the engine says.
    pub fn is_blank(&self) -> Result<bool> {
        if self.stamped {
            return Ok(false);
        }
        Ok(self.snapshot()?.reader().seq()? == 0)
    }

    /// Whether it was opened for reading only.
    pub const fn is_for_reading(&self) -> bool {
        self.reading
    }

    /// Whether another version of the program, which keeps other things beside the records, wrote it last: nobody is to
    /// be answered before they are made anew.
    pub const fn is_outdated(&self) -> bool {
        self.outdated
    }

    /// Whether it was of an earlier format when it was opened: it is read as it is, and raised before it is written.
    pub const fn is_of_earlier_format(&self) -> bool {
        self.earlier
    }

    /// Refuses a store of a newer format; notes whether the store says its format, as every store does but a blank one,
    /// and whether that or what it keeps is of another version.
    fn check_format(&mut self) -> Result<()> {
        let snapshot = self.engine.snapshot()?;
        let format = meta::number(&*snapshot, meta::FORMAT_KEY)?;
        if format > meta::FORMAT_WITH_DEFINITIONS {
            let by = snapshot.get(Space::Meta, meta::WRITTEN_BY)?;
            let by = by.map_or_else(
                || Said::same(""),
                |by| said!(" It was written by crm {}.", "它由 crm {} 写入。", String::from_utf8_lossy(&by)),
            );
            let (en, zh) = by.both();
            return Err(Error::failure(said!(
                "The store has a newer format than this version of crm reads.{en}",
                "数据文件的格式比此版本的 crm 新。{zh}"
            ))
            .hint(said!(
                "install that version or a later one; the store was left as it is",
                "请安装该版本或更新的版本；数据文件保持原样"
            )));
        }
        if format == 0 && !snapshot.is_empty(Space::Rows)? {
            return Err(Error::from(EngineError::Corrupt("it does not say its format".to_owned())));
        }
        let outdated = format > 0 && !is_of_this_layout(&*snapshot, schema_in(&*snapshot, format)?)?;
        drop(snapshot);
        (self.stamped, self.earlier, self.outdated) = (format > 0, (1..meta::FORMAT).contains(&format), outdated);
        Ok(())
    }
}

/// Whether what a store keeps beside its records is not what this version keeps.
fn is_of_another_version(read: &dyn Read, format: u64, schema: &Schema) -> Result<bool> {
    Ok(format > meta::FORMAT_WITH_DEFINITIONS || (format > 0 && !is_of_this_layout(read, schema)?))
}

/// Whether it holds the number of this version and of its own kinds.
fn is_of_this_layout(read: &dyn Read, schema: &Schema) -> Result<bool> {
    Ok(meta::number(read, meta::LAYOUT)? == layout(schema))
}

/// Writes the format and the program's version; part of every step, so that a store always knows who wrote it last.
///
/// # Errors
/// Where another version has taken the store over meanwhile, what this one would write is not all that has to be
/// written.
pub fn stamp(txn: &mut dyn WriteTxn) -> Result<()> {
    let format = meta::number(txn, meta::FORMAT_KEY)?;
    if format == 0 {
        meta::set_number(txn, meta::FORMAT_KEY, meta::FORMAT)?;
        renew(txn)?;
    } else if format < meta::FORMAT || is_of_another_version(txn, format, schema_in(txn, format)?)? {
        return Err(Error::conflict(said!(
            "Another version of crm keeps this store now; nothing was written",
            "此数据文件现由另一版本的 crm 维护；未写入任何内容"
        ))
        .hint(said!("leave and start again", "请退出后重新启动")));
    }
    sign(txn)
}

/// Notes the version of the program that wrote last.
pub(super) fn sign(txn: &mut dyn Write) -> Result<()> {
    if txn.get(Space::Meta, meta::WRITTEN_BY)?.as_deref() != Some(meta::VERSION.as_bytes()) {
        txn.put(Space::Meta, meta::WRITTEN_BY, meta::VERSION.as_bytes())?;
        if meta::number(txn, meta::FORMAT_KEY)? == meta::FORMAT_WITH_DEFINITIONS {
            definitions::note(txn)?;
        }
    }
    Ok(())
}

/// Says that what is kept beside the records is of this version; whether it was of another.
///
/// # Errors
/// What the engine says.
pub fn renew(txn: &mut dyn WriteTxn) -> Result<bool> {
    let schema = schema_of(txn)?;
    let outdated = !is_of_this_layout(txn, schema)?;
    if outdated {
        meta::set_number(txn, meta::LAYOUT, layout(schema))?;
    }
    Ok(outdated)
}
