//! once_cell: cells that make their value on first use.
//! source: once_cell 1.21 documentation
pub mod sync {
    #[role(class = "lazy")] pub struct OnceCell<T>;
    impl<T> OnceCell<T> { pub const fn new() -> OnceCell<T> {} pub fn get(&self) -> Option<&T> {} pub fn set(&self, value: T) -> Result<(), T> {} #[fx(lock)] pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T {} #[fx(lock)] pub fn get_or_try_init<F: FnOnce() -> Result<T, E>, E>(&self, f: F) -> Result<&T, E> {} }
    #[role(class = "lazy")] pub struct Lazy<T>;
    impl<T> Lazy<T> { #[role(stores, param = 0)] pub const fn new<F: FnOnce() -> T>(f: F) -> Lazy<T> {} #[fx(lock)] pub fn force(this: &Lazy<T>) -> &T {} }
    impl<T> std::ops::Deref for Lazy<T> { type Target = T; }
}
pub mod unsync { pub struct OnceCell<T>; pub struct Lazy<T>; }
