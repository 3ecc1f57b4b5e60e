//! Hosts that load libraries and fork: interpreters and servers whose extensions cannot know when they do.

use crate::analysis::{CrateUnit, calls};
use crate::facts::{Callee, Sym, plain_path};

/// A kind of host.
pub(super) struct Host {
    /// Crates through which an extension speaks to it.
    crates: &'static [&'static str],
    /// What it does.
    pub(super) note: &'static str,
}

const HOSTS: &[Host] = &[
    Host {
        crates: &["pyo3", "pyo3_ffi", "cpython", "python3_sys"],
        note: "this is a Python extension: multiprocessing, gunicorn and celery fork the interpreter after it is loaded",
    },
    Host {
        crates: &["magnus", "rb_sys", "rutie", "helix"],
        note: "this is a Ruby extension: puma and unicorn fork the interpreter after it is loaded",
    },
    Host {
        crates: &["ext_php_rs", "phper"],
        note: "this is a PHP extension: php-fpm forks its workers after it is loaded",
    },
    Host {
        crates: &["pgrx", "pgx"],
        note: "this is a PostgreSQL extension: the server forks a backend for every connection",
    },
];

/// The host that a crate is an extension of, by the interface it uses.
pub(super) fn host_of(unit: &CrateUnit) -> Option<&'static Host> {
    HOSTS.iter().find(|host| {
        let is = |path: Sym| {
            let plain = plain_path(path);
            host.crates.contains(&plain.as_str().split("::").next().unwrap_or_default())
        };
        unit.facts.fns.iter().any(|f| {
            f.returns.iter().copied().any(is)
                || f.body.locals.iter().flat_map(|l| &l.heads).copied().any(is)
                || calls(&f.body).any(|call| match call.callee {
                    Callee::Path(path) | Callee::Unknown(path) => is(path),
                    Callee::Dispatch { trait_, .. } => is(trait_),
                    _ => false,
                })
        }) || unit.facts.impls.iter().any(|i| is(i.trait_) || is(i.self_ty))
    })
}
