//! The handle is kept, and waited for when its end matters. The work in between still runs beside the child.

use std::io;
use std::process::{Command, Stdio};

pub fn run() -> io::Result<()> {
    let mut sync = Command::new("sync").stdin(Stdio::null()).spawn()?;
    let status = sync.wait()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("sync: {status}"))) }
}
