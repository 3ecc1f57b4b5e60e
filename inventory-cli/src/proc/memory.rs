//! A target's memory: single words by `/proc/PID/mem`, states of pages by `/proc/PID/pagemap`.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;

use super::ProcDir;

/// Reads bytes at an address. `/proc/PID/mem` does not un-share copied pages, as `process_vm_readv` does.
///
/// # Errors
///
/// The kernel's; `EIO` where nothing is mapped.
pub fn read(dir: &ProcDir, address: u64, buffer: &mut [u8]) -> io::Result<()> {
    dir.open_file("mem")?.read_exact_at(buffer, address)
}

/// Reads 16 words from 16 bytes before an address.
pub fn words_around(dir: &ProcDir, address: u64) -> Option<[u32; 16]> {
    let mut bytes = [0; 64];
    read(dir, address.checked_sub(16)?, &mut bytes).ok()?;
    let mut words = [0; 16];
    for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<4>().0) {
        *word = u32::from_ne_bytes(*bytes);
    }
    Some(words)
}

/// One entry of `pagemap` (Documentation/admin-guide/mm/pagemap.rst).
#[derive(Clone, Copy, Debug)]
pub struct Page(u64);

impl Page {
    /// Whether it is in memory.
    pub fn is_present(self) -> bool {
        self.0 >> 63 == 1
    }

    /// Whether no other process maps it.
    pub fn is_exclusive(self) -> bool {
        self.0 >> 56 & 1 == 1
    }

    /// Number of the page, when the reader may know it (`CAP_SYS_ADMIN`).
    pub fn number(self) -> Option<u64> {
        let number = self.0 & ((1 << 55) - 1);
        (number != 0).then_some(number)
    }
}

/// `/proc/PID/pagemap`, open.
#[derive(Debug)]
pub struct Pagemap {
    file: File,
    page: u64,
    buffer: Vec<u8>,
}

impl Pagemap {
    /// Opens it.
    ///
    /// # Errors
    ///
    /// The kernel's.
    pub fn open(dir: &ProcDir) -> io::Result<Self> {
        Ok(Self { file: dir.open_file("pagemap")?, page: procfs::page_size(), buffer: Vec::new() })
    }

    /// Bytes of a page.
    pub fn page_size(&self) -> u64 {
        self.page
    }

    /// The entries from an address on, at most `most`; fewer at the end of the memory.
    ///
    /// # Errors
    ///
    /// The kernel's.
    pub fn read(&mut self, address: u64, most: usize) -> io::Result<impl Iterator<Item = Page>> {
        self.buffer.resize(most * 8, 0);
        let mut filled = 0;
        let offset = address / self.page * 8;
        while let Some(rest) = self.buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.file.read_at(rest, offset + filled as u64)? {
                0 => break,
                read => filled += read,
            }
        }
        let entries = self.buffer.get(..filled).unwrap_or_default().as_chunks::<8>().0;
        Ok(entries.iter().map(|bytes| Page(u64::from_ne_bytes(*bytes))))
    }
}
