//! The kernel's description of its own types (Documentation/bpf/btf.rst): offsets of members by name.

/// A parsed description; it borrows the file's bytes.
#[derive(Debug)]
pub struct Btf<'a> {
    bytes: &'a [u8],
    strings: usize,
    /// Where each type begins; ids count from 1.
    types: Vec<usize>,
}

/// Kinds of types.
const ARRAY: u32 = 3;
const STRUCT: u32 = 4;
const UNION: u32 = 5;
const FUNC: u32 = 12;
/// Bytes of `struct btf_type`, and of `struct btf_member`.
const HEAD: usize = 12;
const MEMBER: usize = 12;

impl<'a> Btf<'a> {
    /// Finds the types; none when the bytes are not what they should be.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        if u16::from_ne_bytes(bytes.get(..2)?.try_into().ok()?) != 0xeb9f {
            return None;
        }
        let header = word(bytes, 4)?;
        let section = |place: usize| Some((header.checked_add(word(bytes, place)?)?, word(bytes, place + 4)?));
        let ((start, length), (strings, _)) = (section(8)?, section(16)?);
        let end = start.checked_add(length)?.min(bytes.len());
        let mut btf = Self { bytes, strings, types: Vec::new() };
        let mut at = start;
        while at + HEAD <= end {
            btf.types.push(at);
            let (kind, count) = btf.kind(at)?;
            let more = match kind {
                1 | 14 | 17 => 4,
                ARRAY => 12,
                STRUCT | UNION | 15 | 19 => count * MEMBER,
                6 | 13 => count * 8,
                2 | 7..=12 | 16 | 18 => 0,
                // A newer kind, of unknown length.
                _ => return None,
            };
            at += HEAD + more;
        }
        Some(btf)
    }

    /// Id of a function.
    pub fn function(&self, name: &str) -> Option<u32> {
        u32::try_from(self.find(FUNC, name)? + 1).ok()
    }

    /// Offset of a structure's member in bytes, and the member's size when it is an array of structures.
    pub fn member(&self, of: &str, name: &str) -> Option<(usize, Option<usize>)> {
        self.within(*self.types.get(self.find(STRUCT, of)?)?, name, 0)
    }

    /// Members of nameless structures within count as its own.
    fn within(&self, at: usize, name: &str, depth: usize) -> Option<(usize, Option<usize>)> {
        let (_, count) = self.kind(at)?;
        let bits = word(self.bytes, at + 4)? >> 31 == 1;
        (0..count).find_map(|n| {
            let member = at + HEAD + n * MEMBER;
            let offset = word(self.bytes, member + 8)?;
            let offset = if bits { offset & 0x00ff_ffff } else { offset } / 8;
            let kind = self.start(word(self.bytes, member + 4)?);
            let called = self.name(word(self.bytes, member)?);
            if called == name.as_bytes() {
                return Some((offset, kind.and_then(|k| self.array(k))));
            }
            let kind = kind.filter(|k| called.is_empty() && depth < 4 && matches!(self.kind(*k), Some((4 | 5, _))))?;
            let (inner, size) = self.within(kind, name, depth + 1)?;
            Some((offset.checked_add(inner)?, size))
        })
    }

    /// Size of an array of structures.
    fn array(&self, at: usize) -> Option<usize> {
        let (kind, _) = self.kind(at)?;
        let element = self.start(word(self.bytes, at + HEAD)?)?;
        let of_structs = kind == ARRAY && self.kind(element)?.0 == STRUCT;
        if of_structs { word(self.bytes, at + HEAD + 8)?.checked_mul(word(self.bytes, element + 8)?) } else { None }
    }

    fn find(&self, kind: u32, name: &str) -> Option<usize> {
        let is = |at: usize| {
            self.kind(at).is_some_and(|(k, _)| k == kind)
                && word(self.bytes, at).is_some_and(|n| self.name(n) == name.as_bytes())
        };
        self.types.iter().position(|at| is(*at))
    }

    fn start(&self, id: usize) -> Option<usize> {
        self.types.get(id.checked_sub(1)?).copied()
    }

    fn kind(&self, at: usize) -> Option<(u32, usize)> {
        let info = word(self.bytes, at + 4)?;
        Some((u32::try_from(info >> 24 & 0x1f).ok()?, info & 0xffff))
    }

    fn name(&self, offset: usize) -> &'a [u8] {
        let text = self.strings.checked_add(offset).and_then(|at| self.bytes.get(at..)).unwrap_or_default();
        text.iter().position(|b| *b == 0).and_then(|end| text.get(..end)).unwrap_or_default()
    }
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_ne_bytes(bytes.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_kernels_description_has_the_members() {
        // A kernel without CONFIG_DEBUG_INFO_BTF has no such file.
        let Ok(bytes) = std::fs::read("/sys/kernel/btf/vmlinux") else { return };
        let btf = Btf::parse(&bytes).unwrap();
        assert!(btf.function("bpf_iter_task").is_some());
        assert!(btf.member("task_struct", "sighand").is_some_and(|(at, size)| at > 0 && size.is_none()));
        assert_eq!(btf.member("sighand_struct", "action").unwrap().1, Some(64 * 32));
        assert_eq!(btf.member("task_struct", "no such member"), None);
    }

    #[test]
    fn pieces_of_it_are_refused_or_read_within_bounds() {
        let Ok(bytes) = std::fs::read("/sys/kernel/btf/vmlinux") else { return };
        let whole = &bytes[..bytes.len().min(200_000)];
        for cut in (0..whole.len()).step_by(4099) {
            if let Some(btf) = Btf::parse(&whole[..cut]) {
                btf.member("task_struct", "sighand");
            }
        }
        let mut bad = whole.to_vec();
        for at in (0..bad.len()).step_by(997) {
            bad[at] ^= 0xff;
            if let Some(btf) = Btf::parse(&bad) {
                btf.member("list_head", "next");
            }
            bad[at] ^= 0xff;
        }
    }
}
