//! sock_diag(7): all sockets of this network namespace, in a few system calls.

use std::io;
use std::os::fd::{AsRawFd as _, OwnedFd};

use nix::sys::socket::{AddressFamily, MsgFlags, SockFlag, SockProtocol, SockType, recv, send, socket};

const SOCK_DIAG_BY_FAMILY: u16 = 20;
const NLMSG_ERROR: u16 = 2;
const NLMSG_DONE: u16 = 3;
/// Length of `struct nlmsghdr`.
const HEADER: usize = 16;

/// A dump request: `NLM_F_REQUEST | NLM_F_DUMP` and the request of a family.
fn message(request: &[u8]) -> Vec<u8> {
    let length = u32::try_from(HEADER + request.len()).unwrap_or(u32::MAX);
    let mut message = Vec::with_capacity(HEADER + request.len());
    message.extend(length.to_ne_bytes());
    message.extend(SOCK_DIAG_BY_FAMILY.to_ne_bytes());
    message.extend(0x301u16.to_ne_bytes());
    message.extend([0; 8]);
    message.extend(request);
    message
}

/// Asks for all sockets of a family and calls `each` with the body of every answer.
fn dump(request: &[u8], mut each: impl FnMut(&[u8])) -> io::Result<()> {
    let channel: OwnedFd =
        socket(AddressFamily::Netlink, SockType::Raw, SockFlag::SOCK_CLOEXEC, SockProtocol::NetlinkSockDiag)?;
    send(channel.as_raw_fd(), &message(request), MsgFlags::empty())?;
    let mut buffer = vec![0; 32 * 1024];
    loop {
        let filled = recv(channel.as_raw_fd(), &mut buffer, MsgFlags::empty())?;
        let mut rest = buffer.get(..filled).unwrap_or_default();
        while let Some((length, kind)) = header(rest) {
            let body = rest.get(HEADER..length).unwrap_or_default();
            match kind {
                NLMSG_DONE => return Ok(()),
                NLMSG_ERROR => return Err(io::Error::other("the kernel has no socket tables of this family")),
                _ => each(body),
            }
            rest = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
        }
        if filled == 0 {
            return Ok(());
        }
    }
}

fn header(bytes: &[u8]) -> Option<(usize, u16)> {
    let length = usize::try_from(number(bytes, 0)?).ok()?;
    let kind = u16::from_ne_bytes(bytes.get(4..6)?.try_into().ok()?);
    (length >= HEADER && length <= bytes.len()).then_some((length, kind))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_ne_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// An internet socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inet {
    /// Inode.
    pub inode: u64,
    /// State (include/net/tcp_states.h).
    pub state: u8,
    /// Local address, 4 or 16 bytes, and port.
    pub local: (Vec<u8>, u16),
    /// Remote address and port.
    pub remote: (Vec<u8>, u16),
}

/// All sockets of an internet protocol. `family` is `AF_INET` or `AF_INET6`.
///
/// # Errors
///
/// The kernel's.
pub fn inet(family: libc::c_int, protocol: libc::c_int, mut each: impl FnMut(Inet)) -> io::Result<()> {
    // struct inet_diag_req_v2: family, protocol, extensions, padding, states, and the 48 bytes of a socket's id.
    let mut request = vec![0; 56];
    if let [f, p, _, _, states @ ..] = &mut request[..] {
        (*f, *p) = (u8::try_from(family).unwrap_or(0), u8::try_from(protocol).unwrap_or(0));
        states.iter_mut().take(4).for_each(|b| *b = 0xff);
    }
    let length = if family == libc::AF_INET6 { 16 } else { 4 };
    dump(&request, |body| each_inet(body, length, &mut each))
}

fn each_inet(body: &[u8], length: usize, each: &mut impl FnMut(Inet)) {
    let port = |at: usize| Some(u16::from_be_bytes(body.get(at..at + 2)?.try_into().ok()?));
    let ip = |at: usize| Some(body.get(at..at + length)?.to_vec());
    // struct inet_diag_msg: family, state, timer, retransmissions, then the id (ports, addresses, interface, cookie),
    // expiry, two queues, user, inode.
    let parsed = (|| {
        Some(Inet {
            inode: number(body, 68)?.into(),
            state: *body.get(1)?,
            local: (ip(8)?, port(4)?),
            remote: (ip(24)?, port(6)?),
        })
    })();
    parsed.into_iter().for_each(each);
}

/// A unix socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unix {
    /// Inode.
    pub inode: u64,
    /// State: 10 listens, 1 is connected, 7 is neither.
    pub state: u8,
    /// Path; abstract ones begin with NUL; empty without a name.
    pub name: Vec<u8>,
    /// Inode of the other side.
    pub peer: Option<u64>,
}

/// All unix sockets.
///
/// # Errors
///
/// The kernel's; `Other` when `CONFIG_UNIX_DIAG` is missing.
pub fn unix(mut each: impl FnMut(Unix)) -> io::Result<()> {
    /// `UDIAG_SHOW_NAME | UDIAG_SHOW_PEER`
    const SHOW: u32 = 0x1 | 0x4;
    let mut request = vec![libc::AF_UNIX as u8, 0, 0, 0];
    for word in [u32::MAX, 0, SHOW, u32::MAX, u32::MAX] {
        request.extend(word.to_ne_bytes());
    }
    dump(&request, |body| one_unix(body).into_iter().for_each(&mut each))
}

/// `struct unix_diag_msg`: family, type, state, padding, inode, cookie; then attributes.
fn one_unix(body: &[u8]) -> Option<Unix> {
    let mut socket = Unix { inode: number(body, 4)?.into(), state: *body.get(2)?, name: Vec::new(), peer: None };
    let mut attributes = body.get(16..).unwrap_or_default();
    while let (Some(length), Some(kind)) = (half(attributes, 0), half(attributes, 2)) {
        let value = attributes.get(4..usize::from(length)).unwrap_or_default();
        match kind {
            0 => socket.name = value.to_vec(),
            2 => socket.peer = number(value, 0).map(u64::from).filter(|inode| *inode != 0),
            _ => {}
        }
        attributes = attributes.get(usize::from(length.max(4)).next_multiple_of(4)..).unwrap_or_default();
    }
    Some(socket)
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_ne_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_the_kernel_and_pieces_of_them() {
        let mut body = vec![1, 1, 10, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        body.extend([9, 0, 0, 0, b'/', b'r', b'u', b'n', 0, 0, 0, 0, 8, 0, 2, 0, 7, 0, 0, 0]);
        let expected = Unix { inode: 9, state: 10, name: b"/run\0".to_vec(), peer: Some(7) };
        assert_eq!(one_unix(&body), Some(expected));
        for cut in 0..body.len() {
            one_unix(&body[..cut]);
            header(&body[..cut]);
            each_inet(&body[..cut], 16, &mut |_| ());
        }
    }
}
