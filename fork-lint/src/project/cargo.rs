//! Asks cargo what the project is made of: bounded in time, writing nothing into the project, and with what can be
//! had when the whole cannot.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use cargo_metadata::Metadata;

use super::manifest::{on_its_own, without_dev_dependencies};
use super::run::{Ran, run};
use super::shadow::{Changes, Shadow};
use super::toolchain::Toolchain;
use super::tools::Tools;
use super::{LoadError, LoadOptions};

/// For downloads. With the shorter ones a run stays below the two minutes that many CI steps allow.
const ONLINE: Duration = Duration::from_secs(70);
/// For an answer from what is on disk.
const OFFLINE: Duration = Duration::from_secs(15);

/// The packages of the workspace, without their dependencies.
pub(super) struct Alone {
    /// What cargo said.
    pub(super) metadata: Metadata,
    /// The manifest's text that makes the package a workspace of its own, where only that made cargo read it, and
    /// what it said before.
    pub(super) isolated: Option<(String, String)>,
}

/// Reads the workspace's own packages: no network, no lock file, no compiler.
pub(super) fn alone(tools: &Tools, manifest: &Path) -> Result<Alone, LoadError> {
    let flags = ["--no-deps"].map(str::to_owned);
    let refused = match ask(tools, manifest, &flags, OFFLINE) {
        Ok(metadata) => return Ok(Alone { metadata, isolated: None }),
        Err(Failure::NoCargo(error)) => return Err(LoadError::NoCargo { program: tools.cargo.clone(), error }),
        Err(Failure::Said(message)) => message,
    };
    if let Some(text) = on_its_own(manifest)
        && let Some(root) = manifest.parent()
        && let Ok(shadow) = Shadow::of(root, &Changes { manifest: Some(text.clone()), alone: true })
        && let Ok(metadata) = shadowed(tools, &shadow, manifest, &flags, OFFLINE)
    {
        return Ok(Alone { metadata, isolated: Some((text, brief(&refused))) });
    }
    Err(LoadError::Refused { manifest: manifest.to_owned(), message: refused })
}

/// Reads the whole graph for the toolchain's target. The error says why that cannot be had.
pub(super) fn whole(
    tools: &Tools,
    manifest: &Path,
    alone: &Alone,
    toolchain: &Toolchain,
    options: &LoadOptions,
) -> Result<Metadata, String> {
    let flags = flags(options, &toolchain.triple);
    let with = |more: &[&str]| [&flags[..], &more.iter().map(|&flag| flag.to_owned()).collect::<Vec<_>>()].concat();
    let offline = options.offline || options.frozen;
    let asked_locked = options.locked || options.frozen;
    let root = alone.metadata.workspace_root.as_std_path();

    if alone.isolated.is_none() && (asked_locked || root.join("Cargo.lock").is_file()) {
        // A complete lock file and sources on disk are the usual case: no network, and nothing is written.
        let quick = ask(tools, manifest, &with(&["--locked", "--offline"]), OFFLINE);
        if let Ok(metadata) = quick {
            return Ok(metadata);
        }
        if asked_locked {
            let again = if offline { quick } else { ask(tools, manifest, &with(&["--locked"]), ONLINE) };
            return again.map_err(|failure| failure.brief(tools));
        }
    }
    let changes = changes(root, alone, options);
    let shadow = Shadow::of(root, &changes).map_err(|error| format!("no temporary copy could be made: {error}"))?;
    let mut why = None;
    for (more, limit) in [(&[][..], ONLINE), (&["--offline"][..], OFFLINE)] {
        if offline && more.is_empty() {
            continue;
        }
        match shadowed(tools, &shadow, manifest, &with(more), limit) {
            Ok(metadata) => return Ok(metadata),
            // The first reason is the one that matters: what fails offline may only be what is not downloaded.
            Err(failure) => why = why.or(Some(failure.brief(tools))),
        }
    }
    Err(why.unwrap_or_default())
}

/// What the stand-in leaves out of the root's manifest.
fn changes(root: &Path, alone: &Alone, options: &LoadOptions) -> Changes {
    let isolated = alone.isolated.as_ref().map(|(text, _)| text.clone());
    let only_package = alone.metadata.packages.len() == 1;
    let text = isolated.clone().or_else(|| fs::read_to_string(root.join("Cargo.toml")).ok());
    let trimmed =
        text.filter(|_| only_package && !options.all_targets).and_then(|text| without_dev_dependencies(&text));
    Changes { alone: isolated.is_some(), manifest: trimmed.or(isolated) }
}

enum Failure {
    NoCargo(io::Error),
    Said(String),
}

impl Failure {
    fn brief(&self, tools: &Tools) -> String {
        match self {
            Failure::NoCargo(error) => format!("cannot run `{}`: {error}", tools.cargo.display()),
            Failure::Said(message) => brief(message),
        }
    }
}

fn shadowed(
    tools: &Tools,
    shadow: &Shadow,
    manifest: &Path,
    flags: &[String],
    limit: Duration,
) -> Result<Metadata, Failure> {
    match ask(tools, &shadow.path(manifest), flags, limit) {
        Ok(mut metadata) => {
            shadow.restore(&mut metadata);
            Ok(metadata)
        }
        Err(Failure::Said(message)) => Err(Failure::Said(shadow.restore_text(&message))),
        Err(failure) => Err(failure),
    }
}

fn ask(tools: &Tools, manifest: &Path, flags: &[String], limit: Duration) -> Result<Metadata, Failure> {
    let mut command = Command::new(&tools.cargo);
    command.args(["metadata", "--format-version=1", "--quiet", "--color=never", "--manifest-path"]);
    command.arg(manifest).args(flags);
    // A project's configuration can name a compiler or a wrapper of its own; nothing of the project is run.
    command.env("RUSTC", &tools.rustc).env("RUSTC_WRAPPER", "").env("RUSTC_WORKSPACE_WRAPPER", "");
    // Cargo's note of the compiler's version goes into the project's target folder.
    command.env("CARGO_CACHE_RUSTC_INFO", "0");
    match run(&mut command, limit) {
        Ran::Well(output) => {
            let text = String::from_utf8(output).map_err(|error| Failure::Said(error.to_string()))?;
            let unreadable = |error| Failure::Said(format!("its metadata is not readable: {error}"));
            serde_json::from_str(&text).map_err(unreadable)
        }
        Ran::Badly(message) => Err(Failure::Said(message.strip_prefix("error: ").unwrap_or(&message).to_owned())),
        Ran::TooLong(limit) => Err(Failure::Said(format!("no answer from cargo in {} s", limit.as_secs()))),
        Ran::NotStarted(error) => Err(Failure::NoCargo(error)),
    }
}

fn flags(options: &LoadOptions, triple: &str) -> Vec<String> {
    let mut flags = vec!["--filter-platform".to_owned(), triple.to_owned()];
    if !options.features.is_empty() {
        flags.extend(["--features".to_owned(), options.features.join(",")]);
    }
    flags.extend(options.all_features.then(|| "--all-features".to_owned()));
    flags.extend(options.no_default_features.then(|| "--no-default-features".to_owned()));
    flags
}

/// What failed, and its deepest cause, on one line.
fn brief(message: &str) -> String {
    let mut lines = message.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let after_cause = message.rsplit_once("Caused by:").map(|(_, cause)| cause.trim());
    match after_cause.and_then(|cause| cause.lines().next()) {
        Some(cause) => format!("{first}: {}", cause.trim()),
        None => first.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brief_has_the_first_line_and_the_deepest_cause() {
        let message = "failed to get `x`\n\nCaused by:\n  download failed\n\nCaused by:\n  [6] no host\n  more";
        assert_eq!(brief(message), "failed to get `x`: [6] no host");
        assert_eq!(brief("one line"), "one line");
        assert_eq!(brief(""), "");
    }
}
