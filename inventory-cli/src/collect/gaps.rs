//! What could not be read, and what would allow it.

use std::io;

use crate::model::Unreadable;

/// The sources of one process that could not be read.
#[derive(Debug, Default)]
pub(crate) struct Gaps(Vec<Unreadable>);

impl Gaps {
    /// Notes a failure, once a source.
    pub(crate) fn note(&mut self, source: &str, error: &io::Error) {
        if self.0.iter().all(|gap| gap.source != source) {
            self.0.push(Unreadable { source: source.into(), error: code(error), needs: needs(source, error).into() });
        }
    }

    /// The value, or a note.
    pub(crate) fn keep<T>(&mut self, source: &str, result: io::Result<T>) -> Option<T> {
        result.inspect_err(|error| self.note(source, error)).ok()
    }

    pub(crate) fn into_list(self) -> Vec<Unreadable> {
        self.0
    }
}

/// The kernel's word for an error.
fn code(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(number) => nix::Error::from_raw(number).to_string().split(':').next().unwrap_or_default().into(),
        None => error.to_string(),
    }
}

/// What would allow reading. Found by trying each capability alone on Linux 6.18: files of mode 0400 need the second one.
fn needs(source: &str, error: &io::Error) -> &'static str {
    match error.raw_os_error() {
        Some(libc::ESRCH | libc::ENOENT) => "a living process",
        Some(libc::EACCES | libc::EPERM) => match source {
            "page numbers" => "CAP_SYS_ADMIN",
            "handlers" => "CAP_BPF with CAP_PERFMON",
            "maps" | "smaps" | "smaps_rollup" | "kcmp" => {
                "the process's own user while it is dumpable, or CAP_SYS_PTRACE"
            }
            _ => "the process's own user while it is dumpable, or CAP_SYS_PTRACE with CAP_DAC_READ_SEARCH",
        },
        _ if source == "handlers" => "Linux 6.1 or later with CONFIG_DEBUG_INFO_BTF, on x86-64 or aarch64",
        _ => "a kernel that has it",
    }
}
