//! Formatting.
//! source: std 1.95 library/core/src/fmt/mod.rs, library/alloc/src/fmt.rs

pub mod fmt {
    pub struct Error;
    pub type Result = crate::result::Result<(), Error>;
    pub struct Arguments<'a>;
    pub struct Formatter<'a>;
    pub struct DebugStruct<'a, 'b>;
    pub struct DebugTuple<'a, 'b>;
    pub struct DebugList<'a, 'b>;
    pub struct DebugSet<'a, 'b>;
    pub struct DebugMap<'a, 'b>;
    pub struct FromFn<F>;
    pub enum Alignment {
        Left,
        Right,
        Center,
    }

    pub trait Display {
        #[fx(format)] fn fmt(&self, f: &mut Formatter<'_>) -> Result;
    }
    pub trait Debug {
        #[fx(format)] fn fmt(&self, f: &mut Formatter<'_>) -> Result;
    }
    pub trait LowerHex {
        #[fx(format)] fn fmt(&self, f: &mut Formatter<'_>) -> Result;
    }
    pub trait UpperHex {
        #[fx(format)] fn fmt(&self, f: &mut Formatter<'_>) -> Result;
    }
    pub trait Octal {
        #[fx(format)] fn fmt(&self, f: &mut Formatter<'_>) -> Result;
    }
    pub trait Binary {
        #[fx(format)] fn fmt(&self, f: &mut Formatter<'_>) -> Result;
    }
    pub trait Pointer {
        #[fx(format)] fn fmt(&self, f: &mut Formatter<'_>) -> Result;
    }
    pub trait LowerExp {
        #[fx(format)] fn fmt(&self, f: &mut Formatter<'_>) -> Result;
    }
    pub trait UpperExp {
        #[fx(format)] fn fmt(&self, f: &mut Formatter<'_>) -> Result;
    }
    pub trait Write {
        fn write_str(&mut self, s: &str) -> Result;
        fn write_char(&mut self, c: char) -> Result {}
        #[fx(format)] fn write_fmt(&mut self, args: Arguments<'_>) -> Result {}
    }
    #[fx(alloc, format)] pub fn format(args: Arguments<'_>) -> String {}
    #[fx(format)] pub fn write(output: &mut dyn Write, args: Arguments<'_>) -> Result {}
    pub fn from_fn<F: Fn(&mut Formatter<'_>) -> Result>(f: F) -> FromFn<F> {}

    impl<'a> Arguments<'a> {
        fn as_str(&self) -> Option<&'static str> {}
    }
    impl<'a> Formatter<'a> {
        #[fx(format)] fn pad(&mut self, s: &str) -> Result {}
        #[fx(format)] fn pad_integral(&mut self, is_nonnegative: bool, prefix: &str, buf: &str) -> Result {}
        fn write_str(&mut self, data: &str) -> Result {}
        #[fx(format)] fn write_fmt(&mut self, fmt: Arguments<'_>) -> Result {}
        fn fill(&self) -> char {}
        fn align(&self) -> Option<Alignment> {}
        fn width(&self) -> Option<usize> {}
        fn precision(&self) -> Option<usize> {}
        fn sign_plus(&self) -> bool {}
        fn sign_minus(&self) -> bool {}
        fn alternate(&self) -> bool {}
        fn sign_aware_zero_pad(&self) -> bool {}
        #[fx(format)] fn debug_struct<'b>(&'b mut self, name: &str) -> DebugStruct<'b, 'a> {}
        #[fx(format)] fn debug_tuple<'b>(&'b mut self, name: &str) -> DebugTuple<'b, 'a> {}
        #[fx(format)] fn debug_list<'b>(&'b mut self) -> DebugList<'b, 'a> {}
        #[fx(format)] fn debug_set<'b>(&'b mut self) -> DebugSet<'b, 'a> {}
        #[fx(format)] fn debug_map<'b>(&'b mut self) -> DebugMap<'b, 'a> {}
    }
    impl Write for Formatter<'_> {
        fn write_str(&mut self, s: &str) -> Result {}
    }
    impl<'a, 'b> DebugStruct<'a, 'b> {
        #[fx(format)] fn field(&mut self, name: &str, value: &dyn Debug) -> &mut Self {}
        #[fx(format)] fn finish(&mut self) -> Result {}
        #[fx(format)] fn finish_non_exhaustive(&mut self) -> Result {}
    }
    impl<'a, 'b> DebugTuple<'a, 'b> {
        #[fx(format)] fn field(&mut self, value: &dyn Debug) -> &mut Self {}
        #[fx(format)] fn finish(&mut self) -> Result {}
    }
    impl<'a, 'b> DebugList<'a, 'b> {
        #[fx(format)] fn entry(&mut self, entry: &dyn Debug) -> &mut Self {}
        #[fx(format)] fn entries<I: IntoIterator>(&mut self, entries: I) -> &mut Self {}
        #[fx(format)] fn finish(&mut self) -> Result {}
    }
    impl<'a, 'b> DebugSet<'a, 'b> {
        #[fx(format)] fn entry(&mut self, entry: &dyn Debug) -> &mut Self {}
        #[fx(format)] fn entries<I: IntoIterator>(&mut self, entries: I) -> &mut Self {}
        #[fx(format)] fn finish(&mut self) -> Result {}
    }
    impl<'a, 'b> DebugMap<'a, 'b> {
        #[fx(format)] fn entry(&mut self, key: &dyn Debug, value: &dyn Debug) -> &mut Self {}
        #[fx(format)] fn entries<I: IntoIterator>(&mut self, entries: I) -> &mut Self {}
        #[fx(format)] fn finish(&mut self) -> Result {}
    }
}
