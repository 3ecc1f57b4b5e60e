//! Arguments.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::model::Severity;
use crate::render::text::{Column, Condition};

/// Shows what a live process inherited over fork and exec, what of it hurts, and what to do. It reads only: no process is
/// stopped, signalled or attached to.
#[derive(Debug, Parser)]
#[command(name = "fork-inventory", version, arg_required_else_help = true, after_help = AFTER)]
pub(super) struct App {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) options: Options,
}

const AFTER: &str = "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 usage, 3 target gone or not readable.";

/// What every command takes.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// How to write the answer
    #[arg(long, value_enum, default_value = "text", global = true)]
    pub(super) format: Format,
    /// Show findings from this severity on
    #[arg(long, value_enum, default_value = "warning", global = true)]
    pub(super) severity: Level,
    /// Exit with 1 when there are findings from this severity on
    #[arg(long, value_enum, default_value = "warning", global = true)]
    pub(super) fail_on: Level,
    /// Answer from a file that `snapshot` has written, instead of from the machine
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) from: Option<PathBuf>,
    /// Another proc filesystem instead of /proc
    #[arg(long, value_name = "DIR", global = true)]
    pub(super) sysroot: Option<PathBuf>,
    /// Stop reading after this time (`200ms`, `2s`), and say what is missing
    #[arg(long, value_name = "TIME", value_parser = duration, global = true)]
    pub(super) budget: Option<Duration>,
    /// Replace arguments, paths and addresses by hashes, and leave the environment out
    #[arg(long, global = true)]
    pub(super) redact: bool,
    /// Never open /proc/PID/mem
    #[arg(long, global = true)]
    pub(super) no_mem: bool,
    /// Also search the private memory of a fork for copies of held glibc locks and for unwritten output of stdio: all of it
    /// is read
    #[arg(long, global = true, conflicts_with = "no_mem")]
    pub(super) deep: bool,
    /// Colour
    #[arg(long, value_enum, default_value = "auto", global = true)]
    pub(super) color: Color,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// One page: verdict, origin, counts, findings, next step
    Scan(Targets),
    /// The descriptors, and which of them are the parent's
    Fds(Fds),
    /// What a child has of its parent's, and what not
    Diff {
        /// The child
        child: i32,
        /// The parent; without it, the one it was forked from
        parent: Option<i32>,
    },
    /// All mappings, with what is present and what was copied since the fork
    Maps(Memory),
    /// Memory in sum, the cost of the next fork, and what was copied most
    Mem(Memory),
    /// Blocked, ignored, caught and pending signals beside the parent's
    Signals(Signals),
    /// What its threads wait for, who holds it, and the file locks
    Locks(Targets),
    /// Who was forked from whom, also when the parent has ended
    Tree(Targets),
    /// Who holds a port, a path, a pipe or an inode: `port:8080`, `path:/var/log/x`, `pipe:4711`, `inode:4711`
    WhoHolds {
        /// What is held
        what: String,
    },
    /// Save everything as JSON, to judge it later or elsewhere with --from
    Snapshot {
        #[command(flatten)]
        targets: Targets,
        /// File to write; without it, standard output
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// What came, went and grew between two saved snapshots
    Compare {
        /// The earlier file
        before: PathBuf,
        /// The later one
        after: PathBuf,
    },
    /// Every fork as it happens: each child is looked at once it has settled
    Watch(Watch),
    /// Metrics for Prometheus over HTTP, at /metrics
    Serve {
        #[command(flatten)]
        targets: Targets,
        /// Where to listen
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:9837")]
        listen: SocketAddr,
    },
    /// A page for the browser, with pictures, that needs no network
    Report {
        #[command(flatten)]
        targets: Targets,
        #[command(flatten)]
        repeat: Repeat,
        /// File to write; without it, standard output
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Make a process with hazards, look at it, and end it
    Demo {
        /// Be that process
        #[arg(long, hide = true)]
        stage: bool,
    },
    /// The story of a hazard: what it is, how it shows in a live process, what removes it
    Explain {
        /// `H01`…`H24`, or a name; without it, the list
        hazard: Option<String>,
    },
    /// What this user and kernel allow to see, and what is missing for the rest
    Doctor {
        /// Also try each source of this process
        pid: Option<i32>,
    },
    /// The schema of the JSON output
    Schema,
    /// Completions for a shell
    Completions {
        /// Which
        shell: clap_complete::Shell,
    },
    /// The manual page, as roff: `fork-inventory man | man -l -`
    Man,
}

/// Which processes.
#[derive(Debug, Args)]
pub(super) struct Targets {
    /// Process ids
    #[arg(value_name = "PID")]
    pub(super) pids: Vec<i32>,
    /// All processes whose name or command line contains this
    #[arg(long, value_name = "TEXT")]
    pub(super) name: Option<String>,
    /// All processes of a control group: a part of its path
    #[arg(long, value_name = "PATH")]
    pub(super) cgroup: Option<String>,
    /// All processes
    #[arg(long)]
    pub(super) all: bool,
}

#[derive(Debug, Args)]
pub(super) struct Fds {
    #[command(flatten)]
    pub(super) targets: Targets,
    /// Only of this kind: `socket`, `pipe`, `file`, `epoll`, …
    #[arg(long, value_name = "KIND")]
    pub(super) kind: Option<String>,
    /// Only what the parent has, too
    #[arg(long)]
    pub(super) inherited: bool,
    /// Columns to show: fd, kind, rw, close, parent, shared, target, pid, name, pos, inode, flags, held, state, lock
    #[arg(long, short = 'o', value_name = "LIST", value_delimiter = ',')]
    pub(super) columns: Vec<Column>,
    /// Only where a column says so: `state=listen`, `kind!=file`, `target~8080`; several must all hold
    #[arg(long = "where", value_name = "CONDITION")]
    pub(super) conditions: Vec<Condition>,
}

#[derive(Debug, Args)]
pub(super) struct Signals {
    #[command(flatten)]
    pub(super) targets: Targets,
    /// Also addresses and symbols of the handlers: a BPF program reads them in the kernel, the process is not stopped
    #[arg(long)]
    pub(super) handlers: bool,
}

#[derive(Debug, Args)]
pub(super) struct Watch {
    /// Only forks of these processes
    #[arg(value_name = "PARENT")]
    pub(super) parents: Vec<i32>,
    /// How long a child is left alone first: what execs or ends sooner is no hazard
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "200ms")]
    pub(super) settle: Duration,
    /// End after this time
    #[arg(long = "for", value_name = "TIME", value_parser = duration)]
    pub(super) duration: Option<Duration>,
    /// End after this many forks
    #[arg(long, value_name = "N")]
    pub(super) count: Option<u64>,
    /// Look at no more forks a second than this; the rest is counted
    #[arg(long, value_name = "N", default_value = "20")]
    pub(super) rate: u32,
}

#[derive(Debug, Args)]
pub(super) struct Memory {
    #[command(flatten)]
    pub(super) targets: Targets,
    /// Also walk all pages of a process above 1 GiB: its memory calls wait for milliseconds meanwhile
    #[arg(long)]
    pub(super) rollup: bool,
    #[command(flatten)]
    pub(super) repeat: Repeat,
}

/// Looking again.
#[derive(Debug, Args)]
pub(super) struct Repeat {
    /// Look at a fork's memory again after this time: who copies, the child or the parent
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(super) interval: Option<Duration>,
    /// How many looks
    #[arg(long, value_name = "N", default_value = "10", requires = "interval")]
    pub(super) count: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// One JSON object a line
    Ndjson,
    /// Metrics, for node_exporter's textfile collector
    Prometheus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
    /// Worth knowing
    Info,
    /// A hazard is there
    Warning,
    /// Proven or probable, and harming now
    Error,
    /// Nothing
    Never,
}

impl Level {
    /// The least severity that counts; none: none does.
    pub(super) fn least(self) -> Option<Severity> {
        match self {
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
            Self::Never => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// When standard output is a terminal and `NO_COLOR` is not set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The command line as clap has it, for completions and the manual page.
pub fn command() -> clap::Command {
    App::command()
}

/// `50ms`, `2s`
fn duration(text: &str) -> Result<Duration, String> {
    let number = |digits: &str| digits.parse::<u64>().map_err(|_| format!("`{text}` is no time: write 200ms or 2s"));
    match (text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(digits), _) => Ok(Duration::from_millis(number(digits)?)),
        (None, Some(digits)) => Ok(Duration::from_secs(number(digits)?)),
        (None, None) => Err(format!("`{text}` has no unit: write {text}ms or {text}s")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_are_consistent() {
        command().debug_assert();
    }

    #[test]
    fn times_have_units() {
        assert_eq!(duration("50ms"), Ok(Duration::from_millis(50)));
        assert_eq!(duration("2s"), Ok(Duration::from_secs(2)));
        assert!(duration("2").is_err() && duration("xs").is_err());
    }
}
