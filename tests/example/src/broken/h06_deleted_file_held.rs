//! The parent deletes the upload and closes it, and the disk is as full as before. The worker has the file open too,
//! without knowing it, and keeps its space for as long as it lives.

use std::fs::{self, File};
use std::io;

use crate::sys::{cvt, wait};

const UPLOAD: &str = "/tmp/fork-example.upload";

pub fn run() -> io::Result<()> {
    let upload = File::create(UPLOAD)?;
    upload.set_len(1 << 20)?;
    match cvt(unsafe { libc::fork() })? {
        0 => unsafe {
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
