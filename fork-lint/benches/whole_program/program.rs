//! The program that is read: a copy that can be changed, with one of its dependencies.

use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::{Metadata, MetadataCommand};
use tempfile::TempDir;

use crate::Outcome;

/// A dependency in the middle: three crates of the program name it, eight rest on it, and it is not small.
const MIDDLE: &str = "h2";
/// Where its function ends up whose body changes from round to round.
const CHANGING: &str = "src/bench_changing.rs";

/// The copy, and what is measured on it.
pub(crate) struct Program {
    folder: TempDir,
    /// Crates that cargo compiles for it on this machine.
    pub(crate) crates: usize,
    /// The compiler itself.
    rustc: PathBuf,
}

impl Program {
    /// Copies the program and one dependency, and has cargo fetch the others.
    pub(crate) fn prepare() -> Outcome<Program> {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/program");
        let folder = tempfile::tempdir()?;
        let sysroot = rustc(&["--print", "sysroot"])?;
        let mut program = Program { folder, crates: 0, rustc: Path::new(sysroot.trim_end()).join("bin/rustc") };
        copy(&source.join("src"), &program.at("program/src"))?;
        for file in ["Cargo.toml", "Cargo.lock"] {
            fs::copy(source.join(file), program.at("program").join(file))?;
        }
        let fetched = cargo(&program.manifest()).args(["fetch", "--locked"]).status()?;
        if !fetched.success() {
            return Err("the program's dependencies could not be fetched".into());
        }
        let metadata = program.metadata(&["--locked"])?;
        let middle = metadata.packages.iter().find(|package| package.name == MIDDLE).ok_or("no crate to change")?;
        let root = middle.manifest_path.parent().ok_or("a manifest without a folder")?;
        copy(root.as_std_path(), &program.at("middle"))?;
        let patch = format!("\n[patch.crates-io]\n{MIDDLE} = {{ path = \"../middle\" }}\n");
        append(&program.manifest(), &patch)?;
        append(&program.at("middle/src/lib.rs"), "\nmod bench_changing;\n")?;
        program.change_body(usize::MAX)?;
        // Writes the lock file.
        let metadata = program.metadata(&[])?;
        let nodes = metadata.resolve.ok_or("no dependency graph")?.nodes;
        program.crates = nodes.iter().map(|node| &node.id).collect::<HashSet<_>>().len();
        Ok(program)
    }

    /// How many files the linter reads, and of how many MB in all. They are listed in [`Program::files`].
    pub(crate) fn list(&self, myself: &Path) -> Outcome<(usize, f64)> {
        let output = Command::new(myself).arg("list").arg(self.manifest()).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        let list = String::from_utf8(output.stdout)?;
        let bytes: u64 = list.lines().map(|path| fs::metadata(path).map_or(0, |data| data.len())).sum();
        fs::write(self.files(), &list)?;
        Ok((list.lines().count(), bytes as f64 / 1e6))
    }

    /// The file that names all files read.
    pub(crate) fn files(&self) -> PathBuf {
        self.at("files")
    }

    /// The linter, as users run it.
    pub(crate) fn lint(&self, threads: usize) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-fork-lint"));
        command.arg("--manifest-path").arg(self.manifest()).arg("--cache-dir").arg(self.at("cache"));
        command.args(["--offline", "--threads"]).arg(threads.to_string());
        command
    }

    /// The compiler's front half on the whole program.
    pub(crate) fn check(&self, threads: usize) -> Command {
        let mut command = cargo(&self.manifest());
        command.args(["check", "--offline", "--quiet", "--jobs"]).arg(threads.to_string());
        command.env("CARGO_TARGET_DIR", self.at("target"));
        // A dependency's own rust-toolchain.toml must not choose the compiler.
        command.env("RUSTC", &self.rustc);
        command
    }

    /// Forgets all that earlier runs of the linter kept.
    pub(crate) fn empty_cache(&self) -> Outcome<()> {
        remove(&self.at("cache"))
    }

    /// Forgets all that cargo has built.
    pub(crate) fn clean(&self) -> Outcome<()> {
        remove(&self.at("target"))
    }

    /// A new function in the program itself.
    pub(crate) fn change_program(&self, round: usize) -> Outcome<()> {
        append(&self.at("program/src/main.rs"), &format!("\n#[expect(dead_code)]\nfn bench_{round}() {{}}\n"))
    }

    /// Another body of a function in the middle.
    pub(crate) fn change_body(&self, round: usize) -> Outcome<()> {
        let text = format!("#[allow(dead_code)]\nfn changing() -> usize {{\n    {round}\n}}\n");
        Ok(fs::write(self.at("middle").join(CHANGING), text)?)
    }

    /// A new public function in the middle.
    pub(crate) fn add_public(&self, round: usize) -> Outcome<()> {
        append(&self.at("middle/src/lib.rs"), &format!("\n/// Added.\npub fn bench_{round}() {{}}\n"))
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn manifest(&self) -> PathBuf {
        self.at("program/Cargo.toml")
    }

    fn metadata(&self, flags: &[&str]) -> Outcome<Metadata> {
        let host = rustc_host()?;
        let flags = [&["--offline", "--filter-platform", &host], flags].concat();
        let options = flags.into_iter().map(str::to_owned).collect::<Vec<_>>();
        Ok(MetadataCommand::new().manifest_path(self.manifest()).other_options(options).exec()?)
    }
}

fn cargo(manifest: &Path) -> Command {
    let mut command = Command::new(env!("CARGO"));
    // Where cargo bench was started must not decide what is compiled.
    command.current_dir(manifest.parent().unwrap_or(manifest));
    command
}

fn rustc_host() -> Outcome<String> {
    let text = rustc(&["-vV"])?;
    Ok(text.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc names no host")?.to_owned())
}

fn rustc(words: &[&str]) -> Outcome<String> {
    Ok(String::from_utf8(Command::new("rustc").args(words).output()?.stdout)?)
}

fn append(path: &Path, text: &str) -> Outcome<()> {
    Ok(fs::OpenOptions::new().append(true).create(true).open(path)?.write_all(text.as_bytes())?)
}

fn remove(folder: &Path) -> Outcome<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy(&entry.path(), &to)?,
            false => fs::write(&to, fs::read(entry.path())?)?,
        }
    }
    Ok(())
}
