//! `/proc/PID/task/TID/syscall`: what a thread waits for, and which lock a futex(2) call belongs to.
//!
//! The kinds were told apart by deadlocking real programs (glibc 2.36, musl 1.2, Rust 1.95, parking_lot 0.12) and reading
//! what they do; the layouts are those of `bits/pthreadtypes.h` and of each library's sources.

use crate::model::LockKind;

/// A system call that a thread is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// Its number; −1 for a thread blocked outside a system call.
    pub number: i64,
    /// Its six arguments.
    pub arguments: [u64; 6],
    /// The stack pointer.
    pub stack: u64,
    /// The instruction after the call.
    pub instruction: u64,
}

/// Parses the file; none for a thread that runs.
pub fn parse(text: &str) -> Option<Call> {
    let mut words = text.split_ascii_whitespace();
    let number = words.next()?.parse().ok()?;
    let mut values = [0; 8];
    for (value, word) in values.iter_mut().zip(words) {
        *value = u64::from_str_radix(word.strip_prefix("0x")?, 16).ok()?;
    }
    let [a, b, c, d, e, f, stack, instruction] = values;
    Some(Call { number, arguments: [a, b, c, d, e, f], stack, instruction })
}

/// A futex wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Futex {
    /// Address of the word.
    pub address: u64,
    /// Operation without its flags.
    pub operation: u32,
    /// Whether only threads of the same memory can wake it.
    pub private: bool,
    /// Whether the clock is the wall's.
    pub realtime: bool,
    /// The value that was expected in the word.
    pub value: u32,
    /// Whether it ends by itself.
    pub timed: bool,
}

const FUTEX_WAIT: u32 = 0;
const FUTEX_LOCK_PI: u32 = 6;
const FUTEX_WAIT_BITSET: u32 = 9;
const FUTEX_LOCK_PI2: u32 = 13;

/// The futex wait that a call is.
pub fn futex(call: &Call) -> Option<Futex> {
    if call.number != libc::SYS_futex {
        return None;
    }
    let [address, operation, value, timeout, ..] = call.arguments;
    let flags = u32::try_from(operation & 0xffff_ffff).ok()?;
    let futex = Futex {
        address,
        operation: flags & 0x7f,
        private: flags & 0x80 != 0,
        realtime: flags & 0x100 != 0,
        value: u32::try_from(value & 0xffff_ffff).ok()?,
        timed: timeout != 0,
    };
    matches!(futex.operation, FUTEX_WAIT | FUTEX_LOCK_PI | FUTEX_WAIT_BITSET | FUTEX_LOCK_PI2).then_some(futex)
}

/// What is around the word: read from the target's memory, zero where that could not be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around {
    /// The 8 words from 16 bytes before the futex word on, when readable.
    pub words: Option<[u32; 16]>,
    /// Whether the C library is musl.
    pub musl: bool,
}

impl Around {
    /// The 32-bit word at an offset from the futex word, −16 to 44.
    pub fn word(&self, offset: i32) -> Option<u32> {
        let place = usize::try_from((offset + 16) / 4).ok()?;
        self.words.as_ref()?.get(place).copied()
    }
}

/// Bit of a robust or priority-inheriting lock's word that says that somebody waits.
const WAITERS: u32 = 0x8000_0000;
const TID: u32 = 0x3fff_ffff;

/// What a futex wait is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lock {
    /// What kind of lock.
    pub kind: LockKind,
    /// The thread id that it records as its owner.
    pub owner: Option<u32>,
    /// Address of the lock, of which the futex word is a part.
    pub address: u64,
}

/// The lock that a wait is for.
pub fn lock(futex: &Futex, around: &Around) -> Lock {
    let (kind, owner) = classify(futex, around);
    let inside = match kind {
        // A writer waits at one of two words: who is next, or whose turn it is.
        LockKind::GlibcRwLock if tid(around.word(16)).is_none() && owner.is_some() => 12,
        LockKind::GlibcRwLock => 8,
        LockKind::MuslMutex | LockKind::MuslRecursiveMutex => 4,
        _ => 0,
    };
    Lock { kind, owner, address: futex.address.wrapping_sub(inside) }
}

fn tid(word: Option<u32>) -> Option<u32> {
    word.map(|w| w & TID).filter(|t| *t > 0 && *t <= 4 << 20)
}

/// The kind of lock, and the thread id that it records as its owner.
///
/// Owners are looked for only after the kind is known: the words beside a lock of another library are its user's data.
fn classify(futex: &Futex, around: &Around) -> (LockKind, Option<u32>) {
    match (futex.operation, futex.private, futex.realtime, futex.value) {
        (FUTEX_LOCK_PI | FUTEX_LOCK_PI2, ..) => (LockKind::PiMutex, tid(around.word(0))),
        // musl: the lock word is the second of the mutex, `EBUSY` for a normal one, the owner for others.
        (FUTEX_WAIT, _, _, 0x8000_0010) => (LockKind::MuslMutex, None),
        (FUTEX_WAIT, _, _, value) if value & WAITERS != 0 && around.musl => {
            (LockKind::MuslRecursiveMutex, tid(Some(value)))
        }
        (FUTEX_WAIT, false, _, value) if value & WAITERS != 0 => (LockKind::GlibcRobustMutex, tid(Some(value))),
        (FUTEX_WAIT, true, _, 2) => match glibc_owner(around) {
            Some(owner) => (LockKind::GlibcMutex, Some(owner)),
            None => (LockKind::GlibcInternal, None),
        },
        (FUTEX_WAIT, true, _, 1) => (LockKind::ParkingLot, None),
        (FUTEX_WAIT_BITSET, true, true, 3) => (LockKind::GlibcRwLock, tid(around.word(16)).or(tid(around.word(12)))),
        (FUTEX_WAIT_BITSET, _, true, _) => (LockKind::GlibcWait, None),
        (FUTEX_WAIT_BITSET, true, false, 2) => (LockKind::RustMutex, None),
        (FUTEX_WAIT_BITSET, true, false, u32::MAX) => (LockKind::RustPark, None),
        // RUNNING | QUEUED of std's futex-based Once.
        (FUTEX_WAIT_BITSET, true, false, 5) => (LockKind::RustOnce, None),
        // Write-locked, with readers (bit 30) or writers (bit 31) waiting.
        (FUTEX_WAIT_BITSET, true, false, value) if value >= 0x4000_0000 => (LockKind::RustRwLock, None),
        (FUTEX_WAIT_BITSET, true, false, _) => (LockKind::RustWait, None),
        _ => (LockKind::Other, None),
    }
}

/// The owner of a plausible `pthread_mutex_t`: word, count, owner, users, kind.
fn glibc_owner(around: &Around) -> Option<u32> {
    let [word, owner, users, kind] = [0, 8, 12, 16].map(|offset| around.word(offset));
    let plausible = word? != 0 && (1..=4 << 20).contains(&owner?) && users? < 1 << 20 && kind? & !0x3 & !0x180 == 0;
    if plausible { owner } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str, words: Option<[u32; 16]>, musl: bool) -> (LockKind, Option<u32>) {
        let call = parse(text).unwrap();
        classify(&futex(&call).unwrap(), &Around { words, musl })
    }

    #[test]
    fn the_kinds_of_locks_by_what_they_ask_of_the_kernel() {
        let text =
            |op: u32, value: u32| format!("{} 0x7f00 {op:#x} {value:#x} 0x0 0x0 0x0 0x7ffe 0x7f11", libc::SYS_futex);
        let mut words = [0; 16];
        (words[4], words[6], words[7]) = (2, 4711, 1);
        assert_eq!(kind(&text(0x80, 2), Some(words), false), (LockKind::GlibcMutex, Some(4711)));
        assert_eq!(kind(&text(0x80, 2), None, false), (LockKind::GlibcInternal, None));
        assert_eq!(kind(&text(0, 0x8000_1267), None, false), (LockKind::GlibcRobustMutex, Some(4711)));
        assert_eq!(kind(&text(0x80, 0x8000_1267), None, true), (LockKind::MuslRecursiveMutex, Some(4711)));
        assert_eq!(kind(&text(0x80, 0x8000_0010), None, true), (LockKind::MuslMutex, None));
        assert_eq!(kind(&text(0x89, 2), Some(words), false), (LockKind::RustMutex, None));
        assert_eq!(kind(&text(0x89, 0x7fff_ffff), None, false), (LockKind::RustRwLock, None));
        assert_eq!(kind(&text(0x89, 5), None, false), (LockKind::RustOnce, None));
        assert_eq!(kind(&text(0x80, 1), None, false), (LockKind::ParkingLot, None));
        assert_eq!(kind(&text(0x189, 0), None, false), (LockKind::GlibcWait, None));
    }

    #[test]
    fn nonsense_is_nothing() {
        for text in ["", "running", "x", "202 7f", "202 0xzz", "-1 0x0 0x0"] {
            assert_eq!(parse(text).and_then(|c| futex(&c)), None, "{text}");
        }
    }
}
