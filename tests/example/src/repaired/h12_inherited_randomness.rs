//! The child seeds a generator of its own and never draws from the inherited one. No number of the one process says
//! anything about the other's.

use std::io;

use crate::sys::{cvt, wait};

/// Xorshift: quick, and the same for everybody with the same state.
struct TokenRng(u64);

impl TokenRng {
    fn seeded() -> io::Result<Self> {
        let mut seed = [0; 8];
        // SAFETY: `seed` is as long as it is said to be.
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
        0 => unsafe { libc::_exit(TokenRng::seeded().map_or(255, |mut own| own.next() & 0x7f) as i32) },
        child => {
            println!("the parent's token is {}", tokens.next() & 0x7f);
            wait(child)
        }
    }
}
