//! The program as people get it.
//!
//! Beside a bench cargo builds another one: what tests and benches depend on asks more of shared libraries, and so
//! compiles other code into it.

use std::{path::Path, process::Command};

/// Builds it, where it is not built yet, and says where it is.
pub(crate) fn program() -> Result<&'static Path, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--release", "--bin", "crm", "--manifest-path", manifest])
        .status()
        .map_err(|error| error.to_string())?;
    if built.success() { Ok(Path::new(env!("CARGO_BIN_EXE_crm"))) } else { Err("the program cannot be built".into()) }
}
