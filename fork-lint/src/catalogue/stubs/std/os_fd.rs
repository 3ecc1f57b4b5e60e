//! Descriptors as types.
//! source: std 1.95 library/std/src/os/fd/raw.rs, library/std/src/os/fd/owned.rs

pub mod os {
    pub mod fd {
        use crate::fs::File;
        use crate::io;

        pub type RawFd = i32;
        #[role(class = "fd")] pub struct OwnedFd;
        pub struct BorrowedFd<'fd>;
        pub trait AsRawFd {
            #[role(transparent)] fn as_raw_fd(&self) -> RawFd;
        }
        pub trait FromRawFd {
            #[role(transparent)] fn from_raw_fd(fd: RawFd) -> Self;
        }
        pub trait IntoRawFd {
            #[role(transparent)] fn into_raw_fd(self) -> RawFd;
        }
        pub trait AsFd {
            #[role(transparent)] fn as_fd(&self) -> BorrowedFd<'_>;
        }
        impl OwnedFd {
            #[role(opens, cloexec = true, dup = true)] fn try_clone(&self) -> io::Result<OwnedFd> {}
        }
        impl<'fd> BorrowedFd<'fd> {
            #[role(transparent)] fn borrow_raw(fd: RawFd) -> BorrowedFd<'fd> {}
            #[role(opens, cloexec = true, dup = true)] fn try_clone_to_owned(&self) -> io::Result<OwnedFd> {}
        }
        impl Clone for BorrowedFd<'_> { fn clone(&self) -> Self {} }
        impl Copy for BorrowedFd<'_> {}
        impl AsRawFd for RawFd { #[role(transparent)] fn as_raw_fd(&self) -> RawFd {} }
        impl AsRawFd for OwnedFd { #[role(transparent)] fn as_raw_fd(&self) -> RawFd {} }
        impl AsRawFd for BorrowedFd<'_> { #[role(transparent)] fn as_raw_fd(&self) -> RawFd {} }
        impl AsRawFd for File { #[role(transparent)] fn as_raw_fd(&self) -> RawFd {} }
        impl<T: AsRawFd> AsRawFd for &T { #[role(transparent)] fn as_raw_fd(&self) -> RawFd {} }
        impl FromRawFd for RawFd { #[role(transparent)] fn from_raw_fd(fd: RawFd) -> RawFd {} }
        impl FromRawFd for OwnedFd { #[role(transparent)] fn from_raw_fd(fd: RawFd) -> OwnedFd {} }
        impl FromRawFd for File { #[role(transparent)] fn from_raw_fd(fd: RawFd) -> File {} }
        impl IntoRawFd for RawFd { #[role(transparent)] fn into_raw_fd(self) -> RawFd {} }
        impl IntoRawFd for OwnedFd { #[role(transparent)] fn into_raw_fd(self) -> RawFd {} }
        impl IntoRawFd for File { #[role(transparent)] fn into_raw_fd(self) -> RawFd {} }
        impl AsFd for OwnedFd { #[role(transparent)] fn as_fd(&self) -> BorrowedFd<'_> {} }
        impl AsFd for BorrowedFd<'_> { #[role(transparent)] fn as_fd(&self) -> BorrowedFd<'_> {} }
        impl AsFd for File { #[role(transparent)] fn as_fd(&self) -> BorrowedFd<'_> {} }
        impl<T: AsFd> AsFd for &T { #[role(transparent)] fn as_fd(&self) -> BorrowedFd<'_> {} }
        impl<T> From<T> for OwnedFd { #[role(transparent)] fn from(owner: T) -> OwnedFd {} }
        impl From<OwnedFd> for File { #[role(transparent)] fn from(fd: OwnedFd) -> File {} }
    }
    pub mod unix {
        pub mod io {
            pub use crate::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd, RawFd};
        }
        pub mod ffi {
            use crate::ffi::{OsStr, OsString};

            pub trait OsStrExt {
                fn from_bytes(slice: &[u8]) -> &Self;
                fn as_bytes(&self) -> &[u8];
            }
            pub trait OsStringExt {
                fn from_vec(vec: Vec<u8>) -> Self;
                fn into_vec(self) -> Vec<u8>;
            }
            impl OsStrExt for OsStr {
                fn from_bytes(slice: &[u8]) -> &OsStr {}
                fn as_bytes(&self) -> &[u8] {}
            }
            impl OsStringExt for OsString {
                fn from_vec(vec: Vec<u8>) -> OsString {}
                fn into_vec(self) -> Vec<u8> {}
            }
        }
    }
    pub mod raw {
        pub use crate::ffi::{c_char, c_double, c_float, c_int, c_long, c_longlong, c_schar, c_short, c_uchar, c_uint, c_ulong, c_ulonglong, c_ushort, c_void};
    }
}
