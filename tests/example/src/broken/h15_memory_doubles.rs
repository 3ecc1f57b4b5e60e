//! The worker never looks at the table, but the kernel must keep it as it was for the worker. Every page that the
//! parent writes is copied first: soon the table is there twice.

use std::{io, ptr, slice};

use crate::sys::{cvt, wait};

const SIZE: usize = 64 << 20;

pub fn run() -> io::Result<()> {
    let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    let memory = unsafe { libc::mmap(ptr::null_mut(), SIZE, access, kind, -1, 0) };
    if memory == libc::MAP_FAILED {
        return Err(io::Error::last_os_error());
    }
    let table = unsafe { slice::from_raw_parts_mut(memory.cast::<u8>(), SIZE) };
    table.fill(1);
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
