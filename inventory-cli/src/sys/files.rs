//! Opening, listing and reading links relative to an open directory.

use std::ffi::CStr;
use std::io;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};

use nix::NixPath;
use nix::fcntl::{AT_FDCWD, OFlag, openat};
use nix::sys::stat::Mode;

/// Opens a file or directory for reading.
///
/// # Errors
///
/// The kernel's.
pub fn open(path: &(impl NixPath + ?Sized), directory: bool) -> io::Result<OwnedFd> {
    open_at(AT_FDCWD, path, directory)
}

/// Opens a file or directory for reading, relative to a directory.
///
/// # Errors
///
/// The kernel's.
pub fn open_at(at: impl AsFd, path: &(impl NixPath + ?Sized), directory: bool) -> io::Result<OwnedFd> {
    let kind = if directory { OFlag::O_DIRECTORY } else { OFlag::O_NONBLOCK | OFlag::O_NOCTTY };
    Ok(openat(at, path, OFlag::O_RDONLY | OFlag::O_CLOEXEC | kind, Mode::empty())?)
}

/// Reads one of the kernel's small files, relative to a directory, into `buffer`, which grows when it is too short. Such a
/// file is made in one piece: a read that does not fill the buffer was the last.
///
/// # Errors
///
/// The kernel's.
pub fn read_at<'a>(at: impl AsFd, name: &CStr, buffer: &'a mut Vec<u8>, most: usize) -> io::Result<&'a [u8]> {
    let file = open_at(at, name, false)?;
    buffer.resize(buffer.len().max(2048), 0);
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..) {
        let asked = rest.len();
        let read = nix::unistd::read(&file, rest)?;
        filled += read;
        if read < asked || filled >= most {
            break;
        }
        buffer.resize(filled * 2, 0);
    }
    Ok(buffer.get(..filled).unwrap_or_default())
}

/// A number as the name of a file, without allocation.
#[derive(Clone, Copy, Debug)]
pub struct Name([u8; 12]);

impl Name {
    /// The name of a number; a negative one has none, and gets `-`.
    pub fn of(number: i32) -> Self {
        let mut bytes = [0; 12];
        let mut text = &mut bytes[..11];
        if io::Write::write_fmt(&mut text, format_args!("{number}")).is_err() || number < 0 {
            bytes = [0; 12];
            bytes[0] = b'-';
        }
        Self(bytes)
    }

    /// The name.
    pub fn get(&self) -> &CStr {
        CStr::from_bytes_until_nul(&self.0).unwrap_or_default()
    }
}

/// The text of a symbolic link, in `buffer`. A longer one is cut.
///
/// # Errors
///
/// The kernel's.
pub fn read_link_at<'a>(at: impl AsFd, name: &CStr, buffer: &'a mut [u8]) -> io::Result<&'a [u8]> {
    // SAFETY: `name` ends in NUL, and `buffer` is valid for writes of its length; the kernel writes no more than that.
    let length =
        unsafe { libc::readlinkat(at.as_fd().as_raw_fd(), name.as_ptr(), buffer.as_mut_ptr().cast(), buffer.len()) };
    let length = usize::try_from(length).map_err(|_| io::Error::last_os_error())?;
    Ok(buffer.get(..length).unwrap_or_default())
}

/// Bytes on disk and number of names of the file behind a link, from what the kernel has at hand (`AT_STATX_DONT_SYNC`,
/// statx(2)): a network filesystem is not asked.
///
/// # Errors
///
/// The kernel's.
pub fn size_at(at: impl AsFd, name: &CStr) -> io::Result<(u64, u32)> {
    let mut answer = std::mem::MaybeUninit::<libc::statx>::zeroed();
    let wanted = libc::STATX_BLOCKS | libc::STATX_NLINK;
    // SAFETY: `name` ends in NUL, and `answer` is writable memory of the type that statx(2) fills.
    let result = unsafe {
        libc::statx(
            at.as_fd().as_raw_fd(),
            name.as_ptr(),
            libc::AT_STATX_DONT_SYNC | libc::AT_NO_AUTOMOUNT,
            wanted,
            answer.as_mut_ptr(),
        )
    };
    if result != 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: zeroed memory is a valid `statx` (integers only), whatever part of it the kernel has filled.
    let answer = unsafe { answer.assume_init() };
    Ok((answer.stx_blocks * 512, answer.stx_nlink))
}

/// Calls `each` with every name in a directory but `.` and `..`; `each` answers whether to go on.
///
/// # Errors
///
/// The kernel's.
pub fn list(directory: &OwnedFd, mut each: impl FnMut(&CStr) -> bool) -> io::Result<()> {
    /// Offset of the name in `struct linux_dirent64` (getdents64(2)): inode, offset, length of the record, type.
    const NAME: usize = 8 + 8 + 2 + 1;
    let mut buffer = vec![0u8; 32 * 1024];
    loop {
        // SAFETY: `buffer` is valid for writes of its length; the kernel writes no more than that.
        let filled =
            unsafe { libc::syscall(libc::SYS_getdents64, directory.as_raw_fd(), buffer.as_mut_ptr(), buffer.len()) };
        let filled = usize::try_from(filled).map_err(|_| io::Error::last_os_error())?;
        if filled == 0 {
            return Ok(());
        }
        let mut records = buffer.get(..filled).unwrap_or_default();
        while let Some(&[low, high]) = records.get(16..18) {
            let length = usize::from(u16::from_ne_bytes([low, high]));
            let Some((record, rest)) = records.split_at_checked(length) else { break };
            let Some(name) = record.get(NAME..).and_then(|n| CStr::from_bytes_until_nul(n).ok()) else { break };
            records = rest;
            if !name.to_bytes().starts_with(b".") && !each(name) {
                return Ok(());
            }
        }
    }
}
