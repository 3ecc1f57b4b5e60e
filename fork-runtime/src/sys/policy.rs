//! Carrying decisions about descriptors out.

use crate::process::{Decision, DescriptorPolicy};
use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};

impl DescriptorPolicy {
    /// Carries the decisions out in this process, normally a child that has just been forked, in the order of numbers.
    /// Descriptors without a decision stay.
    ///
    /// # Safety
    ///
    /// Nothing in this process uses or owns a descriptor that is decided [`Decision::Close`]: its number may stand for
    /// something else at once.
    ///
    /// # Errors
    ///
    /// The first that fails; the decisions before it are carried out.
    pub unsafe fn apply(&self) -> io::Result<()> {
        for (number, decision) in self.decisions()? {
            match decision {
                Decision::Keep => {}
                Decision::Null => replace(number, &File::options().read(true).write(true).open("/dev/null")?.into())?,
                Decision::Reopen => reopen(number)?,
                // SAFETY: the caller's promise.
                Decision::Close => drop(unsafe { OwnedFd::from_raw_fd(number) }),
            }
        }
        Ok(())
    }
}

/// The numbers in use, but for the one that this takes itself.
pub(crate) fn numbers() -> io::Result<Vec<RawFd>> {
    let mut found: Vec<RawFd> = std::fs::read_dir("/proc/self/fd")?
        .filter_map(|entry| entry.ok()?.file_name().to_string_lossy().parse().ok())
        .collect();
    // The listing itself is closed by now.
    found.retain(|number| super::fds::identity(*number).is_ok());
    found.sort_unstable();
    Ok(found)
}

/// `/proc/self/fd/N` opens the file anew, even if it has lost its name (proc(5)).
fn reopen(number: RawFd) -> io::Result<()> {
    // SAFETY: reads the flags of an open number.
    let flags = unsafe { libc::fcntl(number, libc::F_GETFL) };
    if flags < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: moves nothing: SEEK_CUR by 0.
    let offset = unsafe { libc::lseek(number, 0, libc::SEEK_CUR) };
    if offset < 0 {
        return Err(io::Error::last_os_error());
    }
    let access = flags & libc::O_ACCMODE;
    let mut options = File::options();
    options.read(access != libc::O_WRONLY).write(access != libc::O_RDONLY);
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        flags & (libc::O_APPEND | libc::O_NONBLOCK | libc::O_DSYNC),
    );
    let mut fresh = options.open(format!("/proc/self/fd/{number}"))?;
    io::Seek::seek(&mut fresh, io::SeekFrom::Start(offset.cast_unsigned()))?;
    replace(number, &fresh.into())
}

/// Puts `with` under the number, which keeps its close-on-exec flag.
fn replace(number: RawFd, with: &OwnedFd) -> io::Result<()> {
    // SAFETY: reads the flags of a number.
    let flags = unsafe { libc::fcntl(number, libc::F_GETFD) };
    if flags < 0 {
        return Err(io::Error::last_os_error());
    }
    let keep = if flags & libc::FD_CLOEXEC != 0 { libc::O_CLOEXEC } else { 0 };
    // SAFETY: the number stays open, in one step; whoever owns it sees another file, which no memory depends on.
    if unsafe { libc::dup3(with.as_raw_fd(), number, keep) } < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
