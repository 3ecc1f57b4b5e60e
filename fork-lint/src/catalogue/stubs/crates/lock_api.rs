//! lock_api (parking_lot's types are its): not fork-safe, the parking table is global.
//! source: lock_api 0.4 src/mutex.rs, src/rwlock.rs; parking_lot 0.12 (rust-lang/rust#56410)
pub mod mutex {
    #[role(class = "lock")] pub struct Mutex<R, T>;
    #[role(class = "guard")] pub struct MutexGuard<'a, R, T>;
    #[role(class = "guard")] pub struct MappedMutexGuard<'a, R, T>;
    #[role(class = "guard")] pub struct ArcMutexGuard<R, T>;
    impl<R, T> Mutex<R, T> { pub fn new(t: T) -> Mutex<R, T> {} #[fx(lock)] pub fn lock(&self) -> MutexGuard<'_, R, T> {} pub fn try_lock(&self) -> Option<MutexGuard<'_, R, T>> {} }
    impl<R, T> std::ops::Deref for MutexGuard<'_, R, T> { type Target = T; }
}
pub use mutex::{ArcMutexGuard, MappedMutexGuard, Mutex, MutexGuard};
pub mod rwlock {
    #[role(class = "lock")] pub struct RwLock<R, T>;
    #[role(class = "guard")] pub struct RwLockReadGuard<'a, R, T>;
    #[role(class = "guard")] pub struct RwLockWriteGuard<'a, R, T>;
    #[role(class = "guard")] pub struct RwLockUpgradableReadGuard<'a, R, T>;
    impl<R, T> RwLock<R, T> { pub fn new(t: T) -> RwLock<R, T> {} #[fx(lock)] pub fn read(&self) -> RwLockReadGuard<'_, R, T> {} #[fx(lock)] pub fn write(&self) -> RwLockWriteGuard<'_, R, T> {} }
    impl<R, T> std::ops::Deref for RwLockReadGuard<'_, R, T> { type Target = T; }
    impl<R, T> std::ops::Deref for RwLockWriteGuard<'_, R, T> { type Target = T; }
}
pub use rwlock::{RwLock, RwLockReadGuard, RwLockUpgradableReadGuard, RwLockWriteGuard};
