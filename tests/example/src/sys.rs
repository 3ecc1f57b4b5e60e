//! The conventions of C that every example needs, translated once.

use std::io;

use libc::{c_int, pid_t};

/// The result of a C call, with its −1 turned into the error it stands for.
pub fn cvt(result: c_int) -> io::Result<c_int> {
    if result == -1 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

/// Waits until `child` has ended, however often a signal interrupts the waiting.
pub fn wait(child: pid_t) -> io::Result<()> {
    loop {
        let mut status = 0;
        // SAFETY: `status` is a live integer for the kernel to fill in.
        match cvt(unsafe { libc::waitpid(child, &mut status, 0) }) {
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
