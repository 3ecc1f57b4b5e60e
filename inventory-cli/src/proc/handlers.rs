//! What a process does on each signal, with the handler's address: not in `/proc`, so out of the kernel by bpf(2).

use std::io;

use super::btf::Btf;
use crate::sys::bpf::{self, Layout};

/// A disposition that is not the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disposition {
    /// Number of the signal.
    pub signal: u32,
    /// Address of the handler; 1 ignores.
    pub handler: u64,
    /// Flags of sigaction(2).
    pub flags: u64,
}

/// Bytes of `struct k_sigaction` where it is handler, flags, restorer and a mask of 64 bits (x86-64, aarch64).
const ACTION: usize = 32;

/// Where the kernel has them.
///
/// # Errors
///
/// When the kernel does not describe its types, or not as expected.
pub fn layout() -> io::Result<Layout> {
    let bytes = std::fs::read("/sys/kernel/btf/vmlinux")?;
    let found = Btf::parse(&bytes).and_then(|btf| {
        let (action, length) = btf.member("sighand_struct", "action")?;
        let small = |number: usize| i32::try_from(number).ok().filter(|n| *n < 1 << 16);
        Some(Layout {
            iterator: btf.function("bpf_iter_task")?,
            sighand: small(btf.member("task_struct", "sighand")?.0)?,
            action: small(action)?,
            length: small(length.filter(|l| *l == 64 * ACTION)?)?,
        })
    });
    found.ok_or_else(|| io::Error::other("the kernel's types are not those that are known"))
}

/// All dispositions that are not the default.
///
/// # Errors
///
/// As [`bpf::dispositions`].
pub fn read(layout: &Layout, pid: i32) -> io::Result<Vec<Disposition>> {
    let bytes = bpf::dispositions(layout, pid)?;
    if bytes.len() != 64 * ACTION {
        return Err(io::Error::from_raw_os_error(libc::ESRCH));
    }
    Ok(parse(&bytes))
}

fn parse(bytes: &[u8]) -> Vec<Disposition> {
    let one = |(place, action): (usize, &[u8])| {
        let word = |at: usize| Some(u64::from_ne_bytes(action.get(at..at + 8)?.try_into().ok()?));
        let signal = u32::try_from(place + 1).ok()?;
        Some(Disposition { signal, handler: word(0).filter(|h| *h != 0)?, flags: word(8)? })
    };
    bytes.chunks_exact(ACTION).enumerate().filter_map(one).collect()
}
