//! The language's own traits and the small modules around them.
//! source: std 1.95 library/core/src

pub mod marker {
    pub trait Copy: Clone {}
    pub trait Send {}
    pub trait Sized {}
    pub trait Sync {}
    pub trait Unpin {}
    pub struct PhantomData<T>;
    pub struct PhantomPinned;
    impl<T> Clone for PhantomData<T> {
        fn clone(&self) -> Self {}
    }
    impl<T> Default for PhantomData<T> {
        fn default() -> Self {}
    }
}

pub mod clone {
    pub trait Clone {
        fn clone(&self) -> Self;
        fn clone_from(&mut self, source: &Self) {}
    }
    impl<T> Clone for &T {
        fn clone(&self) -> Self {}
    }
}

pub mod default {
    pub trait Default {
        fn default() -> Self;
    }
    impl Default for bool { fn default() -> bool {} }
    impl Default for char { fn default() -> char {} }
}

pub mod cmp {
    pub enum Ordering {
        Less,
        Equal,
        Greater,
    }
    pub struct Reverse<T>(pub T);
    impl Ordering {
        fn is_eq(self) -> bool {}
        fn is_ne(self) -> bool {}
        fn is_lt(self) -> bool {}
        fn is_gt(self) -> bool {}
        fn is_le(self) -> bool {}
        fn is_ge(self) -> bool {}
        fn reverse(self) -> Ordering {}
        fn then(self, other: Ordering) -> Ordering {}
        fn then_with<F: FnOnce() -> Ordering>(self, f: F) -> Ordering {}
    }
    pub trait PartialEq<Rhs = Self> {
        fn eq(&self, other: &Rhs) -> bool;
        fn ne(&self, other: &Rhs) -> bool {}
    }
    pub trait Eq: PartialEq {}
    pub trait PartialOrd<Rhs = Self>: PartialEq<Rhs> {
        fn partial_cmp(&self, other: &Rhs) -> Option<Ordering>;
        fn lt(&self, other: &Rhs) -> bool {}
        fn le(&self, other: &Rhs) -> bool {}
        fn gt(&self, other: &Rhs) -> bool {}
        fn ge(&self, other: &Rhs) -> bool {}
    }
    pub trait Ord: Eq + PartialOrd {
        fn cmp(&self, other: &Self) -> Ordering;
        fn max(self, other: Self) -> Self {}
        fn min(self, other: Self) -> Self {}
        fn clamp(self, min: Self, max: Self) -> Self {}
    }
    pub fn min<T>(a: T, b: T) -> T {}
    pub fn max<T>(a: T, b: T) -> T {}
    pub fn min_by<T, F: FnOnce(&T, &T) -> Ordering>(a: T, b: T, compare: F) -> T {}
    pub fn max_by<T, F: FnOnce(&T, &T) -> Ordering>(a: T, b: T, compare: F) -> T {}
    pub fn min_by_key<T, F: FnMut(&T) -> K, K>(a: T, b: T, f: F) -> T {}
    pub fn max_by_key<T, F: FnMut(&T) -> K, K>(a: T, b: T, f: F) -> T {}
}

pub mod convert {
    pub enum Infallible {}
    pub trait AsRef<T> {
        #[role(transparent)] fn as_ref(&self) -> &T;
    }
    pub trait AsMut<T> {
        #[role(transparent)] fn as_mut(&mut self) -> &mut T;
    }
    /// What a conversion does is said at the implementation of `From` for the target.
    pub trait Into<T> {
        #[role(transparent)] fn into(self) -> T;
    }
    pub trait From<T> {
        #[role(transparent)] fn from(value: T) -> Self;
    }
    pub trait TryInto<T> {
        type Error;
        #[role(transparent)] fn try_into(self) -> Result<T, Self::Error>;
    }
    pub trait TryFrom<T> {
        type Error;
        #[role(transparent)] fn try_from(value: T) -> Result<Self, Self::Error>;
    }
    impl<T, U: From<T>> Into<U> for T {
        #[role(transparent)] fn into(self) -> U {}
    }
    impl<T, U: TryFrom<T>> TryInto<U> for T {
        type Error = <U as TryFrom<T>>::Error;
        #[role(transparent)] fn try_into(self) -> Result<U, <U as TryFrom<T>>::Error> {}
    }
    #[role(transparent)] pub fn identity<T>(x: T) -> T {}
}

pub mod borrow {
    use crate::ops::Deref;

    pub trait Borrow<T> {
        #[role(transparent)] fn borrow(&self) -> &T;
    }
    pub trait BorrowMut<T>: Borrow<T> {
        #[role(transparent)] fn borrow_mut(&mut self) -> &mut T;
    }
    pub trait ToOwned {
        type Owned;
        #[fx(alloc)] fn to_owned(&self) -> Self::Owned;
        #[fx(alloc)] fn clone_into(&self, target: &mut Self::Owned) {}
    }
    /// Copies and other `Clone` types are cloned; `str`, slices, paths and C strings have implementations of their own.
    impl<T: Clone> ToOwned for T {
        type Owned = T;
        #[fx()] fn to_owned(&self) -> T {}
    }
    pub enum Cow<'a, B: ToOwned> {
        Borrowed(&'a B),
        Owned(<B as ToOwned>::Owned),
    }
    /// source: std 1.95 library/alloc/src/borrow.rs
    impl<'a, B: ToOwned> Cow<'a, B> {
        fn is_borrowed(&self) -> bool {}
        fn is_owned(&self) -> bool {}
        #[fx(alloc)] fn to_mut(&mut self) -> &mut <B as ToOwned>::Owned {}
        #[fx(alloc)] fn into_owned(self) -> <B as ToOwned>::Owned {}
    }
    impl<'a, B: ToOwned> Deref for Cow<'a, B> {
        type Target = B;
        fn deref(&self) -> &B {}
    }
    impl<'a, B: ToOwned> AsRef<B> for Cow<'a, B> {
        fn as_ref(&self) -> &B {}
    }
    impl<'a, B: ToOwned> Clone for Cow<'a, B> {
        #[fx(alloc)] fn clone(&self) -> Self {}
    }
    impl<'a, B: ToOwned, S> From<S> for Cow<'a, B> {
        fn from(s: S) -> Cow<'a, B> {}
    }
}

pub mod ops {
    pub trait Drop {
        fn drop(&mut self);
    }
    pub trait Deref {
        type Target;
        #[role(transparent)] fn deref(&self) -> &Self::Target;
    }
    pub trait DerefMut: Deref {
        #[role(transparent)] fn deref_mut(&mut self) -> &mut Self::Target;
    }
    pub trait Index<Idx> {
        type Output;
        fn index(&self, index: Idx) -> &Self::Output;
    }
    pub trait IndexMut<Idx>: Index<Idx> {
        fn index_mut(&mut self, index: Idx) -> &mut Self::Output;
    }
    pub trait FnOnce<Args> {
        type Output;
        fn call_once(self, args: Args) -> Self::Output;
    }
    pub trait FnMut<Args>: FnOnce<Args> {
        fn call_mut(&mut self, args: Args) -> Self::Output;
    }
    pub trait Fn<Args>: FnMut<Args> {
        fn call(&self, args: Args) -> Self::Output;
    }
    pub trait AsyncFn<Args> {}
    pub trait AsyncFnMut<Args> {}
    pub trait AsyncFnOnce<Args> {}
    pub trait Try {
        type Output;
        type Residual;
    }
    pub trait Add<Rhs = Self> { type Output; fn add(self, rhs: Rhs) -> Self::Output; }
    pub trait Sub<Rhs = Self> { type Output; fn sub(self, rhs: Rhs) -> Self::Output; }
    pub trait Mul<Rhs = Self> { type Output; fn mul(self, rhs: Rhs) -> Self::Output; }
    pub trait Div<Rhs = Self> { type Output; fn div(self, rhs: Rhs) -> Self::Output; }
    pub trait Rem<Rhs = Self> { type Output; fn rem(self, rhs: Rhs) -> Self::Output; }
    pub trait BitAnd<Rhs = Self> { type Output; fn bitand(self, rhs: Rhs) -> Self::Output; }
    pub trait BitOr<Rhs = Self> { type Output; fn bitor(self, rhs: Rhs) -> Self::Output; }
    pub trait BitXor<Rhs = Self> { type Output; fn bitxor(self, rhs: Rhs) -> Self::Output; }
    pub trait Shl<Rhs = Self> { type Output; fn shl(self, rhs: Rhs) -> Self::Output; }
    pub trait Shr<Rhs = Self> { type Output; fn shr(self, rhs: Rhs) -> Self::Output; }
    pub trait Neg { type Output; fn neg(self) -> Self::Output; }
    pub trait Not { type Output; fn not(self) -> Self::Output; }
    pub trait AddAssign<Rhs = Self> { fn add_assign(&mut self, rhs: Rhs); }
    pub trait SubAssign<Rhs = Self> { fn sub_assign(&mut self, rhs: Rhs); }
    pub trait MulAssign<Rhs = Self> { fn mul_assign(&mut self, rhs: Rhs); }
    pub trait DivAssign<Rhs = Self> { fn div_assign(&mut self, rhs: Rhs); }
    pub trait RemAssign<Rhs = Self> { fn rem_assign(&mut self, rhs: Rhs); }
    pub trait BitAndAssign<Rhs = Self> { fn bitand_assign(&mut self, rhs: Rhs); }
    pub trait BitOrAssign<Rhs = Self> { fn bitor_assign(&mut self, rhs: Rhs); }
    pub trait BitXorAssign<Rhs = Self> { fn bitxor_assign(&mut self, rhs: Rhs); }
    pub trait ShlAssign<Rhs = Self> { fn shl_assign(&mut self, rhs: Rhs); }
    pub trait ShrAssign<Rhs = Self> { fn shr_assign(&mut self, rhs: Rhs); }

    pub enum Bound<T> { Included(T), Excluded(T), Unbounded }
    pub enum ControlFlow<B, C = ()> { Continue(C), Break(B) }
    impl<B, C> ControlFlow<B, C> {
        fn is_break(&self) -> bool {}
        fn is_continue(&self) -> bool {}
        #[role(transparent)] fn break_value(self) -> Option<B> {}
        #[role(transparent)] fn continue_value(self) -> Option<C> {}
    }
    pub struct Range<Idx> { pub start: Idx, pub end: Idx }
    pub struct RangeFrom<Idx> { pub start: Idx }
    pub struct RangeTo<Idx> { pub end: Idx }
    pub struct RangeToInclusive<Idx> { pub end: Idx }
    pub struct RangeInclusive<Idx>;
    pub struct RangeFull;
    pub trait RangeBounds<T> {
        fn start_bound(&self) -> Bound<&T>;
        fn end_bound(&self) -> Bound<&T>;
        fn contains<U>(&self, item: &U) -> bool {}
    }
    impl<Idx> Range<Idx> {
        fn contains<U>(&self, item: &U) -> bool {}
        fn is_empty(&self) -> bool {}
    }
    impl<Idx> RangeInclusive<Idx> {
        fn new(start: Idx, end: Idx) -> RangeInclusive<Idx> {}
        fn start(&self) -> &Idx {}
        fn end(&self) -> &Idx {}
        fn into_inner(self) -> (Idx, Idx) {}
        fn contains<U>(&self, item: &U) -> bool {}
        fn is_empty(&self) -> bool {}
    }
    impl<Idx> RangeFrom<Idx> {
        fn contains<U>(&self, item: &U) -> bool {}
    }
    impl<Idx> RangeTo<Idx> {
        fn contains<U>(&self, item: &U) -> bool {}
    }
    impl<T> RangeBounds<T> for Range<T> {}
    impl<T> RangeBounds<T> for RangeFrom<T> {}
    impl<T> RangeBounds<T> for RangeTo<T> {}
    impl<T> RangeBounds<T> for RangeToInclusive<T> {}
    impl<T> RangeBounds<T> for RangeInclusive<T> {}
    impl<T> RangeBounds<T> for RangeFull {}
    impl<Idx> Clone for Range<Idx> { fn clone(&self) -> Self {} }
    impl<Idx> Clone for RangeInclusive<Idx> { fn clone(&self) -> Self {} }
    impl<A> Iterator for Range<A> { type Item = A; }
    impl<A> Iterator for RangeFrom<A> { type Item = A; }
    impl<A> Iterator for RangeInclusive<A> { type Item = A; }
    impl<A> DoubleEndedIterator for Range<A> {}
    impl<A> DoubleEndedIterator for RangeInclusive<A> {}
    impl<A> ExactSizeIterator for Range<A> {}
}

pub mod any {
    pub struct TypeId;
    impl TypeId {
        fn of<T>() -> TypeId {}
    }
    pub trait Any {
        fn type_id(&self) -> TypeId {}
    }
    impl<T> Any for T {}
    impl dyn Any {
        fn is<T>(&self) -> bool {}
        fn downcast_ref<T>(&self) -> Option<&T> {}
        fn downcast_mut<T>(&mut self) -> Option<&mut T> {}
    }
    pub fn type_name<T>() -> &'static str {}
    pub fn type_name_of_val<T>(val: &T) -> &'static str {}
}

pub mod hash {
    pub trait Hash {
        fn hash<H: Hasher>(&self, state: &mut H);
        fn hash_slice<H: Hasher>(data: &[Self], state: &mut H) {}
    }
    pub trait Hasher {
        fn finish(&self) -> u64;
        fn write(&mut self, bytes: &[u8]);
        fn write_u8(&mut self, i: u8) {}
        fn write_u16(&mut self, i: u16) {}
        fn write_u32(&mut self, i: u32) {}
        fn write_u64(&mut self, i: u64) {}
        fn write_usize(&mut self, i: usize) {}
        fn write_i32(&mut self, i: i32) {}
        fn write_i64(&mut self, i: i64) {}
    }
    pub trait BuildHasher {
        type Hasher: Hasher;
        fn build_hasher(&self) -> Self::Hasher;
        fn hash_one<T: Hash>(&self, x: T) -> u64 {}
    }
    pub struct BuildHasherDefault<H>;
    pub struct DefaultHasher;
    /// Its keys are drawn once a thread and counted up; a forked child goes on from its parent's.
    pub struct RandomState;
    impl RandomState {
        fn new() -> RandomState {}
    }
    impl Default for RandomState {
        fn default() -> RandomState {}
    }
    impl BuildHasher for RandomState {
        type Hasher = DefaultHasher;
        fn build_hasher(&self) -> DefaultHasher {}
    }
    impl DefaultHasher {
        fn new() -> DefaultHasher {}
    }
    impl Hasher for DefaultHasher {
        fn finish(&self) -> u64 {}
        fn write(&mut self, bytes: &[u8]) {}
    }
}

pub mod error {
    use crate::any::Any;

    pub trait Error: crate::fmt::Debug + crate::fmt::Display {
        fn source(&self) -> Option<&(dyn Error + 'static)> {}
        fn description(&self) -> &str {}
        fn cause(&self) -> Option<&dyn Error> {}
    }
    impl dyn Error {
        fn is<T>(&self) -> bool {}
        fn downcast_ref<T>(&self) -> Option<&T> {}
        fn downcast_mut<T>(&mut self) -> Option<&mut T> {}
        fn downcast<T>(self: Box<Self>) -> Result<Box<T>, Box<dyn Error>> {}
    }
}
