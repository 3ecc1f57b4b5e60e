//! Datagrams with descriptors over a pair of unix sockets (unix(7), `SOCK_SEQPACKET`), and memory files for what is larger.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::mem::MaybeUninit;
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

/// The start of a message, or all of it, without an allocation.
#[derive(Debug)]
pub(crate) struct Short {
    bytes: [u8; SHORT],
    length: usize,
}

/// A message of a request, or a small job with it.
pub(crate) const SHORT: usize = 512;

impl Short {
    pub(crate) fn new() -> Self {
        Self { bytes: [0; SHORT], length: 0 }
    }

    /// Drops all but the last bytes.
    pub(crate) fn keep_last(&mut self, count: usize) {
        let first = self.length.saturating_sub(count);
        self.bytes.copy_within(first..self.length, 0);
        self.length -= first;
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// Leaves nothing of it in this memory, of which copies will be made for others.
    pub(crate) fn wipe(&mut self) {
        self.bytes.fill(0);
        self.length = 0;
        std::hint::black_box(&mut self.bytes);
    }
}

/// The descriptors of a message; up to two without an allocation.
#[derive(Debug, Default)]
pub(crate) struct Fds {
    few: [Option<OwnedFd>; 2],
    more: Vec<OwnedFd>,
    /// Some are missing: there was no room for them (`MSG_CTRUNC`, recvmsg(2)).
    pub(crate) cut: bool,
}

impl Fds {
    fn push(&mut self, fd: OwnedFd) {
        match self.few.iter_mut().find(|place| place.is_none()) {
            Some(place) if self.more.is_empty() => *place = Some(fd),
            _ => self.more.push(fd),
        }
    }

    /// The last.
    pub(crate) fn pop(&mut self) -> Option<OwnedFd> {
        self.more.pop().or_else(|| self.few.iter_mut().rev().find_map(Option::take))
    }
}

impl IntoIterator for Fds {
    type Item = OwnedFd;
    type IntoIter =
        std::iter::Chain<std::iter::Flatten<std::array::IntoIter<Option<OwnedFd>, 2>>, std::vec::IntoIter<OwnedFd>>;

    fn into_iter(self) -> Self::IntoIter {
        self.few.into_iter().flatten().chain(self.more)
    }
}

/// Room for what is not short in a message of the longest kind.
pub(crate) fn room() -> Vec<u8> {
    Vec::with_capacity(MESSAGE + 4096 - SHORT)
}

/// Receives one message; `None` when the other side has gone. `block` false: `WouldBlock` if none is there. What is longer
/// than `start` can take is returned as a whole. `room` is only touched by longer messages: a fresh worker, and a template
/// that has just been copied, pay a page fault for every page they write.
pub(crate) fn recv(
    from: BorrowedFd<'_>,
    block: bool,
    start: &mut Short,
    room: &mut Vec<u8>,
) -> io::Result<Option<(Option<Vec<u8>>, Fds)>> {
    room.clear();
    start.length = 0;
    let spare = room.spare_capacity_mut();
    let mut data = [
        libc::iovec { iov_base: start.bytes.as_mut_ptr().cast(), iov_len: SHORT },
        libc::iovec { iov_base: spare.as_mut_ptr().cast(), iov_len: spare.len() },
    ];
    let mut control: MaybeUninit<Control> = MaybeUninit::uninit();
    // SAFETY: plain data, for which zero is a valid value.
    let mut header: libc::msghdr = unsafe { std::mem::zeroed() };
    header.msg_iov = data.as_mut_ptr();
    header.msg_iovlen = 2;
    header.msg_control = control.as_mut_ptr().cast();
    header.msg_controllen = size_of::<Control>() as _;
    let flags = libc::MSG_CMSG_CLOEXEC | if block { 0 } else { libc::MSG_DONTWAIT };
    // SAFETY: all pointers are to live memory of the given lengths. The kernel sets `msg_controllen` to what it has written
    // of `control`.
    let length = again(|| unsafe { libc::recvmsg(from.as_raw_fd(), &raw mut header, flags) })?;
    let fds = received(&header);
    if header.msg_flags & libc::MSG_TRUNC != 0 {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a message that is too long"));
    }
    // Nobody sends an empty message.
    if length == 0 {
        return Ok(None);
    }
    start.length = length.min(SHORT);
    if length <= SHORT {
        return Ok(Some((None, fds)));
    }
    // SAFETY: the kernel has written so many bytes behind the first ones, of at most the capacity.
    unsafe { room.set_len(length - SHORT) };
    Ok(Some((Some([start.bytes(), room].concat()), fds)))
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

fn received(header: &libc::msghdr) -> Fds {
    let mut fds = Fds { cut: header.msg_flags & libc::MSG_CTRUNC != 0, ..Fds::default() };
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
