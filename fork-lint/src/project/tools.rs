//! The cargo and the compiler that are asked.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::run::{Ran, run};

/// The compiler answers at once; this is for a machine that stands still.
pub(super) const LIMIT: Duration = Duration::from_secs(20);

/// Both, of one toolchain.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tools {
    pub(super) cargo: PathBuf,
    pub(super) rustc: PathBuf,
}

impl Tools {
    /// Those that cargo or the user names, else those found by their names.
    pub(super) fn usual() -> Tools {
        Tools { cargo: named("CARGO", "cargo"), rustc: named("RUSTC", "rustc") }
    }

    /// Others for when those do not even start in this folder, and why: a `rust-toolchain.toml` that names a toolchain
    /// which is not installed. What is used where no project decides does for reading.
    pub(super) fn instead(&self, folder: &Path) -> Option<(Tools, String)> {
        let Ran::Badly(message) = run(Command::new(&self.rustc).arg("-vV").current_dir(folder), LIMIT) else {
            return None;
        };
        let mut command = Command::new(&self.rustc);
        command.args(["--print", "sysroot"]).current_dir("/").env_remove("RUSTUP_TOOLCHAIN");
        let Ran::Well(output) = run(&mut command, LIMIT) else { return None };
        let sysroot = PathBuf::from(String::from_utf8(output).ok()?.trim_end());
        let program = |name: &str| Some(sysroot.join("bin").join(name)).filter(|program| program.is_file());
        let tools = Tools { cargo: program("cargo")?, rustc: program("rustc")? };
        let name = sysroot.file_name().unwrap_or(sysroot.as_os_str()).display();
        Some((tools, format!("{}: the project is read with `{name}` instead", first_line(&message))))
    }
}

fn named(variable: &str, otherwise: &str) -> PathBuf {
    env::var_os(variable).filter(|set| !set.is_empty()).map_or_else(|| otherwise.into(), PathBuf::from)
}

/// What a program of the toolchain complains of.
pub(super) fn first_line(message: &str) -> String {
    let line = message.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}
