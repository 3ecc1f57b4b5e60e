//! `/proc/PID/maps` (proc_pid_maps(5)).

use super::text::lossless;

/// One mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    /// First address.
    pub start: u64,
    /// Address behind the last.
    pub end: u64,
    /// Readable, writable, executable.
    pub access: [bool; 3],
    /// Whether writes reach the other processes that map it.
    pub shared: bool,
    /// Offset in the file.
    pub offset: u64,
    /// Inode, 0 without a file.
    pub inode: u64,
    /// Path or `[name]`, without the mark of deletion.
    pub path: String,
    /// Whether the file is deleted.
    pub deleted: bool,
}

/// The kernel's mark behind the path of a deleted file.
pub const DELETED: &str = " (deleted)";

/// Parses all lines; one that is not as documented is skipped.
pub fn parse(text: &[u8]) -> Vec<Map> {
    text.split(|b| *b == b'\n').filter_map(line).collect()
}

/// Parses one line.
pub fn line(line: &[u8]) -> Option<Map> {
    // The fields before the path are ASCII and separated by one blank; the path may hold anything but a newline.
    let mut rest = line;
    let mut word = || {
        let end = rest.iter().position(|b| *b == b' ').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after.get(1..).unwrap_or_default();
        std::str::from_utf8(word).ok()
    };
    let (start, end) = word()?.split_once('-')?;
    let access = word()?.as_bytes();
    let offset = u64::from_str_radix(word()?, 16).ok()?;
    word()?;
    let inode = word()?.parse().ok()?;
    let path = rest.trim_ascii_start();
    let on = |at: usize, letter: u8| access.get(at) == Some(&letter);
    let (path, deleted) = match path.strip_suffix(DELETED.as_bytes()) {
        Some(path) => (path, true),
        None => (path, false),
    };
    Some(Map {
        start: u64::from_str_radix(start, 16).ok()?,
        end: u64::from_str_radix(end, 16).ok()?,
        access: [on(0, b'r'), on(1, b'w'), on(2, b'x')],
        shared: on(3, b's'),
        offset,
        inode,
        path: if path.is_empty() { String::new() } else { lossless(path) },
        deleted,
    })
}

/// The mapping that an address is in. `maps` are in the kernel's order, by address.
pub fn at(maps: &[Map], address: u64) -> Option<&Map> {
    let next = maps.partition_point(|m| m.end <= address);
    maps.get(next).filter(|m| m.start <= address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_may_hold_blanks_and_end_in_the_mark() {
        let map = line(b"7f00-7f80 rw-s 00001000 00:2a 77                         /tmp/a  b (deleted)");
        let expected = Map {
            start: 0x7f00,
            end: 0x7f80,
            access: [true, true, false],
            shared: true,
            offset: 0x1000,
            inode: 77,
            path: "/tmp/a  b".into(),
            deleted: true,
        };
        assert_eq!(map, Some(expected));
        assert_eq!(line(b"7f00-7f80 ---p 0 0:0 0").map(|m| m.path), Some(String::new()));
        for nonsense in [&b""[..], b"-", b"1-2", b"x-y r 0 0 0", b"1-2 r 0 0 zz"] {
            assert_eq!(line(nonsense), None);
        }
    }

    #[test]
    fn an_address_finds_its_mapping() {
        let maps = parse(b"1000-2000 r--p 0 0:0 0\n3000-4000 r--p 0 0:0 0\n");
        assert_eq!(at(&maps, 0x1fff).map(|m| m.start), Some(0x1000));
        assert_eq!(at(&maps, 0x2000), None);
        assert_eq!(at(&maps, 0x3000).map(|m| m.start), Some(0x3000));
    }
}
