//! The stub crates: Rust signatures with `#[fx(..)]` and `#[role(..)]` attributes, compiled in as text.
//!
//! How to read and write one:
//! - Bodies are `{}`. A function that carries no attribute does nothing that matters in a forked child.
//! - A callable parameter is called during the call, unless a role says otherwise (`stores`, `thread_entry`, …).
//! - The arm of a `macro_rules!` names the type of the macro's value: `macro_rules! format { () => { String } }`.
//! - An effect or role has a `source:` line, on itself or on what it is in (impl, trait, module, file), nearest first.
//! - One module may be given by several files. `const`, `unsafe` and bounds that tell nothing are left out.
//! - A path has one entry: where a conversion allocates for one source type and not for another, it says `alloc`.

/// One crate's stub.
#[derive(Clone, Copy, Debug)]
pub struct Stub {
    /// The crate's name in paths; `c` holds the C functions, however a program declares them.
    pub krate: &'static str,
    /// Files in order: a name for messages, and the text.
    pub files: &'static [(&'static str, &'static str)],
}

macro_rules! stub_table {
    ($($krate:literal: [$($file:literal),* $(,)?]),* $(,)?) => {
        &[$(Stub {
            krate: $krate,
            files: &[$(($file, include_str!(concat!("stubs/", $file)))),*],
        }),*]
    };
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses() {
        for stub in stubs() {
            for (name, text) in stub.files {
                if let Err(e) = syn::parse_file(text) {
                    panic!("{name}:{}: {e}", e.span().start().line);
                }
            }
        }
    }
}
