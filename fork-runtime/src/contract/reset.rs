//! What is done to a value in a child.

use crate::sys::fds;
use std::os::fd::{AsFd, OwnedFd};
use std::{fs, io, net, os::unix::net as unix};

/// Turns a value that came over a fork into one of the child's own.
///
/// `#[fork_safe]` on a type implements it from the `#[fork(..)]` of its fields. It is called once per process by whoever
/// has the value to itself, see the [module](crate::contract). It may allocate and lock, as it is not run between a fork of
/// a process with threads and the first use of this crate in the child. Values of the parent whose destructors might speak
/// to a peer are to be forgotten, not dropped. A panic in the pass over the hooks ends the child.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how it starts over in a child",
    label = "nothing is known that could stand here in a child",
    note = "name a value with `#[fork(reset = ..)]`, which may be `Default::default()`",
    note = "for a type of yours, put `#[fork_safe]` on its definition or implement `fork_runtime::ForkReset`"
)]
pub trait ForkReset {
    /// Starts over.
    fn fork_reset(&mut self);
}

/// Ends the child's share of a descriptor, so that peers see the end when the parent closes its own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not show which descriptor to close",
    label = "not a file, socket or pipe of std",
    note = "of a client that owns a descriptor, `#[fork(discard)]` forgets the object; keep the descriptor in `fork_runtime::CloseOnFork` beside it",
    note = "for a type of yours, implement `fork_runtime::ForkClose`"
)]
pub trait ForkClose {
    /// The object stays usable: reading gives the end of file, and what is written goes nowhere.
    fn close_in_child(&mut self);
}

/// `&mut` to the owner of a descriptor: nobody else borrows it.
macro_rules! owners {
    ($($T:ty),* $(,)?) => { $(
        impl ForkClose for $T {
            fn close_in_child(&mut self) {
                fds::neutralise(self.as_fd());
            }
        }
    )* };
}

owners!(
    OwnedFd,
    fs::File,
    io::PipeReader,
    io::PipeWriter,
    net::TcpListener,
    net::TcpStream,
    net::UdpSocket,
    unix::UnixDatagram,
    unix::UnixListener,
    unix::UnixStream,
    std::process::ChildStdin,
    std::process::ChildStdout,
    std::process::ChildStderr,
);

impl<T: ForkClose> ForkClose for Option<T> {
    fn close_in_child(&mut self) {
        self.iter_mut().for_each(ForkClose::close_in_child);
    }
}

impl<T: ForkClose> ForkClose for [T] {
    fn close_in_child(&mut self) {
        self.iter_mut().for_each(ForkClose::close_in_child);
    }
}

impl<T: ForkClose, const N: usize> ForkClose for [T; N] {
    fn close_in_child(&mut self) {
        self.as_mut_slice().close_in_child();
    }
}

impl<T: ForkClose> ForkClose for Vec<T> {
    fn close_in_child(&mut self) {
        self.as_mut_slice().close_in_child();
    }
}

impl<T: ForkClose + ?Sized> ForkClose for Box<T> {
    fn close_in_child(&mut self) {
        (**self).close_in_child();
    }
}

impl<T: ForkClose> ForkClose for io::BufReader<T> {
    fn close_in_child(&mut self) {
        self.get_mut().close_in_child();
    }
}

impl<T: ForkClose + io::Write> ForkClose for io::BufWriter<T> {
    /// What is in the buffer is the parent's to write; here it goes nowhere.
    fn close_in_child(&mut self) {
        self.get_mut().close_in_child();
    }
}
