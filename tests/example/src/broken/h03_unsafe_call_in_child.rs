//! Between fork and exec the child builds strings, prints and reads the environment. Each of these takes a lock that
//! another thread of the parent may have held, so in a bigger program the child hangs now and then.

use std::ffi::CString;
use std::{env, io, ptr};

use crate::sys::{cvt, wait};

pub fn run() -> io::Result<()> {
    match cvt(unsafe { libc::fork() })? {
        0 => {
            let shell = env::var("SHELL").unwrap_or_else(|_| format!("{}/sh", "/bin"));
            println!("starting {shell}");
            let program = CString::new(shell).expect("no NUL in a variable");
            let argv = [program.as_ptr(), c"-c".as_ptr(), c"true".as_ptr(), ptr::null()];
            unsafe {
                libc::execv(program.as_ptr(), argv.as_ptr());
                libc::_exit(127)
            }
        }
        child => wait(child),
    }
}
