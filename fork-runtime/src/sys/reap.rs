//! pidfds: naming a child without the risk that its number is used again.

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::time::Duration;

/// How a child ended: the `si_code` and `si_status` of waitid(2), and what it has used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) status: i32,
    pub(crate) usage: Usage,
}

/// What a process has used, its own children that it has waited for included: getrusage(2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {
    /// Time on a processor in user code.
    pub user: Duration,
    /// Time on a processor in the kernel.
    pub system: Duration,
    /// The most memory that was resident at a time, in bytes.
    pub most_resident: u64,
    /// Page faults without input or output.
    pub minor_faults: u64,
    /// Page faults with.
    pub major_faults: u64,
}

impl From<libc::rusage> for Usage {
    fn from(raw: libc::rusage) -> Self {
        let number = |number: libc::c_long| u64::try_from(number).unwrap_or_default();
        let time = |time: libc::timeval| {
            Duration::from_secs(u64::try_from(time.tv_sec).unwrap_or_default())
                + Duration::from_micros(u64::try_from(time.tv_usec).unwrap_or_default())
        };
        Self {
            user: time(raw.ru_utime),
            system: time(raw.ru_stime),
            most_resident: number(raw.ru_maxrss) * 1024,
            minor_faults: number(raw.ru_minflt),
            major_faults: number(raw.ru_majflt),
        }
    }
}

/// Linux 5.3, pidfd_open(2). The descriptor is close-on-exec.
pub(crate) fn pidfd_open(pid: u32) -> io::Result<OwnedFd> {
    // SAFETY: pidfd_open(2) reads no memory of ours.
    let fd = unsafe { libc::syscall(libc::SYS_pidfd_open, pid, 0) };
    let Ok(fd) = i32::try_from(fd) else {
        return Err(io::ErrorKind::InvalidData.into());
    };
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: a fresh descriptor that nobody else owns.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// waitid(2) with `P_PIDFD` (Linux 5.4). `None` when it still runs and `block` is false.
pub(crate) fn wait(pidfd: BorrowedFd<'_>, block: bool) -> io::Result<Option<Ended>> {
    let flags = libc::WEXITED | if block { 0 } else { libc::WNOHANG };
    loop {
        // SAFETY: `siginfo_t` is plain data, for which zero is a valid value.
        let mut info: libc::siginfo_t = unsafe { std::mem::zeroed() };
        let id = pidfd.as_raw_fd().cast_unsigned();
        // SAFETY: as `siginfo_t`.
        let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
        let (info_place, usage_place) = (&raw mut info, &raw mut usage);
        // The raw call, which libc's function makes without its last argument (waitid(2), "C library/kernel differences").
        // SAFETY: two valid places for the results.
        let done = unsafe { libc::syscall(libc::SYS_waitid, libc::P_PIDFD, id, info_place, flags, usage_place) };
        if done == 0 {
            // SAFETY: waitid(2) with WEXITED fills the child's fields, or leaves the zeros it was given.
            let pid = unsafe { info.si_pid() };
            if pid == 0 {
                return Ok(None);
            }
            // SAFETY: as above.
            let status = unsafe { info.si_status() };
            return Ok(Some(Ended { code: info.si_code, status, usage: usage.into() }));
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

/// Whether the descriptor becomes readable (a pidfd: its process ends) within the time.
pub(crate) fn readable_within(fd: BorrowedFd<'_>, time: Duration) -> io::Result<bool> {
    let mut entry = libc::pollfd { fd: fd.as_raw_fd(), events: libc::POLLIN, revents: 0 };
    // Rounded up: a caller that waits in a loop would otherwise spin through the last millisecond.
    let millis = i32::try_from(time.as_micros().div_ceil(1000)).unwrap_or(i32::MAX);
    // SAFETY: one entry, and its count.
    match unsafe { libc::poll(&raw mut entry, 1, millis) } {
        0 => Ok(false),
        ready if ready > 0 => Ok(true),
        _ => {
            let error = io::Error::last_os_error();
            if error.kind() == io::ErrorKind::Interrupted { Ok(false) } else { Err(error) }
        }
    }
}

/// pidfd_send_signal(2), Linux 5.1.
pub(crate) fn send_signal(pidfd: BorrowedFd<'_>, signal: i32) -> io::Result<()> {
    let no_info = std::ptr::null::<libc::siginfo_t>();
    // SAFETY: a null info means "as kill(2) would"; the descriptor is alive.
    let sent = unsafe { libc::syscall(libc::SYS_pidfd_send_signal, pidfd.as_raw_fd(), signal, no_info, 0) };
    if sent == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Waits until one of two descriptors is readable, or closed by its peer; which of them are. Without a time, for ever.
#[cfg(feature = "zygote")]
pub(crate) fn either_readable(fds: [BorrowedFd<'_>; 2], time: Option<Duration>) -> io::Result<[bool; 2]> {
    let mut entries = fds.map(|fd| libc::pollfd { fd: fd.as_raw_fd(), events: libc::POLLIN, revents: 0 });
    let millis = time.map_or(-1, |time| i32::try_from(time.as_micros().div_ceil(1000)).unwrap_or(i32::MAX));
    // SAFETY: two entries, and their count.
    if unsafe { libc::poll(entries.as_mut_ptr(), 2, millis) } < 0 {
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
        return Ok([false; 2]);
    }
    Ok(entries.map(|entry| entry.revents != 0))
}
