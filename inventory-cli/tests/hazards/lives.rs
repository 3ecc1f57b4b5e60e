//! Targets of `levels`, `scenarios` and `robust`.

use std::os::fd::{AsRawFd as _, OwnedFd};
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use inventory_cli::proc::{ProcDir, Root};

use crate::targets::{epoll, fork, inheritable, own, tell};

pub(crate) fn run(name: &str) -> bool {
    match name {
        "stale-epoll" => stale_epoll(true),
        "kept-epoll" => stale_epoll(false),
        "pinned" => pinned(),
        "dropped" => dropped(),
        "many" => many(),
        "copying" => copying(),
        "pid-reuse" => pid_reuse(),
        _ => return false,
    }
    true
}

/// An event loop watches a pipe; a fork has the pipe, not the loop; the reading end is closed, or not.
fn stale_epoll(close: bool) {
    let (reader, writer) = std::io::pipe().unwrap();
    let watcher = epoll();
    let mut event = libc::epoll_event { events: libc::EPOLLIN.cast_unsigned(), u64: 7 };
    // SAFETY: both descriptors are open, `event` is valid for the call.
    let added =
        unsafe { libc::epoll_ctl(watcher.as_raw_fd(), libc::EPOLL_CTL_ADD, reader.as_raw_fd(), &raw mut event) };
    assert_eq!(added, 0);
    let number = watcher.as_raw_fd();
    let child = fork(|| {
        // SAFETY: the child's copy of the descriptor is used by nobody.
        unsafe { libc::close(number) };
    });
    let kept: Option<OwnedFd> = if close { None } else { Some(reader.try_clone().unwrap().into()) };
    if close {
        drop(reader);
        tell(&[child, own()]);
    } else {
        tell(&[child, own()]);
        drop(reader);
    }
    drop((watcher, writer, kept));
}

/// A daemon listens, runs a program that inherits the listener, and ends. Tells the program's pid and the port.
fn pinned() {
    let (mut reader, mut writer) = std::io::pipe().unwrap();
    let daemon = fork(|| {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        inheritable(listener.as_raw_fd());
        let port = i32::from(listener.local_addr().unwrap().port());
        let helper = fork(|| {
            // SAFETY: plain system call: this one outlives its parent, and ends by itself.
            unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, 0) };
            drop(Command::new("sleep").arg("60").exec());
        });
        wait_until_executed(helper);
        let told = [helper.to_ne_bytes(), port.to_ne_bytes()].concat();
        std::io::Write::write_all(&mut writer, &told).unwrap();
        // SAFETY: ends this process without the parent's destructors.
        unsafe { libc::_exit(0) };
    });
    let mut bytes = [0; 8];
    std::io::Read::read_exact(&mut reader, &mut bytes).unwrap();
    // SAFETY: waits for the child made above.
    unsafe { libc::waitpid(daemon, std::ptr::null_mut(), 0) };
    let [a, b, c, d, e, f, g, h] = bytes;
    let (helper, port) = (i32::from_ne_bytes([a, b, c, d]), i32::from_ne_bytes([e, f, g, h]));
    // `tell` ends every pid it has told; the port is none, and must not be taken for one.
    crate::targets::tell_and_end(&[helper, port], &[helper]);
}

fn wait_until_executed(pid: i32) {
    let name = format!("/proc/{pid}/comm");
    let start = std::time::Instant::now();
    while std::fs::read_to_string(&name).is_ok_and(|n| n.trim() != "sleep") {
        assert!(start.elapsed() < crate::support::PATIENCE);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

/// A worker that was root's and is nobody's now: not dumpable.
fn dropped() {
    let child = fork(|| {
        // SAFETY: plain system calls in a process with one thread.
        assert_eq!(unsafe { libc::setgid(65534) }, 0);
        // SAFETY: as above.
        assert_eq!(unsafe { libc::setuid(65534) }, 0);
    });
    let name = format!("/proc/{child}/status");
    let start = std::time::Instant::now();
    while !std::fs::read_to_string(&name).unwrap_or_default().contains("Uid:\t65534") {
        assert!(start.elapsed() < crate::support::PATIENCE);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    tell(&[child, own()]);
}

/// Parent and child have 8 MiB in common; when told, the child writes to 3 MiB of it and the parent to another one.
fn copying() {
    const PAGE: usize = 4096;
    let mut memory = vec![1u8; 8 << 20];
    let (mut reader, mut writer) = std::io::pipe().unwrap();
    let child = fork(|| {
        std::io::Read::read_exact(&mut reader, &mut [0]).unwrap();
        write_to(&mut memory[..3 << 20]);
        std::thread::sleep(std::time::Duration::from_secs(600));
    });
    let line = format!("{child} {}\n", own());
    std::io::Write::write_all(&mut std::io::stdout(), line.as_bytes()).unwrap();
    std::io::Read::read_exact(&mut std::io::stdin(), &mut [0]).unwrap();
    std::io::Write::write_all(&mut writer, &[0]).unwrap();
    write_to(&mut memory[4 << 20..5 << 20]);
    let _ = std::io::Read::read_to_end(&mut std::io::stdin(), &mut Vec::new());
    assert!(child > 0);
    // SAFETY: a signal to a child that this process has made and not reaped.
    unsafe { libc::kill(child, libc::SIGKILL) };

    fn write_to(part: &mut [u8]) {
        part.iter_mut().step_by(PAGE).for_each(|byte| *byte = 2);
        std::hint::black_box(part);
    }
}

/// As many descriptors as the limit allows, at most 20 000.
fn many() {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: `limit` is writable memory of the right type.
    unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) };
    limit.rlim_cur = limit.rlim_max.min(20_000);
    // SAFETY: reads `limit`.
    unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) };
    let mut kept: Vec<std::io::PipeReader> = Vec::new();
    let (reader, _writer) = std::io::pipe().unwrap();
    while let Ok(copy) = reader.try_clone() {
        kept.push(copy);
    }
    // Starting a fork needs none; what is told must be read through what is open.
    kept.truncate(kept.len().saturating_sub(8));
    tell(&[own()]);
}

/// Tells 1 when a reused pid is not taken for the process that had it, 2 when the number could not be had, 3 otherwise.
fn pid_reuse() {
    let child = fork(|| ());
    let dir = ProcDir::open(&Root::host(), child).unwrap();
    let before = dir.stat().unwrap();
    let end = |pid: i32| {
        assert!(pid > 0);
        // SAFETY: a signal to our own child.
        unsafe { libc::kill(pid, libc::SIGKILL) };
        // SAFETY: waits for our own child.
        unsafe { libc::waitpid(pid, std::ptr::null_mut(), 0) };
    };
    end(child);
    let mut answer = 2;
    for _ in 0..20 {
        if std::fs::write("/proc/sys/kernel/ns_last_pid", (child - 1).to_string()).is_err() {
            break;
        }
        let other = fork(|| ());
        let same = other == child;
        if same {
            let fresh = ProcDir::open(&Root::host(), other).unwrap().stat().unwrap();
            let refused = dir.stat().is_err() && dir.read("maps").is_err();
            answer = if refused && fresh.pid == before.pid { 1 } else { 3 };
        }
        end(other);
        if same {
            break;
        }
    }
    crate::targets::tell_and_end(&[answer], &[]);
}
