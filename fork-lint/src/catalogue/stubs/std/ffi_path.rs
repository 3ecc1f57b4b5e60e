//! Strings for the system and paths. Owned copies and joins allocate; views do not.
//! source: std 1.95 library/std/src/ffi/os_str.rs, library/std/src/path.rs, library/alloc/src/ffi/c_str.rs

pub mod ffi {
    use crate::borrow::Cow;
    use crate::ops::Deref;

    pub type c_char = i8;
    pub type c_schar = i8;
    pub type c_uchar = u8;
    pub type c_short = i16;
    pub type c_ushort = u16;
    pub type c_int = i32;
    pub type c_uint = u32;
    pub type c_long = i64;
    pub type c_ulong = u64;
    pub type c_longlong = i64;
    pub type c_ulonglong = u64;
    pub type c_float = f32;
    pub type c_double = f64;
    pub enum c_void {}
    pub struct CStr;
    pub struct CString;
    pub struct OsStr;
    pub struct OsString;
    pub struct NulError;
    pub struct IntoStringError;
    pub struct FromBytesWithNulError;
    pub struct FromBytesUntilNulError;
    pub struct FromVecWithNulError;
    impl CStr {
        fn from_ptr<'a>(ptr: *const i8) -> &'a CStr {}
        fn from_bytes_until_nul(bytes: &[u8]) -> Result<&CStr, FromBytesUntilNulError> {}
        fn from_bytes_with_nul(bytes: &[u8]) -> Result<&CStr, FromBytesWithNulError> {}
        fn from_bytes_with_nul_unchecked(bytes: &[u8]) -> &CStr {}
        fn as_ptr(&self) -> *const i8 {}
        fn count_bytes(&self) -> usize {}
        fn is_empty(&self) -> bool {}
        fn to_bytes(&self) -> &[u8] {}
        fn to_bytes_with_nul(&self) -> &[u8] {}
        fn to_str(&self) -> Result<&str, crate::str::Utf8Error> {}
        /// Borrows valid UTF-8; only a repair allocates.
        fn to_string_lossy(&self) -> Cow<'_, str> {}
        fn into_c_string(self: Box<CStr>) -> CString {}
    }
    impl CString {
        #[fx(alloc)] fn new<T: Into<Vec<u8>>>(t: T) -> Result<CString, NulError> {}
        #[fx(alloc)] fn from_vec_unchecked(v: Vec<u8>) -> CString {}
        #[fx(alloc)] fn from_vec_with_nul(v: Vec<u8>) -> Result<CString, FromVecWithNulError> {}
        fn from_raw(ptr: *mut i8) -> CString {}
        fn into_raw(self) -> *mut i8 {}
        fn into_string(self) -> Result<String, IntoStringError> {}
        fn into_bytes(self) -> Vec<u8> {}
        fn into_bytes_with_nul(self) -> Vec<u8> {}
        fn as_bytes(&self) -> &[u8] {}
        fn as_bytes_with_nul(&self) -> &[u8] {}
        fn as_c_str(&self) -> &CStr {}
        fn into_boxed_c_str(self) -> Box<CStr> {}
    }
    impl Deref for CString { type Target = CStr; fn deref(&self) -> &CStr {} }
    impl AsRef<CStr> for CString { fn as_ref(&self) -> &CStr {} }
    impl AsRef<CStr> for CStr { fn as_ref(&self) -> &CStr {} }
    impl Clone for CString { #[fx(alloc)] fn clone(&self) -> Self {} }
    impl Default for CString { #[fx(alloc)] fn default() -> Self {} }
    impl<S> From<S> for CString { #[fx(alloc)] fn from(s: S) -> CString {} }
    impl ToOwned for CStr { type Owned = CString; #[fx(alloc)] fn to_owned(&self) -> CString {} }
    impl NulError {
        fn nul_position(&self) -> usize {}
        fn into_vec(self) -> Vec<u8> {}
    }
    impl OsStr {
        fn new<S: AsRef<OsStr>>(s: &S) -> &OsStr {}
        fn to_str(&self) -> Option<&str> {}
        /// Borrows valid UTF-8; only a repair allocates.
        fn to_string_lossy(&self) -> Cow<'_, str> {}
        #[fx(alloc)] fn to_os_string(&self) -> OsString {}
        fn is_empty(&self) -> bool {}
        fn len(&self) -> usize {}
        fn into_os_string(self: Box<OsStr>) -> OsString {}
        fn as_encoded_bytes(&self) -> &[u8] {}
        fn from_encoded_bytes_unchecked(bytes: &[u8]) -> &OsStr {}
        fn make_ascii_lowercase(&mut self) {}
        #[fx(alloc)] fn to_ascii_lowercase(&self) -> OsString {}
        #[fx(alloc)] fn to_ascii_uppercase(&self) -> OsString {}
        fn is_ascii(&self) -> bool {}
        fn eq_ignore_ascii_case<S: AsRef<OsStr>>(&self, other: S) -> bool {}
        fn display(&self) -> os_str::Display<'_> {}
    }
    pub mod os_str {
        pub struct Display<'a>;
    }
    impl OsString {
        fn new() -> OsString {}
        fn as_os_str(&self) -> &OsStr {}
        fn into_encoded_bytes(self) -> Vec<u8> {}
        fn into_string(self) -> Result<String, OsString> {}
        #[fx(alloc)] fn push<T: AsRef<OsStr>>(&mut self, s: T) {}
        #[fx(alloc)] fn with_capacity(capacity: usize) -> OsString {}
        fn clear(&mut self) {}
        fn capacity(&self) -> usize {}
        #[fx(alloc)] fn reserve(&mut self, additional: usize) {}
        #[fx(alloc)] fn into_boxed_os_str(self) -> Box<OsStr> {}
    }
    impl Deref for OsString { type Target = OsStr; fn deref(&self) -> &OsStr {} }
    impl AsRef<OsStr> for OsString { fn as_ref(&self) -> &OsStr {} }
    impl AsRef<OsStr> for OsStr { fn as_ref(&self) -> &OsStr {} }
    impl AsRef<crate::path::Path> for OsStr { fn as_ref(&self) -> &crate::path::Path {} }
    impl AsRef<crate::path::Path> for OsString { fn as_ref(&self) -> &crate::path::Path {} }
    impl Clone for OsString { #[fx(alloc)] fn clone(&self) -> Self {} }
    impl Default for OsString { fn default() -> Self {} }
    impl<S> From<S> for OsString { #[fx(alloc)] fn from(s: S) -> OsString {} }
    impl ToOwned for OsStr { type Owned = OsString; #[fx(alloc)] fn to_owned(&self) -> OsString {} }
}

pub mod path {
    use crate::borrow::Cow;
    use crate::ffi::{OsStr, OsString};
    use crate::fs::{Metadata, ReadDir};
    use crate::io;
    use crate::iter::It;
    use crate::ops::Deref;

    pub const MAIN_SEPARATOR: char = '/';
    pub const MAIN_SEPARATOR_STR: &str = "/";
    pub struct Path;
    pub struct PathBuf;
    pub struct Display<'a>;
    pub struct StripPrefixError;
    pub enum Component<'a> {
        Prefix(PrefixComponent<'a>),
        RootDir,
        CurDir,
        ParentDir,
        Normal(&'a OsStr),
    }
    pub struct PrefixComponent<'a>;
    pub type Components<'a> = It<Component<'a>>;
    pub type Iter<'a> = It<&'a OsStr>;
    pub type Ancestors<'a> = It<&'a Path>;
    pub fn is_separator(c: char) -> bool {}
    #[fx(alloc)] pub fn absolute<P: AsRef<Path>>(path: P) -> io::Result<PathBuf> {}
    impl<'a> Component<'a> {
        fn as_os_str(self) -> &'a OsStr {}
    }
    impl Path {
        fn new<S: AsRef<OsStr>>(s: &S) -> &Path {}
        fn as_os_str(&self) -> &OsStr {}
        fn to_str(&self) -> Option<&str> {}
        /// Borrows valid UTF-8; only a repair allocates.
        fn to_string_lossy(&self) -> Cow<'_, str> {}
        #[fx(alloc)] fn to_path_buf(&self) -> PathBuf {}
        fn is_absolute(&self) -> bool {}
        fn is_relative(&self) -> bool {}
        fn has_root(&self) -> bool {}
        fn parent(&self) -> Option<&Path> {}
        fn ancestors(&self) -> It<&Path> {}
        fn file_name(&self) -> Option<&OsStr> {}
        fn strip_prefix<P: AsRef<Path>>(&self, base: P) -> Result<&Path, StripPrefixError> {}
        fn starts_with<P: AsRef<Path>>(&self, base: P) -> bool {}
        fn ends_with<P: AsRef<Path>>(&self, child: P) -> bool {}
        fn file_stem(&self) -> Option<&OsStr> {}
        fn file_prefix(&self) -> Option<&OsStr> {}
        fn extension(&self) -> Option<&OsStr> {}
        #[fx(alloc)] fn join<P: AsRef<Path>>(&self, path: P) -> PathBuf {}
        #[fx(alloc)] fn with_file_name<S: AsRef<OsStr>>(&self, file_name: S) -> PathBuf {}
        #[fx(alloc)] fn with_extension<S: AsRef<OsStr>>(&self, extension: S) -> PathBuf {}
        #[fx(alloc)] fn with_added_extension<S: AsRef<OsStr>>(&self, extension: S) -> PathBuf {}
        fn components(&self) -> It<Component<'_>> {}
        fn iter(&self) -> It<&OsStr> {}
        fn display(&self) -> Display<'_> {}
        #[fx(alloc)] fn metadata(&self) -> io::Result<Metadata> {}
        #[fx(alloc)] fn symlink_metadata(&self) -> io::Result<Metadata> {}
        #[fx(alloc)] fn canonicalize(&self) -> io::Result<PathBuf> {}
        #[fx(alloc)] fn read_link(&self) -> io::Result<PathBuf> {}
        #[fx(alloc)] fn read_dir(&self) -> io::Result<ReadDir> {}
        #[fx(alloc)] fn exists(&self) -> bool {}
        #[fx(alloc)] fn try_exists(&self) -> io::Result<bool> {}
        #[fx(alloc)] fn is_file(&self) -> bool {}
        #[fx(alloc)] fn is_dir(&self) -> bool {}
        #[fx(alloc)] fn is_symlink(&self) -> bool {}
        fn into_path_buf(self: Box<Path>) -> PathBuf {}
    }
    impl PathBuf {
        fn new() -> PathBuf {}
        #[fx(alloc)] fn with_capacity(capacity: usize) -> PathBuf {}
        fn as_path(&self) -> &Path {}
        #[fx(alloc)] fn push<P: AsRef<Path>>(&mut self, path: P) {}
        fn pop(&mut self) -> bool {}
        #[fx(alloc)] fn set_file_name<S: AsRef<OsStr>>(&mut self, file_name: S) {}
        #[fx(alloc)] fn set_extension<S: AsRef<OsStr>>(&mut self, extension: S) -> bool {}
        fn as_mut_os_string(&mut self) -> &mut OsString {}
        fn into_os_string(self) -> OsString {}
        #[fx(alloc)] fn into_boxed_path(self) -> Box<Path> {}
        fn clear(&mut self) {}
        #[fx(alloc)] fn reserve(&mut self, additional: usize) {}
    }
    impl crate::fmt::Display for Display<'_> { #[fx(format)] fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {} }
    impl Deref for PathBuf { type Target = Path; fn deref(&self) -> &Path {} }
    impl AsRef<Path> for PathBuf { fn as_ref(&self) -> &Path {} }
    impl AsRef<Path> for Path { fn as_ref(&self) -> &Path {} }
    impl AsRef<OsStr> for PathBuf { fn as_ref(&self) -> &OsStr {} }
    impl AsRef<OsStr> for Path { fn as_ref(&self) -> &OsStr {} }
    impl Clone for PathBuf { #[fx(alloc)] fn clone(&self) -> Self {} }
    impl Default for PathBuf { fn default() -> Self {} }
    impl<S> From<S> for PathBuf { #[fx(alloc)] fn from(s: S) -> PathBuf {} }
    impl crate::str::FromStr for PathBuf {
        type Err = crate::convert::Infallible;
        #[fx(alloc)] fn from_str(s: &str) -> Result<PathBuf, crate::convert::Infallible> {}
    }
    impl<P> FromIterator<P> for PathBuf { #[fx(alloc)] fn from_iter<I: IntoIterator<Item = P>>(iter: I) -> PathBuf {} }
    impl<P> Extend<P> for PathBuf { #[fx(alloc)] fn extend<I: IntoIterator<Item = P>>(&mut self, iter: I) {} }
    impl ToOwned for Path { type Owned = PathBuf; #[fx(alloc)] fn to_owned(&self) -> PathBuf {} }
    impl<'a> IntoIterator for &'a Path { type Item = &'a OsStr; type IntoIter = It<&'a OsStr>; fn into_iter(self) -> It<&'a OsStr> {} }
    impl<'a> IntoIterator for &'a PathBuf { type Item = &'a OsStr; type IntoIter = It<&'a OsStr>; fn into_iter(self) -> It<&'a OsStr> {} }
}
