//! The worker closes the upload as soon as it is born: nothing but the parent holds it. Its space is free when the
//! parent has deleted and closed it.

use std::fs::{self, File};
use std::io;

use crate::sys::{cvt, wait};

const UPLOAD: &str = "/tmp/fork-example.upload";

pub fn run() -> io::Result<()> {
    let upload = File::create(UPLOAD)?;
    upload.set_len(1 << 20)?;
    // SAFETY: the process has one thread, and the child makes system calls only.
    match cvt(unsafe { libc::fork() })? {
        0 => unsafe {
            drop(upload);
            libc::sleep(1);
            libc::_exit(0)
        },
        child => {
            fs::remove_file(UPLOAD)?;
            drop(upload);
            wait(child)
        }
    }
}
