//! Whether a store stands where other machines write too: locks do not hold there, and copies come apart.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

/// The beginnings of folder names that a service copies to other machines, and the service.
const SYNCED: [(&str, &str); 11] = [
    ("dropbox", "a folder synced by Dropbox"),
    ("icloud", "a folder synced by iCloud"),
    ("mobile documents", "a folder synced by iCloud"),
    ("com~apple~clouddocs", "a folder synced by iCloud"),
    ("onedrive", "a folder synced by OneDrive"),
    ("google drive", "a folder synced by Google Drive"),
    ("googledrive", "a folder synced by Google Drive"),
    ("nextcloud", "a folder synced by Nextcloud"),
    ("nutstore", "a folder synced by Nutstore"),
    ("坚果云", "a folder synced by Nutstore"),
    ("我的坚果云", "a folder synced by Nutstore"),
];

const NETWORK: [&str; 11] =
    ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "9p", "afs"];
const NETWORK_FOLDER: &str = "a network folder";

/// What is risky about keeping a store here, if anything: words that complete "The store is in ...".
pub fn risky_place(path: &Path) -> Option<&'static str> {
    let path = real(path);
    synced(&path).or_else(|| {
        // Elsewhere than on Linux there is no such list, and nothing is said.
        let mounts = fs::read_to_string("/proc/self/mountinfo").ok()?;
        on_network(&mounts, &path).then_some(NETWORK_FOLDER)
    })
}

/// The path without links, also where its end does not exist yet.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let found = path.ancestors().find_map(|start| Some((start, fs::canonicalize(start).ok()?)));
    match found.as_ref().map(|(start, real)| (path.strip_prefix(start), real)) {
        Some((Ok(rest), real)) if rest.as_os_str().is_empty() => real.clone(),
        Some((Ok(rest), real)) => real.join(rest),
        _ => path,
    }
}

fn synced(path: &Path) -> Option<&'static str> {
    let folders = path.parent()?.components().filter_map(|component| match component {
        Component::Normal(name) => name.to_str().map(str::to_lowercase),
        _ => None,
    });
    folders.into_iter().find_map(|folder| {
        let named = |name: &str| {
            // `OneDrive - Blue Harbor`, `GoogleDrive-ann@example.com`, but not `dropboxes`.
            folder.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        SYNCED.iter().find(|(name, _)| named(name)).map(|(_, service)| *service)
    })
}

/// Whether the innermost mount that holds the path is of another machine. `mounts` is the kernel's `mountinfo`:
/// `36 35 98:0 /root /mount/point rw,noatime master:1 - ext3 /dev/root rw`.
fn on_network(mounts: &str, path: &Path) -> bool {
    let holding = mounts.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let point = unescape(before.split(' ').nth(4)?);
        path.starts_with(&point).then(|| (Path::new(&point).components().count(), after.split(' ').next()))
    });
    // Of two mounts on one point the later hides the earlier, and `max_by_key` takes the last of equals.
    let kind = holding.max_by_key(|(depth, _)| *depth).and_then(|(_, kind)| kind);
    kind.is_some_and(|kind| NETWORK.contains(&kind))
}

/// The text with `\040` and the like as the bytes that they stand for.
fn unescape(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok();
        match (first, after.split_at_checked(3)) {
            (b'\\', Some((digits, behind))) if let Some(byte) = code(digits) => {
                out.push(byte);
                rest = behind;
            }
            _ => {
                out.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synced_folders_are_known_by_name() {
        for (path, service) in [
            ("/h/Dropbox/crm.redb", Some("Dropbox")),
            ("/h/Dropbox (Team)/a/crm.redb", Some("Dropbox")),
            ("/h/Library/Mobile Documents/com~apple~CloudDocs/crm.redb", Some("iCloud")),
            ("/h/OneDrive - Blue Harbor/crm.redb", Some("OneDrive")),
            ("/h/Library/CloudStorage/GoogleDrive-ann@example.com/crm.redb", Some("Google Drive")),
            ("/h/Google Drive/crm.redb", Some("Google Drive")),
            ("/h/Nextcloud/crm.redb", Some("Nextcloud")),
            ("/h/我的坚果云/crm.redb", Some("Nutstore")),
            ("/h/坚果云/crm.redb", Some("Nutstore")),
            ("/h/dropboxes/crm.redb", None),
            ("/h/data/dropbox", None),
            ("/h/.local/share/crm/crm.redb", None),
        ] {
            let found = synced(Path::new(path));
            assert_eq!(found.is_some(), service.is_some(), "{path}: {found:?}");
            assert!(found.unwrap_or_default().ends_with(service.unwrap_or_default()), "{path}: {found:?}");
        }
    }

    #[test]
    fn the_innermost_mount_decides() {
        let mounts = "\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
23 22 0:40 / /srv rw shared:7 - nfs4 files:/srv rw,vers=4.2
24 23 254:1 / /srv/local rw - xfs /dev/vdb rw
25 22 0:41 / /net/our\\040files rw - cifs //files/ours rw
26 22 0:42 / /over rw - nfs files:/over rw
27 26 0:43 / /over rw - tmpfs tmpfs rw
28 22 0:44 / /win rw - 9p C: rw
29 22 0:45 / /ssh rw - fuse.sshfs ann@host: rw
a broken line";
        for (path, network) in [
            ("/srv/crm.redb", true),
            ("/srv/local/crm.redb", false),
            ("/srvx/crm.redb", false),
            ("/net/our files/crm.redb", true),
            ("/net/our/crm.redb", false),
            ("/over/crm.redb", false),
            ("/win/crm.redb", true),
            ("/ssh/a/crm.redb", true),
            ("/h/crm.redb", false),
        ] {
            assert_eq!(on_network(mounts, Path::new(path)), network, "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_into_a_synced_folder_is_seen_through() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("Dropbox")).unwrap();
        std::os::unix::fs::symlink(root.path().join("Dropbox"), root.path().join("data")).unwrap();
        assert!(risky_place(&root.path().join("data/not/yet/crm.redb")).unwrap().contains("Dropbox"));
    }
}
