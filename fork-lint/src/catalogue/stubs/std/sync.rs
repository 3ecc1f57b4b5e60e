//! Locks, cells filled once, channels. A lock another thread held at the fork stays held in the child for ever.
//! source: std 1.95 library/std/src/sync, library/std/src/sys/sync

pub mod sync {
    use crate::ops::{Deref, DerefMut};
    use crate::time::{Duration, Instant};

    pub struct PoisonError<T>;
    pub enum TryLockError<T> {
        Poisoned(PoisonError<T>),
        WouldBlock,
    }
    pub type LockResult<T> = Result<T, PoisonError<T>>;
    pub type TryLockResult<T> = Result<T, TryLockError<T>>;
    impl<T> PoisonError<T> {
        fn new(data: T) -> PoisonError<T> {}
        #[role(transparent)] fn into_inner(self) -> T {}
        #[role(transparent)] fn get_ref(&self) -> &T {}
        #[role(transparent)] fn get_mut(&mut self) -> &mut T {}
    }

    #[role(class = "lock")] pub struct Mutex<T>;
    #[role(class = "guard")] pub struct MutexGuard<'a, T>;
    #[role(class = "guard")] pub struct MappedMutexGuard<'a, T>;
    impl<T> Mutex<T> {
        fn new(t: T) -> Mutex<T> {}
        #[fx(lock)] fn lock(&self) -> LockResult<MutexGuard<'_, T>> {}
        /// Never waits.
        fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {}
        fn is_poisoned(&self) -> bool {}
        fn clear_poison(&self) {}
        fn into_inner(self) -> LockResult<T> {}
        fn get_mut(&mut self) -> LockResult<&mut T> {}
        #[fx(lock)] fn set(&self, value: T) -> Result<(), PoisonError<T>> {}
        #[fx(lock)] fn replace(&self, value: T) -> LockResult<T> {}
    }
    impl<T> MutexGuard<'_, T> {
        fn map<U, F: FnOnce(&mut T) -> &mut U>(orig: Self, f: F) -> MappedMutexGuard<'_, U> {}
    }
    impl<T> Deref for MutexGuard<'_, T> { type Target = T; fn deref(&self) -> &T {} }
    impl<T> DerefMut for MutexGuard<'_, T> { fn deref_mut(&mut self) -> &mut T {} }
    impl<T> Deref for MappedMutexGuard<'_, T> { type Target = T; fn deref(&self) -> &T {} }
    impl<T> DerefMut for MappedMutexGuard<'_, T> { fn deref_mut(&mut self) -> &mut T {} }
    impl<T: Default> Default for Mutex<T> { fn default() -> Mutex<T> {} }
    impl<T> From<T> for Mutex<T> { fn from(t: T) -> Mutex<T> {} }

    #[role(class = "lock")] pub struct RwLock<T>;
    #[role(class = "guard")] pub struct RwLockReadGuard<'a, T>;
    #[role(class = "guard")] pub struct RwLockWriteGuard<'a, T>;
    #[role(class = "guard")] pub struct MappedRwLockReadGuard<'a, T>;
    #[role(class = "guard")] pub struct MappedRwLockWriteGuard<'a, T>;
    impl<T> RwLock<T> {
        fn new(t: T) -> RwLock<T> {}
        #[fx(lock)] fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {}
        fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {}
        #[fx(lock)] fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {}
        fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {}
        fn is_poisoned(&self) -> bool {}
        fn clear_poison(&self) {}
        fn into_inner(self) -> LockResult<T> {}
        fn get_mut(&mut self) -> LockResult<&mut T> {}
    }
    impl<'a, T> RwLockWriteGuard<'a, T> {
        #[role(transparent)] fn downgrade(s: Self) -> RwLockReadGuard<'a, T> {}
    }
    impl<T> Deref for RwLockReadGuard<'_, T> { type Target = T; fn deref(&self) -> &T {} }
    impl<T> Deref for RwLockWriteGuard<'_, T> { type Target = T; fn deref(&self) -> &T {} }
    impl<T> DerefMut for RwLockWriteGuard<'_, T> { fn deref_mut(&mut self) -> &mut T {} }
    impl<T> Deref for MappedRwLockReadGuard<'_, T> { type Target = T; fn deref(&self) -> &T {} }
    impl<T> Deref for MappedRwLockWriteGuard<'_, T> { type Target = T; fn deref(&self) -> &T {} }
    impl<T> DerefMut for MappedRwLockWriteGuard<'_, T> { fn deref_mut(&mut self) -> &mut T {} }
    impl<T: Default> Default for RwLock<T> { fn default() -> RwLock<T> {} }

    #[role(class = "lock")] pub struct ReentrantLock<T>;
    #[role(class = "guard")] pub struct ReentrantLockGuard<'a, T>;
    impl<T> ReentrantLock<T> {
        fn new(t: T) -> ReentrantLock<T> {}
        #[fx(lock)] fn lock(&self) -> ReentrantLockGuard<'_, T> {}
    }
    impl<T> Deref for ReentrantLockGuard<'_, T> { type Target = T; fn deref(&self) -> &T {} }

    #[role(class = "lock")] pub struct Condvar;
    pub struct WaitTimeoutResult;
    impl Condvar {
        fn new() -> Condvar {}
        #[fx(lock)] #[role(transparent)]
        fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {}
        #[fx(lock)]
        fn wait_while<'a, T, F: FnMut(&mut T) -> bool>(&self, guard: MutexGuard<'a, T>, condition: F) -> LockResult<MutexGuard<'a, T>> {}
        #[fx(lock)]
        fn wait_timeout<'a, T>(&self, guard: MutexGuard<'a, T>, dur: Duration) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {}
        #[fx(lock)]
        fn wait_timeout_while<'a, T, F: FnMut(&mut T) -> bool>(&self, guard: MutexGuard<'a, T>, dur: Duration, condition: F) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {}
        fn notify_one(&self) {}
        fn notify_all(&self) {}
    }
    impl WaitTimeoutResult {
        fn timed_out(&self) -> bool {}
    }
    impl Default for Condvar { fn default() -> Condvar {} }
    #[role(class = "lock")] pub struct Barrier;
    pub struct BarrierWaitResult;
    impl Barrier {
        fn new(n: usize) -> Barrier {}
        #[fx(lock)] fn wait(&self) -> BarrierWaitResult {}
    }
    impl BarrierWaitResult {
        fn is_leader(&self) -> bool {}
    }

    /// A first use waits while another thread is at it.
    #[role(class = "lazy")] pub struct Once;
    pub struct OnceState;
    pub const ONCE_INIT: Once = loop {};
    impl Once {
        fn new() -> Once {}
        #[fx(lock)] fn call_once<F: FnOnce()>(&self, f: F) {}
        #[fx(lock)] fn call_once_force<F: FnOnce(&OnceState)>(&self, f: F) {}
        fn is_completed(&self) -> bool {}
        #[fx(lock)] fn wait(&self) {}
    }
    #[role(class = "lazy")] pub struct OnceLock<T>;
    impl<T> OnceLock<T> {
        fn new() -> OnceLock<T> {}
        fn get(&self) -> Option<&T> {}
        fn get_mut(&mut self) -> Option<&mut T> {}
        #[fx(lock)] fn wait(&self) -> &T {}
        #[fx(lock)] fn set(&self, value: T) -> Result<(), T> {}
        #[fx(lock)] fn try_insert(&self, value: T) -> Result<&T, (&T, T)> {}
        #[fx(lock)] fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T {}
        #[fx(lock)] fn get_or_try_init<F: FnOnce() -> Result<T, E>, E>(&self, f: F) -> Result<&T, E> {}
        fn into_inner(self) -> Option<T> {}
        fn take(&mut self) -> Option<T> {}
    }
    impl<T> Default for OnceLock<T> { fn default() -> OnceLock<T> {} }
    #[role(class = "lazy")] pub struct LazyLock<T, F = fn() -> T>;
    impl<T, F: FnOnce() -> T> LazyLock<T, F> {
        #[role(stores, param = 0)] fn new(f: F) -> LazyLock<T, F> {}
        #[fx(lock)] fn force(this: &LazyLock<T, F>) -> &T {}
    }
    impl<T, F> Deref for LazyLock<T, F> {
        type Target = T;
        #[fx(lock)] fn deref(&self) -> &T {}
    }

    /// source: std 1.95 library/std/src/sync/mpsc.rs, library/std/src/sync/mpmc
    pub mod mpsc {
        use crate::iter::It;
        use crate::time::Duration;

        pub struct Sender<T>;
        pub struct SyncSender<T>;
        pub struct Receiver<T>;
        pub struct SendError<T>(pub T);
        pub struct RecvError;
        pub enum TryRecvError { Empty, Disconnected }
        pub enum RecvTimeoutError { Timeout, Disconnected }
        pub enum TrySendError<T> { Full(T), Disconnected(T) }
        pub type Iter<'a, T> = It<T>;
        pub type TryIter<'a, T> = It<T>;
        #[fx(alloc)] pub fn channel<T>() -> (Sender<T>, Receiver<T>) {}
        #[fx(alloc)] pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {}
        impl<T> Sender<T> {
            #[fx(alloc, lock)] fn send(&self, t: T) -> Result<(), SendError<T>> {}
        }
        impl<T> SyncSender<T> {
            #[fx(lock)] fn send(&self, t: T) -> Result<(), SendError<T>> {}
            #[fx(lock)] fn try_send(&self, t: T) -> Result<(), TrySendError<T>> {}
        }
        impl<T> Receiver<T> {
            #[fx(lock)] fn recv(&self) -> Result<T, RecvError> {}
            #[fx(lock)] fn try_recv(&self) -> Result<T, TryRecvError> {}
            #[fx(lock)] fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {}
            #[fx(lock)] fn iter(&self) -> It<T> {}
            #[fx(lock)] fn try_iter(&self) -> It<T> {}
        }
        impl<T> Clone for Sender<T> { fn clone(&self) -> Self {} }
        impl<T> Clone for SyncSender<T> { fn clone(&self) -> Self {} }
        impl<T> IntoIterator for Receiver<T> {
            type Item = T;
            type IntoIter = It<T>;
            #[fx(lock)] fn into_iter(self) -> It<T> {}
        }
        impl<'a, T> IntoIterator for &'a Receiver<T> {
            type Item = T;
            type IntoIter = It<T>;
            #[fx(lock)] fn into_iter(self) -> It<T> {}
        }
    }
}
