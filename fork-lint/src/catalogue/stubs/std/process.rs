//! Processes.
//! source: std 1.95 library/std/src/process.rs, library/std/src/sys/process/unix/unix.rs

pub mod process {
    use crate::ffi::{OsStr, OsString};
    use crate::io;
    use crate::iter::It;
    use crate::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd, RawFd};
    use crate::path::Path;

    /// Collects program, arguments and environment in allocated C strings.
    pub struct Command;
    pub type CommandArgs<'a> = It<&'a OsStr>;
    pub type CommandEnvs<'a> = It<(&'a OsStr, Option<&'a OsStr>)>;
    impl Command {
        #[fx(alloc)] fn new<S: AsRef<OsStr>>(program: S) -> Command {}
        #[fx(alloc)] fn arg<S: AsRef<OsStr>>(&mut self, arg: S) -> &mut Command {}
        #[fx(alloc)] fn args<I, S>(&mut self, args: I) -> &mut Command {}
        #[fx(alloc)] fn env<K, V>(&mut self, key: K, val: V) -> &mut Command {}
        #[fx(alloc)] fn envs<I, K, V>(&mut self, vars: I) -> &mut Command {}
        #[fx(alloc)] fn env_remove<K>(&mut self, key: K) -> &mut Command {}
        fn env_clear(&mut self) -> &mut Command {}
        #[fx(alloc)] fn current_dir<P: AsRef<Path>>(&mut self, dir: P) -> &mut Command {}
        fn stdin<T: Into<Stdio>>(&mut self, cfg: T) -> &mut Command {}
        fn stdout<T: Into<Stdio>>(&mut self, cfg: T) -> &mut Command {}
        fn stderr<T: Into<Stdio>>(&mut self, cfg: T) -> &mut Command {}
        /// Holds the environment's lock across its own fork or `posix_spawn`.
        #[fx(alloc, env, lock)] #[role(spawns_child)] fn spawn(&mut self) -> io::Result<Child> {}
        #[fx(alloc, env, lock, wait)] fn output(&mut self) -> io::Result<Output> {}
        #[fx(alloc, env, lock, wait)] fn status(&mut self) -> io::Result<ExitStatus> {}
        fn get_program(&self) -> &OsStr {}
        fn get_args(&self) -> It<&OsStr> {}
        fn get_envs(&self) -> It<(&OsStr, Option<&OsStr>)> {}
        fn get_current_dir(&self) -> Option<&Path> {}
    }

    #[role(class = "child")] pub struct Child {
        pub stdin: Option<ChildStdin>,
        pub stdout: Option<ChildStdout>,
        pub stderr: Option<ChildStderr>,
    }
    impl Child {
        fn id(&self) -> u32 {}
        fn kill(&mut self) -> io::Result<()> {}
        #[fx(wait)] #[role(reaps)] fn wait(&mut self) -> io::Result<ExitStatus> {}
        #[role(reaps)] fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {}
        #[fx(wait, alloc)] #[role(reaps)] fn wait_with_output(self) -> io::Result<Output> {}
    }
    #[role(class = "fd")] #[role(class = "pipe_end")] pub struct ChildStdin;
    #[role(class = "fd")] #[role(class = "pipe_end")] pub struct ChildStdout;
    #[role(class = "fd")] #[role(class = "pipe_end")] pub struct ChildStderr;
    impl io::Write for ChildStdin {}
    impl io::Read for ChildStdout {}
    impl io::Read for ChildStderr {}
    impl AsRawFd for ChildStdin { fn as_raw_fd(&self) -> RawFd {} }
    impl AsRawFd for ChildStdout { fn as_raw_fd(&self) -> RawFd {} }
    impl AsRawFd for ChildStderr { fn as_raw_fd(&self) -> RawFd {} }
    impl AsFd for ChildStdin { fn as_fd(&self) -> BorrowedFd<'_> {} }
    impl AsFd for ChildStdout { fn as_fd(&self) -> BorrowedFd<'_> {} }
    impl AsFd for ChildStderr { fn as_fd(&self) -> BorrowedFd<'_> {} }
    impl IntoRawFd for ChildStdin { fn into_raw_fd(self) -> RawFd {} }
    impl IntoRawFd for ChildStdout { fn into_raw_fd(self) -> RawFd {} }
    impl IntoRawFd for ChildStderr { fn into_raw_fd(self) -> RawFd {} }

    pub struct Stdio;
    impl Stdio {
        fn piped() -> Stdio {}
        fn inherit() -> Stdio {}
        fn null() -> Stdio {}
        fn makes_pipe(&self) -> bool {}
    }
    impl<T> From<T> for Stdio {
        #[role(transparent)] fn from(fd: T) -> Stdio {}
    }
    impl FromRawFd for Stdio {
        #[role(transparent)] fn from_raw_fd(fd: RawFd) -> Stdio {}
    }

    pub struct Output {
        pub status: ExitStatus,
        pub stdout: Vec<u8>,
        pub stderr: Vec<u8>,
    }
    pub struct ExitStatus;
    pub struct ExitStatusError;
    impl ExitStatus {
        fn success(&self) -> bool {}
        fn code(&self) -> Option<i32> {}
        fn exit_ok(&self) -> Result<(), ExitStatusError> {}
    }
    impl Copy for ExitStatus {}
    impl Clone for ExitStatus { fn clone(&self) -> Self {} }
    impl Default for ExitStatus { fn default() -> Self {} }
    pub struct ExitCode;
    impl ExitCode {
        const SUCCESS: ExitCode = loop {};
        const FAILURE: ExitCode = loop {};
        #[fx(exit)] #[role(diverges)] fn exit_process(self) -> ! {}
    }
    impl From<u8> for ExitCode { fn from(code: u8) -> Self {} }
    pub trait Termination {
        fn report(self) -> ExitCode;
    }

    /// libc's `exit`: runs its handlers and flushes C's streams.
    #[fx(exit)] #[role(diverges)] pub fn exit(code: i32) -> ! {}
    #[fx(exit_now)] #[role(diverges)] pub fn abort() -> ! {}
    #[role(reads_pid)] pub fn id() -> u32 {}
}

pub mod os {
    pub mod unix {
        pub mod process {
            use crate::ffi::OsStr;
            use crate::io;
            use crate::process::{Command, ExitStatus};

            #[role(reads_pid)] pub fn parent_id() -> u32 {}
            /// source: std 1.95 library/std/src/os/unix/process.rs
            pub trait CommandExt {
                fn uid(&mut self, id: u32) -> &mut Command;
                fn gid(&mut self, id: u32) -> &mut Command;
                #[fx(alloc)] fn groups(&mut self, groups: &[u32]) -> &mut Command;
                #[fx(alloc)] #[role(pre_exec, param = 1)]
                fn pre_exec<F: FnMut() -> io::Result<()>>(&mut self, f: F) -> &mut Command;
                #[fx(alloc)] #[role(pre_exec, param = 1)]
                fn before_exec<F: FnMut() -> io::Result<()>>(&mut self, f: F) -> &mut Command {}
                #[fx(exec, alloc, env, lock)] fn exec(&mut self) -> io::Error;
                #[fx(alloc)] fn arg0<S: AsRef<OsStr>>(&mut self, arg: S) -> &mut Command;
                fn process_group(&mut self, pgroup: i32) -> &mut Command;
                fn setsid(&mut self, setsid: bool) -> &mut Command;
                #[fx(alloc)] fn chroot<P>(&mut self, dir: P) -> &mut Command;
            }
            /// source: std 1.95 library/std/src/os/unix/process.rs
            impl CommandExt for Command {
                fn uid(&mut self, id: u32) -> &mut Command {}
                fn gid(&mut self, id: u32) -> &mut Command {}
                #[fx(alloc)] fn groups(&mut self, groups: &[u32]) -> &mut Command {}
                #[fx(alloc)] #[role(pre_exec, param = 1)]
                fn pre_exec<F: FnMut() -> io::Result<()>>(&mut self, f: F) -> &mut Command {}
                #[fx(alloc)] #[role(pre_exec, param = 1)]
                fn before_exec<F: FnMut() -> io::Result<()>>(&mut self, f: F) -> &mut Command {}
                /// Returns only when the program could not be executed.
                #[fx(exec, alloc, env, lock)] fn exec(&mut self) -> io::Error {}
                #[fx(alloc)] fn arg0<S: AsRef<OsStr>>(&mut self, arg: S) -> &mut Command {}
                fn process_group(&mut self, pgroup: i32) -> &mut Command {}
                fn setsid(&mut self, setsid: bool) -> &mut Command {}
                #[fx(alloc)] fn chroot<P>(&mut self, dir: P) -> &mut Command {}
            }
            pub trait ExitStatusExt {
                fn from_raw(raw: i32) -> Self;
                fn signal(&self) -> Option<i32>;
                fn core_dumped(&self) -> bool;
                fn stopped_signal(&self) -> Option<i32>;
                fn continued(&self) -> bool;
                fn into_raw(self) -> i32;
            }
            impl ExitStatusExt for ExitStatus {
                fn from_raw(raw: i32) -> ExitStatus {}
                fn signal(&self) -> Option<i32> {}
                fn core_dumped(&self) -> bool {}
                fn stopped_signal(&self) -> Option<i32> {}
                fn continued(&self) -> bool {}
                fn into_raw(self) -> i32 {}
            }
            pub trait ChildExt {
                fn send_signal(&self, signal: i32) -> io::Result<()>;
            }
            impl ChildExt for crate::process::Child {}
        }
    }
    pub mod linux {
        pub mod process {
            use crate::io;
            use crate::process::{Child, Command, ExitStatus};

            #[role(class = "fd")] pub struct PidFd;
            impl PidFd {
                fn kill(&self) -> io::Result<()> {}
                #[fx(wait)] #[role(reaps)] fn wait(&self) -> io::Result<ExitStatus> {}
                #[role(reaps)] fn try_wait(&self) -> io::Result<Option<ExitStatus>> {}
            }
            pub trait ChildExt {
                fn pidfd(&self) -> io::Result<&PidFd>;
                fn into_pidfd(self) -> Result<PidFd, Child>;
            }
            pub trait CommandExt {
                fn create_pidfd(&mut self, val: bool) -> &mut Command;
            }
            impl ChildExt for Child {}
            impl CommandExt for Command {}
        }
    }
}
