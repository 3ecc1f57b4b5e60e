//! Stubs of well-known crates. Where a crate's source is at hand it is analysed, and only effects and roles of its stub
//! are laid over it, by path; so a stub names functions where they are defined.

use super::Stub;

macro_rules! crate_table {
    ($($krate:literal = $file:literal),* $(,)?) => {
        &[$(Stub { krate: $krate, files: &[($file, include_str!(concat!("stubs/crates/", $file)))] }),*]
    };
}

/// Stubs by crate; several crates may share one.
pub fn crates() -> &'static [Stub] {
    CRATES
}

static CRATES: &[Stub] = crate_table! {
    "nix" = "nix.rs",
    "rustix" = "rustix.rs",
    "tokio" = "tokio.rs",
    "log" = "logging.rs",
    "tracing" = "logging.rs",
    "slog" = "logging.rs",
    "anyhow" = "anyhow.rs",
    "eyre" = "anyhow.rs",
    "color_eyre" = "anyhow.rs",
    "lock_api" = "lock_api.rs",
    "parking_lot" = "parking_lot.rs",
    "once_cell" = "once_cell.rs",
    "daemonize" = "daemons.rs",
    "daemonize_me" = "daemons.rs",
    "daemonix" = "daemons.rs",
    "fork" = "daemons.rs",
    "rand" = "rand.rs",
    "fastrand" = "rand.rs",
    "tempfile" = "tempfile.rs",
    "memmap2" = "memmap2.rs",
    "memmap" = "memmap2.rs",
    "r2d2" = "clients.rs",
    "bb8" = "clients.rs",
    "deadpool" = "clients.rs",
    "redis" = "clients.rs",
    "postgres" = "clients.rs",
    "mysql" = "clients.rs",
    "rusqlite" = "clients.rs",
    "mongodb" = "clients.rs",
    "reqwest" = "clients.rs",
    "signal_hook" = "signal_hook.rs",
    "ctrlc" = "ctrlc.rs",
    "num_threads" = "num_threads.rs",
};
