//! Interned strings: every path, name and file of a run is stored once and compared as a number.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{OnceLock, PoisonError, RwLock};

use rustc_hash::FxBuildHasher;

/// An interned string. Two are equal exactly when their texts are equal; valid for the life of the process. Their
/// order and their hashes are those of the texts, so that both are the same in every run, whichever thread met a name
/// first.
#[derive(Clone, Copy)]
pub struct Sym {
    id: u32,
    hash: u32,
}

/// Texts to numbers, in parts so that threads seldom wait for each other.
static PARTS: [RwLock<Part>; 64] = [const { RwLock::new(Part::with_hasher(FxBuildHasher)) }; 64];
type Part = HashMap<&'static str, u32, FxBuildHasher>;

/// Numbers to texts: chunk `n` holds `FIRST << n` of them and never moves, so that reading takes no lock.
static CHUNKS: [OnceLock<Box<[OnceLock<&'static str>]>>; 22] = [const { OnceLock::new() }; 22];
const FIRST: u32 = 1 << 10;

static NEXT: AtomicU32 = AtomicU32::new(0);

impl Sym {
    /// The symbol of `text`.
    pub fn new(text: &str) -> Sym {
        let long_hash = FxBuildHasher.hash_one(text);
        let hash = (long_hash >> 32) as u32 ^ long_hash as u32;
        let part = &PARTS[hash as usize % PARTS.len()];
        if let Some(&id) = part.read().unwrap_or_else(PoisonError::into_inner).get(text) {
            return Sym { id, hash };
        }
        let mut part = part.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(&id) = part.get(text) {
            return Sym { id, hash };
        }
        // The table lives as long as the process: a run interns what it reads once and ends.
        let text: &'static str = Box::leak(Box::from(text));
        let id = NEXT.fetch_add(1, Relaxed);
        let (chunk, at) = place(id);
        let chunk = CHUNKS[chunk].get_or_init(|| (0..FIRST << chunk).map(|_| OnceLock::new()).collect());
        chunk[at].get_or_init(|| text);
        part.insert(text, id);
        Sym { id, hash }
    }

    /// The text.
    #[inline]
    pub fn as_str(self) -> &'static str {
        let (chunk, at) = place(self.id);
        let text = CHUNKS[chunk].get().and_then(|chunk| chunk[at].get());
        text.copied().unwrap_or_default()
    }

    /// The part after the last `::`.
    pub fn last(self) -> &'static str {
        let text = self.as_str();
        text.rsplit("::").next().unwrap_or(text)
    }
}

/// The chunk of a number, and its place there.
#[inline]
fn place(id: u32) -> (usize, usize) {
    let from_first = id + FIRST;
    let chunk = from_first.ilog2() - FIRST.ilog2();
    (chunk as usize, (from_first - (FIRST << chunk)) as usize)
}

impl PartialEq for Sym {
    #[inline]
    fn eq(&self, other: &Sym) -> bool {
        self.id == other.id
    }
}

impl Eq for Sym {}

impl Hash for Sym {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u32(self.hash);
    }
}

impl Ord for Sym {
    fn cmp(&self, other: &Sym) -> Ordering {
        if self == other { Ordering::Equal } else { self.as_str().cmp(other.as_str()) }
    }
}

impl PartialOrd for Sym {
    fn partial_cmp(&self, other: &Sym) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Sym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Sym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl From<&str> for Sym {
    fn from(text: &str) -> Sym {
        Sym::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn places_follow_each_other() {
        assert_eq!((place(0), place(FIRST - 1)), ((0, 0), (0, 1023)));
        assert_eq!((place(FIRST), place(3 * FIRST - 1)), ((1, 0), (1, 2047)));
        assert_eq!(place(3 * FIRST), (2, 0));
        assert!(place(u32::MAX - FIRST).0 < CHUNKS.len());
    }

    #[test]
    fn threads_agree() {
        let texts: Vec<String> = (0..5000).map(|n| format!("threads_agree::{n}")).collect();
        let intern = || texts.iter().map(|text| Sym::new(text)).collect::<Vec<_>>();
        let (one, other) = thread::scope(|scope| {
            let (a, b) = (scope.spawn(intern), scope.spawn(intern));
            (a.join().expect("ends"), b.join().expect("ends"))
        });
        assert_eq!(one, other);
        assert!(one.iter().zip(&texts).all(|(sym, text)| sym.as_str() == text));
        assert_eq!(Sym::new("").as_str(), "");
    }

    #[test]
    fn order_is_that_of_the_texts() {
        let (z, a) = (Sym::new("order z"), Sym::new("order a"));
        assert_eq!([a.cmp(&z), z.cmp(&a), a.cmp(&a)], [Ordering::Less, Ordering::Greater, Ordering::Equal]);
    }
}
