//! `Vec`, slices and arrays.
//! source: std 1.95 library/alloc/src/vec/mod.rs, library/alloc/src/slice.rs, library/core/src/slice/mod.rs

pub mod vec {
    use crate::collections::TryReserveError;
    use crate::iter::It;
    use crate::ops::{Deref, DerefMut, Index, IndexMut};

    pub struct Vec<T>;
    pub type IntoIter<T> = It<T>;
    pub type Drain<'a, T> = It<T>;
    pub type Splice<'a, I> = I;

    impl<T> Vec<T> {
        fn new() -> Vec<T> {}
        #[fx(alloc)] fn with_capacity(capacity: usize) -> Vec<T> {}
        #[fx(alloc)] fn try_with_capacity(capacity: usize) -> Result<Vec<T>, TryReserveError> {}
        fn from_raw_parts(ptr: *mut T, length: usize, capacity: usize) -> Vec<T> {}
        fn into_raw_parts(self) -> (*mut T, usize, usize) {}
        fn capacity(&self) -> usize {}
        #[fx(alloc)] fn reserve(&mut self, additional: usize) {}
        #[fx(alloc)] fn reserve_exact(&mut self, additional: usize) {}
        #[fx(alloc)] fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {}
        #[fx(alloc)] fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {}
        #[fx(alloc)] fn shrink_to_fit(&mut self) {}
        #[fx(alloc)] fn shrink_to(&mut self, min_capacity: usize) {}
        #[fx(alloc)] fn into_boxed_slice(self) -> Box<[T]> {}
        fn truncate(&mut self, len: usize) {}
        fn as_slice(&self) -> &[T] {}
        fn as_mut_slice(&mut self) -> &mut [T] {}
        fn as_ptr(&self) -> *const T {}
        fn as_mut_ptr(&mut self) -> *mut T {}
        fn set_len(&mut self, new_len: usize) {}
        fn swap_remove(&mut self, index: usize) -> T {}
        #[fx(alloc)] fn insert(&mut self, index: usize, element: T) {}
        fn remove(&mut self, index: usize) -> T {}
        fn retain<F: FnMut(&T) -> bool>(&mut self, f: F) {}
        fn retain_mut<F: FnMut(&mut T) -> bool>(&mut self, f: F) {}
        fn dedup(&mut self) {}
        fn dedup_by_key<F: FnMut(&mut T) -> K, K>(&mut self, key: F) {}
        fn dedup_by<F: FnMut(&mut T, &mut T) -> bool>(&mut self, same: F) {}
        #[fx(alloc)] fn push(&mut self, value: T) {}
        #[fx(alloc)] fn push_mut(&mut self, value: T) -> &mut T {}
        fn push_within_capacity(&mut self, value: T) -> Result<(), T> {}
        fn pop(&mut self) -> Option<T> {}
        fn pop_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {}
        #[fx(alloc)] fn append(&mut self, other: &mut Vec<T>) {}
        fn drain<R>(&mut self, range: R) -> It<T> {}
        fn extract_if<F: FnMut(&mut T) -> bool, R>(&mut self, range: R, filter: F) -> It<T> {}
        fn clear(&mut self) {}
        fn len(&self) -> usize {}
        fn is_empty(&self) -> bool {}
        #[fx(alloc)] fn split_off(&mut self, at: usize) -> Vec<T> {}
        #[fx(alloc)] fn resize_with<F: FnMut() -> T>(&mut self, new_len: usize, f: F) {}
        fn leak<'a>(self) -> &'a mut [T] {}
        fn spare_capacity_mut(&mut self) -> &mut [crate::mem::MaybeUninit<T>] {}
        #[fx(alloc)] fn resize(&mut self, new_len: usize, value: T) {}
        #[fx(alloc)] fn extend_from_slice(&mut self, other: &[T]) {}
        #[fx(alloc)] fn extend_from_within<R>(&mut self, src: R) {}
        #[fx(alloc)] fn splice<R, I>(&mut self, range: R, replace_with: I) -> It<T> {}
    }
    impl<T> Deref for Vec<T> {
        type Target = [T];
        fn deref(&self) -> &[T] {}
    }
    impl<T> DerefMut for Vec<T> {
        fn deref_mut(&mut self) -> &mut [T] {}
    }
    impl<T, I> Index<I> for Vec<T> {
        type Output = <[T] as Index<I>>::Output;
        fn index(&self, index: I) -> &Self::Output {}
    }
    impl<T, I> IndexMut<I> for Vec<T> {
        fn index_mut(&mut self, index: I) -> &mut Self::Output {}
    }
    impl<T: Clone> Clone for Vec<T> {
        #[fx(alloc)] fn clone(&self) -> Self {}
        #[fx(alloc)] fn clone_from(&mut self, source: &Self) {}
    }
    impl<T> Default for Vec<T> {
        fn default() -> Vec<T> {}
    }
    /// Slices, arrays and strings are copied; a `String`, a box or a `BinaryHeap` gives its own buffer.
    impl<T, S> From<S> for Vec<T> {
        #[fx(alloc)] fn from(s: S) -> Vec<T> {}
    }
    impl<T> FromIterator<T> for Vec<T> {
        #[fx(alloc)] fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Vec<T> {}
    }
    impl<T, A> Extend<A> for Vec<T> {
        #[fx(alloc)] fn extend<I: IntoIterator<Item = A>>(&mut self, iter: I) {}
    }
    impl<T> IntoIterator for Vec<T> {
        type Item = T;
        type IntoIter = It<T>;
        fn into_iter(self) -> It<T> {}
    }
    impl<'a, T> IntoIterator for &'a Vec<T> {
        type Item = &'a T;
        type IntoIter = It<&'a T>;
        fn into_iter(self) -> It<&'a T> {}
    }
    impl<'a, T> IntoIterator for &'a mut Vec<T> {
        type Item = &'a mut T;
        type IntoIter = It<&'a mut T>;
        fn into_iter(self) -> It<&'a mut T> {}
    }
    impl<T> AsRef<[T]> for Vec<T> {
        fn as_ref(&self) -> &[T] {}
    }
    impl<T> AsMut<[T]> for Vec<T> {
        fn as_mut(&mut self) -> &mut [T] {}
    }
}

pub mod slice {
    use crate::cmp::Ordering;
    use crate::iter::It;
    use crate::ops::{Index, IndexMut, Range};

    pub type Iter<'a, T> = It<&'a T>;
    pub type IterMut<'a, T> = It<&'a mut T>;
    pub type Chunks<'a, T> = It<&'a [T]>;
    pub type ChunksMut<'a, T> = It<&'a mut [T]>;
    pub type ChunksExact<'a, T> = It<&'a [T]>;
    pub type Windows<'a, T> = It<&'a [T]>;
    pub type Split<'a, T, P> = It<&'a [T]>;
    pub trait SliceIndex<T> {
        type Output;
    }
    pub trait Join<Separator> {
        type Output;
    }
    pub trait Concat<Item> {
        type Output;
    }
    pub fn from_raw_parts<'a, T>(data: *const T, len: usize) -> &'a [T] {}
    pub fn from_raw_parts_mut<'a, T>(data: *mut T, len: usize) -> &'a mut [T] {}
    pub fn from_ref<T>(s: &T) -> &[T] {}
    pub fn from_mut<T>(s: &mut T) -> &mut [T] {}

    impl<T> [T] {
        fn len(&self) -> usize {}
        fn is_empty(&self) -> bool {}
        fn first(&self) -> Option<&T> {}
        fn first_mut(&mut self) -> Option<&mut T> {}
        fn first_chunk<const N: usize>(&self) -> Option<&[T; N]> {}
        fn last_chunk<const N: usize>(&self) -> Option<&[T; N]> {}
        fn split_first(&self) -> Option<(&T, &[T])> {}
        fn split_last(&self) -> Option<(&T, &[T])> {}
        fn split_last_mut(&mut self) -> Option<(&mut T, &mut [T])> {}
        fn split_first_chunk<const N: usize>(&self) -> Option<(&[T; N], &[T])> {}
        fn split_last_chunk<const N: usize>(&self) -> Option<(&[T], &[T; N])> {}
        fn array_windows<const N: usize>(&self) -> It<&[T; N]> {}
        fn rchunks_exact(&self, chunk_size: usize) -> It<&[T]> {}
        fn split_first_mut(&mut self) -> Option<(&mut T, &mut [T])> {}
        fn last(&self) -> Option<&T> {}
        fn last_mut(&mut self) -> Option<&mut T> {}
        fn get<I: SliceIndex<[T]>>(&self, index: I) -> Option<&<I as SliceIndex<[T]>>::Output> {}
        fn get_mut<I: SliceIndex<[T]>>(&mut self, index: I) -> Option<&mut <I as SliceIndex<[T]>>::Output> {}
        fn get_unchecked<I: SliceIndex<[T]>>(&self, index: I) -> &<I as SliceIndex<[T]>>::Output {}
        fn get_unchecked_mut<I: SliceIndex<[T]>>(&mut self, index: I) -> &mut <I as SliceIndex<[T]>>::Output {}
        fn as_ptr(&self) -> *const T {}
        fn as_mut_ptr(&mut self) -> *mut T {}
        fn as_ptr_range(&self) -> Range<*const T> {}
        fn as_slice(&self) -> &[T] {}
        fn as_mut_slice(&mut self) -> &mut [T] {}
        fn as_array<const N: usize>(&self) -> Option<&[T; N]> {}
        fn swap(&mut self, a: usize, b: usize) {}
        fn reverse(&mut self) {}
        fn iter(&self) -> It<&T> {}
        fn iter_mut(&mut self) -> It<&mut T> {}
        fn windows(&self, size: usize) -> It<&[T]> {}
        fn chunks(&self, chunk_size: usize) -> It<&[T]> {}
        fn chunks_mut(&mut self, chunk_size: usize) -> It<&mut [T]> {}
        fn chunks_exact(&self, chunk_size: usize) -> It<&[T]> {}
        fn chunks_exact_mut(&mut self, chunk_size: usize) -> It<&mut [T]> {}
        fn rchunks(&self, chunk_size: usize) -> It<&[T]> {}
        fn chunk_by<F: FnMut(&T, &T) -> bool>(&self, pred: F) -> It<&[T]> {}
        fn as_chunks<const N: usize>(&self) -> (&[[T; N]], &[T]) {}
        fn split_at(&self, mid: usize) -> (&[T], &[T]) {}
        fn split_at_mut(&mut self, mid: usize) -> (&mut [T], &mut [T]) {}
        fn split_at_checked(&self, mid: usize) -> Option<(&[T], &[T])> {}
        fn split<F: FnMut(&T) -> bool>(&self, pred: F) -> It<&[T]> {}
        fn split_mut<F: FnMut(&T) -> bool>(&mut self, pred: F) -> It<&mut [T]> {}
        fn split_inclusive<F: FnMut(&T) -> bool>(&self, pred: F) -> It<&[T]> {}
        fn rsplit<F: FnMut(&T) -> bool>(&self, pred: F) -> It<&[T]> {}
        fn splitn<F: FnMut(&T) -> bool>(&self, n: usize, pred: F) -> It<&[T]> {}
        fn rsplitn<F: FnMut(&T) -> bool>(&self, n: usize, pred: F) -> It<&[T]> {}
        fn contains(&self, x: &T) -> bool {}
        fn starts_with(&self, needle: &[T]) -> bool {}
        fn ends_with(&self, needle: &[T]) -> bool {}
        fn strip_prefix<P>(&self, prefix: &P) -> Option<&[T]> {}
        fn strip_suffix<P>(&self, suffix: &P) -> Option<&[T]> {}
        fn binary_search(&self, x: &T) -> Result<usize, usize> {}
        fn binary_search_by<F: FnMut(&T) -> Ordering>(&self, f: F) -> Result<usize, usize> {}
        fn binary_search_by_key<B, F: FnMut(&T) -> B>(&self, b: &B, f: F) -> Result<usize, usize> {}
        fn partition_point<P: FnMut(&T) -> bool>(&self, pred: P) -> usize {}
        fn sort_unstable(&mut self) {}
        fn sort_unstable_by<F: FnMut(&T, &T) -> Ordering>(&mut self, compare: F) {}
        fn sort_unstable_by_key<K, F: FnMut(&T) -> K>(&mut self, f: F) {}
        fn select_nth_unstable(&mut self, index: usize) -> (&mut [T], &mut T, &mut [T]) {}
        fn rotate_left(&mut self, mid: usize) {}
        fn rotate_right(&mut self, k: usize) {}
        fn fill(&mut self, value: T) {}
        fn fill_with<F: FnMut() -> T>(&mut self, f: F) {}
        fn clone_from_slice(&mut self, src: &[T]) {}
        fn copy_from_slice(&mut self, src: &[T]) {}
        fn copy_within<R>(&mut self, src: R, dest: usize) {}
        fn swap_with_slice(&mut self, other: &mut [T]) {}
        fn align_to<U>(&self) -> (&[T], &[U], &[T]) {}
        fn is_sorted(&self) -> bool {}
        fn is_sorted_by_key<K, F: FnMut(&T) -> K>(&self, f: F) -> bool {}
        fn get_disjoint_mut<I, const N: usize>(&mut self, indices: [I; N]) -> Result<[&mut T; N], GetDisjointMutError> {}
        /// Stable sorts use a buffer of their own for all but short slices.
        #[fx(alloc)] fn sort(&mut self) {}
        #[fx(alloc)] fn sort_by<F: FnMut(&T, &T) -> Ordering>(&mut self, compare: F) {}
        #[fx(alloc)] fn sort_by_key<K, F: FnMut(&T) -> K>(&mut self, f: F) {}
        #[fx(alloc)] fn sort_by_cached_key<K, F: FnMut(&T) -> K>(&mut self, f: F) {}
        #[fx(alloc)] fn to_vec(&self) -> Vec<T> {}
        fn into_vec(self: Box<[T]>) -> Vec<T> {}
        #[fx(alloc)] fn repeat(&self, n: usize) -> Vec<T> {}
        #[fx(alloc)] fn concat<Item>(&self) -> <[T] as Concat<Item>>::Output {}
        #[fx(alloc)] fn join<Separator>(&self, sep: Separator) -> <[T] as Join<Separator>>::Output {}
    }
    pub struct GetDisjointMutError;
    impl [u8] {
        fn is_ascii(&self) -> bool {}
        fn eq_ignore_ascii_case(&self, other: &[u8]) -> bool {}
        fn make_ascii_uppercase(&mut self) {}
        fn make_ascii_lowercase(&mut self) {}
        fn escape_ascii(&self) -> It<u8> {}
        fn trim_ascii(&self) -> &[u8] {}
        fn trim_ascii_start(&self) -> &[u8] {}
        fn trim_ascii_end(&self) -> &[u8] {}
        fn utf8_chunks(&self) -> It<&[u8]> {}
        #[fx(alloc)] fn to_ascii_uppercase(&self) -> Vec<u8> {}
        #[fx(alloc)] fn to_ascii_lowercase(&self) -> Vec<u8> {}
    }
    impl<T> SliceIndex<[T]> for usize {
        type Output = T;
    }
    impl<T, R: crate::ops::RangeBounds<usize>> SliceIndex<[T]> for R {
        type Output = [T];
    }
    impl<T, I: SliceIndex<[T]>> Index<I> for [T] {
        type Output = <I as SliceIndex<[T]>>::Output;
        fn index(&self, index: I) -> &Self::Output {}
    }
    impl<T, I: SliceIndex<[T]>> IndexMut<I> for [T] {
        fn index_mut(&mut self, index: I) -> &mut Self::Output {}
    }
    impl Join<&str> for [String] {
        type Output = String;
    }
    impl Join<&str> for [&str] {
        type Output = String;
    }
    impl<T> Join<&T> for [Vec<T>] {
        type Output = Vec<T>;
    }
    impl Concat<str> for [String] {
        type Output = String;
    }
    impl Concat<str> for [&str] {
        type Output = String;
    }
    impl<T> Concat<T> for [Vec<T>] {
        type Output = Vec<T>;
    }
    impl<T: Clone> ToOwned for [T] {
        type Owned = Vec<T>;
        #[fx(alloc)] fn to_owned(&self) -> Vec<T> {}
    }
    impl<T> AsRef<[T]> for [T] {
        fn as_ref(&self) -> &[T] {}
    }
    impl<'a, T> IntoIterator for &'a [T] {
        type Item = &'a T;
        type IntoIter = It<&'a T>;
        fn into_iter(self) -> It<&'a T> {}
    }
    impl<'a, T> IntoIterator for &'a mut [T] {
        type Item = &'a mut T;
        type IntoIter = It<&'a mut T>;
        fn into_iter(self) -> It<&'a mut T> {}
    }
}

pub mod array {
    use crate::iter::It;

    pub struct TryFromSliceError;
    pub type IntoIter<T, const N: usize> = It<T>;
    pub fn from_fn<T, const N: usize, F: FnMut(usize) -> T>(f: F) -> [T; N] {}
    pub fn from_ref<T>(s: &T) -> &[T; 1] {}

    impl<T, const N: usize> [T; N] {
        fn map<F: FnMut(T) -> U, U>(self, f: F) -> [U; N] {}
        fn as_slice(&self) -> &[T] {}
        fn as_mut_slice(&mut self) -> &mut [T] {}
        fn each_ref(&self) -> [&T; N] {}
        fn each_mut(&mut self) -> [&mut T; N] {}
    }
    impl<T: Clone, const N: usize> Clone for [T; N] {
        fn clone(&self) -> Self {}
    }
    impl<T, const N: usize> IntoIterator for [T; N] {
        type Item = T;
        type IntoIter = It<T>;
        fn into_iter(self) -> It<T> {}
    }
    impl<'a, T, const N: usize> IntoIterator for &'a [T; N] {
        type Item = &'a T;
        type IntoIter = It<&'a T>;
        fn into_iter(self) -> It<&'a T> {}
    }
    impl<'a, T, const N: usize> IntoIterator for &'a mut [T; N] {
        type Item = &'a mut T;
        type IntoIter = It<&'a mut T>;
        fn into_iter(self) -> It<&'a mut T> {}
    }
    impl<T, const N: usize> AsRef<[T]> for [T; N] {
        fn as_ref(&self) -> &[T] {}
    }
    impl<T, const N: usize> TryFrom<&[T]> for [T; N] {
        type Error = TryFromSliceError;
        fn try_from(slice: &[T]) -> Result<[T; N], TryFromSliceError> {}
    }
}
