//! Content digests. They tell apart what changed by accident or by work, not what was forged.

use std::fmt;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// 128 bits of a content.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Digest([u8; 16]);

impl Digest {
    /// Bytes in a digest.
    pub(super) const LEN: usize = 16;

    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(xxh3_128(bytes).to_le_bytes())
    }

    /// Of a source file as the front end sees it: what is not UTF-8 in it is replaced.
    pub fn of_source(bytes: &[u8]) -> Digest {
        match std::str::from_utf8(bytes) {
            Ok(_) => Digest::of(bytes),
            Err(_) => Digest::of(String::from_utf8_lossy(bytes).as_bytes()),
        }
    }

    pub(super) fn bytes(&self) -> &[u8; Digest::LEN] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A digest over several parts; where one ends and the next begins counts.
pub struct Digester(Xxh3);

impl Digester {
    /// With no part yet.
    pub fn new() -> Digester {
        Digester(Xxh3::new())
    }

    /// Adds a part.
    pub fn add(&mut self, part: impl AsRef<[u8]>) -> &mut Digester {
        let part = part.as_ref();
        self.0.update(&(part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }

    /// Adds a list: its length, and each part.
    pub fn add_all<P: AsRef<[u8]>>(&mut self, parts: impl IntoIterator<Item = P>) -> &mut Digester {
        let parts: Vec<P> = parts.into_iter().collect();
        self.0.update(&(parts.len() as u64).to_le_bytes());
        for part in parts {
            self.add(part);
        }
        self
    }

    /// The digest of all parts.
    pub fn digest(&self) -> Digest {
        Digest(self.0.digest128().to_le_bytes())
    }
}

impl Default for Digester {
    fn default() -> Digester {
        Digester::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart() {
        let of = |lists: &[&[&str]]| {
            let mut digester = Digester::new();
            lists.iter().for_each(|list| {
                digester.add_all(list.iter());
            });
            digester.digest()
        };
        assert_eq!(of(&[&["a", "b"]]), of(&[&["a", "b"]]));
        assert_ne!(of(&[&["a", "b"]]), of(&[&["ab"]]));
        assert_ne!(of(&[&["a"], &["b"]]), of(&[&["a", "b"], &[]]));
        assert_eq!(Digest::of_source(b"\xff"), Digest::of("\u{fffd}".as_bytes()));
        assert_eq!(Digest::of(b"").to_string().len(), 32);
    }
}
