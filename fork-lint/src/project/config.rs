//! What cargo's own configuration says about the target and the compiler's flags. Read as data: no program that a
//! configuration names is run.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::CfgSet;

/// The configuration that applies in a folder, the nearest file first.
#[derive(Default)]
pub(super) struct CargoConfig {
    files: Vec<Table>,
}

impl CargoConfig {
    /// Reads the files that cargo would read when it is run in `folder`. Files that do not parse are left to cargo to
    /// complain about.
    pub(super) fn read(folder: &Path) -> CargoConfig {
        let folders = folder.ancestors().map(|at| at.join(".cargo"));
        let mut files: Vec<PathBuf> = Vec::new();
        for dir in folders.chain(cargo_home()) {
            let named = ["config", "config.toml"].map(|name| dir.join(name));
            files.extend(named.into_iter().find(|file| file.is_file()).filter(|file| !files.contains(file)));
        }
        let parse = |file: PathBuf| fs::read_to_string(file).ok()?.parse::<Table>().ok();
        CargoConfig { files: files.into_iter().filter_map(parse).collect() }
    }

    /// The one target that is built for, if one is configured.
    pub(super) fn target(&self) -> Option<String> {
        if let Some(target) = variable("CARGO_BUILD_TARGET") {
            return Some(target);
        }
        self.target_in_files()
    }

    fn target_in_files(&self) -> Option<String> {
        let configured = self.files.iter().find_map(|file| file.get("build")?.get("target"))?;
        match configured {
            Value::String(target) => Some(target.clone()),
            Value::Array(targets) => targets.first()?.as_str().map(str::to_owned),
            _ => None,
        }
    }

    /// Flags for every crate of the target, from the first source that has any, in cargo's order. `cfg` is the
    /// target's own configuration, before the flags.
    pub(super) fn rustflags(&self, triple: &str, cfg: &CfgSet) -> Vec<String> {
        if let Some(flags) = env::var("CARGO_ENCODED_RUSTFLAGS").ok().filter(|flags| !flags.is_empty()) {
            return flags.split('\u{1f}').map(str::to_owned).collect();
        }
        if let Some(flags) = variable("RUSTFLAGS") {
            return words(&flags);
        }
        let for_target = self.flags_of_target(triple, cfg);
        if !for_target.is_empty() {
            return for_target;
        }
        match variable("CARGO_BUILD_RUSTFLAGS") {
            Some(flags) => words(&flags),
            None => self.flags_of_build(),
        }
    }

    fn flags_of_target(&self, triple: &str, cfg: &CfgSet) -> Vec<String> {
        let mut flags = Vec::new();
        for file in &self.files {
            let targets = file.get("target").and_then(Value::as_table);
            for (name, target) in targets.into_iter().flatten() {
                let applies = name == triple || applies(name, cfg);
                flags.extend(target.get("rustflags").filter(|_| applies).into_iter().flat_map(list));
            }
        }
        flags
    }

    fn flags_of_build(&self) -> Vec<String> {
        self.files.iter().filter_map(|file| file.get("build")?.get("rustflags")).flat_map(list).collect()
    }
}

/// Whether `cfg(..)`, as a table's name or a dependency's target, holds. A plain triple does not.
pub(super) fn applies(target: &str, cfg: &CfgSet) -> bool {
    target.starts_with("cfg(") && syn::parse_str::<syn::Meta>(target).is_ok_and(|meta| cfg.eval(&meta))
}

/// Of the compiler's flags those that change the configuration: `--cfg` and the target's features.
pub(super) fn that_set_cfg(flags: &[String]) -> Vec<String> {
    let mut kept = Vec::new();
    let mut flags = flags.iter();
    while let Some(flag) = flags.next() {
        let (kind, value) = match flag.as_str() {
            "--cfg" | "-C" | "--codegen" => (if flag == "--cfg" { "--cfg" } else { "-C" }, flags.next().cloned()),
            flag => match (flag.strip_prefix("--cfg="), flag.strip_prefix("-C")) {
                (Some(value), _) => ("--cfg", Some(value.to_owned())),
                (_, Some(value)) => ("-C", Some(value.to_owned())),
                _ => continue,
            },
        };
        let matters = |value: &String| {
            let key = value.split('=').next().unwrap_or_default().replace('_', "-");
            kind == "--cfg" || matches!(key.as_str(), "target-feature" | "target-cpu" | "panic" | "debug-assertions")
        };
        if let Some(value) = value.filter(matters) {
            kept.extend([kind.to_owned(), value]);
        }
    }
    kept
}

fn cargo_home() -> Option<PathBuf> {
    let set = env::var_os("CARGO_HOME").filter(|home| !home.is_empty()).map(PathBuf::from);
    set.or_else(|| Some(env::home_dir()?.join(".cargo")))
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

fn words(flags: &str) -> Vec<String> {
    flags.split_whitespace().map(str::to_owned).collect()
}

fn list(value: &Value) -> Vec<String> {
    match value {
        Value::String(flags) => words(flags),
        Value::Array(flags) => flags.iter().filter_map(|flag| flag.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(files: &[&str]) -> CargoConfig {
        CargoConfig { files: files.iter().map(|text| text.parse().expect("toml")).collect() }
    }

    fn strings(list: &[&str]) -> Vec<String> {
        list.iter().map(|&s| s.to_owned()).collect()
    }

    #[test]
    fn flags_of_all_files_add_up() {
        let unix = CfgSet { names: vec!["unix".into()], pairs: Vec::new() };
        let near = "[build]\nrustflags = [\"--cfg\", \"near\"]";
        let far = "[target.'cfg(windows)']\nrustflags = \"--cfg far_windows\"\n[build]\nrustflags = \"--cfg far\"";
        assert_eq!(config(&[near, far]).flags_of_build(), strings(&["--cfg", "near", "--cfg", "far"]));
        assert!(config(&[near, far]).flags_of_target("t", &unix).is_empty());

        let by_cfg = "[target.'cfg(unix)']\nrustflags = [\"--cfg=a\"]\n[target.t]\nrustflags = \"--cfg=b\"";
        let mut flags = config(&[near, by_cfg]).flags_of_target("t", &unix);
        flags.sort();
        assert_eq!(flags, strings(&["--cfg=a", "--cfg=b"]));
    }

    #[test]
    fn only_flags_that_set_cfg_are_kept() {
        let flags = strings(&["--cfg", "tokio_unstable", "-Clink-arg=-x", "-C", "opt-level=3", "--cfg=loom", "-g"]);
        assert_eq!(that_set_cfg(&flags), strings(&["--cfg", "tokio_unstable", "--cfg", "loom"]));
        let flags = strings(&["-Ctarget-cpu=native", "-C", "target_feature=+avx", "--cfg"]);
        assert_eq!(that_set_cfg(&flags), strings(&["-C", "target-cpu=native", "-C", "target_feature=+avx"]));
    }

    #[test]
    fn target_is_the_first_configured() {
        assert_eq!(
            config(&["[build]\ntarget = \"a\"", "[build]\ntarget = \"b\""]).target_in_files().as_deref(),
            Some("a")
        );
        assert_eq!(config(&["", "[build]\ntarget = [\"b\", \"c\"]"]).target_in_files().as_deref(), Some("b"));
        assert_eq!(config(&[""]).target_in_files(), None);
    }
}
