//! Threads.
//! source: std 1.95 library/std/src/thread

pub mod thread {
    use crate::io;
    use crate::num::NonZero;
    use crate::time::{Duration, Instant};

    pub type Result<T> = crate::result::Result<T, Box<dyn crate::any::Any>>;
    pub struct Thread;
    pub struct ThreadId;
    pub struct AccessError;
    pub struct Builder;
    #[role(class = "join_handle")] pub struct JoinHandle<T>;
    pub struct Scope<'scope, 'env>;
    pub struct ScopedJoinHandle<'scope, T>;
    pub struct LocalKey<T>;

    #[fx(thread_start, alloc, lock, panic)] #[role(starts_threads)] #[role(thread_entry, param = 0)]
    pub fn spawn<F: FnOnce() -> T, T>(f: F) -> JoinHandle<T> {}
    /// The threads started in it have ended when it returns.
    #[fx(alloc)] pub fn scope<'env, F: FnOnce(&Scope<'_, 'env>) -> T, T>(f: F) -> T {}
    pub fn current() -> Thread {}
    pub fn panicking() -> bool {}
    pub fn yield_now() {}
    pub fn sleep(dur: Duration) {}
    pub fn sleep_ms(ms: u32) {}
    pub fn sleep_until(deadline: Instant) {}
    pub fn park() {}
    pub fn park_timeout(dur: Duration) {}
    /// Reads cgroup files.
    #[fx(alloc)] pub fn available_parallelism() -> io::Result<NonZero<usize>> {}

    impl Builder {
        fn new() -> Builder {}
        fn name(self, name: String) -> Builder {}
        fn stack_size(self, size: usize) -> Builder {}
        #[fx(thread_start, alloc, lock)] #[role(starts_threads)] #[role(thread_entry, param = 1)]
        fn spawn<F: FnOnce() -> T, T>(self, f: F) -> io::Result<JoinHandle<T>> {}
        #[fx(thread_start, alloc, lock)] #[role(starts_threads)] #[role(thread_entry, param = 1)]
        fn spawn_unchecked<F: FnOnce() -> T, T>(self, f: F) -> io::Result<JoinHandle<T>> {}
        #[fx(alloc, lock)] #[role(thread_entry, param = 2)]
        fn spawn_scoped<'scope, 'env, F: FnOnce() -> T, T>(self, scope: &'scope Scope<'scope, 'env>, f: F) -> io::Result<ScopedJoinHandle<'scope, T>> {}
    }
    impl<'scope, 'env> Scope<'scope, 'env> {
        #[fx(alloc, lock, panic)] #[role(thread_entry, param = 1)]
        fn spawn<F: FnOnce() -> T, T>(&'scope self, f: F) -> ScopedJoinHandle<'scope, T> {}
    }
    impl<T> JoinHandle<T> {
        #[fx(unsafe_call)] #[role(ends_threads)] fn join(self) -> Result<T> {}
        fn thread(&self) -> &Thread {}
        fn is_finished(&self) -> bool {}
    }
    impl<'scope, T> ScopedJoinHandle<'scope, T> {
        #[fx(unsafe_call)] #[role(ends_threads)] fn join(self) -> Result<T> {}
        fn thread(&self) -> &Thread {}
        fn is_finished(&self) -> bool {}
    }
    impl Thread {
        fn unpark(&self) {}
        fn id(&self) -> ThreadId {}
        fn name(&self) -> Option<&str> {}
    }
    impl Clone for Thread { fn clone(&self) -> Self {} }
    impl<T> LocalKey<T> {
        fn with<F: FnOnce(&T) -> R, R>(&'static self, f: F) -> R {}
        fn try_with<F: FnOnce(&T) -> R, R>(&'static self, f: F) -> crate::result::Result<R, AccessError> {}
    }
    impl<T> LocalKey<crate::cell::Cell<T>> {
        fn set(&'static self, value: T) {}
        fn get(&'static self) -> T {}
        fn take(&'static self) -> T {}
        fn replace(&'static self, value: T) -> T {}
    }
    impl<T> LocalKey<crate::cell::RefCell<T>> {
        fn with_borrow<F: FnOnce(&T) -> R, R>(&'static self, f: F) -> R {}
        fn with_borrow_mut<F: FnOnce(&mut T) -> R, R>(&'static self, f: F) -> R {}
    }
}
pub mod os {
    pub mod unix {
        pub mod thread {
            pub type RawPthread = u64;
            pub trait JoinHandleExt {
                fn as_pthread_t(&self) -> RawPthread;
                fn into_pthread_t(self) -> RawPthread;
            }
            impl<T> JoinHandleExt for crate::thread::JoinHandle<T> {}
        }
    }
}
