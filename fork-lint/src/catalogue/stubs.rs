//! The stub crates: Rust signatures with `#[fx(..)]` and `#[role(..)]` attributes, compiled in as text.
//!
//! How to read and write one:
//! - Bodies are `{}`. A function that carries no attribute does nothing that matters in a forked child.
//! - A callable parameter is called during the call, unless a role says otherwise (`stores`, `thread_entry`, …).
//! - The arm of a `macro_rules!` names the type of the macro's value: `macro_rules! format { () => { String } }`.
//! - An effect or role has a `source:` line, on itself or on what it is in (impl, trait, module, file), nearest first.
//! - One module may be given by several files. `const`, `unsafe`, bounds that tell nothing, and (in C and for numbers,
//!   where they are many) parameters that tell nothing are left out: reading the stubs is part of every start.
//! - A path has one entry: where a conversion allocates for one source type and not for another, it says `alloc`.
//! - What a trait's method says holds for its implementations; one that does less says so by an entry of its own,
//!   `#[fx()]` if it does nothing.
//! - A constant whose value tells nothing is `loop {}`.

/// One crate's stub.
#[derive(Clone, Copy, Debug)]
pub struct Stub {
    /// The crate's name in paths; `c` holds the C functions, however a program declares them.
    pub krate: &'static str,
    /// Files in order: a name for messages, and the text.
    pub files: &'static [(&'static str, &'static str)],
}

macro_rules! stub_table {
    ($($krate:literal: [$($file:literal $(= $text:expr)?),* $(,)?]),* $(,)?) => {
        &[$(Stub {
            krate: $krate,
            files: &[$(($file, stub_table!(@ $file $(= $text)?))),*],
        }),*]
    };
    (@ $file:literal = $text:expr) => { $text };
    (@ $file:literal) => { include_str!(concat!("stubs/", $file)) };
}

/// The implementations for one number type: what all of its kind have, from one file for all of them.
macro_rules! integer {
    ($ty:literal, $min:literal, $max:literal, $more:literal) => {
        concat!(
            "impl ", $ty, " {\n    pub const MIN: ", $ty, " = ", $min, ";\n    pub const MAX: ", $ty, " = ", $max, ";\n",
            include_str!("stubs/std/ints.inc"), include_str!(concat!("stubs/std/", $more)), "}\n",
            "impl<T> From<T> for ", $ty, " { fn from(value: T) -> ", $ty, " {} }\n",
            "impl<T> TryFrom<T> for ", $ty, " { type Error = crate::num::TryFromIntError; fn try_from(value: T) -> Result<", $ty, ", crate::num::TryFromIntError> {} }\n",
            "impl crate::str::FromStr for ", $ty, " { type Err = crate::num::ParseIntError; fn from_str(s: &str) -> Result<", $ty, ", crate::num::ParseIntError> {} }\n",
        )
    };
}

macro_rules! float {
    ($ty:literal) => {
        concat!(
            "impl ", $ty, " {\n", include_str!("stubs/std/float.inc"), "}\n",
            "impl<T> From<T> for ", $ty, " { fn from(value: T) -> ", $ty, " {} }\n",
            "impl crate::str::FromStr for ", $ty, " { type Err = crate::num::ParseFloatError; fn from_str(s: &str) -> Result<", $ty, ", crate::num::ParseFloatError> {} }\n",
        )
    };
}

const NUMBERS: &str = concat!(
    integer!("u8", "0", "255", "unsigned.inc"),
    integer!("u16", "0", "65535", "unsigned.inc"),
    integer!("u32", "0", "4294967295", "unsigned.inc"),
    integer!("u64", "0", "18446744073709551615", "unsigned.inc"),
    integer!("u128", "0", "340282366920938463463374607431768211455", "unsigned.inc"),
    integer!("usize", "0", "18446744073709551615", "unsigned.inc"),
    integer!("i8", "-128", "127", "signed.inc"),
    integer!("i16", "-32768", "32767", "signed.inc"),
    integer!("i32", "-2147483648", "2147483647", "signed.inc"),
    integer!("i64", "-9223372036854775808", "9223372036854775807", "signed.inc"),
    integer!("i128", "loop {}", "loop {}", "signed.inc"),
    integer!("isize", "-9223372036854775808", "9223372036854775807", "signed.inc"),
    float!("f32"),
    float!("f64"),
);

/// Every stub. `std` and `c` are part of every program; the others are of use to programs that name the crate.
pub fn stubs() -> &'static [Stub] {
    STUBS
}

static STUBS: &[Stub] = stub_table! {
    "std": [
        "std/prelude.rs",
        "std/option_result.rs",
        "std/iter.rs",
        "std/traits.rs",
        "std/mem_ptr.rs",
        "std/boxes.rs",
        "std/string.rs",
        "std/vec_slice.rs",
        "std/fmt.rs",
        "std/macros.rs",
        "std/io.rs",
        "std/io_std.rs",
        "std/process.rs",
        "std/thread.rs",
        "std/sync.rs",
        "std/env.rs",
        "std/fs.rs",
        "std/os_fd.rs",
        "std/ffi_path.rs",
        "std/collections.rs",
        "std/collections_ordered.rs",
        "std/net.rs",
        "std/time_task.rs",
        "std/atomic.rs",
        "std/num.rs",
        "std/numbers" = NUMBERS,
    ],
    "c": [
        "c/types.rs",
        "c/safe.rs",
        "c/process.rs",
        "c/fds.rs",
        "c/threads.rs",
        "c/libc.rs",
        "c/nss.rs",
    ],
};
