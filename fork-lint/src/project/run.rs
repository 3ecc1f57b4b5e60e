//! Runs a program of the toolchain for its output, and never longer than it may.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// What came of it.
pub(super) enum Ran {
    /// It ended well: its standard output.
    Well(Vec<u8>),
    /// It ended with an error status: its standard error.
    Badly(String),
    /// It was still running when its time was up, and was ended.
    TooLong(Duration),
    /// It could not be started.
    NotStarted(io::Error),
}

/// Runs the command with no input for at most `limit`.
pub(super) fn run(command: &mut Command, limit: Duration) -> Ran {
    let deadline = Instant::now() + limit;
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // What it complains of is shown to users; and to read a project is no reason to install a toolchain.
    command.env("RUST_BACKTRACE", "0").env("RUSTUP_AUTO_INSTALL", "0");
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => return Ran::NotStarted(error),
    };
    let output = drain(child.stdout.take());
    let errors = drain(child.stderr.take());
    let read = |from: Receiver<Vec<u8>>| from.recv_timeout(deadline.saturating_duration_since(Instant::now())).ok();
    let Some((output, errors)) = read(output).zip(read(errors)) else {
        end(child);
        return Ran::TooLong(limit);
    };
    match child.wait() {
        Ok(status) if status.success() => Ran::Well(output),
        Ok(status) => {
            let text = String::from_utf8_lossy(&errors).trim().to_owned();
            Ran::Badly(if text.is_empty() { status.to_string() } else { text })
        }
        Err(error) => Ran::NotStarted(error),
    }
}

/// Reads on a thread of its own: a grandchild that keeps the pipe open must not hold up the caller.
fn drain(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // What was read before an error is still worth showing.
            let _ = pipe.read_to_end(&mut bytes);
        }
        let _ = send.send(bytes);
    });
    receive
}

fn end(mut child: Child) {
    // It may have ended by itself in the meantime.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Duration) -> Ran {
        run(Command::new("sh").args(["-c", script]), limit)
    }

    #[test]
    fn ends() {
        let minute = Duration::from_secs(60);
        assert!(matches!(shell("echo out; echo err >&2", minute), Ran::Well(out) if out == b"out\n"));
        assert!(matches!(shell("echo out; echo err >&2; exit 3", minute), Ran::Badly(err) if err == "err"));
        assert!(matches!(shell("exit 3", minute), Ran::Badly(err) if err.contains('3')));
        assert!(matches!(run(&mut Command::new("./no-such-program"), minute), Ran::NotStarted(_)));
    }

    #[test]
    fn is_bounded_though_a_grandchild_holds_the_pipe() {
        let start = Instant::now();
        assert!(matches!(shell("sleep 30 & wait", Duration::from_millis(50)), Ran::TooLong(_)));
        assert!(start.elapsed() < Duration::from_secs(20));
    }
}
