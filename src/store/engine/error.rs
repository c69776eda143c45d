//! What can be wrong with a store, and what a person should do about it.

use std::{io, path::PathBuf, time::Duration};

use crate::{
    error::{Error, ErrorKind},
    text::{Said, said},
};

/// What went wrong below the records.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// There is no file of that name, or no folder to make it in.
    #[error("{} does not exist.", .0.display())]
    Missing(PathBuf),
    /// The name is a link to a file that is not there.
    #[error("{} is a link to a file that is not there.", .0.display())]
    DanglingLink(PathBuf),
    /// The file has no bytes at all.
    #[error("{} is an empty file, not a store.", .0.display())]
    Empty(PathBuf),
    /// The file is something else; it was not touched.
    #[error("{} is not a store.", .0.display())]
    NotAStore(PathBuf),
    /// The name is a folder's.
    #[error("{} is a folder, not a store.", .0.display())]
    IsDirectory(PathBuf),
    /// The system does not let this person read or write it.
    #[error("{} cannot be opened: the system denies permission.", .0.display())]
    PermissionDenied(PathBuf),
    /// A write to a store that is open for reading, or on a medium that takes no writes.
    #[error("The store is read-only here.")]
    ReadOnly,
    /// The last writer died, and this person may not write the file to put it in order.
    #[error("{} was left in the middle of a write, and this user may not put it in order.", .0.display())]
    Unrecovered(PathBuf),
    /// A later version of the program wrote the file, or has it open in a way this one does not know.
    #[error("The store belongs to a newer version of this program.")]
    Newer,
    /// The file is a store with something missing or wrong in it.
    #[error("The store is damaged: {0}.")]
    Corrupt(String),
    /// Other writers held the store for the whole wait.
    #[error("The store is busy: another process is writing to it (waited {:.1} s).", .waited.as_secs_f64())]
    Busy {
        /// How long this one waited.
        waited: Duration,
    },
    /// A value is larger than an entry can be (3 GiB).
    #[error("A value of {0} bytes is too large to store.")]
    TooLarge(usize),
    /// The disk or the person's quota is full.
    #[error("There is no space left for the store.")]
    NoSpace,
    /// A write failed earlier; this engine does nothing more until it is opened anew. What was committed is safe.
    #[error("A write to the store failed: nothing more is written until it is opened again.")]
    Reopen,
    /// Another file has the name of the store now, or none has.
    #[error("{} was replaced or removed while it was open; nothing was written.", .0.display())]
    Replaced(PathBuf),
    /// The system failed at a moment when a step may be kept or not.
    #[error("Whether the change was kept is not known: the system failed while it was put on the disk. {0}")]
    Doubtful(Box<EngineError>),
    /// Anything else the system reports.
    #[error("The store cannot be read or written: {0}.")]
    Io(#[source] io::Error),
}

impl EngineError {
    /// The system's error as ours; `path` is the file it was about.
    pub(super) fn from_io(error: io::Error, path: &std::path::Path) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing(path.into()),
            io::ErrorKind::PermissionDenied => Self::PermissionDenied(path.into()),
            io::ErrorKind::IsADirectory => Self::IsDirectory(path.into()),
            _ => error.into(),
        }
    }

    /// The same of another file: the one that a draft was to become.
    #[must_use]
    pub fn about(self, path: &std::path::Path) -> Self {
        match self {
            Self::Missing(_) => Self::Missing(path.into()),
            Self::PermissionDenied(_) => Self::PermissionDenied(path.into()),
            other => other,
        }
    }

    /// What went wrong, in both languages.
    pub fn said(&self) -> Said {
        Said::new(self.to_string(), self.chinese())
    }

    /// The same in Chinese.
    fn chinese(&self) -> String {
        match self {
            Self::Missing(path) => format!("{} 不存在。", path.display()),
            Self::DanglingLink(path) => format!("{} 链接到的文件不存在。", path.display()),
            Self::Empty(path) => format!("{} 是空文件，不是数据文件。", path.display()),
            Self::NotAStore(path) => format!("{} 不是数据文件。", path.display()),
            Self::IsDirectory(path) => format!("{} 是文件夹，不是数据文件。", path.display()),
            Self::PermissionDenied(path) => format!("无法打开 {}：系统拒绝访问。", path.display()),
            Self::ReadOnly => "数据文件在此处是只读的。".to_owned(),
            Self::Unrecovered(path) => format!("{} 停在写入途中，而当前用户无权修复。", path.display()),
            Self::Newer => "数据文件属于此程序的更新版本。".to_owned(),
            Self::Corrupt(what) => format!("数据文件已损坏：{what}。"),
            Self::Busy { waited } => {
                format!("数据文件正被占用：另一个进程正在写入（已等待 {:.1} 秒）。", waited.as_secs_f64())
            }
            Self::TooLarge(bytes) => format!("{bytes} 字节的值太大，无法保存。"),
            Self::NoSpace => "没有空间存放数据文件。".to_owned(),
            Self::Reopen => "写入数据文件失败：重新打开之前不再写入。".to_owned(),
            Self::Replaced(path) => format!("{} 在打开期间被替换或删除；未写入任何内容。", path.display()),
            Self::Doubtful(why) => format!("无法确定更改是否已保存：系统在写入磁盘时出错。{}", why.chinese()),
            Self::Io(error) => format!("无法读写数据文件：{error}。"),
        }
    }

    fn hint(&self) -> Option<Said> {
        Some(match self {
            Self::Missing(_) => said!(
                "Check the name given with --store or CRM_STORE, and that its folder exists.",
                "请检查 --store 或 CRM_STORE 给出的名称，以及其文件夹是否存在。"
            ),
            Self::DanglingLink(_) => said!(
                "Mount the disk that holds it, or name the file itself; nothing was made.",
                "请挂载存放它的磁盘，或直接指定文件；未新建任何内容。"
            ),
            Self::Empty(_) => said!(
                "Remove it, or name a file that does not exist yet; a store is made there.",
                "请删除它，或指定尚不存在的文件；将在那里新建。"
            ),
            Self::NotAStore(_) | Self::IsDirectory(_) => said!(
                "It was left as it is. Name another file with --store or CRM_STORE.",
                "它保持原样。请用 --store 或 CRM_STORE 指定另一个文件。"
            ),
            Self::PermissionDenied(_) => said!(
                "Ask its owner for access, or name another file with --store or CRM_STORE.",
                "请向其所有者申请权限，或用 --store 或 CRM_STORE 指定另一个文件。"
            ),
            Self::ReadOnly => said!(
                "Reading works; to change it, make the file and its folder writable.",
                "可以读取；要更改，请将文件及其文件夹设为可写。"
            ),
            Self::Unrecovered(_) => said!(
                "Open it once as somebody who may write the file, then read it here.",
                "请由有写权限的用户打开一次，然后再在此读取。"
            ),
            Self::Newer => said!(
                "Install the newer version, or end the other program that has the store open.",
                "请安装更新的版本，或结束打开该数据文件的另一个程序。"
            ),
            Self::Corrupt(_) => {
                said!("Restore a backup of the file; keep the damaged one.", "请恢复该文件的备份，并保留损坏的文件。")
            }
            Self::Busy { .. } => {
                said!("Try again, or wait longer with --wait SECONDS.", "请重试，或用 --wait 秒数 多等一会儿。")
            }
            Self::NoSpace => said!("Make room on the disk; nothing was changed.", "请腾出磁盘空间；没有任何更改。"),
            Self::Reopen => {
                said!(
                    "Run the program again; what was saved before is safe.",
                    "请重新运行程序；此前保存的内容是安全的。"
                )
            }
            Self::Replaced(_) => said!(
                "Start again: that opens the file that has the name now.",
                "请重新运行：将打开现在使用该名称的文件。"
            ),
            Self::Doubtful(_) => said!(
                "Look whether it is there before it is done again: crm undo --list.",
                "重试之前请先查看是否已保存：crm undo --list。"
            ),
            Self::TooLarge(_) | Self::Io(_) => return None,
        })
    }
}

impl From<io::Error> for EngineError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Self::NoSpace,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::UnexpectedEof => Self::Corrupt("the file is cut short".to_owned()),
            _ => Self::Io(error),
        }
    }
}

impl From<EngineError> for Error {
    fn from(error: EngineError) -> Self {
        let kind = match error {
            EngineError::Busy { .. } => ErrorKind::Busy,
            EngineError::Replaced(_) => ErrorKind::Conflict,
            _ => ErrorKind::Failure,
        };
        Self::new(kind, error.said()).hint_of(error.hint().as_ref())
    }
}
