//! Memory that a fork does not copy.

use crate::detect::{Generation, generation};
use std::fmt;
use std::io;
use std::ptr;

/// A region of bytes that a child does not get: `MADV_DONTFORK` (Linux 2.6.16, madvise(2)).
///
/// `fork` copies the page tables of all private memory: tens of milliseconds for gigabytes. A region left out costs
/// nothing. In a child every access is the error [`NotHere`], and the address space is free.
///
/// Access is by copying, so that no reference can outlive a fork: in the child it would point nowhere.
/// [`as_slice`](ForkExcluded::as_slice) is the unsafe way round.
///
/// ```
/// use fork_runtime::ForkExcluded;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut table = ForkExcluded::new(64 << 20)?;
/// table.write(1024, b"only here")?;
/// let mut copy = [0; 9];
/// table.read(1024, &mut copy)?;
/// assert_eq!(&copy, b"only here");
/// # Ok(())
/// # }
/// ```
pub struct ForkExcluded {
    base: *mut u8,
    length: usize,
    born: Generation,
}

// SAFETY: the region is owned memory; `&self` reads, `&mut self` writes.
unsafe impl Send for ForkExcluded {}
// SAFETY: as above.
unsafe impl Sync for ForkExcluded {}

/// Why a region could not be read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotHere {
    /// It is its parent's: this process has no such memory.
    Inherited,
    /// It ends before.
    OutOfBounds,
}

impl fmt::Display for NotHere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotHere::Inherited => "the memory was left out of the fork",
            NotHere::OutOfBounds => "beyond the end of the region",
        })
    }
}

impl std::error::Error for NotHere {}

impl ForkExcluded {
    /// A zeroed region; pages are taken as they are written.
    ///
    /// # Errors
    ///
    /// Those of mmap(2) and madvise(2).
    pub fn new(length: usize) -> io::Result<Self> {
        let kind = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
        let length = length.max(1);
        // SAFETY: anonymous, at an address of the kernel's choice.
        let base = unsafe { libc::mmap(ptr::null_mut(), length, libc::PROT_READ | libc::PROT_WRITE, kind, -1, 0) };
        if base == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let region = Self { base: base.cast(), length, born: generation() };
        // SAFETY: our own mapping.
        if unsafe { libc::madvise(base, length, libc::MADV_DONTFORK) } != 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(region)
    }

    /// Its length in bytes.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Never: a region has at least a byte.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Copies bytes out.
    ///
    /// # Errors
    ///
    /// See [`NotHere`].
    pub fn read(&self, offset: usize, into: &mut [u8]) -> Result<(), NotHere> {
        let from = self.at(offset, into.len())?;
        // SAFETY: in bounds and in this process, both checked by `at`; `into` is other memory, as it is borrowed
        // mutably and the region is private. No fork of this thread can come between the check and the copy.
        unsafe { ptr::copy_nonoverlapping(from, into.as_mut_ptr(), into.len()) };
        Ok(())
    }

    /// Copies bytes in.
    ///
    /// # Errors
    ///
    /// See [`NotHere`].
    pub fn write(&mut self, offset: usize, bytes: &[u8]) -> Result<(), NotHere> {
        let to = self.at(offset, bytes.len())?;
        // SAFETY: as in `read`; `&mut self` makes this the only access.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len()) };
        Ok(())
    }

    /// The bytes in place.
    ///
    /// # Errors
    ///
    /// [`NotHere::Inherited`] in a child.
    ///
    /// # Safety
    ///
    /// The slice is not used in a child of a fork made while it is borrowed: the memory is not there.
    pub unsafe fn as_slice(&self) -> Result<&[u8], NotHere> {
        let base = self.at(0, self.length)?;
        // SAFETY: zeroed by the kernel, owned, and in this process; the rest is the caller's promise.
        Ok(unsafe { std::slice::from_raw_parts(base, self.length) })
    }

    /// The bytes in place, to change.
    ///
    /// # Errors
    ///
    /// [`NotHere::Inherited`] in a child.
    ///
    /// # Safety
    ///
    /// As [`as_slice`](ForkExcluded::as_slice).
    pub unsafe fn as_mut_slice(&mut self) -> Result<&mut [u8], NotHere> {
        let base = self.at(0, self.length)?;
        // SAFETY: as in `as_slice`, and `&mut self` makes it the only reference.
        Ok(unsafe { std::slice::from_raw_parts_mut(base, self.length) })
    }

    fn at(&self, offset: usize, length: usize) -> Result<*mut u8, NotHere> {
        if !self.born.is_current() {
            return Err(NotHere::Inherited);
        }
        let end = offset.checked_add(length).ok_or(NotHere::OutOfBounds)?;
        if end > self.length { Err(NotHere::OutOfBounds) } else { Ok(self.base.wrapping_add(offset)) }
    }
}

impl fmt::Debug for ForkExcluded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ForkExcluded").field("length", &self.length).finish_non_exhaustive()
    }
}

impl Drop for ForkExcluded {
    fn drop(&mut self) {
        // In a child the addresses may be somebody else's by now.
        if self.born.is_current() {
            // SAFETY: our own mapping, of which no reference is left (`&mut self`).
            unsafe { libc::munmap(self.base.cast(), self.length) };
        }
    }
}
