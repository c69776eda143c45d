//! Settings that are changed in the file.

use super::*;
use crate::{error::ErrorKind, text::Lang};

const WAIT: Duration = Duration::from_secs(60);

fn set_text(path: &Path, code: &str, text: &str) -> Result<()> {
    set(path, code, OsStr::new(text), WAIT)
}

#[test]
fn a_first_value_makes_folder_and_file_for_their_owner_only() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("config/crm/config.toml");
    set_text(&path, "currency", "rmb").unwrap();
    set_text(&path, "service.response.high", "90 min").unwrap();
    set_text(&path, "wait", "2.5").unwrap();
    set_text(&path, "ascii", "on").unwrap();
    let expected = "currency = \"CNY\"\nwait = 2.5\nascii = true\n\n[service.response]\nhigh = \"1h30m\"\n";
    assert_eq!(fs::read_to_string(&path).unwrap(), expected);
    let mut names: Vec<_> =
        fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["config.toml", "config.toml.lock"], "a draft is left behind");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    }
}

#[test]
fn all_of_many_changes_at_once_are_kept() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("config.toml");
    let settings = [
        ("lang", "zh"),
        ("tz", "UTC"),
        ("currency", "EUR"),
        ("week_start", "sun"),
        ("color", "never"),
        ("wait", "7"),
        ("theme", "night"),
        ("ascii", "yes"),
    ];
    for _ in 0..5 {
        thread::scope(|scope| {
            for (code, text) in settings {
                let path = &path;
                scope.spawn(move || set_text(path, code, text).unwrap());
            }
        });
        let kept = fs::read_to_string(&path).unwrap();
        assert_eq!(kept.lines().count(), settings.len(), "{kept}");
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn who_waits_for_another_process_gives_up_in_time_and_says_whom_to_look_for() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("config.toml");
    let held = turn(&path, WAIT).unwrap();
    let wait = wait(Some("0.05")).unwrap();
    for busy in [set(&path, "lang", OsStr::new("zh"), wait).unwrap_err(), turn(&path, Duration::ZERO).unwrap_err()] {
        assert_eq!(busy.kind(), ErrorKind::Busy);
        assert!(busy.next_step(Lang::En).unwrap().contains("config.toml.lock open"), "{busy:?}");
    }
    drop(held);
    set(&path, "lang", OsStr::new("zh"), wait).unwrap();
    assert_eq!(super::wait(Some("soon")).unwrap_err().kind(), ErrorKind::Invalid);
    assert_eq!(super::wait(None).unwrap(), Duration::from_secs(5));
}

#[test]
fn comments_order_and_spelling_of_tables_stay() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("config.toml");
    let before = "# ours\ntz = 'UTC' # head office\n\n# service\nservice.response = { low = \"1d\" }\n\nlang='en'\n";
    fs::write(&path, before).unwrap();
    set_text(&path, "tz", "Asia/Shanghai").unwrap();
    set_text(&path, "service.response.low", "2d").unwrap();
    let after = before.replace("'UTC'", "\"Asia/Shanghai\"").replace("1d", "2d");
    assert_eq!(fs::read_to_string(&path).unwrap(), after);

    assert!(unset(&path, "service.response.low", WAIT).unwrap());
    assert!(unset(&path, "lang", WAIT).unwrap());
    assert!(!unset(&path, "lang", WAIT).unwrap());
    assert!(!unset(&path, "service.resolution.low", WAIT).unwrap());
    let left = fs::read_to_string(&path).unwrap();
    assert!(left.starts_with("# ours\ntz = \"Asia/Shanghai\" # head office\n"), "{left}");
    assert!(!left.contains("lang") && !left.contains("2d"), "{left}");
}

#[test]
fn what_is_refused_changes_nothing() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("config.toml");
    let bad = set_text(&path, "lang", "fr").unwrap_err();
    assert_eq!((bad.kind(), &*bad.message(Lang::En)), (ErrorKind::Invalid, "lang: 'fr' is not a language of crm"));
    assert_eq!(set_text(&path, "store", "here.redb").unwrap_err().kind(), ErrorKind::Invalid);
    let unknown = set_text(&path, "curency", "CNY").unwrap_err();
    assert_eq!(unknown.next_step(Lang::En), Some("did you mean currency?"));
    assert_eq!(unset(&path, "curency", WAIT).unwrap_err().kind(), ErrorKind::Usage);
    assert!(!path.exists());

    for text in ["tz = 'UTC'\nlang =\n", "service = 3\n"] {
        fs::write(&path, text).unwrap();
        assert!(set_text(&path, "service.response.low", "2d").is_err(), "{text}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_ordinary_file_stays_as_it_is() {
    let root = tempfile::tempdir().unwrap();
    let (socket, link) = (root.path().join("socket"), root.path().join("config.toml"));
    let _held = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    std::os::unix::fs::symlink(&socket, &link).unwrap();
    for path in [&socket, &link, &root.path().to_owned()] {
        let error = set_text(path, "lang", "zh").unwrap_err();
        assert!(error.message(Lang::En).ends_with("is no ordinary file"), "{error:?}");
    }
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 2, "not even a lock is made");
}

#[cfg(unix)]
#[test]
fn a_link_to_the_file_stays_a_link() {
    let root = tempfile::tempdir().unwrap();
    let (real, link) = (root.path().join("dotfiles.toml"), root.path().join("config.toml"));
    fs::write(&real, "").unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    set_text(&link, "lang", "zh").unwrap();
    assert_eq!(fs::read_to_string(&real).unwrap(), "lang = \"zh\"\n");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}
