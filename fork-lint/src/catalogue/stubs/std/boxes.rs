//! Owning pointers. Making one allocates; cloning an `Rc` or `Arc` counts.
//! source: std 1.95 library/alloc/src/boxed.rs, library/alloc/src/rc.rs, library/alloc/src/sync.rs

pub mod boxed {
    use crate::mem::MaybeUninit;
    use crate::ops::{Deref, DerefMut};
    use crate::pin::Pin;

    pub struct Box<T>;
    impl<T> Box<T> {
        #[fx(alloc)] fn new(x: T) -> Box<T> {}
        #[fx(alloc)] fn new_uninit() -> Box<MaybeUninit<T>> {}
        #[fx(alloc)] fn new_zeroed() -> Box<MaybeUninit<T>> {}
        #[fx(alloc)] fn pin(x: T) -> Pin<Box<T>> {}
        fn into_inner(boxed: Box<T>) -> T {}
        fn from_raw(raw: *mut T) -> Box<T> {}
        fn into_raw(b: Box<T>) -> *mut T {}
        fn as_ptr(b: &Box<T>) -> *const T {}
        fn as_mut_ptr(b: &mut Box<T>) -> *mut T {}
        fn leak<'a>(b: Box<T>) -> &'a mut T {}
        fn into_pin(boxed: Box<T>) -> Pin<Box<T>> {}
    }
    impl<T> Box<MaybeUninit<T>> {
        fn assume_init(self) -> Box<T> {}
    }
    impl Box<dyn crate::any::Any> {
        fn downcast<T>(self) -> Result<Box<T>, Self> {}
    }
    impl<T> Deref for Box<T> {
        type Target = T;
        fn deref(&self) -> &T {}
    }
    impl<T> DerefMut for Box<T> {
        fn deref_mut(&mut self) -> &mut T {}
    }
    impl<T: Clone> Clone for Box<T> {
        #[fx(alloc)] fn clone(&self) -> Self {}
    }
    impl<T: Default> Default for Box<T> {
        #[fx(alloc)] fn default() -> Self {}
    }
    impl<T, S> From<S> for Box<T> {
        #[fx(alloc)] fn from(t: S) -> Self {}
    }
    impl<I> FromIterator<I> for Box<[I]> {
        #[fx(alloc)] fn from_iter<T: IntoIterator<Item = I>>(iter: T) -> Self {}
    }
    impl<I: Iterator> Iterator for Box<I> {
        type Item = <I as Iterator>::Item;
    }
    impl<T> AsRef<T> for Box<T> {
        fn as_ref(&self) -> &T {}
    }
    impl<T> AsMut<T> for Box<T> {
        fn as_mut(&mut self) -> &mut T {}
    }
}

pub mod rc {
    use crate::ops::Deref;
    use crate::pin::Pin;

    pub struct Rc<T>;
    pub struct Weak<T>;
    impl<T> Rc<T> {
        #[fx(alloc)] fn new(value: T) -> Rc<T> {}
        #[fx(alloc)] fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(data_fn: F) -> Rc<T> {}
        #[fx(alloc)] fn pin(value: T) -> Pin<Rc<T>> {}
        fn try_unwrap(this: Rc<T>) -> Result<T, Rc<T>> {}
        fn into_inner(this: Rc<T>) -> Option<T> {}
        #[fx(alloc)] fn make_mut(this: &mut Rc<T>) -> &mut T {}
        #[fx(alloc)] fn unwrap_or_clone(this: Rc<T>) -> T {}
        fn get_mut(this: &mut Rc<T>) -> Option<&mut T> {}
        fn downgrade(this: &Rc<T>) -> Weak<T> {}
        fn weak_count(this: &Rc<T>) -> usize {}
        fn strong_count(this: &Rc<T>) -> usize {}
        fn ptr_eq(this: &Rc<T>, other: &Rc<T>) -> bool {}
        fn as_ptr(this: &Rc<T>) -> *const T {}
        fn into_raw(this: Rc<T>) -> *const T {}
        fn from_raw(ptr: *const T) -> Rc<T> {}
    }
    impl<T> Weak<T> {
        fn new() -> Weak<T> {}
        fn upgrade(&self) -> Option<Rc<T>> {}
        fn strong_count(&self) -> usize {}
        fn ptr_eq(&self, other: &Weak<T>) -> bool {}
    }
    impl<T> Deref for Rc<T> {
        type Target = T;
        fn deref(&self) -> &T {}
    }
    impl<T> Clone for Rc<T> {
        fn clone(&self) -> Self {}
    }
    impl<T> Clone for Weak<T> {
        fn clone(&self) -> Self {}
    }
    impl<T: Default> Default for Rc<T> {
        #[fx(alloc)] fn default() -> Self {}
    }
    impl<T> Default for Weak<T> {
        fn default() -> Self {}
    }
    impl<T, S> From<S> for Rc<T> {
        #[fx(alloc)] fn from(t: S) -> Self {}
    }
    impl<T> AsRef<T> for Rc<T> {
        fn as_ref(&self) -> &T {}
    }
}

pub mod sync {
    use crate::ops::Deref;
    use crate::pin::Pin;

    pub struct Arc<T>;
    pub struct Weak<T>;
    impl<T> Arc<T> {
        #[fx(alloc)] fn new(data: T) -> Arc<T> {}
        #[fx(alloc)] fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(data_fn: F) -> Arc<T> {}
        #[fx(alloc)] fn pin(data: T) -> Pin<Arc<T>> {}
        fn try_unwrap(this: Arc<T>) -> Result<T, Arc<T>> {}
        fn into_inner(this: Arc<T>) -> Option<T> {}
        #[fx(alloc)] fn make_mut(this: &mut Arc<T>) -> &mut T {}
        #[fx(alloc)] fn unwrap_or_clone(this: Arc<T>) -> T {}
        fn get_mut(this: &mut Arc<T>) -> Option<&mut T> {}
        fn downgrade(this: &Arc<T>) -> Weak<T> {}
        fn weak_count(this: &Arc<T>) -> usize {}
        fn strong_count(this: &Arc<T>) -> usize {}
        fn ptr_eq(this: &Arc<T>, other: &Arc<T>) -> bool {}
        fn as_ptr(this: &Arc<T>) -> *const T {}
        fn into_raw(this: Arc<T>) -> *const T {}
        fn from_raw(ptr: *const T) -> Arc<T> {}
        fn increment_strong_count(ptr: *const T) {}
        fn decrement_strong_count(ptr: *const T) {}
        fn downcast<U>(self) -> Result<Arc<U>, Self> {}
    }
    impl<T> Weak<T> {
        fn new() -> Weak<T> {}
        fn upgrade(&self) -> Option<Arc<T>> {}
        fn strong_count(&self) -> usize {}
        fn weak_count(&self) -> usize {}
        fn ptr_eq(&self, other: &Weak<T>) -> bool {}
        fn as_ptr(&self) -> *const T {}
        fn into_raw(self) -> *const T {}
        fn from_raw(ptr: *const T) -> Weak<T> {}
    }
    impl<T> Deref for Arc<T> {
        type Target = T;
        fn deref(&self) -> &T {}
    }
    impl<T> Clone for Arc<T> {
        fn clone(&self) -> Self {}
    }
    impl<T> Clone for Weak<T> {
        fn clone(&self) -> Self {}
    }
    impl<T: Default> Default for Arc<T> {
        #[fx(alloc)] fn default() -> Self {}
    }
    impl<T> Default for Weak<T> {
        fn default() -> Self {}
    }
    impl<T, S> From<S> for Arc<T> {
        #[fx(alloc)] fn from(t: S) -> Self {}
    }
    impl<T> AsRef<T> for Arc<T> {
        fn as_ref(&self) -> &T {}
    }
}
