//! The proc connector: the kernel tells of every fork (linux/cn_proc.h).

use std::io;
use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd};
use std::time::{Duration, Instant};

use nix::sys::socket::sockopt::{RcvBuf, ReceiveTimeout};
use nix::sys::socket::{MsgFlags, NetlinkAddr, bind, recv, send, setsockopt};
use nix::sys::time::{TimeVal, TimeValLike as _};

/// Connection to the connector.
#[derive(Debug)]
pub struct Connector {
    channel: OwnedFd,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A process was forked (threads are left out).
    Fork {
        /// Process that forked.
        parent: i32,
        /// New process.
        child: i32,
    },
    /// A process executed a program.
    Exec {
        /// The process.
        pid: i32,
    },
    /// A process ended.
    Exit {
        /// The process.
        pid: i32,
    },
    /// The kernel's answer to the subscription: an error number, 0 for success.
    Answer(i32),
    /// The kernel dropped events because they were not read in time.
    Lost,
    /// Something else, or nothing within the time given.
    Nothing,
}

const CN_IDX_PROC: u32 = 1;
const PROC_CN_MCAST_LISTEN: u32 = 1;

impl Connector {
    /// Subscribes. Events are seen in the initial user and pid namespace; some kernels want `CAP_NET_ADMIN`.
    ///
    /// # Errors
    ///
    /// The kernel's.
    pub fn open() -> io::Result<Self> {
        /// `NETLINK_CONNECTOR` group of process events.
        const GROUP: u32 = CN_IDX_PROC;
        let channel = raw_socket()?;
        bind(channel.as_raw_fd(), &NetlinkAddr::new(0, GROUP))?;
        let _ = setsockopt(&channel, RcvBuf, &(4 << 20));
        let mut message = Vec::new();
        // struct nlmsghdr: length, NLMSG_DONE, no flags, sequence, port.
        message.extend(40u32.to_ne_bytes());
        message.extend(3u16.to_ne_bytes());
        message.extend([0; 10]);
        // struct cn_msg: idx, val, seq, ack, length, flags; then the operation.
        for word in [CN_IDX_PROC, 1, 0, 0, 4, PROC_CN_MCAST_LISTEN] {
            message.extend(word.to_ne_bytes());
        }
        send(channel.as_raw_fd(), &message, MsgFlags::empty())?;
        Ok(Self { channel })
    }

    /// Waits for the kernel's answer to the subscription.
    ///
    /// # Errors
    ///
    /// `PermissionDenied` when it refuses, `TimedOut` when it keeps silent (a pid namespace of its own, a container).
    pub fn confirm(&self) -> io::Result<()> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_millis(200) {
            match self.next(Duration::from_millis(20))? {
                Event::Answer(0) => return Ok(()),
                Event::Answer(_) => return Err(io::ErrorKind::PermissionDenied.into()),
                // Also what the connector does not tell apart from silence.
                Event::Nothing => {}
                _ => return Ok(()),
            }
        }
        Err(io::Error::new(io::ErrorKind::TimedOut, "the kernel does not answer"))
    }

    /// Waits for one event.
    ///
    /// # Errors
    ///
    /// The kernel's.
    pub fn next(&self, patience: Duration) -> io::Result<Event> {
        let patience = TimeVal::microseconds(i64::try_from(patience.as_micros()).unwrap_or(i64::MAX).max(1));
        setsockopt(&self.channel, ReceiveTimeout, &patience)?;
        let mut buffer = [0; 1024];
        match recv(self.channel.as_raw_fd(), &mut buffer, MsgFlags::empty()) {
            Ok(length) => Ok(parse(buffer.get(..length).unwrap_or_default())),
            Err(nix::Error::ENOBUFS) => Ok(Event::Lost),
            Err(nix::Error::EAGAIN | nix::Error::EINTR) => Ok(Event::Nothing),
            Err(error) => Err(error.into()),
        }
    }
}

/// Behind `nlmsghdr` (16 bytes) and `cn_msg` (20): what, cpu, time stamp (16 bytes), then the event's own data.
fn parse(message: &[u8]) -> Event {
    let word = |at: usize| {
        let bytes = message.get(36 + at..40 + at)?;
        Some(i32::from_ne_bytes(bytes.try_into().ok()?))
    };
    match (word(0), word(16), word(20), word(24), word(28)) {
        (Some(0), Some(error), ..) => Event::Answer(error),
        // Thread and process of the parent, then of the child: a new thread keeps its process.
        (Some(1), _, Some(parent), Some(thread), Some(child)) if thread == child => Event::Fork { parent, child },
        (Some(2), Some(thread), Some(pid), ..) if thread == pid => Event::Exec { pid },
        (Some(i32::MIN), Some(thread), Some(pid), ..) if thread == pid => Event::Exit { pid },
        _ => Event::Nothing,
    }
}

/// nix has no name for this protocol of netlink.
fn raw_socket() -> io::Result<OwnedFd> {
    // SAFETY: socket(2) takes plain numbers and touches no memory of ours.
    let fd = unsafe { libc::socket(libc::AF_NETLINK, libc::SOCK_DGRAM | libc::SOCK_CLOEXEC, libc::NETLINK_CONNECTOR) };
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the descriptor was made by the line above and belongs to nobody else.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_message_says() {
        let message = |words: &[i32]| {
            let mut bytes = vec![0; 36];
            words.iter().for_each(|w| bytes.extend(w.to_ne_bytes()));
            bytes
        };
        assert_eq!(parse(&message(&[1, 0, 0, 0, 7, 7, 9, 9])), Event::Fork { parent: 7, child: 9 });
        assert_eq!(parse(&message(&[1, 0, 0, 0, 7, 7, 9, 7])), Event::Nothing, "a thread");
        assert_eq!(parse(&message(&[2, 0, 0, 0, 7, 7])), Event::Exec { pid: 7 });
        assert_eq!(parse(&message(&[1, 0])), Event::Nothing);
        assert_eq!(parse(&[]), Event::Nothing);
    }
}
