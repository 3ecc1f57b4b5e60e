//! The hazards of fork, by id: the vocabulary that the tools of the kit share.

/// A hazard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hazard {
    /// `H01`…`H24`.
    pub id: &'static str,
    /// Kebab-case name.
    pub name: &'static str,
    /// Word in `properties.family` of its rules.
    pub family: &'static str,
    /// What goes wrong.
    pub story: &'static str,
    /// What removes it.
    pub remedy: &'static str,
}

/// The hazard of an id (`H03`, `h3`) or a name.
pub fn hazard(text: &str) -> Option<&'static Hazard> {
    let number = text.strip_prefix(['H', 'h']).filter(|n| n.len() <= 2).and_then(|n| n.parse::<u8>().ok());
    HAZARDS.iter().find(|h| h.name == text || number.is_some_and(|n| h.id[1..].parse() == Ok(n)))
}

/// Declares the table with one line a field.
macro_rules! hazards {
    ($($id:literal $name:literal [$family:literal] $story:literal => $remedy:literal;)*) => {
        /// All of them, by id.
        pub const HAZARDS: &[Hazard] = &[
            $(Hazard { id: $id, name: $name, family: $family, story: $story, remedy: $remedy },)*
        ];
    };
}

hazards! {
    "H01" "lock-held-at-fork" ["locks"]
    "A fork copies the memory of the whole process but only the thread that called it. A lock that another thread held at \
     that moment (the logger's, the resolver's, the allocator's, that of standard output, a static mutex) is copied in its \
     locked state, and the thread that would release it does not exist in the child. Whoever takes it there waits for ever."
    => "Let no guard live across a fork, and take no lock in the child: build what it needs before the fork, or fork from a \
        process that never had a second thread.";

    "H02" "threads-at-fork" ["threads"]
    "Only the forking thread goes on in the child. A runtime's workers, a logger's writer, a thread that waits for signals \
     are gone, together with the work they were in the middle of; what they were keeping consistent stays as they left it."
    => "Fork before the first thread starts: daemonize at the top of `main`, start the runtime after it, or keep a helper \
        process that was forked early and does the forking.";

    "H03" "unsafe-call-in-child" ["child-work"]
    "Between a fork and the exec that follows, the child of a threaded process may call async-signal-safe functions alone. \
     Allocating, formatting text, logging, reading the environment, looking up users and hosts, and panicking all rely on \
     locks and state that may be in the middle of a change."
    => "Prepare every string, path, argument and descriptor before the fork; in the child make bare system calls, and report \
        failure by a number over a pipe or by the exit status.";

    "H04" "fd-leaked-on-exec" ["fds"]
    "A descriptor without the close-on-exec flag reaches the program that is executed. Its copy keeps sockets open after \
     everybody else has closed them, keeps ports busy, hides the end of a stream from the peer, and hands the new program \
     access that nobody meant to give."
    => "Create the descriptor with its close-on-exec form (`O_CLOEXEC`, `SOCK_CLOEXEC`, `pipe2`, `F_DUPFD_CLOEXEC`); setting \
        the flag in a second call leaves a gap for another thread's fork.";

    "H05" "fd-leaked-on-fork" ["fds"]
    "There is no close-on-fork. A child that does not exec keeps every descriptor of its parent, so that pipes and sockets \
     stay open and the other side waits for an end that never comes."
    => "Close in the child what it does not use, above all the other end of its own pipes, and close the child's end in the \
        parent.";

    "H06" "deleted-file-held" ["fds"]
    "A temporary file that the parent deletes keeps its disk space for as long as a child still has it open."
    => "Drop temporary files before a long-lived fork, or close their descriptors in the child without running their \
        destructors.";

    "H07" "shared-file-offset" ["fds"]
    "Parent and child share one open file, and with it one offset: what either reads or writes moves the other, so that \
     records interleave or overwrite one another."
    => "Open the file anew in the child, or let one side alone use it; appending (`O_APPEND`) makes single writes safe.";

    "H08" "stdio-slot-reused" ["fds"]
    "When descriptor 0, 1 or 2 is closed, the next file, pipe or socket takes its number. Whatever later writes to standard \
     output or error writes into it."
    => "Put `/dev/null` in the slot with `dup2` instead of closing it.";

    "H09" "inherited-connection" ["inherited-state"]
    "A pooled connection, an encrypted session or a database handle that was opened before the fork is one conversation with \
     two speakers. When the child uses it the streams mix; when the child merely closes it in the orderly way, it ends the \
     parent's session."
    => "Open connections after the fork, and discard inherited ones in the child without a goodbye: replace the descriptor \
        and forget the handle.";

    "H10" "event-loop-inherited" ["inherited-state"]
    "An epoll or io_uring instance belongs to both processes after a fork: the child's changes alter what the parent waits \
     for, and events are delivered to whichever asks first."
    => "Create runtimes and event loops after the fork, and never touch an inherited one.";

    "H11" "cached-pid" ["inherited-state"]
    "A process id that was read once and kept in a static, a struct, a file name or a lock file still names the parent in \
     the child."
    => "Ask for the pid when it is needed; it costs one cheap system call.";

    "H12" "inherited-randomness" ["inherited-state"]
    "A random generator in memory is copied with its state: parent and children draw the same numbers, and with them the \
     same ids, nonces, keys and file names."
    => "Seed the generator anew in the child, or draw from the operating system.";

    "H13" "signal-handler-inherited" ["inherited-state"]
    "Handlers stay installed in the child although the threads and pipes they speak to are gone or shared with the parent. \
     Ignored signals, SIGPIPE above all, and blocked ones stay so even through exec."
    => "Reset dispositions and unblock the mask in the child before it execs or starts its own work.";

    "H14" "thread-local-lost" ["inherited-state"]
    "The thread-locals of all threads but one become unreachable in the child, and their destructors never run: the memory, \
     descriptors and locks they own are leaked."
    => "Own resources that must be released from a place the forking thread can reach, or fork before other threads make \
        theirs.";

    "H15" "memory-doubles" ["inherited-state"]
    "Private memory is shared only until either side writes to it, then copied page by page: a big table that both keep \
     alive costs twice, even when the child only frees it."
    => "Fork while the process is small, mark big regions `MADV_DONTFORK`, or exec.";

    "H16" "mapping-holds-file" ["inherited-state"]
    "A mapped file that was deleted or replaced keeps its disk space for as long as a child still maps it."
    => "Unmap before a long-lived fork, or in the child.";

    "H17" "child-runs-parents-exit" ["child-exit"]
    "A child that leaves by `exit`, by returning, by `?` or by a panic runs what was meant for the parent's end: buffered \
     output is written a second time, `atexit` handlers run twice, destructors delete the parent's temporary folders."
    => "End every path of the child with exec or `_exit`; flush before the fork.";

    "H18" "file-lock-lost" ["inherited-state"]
    "A `fcntl` lock stays with the parent, and is lost altogether when any descriptor of that file is closed; a `flock` lock \
     is shared with the child. After a fork either process is less, or more, protected than it believes."
    => "Take the lock in the process that relies on it, after the fork.";

    "H19" "child-not-reaped" ["reaping"]
    "A child whose end nobody asks for stays as a zombie until its parent exits, and takes a process id with it; once it is \
     reaped elsewhere, the kept id may name a stranger."
    => "Keep the handle and wait for it, or ignore SIGCHLD so that the kernel reaps.";

    "H20" "fork-cost" ["threads"]
    "A fork copies the page tables, which in a big process takes from milliseconds to a second and blocks every thread that \
     touches memory. `std::process::Command` avoids it by `posix_spawn`, unless a `pre_exec` closure, a uid or a gid makes \
     it fork."
    => "Keep `pre_exec` off hot paths of big processes, or spawn from a small helper that was forked early.";

    "H21" "identity-inherited" ["inherited-state"]
    "Process titles, log prefixes, labels of metrics and watchdogs still say that they are the parent."
    => "Set them anew in the child.";

    "H22" "timers-lost" ["inherited-state"]
    "`alarm`, `setitimer` and POSIX timers are not inherited, and pending signals are cleared: a child that relies on its \
     parent's timer is never woken."
    => "Arm timers in the child.";

    "H23" "exec-error-pipe-closed" ["fds"]
    "`std::process::Command` reports a failed exec through a pipe of its own. A `pre_exec` closure that closes every \
     descriptor closes that pipe too, and the failure looks like success."
    => "Mark descriptors close-on-exec instead of closing them (`close_range` with `CLOSE_RANGE_CLOEXEC`).";

    "H24" "fork-failure-unchecked" ["reaping"]
    "`fork` answers −1 when it fails. Kept as a process id, −1 means everyone: `kill(-1, …)` signals every process that may \
     be signalled, `waitpid(-1, …)` reaps a stranger."
    => "Test for −1 before anything uses the value, or use a wrapper that returns a `Result`.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_run_from_1_to_24_and_names_are_found() {
        let ids: Vec<String> = (1..=24).map(|n| format!("H{n:02}")).collect();
        assert_eq!(HAZARDS.iter().map(|h| h.id).collect::<Vec<_>>(), ids);
        assert_eq!(hazard("h3").map(|h| h.name), Some("unsafe-call-in-child"));
        assert_eq!(hazard("fork-cost").map(|h| h.id), Some("H20"));
        assert_eq!(hazard("H25"), None);
        assert_eq!(hazard("H003"), None);
    }
}
