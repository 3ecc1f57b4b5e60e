//! Datagrams with descriptors over a pair of unix sockets (unix(7), `SOCK_SEQPACKET`), and memory files for what is larger.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

/// The kernel takes 253 descriptors a message (`SCM_MAX_FD`, unix(7)).
pub(crate) const FDS_A_MESSAGE: usize = 250;

/// What is larger goes by a memory file. A default socket buffer has room for several.
pub(crate) const MESSAGE: usize = 60 * 1024;

/// Room for the header of a control message and the descriptors, aligned for both.
type Control = [u64; 2 + FDS_A_MESSAGE.div_ceil(2) + 1];

/// Two connected ends, close-on-exec.
pub(crate) fn pair(kind: i32) -> io::Result<(OwnedFd, OwnedFd)> {
    let mut ends = [-1; 2];
    // SAFETY: room for two numbers.
    if unsafe { libc::socketpair(libc::AF_UNIX, kind | libc::SOCK_CLOEXEC, 0, ends.as_mut_ptr()) } != 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: fresh, owned by nobody else.
    let first = unsafe { OwnedFd::from_raw_fd(ends[0]) };
    // SAFETY: as above.
    let second = unsafe { OwnedFd::from_raw_fd(ends[1]) };
    Ok((first, second))
}

fn header(data: &mut libc::iovec) -> libc::msghdr {
    // SAFETY: plain data, for which zero is a valid value.
    let mut header: libc::msghdr = unsafe { std::mem::zeroed() };
    header.msg_iov = data;
    header.msg_iovlen = 1;
    header
}

/// Sends one message; whole or not at all. A peer that has gone is `EPIPE`.
pub(crate) fn send(to: BorrowedFd<'_>, bytes: &[u8], fds: &[RawFd]) -> io::Result<()> {
    debug_assert!(fds.len() <= FDS_A_MESSAGE);
    let mut data = libc::iovec { iov_base: bytes.as_ptr().cast_mut().cast(), iov_len: bytes.len() };
    let mut header = header(&mut data);
    let mut control: Control = [0; _];
    let length = u32::try_from(size_of_val(fds)).map_err(io::Error::other)?;
    if !fds.is_empty() {
        header.msg_control = control.as_mut_ptr().cast();
        // SAFETY: arithmetic.
        header.msg_controllen = unsafe { libc::CMSG_SPACE(length) } as _;
        // SAFETY: a header with room for one control message, by the two assignments above.
        let message = unsafe { libc::CMSG_FIRSTHDR(&raw const header) };
        // SAFETY: arithmetic.
        let whole = unsafe { libc::CMSG_LEN(length) } as _;
        let filled = libc::cmsghdr { cmsg_level: libc::SOL_SOCKET, cmsg_type: libc::SCM_RIGHTS, cmsg_len: whole };
        // SAFETY: inside `control`, aligned as its elements are.
        unsafe { message.write(filled) };
        // SAFETY: as above.
        let place = unsafe { libc::CMSG_DATA(message) };
        // SAFETY: `control` has room for as many numbers as `fds` has, and is other memory.
        unsafe { std::ptr::copy_nonoverlapping(fds.as_ptr().cast::<u8>(), place, size_of_val(fds)) };
    }
    loop {
        // SAFETY: all pointers are to live memory of the given lengths; the kernel only reads it.
        if unsafe { libc::sendmsg(to.as_raw_fd(), &raw const header, libc::MSG_NOSIGNAL) } >= 0 {
            return Ok(());
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

/// The other side finds an end of file, and can still answer.
pub(crate) fn no_more(to: BorrowedFd<'_>) {
    // SAFETY: touches no memory.
    unsafe { libc::shutdown(to.as_raw_fd(), libc::SHUT_WR) };
}

/// A message.
#[derive(Debug, Default)]
pub(crate) struct Packet {
    pub(crate) bytes: Vec<u8>,
    pub(crate) fds: Vec<OwnedFd>,
    /// Some descriptors are missing: there was no room for them (`MSG_CTRUNC`, recvmsg(2)).
    pub(crate) cut: bool,
}

/// Receives one message; `None` when the other side has gone. `block` false: `WouldBlock` if none is there.
///
/// Its length is asked for first: a buffer for the longest would cost a fresh worker a page fault for every 4096 bytes.
pub(crate) fn recv(from: BorrowedFd<'_>, block: bool) -> io::Result<Option<Packet>> {
    let wait = if block { 0 } else { libc::MSG_DONTWAIT };
    let peek = libc::MSG_PEEK | libc::MSG_TRUNC | wait;
    // SAFETY: no room, of length 0; MSG_TRUNC makes the result the length of the message (recv(2)).
    let length = again(|| unsafe { libc::recv(from.as_raw_fd(), std::ptr::null_mut(), 0, peek) })?;
    // Nobody sends an empty message.
    if length == 0 {
        return Ok(None);
    }
    if length > MESSAGE + 4096 {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a message that is too long"));
    }
    let mut bytes: Vec<u8> = Vec::with_capacity(length);
    let mut data = libc::iovec { iov_base: bytes.as_mut_ptr().cast(), iov_len: length };
    let mut header = header(&mut data);
    let mut control: Control = [0; _];
    header.msg_control = control.as_mut_ptr().cast();
    header.msg_controllen = size_of::<Control>() as _;
    let flags = libc::MSG_CMSG_CLOEXEC | wait;
    // SAFETY: all pointers are to live memory of the given lengths.
    let written = again(|| unsafe { libc::recvmsg(from.as_raw_fd(), &raw mut header, flags) })?;
    let fds = received(&header);
    // SAFETY: the kernel has written so many bytes, of at most the capacity.
    unsafe { bytes.set_len(written) };
    Ok(Some(Packet { bytes, fds, cut: header.msg_flags & libc::MSG_CTRUNC != 0 }))
}

/// Calls until it is not interrupted.
///
/// A reset tells, once and before anything else, that the other side has left without reading all it was sent. What it
/// has said itself is still there to be read, and then the end.
fn again(mut call: impl FnMut() -> isize) -> io::Result<usize> {
    loop {
        if let Ok(length) = usize::try_from(call()) {
            return Ok(length);
        }
        let error = io::Error::last_os_error();
        match error.kind() {
            io::ErrorKind::Interrupted | io::ErrorKind::ConnectionReset => {}
            _ => return Err(error),
        }
    }
}

fn received(header: &libc::msghdr) -> Vec<OwnedFd> {
    let mut fds = Vec::new();
    // SAFETY: a header that recvmsg(2) has filled.
    let mut message = unsafe { libc::CMSG_FIRSTHDR(header) };
    // SAFETY: null, or a control message inside the buffer (cmsg(3)).
    while let Some(found) = unsafe { message.as_ref() } {
        if found.cmsg_level == libc::SOL_SOCKET && found.cmsg_type == libc::SCM_RIGHTS {
            // SAFETY: arithmetic.
            let start = unsafe { libc::CMSG_LEN(0) } as usize;
            #[allow(clippy::unnecessary_cast, reason = "another type in musl")]
            let count = (found.cmsg_len as usize).saturating_sub(start) / size_of::<RawFd>();
            // SAFETY: the message's data.
            let place = unsafe { libc::CMSG_DATA(message) }.cast::<RawFd>();
            for at in 0..count {
                // SAFETY: `count` numbers were written; no alignment is assumed.
                let number = unsafe { place.wrapping_add(at).read_unaligned() };
                // SAFETY: the kernel made it for us just now.
                fds.push(unsafe { OwnedFd::from_raw_fd(number) });
            }
        }
        // SAFETY: the same header and one of its messages.
        message = unsafe { libc::CMSG_NXTHDR(header, message) };
    }
    fds
}

/// A memory file that nobody can change any more (memfd_create(2), `F_ADD_SEALS`; Linux 3.17).
pub(crate) fn sealed(bytes: &[u8]) -> io::Result<OwnedFd> {
    let flags = libc::MFD_CLOEXEC | libc::MFD_ALLOW_SEALING;
    // SAFETY: a constant string.
    let fd = unsafe { libc::memfd_create(c"fork-runtime".as_ptr(), flags) };
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: fresh, owned by nobody else.
    let mut file = File::from(unsafe { OwnedFd::from_raw_fd(fd) });
    file.write_all(bytes)?;
    // SAFETY: adds seals; touches no memory.
    if unsafe { libc::fcntl(file.as_raw_fd(), libc::F_ADD_SEALS, SEALS) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(file.into())
}

const SEALS: i32 = libc::F_SEAL_SHRINK | libc::F_SEAL_GROW | libc::F_SEAL_WRITE | libc::F_SEAL_SEAL;

/// The content of a [`sealed`] file of at most `limit` bytes.
pub(crate) fn unsealed(fd: OwnedFd, limit: usize) -> io::Result<Vec<u8>> {
    // SAFETY: reads the seals; fails for what is no memory file.
    let seals = unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_GET_SEALS) };
    if seals != SEALS {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "not a sealed memory file"));
    }
    let mut file = File::from(fd);
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    if length > limit {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("{length} bytes, where {limit} are allowed")));
    }
    file.rewind()?;
    let mut bytes = Vec::with_capacity(length);
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The numbers of some descriptors.
pub(crate) fn numbers<'a>(fds: impl IntoIterator<Item = &'a OwnedFd>) -> Vec<RawFd> {
    fds.into_iter().map(|fd| fd.as_fd().as_raw_fd()).collect()
}
