//! A buffered logger: lines come out twice, and a child waits for a lock whose holder is gone.

use crate::common::{Outcome, Scenario};
use crate::{GLANCE, ended, ensure, status, succeeds};
use fork_runtime::atfork::Phase;
use fork_runtime::testkit::Way;
use fork_runtime::{ForkCell, before_fork, fork_safe};
use std::fs::File;
use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("logger_repeats_lines_without", repeats),
    ("logger_says_each_line_once_with", once),
    ("logger_lock_lost_without", lock_lost),
    ("logger_lock_whole_with", lock_whole),
    ("logger_lock_lost_past_libc_is_an_error", lost_past_libc),
    ("logger_guard_of_the_forking_thread", own_guard),
];

struct Plain {
    prefix: String,
    buffer: Vec<u8>,
    file: File,
}

#[fork_safe]
struct Annotated {
    #[fork(reset = prefix())]
    prefix: String,
    /// The parent's lines are the parent's to write.
    #[fork(reset)]
    buffer: Vec<u8>,
    #[fork(keep, reason = "opened with O_APPEND: each write is whole")]
    file: File,
}

fn prefix() -> String {
    format!("[{}]", std::process::id())
}

fn say(prefix: &str, buffer: &mut Vec<u8>, text: &str) {
    buffer.extend_from_slice(format!("{prefix} {text}\n").as_bytes());
}

fn flush(buffer: &mut Vec<u8>, file: &mut File) -> std::io::Result<()> {
    file.write_all(buffer)?;
    buffer.clear();
    Ok(())
}

fn file() -> Result<(tempfile::NamedTempFile, File), Box<dyn std::error::Error>> {
    let named = tempfile::NamedTempFile::new()?;
    let file = File::options().append(true).open(named.path())?;
    Ok((named, file))
}

fn plain() -> Result<(tempfile::NamedTempFile, Plain), Box<dyn std::error::Error>> {
    let (named, file) = file()?;
    Ok((named, Plain { prefix: prefix(), buffer: Vec::new(), file }))
}

fn annotated() -> Result<(tempfile::NamedTempFile, ForkCell<Annotated>), Box<dyn std::error::Error>> {
    let (named, file) = file()?;
    Ok((named, ForkCell::in_phase(Phase::Locks, Annotated { prefix: prefix(), buffer: Vec::new(), file })))
}

fn repeats() -> Outcome {
    let (named, mut log) = plain()?;
    say(&log.prefix, &mut log.buffer, "parent");
    succeeds(Way::Fork.start(|| {
        say(&log.prefix, &mut log.buffer, "child");
        status(flush(&mut log.buffer, &mut log.file).map_err(Into::into))
    })?)?;
    flush(&mut log.buffer, &mut log.file)?;
    let text = std::fs::read_to_string(named.path())?;
    ensure(text.matches("parent").count() == 2, &text)?;
    ensure(text.matches(&prefix()).count() == 3, "the child says that it is its parent")
}

fn once() -> Outcome {
    let (named, log) = annotated()?;
    let log_and_flush = |text| -> Outcome {
        let mut log = log.lock()?;
        let log = &mut *log;
        say(&log.prefix, &mut log.buffer, text);
        Ok(flush(&mut log.buffer, &mut log.file)?)
    };
    {
        let mut log = log.lock()?;
        let log = &mut *log;
        say(&log.prefix, &mut log.buffer, "parent");
    }
    succeeds(Way::Fork.start(|| status(log_and_flush("child")))?)?;
    log_and_flush("again")?;
    let text = std::fs::read_to_string(named.path())?;
    ensure(text.matches("parent").count() == 1 && text.matches("child").count() == 1, &text)?;
    ensure(text.matches(&prefix()).count() == 2, "the child has a prefix of its own")
}

fn lock_lost() -> Outcome {
    let (_named, log) = plain()?;
    let log = Mutex::new(log);
    let (taken, is_taken) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let exit = std::thread::scope(|scope| {
        let log = &log;
        scope.spawn(move || {
            let guard = log.lock();
            let _ = taken.send(());
            let _ = released.recv();
            drop(guard);
        });
        is_taken.recv()?;
        // SAFETY: the child waits for a futex, and is killed.
        let child = unsafe { Way::Fork.start_threaded(|| i32::from(log.lock().is_err())) };
        let exit = ended(child?, GLANCE);
        drop(release);
        exit
    })?;
    ensure(exit.is_none(), "the harm did not happen: the child got the lock")
}

static ASKED: AtomicU32 = AtomicU32::new(0);

/// Counts the rounds of a fork; no call registers it.
#[before_fork]
fn count() {
    ASKED.fetch_add(1, Ordering::SeqCst);
}

fn lock_whole() -> Outcome {
    let (_named, log) = annotated()?;
    let (taken, is_taken) = mpsc::channel();
    let before = ASKED.load(Ordering::SeqCst);
    let child = std::thread::scope(|scope| {
        let log = &log;
        scope.spawn(move || {
            let guard = log.lock();
            let _ = taken.send(());
            // Two rounds: the fork has found the lock taken, and asks again.
            while ASKED.load(Ordering::SeqCst) < before + 2 {
                std::thread::yield_now();
            }
            if let Ok(mut log) = guard {
                log.buffer.extend_from_slice(b"whole");
            }
        });
        is_taken.recv()?;
        // SAFETY: the thread that was there took no lock but this one, which is the child's.
        let child = unsafe {
            Way::Fork.start_threaded(|| match log.lock() {
                Ok(log) => i32::from(!log.buffer.is_empty()),
                Err(_) => 2,
            })
        };
        child.map_err(Box::<dyn std::error::Error>::from)
    })?;
    succeeds(child)?;
    ensure(log.lock()?.buffer == b"whole", "the parent's value stays")
}

/// Past libc's handlers nobody could wait for the holder.
fn lost_past_libc() -> Outcome {
    let (_named, log) = annotated()?;
    let (taken, is_taken) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let child = std::thread::scope(|scope| {
        let log = &log;
        scope.spawn(move || {
            let guard = log.lock();
            let _ = taken.send(());
            let _ = released.recv();
            drop(guard);
        });
        is_taken.recv()?;
        // SAFETY: the child takes no lock of another thread: it is told that the one it asks for is lost.
        let child = unsafe {
            Way::Clone3.start_threaded(|| match log.lock() {
                Err(fork_runtime::LockError::HolderGone) => 0,
                _ => 1,
            })
        };
        drop(release);
        child.map_err(Box::<dyn std::error::Error>::from)
    })?;
    succeeds(child)
}

fn own_guard() -> Outcome {
    let (_named, log) = annotated()?;
    let mut guard = log.lock()?;
    guard.buffer.extend_from_slice(b"before");
    let child = Way::Fork.start(|| {
        // Still the parent's value, as the guard was taken there.
        let kept = guard.buffer == b"before" && guard.prefix != prefix();
        drop(guard);
        let reset = log.lock().is_ok_and(|log| log.buffer.is_empty() && log.prefix == prefix());
        i32::from(!kept || !reset)
    })?;
    succeeds(child)
}
