//! The parent deletes the old segment and unmaps it, and its disk space is not freed. The worker inherited the mapping,
//! and a mapping holds a file as an open descriptor does.

use std::fs::{self, File};
use std::os::fd::AsRawFd;
use std::{io, ptr};

use crate::sys::{cvt, wait};

const SEGMENT: &str = "/tmp/fork-example.segment";
const SIZE: usize = 1 << 20;

fn map(file: &File) -> io::Result<*mut libc::c_void> {
    let descriptor = file.as_raw_fd();
    let memory = unsafe { libc::mmap(ptr::null_mut(), SIZE, libc::PROT_READ, libc::MAP_SHARED, descriptor, 0) };
    if memory == libc::MAP_FAILED { Err(io::Error::last_os_error()) } else { Ok(memory) }
}

pub fn run() -> io::Result<()> {
    let file = File::options().read(true).write(true).create(true).truncate(true).open(SEGMENT)?;
    file.set_len(SIZE as u64)?;
    let memory = map(&file)?;
    drop(file);
    match cvt(unsafe { libc::fork() })? {
        0 => unsafe {
            libc::sleep(1);
            libc::_exit(0)
        },
        child => {
            fs::remove_file(SEGMENT)?;
            cvt(unsafe { libc::munmap(memory, SIZE) })?;
            wait(child)
        }
    }
}
