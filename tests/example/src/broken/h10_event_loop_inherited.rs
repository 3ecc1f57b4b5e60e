//! The child has the parent's own event queue, not a copy. What it takes off the queue while tidying up is gone for the
//! parent, which then waits for an event that cannot come.

use std::io::{self, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::ptr;

use crate::sys::{cvt, wait};

pub fn run() -> io::Result<()> {
    let (reader, mut writer) = io::pipe()?;
    let events = unsafe { OwnedFd::from_raw_fd(cvt(libc::epoll_create1(libc::EPOLL_CLOEXEC))?) };
    let (queue, source) = (events.as_raw_fd(), reader.as_raw_fd());
    let mut event = libc::epoll_event { events: libc::EPOLLIN as u32, u64: 0 };
    cvt(unsafe { libc::epoll_ctl(queue, libc::EPOLL_CTL_ADD, source, &mut event) })?;
    match cvt(unsafe { libc::fork() })? {
        0 => unsafe {
            libc::epoll_ctl(queue, libc::EPOLL_CTL_DEL, source, ptr::null_mut());
            libc::_exit(0)
        },
        child => wait(child)?,
    }
    writer.write_all(b"work")?;
    cvt(unsafe { libc::epoll_wait(queue, &mut event, 1, -1) }).map(drop)
}
