//! Output that glibc's stdio has not written yet: the streams of `_IO_list_all` (`bits/types/struct_FILE.h`, 64 bit).

use super::maps::Map;
use super::{ProcDir, elf, memory};

/// A stream with unwritten bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    /// Address of the `FILE`.
    pub address: u64,
    /// Its descriptor.
    pub fd: i32,
    /// The bytes, at most 1 MiB of them.
    pub bytes: Vec<u8>,
    /// How many there are.
    pub length: u64,
}

/// More streams than this are not walked: the list is the target's own, and may be a ring.
const MOST: usize = 1024;
const KEPT: u64 = 1 << 20;

/// All streams with unwritten bytes; none when the program has no glibc that can be found.
pub fn unwritten(dir: &ProcDir, maps: &[Map]) -> Option<Vec<Stream>> {
    let word = |address: u64| -> Option<u64> {
        let mut bytes = [0; 8];
        memory::read(dir, address, &mut bytes).ok()?;
        Some(u64::from_ne_bytes(bytes))
    };
    let mut at = word(elf::address_of(dir, maps, "_IO_list_all")?)?;
    let mut streams = Vec::new();
    for _ in 0..MOST {
        if at == 0 {
            break;
        }
        let mut file = [0; 120];
        if memory::read(dir, at, &mut file).is_err() {
            break;
        }
        let Some((pending, next)) = stream(&file) else { break };
        if let Some((from, length, fd)) = pending {
            let mut bytes = vec![0; usize::try_from(length.min(KEPT)).unwrap_or(0)];
            if memory::read(dir, from, &mut bytes).is_ok() {
                streams.push(Stream { address: at, fd, bytes, length });
            }
        }
        at = next;
    }
    Some(streams)
}

type Pending = (u64, u64, i32);

/// Where the pending bytes are, how many, for which descriptor; and the next stream. None when it is no `FILE`.
fn stream(file: &[u8]) -> Option<(Option<Pending>, u64)> {
    /// `_IO_MAGIC`, and `_IO_CURRENTLY_PUTTING`.
    const MAGIC: u32 = 0xfbad_0000;
    const PUTTING: u32 = 0x800;
    let half = |at: usize| Some(u32::from_ne_bytes(file.get(at..at + 4)?.try_into().ok()?));
    let word = |at: usize| Some(u64::from_ne_bytes(file.get(at..at + 8)?.try_into().ok()?));
    let flags = half(0)?;
    if flags & 0xffff_0000 != MAGIC {
        return None;
    }
    let (base, end, next, fd) = (word(32)?, word(40)?, word(104)?, half(112)?.cast_signed());
    let length = end.saturating_sub(base);
    let pending = flags & PUTTING != 0 && base != 0 && (1..1 << 40).contains(&length) && fd >= 0;
    Some((pending.then_some((base, length, fd)), next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_that_is_being_written() {
        let mut file = [0u8; 120];
        file[..4].copy_from_slice(&0xfbad_2884u32.to_ne_bytes());
        file[32..40].copy_from_slice(&0x1000u64.to_ne_bytes());
        file[40..48].copy_from_slice(&0x1015u64.to_ne_bytes());
        file[104..112].copy_from_slice(&0x77u64.to_ne_bytes());
        file[112..116].copy_from_slice(&3u32.to_ne_bytes());
        assert_eq!(stream(&file), Some((Some((0x1000, 21, 3)), 0x77)));
        file[1] = 0x20;
        assert_eq!(stream(&file), Some((None, 0x77)));
        file[3] = 0;
        assert_eq!(stream(&file), None);
        assert_eq!(stream(&file[..50]), None);
    }
}
