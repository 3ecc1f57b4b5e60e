//! `demo`: a process with hazards, made on purpose, and what is said about it.

use std::fs;
use std::io::{self, BufRead as _, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use super::failure::Failure;
use crate::sys::hazards::{epoll, fork_asleep};

/// The lock that the child will wait for.
static LOG: Mutex<u32> = Mutex::new(0);

/// Runs `body` with the pid of a forked child that has the hazards, then ends it.
pub(super) fn with_child<T>(body: impl FnOnce(i32) -> Result<T, Failure>) -> Result<T, Failure> {
    let program = std::env::current_exe()?;
    let mut stage = Command::new(program)
        .args(["demo", "--stage"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| Failure::target(format!("cannot start the demonstration: {e}")))?;
    let mut line = String::new();
    if let Some(out) = stage.stdout.take() {
        io::BufReader::new(out).read_line(&mut line)?;
    }
    let answer = match line.trim().parse() {
        Ok(pid) => settled(pid).and_then(|()| body(pid)),
        Err(_) => Err(Failure::target("the demonstration did not start")),
    };
    // The end of its standard input ends the stage, and the stage's end its child.
    drop(stage.stdin.take());
    let _ = stage.wait();
    answer
}

/// Waits until the child sleeps in its lock.
fn settled(pid: i32) -> Result<(), Failure> {
    let start = Instant::now();
    let futex = libc::SYS_futex.to_string();
    while start.elapsed() < Duration::from_secs(10) {
        let call = fs::read_to_string(format!("/proc/{pid}/syscall")).unwrap_or_default();
        if call.split(' ').next() == Some(&futex) {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(5));
    }
    Err(Failure::target("the child of the demonstration does not come to rest"))
}

/// The process with the hazards: prints its child's pid, and ends with its standard input.
pub(super) fn stage() -> Result<(), Failure> {
    let path = std::env::temp_dir().join(format!("fork-inventory-demo-{}", std::process::id()));
    let mut upload = fs::File::options().create_new(true).read(true).write(true).open(&path)?;
    fs::remove_file(&path)?;
    upload.write_all(&vec![b'x'; 4 << 20])?;
    let server = TcpListener::bind("127.0.0.1:0")?;
    let database = TcpStream::connect(server.local_addr()?)?;
    let events = epoll()?;
    let (tell, told) = mpsc::channel();
    thread::Builder::new().name("log-flusher".into()).spawn(move || {
        let guard = LOG.lock();
        let _ = tell.send(());
        loop {
            thread::park();
            let _ = &guard;
        }
    })?;
    let _ = told.recv();
    // fork-lint: allow(lock-in-child) -- the demonstration: the child waits for a lock that nobody will release
    let child = fork_asleep(|| drop(LOG.lock()))?;
    drop(upload);
    writeln!(io::stdout(), "{child}")?;
    io::stdout().flush()?;
    io::stdin().read_to_end(&mut Vec::new())?;
    drop((database, events));
    Ok(())
}
