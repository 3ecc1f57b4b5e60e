//! A program that would notice being run, and a toolchain that notes what it is asked.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Leaves a file behind wherever it is run: build script, procedural macro, wrapper, configured compiler.
const MARK: &str = "ran";

/// Lints a program with all that cargo would run of it, in a world where there is no other program than a cargo and a
/// rustc that note their arguments.
pub(crate) fn only_the_toolchain_was_asked() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| dir.path().join(name);
    let mark = at(MARK);
    let leave_mark = format!("std::fs::write({:?}, \"\").unwrap();", mark);
    let package = |name: &str, more: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{more}")
    };
    write(&at("app/Cargo.toml"), &package("app", "[dependencies]\nmakes = { path = \"../makes\" }\n"));
    write(&at("app/build.rs"), &format!("fn main() {{ {leave_mark} }}\n"));
    write(
        &at("app/src/main.rs"),
        "makes::nothing!();\nfn main() { unsafe { fork(); } }\nextern \"C\" { fn fork() -> i32; }\n",
    );
    write(&at("makes/Cargo.toml"), &package("makes", "[lib]\nproc-macro = true\n"));
    let makes = format!(
        "#[proc_macro]\npub fn nothing(input: proc_macro::TokenStream) -> proc_macro::TokenStream {{ {leave_mark} input }}\n"
    );
    write(&at("makes/src/lib.rs"), &makes);
    let wrapper = script(&at("wrapper"), &format!("touch '{}'\nexec \"$@\"\n", mark.display()));
    let config =
        format!("[build]\nrustc = {wrapper:?}\nrustc-wrapper = {wrapper:?}\nrustc-workspace-wrapper = {wrapper:?}\n");
    write(&at("app/.cargo/config.toml"), &config);

    let log = at("log");
    let noting = |name: &str, real: &Path| {
        let text = format!("echo \"{name} $*\" >> '{}'\nexec '{}' \"$@\"\n", log.display(), real.display());
        script(&at("bin").join(name), &text)
    };
    let (cargo, rustc) = (noting("cargo", &tool("cargo")), noting("rustc", &tool("rustc")));
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-fork-lint"))
        .args(["fork-lint", "--offline", "--show", "notes"])
        .current_dir(at("app"))
        .env("PATH", at("bin"))
        .env("CARGO", cargo)
        .env("RUSTC", rustc)
        .output()
        .expect("the linter starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("warning[child-returns]"), "{said}");

    let log = fs::read_to_string(log).expect("the toolchain was asked");
    assert!(log.contains("cargo metadata") && log.contains("--print"), "{log}");
    for line in log.lines() {
        let asked = line.starts_with("cargo metadata ") || line == "rustc -vV";
        assert!(asked || (line.starts_with("rustc ") && line.contains("--print")), "{line}");
    }
    assert!(!mark.exists(), "something of the program was run");
    let target = fs::read_dir(at("app/target")).expect("the cache's folder");
    let made: Vec<_> = target.map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(made.iter().all(|name| name == "fork-lint" || name == "CACHEDIR.TAG"), "{made:?}");
}

/// A program of the toolchain itself, not the one that looks for it.
fn tool(name: &str) -> PathBuf {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output().expect("rustc");
    let sysroot = String::from_utf8(output.stdout).expect("a path");
    Path::new(sysroot.trim_end()).join("bin").join(name)
}

fn script(path: &Path, text: &str) -> PathBuf {
    write(path, &format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{text}"));
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a program");
    path.to_owned()
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
