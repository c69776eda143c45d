//! How the program is linked on Linux: at a fixed address, with the C library inside.
//!
//! A command answers in about a millisecond, so how a process comes to life is most of what a script waits for. A
//! position-independent program of this size first relocates its tables (time zones, pinyin), 1.8 ms; the dynamic linker
//! then finds, maps and binds three libraries, 0.4 ms. Neither is needed: all code is safe Rust, which is what a random
//! address protects, and a program with its libraries inside also runs on any Linux it is copied to.
//!
//! `-C target-feature=+crt-static` would say the same, but can only be set for a target that is named, which moves the
//! program to another folder. Where the static library is missing the program is linked as usual.
//!
//! What is left is mostly the system bringing the program into memory, 64 KB around whatever runs first. A short command
//! runs 700 KB of 9 MB in some 80 such places; `order.txt` names its functions, which `benches/order.rs` found, so that
//! they lie in a dozen. A name that no longer exists does no harm.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

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

/// The functions that come first.
const ORDER: &str = "src/order.txt";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=src/build.rs");
    println!("cargo:rerun-if-changed={ORDER}");
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
    if native && takes_order() {
        let order = env::current_dir()?.join(ORDER);
        println!("cargo:rustc-link-arg-bins=-Wl,--no-warn-symbol-ordering");
        // The path may hold a comma, at which `-Wl` would cut it.
        println!("cargo:rustc-link-arg-bins=-Xlinker");
        println!("cargo:rustc-link-arg-bins=--symbol-ordering-file={}", order.display());
    }
    Ok(())
}

/// Whether the linker is LLVM's, which comes with the compiler and which it uses on x86-64 unless it is told otherwise:
/// others know no such option.
fn takes_order() -> bool {
    let (Some(compiler), Ok(host)) = (env::var_os("RUSTC"), env::var("HOST")) else { return false };
    let told = env::var("CARGO_ENCODED_RUSTFLAGS").is_ok_and(|flags| flags.contains("link"));
    if host != "x86_64-unknown-linux-gnu" || env::var_os("RUSTC_LINKER").is_some() || told {
        return false;
    }
    let Ok(answer) = Command::new(compiler).args(["--print", "sysroot"]).output() else { return false };
    let root = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
    Path::new(&root).join("lib/rustlib").join(host).join("bin/gcc-ld/ld.lld").exists()
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
