//! The child closes its descriptor of the parent's event queue and touches nothing on it. If it needs events, it makes
//! a queue of its own.

use std::io::{self, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

use crate::sys::{cvt, wait};

pub fn run() -> io::Result<()> {
    let (reader, mut writer) = io::pipe()?;
    // SAFETY: the descriptor is new and nobody else's.
    let events = unsafe { OwnedFd::from_raw_fd(cvt(libc::epoll_create1(libc::EPOLL_CLOEXEC))?) };
    let (queue, source) = (events.as_raw_fd(), reader.as_raw_fd());
    let mut event = libc::epoll_event { events: libc::EPOLLIN as u32, u64: 0 };
    // SAFETY: both descriptors are open, and `event` is read during the call only.
    cvt(unsafe { libc::epoll_ctl(queue, libc::EPOLL_CTL_ADD, source, &mut event) })?;
    // SAFETY: the process has one thread, and the child makes system calls only.
    match cvt(unsafe { libc::fork() })? {
        0 => unsafe {
            drop(events);
            let own = libc::epoll_create1(libc::EPOLL_CLOEXEC);
            libc::_exit((own == -1).into())
        },
        child => wait(child)?,
    }
    writer.write_all(b"work")?;
    // SAFETY: there is room for one event.
    cvt(unsafe { libc::epoll_wait(queue, &mut event, 1, -1) }).map(drop)
}
