//! The pid is asked for once and kept, and the child inherits what was kept. It means to stop itself, and stops its
//! parent.

use std::sync::LazyLock;
use std::{io, process};

use libc::pid_t;

use crate::sys::{cvt, wait};

static PID: LazyLock<u32> = LazyLock::new(process::id);

fn stop_this_process() {
    unsafe { libc::kill(*PID as pid_t, libc::SIGTERM) };
}

pub fn run() -> io::Result<()> {
    println!("process {} starts a worker", *PID);
    match cvt(unsafe { libc::fork() })? {
        0 => {
            stop_this_process();
            unsafe { libc::_exit(0) }
        }
        child => wait(child),
    }
}
