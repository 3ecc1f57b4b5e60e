//! What the macros cost at compile time: 200 annotated items against the same without, and a clean build of this crate
//! against one of `serde_derive`. Works in a temporary folder, with cargo offline. `-- items` or `-- builds` runs one half.

#[path = "../../fork-runtime/benches/common/mod.rs"]
#[expect(dead_code, reason = "what is measured here is longer than a call")]
mod common;

use common::compare;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let asked: Vec<String> = std::env::args().collect();
    let only = |half: &str| asked.iter().any(|word| word == half);
    if !only("builds") {
        items(folder.path())?;
    }
    if !only("items") {
        builds(folder.path())?;
    }
    Ok(())
}

/// 100 functions, 60 types and 40 blocks of methods, and the crate that they are in.
fn items(folder: &Path) -> Outcome<()> {
    let made = |name: &str, annotated: bool| -> Outcome<PathBuf> {
        let dependency = format!("fork-runtime = {{ path = {:?}, features = [\"macros\"] }}", sibling("fork-runtime"));
        package(&folder.join(name), &dependency, &source(annotated))
    };
    let with = made("with", true)?;
    let without = made("without", false)?;
    // Dependencies first. cargo does not optimise macros unless told so.
    let (plain, optimised) = (folder.join("plain"), folder.join("optimised"));
    check(&without, &plain, "0")?;
    check(&with, &plain, "0")?;
    check(&with, &optimised, "2")?;
    let timed = |package: PathBuf, target: PathBuf, level: &'static str| -> Box<dyn FnMut() -> f64> {
        Box::new(move || touch(&package).and_then(|()| check(&package, &target, level)).unwrap_or(f64::NAN))
    };
    let rows = vec![
        ("200 items, not annotated", timed(without, plain.clone(), "0")),
        ("200 items, annotated", timed(with.clone(), plain, "0")),
        ("the same, build-override.opt-level = 2", timed(with, optimised, "2")),
    ];
    compare("cargo check of one crate, dependencies built", 7, rows);
    Ok(())
}

fn source(annotated: bool) -> String {
    let word = |text: &'static str| if annotated { text } else { "" };
    let mut code = String::from("#![allow(dead_code, unused_imports)]\nuse fork_runtime::{ForkGuard, fork_safe};\n");
    for at in 0..100 {
        let _ = write!(
            code,
            "{}\nfn function_{at}(fd: i32, bytes: &[u8]) -> Option<usize> {{
                let mut sum = 0_usize;
                for (index, byte) in bytes.iter().enumerate() {{
                    if *byte == 0 {{ return None; }}
                    sum = sum.wrapping_add(index * usize::from(*byte));
                }}
                let end = bytes.len().checked_sub(1)?;
                bytes.get(end).map(|last| sum ^ usize::from(*last) ^ fd.unsigned_abs() as usize)
            }}\n",
            word("#[fork_safe]"),
        );
    }
    for at in 0..60 {
        let _ = write!(
            code,
            "{}\nstruct Type{at} {{ name: String, {} count: u64, {} open: Option<std::fs::File>, {} guard: ForkGuard }}\n",
            word("#[fork_safe]"),
            word("#[fork(reset)]"),
            word("#[fork(discard)]"),
            word("#[fork(reset)]"),
        );
    }
    for at in 0..40 {
        let _ = write!(
            code,
            "{}\nimpl Type{at} {{
                pub fn next(&mut self) -> u64 {{ self.count += 1; self.count }}
                pub fn rename(&mut self, name: &str) {{ self.name.clear(); self.name.push_str(name); }}
            }}\n",
            word("#[fork_safe(check = self.guard)]"),
        );
    }
    code
}

/// The crate and what it is built from, and nothing else.
fn builds(folder: &Path) -> Outcome<()> {
    let ours = format!("fork-guard-macros = {{ path = {:?} }}", sibling("fork-guard-macros"));
    let theirs = "serde_derive = \"1\"".to_owned();
    let made = |name: &str, dependency: &str| package(&folder.join(name), dependency, "");
    let (ours, theirs) = (made("ours", &ours)?, made("theirs", &theirs)?);
    let clean = |package: PathBuf| -> Box<dyn FnMut() -> f64 + '_> {
        Box::new(move || {
            let target = folder.join("clean");
            let _ = std::fs::remove_dir_all(&target);
            cargo(&package, &target, &["build"]).unwrap_or(f64::NAN)
        })
    };
    if cargo(&theirs, &folder.join("clean"), &["metadata", "--format-version", "1"]).is_err() {
        return Err("serde_derive is not in cargo's registry folder: not measured".into());
    }
    let rows = vec![("serde_derive", clean(theirs)), ("fork-guard-macros", clean(ours))];
    compare("clean cargo build, dependencies included", 3, rows);
    Ok(())
}

fn sibling(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

fn package(folder: &Path, dependency: &str, source: &str) -> Outcome<PathBuf> {
    std::fs::create_dir_all(folder.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"measured\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n{dependency}\n"
    );
    std::fs::write(folder.join("Cargo.toml"), manifest)?;
    std::fs::write(folder.join("src/lib.rs"), source)?;
    // The versions that this workspace has, which are there.
    std::fs::copy(sibling("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(folder.to_owned())
}

fn touch(package: &Path) -> Outcome<()> {
    let file = package.join("src/lib.rs");
    let text = std::fs::read(&file)?;
    Ok(std::fs::write(file, text)?)
}

/// Nanoseconds of a `cargo check`; incremental compilation would leave the macros out.
fn check(package: &Path, target: &Path, level: &str) -> Outcome<f64> {
    cargo(package, target, &["check", "--config", &format!("profile.dev.build-override.opt-level={level}")])
}

fn cargo(package: &Path, target: &Path, arguments: &[&str]) -> Outcome<f64> {
    let start = Instant::now();
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--quiet", "--manifest-path"])
        .arg(package.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .stdin(Stdio::null())
        .output()?;
    let took = start.elapsed();
    if output.status.success() {
        Ok(took.as_nanos() as f64)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
    }
}
