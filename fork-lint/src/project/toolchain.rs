//! What the user's toolchain builds for, and the configuration it sets for that.

use std::env;
use std::path::Path;
use std::process::Command;

use super::CfgSet;
use super::config::{CargoConfig, that_set_cfg};
use super::run::{Ran, run};
use super::tools::{LIMIT, first_line};

/// What is built for.
pub(super) struct Toolchain {
    /// Triple of the target.
    pub(super) triple: String,
    /// Configuration common to all crates.
    pub(super) cfg: CfgSet,
    /// What was assumed, and why.
    pub(super) trouble: Option<String>,
}

impl Toolchain {
    /// The toolchain of that compiler in `folder`, for that target, the configured one, or the host.
    pub(super) fn find(rustc: &Path, folder: &Path, target: Option<&str>) -> Toolchain {
        let config = CargoConfig::read(folder);
        let target = target.map(str::to_owned).or_else(|| config.target());
        let triple = target.clone().or_else(|| host_triple(rustc)).unwrap_or_else(built_in_triple);
        let (plain, mut trouble) = CfgSet::of_target(rustc, Some(&triple), &[]);
        let flags = that_set_cfg(&config.rustflags(&triple, &plain));
        let mut cfg = plain;
        if !flags.is_empty() && trouble.is_none() {
            (cfg, trouble) = CfgSet::of_target(rustc, Some(&triple), &flags);
        }
        Toolchain { triple, cfg, trouble }
    }
}

impl CfgSet {
    /// The configuration that the compiler sets for a target (the host without one), and, when it could not be
    /// asked, which was assumed instead and why.
    pub fn host(rustc: &Path, target: Option<&str>) -> (CfgSet, Option<String>) {
        CfgSet::of_target(rustc, target, &[])
    }

    fn of_target(rustc: &Path, target: Option<&str>, flags: &[String]) -> (CfgSet, Option<String>) {
        let mut command = Command::new(rustc);
        command.args(["--print", "cfg"]).args(flags);
        if let Some(target) = target {
            command.args(["--target", target]);
        }
        let why = match run(&mut command, LIMIT) {
            Ran::Well(output) => return (CfgSet::parse(&String::from_utf8_lossy(&output)), None),
            Ran::Badly(message) => first_line(&message),
            Ran::TooLong(limit) => format!("no answer in {} s", limit.as_secs()),
            Ran::NotStarted(error) => error.to_string(),
        };
        let triple = target.map_or_else(built_in_triple, str::to_owned);
        let arch = triple.split('-').next().unwrap_or_default();
        let trouble = format!(
            "`{} --print cfg` failed ({why}): assumed the configuration of {arch}-unknown-linux-gnu",
            rustc.display()
        );
        (CfgSet::built_in(arch), Some(trouble))
    }

    /// Reads what `rustc --print cfg` prints.
    fn parse(printed: &str) -> CfgSet {
        let mut cfg = CfgSet::default();
        for line in printed.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match line.split_once('=') {
                Some((key, value)) => {
                    let value = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).unwrap_or(value);
                    cfg.pairs.push((key.to_owned(), value.to_owned()));
                }
                None => cfg.names.push(line.to_owned()),
            }
        }
        cfg
    }

    /// The configuration of Linux with glibc.
    fn built_in(arch: &str) -> CfgSet {
        let width = if matches!(arch, "x86_64" | "aarch64" | "riscv64gc") { "64" } else { "32" };
        let arch = if arch == "riscv64gc" { "riscv64" } else { arch };
        CfgSet::parse(&format!(
            "debug_assertions\npanic=\"unwind\"\ntarget_arch=\"{arch}\"\ntarget_endian=\"little\"\ntarget_env=\"gnu\"\n\
             target_family=\"unix\"\ntarget_has_atomic=\"8\"\ntarget_has_atomic=\"16\"\ntarget_has_atomic=\"32\"\n\
             target_has_atomic=\"{width}\"\ntarget_has_atomic=\"ptr\"\ntarget_os=\"linux\"\n\
             target_pointer_width=\"{width}\"\ntarget_vendor=\"unknown\"\nunix\n"
        ))
    }
}

fn host_triple(rustc: &Path) -> Option<String> {
    let Ran::Well(output) = run(Command::new(rustc).arg("-vV"), LIMIT) else { return None };
    let text = String::from_utf8_lossy(&output).into_owned();
    text.lines().find_map(|line| line.strip_prefix("host: ")).map(|triple| triple.trim().to_owned())
}

fn built_in_triple() -> String {
    format!("{}-unknown-linux-gnu", env::consts::ARCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn os(cfg: &CfgSet) -> Option<&str> {
        cfg.pairs.iter().find(|(key, _)| key == "target_os").map(|(_, value)| value.as_str())
    }

    #[test]
    fn asks_the_compiler() {
        let (cfg, trouble) = CfgSet::host(Path::new("rustc"), Some("x86_64-pc-windows-gnu"));
        assert_eq!((os(&cfg), trouble), (Some("windows"), None));
        assert!(cfg.names.iter().any(|name| name == "windows") && !cfg.names.iter().any(|name| name == "unix"));
        assert!(!cfg.names.iter().any(|name| name == "test"));

        let (cfg, _) = CfgSet::of_target(Path::new("rustc"), None, &["--cfg".into(), "extra=\"x\"".into()]);
        assert!(cfg.pairs.contains(&("extra".into(), "x".into())));
    }

    #[test]
    fn without_a_compiler_says_what_it_assumes() {
        let (cfg, trouble) = CfgSet::host(Path::new("./no-such-rustc"), Some("aarch64-unknown-linux-musl"));
        assert_eq!(os(&cfg), Some("linux"));
        assert!(cfg.pairs.contains(&("target_arch".into(), "aarch64".into())));
        assert!(cfg.names.iter().any(|name| name == "debug_assertions"));
        let trouble = trouble.expect("said");
        assert!(trouble.contains("no-such-rustc") && trouble.contains("aarch64-unknown-linux-gnu"), "{trouble}");
    }
}
