//! I/O traits, errors and buffers.
//! source: std 1.95 library/std/src/io

pub mod io {
    use crate::fmt::Arguments;
    use crate::iter::It;
    use crate::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};

    pub type Result<T> = crate::result::Result<T, Error>;
    pub struct Error;
    pub struct Empty;
    pub struct Sink;
    pub struct Repeat;
    pub struct Take<T>;
    pub struct Chain<T, U>;
    pub struct Cursor<T>;
    pub struct IoSlice<'a>;
    pub struct IoSliceMut<'a>;
    pub type Lines<B> = It<Result<String>>;
    pub type Split<B> = It<Result<Vec<u8>>>;
    pub type Bytes<R> = It<Result<u8>>;
    pub enum SeekFrom {
        Start(u64),
        End(i64),
        Current(i64),
    }
    pub enum ErrorKind {
        NotFound, PermissionDenied, ConnectionRefused, ConnectionReset, HostUnreachable, NetworkUnreachable,
        ConnectionAborted, NotConnected, AddrInUse, AddrNotAvailable, NetworkDown, BrokenPipe, AlreadyExists,
        WouldBlock, NotADirectory, IsADirectory, DirectoryNotEmpty, ReadOnlyFilesystem, StaleNetworkFileHandle,
        InvalidInput, InvalidData, TimedOut, WriteZero, StorageFull, NotSeekable, QuotaExceeded, FileTooLarge,
        ResourceBusy, ExecutableFileBusy, Deadlock, CrossesDevices, TooManyLinks, InvalidFilename,
        ArgumentListTooLong, Interrupted, Unsupported, UnexpectedEof, OutOfMemory, Other,
    }
    impl ErrorKind {
        fn description(&self) -> &'static str {}
    }
    /// An error made from a payload boxes it; one from an error number or a kind does not.
    /// source: std 1.95 library/std/src/io/error.rs, library/std/src/io/error/repr_bitpacked.rs
    impl Error {
        #[fx(alloc)] fn new<E>(kind: ErrorKind, error: E) -> Error {}
        #[fx(alloc)] fn other<E>(error: E) -> Error {}
        fn last_os_error() -> Error {}
        fn from_raw_os_error(code: i32) -> Error {}
        fn raw_os_error(&self) -> Option<i32> {}
        fn get_ref(&self) -> Option<&(dyn crate::error::Error + 'static)> {}
        fn get_mut(&mut self) -> Option<&mut (dyn crate::error::Error + 'static)> {}
        fn into_inner(self) -> Option<Box<dyn crate::error::Error>> {}
        fn downcast<E>(self) -> crate::result::Result<E, Error> {}
        fn kind(&self) -> ErrorKind {}
    }
    impl<E> From<E> for Error {
        fn from(error: E) -> Error {}
    }
    impl crate::error::Error for Error {}
    impl crate::fmt::Debug for Error {
        #[fx(format, alloc)] fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {}
    }
    /// Asks `strerror_r` and copies its text.
    impl crate::fmt::Display for Error {
        #[fx(format, alloc)] fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {}
    }

    pub trait Read {
        fn read(&mut self, buf: &mut [u8]) -> Result<usize>;
        fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {}
        #[fx(alloc)] fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {}
        #[fx(alloc)] fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {}
        fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {}
        fn by_ref(&mut self) -> &mut Self {}
        fn bytes(self) -> It<Result<u8>> {}
        fn chain<R: Read>(self, next: R) -> Chain<Self, R> {}
        fn take(self, limit: u64) -> Take<Self> {}
    }
    pub trait Write {
        fn write(&mut self, buf: &[u8]) -> Result<usize>;
        fn flush(&mut self) -> Result<()>;
        fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {}
        fn write_all(&mut self, buf: &[u8]) -> Result<()> {}
        #[fx(format)] fn write_fmt(&mut self, fmt: Arguments<'_>) -> Result<()> {}
        fn by_ref(&mut self) -> &mut Self {}
    }
    pub trait Seek {
        fn seek(&mut self, pos: SeekFrom) -> Result<u64>;
        fn rewind(&mut self) -> Result<()> {}
        fn stream_position(&mut self) -> Result<u64> {}
        fn seek_relative(&mut self, offset: i64) -> Result<()> {}
    }
    pub trait BufRead: Read {
        fn fill_buf(&mut self) -> Result<&[u8]>;
        fn consume(&mut self, amount: usize);
        #[fx(alloc)] fn read_until(&mut self, byte: u8, buf: &mut Vec<u8>) -> Result<usize> {}
        fn skip_until(&mut self, byte: u8) -> Result<usize> {}
        #[fx(alloc)] fn read_line(&mut self, buf: &mut String) -> Result<usize> {}
        #[fx(alloc)] fn split(self, byte: u8) -> It<Result<Vec<u8>>> {}
        #[fx(alloc)] fn lines(self) -> It<Result<String>> {}
    }
    impl<R: Read> Read for &mut R {}
    impl<W: Write> Write for &mut W {}
    impl<R: Read> Read for Box<R> {}
    impl<W: Write> Write for Box<W> {}
    impl<B: BufRead> BufRead for &mut B {}
    impl<B: BufRead> BufRead for Box<B> {}
    impl Read for &[u8] {}
    impl BufRead for &[u8] {}
    impl Write for &mut [u8] {}
    impl Write for Vec<u8> {
        #[fx(alloc)] fn write(&mut self, buf: &[u8]) -> Result<usize> {}
        #[fx(alloc)] fn write_all(&mut self, buf: &[u8]) -> Result<()> {}
        #[fx(alloc, format)] fn write_fmt(&mut self, fmt: Arguments<'_>) -> Result<()> {}
        fn flush(&mut self) -> Result<()> {}
    }
    impl Read for Empty {}
    impl BufRead for Empty {}
    impl Write for Empty {}
    impl Write for Sink {}
    impl Read for Repeat {}
    impl<T: Read> Read for Take<T> {}
    impl<T: BufRead> BufRead for Take<T> {}
    impl<T: Read, U: Read> Read for Chain<T, U> {}
    impl<T> Take<T> {
        fn limit(&self) -> u64 {}
        fn set_limit(&mut self, limit: u64) {}
        fn into_inner(self) -> T {}
        fn get_ref(&self) -> &T {}
        fn get_mut(&mut self) -> &mut T {}
    }
    impl<T> Cursor<T> {
        fn new(inner: T) -> Cursor<T> {}
        fn into_inner(self) -> T {}
        fn get_ref(&self) -> &T {}
        fn get_mut(&mut self) -> &mut T {}
        fn position(&self) -> u64 {}
        fn set_position(&mut self, pos: u64) {}
    }
    impl<T> Read for Cursor<T> {}
    impl<T> BufRead for Cursor<T> {}
    impl<T> Seek for Cursor<T> {}
    impl<T> Write for Cursor<T> {}
    impl<'a> IoSlice<'a> {
        fn new(buf: &'a [u8]) -> IoSlice<'a> {}
    }
    impl<'a> IoSliceMut<'a> {
        fn new(buf: &'a mut [u8]) -> IoSliceMut<'a> {}
    }
    impl crate::ops::Deref for IoSlice<'_> { type Target = [u8]; fn deref(&self) -> &[u8] {} }
    impl crate::ops::Deref for IoSliceMut<'_> { type Target = [u8]; fn deref(&self) -> &[u8] {} }

    pub fn empty() -> Empty {}
    pub fn sink() -> Sink {}
    pub fn repeat(byte: u8) -> Repeat {}
    pub fn copy<R: Read, W: Write>(reader: &mut R, writer: &mut W) -> Result<u64> {}
    #[fx(alloc)] pub fn read_to_string<R: Read>(reader: R) -> Result<String> {}

    /// source: std 1.95 library/std/src/io/buffered
    pub struct BufReader<R>;
    /// source: std 1.95 library/std/src/io/buffered/bufwriter.rs
    #[role(class = "buffered_writer")] pub struct BufWriter<W>;
    /// source: std 1.95 library/std/src/io/buffered/linewriter.rs
    #[role(class = "buffered_writer")] pub struct LineWriter<W>;
    pub struct IntoInnerError<W>;
    impl<R: Read> BufReader<R> {
        #[fx(alloc)] fn new(inner: R) -> BufReader<R> {}
        #[fx(alloc)] fn with_capacity(capacity: usize, inner: R) -> BufReader<R> {}
        fn get_ref(&self) -> &R {}
        fn get_mut(&mut self) -> &mut R {}
        fn buffer(&self) -> &[u8] {}
        fn capacity(&self) -> usize {}
        fn into_inner(self) -> R {}
    }
    impl<R: Read> Read for BufReader<R> {}
    impl<R: Read> BufRead for BufReader<R> {}
    impl<R: Seek> Seek for BufReader<R> {}
    impl<W: Write> BufWriter<W> {
        #[fx(alloc)] fn new(inner: W) -> BufWriter<W> {}
        #[fx(alloc)] fn with_capacity(capacity: usize, inner: W) -> BufWriter<W> {}
        fn get_ref(&self) -> &W {}
        fn get_mut(&mut self) -> &mut W {}
        fn buffer(&self) -> &[u8] {}
        fn capacity(&self) -> usize {}
        fn into_inner(self) -> crate::result::Result<W, IntoInnerError<BufWriter<W>>> {}
        fn into_parts(self) -> (W, crate::result::Result<Vec<u8>, WriterPanicked>) {}
    }
    pub struct WriterPanicked;
    impl<W: Write> Write for BufWriter<W> {}
    impl<W: Seek> Seek for BufWriter<W> {}
    impl<W: Write> LineWriter<W> {
        #[fx(alloc)] fn new(inner: W) -> LineWriter<W> {}
        #[fx(alloc)] fn with_capacity(capacity: usize, inner: W) -> LineWriter<W> {}
        fn get_ref(&self) -> &W {}
        fn get_mut(&mut self) -> &mut W {}
        fn into_inner(self) -> crate::result::Result<W, IntoInnerError<LineWriter<W>>> {}
    }
    impl<W: Write> Write for LineWriter<W> {}
    impl<W> IntoInnerError<W> {
        fn error(&self) -> &Error {}
        fn into_inner(self) -> W {}
        fn into_error(self) -> Error {}
    }

    pub mod prelude {
        pub use super::{BufRead, Read, Seek, Write};
    }
}
