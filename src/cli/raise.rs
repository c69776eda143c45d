//! A store of an earlier format, raised before it is written, and what the person is told of it.

use std::{fs::File, io, path::Path};

use crate::{
    domain::Instant,
    error::{Error, Result},
    store::{self, Store, engine::folder_of},
    text::{Said, said},
};

use super::output::{Output, file_name};

/// Raises a store that is open for writing, if it is of an earlier format, and says where the copy of it is.
///
/// # Errors
/// What the store or the system says.
pub fn raise(store: &Store, now: Instant, output: &Output) -> Result<()> {
    if !store.is_of_earlier_format() {
        return Ok(());
    }
    if let Some(copy) = store::raise(store, now)? {
        let copy = crate::text::scrub(&copy.to_string_lossy()).into_owned();
        output.note(&output.screen.lang.pick(
            format!("The store now has the format of this version; a copy as it was is in {copy}"),
            format!("数据文件已升级为此版本的格式；升级前的副本位于 {copy}"),
        ));
    }
    Ok(())
}

/// Trying a command writes nothing, and what it reads would have to be written first.
pub fn not_tried() -> Error {
    Error::failure(said!(
        "Another version of crm wrote this store, and its indexes have to be made anew before it is read: --dry-run does not do that; nothing was changed",
        "此数据文件由另一版本的 crm 写入，读取前需要重建索引，而 --dry-run 不会重建；未作任何更改"
    ))
    .hint(said!(
        "the first command without --dry-run that reads records does: crm customer count",
        "首个不带 --dry-run 且读取记录的命令会重建：crm customer count"
    ))
}

/// Whoever may only read cannot have indexes made anew; raising an `earlier` format takes room for a copy, too.
///
/// # Errors
/// `Failure` with the way out.
pub fn may_renew(path: &Path, earlier: bool) -> Result<()> {
    let folder = folder_of(path);
    let file = File::options().write(true).open(path).map(drop);
    match file.and_then(|()| if earlier { may_write_to(folder) } else { Ok(()) }) {
        Ok(()) => Ok(()),
        Err(error) => Err(Error::failure(said!(
            "Another version of crm wrote this store, and its indexes have to be made anew before it is read, which takes the right to write: {error}",
            "此数据文件由另一版本的 crm 写入，读取前需要重建索引，这需要写权限：{error}"
        ))
        .at(Said::same(file_name(path)))
        .hint(said!(
            "let somebody who may write to the file and its folder run any command on it once, or copy it to a folder of your own and name the copy with --store",
            "请由有权写入该文件及其文件夹的人对其运行一次任意命令，或将其复制到自己的文件夹并用 --store 指定副本"
        ))),
    }
}

#[cfg(unix)]
fn may_write_to(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::access(folder, rustix::fs::Access::WRITE_OK)?)
}

#[cfg(not(unix))]
const fn may_write_to(_: &Path) -> io::Result<()> {
    Ok(())
}
