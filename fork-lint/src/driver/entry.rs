//! The bytes of a cached crate.
//!
//! A magic word, a digest of all that follows, then the header, the facts and the interface. Facts and interface each
//! stand behind the texts of the symbols in them, so that one can be read without the other.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Digest, SeenFile};
use crate::facts::sym_table::{with_numbers, with_symbols};
use crate::facts::{CrateFacts, Sym};

const MAGIC: &[u8; 16] = b"fork-lint cache\n";
const HEADER_AT: usize = MAGIC.len() + Digest::LEN;

/// What must hold for an entry to be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Header {
    /// Digest of all that the reading depended on, but for the files.
    pub(super) key: Digest,
    /// The files.
    pub(super) seen: Vec<SeenFile>,
    /// Digest of the interface as packed.
    pub(super) interface: Digest,
}

/// An entry whose bytes are whole.
pub(super) struct Entry {
    pub(super) header: Header,
    facts: Packed,
    interface: Packed,
}

/// A value in its serialised form.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Packed(Vec<u8>);

impl Packed {
    /// `None` for a value that cannot be serialised.
    pub(super) fn of(value: &impl Serialize) -> Option<Packed> {
        let (body, symbols) = with_numbers(|| postcard::to_allocvec(value));
        let body = body.ok()?;
        let texts: usize = symbols.iter().map(|symbol| symbol.as_str().len()).sum();
        let mut packed = Vec::with_capacity(8 + symbols.len() * 4 + texts + body.len());
        packed.extend((symbols.len() as u32).to_le_bytes());
        packed.extend((texts as u32).to_le_bytes());
        for symbol in &symbols {
            packed.extend((symbol.as_str().len() as u32).to_le_bytes());
        }
        for symbol in &symbols {
            packed.extend(symbol.as_str().as_bytes());
        }
        packed.extend(body);
        Some(Packed(packed))
    }

    /// The value; `None` when the bytes are not what [`Packed::of`] made of such a value.
    pub(super) fn open<T: DeserializeOwned>(&self) -> Option<T> {
        let mut rest = &self.0[..];
        let count = take_u32(&mut rest)? as usize;
        let texts_len = take_u32(&mut rest)? as usize;
        let mut lengths = take(&mut rest, count.checked_mul(4)?)?;
        let texts = std::str::from_utf8(take(&mut rest, texts_len)?).ok()?;
        let mut symbols = Vec::with_capacity(count);
        let mut at = 0;
        while !lengths.is_empty() {
            let end = at + take_u32(&mut lengths)? as usize;
            symbols.push(Sym::new(texts.get(at..end)?));
            at = end;
        }
        with_symbols(symbols, || postcard::from_bytes(rest)).ok()
    }

    pub(super) fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }
}

impl Entry {
    pub(super) fn new(key: Digest, seen: Vec<SeenFile>, facts: &CrateFacts, interface: Packed) -> Option<Entry> {
        let header = Header { key, seen, interface: interface.digest() };
        Some(Entry { header, facts: Packed::of(facts)?, interface })
    }

    /// The bytes of a file that holds the entry.
    pub(super) fn to_bytes(&self) -> Option<Vec<u8>> {
        let header = postcard::to_allocvec(&self.header).ok()?;
        let size = HEADER_AT + 12 + header.len() + self.facts.0.len() + self.interface.0.len();
        let mut bytes = Vec::with_capacity(size);
        bytes.extend(MAGIC);
        bytes.extend([0; Digest::LEN]);
        for part in [&header, &self.facts.0, &self.interface.0] {
            bytes.extend(u32::try_from(part.len()).ok()?.to_le_bytes());
        }
        for part in [&header, &self.facts.0, &self.interface.0] {
            bytes.extend(part);
        }
        let digest = Digest::of(&bytes[HEADER_AT..]);
        bytes[MAGIC.len()..HEADER_AT].copy_from_slice(digest.bytes());
        Some(bytes)
    }

    /// `None` unless the bytes are exactly those of an entry.
    pub(super) fn from_bytes(mut bytes: Vec<u8>) -> Option<Entry> {
        let mut rest = &bytes[..];
        if take(&mut rest, MAGIC.len())? != MAGIC {
            return None;
        }
        let digest = take(&mut rest, Digest::LEN)?;
        if digest != Digest::of(rest).bytes() {
            return None;
        }
        let header_len = take_u32(&mut rest)? as usize;
        let facts_len = take_u32(&mut rest)? as usize;
        let interface_len = take_u32(&mut rest)? as usize;
        let header = postcard::from_bytes(take(&mut rest, header_len)?).ok()?;
        if rest.len() != facts_len.checked_add(interface_len)? {
            return None;
        }
        let interface = Packed(bytes.split_off(bytes.len() - interface_len));
        bytes.drain(..bytes.len() - facts_len);
        Some(Entry { header, facts: Packed(bytes), interface })
    }

    pub(super) fn facts(&self) -> Option<CrateFacts> {
        self.facts.open()
    }

    pub(super) fn into_interface(self) -> Packed {
        self.interface
    }
}

fn take<'a>(rest: &mut &'a [u8], len: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(len)?;
    *rest = left;
    Some(taken)
}

fn take_u32(rest: &mut &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(take(rest, 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{ConstDef, Val};

    fn entry() -> Entry {
        let path = Sym::new("k::FLAGS");
        let facts = CrateFacts {
            name: "k".into(),
            consts: vec![ConstDef { path, value: Val::Or(vec![Val::Const(path), Val::Int(-7)]) }],
            ..CrateFacts::default()
        };
        let seen = vec![SeenFile { path: "a.rs".into(), content: None }];
        let interface = Packed::of(&vec![Sym::new("k::shown"), Sym::new("")]).expect("packed");
        Entry::new(Digest::of(b"key"), seen, &facts, interface).expect("an entry")
    }

    #[test]
    fn comes_back() {
        let back = Entry::from_bytes(entry().to_bytes().expect("bytes")).expect("whole");
        assert_eq!(back.header, entry().header);
        let facts = back.facts().expect("facts");
        assert_eq!(format!("{facts:?}"), format!("{:?}", entry().facts().expect("facts")));
        assert_eq!(facts.consts[0].path, Sym::new("k::FLAGS"));
        assert_eq!(back.into_interface().open(), Some(vec![Sym::new("k::shown"), Sym::new("")]));
    }

    #[test]
    fn damage_is_seen() {
        let whole = entry().to_bytes().expect("bytes");
        for len in 0..whole.len() {
            assert!(Entry::from_bytes(whole[..len].to_vec()).is_none(), "cut after {len}");
            let mut flipped = whole.clone();
            flipped[len] ^= 0x10;
            assert!(Entry::from_bytes(flipped).is_none(), "flipped at {len}");
        }
        let longer = [&whole[..], b"x"].concat();
        assert!(Entry::from_bytes(longer).is_none());
    }

    #[test]
    fn other_values_do_not_open() {
        let packed = Packed::of(&vec![Sym::new("a")]).expect("packed");
        assert_eq!(packed.open::<CrateFacts>().map(|facts| facts.name), None);
        assert_eq!(Packed(vec![255; 64]).open::<Vec<Sym>>(), None);
        assert_eq!(Packed(Vec::new()).open::<Vec<Sym>>(), None);
    }
}
