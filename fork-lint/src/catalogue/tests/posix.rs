//! The functions POSIX requires to be async-signal-safe are all in the stubs, and nothing in them says otherwise but
//! what is known to deviate.

use std::collections::BTreeMap;

use super::super::Effect;
use super::walk::{Item, items};

/// man 7 signal-safety (man-pages 6.03).
const SAFE: &[&str] = &[
    "abort", "accept", "access", "aio_error", "aio_return", "aio_suspend", "alarm", "bind", "cfgetispeed",
    "cfgetospeed", "cfsetispeed", "cfsetospeed", "chdir", "chmod", "chown", "clock_gettime", "close", "connect",
    "creat", "dup", "dup2", "execl", "execle", "execv", "execve", "_exit", "_Exit", "faccessat", "fchdir", "fchmod",
    "fchmodat", "fchown", "fchownat", "fcntl", "fdatasync", "fexecve", "ffs", "fork", "fstat", "fstatat", "fsync",
    "ftruncate", "futimens", "getegid", "geteuid", "getgid", "getgroups", "getpeername", "getpgrp", "getpid",
    "getppid", "getsockname", "getsockopt", "getuid", "htonl", "htons", "kill", "link", "linkat", "listen", "longjmp",
    "lseek", "lstat", "memccpy", "memchr", "memcmp", "memcpy", "memmove", "memset", "mkdir", "mkdirat", "mkfifo",
    "mkfifoat", "mknod", "mknodat", "ntohl", "ntohs", "open", "openat", "pause", "pipe", "poll", "posix_trace_event",
    "pselect", "pthread_kill", "pthread_self", "pthread_sigmask", "raise", "read", "readlink", "readlinkat", "recv",
    "recvfrom", "recvmsg", "rename", "renameat", "rmdir", "select", "sem_post", "send", "sendmsg", "sendto", "setgid",
    "setpgid", "setsid", "setsockopt", "setuid", "shutdown", "sigaction", "sigaddset", "sigdelset", "sigemptyset",
    "sigfillset", "sigismember", "siglongjmp", "signal", "sigpause", "sigpending", "sigprocmask", "sigqueue",
    "sigset", "sigsuspend", "sleep", "sockatmark", "socket", "socketpair", "stat", "stpcpy", "stpncpy", "strcat",
    "strchr", "strcmp", "strcpy", "strcspn", "strlen", "strncat", "strncmp", "strncpy", "strnlen", "strpbrk",
    "strrchr", "strspn", "strstr", "strtok_r", "symlink", "symlinkat", "tcdrain", "tcflow", "tcflush", "tcgetattr",
    "tcgetpgrp", "tcsendbreak", "tcsetattr", "tcsetpgrp", "time", "timer_getoverrun", "timer_gettime",
    "timer_settime", "times", "umask", "uname", "unlink", "unlinkat", "utime", "utimensat", "utimes", "wait",
    "waitpid", "wcpcpy", "wcpncpy", "wcscat", "wcschr", "wcscmp", "wcscpy", "wcscspn", "wcslen", "wcsncat", "wcsncmp",
    "wcsncpy", "wcsnlen", "wcspbrk", "wcsrchr", "wcsspn", "wcsstr", "wcstok", "wmemchr", "wmemcmp", "wmemcpy",
    "wmemmove", "wmemset", "write",
];

/// What a safe function may do all the same: what it is there for.
const PURPOSE: &[Effect] = &[Effect::Fork, Effect::Exec, Effect::ExitNow, Effect::Wait, Effect::SignalHandler, Effect::SignalMask];

/// On the list, and not safe in a forked child all the same; each says why in its stub.
const DEVIATING: &[(&str, Effect)] = &[("aio_suspend", Effect::Lock), ("setuid", Effect::Setxid), ("setgid", Effect::Setxid)];

#[test]
fn the_list_is_complete_and_free_of_effects() {
    let items = items();
    let c: BTreeMap<&str, &Item> = items.iter().filter_map(|i| Some((i.path.strip_prefix("c::")?, i))).collect();
    for name in SAFE {
        let Some(item) = c.get(name) else { panic!("`{name}` has no stub") };
        for effect in item.entry.iter().flat_map(|e| &e.effects) {
            let known = PURPOSE.contains(effect) || DEVIATING.contains(&(*name, *effect));
            assert!(known, "`{name}` is async-signal-safe by POSIX, and its stub says {}", effect.word());
        }
    }
}

#[test]
fn the_list_is_the_manual_pages() {
    assert_eq!(SAFE.len(), 191);
    assert!(SAFE.is_sorted_by_key(|n| n.trim_start_matches('_').to_ascii_lowercase()), "as the page sorts it");
}
