//! Numbers. The methods all integers share are in `ints.inc`, once for all of them.

pub mod num {
    pub struct ParseIntError;
    pub struct ParseFloatError;
    pub struct TryFromIntError;
    pub struct Wrapping<T>(pub T);
    pub struct Saturating<T>(pub T);
    pub struct NonZero<T>;
    pub type NonZeroU8 = NonZero<u8>;
    pub type NonZeroU16 = NonZero<u16>;
    pub type NonZeroU32 = NonZero<u32>;
    pub type NonZeroU64 = NonZero<u64>;
    pub type NonZeroUsize = NonZero<usize>;
    pub type NonZeroI8 = NonZero<i8>;
    pub type NonZeroI16 = NonZero<i16>;
    pub type NonZeroI32 = NonZero<i32>;
    pub type NonZeroI64 = NonZero<i64>;
    pub type NonZeroIsize = NonZero<isize>;
    pub enum IntErrorKind {
        Empty,
        InvalidDigit,
        PosOverflow,
        NegOverflow,
        Zero,
    }
    pub enum FpCategory {
        Nan,
        Infinite,
        Zero,
        Subnormal,
        Normal,
    }
    impl ParseIntError {
        fn kind(&self) -> &IntErrorKind {}
    }
    impl<T> NonZero<T> {
        const MIN: NonZero<T> = loop {};
        const MAX: NonZero<T> = loop {};
        fn new(n: T) -> Option<NonZero<T>> {}
        fn new_unchecked(n: T) -> NonZero<T> {}
        fn get(self) -> T {}
        fn checked_add(self, other: T) -> Option<NonZero<T>> {}
        fn saturating_add(self, other: T) -> NonZero<T> {}
    }
    impl<T> Clone for NonZero<T> {
        fn clone(&self) -> Self {}
    }
    impl<T> Copy for NonZero<T> {}
}

impl bool {
    fn then<T, F: FnOnce() -> T>(self, f: F) -> Option<T> {}
    fn then_some<T>(self, t: T) -> Option<T> {}
    fn select_unpredictable<T>(self, true_val: T, false_val: T) -> T {}
}

impl u8 {
    fn is_ascii(&self) -> bool {}
    fn to_ascii_uppercase(&self) -> u8 {}
    fn to_ascii_lowercase(&self) -> u8 {}
    fn eq_ignore_ascii_case(&self, other: &u8) -> bool {}
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
impl f32 {
    fn to_bits(self) -> u32 {}
    fn from_bits(v: u32) -> f32 {}
}
impl f64 {
    fn to_bits(self) -> u64 {}
    fn from_bits(v: u64) -> f64 {}
}
impl i8 { fn unsigned_abs(self) -> u8 {} fn cast_unsigned(self) -> u8 {} }
impl i16 { fn unsigned_abs(self) -> u16 {} fn cast_unsigned(self) -> u16 {} }
impl i32 { fn unsigned_abs(self) -> u32 {} fn cast_unsigned(self) -> u32 {} }
impl i64 { fn unsigned_abs(self) -> u64 {} fn cast_unsigned(self) -> u64 {} }
impl i128 { fn unsigned_abs(self) -> u128 {} fn cast_unsigned(self) -> u128 {} }
impl isize { fn unsigned_abs(self) -> usize {} fn cast_unsigned(self) -> usize {} }

pub mod f64 {
    pub const MAX: f64 = loop {};
    pub const MIN: f64 = loop {};
    pub const EPSILON: f64 = loop {};
    pub const INFINITY: f64 = loop {};
    pub const NAN: f64 = loop {};
    pub mod consts {
        pub const PI: f64 = loop {};
        pub const TAU: f64 = loop {};
        pub const E: f64 = loop {};
        pub const LN_2: f64 = loop {};
        pub const SQRT_2: f64 = loop {};
    }
}
pub mod f32 {
    pub const MAX: f32 = loop {};
    pub const MIN: f32 = loop {};
    pub const EPSILON: f32 = loop {};
    pub const INFINITY: f32 = loop {};
    pub const NAN: f32 = loop {};
    pub mod consts {
        pub const PI: f32 = loop {};
        pub const TAU: f32 = loop {};
    }
}
pub mod u8 { pub const MAX: u8 = 255; pub const MIN: u8 = 0; }
pub mod u16 { pub const MAX: u16 = 65535; pub const MIN: u16 = 0; }
pub mod u32 { pub const MAX: u32 = 4294967295; pub const MIN: u32 = 0; }
pub mod u64 { pub const MAX: u64 = 0xffff_ffff_ffff_ffff; pub const MIN: u64 = 0; }
pub mod usize { pub const MAX: usize = 0xffff_ffff_ffff_ffff; pub const MIN: usize = 0; }
pub mod i32 { pub const MAX: i32 = 2147483647; pub const MIN: i32 = -2147483648; }
pub mod i64 { pub const MAX: i64 = 9223372036854775807; pub const MIN: i64 = -9223372036854775808; }
