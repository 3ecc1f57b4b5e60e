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
        pub fn is_some(&self) -> bool {}
        pub fn is_some_and(self, f: impl FnOnce(T) -> bool) -> bool {}
        pub fn is_none(&self) -> bool {}
        pub fn is_none_or(self, f: impl FnOnce(T) -> bool) -> bool {}
        #[role(transparent)] pub fn as_ref(&self) -> Option<&T> {}
        #[role(transparent)] pub fn as_mut(&mut self) -> Option<&mut T> {}
        #[role(transparent)] pub fn as_pin_ref(self: Pin<&Self>) -> Option<Pin<&T>> {}
        #[role(transparent)] pub fn as_pin_mut(self: Pin<&mut Self>) -> Option<Pin<&mut T>> {}
        #[role(transparent)] pub fn as_slice(&self) -> &[T] {}
        #[role(transparent)] pub fn as_deref(&self) -> Option<&<T as Deref>::Target> where T: Deref {}
        #[role(transparent)] pub fn as_deref_mut(&mut self) -> Option<&mut <T as Deref>::Target> where T: DerefMut {}
        #[fx(panic)] #[role(transparent)] pub fn expect(self, msg: &str) -> T {}
        #[fx(panic)] #[role(transparent)] pub fn unwrap(self) -> T {}
        #[role(transparent)] pub fn unwrap_or(self, default: T) -> T {}
        #[role(transparent)] pub fn unwrap_or_else<F: FnOnce() -> T>(self, f: F) -> T {}
        #[role(transparent)] pub fn unwrap_or_default(self) -> T {}
        #[role(transparent)] pub fn unwrap_unchecked(self) -> T {}
        pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Option<U> {}
        #[role(transparent)] pub fn inspect<F: FnOnce(&T)>(self, f: F) -> Option<T> {}
        pub fn map_or<U, F: FnOnce(T) -> U>(self, default: U, f: F) -> U {}
        pub fn map_or_else<U, D: FnOnce() -> U, F: FnOnce(T) -> U>(self, default: D, f: F) -> U {}
        #[role(transparent)] pub fn ok_or<E>(self, err: E) -> Result<T, E> {}
        #[role(transparent)] pub fn ok_or_else<E, F: FnOnce() -> E>(self, err: F) -> Result<T, E> {}
        pub fn iter(&self) -> It<&T> {}
        pub fn iter_mut(&mut self) -> It<&mut T> {}
        pub fn and<U>(self, other: Option<U>) -> Option<U> {}
        pub fn and_then<U, F: FnOnce(T) -> Option<U>>(self, f: F) -> Option<U> {}
        #[role(transparent)] pub fn filter<P: FnOnce(&T) -> bool>(self, predicate: P) -> Option<T> {}
        #[role(transparent)] pub fn or(self, other: Option<T>) -> Option<T> {}
        #[role(transparent)] pub fn or_else<F: FnOnce() -> Option<T>>(self, f: F) -> Option<T> {}
        #[role(transparent)] pub fn xor(self, other: Option<T>) -> Option<T> {}
        pub fn insert(&mut self, value: T) -> &mut T {}
        #[role(transparent)] pub fn get_or_insert(&mut self, value: T) -> &mut T {}
        #[role(transparent)] pub fn get_or_insert_default(&mut self) -> &mut T {}
        #[role(transparent)] pub fn get_or_insert_with<F: FnOnce() -> T>(&mut self, f: F) -> &mut T {}
        #[role(transparent)] pub fn take(&mut self) -> Option<T> {}
        #[role(transparent)] pub fn take_if<P: FnOnce(&mut T) -> bool>(&mut self, predicate: P) -> Option<T> {}
        #[role(transparent)] pub fn replace(&mut self, value: T) -> Option<T> {}
        pub fn zip<U>(self, other: Option<U>) -> Option<(T, U)> {}
    }
    impl<T, U> Option<(T, U)> {
        pub fn unzip(self) -> (Option<T>, Option<U>) {}
    }
    impl<T> Option<&T> {
        #[role(transparent)] pub fn copied(self) -> Option<T> {}
        #[role(transparent)] pub fn cloned(self) -> Option<T> {}
    }
    impl<T> Option<&mut T> {
        #[role(transparent)] pub fn copied(self) -> Option<T> {}
        #[role(transparent)] pub fn cloned(self) -> Option<T> {}
    }
    impl<T, E> Option<Result<T, E>> {
        #[role(transparent)] pub fn transpose(self) -> Result<Option<T>, E> {}
    }
    impl<T> Option<Option<T>> {
        #[role(transparent)] pub fn flatten(self) -> Option<T> {}
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
        pub fn is_ok(&self) -> bool {}
        pub fn is_ok_and(self, f: impl FnOnce(T) -> bool) -> bool {}
        pub fn is_err(&self) -> bool {}
        pub fn is_err_and(self, f: impl FnOnce(E) -> bool) -> bool {}
        #[role(transparent)] pub fn ok(self) -> Option<T> {}
        #[role(transparent)] pub fn err(self) -> Option<E> {}
        #[role(transparent)] pub fn as_ref(&self) -> Result<&T, &E> {}
        #[role(transparent)] pub fn as_mut(&mut self) -> Result<&mut T, &mut E> {}
        pub fn map<U, F: FnOnce(T) -> U>(self, op: F) -> Result<U, E> {}
        pub fn map_or<U, F: FnOnce(T) -> U>(self, default: U, f: F) -> U {}
        pub fn map_or_else<U, D: FnOnce(E) -> U, F: FnOnce(T) -> U>(self, default: D, f: F) -> U {}
        #[role(transparent)] pub fn map_err<F, O: FnOnce(E) -> F>(self, op: O) -> Result<T, F> {}
        #[role(transparent)] pub fn inspect<F: FnOnce(&T)>(self, f: F) -> Result<T, E> {}
        #[role(transparent)] pub fn inspect_err<F: FnOnce(&E)>(self, f: F) -> Result<T, E> {}
        #[role(transparent)] pub fn as_deref(&self) -> Result<&<T as Deref>::Target, &E> where T: Deref {}
        #[role(transparent)] pub fn as_deref_mut(&mut self) -> Result<&mut <T as Deref>::Target, &mut E> where T: DerefMut {}
        pub fn iter(&self) -> It<&T> {}
        pub fn iter_mut(&mut self) -> It<&mut T> {}
        /// Formats the error with `Debug` into the panic's message.
        #[fx(panic, format)] #[role(transparent)] pub fn expect(self, msg: &str) -> T {}
        #[fx(panic, format)] #[role(transparent)] pub fn unwrap(self) -> T {}
        #[role(transparent)] pub fn unwrap_or_default(self) -> T {}
        #[fx(panic, format)] #[role(transparent)] pub fn expect_err(self, msg: &str) -> E {}
        #[fx(panic, format)] #[role(transparent)] pub fn unwrap_err(self) -> E {}
        pub fn and<U>(self, res: Result<U, E>) -> Result<U, E> {}
        pub fn and_then<U, F: FnOnce(T) -> Result<U, E>>(self, op: F) -> Result<U, E> {}
        #[role(transparent)] pub fn or<F>(self, res: Result<T, F>) -> Result<T, F> {}
        #[role(transparent)] pub fn or_else<F, O: FnOnce(E) -> Result<T, F>>(self, op: O) -> Result<T, F> {}
        #[role(transparent)] pub fn unwrap_or(self, default: T) -> T {}
        #[role(transparent)] pub fn unwrap_or_else<F: FnOnce(E) -> T>(self, op: F) -> T {}
        #[role(transparent)] pub fn unwrap_unchecked(self) -> T {}
        #[role(transparent)] pub fn unwrap_err_unchecked(self) -> E {}
    }
    impl<T, E> Result<&T, E> {
        #[role(transparent)] pub fn copied(self) -> Result<T, E> {}
        #[role(transparent)] pub fn cloned(self) -> Result<T, E> {}
    }
    impl<T, E> Result<Option<T>, E> {
        #[role(transparent)] pub fn transpose(self) -> Option<Result<T, E>> {}
    }
    impl<T, E> Result<Result<T, E>, E> {
        #[role(transparent)] pub fn flatten(self) -> Result<T, E> {}
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
