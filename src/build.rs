//! How the program is linked on Linux: at a fixed address, with the C library inside.
//!
//! A command answers in about a millisecond, so how a process comes to life is most of what a script waits for. A
//! position-independent program of this size first relocates its tables (time zones, pinyin), 1.8 ms; the dynamic linker
//! then finds, maps and binds three libraries, 0.4 ms. Neither is needed: all code is safe Rust, which is what a random
//! address protects, and a program with its libraries inside also runs on any Linux it is copied to.
//!
//! `-C target-feature=+crt-static` would say the same, but can only be set for a target that is named, which moves the
//! program to another folder. Where the static library is missing the program is linked as usual.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// What the standard library asks the linker for, and the archive that holds it.
const LIBRARIES: &[(&str, &str)] = &[
    ("c", "c"),
    ("m", "m"),
    ("gcc_s", "gcc_eh"),
    ("dl", "dl"),
    ("pthread", "pthread"),
    ("rt", "rt"),
    ("util", "util"),
];

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=src/build.rs");
    let is = |name: &str, wanted: &str| env::var(name).is_ok_and(|value| value == wanted);
    let native = env::var("TARGET").is_ok_and(|target| is("HOST", &target));
    if !(is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu")) {
        return Ok(());
    }
    println!("cargo:rustc-link-arg-bins=-no-pie");
    if native && libraries_inside(&PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()))? {
        println!("cargo:rustc-link-arg-bins=-static");
    } else {
        // Of the C library's functions a command calls a few: they are looked up when they are called.
        println!("cargo:rustc-link-arg-bins=-Wl,-z,lazy");
    }
    Ok(())
}

/// Puts a linker script in `folder` under each shared library's name that names the archive instead; false, and none of
/// them, where an archive is missing.
fn libraries_inside(folder: &Path) -> io::Result<bool> {
    let Some(helpers) = archive("gcc") else { return Ok(false) };
    let mut scripts = Vec::new();
    for (asked, found) in LIBRARIES {
        let Some(archive) = archive(found) else { return Ok(false) };
        scripts.push((format!("lib{asked}.so"), format!("GROUP({} {})\n", archive.display(), helpers.display())));
    }
    let folder = folder.join("static");
    fs::create_dir_all(&folder)?;
    for (name, script) in scripts {
        fs::write(folder.join(name), script)?;
    }
    println!("cargo:rustc-link-arg-bins=-L{}", folder.display());
    Ok(true)
}

/// Where the C compiler finds an archive.
fn archive(name: &str) -> Option<PathBuf> {
    let compiler = env::var_os("RUSTC_LINKER").unwrap_or_else(|| "cc".into());
    let answer = Command::new(compiler).arg(format!("-print-file-name=lib{name}.a")).output().ok()?;
    let path = PathBuf::from(String::from_utf8(answer.stdout).ok()?.trim());
    path.is_absolute().then(|| path.canonicalize().ok()).flatten()
}
