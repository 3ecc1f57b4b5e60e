//! Every kind of item, in a crate without prelude and without unsafe code, that knows fork-runtime by another name.
//! `cargo clippy` holds what the macros expand to against its pedantic lints here.
#![no_implicit_prelude]
#![forbid(unsafe_code)]
#![deny(warnings, clippy::pedantic)]
#![expect(unreachable_pub, reason = "`check` looks at what is public")]

pub extern crate fork_runtime as renamed_runtime;

mod kinds;
mod types;
