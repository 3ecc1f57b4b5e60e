//! `MADV_DONTFORK` leaves the table out of every child: it is not copied, and its pages cost no time at the fork. The
//! child must not touch it, for there is nothing at its address.

use std::{io, ptr, slice};

use crate::sys::{cvt, wait};

const SIZE: usize = 64 << 20;

pub fn run() -> io::Result<()> {
    let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    // SAFETY: a new mapping, wherever the kernel likes.
    let memory = unsafe { libc::mmap(ptr::null_mut(), SIZE, access, kind, -1, 0) };
    if memory == libc::MAP_FAILED {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the range is the mapping made above; the child does not use it.
    cvt(unsafe { libc::madvise(memory, SIZE, libc::MADV_DONTFORK) })?;
    // SAFETY: the mapping is never unmapped, and this is the only reference to it.
    let table = unsafe { slice::from_raw_parts_mut(memory.cast::<u8>(), SIZE) };
    table.fill(1);
    // SAFETY: the process has one thread, and the child makes system calls only.
    match cvt(unsafe { libc::fork() })? {
        0 => unsafe {
            libc::sleep(1);
            libc::_exit(0)
        },
        child => {
            table.fill(2);
            wait(child)
        }
    }
}
