//! Whether a process is there that has left its number somewhere.

/// Whether a process of this number is there. Where that cannot be told, it is.
#[cfg(unix)]
pub(super) fn lives(pid: u32) -> bool {
    use rustix::{io::Errno, process};
    let found = i32::try_from(pid).ok().and_then(process::Pid::from_raw);
    found.is_none_or(|found| process::test_kill_process(found) != Err(Errno::SRCH)) && !has_ended(pid)
}

#[cfg(not(unix))]
pub(super) const fn lives(_: u32) -> bool {
    true
}

/// Whether a process has ended and only its number is left, because nobody has asked how it ended; as Linux tells.
#[cfg(unix)]
fn has_ended(pid: u32) -> bool {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else { return false };
    // Its name stands in parentheses, and may hold any others.
    stat.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with(['Z', 'X']))
}

#[cfg(target_os = "linux")]
#[cfg(test)]
mod tests {
    use super::*;
    use std::{process::Command, thread::sleep, time::Duration};

    #[test]
    fn a_process_that_nobody_has_asked_about_is_dead_all_the_same() {
        let mut process = Command::new("sleep").arg("1000").spawn().unwrap();
        assert!(lives(process.id()));
        process.kill().unwrap();
        let ended = (0..1000).any(|_| {
            sleep(Duration::from_millis(10));
            !lives(process.id())
        });
        assert!(ended);
        process.wait().unwrap();
        assert!(!lives(process.id()));
    }
}
