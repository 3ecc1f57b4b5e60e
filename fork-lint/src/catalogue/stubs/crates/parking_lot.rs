//! parking_lot by its own names, for when its source is not at hand.
//! source: parking_lot 0.12 documentation
#[role(class = "lock")] pub struct Mutex<T>;
#[role(class = "guard")] pub struct MutexGuard<'a, T>;
impl<T> Mutex<T> { pub fn new(t: T) -> Mutex<T> {} #[fx(lock)] pub fn lock(&self) -> MutexGuard<'_, T> {} pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {} }
impl<T> std::ops::Deref for MutexGuard<'_, T> { type Target = T; }
#[role(class = "lock")] pub struct RwLock<T>;
#[role(class = "guard")] pub struct RwLockReadGuard<'a, T>;
#[role(class = "guard")] pub struct RwLockWriteGuard<'a, T>;
impl<T> RwLock<T> { pub fn new(t: T) -> RwLock<T> {} #[fx(lock)] pub fn read(&self) -> RwLockReadGuard<'_, T> {} #[fx(lock)] pub fn write(&self) -> RwLockWriteGuard<'_, T> {} }
