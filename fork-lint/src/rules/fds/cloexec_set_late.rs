//! Rule `cloexec-set-late`.

use super::creation::{Creation, always_atomic, creations};
use super::fd_without_cloexec::atomic_form;
use super::late::set_later;
use crate::analysis::Program;
use crate::analysis::values::Has;
use crate::facts::Call;
use crate::rules::subject::{finding, place, shown, step};
use crate::rules::{Finding, Level, rule};

rule! {
    /// Close-on-exec is set some time after the descriptor was created
    ///
    /// ## What it does
    /// Reports a descriptor that is created without close-on-exec and marked later: with `fcntl(F_SETFD)`,
    /// `ioctl(FIOCLEX)` or a helper, in the same function, in one that it calls, or by its callers.
    ///
    /// ## Why is this bad
    /// Between the two calls any other thread may fork and execute a program, which then keeps the descriptor. The
    /// window is short, so the leak shows once in a thousand runs and never under a debugger.
    ///
    /// ## Example
    /// ```rust
    /// let fd = unsafe { libc::accept(listener, ptr::null_mut(), ptr::null_mut()) };
    /// unsafe { libc::fcntl(fd, libc::F_SETFD, libc::FD_CLOEXEC) };
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let fd = unsafe { libc::accept4(listener, ptr::null_mut(), ptr::null_mut(), libc::SOCK_CLOEXEC) };
    /// ```
    ///
    /// ## Limits
    /// A note: the window is small, and often the call is a fallback for systems without the atomic form. Functions that have
    /// no atomic form are not reported.
    pub CloexecSetLate = "cloexec-set-late", "H04", "fds", Note, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let all: Vec<Creation<'_>> = creations(program);
    for creation in all.iter().filter(|c| c.has == Has::No && c.flag.as_str() != "MSG_CMSG_CLOEXEC") {
        let Some((_, setter)) = set_later(program, creation) else { continue };
        let Some(help) = atomic_form(creation) else { continue };
        let fallback =
            all.iter().any(|c| c.id == creation.id && c.has == Has::Yes) || always_atomic(program, creation.f);
        // Set, only late: the window is small, and often the call is a fallback for old kernels.
        out.push(late(creation, setter, help, Level::Note, fallback));
    }
}

fn late(creation: &Creation<'_>, setter: &Call, help: String, level: Level, fallback: bool) -> Finding {
    let name = shown(creation.path);
    let message = format!("close-on-exec is set on the descriptor of `{name}` only after it was created");
    let mut found = finding(&CloexecSetLate, level, creation.f, place(creation.call), message);
    found.label = "a program executed by another thread from here on inherits it".to_owned();
    found.steps = vec![
        step(place(creation.call), "created without close-on-exec"),
        step(place(setter), "close-on-exec is set here"),
    ];
    if fallback {
        found.notes.push(
            "the function also tries an atomic form: this looks like a fallback for systems without it".to_owned(),
        );
    }
    found.help = help;
    found.subject = name;
    found
}
