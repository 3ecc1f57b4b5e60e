//! `str`, `String`, `char`: what makes an owned copy or grows one allocates; views and searches do not.
//! source: std 1.95 library/alloc/src/string.rs, library/alloc/src/str.rs, library/core/src/str/mod.rs

pub mod str {
    use crate::iter::It;
    use crate::ops::RangeBounds;

    pub struct Utf8Error;
    pub struct ParseBoolError;
    pub type Chars<'a> = It<char>;
    pub type CharIndices<'a> = It<(usize, char)>;
    pub type Bytes<'a> = It<u8>;
    pub type Lines<'a> = It<&'a str>;
    pub type Split<'a, P> = It<&'a str>;
    pub type RSplit<'a, P> = It<&'a str>;
    pub type SplitN<'a, P> = It<&'a str>;
    pub type SplitTerminator<'a, P> = It<&'a str>;
    pub type SplitWhitespace<'a> = It<&'a str>;
    pub type SplitAsciiWhitespace<'a> = It<&'a str>;

    impl Utf8Error {
        fn valid_up_to(&self) -> usize {}
        fn error_len(&self) -> Option<usize> {}
    }
    pub trait FromStr {
        type Err;
        fn from_str(s: &str) -> Result<Self, Self::Err>;
    }
    impl FromStr for bool { type Err = ParseBoolError; fn from_str(s: &str) -> Result<bool, ParseBoolError> {} }
    impl FromStr for char { type Err = crate::char::ParseCharError; fn from_str(s: &str) -> Result<char, crate::char::ParseCharError> {} }
    pub fn from_utf8(v: &[u8]) -> Result<&str, Utf8Error> {}
    pub fn from_utf8_mut(v: &mut [u8]) -> Result<&mut str, Utf8Error> {}
    pub fn from_utf8_unchecked(v: &[u8]) -> &str {}
    pub fn from_utf8_unchecked_mut(v: &mut [u8]) -> &mut str {}

    impl str {
        fn len(&self) -> usize {}
        fn is_empty(&self) -> bool {}
        fn is_char_boundary(&self, index: usize) -> bool {}
        fn floor_char_boundary(&self, index: usize) -> usize {}
        fn ceil_char_boundary(&self, index: usize) -> usize {}
        fn as_bytes(&self) -> &[u8] {}
        fn as_bytes_mut(&mut self) -> &mut [u8] {}
        fn as_ptr(&self) -> *const u8 {}
        fn as_mut_ptr(&mut self) -> *mut u8 {}
        fn as_str(&self) -> &str {}
        fn get<I>(&self, i: I) -> Option<&str> {}
        fn get_mut<I>(&mut self, i: I) -> Option<&mut str> {}
        fn get_unchecked<I>(&self, i: I) -> &str {}
        fn split_at(&self, mid: usize) -> (&str, &str) {}
        fn split_at_checked(&self, mid: usize) -> Option<(&str, &str)> {}
        fn from_utf8(v: &[u8]) -> Result<&str, Utf8Error> {}
        fn from_utf8_unchecked(v: &[u8]) -> &str {}
        fn chars(&self) -> It<char> {}
        fn char_indices(&self) -> It<(usize, char)> {}
        fn bytes(&self) -> It<u8> {}
        fn split_whitespace(&self) -> It<&str> {}
        fn split_ascii_whitespace(&self) -> It<&str> {}
        fn lines(&self) -> It<&str> {}
        fn encode_utf16(&self) -> It<u16> {}
        fn contains<P>(&self, pat: P) -> bool {}
        fn starts_with<P>(&self, pat: P) -> bool {}
        fn ends_with<P>(&self, pat: P) -> bool {}
        fn find<P>(&self, pat: P) -> Option<usize> {}
        fn rfind<P>(&self, pat: P) -> Option<usize> {}
        fn split<P>(&self, pat: P) -> It<&str> {}
        fn split_inclusive<P>(&self, pat: P) -> It<&str> {}
        fn rsplit<P>(&self, pat: P) -> It<&str> {}
        fn split_terminator<P>(&self, pat: P) -> It<&str> {}
        fn rsplit_terminator<P>(&self, pat: P) -> It<&str> {}
        fn splitn<P>(&self, n: usize, pat: P) -> It<&str> {}
        fn rsplitn<P>(&self, n: usize, pat: P) -> It<&str> {}
        fn split_once<P>(&self, delimiter: P) -> Option<(&str, &str)> {}
        fn rsplit_once<P>(&self, delimiter: P) -> Option<(&str, &str)> {}
        fn matches<P>(&self, pat: P) -> It<&str> {}
        fn rmatches<P>(&self, pat: P) -> It<&str> {}
        fn match_indices<P>(&self, pat: P) -> It<(usize, &str)> {}
        fn trim(&self) -> &str {}
        fn trim_start(&self) -> &str {}
        fn trim_end(&self) -> &str {}
        fn trim_left(&self) -> &str {}
        fn trim_right(&self) -> &str {}
        fn trim_matches<P>(&self, pat: P) -> &str {}
        fn trim_start_matches<P>(&self, pat: P) -> &str {}
        fn trim_end_matches<P>(&self, pat: P) -> &str {}
        fn trim_left_matches<P>(&self, pat: P) -> &str {}
        fn trim_right_matches<P>(&self, pat: P) -> &str {}
        fn trim_ascii(&self) -> &str {}
        fn trim_ascii_start(&self) -> &str {}
        fn trim_ascii_end(&self) -> &str {}
        fn strip_prefix<P>(&self, prefix: P) -> Option<&str> {}
        fn strip_suffix<P>(&self, suffix: P) -> Option<&str> {}
        fn parse<F: FromStr>(&self) -> Result<F, <F as FromStr>::Err> {}
        fn is_ascii(&self) -> bool {}
        fn eq_ignore_ascii_case(&self, other: &str) -> bool {}
        fn make_ascii_uppercase(&mut self) {}
        fn make_ascii_lowercase(&mut self) {}
        fn escape_debug(&self) -> It<char> {}
        fn escape_default(&self) -> It<char> {}
        fn escape_unicode(&self) -> It<char> {}
        #[fx(alloc)] fn into_boxed_bytes(self: Box<str>) -> Box<[u8]> {}
        #[fx(alloc)] fn replace<P>(&self, from: P, to: &str) -> String {}
        #[fx(alloc)] fn replacen<P>(&self, pat: P, to: &str, count: usize) -> String {}
        #[fx(alloc)] fn to_lowercase(&self) -> String {}
        #[fx(alloc)] fn to_uppercase(&self) -> String {}
        #[fx(alloc)] fn to_ascii_uppercase(&self) -> String {}
        #[fx(alloc)] fn to_ascii_lowercase(&self) -> String {}
        #[fx(alloc)] fn repeat(&self, n: usize) -> String {}
        /// The box becomes the string's buffer.
        fn into_string(self: Box<str>) -> String {}
    }
    impl ToOwned for str {
        type Owned = String;
        #[fx(alloc)] fn to_owned(&self) -> String {}
    }
    impl AsRef<[u8]> for str {
        fn as_ref(&self) -> &[u8] {}
    }
    impl AsRef<str> for str {
        fn as_ref(&self) -> &str {}
    }
    impl AsRef<crate::ffi::OsStr> for str {
        fn as_ref(&self) -> &crate::ffi::OsStr {}
    }
    impl AsRef<crate::path::Path> for str {
        fn as_ref(&self) -> &crate::path::Path {}
    }
    impl<I> crate::ops::Index<I> for str {
        type Output = str;
        fn index(&self, index: I) -> &str {}
    }
}

pub mod string {
    use crate::borrow::Cow;
    use crate::collections::TryReserveError;
    use crate::convert::Infallible;
    use crate::iter::It;
    use crate::ops::{Add, AddAssign, Deref, DerefMut, RangeBounds};
    use crate::str::{FromStr, Utf8Error};

    pub struct String;
    pub struct FromUtf8Error;
    pub struct FromUtf16Error;
    pub type ParseError = Infallible;
    pub type Drain<'a> = It<char>;

    impl String {
        fn new() -> String {}
        #[fx(alloc)] fn with_capacity(capacity: usize) -> String {}
        fn from_utf8(vec: Vec<u8>) -> Result<String, FromUtf8Error> {}
        /// Borrows valid UTF-8; only a repair allocates.
        fn from_utf8_lossy(v: &[u8]) -> Cow<'_, str> {}
        fn from_utf8_lossy_owned(v: Vec<u8>) -> String {}
        #[fx(alloc)] fn from_utf16(v: &[u16]) -> Result<String, FromUtf16Error> {}
        #[fx(alloc)] fn from_utf16_lossy(v: &[u16]) -> String {}
        fn from_raw_parts(buf: *mut u8, length: usize, capacity: usize) -> String {}
        fn from_utf8_unchecked(bytes: Vec<u8>) -> String {}
        fn into_bytes(self) -> Vec<u8> {}
        fn as_str(&self) -> &str {}
        fn as_mut_str(&mut self) -> &mut str {}
        #[fx(alloc)] fn push_str(&mut self, string: &str) {}
        #[fx(alloc)] fn extend_from_within<R>(&mut self, src: R) {}
        fn capacity(&self) -> usize {}
        #[fx(alloc)] fn reserve(&mut self, additional: usize) {}
        #[fx(alloc)] fn reserve_exact(&mut self, additional: usize) {}
        #[fx(alloc)] fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {}
        #[fx(alloc)] fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {}
        #[fx(alloc)] fn shrink_to_fit(&mut self) {}
        #[fx(alloc)] fn shrink_to(&mut self, min_capacity: usize) {}
        #[fx(alloc)] fn push(&mut self, ch: char) {}
        fn as_bytes(&self) -> &[u8] {}
        fn truncate(&mut self, new_len: usize) {}
        fn pop(&mut self) -> Option<char> {}
        fn remove(&mut self, idx: usize) -> char {}
        fn retain<F: FnMut(char) -> bool>(&mut self, f: F) {}
        #[fx(alloc)] fn insert(&mut self, idx: usize, ch: char) {}
        #[fx(alloc)] fn insert_str(&mut self, idx: usize, string: &str) {}
        fn as_mut_vec(&mut self) -> &mut Vec<u8> {}
        fn len(&self) -> usize {}
        fn is_empty(&self) -> bool {}
        #[fx(alloc)] fn split_off(&mut self, at: usize) -> String {}
        fn clear(&mut self) {}
        fn drain<R>(&mut self, range: R) -> It<char> {}
        #[fx(alloc)] fn replace_range<R>(&mut self, range: R, replace_with: &str) {}
        #[fx(alloc)] fn into_boxed_str(self) -> Box<str> {}
        fn leak<'a>(self) -> &'a mut str {}
    }
    impl FromUtf8Error {
        fn as_bytes(&self) -> &[u8] {}
        fn into_bytes(self) -> Vec<u8> {}
        fn utf8_error(&self) -> Utf8Error {}
    }
    impl Deref for String {
        type Target = str;
        fn deref(&self) -> &str {}
    }
    impl DerefMut for String {
        fn deref_mut(&mut self) -> &mut str {}
    }
    impl Clone for String {
        #[fx(alloc)] fn clone(&self) -> Self {}
        #[fx(alloc)] fn clone_from(&mut self, source: &Self) {}
    }
    impl Default for String {
        fn default() -> String {}
    }
    impl From<&str> for String {
        #[fx(alloc)] fn from(s: &str) -> String {}
    }
    impl FromStr for String {
        type Err = Infallible;
        #[fx(alloc)] fn from_str(s: &str) -> Result<String, Infallible> {}
    }
    impl Add<&str> for String {
        type Output = String;
        #[fx(alloc)] fn add(self, other: &str) -> String {}
    }
    impl AddAssign<&str> for String {
        #[fx(alloc)] fn add_assign(&mut self, other: &str) {}
    }
    impl<A> FromIterator<A> for String {
        #[fx(alloc)] fn from_iter<T: IntoIterator<Item = A>>(iter: T) -> Self {}
    }
    impl<A> Extend<A> for String {
        #[fx(alloc)] fn extend<T: IntoIterator<Item = A>>(&mut self, iter: T) {}
    }
    impl crate::fmt::Write for String {
        #[fx(alloc)] fn write_str(&mut self, s: &str) -> crate::fmt::Result {}
        #[fx(alloc)] fn write_char(&mut self, c: char) -> crate::fmt::Result {}
    }
    impl AsRef<str> for String {
        fn as_ref(&self) -> &str {}
    }
    impl AsRef<[u8]> for String {
        fn as_ref(&self) -> &[u8] {}
    }
    impl AsRef<crate::ffi::OsStr> for String {
        fn as_ref(&self) -> &crate::ffi::OsStr {}
    }
    impl AsRef<crate::path::Path> for String {
        fn as_ref(&self) -> &crate::path::Path {}
    }
    pub trait ToString {
        /// Runs the value's `Display`.
        #[fx(alloc, format)] fn to_string(&self) -> String {}
    }
    impl<T: crate::fmt::Display> ToString for T {}
    impl ToString for str {
        #[fx(alloc)] fn to_string(&self) -> String {}
    }
    impl ToString for String {
        #[fx(alloc)] fn to_string(&self) -> String {}
    }
}

pub mod char {
    use crate::iter::It;

    pub const MAX: char = '\u{10FFFF}';
    pub const REPLACEMENT_CHARACTER: char = '\u{FFFD}';
    pub struct CharTryFromError;
    pub struct ParseCharError;
    pub struct DecodeUtf16Error;
    pub fn from_u32(i: u32) -> Option<char> {}
    pub fn from_u32_unchecked(i: u32) -> char {}
    pub fn from_digit(num: u32, radix: u32) -> Option<char> {}
    pub fn decode_utf16<I>(iter: I) -> It<Result<char, DecodeUtf16Error>> {}

    impl char {
        const MAX: char = '\u{10FFFF}';
        const REPLACEMENT_CHARACTER: char = '\u{FFFD}';
        fn from_u32(i: u32) -> Option<char> {}
        fn from_u32_unchecked(i: u32) -> char {}
        fn from_digit(num: u32, radix: u32) -> Option<char> {}
        fn is_digit(self, radix: u32) -> bool {}
        fn to_digit(self, radix: u32) -> Option<u32> {}
        fn escape_unicode(self) -> It<char> {}
        fn escape_debug(self) -> It<char> {}
        fn escape_default(self) -> It<char> {}
        fn len_utf8(self) -> usize {}
        fn len_utf16(self) -> usize {}
        fn encode_utf8(self, dst: &mut [u8]) -> &mut str {}
        fn encode_utf16(self, dst: &mut [u16]) -> &mut [u16] {}
        fn is_alphabetic(self) -> bool {}
        fn is_lowercase(self) -> bool {}
        fn is_uppercase(self) -> bool {}
        fn is_whitespace(self) -> bool {}
        fn is_alphanumeric(self) -> bool {}
        fn is_control(self) -> bool {}
        fn is_numeric(self) -> bool {}
        fn to_lowercase(self) -> It<char> {}
        fn to_uppercase(self) -> It<char> {}
        fn is_ascii(&self) -> bool {}
        fn to_ascii_uppercase(&self) -> char {}
        fn to_ascii_lowercase(&self) -> char {}
        fn eq_ignore_ascii_case(&self, other: &char) -> bool {}
        fn make_ascii_uppercase(&mut self) {}
        fn make_ascii_lowercase(&mut self) {}
        fn is_ascii_alphabetic(&self) -> bool {}
        fn is_ascii_uppercase(&self) -> bool {}
        fn is_ascii_lowercase(&self) -> bool {}
        fn is_ascii_alphanumeric(&self) -> bool {}
        fn is_ascii_digit(&self) -> bool {}
        fn is_ascii_hexdigit(&self) -> bool {}
        fn is_ascii_punctuation(&self) -> bool {}
        fn is_ascii_graphic(&self) -> bool {}
        fn is_ascii_whitespace(&self) -> bool {}
        fn is_ascii_control(&self) -> bool {}
    }
}
