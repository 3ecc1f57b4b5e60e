//! Statics of one type that the linker gathers from the whole program.

/// Declares a section (its name is a C identifier) and `all()`, the statics in it. `$first` keeps it there in a program
/// that puts nothing in.
macro_rules! section {
    ($name:literal, $start:ident, $stop:ident, $T:ty, $first:expr) => {
        #[used]
        #[unsafe(link_section = $name)]
        static FIRST: $T = $first;

        unsafe extern "C" {
            // Made by the linker for a section whose name is a C identifier.
            static $start: u8;
            static $stop: u8;
        }

        /// Everything in the section, the first included.
        pub(crate) fn all() -> &'static [$T] {
            let start = (&raw const $start).cast::<$T>();
            let end = &raw const $stop;
            let count = (end.addr() - start.addr()) / size_of::<$T>();
            // SAFETY: the section holds values of this one type only (its name is private to this crate's macros), one
            // after the other, as their size is a multiple of their alignment; they are constants.
            unsafe { std::slice::from_raw_parts(start, count) }
        }
    };
}
pub(crate) use section;
