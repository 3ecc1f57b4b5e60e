//! Programs that measure themselves: a count goes in, the nanoseconds of one come out.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

pub(crate) struct Peer {
    child: Child,
    count: Option<ChildStdin>,
    answer: BufReader<ChildStdout>,
}

impl Peer {
    /// `None` if it cannot be started or does not answer.
    fn start(command: &mut Command) -> Option<Self> {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().ok()?;
        let (count, answer) = (child.stdin.take(), BufReader::new(child.stdout.take()?));
        let mut peer = Self { child, count, answer };
        peer.try_ask(1).map(|_| peer)
    }

    fn try_ask(&mut self, count: u32) -> Option<f64> {
        writeln!(self.count.as_mut()?, "{count}").ok()?;
        let mut line = String::new();
        self.answer.read_line(&mut line).ok()?;
        line.trim().parse().ok()
    }

    pub(crate) fn ask(&mut self, count: u32) -> f64 {
        self.try_ask(count).expect("an answer of a peer that has answered before")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // The end of its standard input is its end.
        drop(self.count.take());
        let _ = self.child.wait();
    }
}

/// The C programs.
pub(crate) struct Programs {
    prototype: Option<PathBuf>,
}

impl Programs {
    pub(crate) fn compile(folder: &Path) -> Self {
        let (source, program) = (folder.join("prototype.c"), folder.join("prototype"));
        let text = include_str!("prototype.c");
        let done = std::fs::write(&source, text)
            .and_then(|()| Command::new("cc").args(["-O2", "-w", "-o"]).arg(&program).arg(&source).status());
        Self { prototype: done.is_ok_and(|status| status.success()).then_some(program) }
    }

    pub(crate) fn prototype(&self, mode: &str, megabytes: usize) -> Option<Peer> {
        let program = self.prototype.as_ref()?;
        Peer::start(Command::new(program).args([mode, &megabytes.to_string()]))
    }
}

fn script(interpreter: &str, name: &str) -> Command {
    let mut command = Command::new(interpreter);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/zygote").join(name));
    command
}

/// Debian: libanyevent-fork-perl.
pub(crate) fn anyevent(how: &str, megabytes: usize) -> Option<Peer> {
    Peer::start(script("perl", "aefork.pl").args([how, &megabytes.to_string()]))
}

pub(crate) fn forkserver(megabytes: usize) -> Option<Peer> {
    Peer::start(script("python3", "forkserver.py").arg(megabytes.to_string()))
}

/// Crates that would bring a hundred dependencies: programs of `benches/peers`, which is built by itself. Their paths are in
/// variables, `BENCH_ZYGOTE` and `BENCH_PROCSPAWN`.
pub(crate) fn from_environment(name: &str, megabytes: usize) -> Option<Peer> {
    let word = name.split(' ').next().unwrap_or_default().to_uppercase();
    let program = std::env::var_os(format!("BENCH_{word}"))?;
    Peer::start(Command::new(program).arg(megabytes.to_string()))
}
