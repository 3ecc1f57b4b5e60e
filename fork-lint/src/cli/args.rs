//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _, Parser, ValueEnum};

use crate::rules::Level;

/// Finds fork-safety hazards in a Rust program and its dependencies
///
/// Reads the sources of a cargo project and runs nothing of it: no build scripts, no procedural macros.
#[derive(Debug, Parser)]
#[command(name = "cargo fork-lint", bin_name = "cargo fork-lint", version, max_term_width = 100, after_help = AFTER)]
pub struct Args {
    /// Manifest of the program; by default the one around the current folder
    #[arg(long, value_name = "PATH", help_heading = "Program")]
    pub manifest_path: Option<PathBuf>,
    /// Package to look at; may be given more than once
    #[arg(short, long, value_name = "NAME", help_heading = "Program")]
    pub package: Vec<String>,
    /// Look at all packages of the workspace
    #[arg(long, help_heading = "Program")]
    pub workspace: bool,
    /// Package to leave out, with --workspace
    #[arg(long, value_name = "NAME", requires = "workspace", help_heading = "Program")]
    pub exclude: Vec<String>,
    /// Features to switch on
    #[arg(short = 'F', long, value_name = "LIST", value_delimiter = ',', help_heading = "Program")]
    pub features: Vec<String>,
    /// Switch all features on
    #[arg(long, help_heading = "Program")]
    pub all_features: bool,
    /// Leave the default feature off
    #[arg(long, help_heading = "Program")]
    pub no_default_features: bool,
    /// Platform the program is for; by default this one
    #[arg(long, value_name = "TRIPLE", help_heading = "Program")]
    pub target: Option<String>,
    /// Look at tests, benches and examples too
    #[arg(long, help_heading = "Program")]
    pub all_targets: bool,
    /// Read no dependencies: what they do is taken from the catalogue, or not known
    #[arg(long, help_heading = "Program")]
    pub no_deps: bool,
    /// Do not use the network
    #[arg(long, help_heading = "Program")]
    pub offline: bool,
    /// Leave Cargo.lock as it is
    #[arg(long, help_heading = "Program")]
    pub locked: bool,
    /// Both --locked and --offline
    #[arg(long, help_heading = "Program")]
    pub frozen: bool,

    /// Fail on RULE: a rule, a hazard (H01), a family, `warnings`, `notes` or `all`
    #[arg(short = 'D', long, value_name = "RULE", value_delimiter = ',', help_heading = "Findings")]
    deny: Vec<String>,
    /// Report RULE as a warning
    #[arg(short = 'W', long, value_name = "RULE", value_delimiter = ',', help_heading = "Findings")]
    warn: Vec<String>,
    /// Do not report RULE
    #[arg(short = 'A', long, value_name = "RULE", value_delimiter = ',', help_heading = "Findings")]
    allow: Vec<String>,
    /// Findings in this file are known and do not count
    #[arg(long, value_name = "FILE", help_heading = "Findings")]
    pub baseline: Option<PathBuf>,
    /// Write all findings of this run to the baseline
    #[arg(long, help_heading = "Findings")]
    pub write_baseline: bool,
    /// Make the repairs that are certain
    #[arg(long, help_heading = "Findings")]
    pub fix: bool,
    /// Repair even where version control could not bring the old text back
    #[arg(long, requires = "fix", help_heading = "Findings")]
    pub allow_dirty: bool,
    /// Configuration file, instead of fork-lint.toml and the workspace's metadata
    #[arg(long, value_name = "FILE", help_heading = "Findings")]
    pub config: Option<PathBuf>,

    /// How to write the findings
    #[arg(long, alias = "message-format", value_enum, default_value_t, help_heading = "Output")]
    pub format: Format,
    /// Write the findings to a file
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Show findings that are only counted by default
    #[arg(long, value_enum, value_name = "WHAT", help_heading = "Output")]
    pub show: Vec<Show>,
    /// Say what was read and resolved, and how long it took
    #[arg(long, help_heading = "Output")]
    pub stats: bool,
    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", help_heading = "Output")]
    pub color: Option<Color>,
    /// Findings and errors alone
    #[arg(short, long, conflicts_with = "verbose", help_heading = "Output")]
    pub quiet: bool,
    /// List all that could not be seen, in dependencies too
    #[arg(short, long, help_heading = "Output")]
    pub verbose: bool,
    /// Tell the story of a rule or a hazard
    #[arg(long, value_name = "RULE|HAZARD", help_heading = "Output")]
    pub explain: Option<String>,
    /// List the rules
    #[arg(long, help_heading = "Output")]
    pub list: bool,

    /// Threads to read sources with; by default one for each processor
    #[arg(long, value_name = "N", help_heading = "Running", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// Neither read nor write the cache
    #[arg(long, help_heading = "Running")]
    pub no_cache: bool,
    /// Where the cache is; by default in the target folder
    #[arg(long, value_name = "DIR", help_heading = "Running")]
    pub cache_dir: Option<PathBuf>,

    /// Levels asked for, in the order of the command line.
    #[arg(skip)]
    pub levels: Vec<(String, Level)>,
}

const AFTER: &str = "\
Levels: an error says that the harm was seen to be possible in this program, a warning that the hazard is there, a note \
that nothing in the program brings it about today. Notes are counted, and shown by --show notes.

Exit status: 0 no finding at error level, 1 findings at error level, 2 wrong command line or configuration, 3 the analysis \
could not finish.";

/// Formats of the findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, on standard error
    #[default]
    Human,
    /// One cargo message a line, on standard output
    Json,
    /// SARIF 2.1.0, on standard output
    Sarif,
    /// Workflow commands of GitHub Actions, on standard output
    Github,
}

/// What is only counted by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Show {
    /// Findings at note level
    Notes,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal
    Auto,
    /// Yes
    Always,
    /// No
    Never,
}

impl Args {
    /// Reads a command line; its first word is the program's name. As a cargo subcommand the second is `fork-lint`.
    pub fn read(words: impl IntoIterator<Item = OsString>) -> Result<Args, clap::Error> {
        let mut words: Vec<OsString> = words.into_iter().collect();
        if words.get(1).is_some_and(|word| word == "fork-lint") {
            words.remove(1);
        }
        let matches = Args::command().try_get_matches_from(words)?;
        let mut args = Args::from_arg_matches(&matches)?;
        args.levels = in_order(&matches);
        Ok(args)
    }
}

/// `-D`, `-W` and `-A` as they were written: a later one overrules an earlier one.
fn in_order(matches: &ArgMatches) -> Vec<(String, Level)> {
    let mut all: Vec<(usize, String, Level)> = Vec::new();
    for (id, level) in [("deny", Level::Error), ("warn", Level::Warning), ("allow", Level::Allow)] {
        let at = matches.indices_of(id).into_iter().flatten();
        let values = matches.get_many::<String>(id).into_iter().flatten();
        all.extend(at.zip(values).map(|(at, value)| (at, value.clone(), level)));
    }
    all.sort_by_key(|(at, ..)| *at);
    all.into_iter().map(|(_, value, level)| (value, level)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Args {
        Args::read(line.split(' ').map(OsString::from)).unwrap_or_else(|e| panic!("{line}: {e}"))
    }

    #[test]
    fn cargos_own_word_is_skipped() {
        assert!(read("cargo-fork-lint fork-lint --list").list);
        assert!(read("cargo-fork-lint --list").list);
        assert!(Args::read(["cargo-fork-lint", "fork-lint", "fork-lint"].map(OsString::from)).is_err());
    }

    #[test]
    fn levels_keep_the_order_of_the_line() {
        let levels = read("x -D a,b -A c --warn d -D e").levels;
        let words: Vec<_> = levels.iter().map(|(word, level)| (word.as_str(), *level)).collect();
        use Level::{Allow, Error, Warning};
        assert_eq!(words, [("a", Error), ("b", Error), ("c", Allow), ("d", Warning), ("e", Error)]);
    }

    #[test]
    fn the_definition_holds_together() {
        Args::command().debug_assert();
    }
}
