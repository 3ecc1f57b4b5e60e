//! The generator was seeded before the fork, so both processes go on from one state. The tokens that the child gives
//! out are the ones that the parent gives out.

use std::io;

use crate::sys::{cvt, wait};

/// Xorshift: quick, and the same for everybody with the same state.
struct TokenRng(u64);

impl TokenRng {
    fn seeded() -> io::Result<Self> {
        let mut seed = [0; 8];
        match unsafe { libc::getrandom(seed.as_mut_ptr().cast(), seed.len(), 0) } {
            -1 => Err(io::Error::last_os_error()),
            _ => Ok(Self(u64::from_ne_bytes(seed) | 1)),
        }
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

pub fn run() -> io::Result<()> {
    let mut tokens = TokenRng::seeded()?;
    match cvt(unsafe { libc::fork() })? {
        0 => {
            println!("the child's token is {}", tokens.next() & 0x7f);
            unsafe { libc::_exit(0) }
        }
        child => {
            println!("the parent's token is {}", tokens.next() & 0x7f);
            wait(child)
        }
    }
}
