//! What this user and kernel allow to see: everything is tried, nothing is assumed.

use std::io;

use serde::Serialize;

use super::failure::Failure;
use crate::proc::memory::Pagemap;
use crate::proc::{ProcDir, Root};
use crate::render::text::Page;
use crate::sys::{self, connector::Connector, netlink};

/// One source, tried.
#[derive(Debug, Serialize)]
pub(super) struct Check {
    what: String,
    works: bool,
    said: String,
    gives: &'static str,
    needs: &'static str,
}

/// Tries every source on this process, and on another when given.
pub(super) fn checks(root: &Root, pid: Option<i32>) -> Result<Vec<Check>, Failure> {
    let own = i32::try_from(std::process::id()).unwrap_or(0);
    let mut checks = vec![check(
        "kcmp",
        sys::same_file((own, 0), (own, 0))
            .map(drop)
            .or_else(|e| if e.raw_os_error() == Some(libc::EBADF) { Ok(()) } else { Err(e) }),
        "which descriptors are one open file description, exactly",
        "a kernel with CONFIG_KCMP; in a container, a seccomp profile that allows kcmp",
    )];
    checks.push(check(
        "sock_diag",
        netlink::unix(|_| ()),
        "endpoints of unix sockets",
        "a kernel with CONFIG_UNIX_DIAG",
    ));
    checks.push(check(
        "proc connector",
        Connector::open().and_then(|c| c.confirm()),
        "every fork as it happens",
        "CONFIG_PROC_EVENTS, the initial pid and user namespace, on some kernels CAP_NET_ADMIN",
    ));
    checks.push(check("page numbers", page_numbers(own), "which memory parent and child still share", "CAP_SYS_ADMIN"));
    let handlers = crate::proc::handlers::layout().and_then(|layout| crate::proc::handlers::read(&layout, own));
    checks.push(check(
        "bpf task iterator",
        handlers.map(drop),
        "addresses of signal handlers without a stop: signals --handlers",
        "Linux 6.1 with CONFIG_DEBUG_INFO_BTF, CAP_BPF with CAP_PERFMON",
    ));
    let scope = std::fs::read_to_string(root.join("sys/kernel/yama/ptrace_scope")).unwrap_or_default();
    let open = matches!(scope.trim(), "" | "0" | "1");
    let yama = if open { Ok(()) } else { Err(io::Error::other(format!("ptrace_scope {}", scope.trim()))) };
    checks.push(check(
        "yama",
        yama,
        "what threads of other processes wait for",
        "kernel.yama.ptrace_scope of 0 or 1, or CAP_SYS_PTRACE",
    ));
    if let Some(pid) = pid {
        let dir =
            ProcDir::open(root, pid).map_err(|e| Failure::target(format!("process {pid} cannot be read: {e}")))?;
        const PTRACE: &str = "its user while it is dumpable, or CAP_SYS_PTRACE";
        const BOTH: &str = "its user while it is dumpable, or CAP_SYS_PTRACE with CAP_DAC_READ_SEARCH";
        let read = |name: &str| dir.read_up_to(name, 4096).map(drop);
        let list = |name: &str| dir.open_dir(name).and_then(|d| sys::list(&d, |_| false));
        for (name, result, gives, needs) in [
            ("status", read("status"), "signals, users, threads", "hidepid off"),
            ("fd", list("fd"), "descriptors", BOTH),
            ("fdinfo", list("fdinfo"), "offsets, flags, locks, watch lists", PTRACE),
            ("maps", read("maps"), "mappings", PTRACE),
            ("smaps_rollup", dir.open_file("smaps_rollup").map(drop), "sums of shared memory", PTRACE),
            ("pagemap", dir.open_file("pagemap").map(drop), "what was copied since the fork", BOTH),
            ("mem", dir.open_file("mem").map(drop), "owners of locks, identity of the program run", BOTH),
            ("syscall", read("syscall"), "what it waits for", BOTH),
            ("environ", read("environ"), "names of its environment", BOTH),
            ("kcmp with it", sys::same_address_space(own, pid).map(drop), "what it shares with others", PTRACE),
        ] {
            checks.push(check(&format!("{name} of {pid}"), result, gives, needs));
        }
    }
    Ok(checks)
}

fn check(what: &str, result: io::Result<()>, gives: &'static str, needs: &'static str) -> Check {
    let said = result.as_ref().err().map_or_else(String::new, io::Error::to_string);
    Check { what: what.into(), works: result.is_ok(), said, gives, needs }
}

/// Whether the number of a page of our own stack is shown.
fn page_numbers(own: i32) -> io::Result<()> {
    let here = 0u8;
    let mut map = Pagemap::open(&ProcDir::open(&Root::host(), own)?)?;
    let seen = map.read((&raw const here) as u64, 1)?.any(|page| page.number().is_some());
    if seen { Ok(()) } else { Err(io::Error::other("hidden by the kernel")) }
}

/// The checks as text.
pub(super) fn text(checks: &[Check], page: Page) -> String {
    let mut text = format!("looking as user {}\n", nix::unistd::geteuid());
    for check in checks {
        let (word, rest) = if check.works {
            ("ok     ", check.gives.to_owned())
        } else {
            ("missing", format!("{}; {}; needs {}", check.gives, check.said, check.needs))
        };
        text += &crate::render::paragraph(&rest, page.width, &format!("{word} {:20} ", check.what));
    }
    text
}
