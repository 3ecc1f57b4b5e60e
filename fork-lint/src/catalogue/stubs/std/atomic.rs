//! Atomics: no lock on any platform that runs Linux.

pub mod sync {
    pub mod atomic {
        pub enum Ordering {
            Relaxed,
            Release,
            Acquire,
            AcqRel,
            SeqCst,
        }
        pub fn fence(order: Ordering) {}
        pub fn compiler_fence(order: Ordering) {}
        pub fn spin_loop_hint() {}

        pub struct Atomic<T>;
        pub type AtomicBool = Atomic<bool>;
        pub type AtomicI8 = Atomic<i8>;
        pub type AtomicU8 = Atomic<u8>;
        pub type AtomicI16 = Atomic<i16>;
        pub type AtomicU16 = Atomic<u16>;
        pub type AtomicI32 = Atomic<i32>;
        pub type AtomicU32 = Atomic<u32>;
        pub type AtomicI64 = Atomic<i64>;
        pub type AtomicU64 = Atomic<u64>;
        pub type AtomicIsize = Atomic<isize>;
        pub type AtomicUsize = Atomic<usize>;
        pub type AtomicPtr<T> = Atomic<*mut T>;
        impl<T> Atomic<T> {
            fn new(v: T) -> Atomic<T> {}
            fn from_ptr<'a>(ptr: *mut T) -> &'a Atomic<T> {}
            fn get_mut(&mut self) -> &mut T {}
            fn into_inner(self) -> T {}
            fn as_ptr(&self) -> *mut T {}
            fn load(&self, order: Ordering) -> T {}
            fn store(&self, val: T, order: Ordering) {}
            fn swap(&self, val: T, order: Ordering) -> T {}
            fn compare_and_swap(&self, current: T, new: T, order: Ordering) -> T {}
            fn compare_exchange(&self, current: T, new: T, success: Ordering, failure: Ordering) -> Result<T, T> {}
            fn compare_exchange_weak(&self, current: T, new: T, success: Ordering, failure: Ordering) -> Result<T, T> {}
            fn fetch_add(&self, val: T, order: Ordering) -> T {}
            fn fetch_sub(&self, val: T, order: Ordering) -> T {}
            fn fetch_and(&self, val: T, order: Ordering) -> T {}
            fn fetch_nand(&self, val: T, order: Ordering) -> T {}
            fn fetch_or(&self, val: T, order: Ordering) -> T {}
            fn fetch_xor(&self, val: T, order: Ordering) -> T {}
            fn fetch_not(&self, order: Ordering) -> T {}
            fn fetch_max(&self, val: T, order: Ordering) -> T {}
            fn fetch_min(&self, val: T, order: Ordering) -> T {}
            fn fetch_update<F: FnMut(T) -> Option<T>>(&self, set_order: Ordering, fetch_order: Ordering, f: F) -> Result<T, T> {}
            fn try_update<F: FnMut(T) -> Option<T>>(&self, set_order: Ordering, fetch_order: Ordering, f: F) -> Result<T, T> {}
            fn update<F: FnMut(T) -> T>(&self, set_order: Ordering, fetch_order: Ordering, f: F) -> T {}
        }
        impl<T> Default for Atomic<T> { fn default() -> Self {} }
        impl<T> From<T> for Atomic<T> { fn from(v: T) -> Self {} }
        pub const ATOMIC_BOOL_INIT: AtomicBool = loop {};
        pub const ATOMIC_USIZE_INIT: AtomicUsize = loop {};
    }
}
