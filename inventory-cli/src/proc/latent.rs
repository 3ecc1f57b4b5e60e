//! Copies of glibc's mutexes in memory: locked, by a thread that is not here.
//!
//! A `pthread_mutex_t` of `bits/struct_mutex.h` (64 bit): word, count, owner, users, kind, spins, list. Only a lock that
//! records its owner can be told from other data; those of Rust's std, parking_lot and musl's normal mutex record none.

/// A mutex that looks held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its address.
    pub address: u64,
    /// The thread that it records.
    pub owner: i32,
}

/// Bytes of a mutex.
pub const LENGTH: usize = 40;

/// Searches memory that begins at an address. `is_owner` says whether a number is a thread that may hold one.
pub fn find(memory: &[u8], start: u64, is_owner: impl Fn(i32) -> bool) -> Vec<Held> {
    let mut found = Vec::new();
    let words = memory.as_chunks::<4>().0;
    for place in (0..words.len().saturating_sub(LENGTH / 4 - 1)).step_by(2) {
        let word = |n: usize| words.get(place + n).map_or(0, |w| u32::from_ne_bytes(*w));
        // Cheapest and rarest first: this looks at every word of a process.
        let owner = word(2);
        if owner == 0 || owner > 4 << 20 || word(3) != 1 {
            continue;
        }
        let owner = owner.cast_signed();
        let (lock, count, kind) = (word(0), word(1), word(4));
        let robust = lock & 0x3fff_ffff == word(2);
        // Kinds 0 to 3, the bits for elision; the type in bit 4 is that of robust ones.
        let plausible = kind & !0x393 == 0 && (matches!(lock, 1 | 2) || robust && kind & 0x10 != 0) && count < 1 << 16;
        let unlisted = kind & 0x10 != 0 || (6..10).all(|n| word(n) == 0);
        if plausible && unlisted && is_owner(owner) {
            found.push(Held { address: start.wrapping_add(place as u64 * 4), owner });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|w| w.to_ne_bytes()).collect()
    }

    #[test]
    fn only_what_is_held_by_a_known_thread() {
        let mut memory = bytes(&[7, 7, 2, 0, 4711, 1, 0, 0, 0, 0, 0, 0, 9, 9]);
        let known = |tid: i32| tid == 4711;
        assert_eq!(find(&memory, 0x1000, known), [Held { address: 0x1008, owner: 4711 }]);
        assert_eq!(find(&memory, 0x1000, |_| false), []);
        // Free; a list that a normal mutex has not; cut.
        memory[8] = 0;
        assert_eq!(find(&memory, 0, known), []);
        memory[8] = 2;
        memory[40] = 1;
        assert_eq!(find(&memory, 0, known), []);
        assert_eq!(find(&bytes(&[2, 0, 4711, 1, 0]), 0, known), []);
    }
}
