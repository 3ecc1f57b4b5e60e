//! tokio: what starts worker threads, what runs elsewhere, and its processes.
//! source: tokio 1.54 src/runtime, src/task, src/process (documentation)
pub mod runtime {
    pub mod runtime {
        /// Keeps the worker threads; dropping it ends them.
        #[role(class = "runtime")] pub struct Runtime;
        impl Runtime {
            #[fx(thread_start)] #[role(starts_threads)] pub fn new() -> std::io::Result<Runtime> {}
            pub fn block_on<F: std::future::Future>(&self, future: F) -> F::Output {}
            #[role(stores, param = 1)] pub fn spawn<F>(&self, future: F) -> crate::task::JoinHandle<F> {}
            #[role(thread_entry, param = 1)] #[fx(thread_start)] pub fn spawn_blocking<F, R>(&self, f: F) -> crate::task::JoinHandle<R> {}
            #[role(ends_threads)] pub fn shutdown_timeout(self, duration: std::time::Duration) {}
            #[role(ends_threads)] pub fn shutdown_background(self) {}
            pub fn handle(&self) -> &crate::runtime::Handle {}
        }
    }
    pub use runtime::Runtime;
    pub mod builder {
        pub struct Builder;
        impl Builder {
            #[fx(thread_start)] #[role(starts_threads)] pub fn new_multi_thread() -> Builder {}
            pub fn new_current_thread() -> Builder {}
            #[role(transparent)] pub fn enable_all(&mut self) -> &mut Builder {}
            #[role(transparent)] pub fn enable_io(&mut self) -> &mut Builder {}
            #[role(transparent)] pub fn enable_time(&mut self) -> &mut Builder {}
            #[role(transparent)] pub fn worker_threads(&mut self, val: usize) -> &mut Builder {}
            #[role(transparent)] pub fn thread_name<N>(&mut self, val: N) -> &mut Builder {}
            #[role(transparent)] pub fn build(&mut self) -> std::io::Result<crate::runtime::runtime::Runtime> {}
        }
    }
    pub use builder::Builder;
    pub mod handle { #[derive(Clone)] pub struct Handle; impl Handle { pub fn current() -> Handle {} pub fn block_on<F: std::future::Future>(&self, future: F) -> F::Output {} #[role(stores, param = 1)] pub fn spawn<F>(&self, future: F) -> crate::task::JoinHandle<F> {} } }
    pub use handle::Handle;
}
pub mod task {
    pub mod spawn { #[role(stores, param = 0)] pub fn spawn<F>(future: F) -> crate::task::JoinHandle<F> {} }
    pub use spawn::spawn;
    pub mod blocking { #[fx(thread_start)] #[role(thread_entry, param = 0)] pub fn spawn_blocking<F, R>(f: F) -> crate::task::JoinHandle<R> {} pub fn block_in_place<F: FnOnce() -> R, R>(f: F) -> R {} }
    pub use blocking::{block_in_place, spawn_blocking};
    pub struct JoinHandle<T>;
}
pub use task::spawn;
pub mod process {
    pub struct Command;
    impl Command {
        #[fx(alloc)] pub fn new<S>(program: S) -> Command {}
        #[fx(alloc)] pub fn arg<S>(&mut self, arg: S) -> &mut Command {}
        #[fx(alloc)] pub fn args<I>(&mut self, args: I) -> &mut Command {}
        #[fx(alloc)] pub fn env<K, V>(&mut self, key: K, val: V) -> &mut Command {}
        #[fx(alloc)] pub fn envs<I>(&mut self, vars: I) -> &mut Command {}
        pub fn env_clear(&mut self) -> &mut Command {}
        #[fx(alloc)] pub fn current_dir<P>(&mut self, dir: P) -> &mut Command {}
        pub fn stdin<T>(&mut self, cfg: T) -> &mut Command {}
        pub fn stdout<T>(&mut self, cfg: T) -> &mut Command {}
        pub fn stderr<T>(&mut self, cfg: T) -> &mut Command {}
        pub fn kill_on_drop(&mut self, kill_on_drop: bool) -> &mut Command {}
        pub fn process_group(&mut self, pgroup: i32) -> &mut Command {}
        pub fn uid(&mut self, id: u32) -> &mut Command {}
        pub fn gid(&mut self, id: u32) -> &mut Command {}
        #[fx(alloc)] #[role(pre_exec, param = 1)] pub fn pre_exec<F: FnMut() -> std::io::Result<()>>(&mut self, f: F) -> &mut Command {}
        pub fn as_std(&self) -> &std::process::Command {}
        pub fn as_std_mut(&mut self) -> &mut std::process::Command {}
        /// Children that are dropped are reaped by the runtime.
        #[fx(alloc)] pub fn spawn(&mut self) -> std::io::Result<Child> {}
        #[fx(alloc, wait)] pub fn status(&mut self) -> std::future::Fut<std::io::Result<std::process::ExitStatus>> {}
        #[fx(alloc, wait)] pub fn output(&mut self) -> std::future::Fut<std::io::Result<std::process::Output>> {}
    }
    impl From<std::process::Command> for Command { fn from(std: std::process::Command) -> Command {} }
    pub struct Child { pub stdin: Option<ChildStdin>, pub stdout: Option<ChildStdout>, pub stderr: Option<ChildStderr> }
    impl Child { #[fx(wait)] #[role(reaps)] pub fn wait(&mut self) -> std::future::Fut<std::io::Result<std::process::ExitStatus>> {} #[role(reaps)] pub fn try_wait(&mut self) -> std::io::Result<Option<std::process::ExitStatus>> {} pub fn id(&self) -> Option<u32> {} pub fn start_kill(&mut self) -> std::io::Result<()> {} }
    pub struct ChildStdin; pub struct ChildStdout; pub struct ChildStderr;
}
pub mod net {
    #[role(class = "fd")] pub struct TcpListener; #[role(class = "fd")] pub struct TcpStream; #[role(class = "fd")] pub struct UnixListener; #[role(class = "fd")] pub struct UnixStream;
}
pub mod sync {
    pub mod mutex { #[role(class = "lock")] pub struct Mutex<T>; #[role(class = "guard")] pub struct MutexGuard<'a, T>; #[role(class = "guard")] pub struct OwnedMutexGuard<T>; impl<T> Mutex<T> { pub fn new(t: T) -> Mutex<T> {} #[fx(lock)] pub fn lock(&self) -> std::future::Fut<MutexGuard<'_, T>> {} #[fx(lock)] pub fn blocking_lock(&self) -> MutexGuard<'_, T> {} } impl<T> std::ops::Deref for MutexGuard<'_, T> { type Target = T; } }
    pub use mutex::{Mutex, MutexGuard, OwnedMutexGuard};
}
