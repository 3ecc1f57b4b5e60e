//! `Option` and `Result`: most methods show the value from another side; only `unwrap` and `expect` panic.
//! source: std 1.95 library/core/src/option.rs, library/core/src/result.rs

pub mod option {
    use crate::iter::It;
    use crate::ops::{Deref, DerefMut};
    use crate::pin::Pin;

    pub enum Option<T> {
        None,
        Some(T),
    }
    pub type Iter<'a, T> = It<&'a T>;
    pub type IterMut<'a, T> = It<&'a mut T>;
    pub type IntoIter<T> = It<T>;

    impl<T> Option<T> {
        fn is_some(&self) -> bool {}
        fn is_some_and(self, f: impl FnOnce(T) -> bool) -> bool {}
        fn is_none(&self) -> bool {}
        fn is_none_or(self, f: impl FnOnce(T) -> bool) -> bool {}
        #[role(transparent)] fn as_ref(&self) -> Option<&T> {}
        #[role(transparent)] fn as_mut(&mut self) -> Option<&mut T> {}
        #[role(transparent)] fn as_pin_ref(self: Pin<&Self>) -> Option<Pin<&T>> {}
        #[role(transparent)] fn as_pin_mut(self: Pin<&mut Self>) -> Option<Pin<&mut T>> {}
        #[role(transparent)] fn as_slice(&self) -> &[T] {}
        #[role(transparent)] fn as_deref(&self) -> Option<&<T as Deref>::Target> where T: Deref {}
        #[role(transparent)] fn as_deref_mut(&mut self) -> Option<&mut <T as Deref>::Target> where T: DerefMut {}
        #[fx(panic)] #[role(transparent)] fn expect(self, msg: &str) -> T {}
        #[fx(panic)] #[role(transparent)] fn unwrap(self) -> T {}
        #[role(transparent)] fn unwrap_or(self, default: T) -> T {}
        #[role(transparent)] fn unwrap_or_else<F: FnOnce() -> T>(self, f: F) -> T {}
        #[role(transparent)] fn unwrap_or_default(self) -> T {}
        #[role(transparent)] fn unwrap_unchecked(self) -> T {}
        fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Option<U> {}
        #[role(transparent)] fn inspect<F: FnOnce(&T)>(self, f: F) -> Option<T> {}
        fn map_or<U, F: FnOnce(T) -> U>(self, default: U, f: F) -> U {}
        fn map_or_else<U, D: FnOnce() -> U, F: FnOnce(T) -> U>(self, default: D, f: F) -> U {}
        #[role(transparent)] fn ok_or<E>(self, err: E) -> Result<T, E> {}
        #[role(transparent)] fn ok_or_else<E, F: FnOnce() -> E>(self, err: F) -> Result<T, E> {}
        fn iter(&self) -> It<&T> {}
        fn iter_mut(&mut self) -> It<&mut T> {}
        fn and<U>(self, other: Option<U>) -> Option<U> {}
        fn and_then<U, F: FnOnce(T) -> Option<U>>(self, f: F) -> Option<U> {}
        #[role(transparent)] fn filter<P: FnOnce(&T) -> bool>(self, predicate: P) -> Option<T> {}
        #[role(transparent)] fn or(self, other: Option<T>) -> Option<T> {}
        #[role(transparent)] fn or_else<F: FnOnce() -> Option<T>>(self, f: F) -> Option<T> {}
        #[role(transparent)] fn xor(self, other: Option<T>) -> Option<T> {}
        fn insert(&mut self, value: T) -> &mut T {}
        #[role(transparent)] fn get_or_insert(&mut self, value: T) -> &mut T {}
        #[role(transparent)] fn get_or_insert_default(&mut self) -> &mut T {}
        #[role(transparent)] fn get_or_insert_with<F: FnOnce() -> T>(&mut self, f: F) -> &mut T {}
        #[role(transparent)] fn take(&mut self) -> Option<T> {}
        #[role(transparent)] fn take_if<P: FnOnce(&mut T) -> bool>(&mut self, predicate: P) -> Option<T> {}
        #[role(transparent)] fn replace(&mut self, value: T) -> Option<T> {}
        fn zip<U>(self, other: Option<U>) -> Option<(T, U)> {}
    }
    impl<T, U> Option<(T, U)> {
        fn unzip(self) -> (Option<T>, Option<U>) {}
    }
    impl<T> Option<&T> {
        #[role(transparent)] fn copied(self) -> Option<T> {}
        #[role(transparent)] fn cloned(self) -> Option<T> {}
    }
    impl<T> Option<&mut T> {
        #[role(transparent)] fn copied(self) -> Option<T> {}
        #[role(transparent)] fn cloned(self) -> Option<T> {}
    }
    impl<T, E> Option<Result<T, E>> {
        #[role(transparent)] fn transpose(self) -> Result<Option<T>, E> {}
    }
    impl<T> Option<Option<T>> {
        #[role(transparent)] fn flatten(self) -> Option<T> {}
    }
    impl<T: Clone> Clone for Option<T> {
        fn clone(&self) -> Self {}
    }
    impl<T: Copy> Copy for Option<T> {}
    impl<T> Default for Option<T> {
        fn default() -> Option<T> {}
    }
    impl<T> From<T> for Option<T> {
        fn from(value: T) -> Option<T> {}
    }
    impl<T> IntoIterator for Option<T> {
        type Item = T;
        type IntoIter = It<T>;
        fn into_iter(self) -> It<T> {}
    }
    impl<'a, T> IntoIterator for &'a Option<T> {
        type Item = &'a T;
        type IntoIter = It<&'a T>;
        fn into_iter(self) -> It<&'a T> {}
    }
    impl<'a, T> IntoIterator for &'a mut Option<T> {
        type Item = &'a mut T;
        type IntoIter = It<&'a mut T>;
        fn into_iter(self) -> It<&'a mut T> {}
    }
}

pub mod result {
    use crate::iter::It;
    use crate::ops::{Deref, DerefMut};

    pub enum Result<T, E> {
        Ok(T),
        Err(E),
    }
    pub type Iter<'a, T> = It<&'a T>;
    pub type IterMut<'a, T> = It<&'a mut T>;
    pub type IntoIter<T> = It<T>;

    impl<T, E> Result<T, E> {
        fn is_ok(&self) -> bool {}
        fn is_ok_and(self, f: impl FnOnce(T) -> bool) -> bool {}
        fn is_err(&self) -> bool {}
        fn is_err_and(self, f: impl FnOnce(E) -> bool) -> bool {}
        #[role(transparent)] fn ok(self) -> Option<T> {}
        #[role(transparent)] fn err(self) -> Option<E> {}
        #[role(transparent)] fn as_ref(&self) -> Result<&T, &E> {}
        #[role(transparent)] fn as_mut(&mut self) -> Result<&mut T, &mut E> {}
        fn map<U, F: FnOnce(T) -> U>(self, op: F) -> Result<U, E> {}
        fn map_or<U, F: FnOnce(T) -> U>(self, default: U, f: F) -> U {}
        fn map_or_else<U, D: FnOnce(E) -> U, F: FnOnce(T) -> U>(self, default: D, f: F) -> U {}
        #[role(transparent)] fn map_err<F, O: FnOnce(E) -> F>(self, op: O) -> Result<T, F> {}
        #[role(transparent)] fn inspect<F: FnOnce(&T)>(self, f: F) -> Result<T, E> {}
        #[role(transparent)] fn inspect_err<F: FnOnce(&E)>(self, f: F) -> Result<T, E> {}
        #[role(transparent)] fn as_deref(&self) -> Result<&<T as Deref>::Target, &E> where T: Deref {}
        #[role(transparent)] fn as_deref_mut(&mut self) -> Result<&mut <T as Deref>::Target, &mut E> where T: DerefMut {}
        fn iter(&self) -> It<&T> {}
        fn iter_mut(&mut self) -> It<&mut T> {}
        /// Formats the error with `Debug` into the panic's message.
        #[fx(panic, format)] #[role(transparent)] fn expect(self, msg: &str) -> T {}
        #[fx(panic, format)] #[role(transparent)] fn unwrap(self) -> T {}
        #[role(transparent)] fn unwrap_or_default(self) -> T {}
        #[fx(panic, format)] #[role(transparent)] fn expect_err(self, msg: &str) -> E {}
        #[fx(panic, format)] #[role(transparent)] fn unwrap_err(self) -> E {}
        fn and<U>(self, res: Result<U, E>) -> Result<U, E> {}
        fn and_then<U, F: FnOnce(T) -> Result<U, E>>(self, op: F) -> Result<U, E> {}
        #[role(transparent)] fn or<F>(self, res: Result<T, F>) -> Result<T, F> {}
        #[role(transparent)] fn or_else<F, O: FnOnce(E) -> Result<T, F>>(self, op: O) -> Result<T, F> {}
        #[role(transparent)] fn unwrap_or(self, default: T) -> T {}
        #[role(transparent)] fn unwrap_or_else<F: FnOnce(E) -> T>(self, op: F) -> T {}
        #[role(transparent)] fn unwrap_unchecked(self) -> T {}
        #[role(transparent)] fn unwrap_err_unchecked(self) -> E {}
    }
    impl<T, E> Result<&T, E> {
        #[role(transparent)] fn copied(self) -> Result<T, E> {}
        #[role(transparent)] fn cloned(self) -> Result<T, E> {}
    }
    impl<T, E> Result<Option<T>, E> {
        #[role(transparent)] fn transpose(self) -> Option<Result<T, E>> {}
    }
    impl<T, E> Result<Result<T, E>, E> {
        #[role(transparent)] fn flatten(self) -> Result<T, E> {}
    }
    impl<T: Clone, E: Clone> Clone for Result<T, E> {
        fn clone(&self) -> Self {}
    }
    impl<T: Copy, E: Copy> Copy for Result<T, E> {}
    impl<T, E> IntoIterator for Result<T, E> {
        type Item = T;
        type IntoIter = It<T>;
        fn into_iter(self) -> It<T> {}
    }
    impl<'a, T, E> IntoIterator for &'a Result<T, E> {
        type Item = &'a T;
        type IntoIter = It<&'a T>;
        fn into_iter(self) -> It<&'a T> {}
    }
}
