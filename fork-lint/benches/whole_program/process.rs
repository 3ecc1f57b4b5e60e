//! A child process, and what it cost.

use std::io::{self, Read, Seek};
use std::mem::MaybeUninit;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;

/// What a process cost, with the processes it waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// From its start to its end.
    pub(crate) wall: Duration,
    /// Of processors.
    pub(crate) cpu: Duration,
    /// Most memory that one of the processes had, in bytes.
    pub(crate) peak: u64,
}

/// Runs a command that must end with status 0 (or 1: findings).
pub(crate) fn measure(command: &mut Command) -> Outcome<Cost> {
    let mut said = tempfile::tempfile()?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(said.try_clone()?);
    let start = Instant::now();
    let child = command.spawn()?;
    let (status, usage) = wait(child.id())?;
    let wall = start.elapsed();
    if !libc::WIFEXITED(status) || libc::WEXITSTATUS(status) > 1 {
        let mut text = String::new();
        said.rewind()?;
        said.read_to_string(&mut text)?;
        return Err(format!("{command:?} failed (wait status {status}):\n{text}").into());
    }
    let time = |time: libc::timeval| {
        Duration::from_secs(time.tv_sec.unsigned_abs()) + Duration::from_micros(time.tv_usec.unsigned_abs())
    };
    let cpu = time(usage.ru_utime) + time(usage.ru_stime);
    // Linux counts it in KiB: getrusage(2).
    Ok(Cost { wall, cpu, peak: usage.ru_maxrss.unsigned_abs() * 1024 })
}

/// Waits for the child, with what it used: std's `wait` does not say.
fn wait(pid: u32) -> io::Result<(libc::c_int, libc::rusage)> {
    let pid = libc::pid_t::try_from(pid).map_err(io::Error::other)?;
    let mut status = 0;
    let mut usage = MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: both pointers are to locals of the right type, which outlive the call. `pid` is a child that nobody else
    // waits for: `Child` is dropped without having been waited for, which leaves the process alone.
    while unsafe { libc::wait4(pid, &mut status, 0, usage.as_mut_ptr()) } < 0 {
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
    // SAFETY: a `rusage` is made of integers, for which zeroes are values, and `wait4` has filled it.
    Ok((status, unsafe { usage.assume_init() }))
}
