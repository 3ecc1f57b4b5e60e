//! The standard streams: one buffer and one lock a stream, shared by all threads.
//! source: std 1.95 library/std/src/io/stdio.rs

pub mod io {
    use crate::fmt::Arguments;
    use crate::iter::It;
    use crate::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};

    pub struct Stdin;
    pub struct Stdout;
    pub struct Stderr;
    #[role(class = "guard")] pub struct StdinLock<'a>;
    #[role(class = "guard")] pub struct StdoutLock<'a>;
    #[role(class = "guard")] pub struct StderrLock<'a>;

    #[fx(stdio)] pub fn stdin() -> Stdin {}
    #[fx(stdio)] pub fn stdout() -> Stdout {}
    #[fx(stdio)] pub fn stderr() -> Stderr {}
    #[fx(stdio, lock, format)] pub fn _print(args: Arguments<'_>) {}
    #[fx(stdio, lock, format)] pub fn _eprint(args: Arguments<'_>) {}
    pub trait IsTerminal {
        fn is_terminal(&self) -> bool;
    }
    impl IsTerminal for Stdin {}
    impl IsTerminal for Stdout {}
    impl IsTerminal for Stderr {}
    impl IsTerminal for StdinLock<'_> {}
    impl IsTerminal for StdoutLock<'_> {}
    impl IsTerminal for StderrLock<'_> {}
    impl IsTerminal for crate::fs::File {}
    impl IsTerminal for crate::os::fd::OwnedFd {}
    impl IsTerminal for crate::os::fd::BorrowedFd<'_> {}

    impl Stdin {
        #[fx(stdio, lock)] fn lock(&self) -> StdinLock<'static> {}
        #[fx(stdio, lock, alloc)] fn read_line(&self, buf: &mut String) -> Result<usize> {}
        #[fx(stdio, lock)] fn lines(self) -> It<Result<String>> {}
    }
    impl Read for Stdin {
        #[fx(stdio, lock)] fn read(&mut self, buf: &mut [u8]) -> Result<usize> {}
        #[fx(stdio, lock)] fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {}
        #[fx(stdio, lock, alloc)] fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {}
        #[fx(stdio, lock, alloc)] fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {}
    }
    impl Read for StdinLock<'_> {
        #[fx(stdio)] fn read(&mut self, buf: &mut [u8]) -> Result<usize> {}
    }
    impl BufRead for StdinLock<'_> {
        #[fx(stdio)] fn fill_buf(&mut self) -> Result<&[u8]> {}
    }
    impl Stdout {
        #[fx(stdio, lock)] fn lock(&self) -> StdoutLock<'static> {}
    }
    impl Write for Stdout {
        #[fx(stdio, lock)] fn write(&mut self, buf: &[u8]) -> Result<usize> {}
        #[fx(stdio, lock)] fn write_all(&mut self, buf: &[u8]) -> Result<()> {}
        #[fx(stdio, lock)] fn flush(&mut self) -> Result<()> {}
        #[fx(stdio, lock, format)] fn write_fmt(&mut self, args: Arguments<'_>) -> Result<()> {}
    }
    impl Write for StdoutLock<'_> {
        #[fx(stdio)] fn write(&mut self, buf: &[u8]) -> Result<usize> {}
        #[fx(stdio)] fn write_all(&mut self, buf: &[u8]) -> Result<()> {}
        #[fx(stdio)] fn flush(&mut self) -> Result<()> {}
        #[fx(stdio, format)] fn write_fmt(&mut self, args: Arguments<'_>) -> Result<()> {}
    }
    impl Stderr {
        #[fx(stdio, lock)] fn lock(&self) -> StderrLock<'static> {}
    }
    impl Write for Stderr {
        #[fx(stdio, lock)] fn write(&mut self, buf: &[u8]) -> Result<usize> {}
        #[fx(stdio, lock)] fn write_all(&mut self, buf: &[u8]) -> Result<()> {}
        #[fx(stdio, lock)] fn flush(&mut self) -> Result<()> {}
        #[fx(stdio, lock, format)] fn write_fmt(&mut self, args: Arguments<'_>) -> Result<()> {}
    }
    impl Write for StderrLock<'_> {
        #[fx(stdio)] fn write(&mut self, buf: &[u8]) -> Result<usize> {}
        #[fx(stdio)] fn write_all(&mut self, buf: &[u8]) -> Result<()> {}
        #[fx(stdio)] fn flush(&mut self) -> Result<()> {}
        #[fx(stdio, format)] fn write_fmt(&mut self, args: Arguments<'_>) -> Result<()> {}
    }
    impl AsRawFd for Stdin { fn as_raw_fd(&self) -> RawFd {} }
    impl AsRawFd for Stdout { fn as_raw_fd(&self) -> RawFd {} }
    impl AsRawFd for Stderr { fn as_raw_fd(&self) -> RawFd {} }
    impl AsRawFd for StdinLock<'_> { fn as_raw_fd(&self) -> RawFd {} }
    impl AsRawFd for StdoutLock<'_> { fn as_raw_fd(&self) -> RawFd {} }
    impl AsRawFd for StderrLock<'_> { fn as_raw_fd(&self) -> RawFd {} }
    impl AsFd for Stdin { fn as_fd(&self) -> BorrowedFd<'_> {} }
    impl AsFd for Stdout { fn as_fd(&self) -> BorrowedFd<'_> {} }
    impl AsFd for Stderr { fn as_fd(&self) -> BorrowedFd<'_> {} }
    impl AsFd for StdinLock<'_> { fn as_fd(&self) -> BorrowedFd<'_> {} }
    impl AsFd for StdoutLock<'_> { fn as_fd(&self) -> BorrowedFd<'_> {} }
    impl AsFd for StderrLock<'_> { fn as_fd(&self) -> BorrowedFd<'_> {} }

    /// Anonymous pipes, close-on-exec.
    /// source: std 1.95 library/std/src/io/pipe.rs, library/std/src/sys/pipe/unix.rs
    #[role(class = "fd")] #[role(class = "pipe_end")] pub struct PipeReader;
    #[role(class = "fd")] #[role(class = "pipe_end")] pub struct PipeWriter;
    #[role(opens, cloexec = true)] pub fn pipe() -> Result<(PipeReader, PipeWriter)> {}
    impl PipeReader {
        #[role(opens, cloexec = true, dup = true)] fn try_clone(&self) -> Result<PipeReader> {}
    }
    impl PipeWriter {
        #[role(opens, cloexec = true, dup = true)] fn try_clone(&self) -> Result<PipeWriter> {}
    }
    impl Read for PipeReader {}
    impl Write for PipeWriter {}
    impl AsRawFd for PipeReader { fn as_raw_fd(&self) -> RawFd {} }
    impl AsRawFd for PipeWriter { fn as_raw_fd(&self) -> RawFd {} }
    impl AsFd for PipeReader { fn as_fd(&self) -> BorrowedFd<'_> {} }
    impl AsFd for PipeWriter { fn as_fd(&self) -> BorrowedFd<'_> {} }
}
