//! Memory by hand: `mem`, `ptr`, `pin`, `cell`, `alloc`.
//! source: std 1.95 library/core/src/mem/mod.rs, library/core/src/cell.rs, library/alloc/src/alloc.rs

pub mod mem {
    pub struct ManuallyDrop<T>;
    pub union MaybeUninit<T> { uninit: (), value: T }
    pub struct Discriminant<T>;
    pub fn forget<T>(t: T) {}
    pub fn drop<T>(x: T) {}
    pub fn size_of<T>() -> usize {}
    pub fn size_of_val<T>(val: &T) -> usize {}
    pub fn align_of<T>() -> usize {}
    pub fn align_of_val<T>(val: &T) -> usize {}
    pub fn needs_drop<T>() -> bool {}
    pub fn zeroed<T>() -> T {}
    pub fn uninitialized<T>() -> T {}
    pub fn swap<T>(x: &mut T, y: &mut T) {}
    pub fn take<T>(dest: &mut T) -> T {}
    pub fn replace<T>(dest: &mut T, src: T) -> T {}
    pub fn discriminant<T>(v: &T) -> Discriminant<T> {}
    pub fn transmute<Src, Dst>(src: Src) -> Dst {}
    pub fn transmute_copy<Src, Dst>(src: &Src) -> Dst {}
    impl<T> ManuallyDrop<T> {
        fn new(value: T) -> ManuallyDrop<T> {}
        fn into_inner(slot: ManuallyDrop<T>) -> T {}
        fn take(slot: &mut ManuallyDrop<T>) -> T {}
        fn drop(slot: &mut ManuallyDrop<T>) {}
    }
    impl<T> crate::ops::Deref for ManuallyDrop<T> {
        type Target = T;
        fn deref(&self) -> &T {}
    }
    impl<T> crate::ops::DerefMut for ManuallyDrop<T> {
        fn deref_mut(&mut self) -> &mut T {}
    }
    impl<T> MaybeUninit<T> {
        fn new(val: T) -> MaybeUninit<T> {}
        fn uninit() -> MaybeUninit<T> {}
        fn zeroed() -> MaybeUninit<T> {}
        fn write(&mut self, val: T) -> &mut T {}
        fn as_ptr(&self) -> *const T {}
        fn as_mut_ptr(&mut self) -> *mut T {}
        fn assume_init(self) -> T {}
        fn assume_init_read(&self) -> T {}
        fn assume_init_ref(&self) -> &T {}
        fn assume_init_mut(&mut self) -> &mut T {}
        fn assume_init_drop(&mut self) {}
    }
}

pub mod ptr {
    pub struct NonNull<T>;
    pub fn null<T>() -> *const T {}
    pub fn null_mut<T>() -> *mut T {}
    pub fn dangling<T>() -> *const T {}
    pub fn dangling_mut<T>() -> *mut T {}
    pub fn without_provenance<T>(addr: usize) -> *const T {}
    pub fn without_provenance_mut<T>(addr: usize) -> *mut T {}
    pub fn with_exposed_provenance<T>(addr: usize) -> *const T {}
    pub fn with_exposed_provenance_mut<T>(addr: usize) -> *mut T {}
    pub fn from_ref<T>(r: &T) -> *const T {}
    pub fn from_mut<T>(r: &mut T) -> *mut T {}
    pub fn slice_from_raw_parts<T>(data: *const T, len: usize) -> *const [T] {}
    pub fn slice_from_raw_parts_mut<T>(data: *mut T, len: usize) -> *mut [T] {}
    pub fn copy<T>(src: *const T, dst: *mut T, count: usize) {}
    pub fn copy_nonoverlapping<T>(src: *const T, dst: *mut T, count: usize) {}
    pub fn write_bytes<T>(dst: *mut T, val: u8, count: usize) {}
    pub fn drop_in_place<T>(to_drop: *mut T) {}
    pub fn read<T>(src: *const T) -> T {}
    pub fn read_unaligned<T>(src: *const T) -> T {}
    pub fn read_volatile<T>(src: *const T) -> T {}
    pub fn write<T>(dst: *mut T, src: T) {}
    pub fn write_unaligned<T>(dst: *mut T, src: T) {}
    pub fn write_volatile<T>(dst: *mut T, src: T) {}
    pub fn replace<T>(dst: *mut T, src: T) -> T {}
    pub fn swap<T>(a: *mut T, b: *mut T) {}
    pub fn eq<T>(a: *const T, b: *const T) -> bool {}
    pub fn addr_eq<T, U>(a: *const T, b: *const U) -> bool {}
    pub fn hash<T, S>(hashee: *const T, into: &mut S) {}
    macro_rules! addr_of { () => {} }
    macro_rules! addr_of_mut { () => {} }

    impl<T> *const T {
        fn is_null(self) -> bool {}
        fn cast<U>(self) -> *const U {}
        fn cast_mut(self) -> *mut T {}
        fn addr(self) -> usize {}
        fn as_ref<'a>(self) -> Option<&'a T> {}
        fn offset(self, count: isize) -> *const T {}
        fn offset_from(self, origin: *const T) -> isize {}
        fn add(self, count: usize) -> *const T {}
        fn sub(self, count: usize) -> *const T {}
        fn byte_add(self, count: usize) -> *const T {}
        fn wrapping_add(self, count: usize) -> *const T {}
        fn read(self) -> T {}
        fn read_unaligned(self) -> T {}
        fn read_volatile(self) -> T {}
        fn copy_to_nonoverlapping(self, dest: *mut T, count: usize) {}
    }
    impl<T> *mut T {
        fn is_null(self) -> bool {}
        fn cast<U>(self) -> *mut U {}
        fn cast_const(self) -> *const T {}
        fn addr(self) -> usize {}
        fn as_ref<'a>(self) -> Option<&'a T> {}
        fn as_mut<'a>(self) -> Option<&'a mut T> {}
        fn offset(self, count: isize) -> *mut T {}
        fn offset_from(self, origin: *const T) -> isize {}
        fn add(self, count: usize) -> *mut T {}
        fn sub(self, count: usize) -> *mut T {}
        fn byte_add(self, count: usize) -> *mut T {}
        fn wrapping_add(self, count: usize) -> *mut T {}
        fn read(self) -> T {}
        fn read_unaligned(self) -> T {}
        fn read_volatile(self) -> T {}
        fn write(self, val: T) {}
        fn write_unaligned(self, val: T) {}
        fn write_volatile(self, val: T) {}
        fn write_bytes(self, val: u8, count: usize) {}
        fn replace(self, src: T) -> T {}
        fn drop_in_place(self) {}
        fn copy_from_nonoverlapping(self, src: *const T, count: usize) {}
    }
    impl<T> NonNull<T> {
        fn new(ptr: *mut T) -> Option<NonNull<T>> {}
        fn new_unchecked(ptr: *mut T) -> NonNull<T> {}
        fn dangling() -> NonNull<T> {}
        fn from_ref(r: &T) -> NonNull<T> {}
        fn from_mut(r: &mut T) -> NonNull<T> {}
        fn as_ptr(self) -> *mut T {}
        fn as_ref<'a>(&self) -> &'a T {}
        fn as_mut<'a>(&mut self) -> &'a mut T {}
        fn cast<U>(self) -> NonNull<U> {}
        fn add(self, count: usize) -> NonNull<T> {}
        fn read(self) -> T {}
        fn write(self, val: T) {}
    }
    impl<T> Clone for NonNull<T> { fn clone(&self) -> Self {} }
    impl<T, S> From<S> for NonNull<T> { fn from(r: S) -> NonNull<T> {} }
}

pub mod pin {
    use crate::ops::{Deref, DerefMut};

    pub struct Pin<P>;
    macro_rules! pin { () => {} }
    impl<P: Deref> Pin<P> {
        fn new(pointer: P) -> Pin<P> {}
        fn new_unchecked(pointer: P) -> Pin<P> {}
        fn into_inner(pin: Pin<P>) -> P {}
        fn into_inner_unchecked(pin: Pin<P>) -> P {}
        fn as_ref(&self) -> Pin<&<P as Deref>::Target> {}
        fn as_mut(&mut self) -> Pin<&mut <P as Deref>::Target> {}
        fn set(&mut self, value: <P as Deref>::Target) {}
        fn get_ref<'a>(self) -> &'a <P as Deref>::Target {}
        fn get_mut<'a>(self) -> &'a mut <P as Deref>::Target {}
        fn get_unchecked_mut<'a>(self) -> &'a mut <P as Deref>::Target {}
        fn map_unchecked_mut<U, F: FnOnce(&mut <P as Deref>::Target) -> &mut U>(self, func: F) -> Pin<&mut U> {}
    }
    impl<P: Deref> Deref for Pin<P> {
        type Target = <P as Deref>::Target;
        fn deref(&self) -> &<P as Deref>::Target {}
    }
    impl<P: DerefMut> DerefMut for Pin<P> {
        fn deref_mut(&mut self) -> &mut <P as Deref>::Target {}
    }
}

pub mod cell {
    use crate::ops::{Deref, DerefMut};

    pub struct Cell<T>;
    pub struct UnsafeCell<T>;
    pub struct RefCell<T>;
    pub struct Ref<'b, T>;
    pub struct RefMut<'b, T>;
    pub struct BorrowError;
    pub struct BorrowMutError;
    pub struct OnceCell<T>;
    pub struct LazyCell<T, F = fn() -> T>;
    impl<T> Cell<T> {
        fn new(value: T) -> Cell<T> {}
        fn set(&self, val: T) {}
        fn swap(&self, other: &Cell<T>) {}
        fn replace(&self, val: T) -> T {}
        fn into_inner(self) -> T {}
        fn get(&self) -> T {}
        fn update(&self, f: impl FnOnce(T) -> T) {}
        fn as_ptr(&self) -> *mut T {}
        fn get_mut(&mut self) -> &mut T {}
        fn from_mut(t: &mut T) -> &Cell<T> {}
        fn take(&self) -> T {}
    }
    impl<T> UnsafeCell<T> {
        fn new(value: T) -> UnsafeCell<T> {}
        fn into_inner(self) -> T {}
        fn get(&self) -> *mut T {}
        fn get_mut(&mut self) -> &mut T {}
        fn raw_get(this: *const UnsafeCell<T>) -> *mut T {}
    }
    impl<T> RefCell<T> {
        fn new(value: T) -> RefCell<T> {}
        fn into_inner(self) -> T {}
        fn replace(&self, t: T) -> T {}
        fn replace_with<F: FnOnce(&mut T) -> T>(&self, f: F) -> T {}
        fn swap(&self, other: &RefCell<T>) {}
        fn borrow(&self) -> Ref<'_, T> {}
        fn try_borrow(&self) -> Result<Ref<'_, T>, BorrowError> {}
        fn borrow_mut(&self) -> RefMut<'_, T> {}
        fn try_borrow_mut(&self) -> Result<RefMut<'_, T>, BorrowMutError> {}
        fn as_ptr(&self) -> *mut T {}
        fn get_mut(&mut self) -> &mut T {}
        fn take(&self) -> T {}
    }
    impl<'b, T> Ref<'b, T> {
        fn clone(orig: &Ref<'b, T>) -> Ref<'b, T> {}
        fn map<U, F: FnOnce(&T) -> &U>(orig: Ref<'b, T>, f: F) -> Ref<'b, U> {}
        fn filter_map<U, F: FnOnce(&T) -> Option<&U>>(orig: Ref<'b, T>, f: F) -> Result<Ref<'b, U>, Ref<'b, T>> {}
    }
    impl<'b, T> RefMut<'b, T> {
        fn map<U, F: FnOnce(&mut T) -> &mut U>(orig: RefMut<'b, T>, f: F) -> RefMut<'b, U> {}
    }
    impl<T> OnceCell<T> {
        fn new() -> OnceCell<T> {}
        fn get(&self) -> Option<&T> {}
        fn get_mut(&mut self) -> Option<&mut T> {}
        fn set(&self, value: T) -> Result<(), T> {}
        fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T {}
        fn into_inner(self) -> Option<T> {}
        fn take(&mut self) -> Option<T> {}
    }
    impl<T, F: FnOnce() -> T> LazyCell<T, F> {
        #[role(stores, param = 0)] fn new(f: F) -> LazyCell<T, F> {}
        fn force(this: &LazyCell<T, F>) -> &T {}
    }
    impl<T> Deref for Ref<'_, T> { type Target = T; fn deref(&self) -> &T {} }
    impl<T> Deref for RefMut<'_, T> { type Target = T; fn deref(&self) -> &T {} }
    impl<T> DerefMut for RefMut<'_, T> { fn deref_mut(&mut self) -> &mut T {} }
    impl<T, F> Deref for LazyCell<T, F> { type Target = T; fn deref(&self) -> &T {} }
    impl<T> Default for Cell<T> { fn default() -> Cell<T> {} }
    impl<T> Default for RefCell<T> { fn default() -> RefCell<T> {} }
    impl<T> Default for OnceCell<T> { fn default() -> OnceCell<T> {} }
}

pub mod alloc {
    pub struct Layout;
    pub struct LayoutError;
    pub struct System;
    pub struct Global;
    impl Layout {
        fn new<T>() -> Layout {}
        fn array<T>(n: usize) -> Result<Layout, LayoutError> {}
        fn for_value<T>(t: &T) -> Layout {}
        fn from_size_align(size: usize, align: usize) -> Result<Layout, LayoutError> {}
        fn from_size_align_unchecked(size: usize, align: usize) -> Layout {}
        fn size(&self) -> usize {}
        fn align(&self) -> usize {}
    }
    pub trait GlobalAlloc {
        #[fx(alloc)] fn alloc(&self, layout: Layout) -> *mut u8;
        #[fx(alloc)] fn dealloc(&self, ptr: *mut u8, layout: Layout);
        #[fx(alloc)] fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {}
        #[fx(alloc)] fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {}
    }
    impl GlobalAlloc for System {}
    #[fx(alloc)] pub fn alloc(layout: Layout) -> *mut u8 {}
    #[fx(alloc)] pub fn dealloc(ptr: *mut u8, layout: Layout) {}
    #[fx(alloc)] pub fn alloc_zeroed(layout: Layout) -> *mut u8 {}
    #[fx(alloc)] pub fn realloc(ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {}
    #[fx(exit_now)] #[role(diverges)] pub fn handle_alloc_error(layout: Layout) -> ! {}
}
