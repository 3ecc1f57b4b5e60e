//! Iterators. Every adaptor and every collection's iterator is the one type `It`.
//! source: std 1.95 library/core/src/iter/traits/iterator.rs

pub mod iter {
    use crate::cmp::Ordering;

    /// Stands for all of std's iterators over `T`.
    pub struct It<T>;

    pub type Rev<I> = I;
    pub type Skip<I> = I;
    pub type Take<I> = I;
    pub type Fuse<I> = I;
    pub type Cycle<I> = I;
    pub type StepBy<I> = I;
    pub type Peekable<I> = It<<I as Iterator>::Item>;
    pub type Chain<A, B> = A;
    pub type Filter<I, P> = I;
    pub type SkipWhile<I, P> = I;
    pub type TakeWhile<I, P> = I;
    pub type Inspect<I, F> = I;
    pub type Enumerate<I> = It<(usize, <I as Iterator>::Item)>;
    pub type Zip<A, B> = It<(<A as Iterator>::Item, <B as Iterator>::Item)>;
    pub type Once<T> = It<T>;
    pub type Empty<T> = It<T>;
    pub type Repeat<T> = It<T>;
    pub struct Map<I, F>;
    impl<U, I: Iterator, F: FnMut(<I as Iterator>::Item) -> U> Iterator for Map<I, F> {
        type Item = U;
    }
    pub struct FilterMap<I, F>;
    impl<U, I: Iterator, F: FnMut(<I as Iterator>::Item) -> Option<U>> Iterator for FilterMap<I, F> {
        type Item = U;
    }
    pub struct Cloned<I>;
    impl<'a, T, I: Iterator<Item = &'a T>> Iterator for Cloned<I> {
        type Item = T;
    }
    pub struct Copied<I>;
    impl<'a, T, I: Iterator<Item = &'a T>> Iterator for Copied<I> {
        type Item = T;
    }
    pub struct FlatMap<I, U, F>;
    impl<I, U: IntoIterator, F> Iterator for FlatMap<I, U, F> {
        type Item = <U as IntoIterator>::Item;
    }
    pub struct Flatten<I>;
    impl<U: IntoIterator, I: Iterator<Item = U>> Iterator for Flatten<I> {
        type Item = <U as IntoIterator>::Item;
    }
    pub struct FromFn<F>;
    impl<T, F: FnMut() -> Option<T>> Iterator for FromFn<F> {
        type Item = T;
    }

    impl<T> Iterator for It<T> {
        type Item = T;
    }
    impl<T> DoubleEndedIterator for It<T> {}
    impl<T> ExactSizeIterator for It<T> {}
    impl<T> FusedIterator for It<T> {}
    impl<T> Clone for It<T> {
        fn clone(&self) -> Self {}
    }
    /// What single iterators have of their own: `Peekable`, `Chars`, slices' iterators.
    impl<T> It<T> {
        fn peek(&mut self) -> Option<&T> {}
        fn peek_mut(&mut self) -> Option<&mut T> {}
        fn next_if(&mut self, f: impl FnOnce(&T) -> bool) -> Option<T> {}
        fn next_if_eq<R>(&mut self, expected: &R) -> Option<T> {}
        fn as_str(&self) -> &str {}
        fn as_slice(&self) -> &[T] {}
        fn remainder(&self) -> &[T] {}
        fn into_remainder(self) -> &[T] {}
        fn offset(&self) -> usize {}
    }

    pub trait Iterator {
        type Item;
        fn next(&mut self) -> Option<Self::Item> {}
        fn size_hint(&self) -> (usize, Option<usize>) {}
        fn count(self) -> usize {}
        fn last(self) -> Option<Self::Item> {}
        fn nth(&mut self, n: usize) -> Option<Self::Item> {}
        fn step_by(self, step: usize) -> It<Self::Item> {}
        fn chain<U>(self, other: U) -> It<Self::Item> {}
        fn zip<U: IntoIterator>(self, other: U) -> It<(Self::Item, <U as IntoIterator>::Item)> {}
        fn map<B, F: FnMut(Self::Item) -> B>(self, f: F) -> It<B> {}
        fn for_each<F: FnMut(Self::Item)>(self, f: F) {}
        fn filter<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> It<Self::Item> {}
        fn filter_map<B, F: FnMut(Self::Item) -> Option<B>>(self, f: F) -> It<B> {}
        fn enumerate(self) -> It<(usize, Self::Item)> {}
        fn peekable(self) -> It<Self::Item> {}
        fn skip_while<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> It<Self::Item> {}
        fn take_while<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> It<Self::Item> {}
        fn map_while<B, P: FnMut(Self::Item) -> Option<B>>(self, predicate: P) -> It<B> {}
        fn skip(self, n: usize) -> It<Self::Item> {}
        fn take(self, n: usize) -> It<Self::Item> {}
        fn scan<St, B, F: FnMut(&mut St, Self::Item) -> Option<B>>(self, initial: St, f: F) -> It<B> {}
        fn flat_map<U: IntoIterator, F: FnMut(Self::Item) -> U>(self, f: F) -> It<<U as IntoIterator>::Item> {}
        fn flatten(self) -> It<<Self::Item as IntoIterator>::Item> {}
        fn fuse(self) -> It<Self::Item> {}
        fn inspect<F: FnMut(&Self::Item)>(self, f: F) -> It<Self::Item> {}
        fn by_ref(&mut self) -> &mut Self {}
        #[fx(alloc)] fn collect<B: FromIterator<Self::Item>>(self) -> B {}
        #[fx(alloc)] fn partition<B: Default + Extend<Self::Item>, F: FnMut(&Self::Item) -> bool>(self, f: F) -> (B, B) {}
        fn is_partitioned<P: FnMut(Self::Item) -> bool>(self, predicate: P) -> bool {}
        fn try_fold<B, F: FnMut(B, Self::Item) -> R, R>(&mut self, init: B, f: F) -> R {}
        fn try_for_each<F: FnMut(Self::Item) -> R, R>(&mut self, f: F) -> R {}
        fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, f: F) -> B {}
        fn reduce<F: FnMut(Self::Item, Self::Item) -> Self::Item>(self, f: F) -> Option<Self::Item> {}
        fn all<F: FnMut(Self::Item) -> bool>(&mut self, f: F) -> bool {}
        fn any<F: FnMut(Self::Item) -> bool>(&mut self, f: F) -> bool {}
        fn find<P: FnMut(&Self::Item) -> bool>(&mut self, predicate: P) -> Option<Self::Item> {}
        fn find_map<B, F: FnMut(Self::Item) -> Option<B>>(&mut self, f: F) -> Option<B> {}
        fn position<P: FnMut(Self::Item) -> bool>(&mut self, predicate: P) -> Option<usize> {}
        fn rposition<P: FnMut(Self::Item) -> bool>(&mut self, predicate: P) -> Option<usize> {}
        fn max(self) -> Option<Self::Item> {}
        fn min(self) -> Option<Self::Item> {}
        fn max_by_key<B, F: FnMut(&Self::Item) -> B>(self, f: F) -> Option<Self::Item> {}
        fn max_by<F: FnMut(&Self::Item, &Self::Item) -> Ordering>(self, compare: F) -> Option<Self::Item> {}
        fn min_by_key<B, F: FnMut(&Self::Item) -> B>(self, f: F) -> Option<Self::Item> {}
        fn min_by<F: FnMut(&Self::Item, &Self::Item) -> Ordering>(self, compare: F) -> Option<Self::Item> {}
        fn rev(self) -> It<Self::Item> {}
        #[fx(alloc)] fn unzip<A, B, FromA: Default + Extend<A>, FromB: Default + Extend<B>>(self) -> (FromA, FromB) {}
        fn copied<T>(self) -> It<T> where Self: Iterator<Item = &T> {}
        fn cloned<T>(self) -> It<T> where Self: Iterator<Item = &T> {}
        fn cycle(self) -> It<Self::Item> {}
        fn sum<S: Sum<Self::Item>>(self) -> S {}
        fn product<P: Product<Self::Item>>(self) -> P {}
        fn cmp<I: IntoIterator>(self, other: I) -> Ordering {}
        fn partial_cmp<I: IntoIterator>(self, other: I) -> Option<Ordering> {}
        fn eq<I: IntoIterator>(self, other: I) -> bool {}
        fn ne<I: IntoIterator>(self, other: I) -> bool {}
        fn lt<I: IntoIterator>(self, other: I) -> bool {}
        fn is_sorted(self) -> bool {}
    }
    pub trait DoubleEndedIterator: Iterator {
        fn next_back(&mut self) -> Option<Self::Item> {}
        fn nth_back(&mut self, n: usize) -> Option<Self::Item> {}
        fn rfold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, f: F) -> B {}
        fn try_rfold<B, F: FnMut(B, Self::Item) -> R, R>(&mut self, init: B, f: F) -> R {}
        fn rfind<P: FnMut(&Self::Item) -> bool>(&mut self, predicate: P) -> Option<Self::Item> {}
    }
    pub trait ExactSizeIterator: Iterator {
        fn len(&self) -> usize {}
    }
    pub trait FusedIterator: Iterator {}
    pub trait TrustedLen: Iterator {}

    pub trait IntoIterator {
        type Item;
        type IntoIter: Iterator<Item = Self::Item>;
        fn into_iter(self) -> Self::IntoIter {}
    }
    impl<I: Iterator> IntoIterator for I {
        type Item = <I as Iterator>::Item;
        type IntoIter = I;
        fn into_iter(self) -> I {}
    }
    impl<I: Iterator> Iterator for &mut I {
        type Item = <I as Iterator>::Item;
    }
    pub trait FromIterator<A> {
        fn from_iter<T: IntoIterator<Item = A>>(iter: T) -> Self;
    }
    pub trait Extend<A> {
        fn extend<T: IntoIterator<Item = A>>(&mut self, iter: T);
    }
    pub trait Sum<A = Self> {
        fn sum<I: Iterator<Item = A>>(iter: I) -> Self;
    }
    pub trait Product<A = Self> {
        fn product<I: Iterator<Item = A>>(iter: I) -> Self;
    }

    pub fn once<T>(value: T) -> It<T> {}
    pub fn once_with<T, F: FnOnce() -> T>(f: F) -> It<T> {}
    pub fn empty<T>() -> It<T> {}
    pub fn repeat<T>(value: T) -> It<T> {}
    pub fn repeat_n<T>(value: T, count: usize) -> It<T> {}
    pub fn repeat_with<T, F: FnMut() -> T>(f: F) -> It<T> {}
    pub fn from_fn<T, F: FnMut() -> Option<T>>(f: F) -> It<T> {}
    pub fn successors<T, F: FnMut(&T) -> Option<T>>(first: Option<T>, succ: F) -> It<T> {}
    pub fn zip<A: IntoIterator, B: IntoIterator>(a: A, b: B) -> It<(<A as IntoIterator>::Item, <B as IntoIterator>::Item)> {}
    pub fn chain<A: IntoIterator, B>(a: A, b: B) -> It<<A as IntoIterator>::Item> {}
}
