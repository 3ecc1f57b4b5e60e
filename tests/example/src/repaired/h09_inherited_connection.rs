//! Each process has a connection of its own, and closes the other's copy before it speaks. Closing it says nothing to
//! the server, because the owner still has it open.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use crate::sys::{cvt, wait};

fn ping(mut cache: TcpStream) -> io::Result<()> {
    cache.write_all(b"PING\r\n")?;
    cache.read_exact(&mut [0; 7])
}

pub fn run() -> io::Result<()> {
    let ours = TcpStream::connect("127.0.0.1:6379")?;
    let childs = TcpStream::connect("127.0.0.1:6379")?;
    // SAFETY: the process has one thread, and the child makes system calls only.
    match cvt(unsafe { libc::fork() })? {
        0 => {
            drop(ours);
            unsafe { libc::_exit(ping(childs).is_err().into()) }
        }
        child => {
            drop(childs);
            let ours = ping(ours);
            wait(child).and(ours)
        }
    }
}
