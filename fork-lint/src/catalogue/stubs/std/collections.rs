//! Collections: whatever may add an element allocates.
//! source: std 1.95 library/std/src/collections, library/alloc/src/collections

pub mod collections {
    use crate::hash::RandomState;
    use crate::iter::It;

    pub struct TryReserveError;
    pub enum Bound<T> { Included(T), Excluded(T), Unbounded }

    pub struct HashMap<K, V, S = RandomState>;
    impl<K, V> HashMap<K, V> {
        fn new() -> HashMap<K, V> {}
        #[fx(alloc)] fn with_capacity(capacity: usize) -> HashMap<K, V> {}
    }
    impl<K, V, S> HashMap<K, V, S> {
        fn with_hasher(hash_builder: S) -> HashMap<K, V, S> {}
        #[fx(alloc)] fn with_capacity_and_hasher(capacity: usize, hasher: S) -> HashMap<K, V, S> {}
        fn capacity(&self) -> usize {}
        fn keys(&self) -> It<&K> {}
        fn into_keys(self) -> It<K> {}
        fn values(&self) -> It<&V> {}
        fn values_mut(&mut self) -> It<&mut V> {}
        fn into_values(self) -> It<V> {}
        fn iter(&self) -> It<(&K, &V)> {}
        fn iter_mut(&mut self) -> It<(&K, &mut V)> {}
        fn len(&self) -> usize {}
        fn is_empty(&self) -> bool {}
        fn drain(&mut self) -> It<(K, V)> {}
        fn extract_if<F: FnMut(&K, &mut V) -> bool>(&mut self, pred: F) -> It<(K, V)> {}
        fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, f: F) {}
        fn clear(&mut self) {}
        fn hasher(&self) -> &S {}
        #[fx(alloc)] fn reserve(&mut self, additional: usize) {}
        #[fx(alloc)] fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {}
        #[fx(alloc)] fn shrink_to_fit(&mut self) {}
        #[fx(alloc)] fn entry(&mut self, key: K) -> hash_map::Entry<'_, K, V> {}
        fn get<Q>(&self, k: &Q) -> Option<&V> {}
        fn get_key_value<Q>(&self, k: &Q) -> Option<(&K, &V)> {}
        fn contains_key<Q>(&self, k: &Q) -> bool {}
        fn get_mut<Q>(&mut self, k: &Q) -> Option<&mut V> {}
        #[fx(alloc)] fn insert(&mut self, k: K, v: V) -> Option<V> {}
        fn remove<Q>(&mut self, k: &Q) -> Option<V> {}
        fn remove_entry<Q>(&mut self, k: &Q) -> Option<(K, V)> {}
    }
    impl<K, V, S> Default for HashMap<K, V, S> { fn default() -> Self {} }
    impl<K, V, S> Clone for HashMap<K, V, S> { #[fx(alloc)] fn clone(&self) -> Self {} }
    impl<K, V, S> From<S> for HashMap<K, V> { #[fx(alloc)] fn from(arr: S) -> Self {} }
    impl<K, V, S> FromIterator<(K, V)> for HashMap<K, V, S> { #[fx(alloc)] fn from_iter<T: IntoIterator<Item = (K, V)>>(iter: T) -> Self {} }
    impl<K, V, S> Extend<(K, V)> for HashMap<K, V, S> { #[fx(alloc)] fn extend<T: IntoIterator<Item = (K, V)>>(&mut self, iter: T) {} }
    impl<K, V, S, Q> crate::ops::Index<&Q> for HashMap<K, V, S> { type Output = V; fn index(&self, key: &Q) -> &V {} }
    impl<K, V, S> IntoIterator for HashMap<K, V, S> { type Item = (K, V); type IntoIter = It<(K, V)>; fn into_iter(self) -> It<(K, V)> {} }
    impl<'a, K, V, S> IntoIterator for &'a HashMap<K, V, S> { type Item = (&'a K, &'a V); type IntoIter = It<(&'a K, &'a V)>; fn into_iter(self) -> It<(&'a K, &'a V)> {} }
    impl<'a, K, V, S> IntoIterator for &'a mut HashMap<K, V, S> { type Item = (&'a K, &'a mut V); type IntoIter = It<(&'a K, &'a mut V)>; fn into_iter(self) -> It<(&'a K, &'a mut V)> {} }

    pub mod hash_map {
        use crate::iter::It;

        pub use crate::collections::HashMap;
        pub use crate::hash::{DefaultHasher, RandomState};
        pub type Iter<'a, K, V> = It<(&'a K, &'a V)>;
        pub type IterMut<'a, K, V> = It<(&'a K, &'a mut V)>;
        pub type IntoIter<K, V> = It<(K, V)>;
        pub type Keys<'a, K, V> = It<&'a K>;
        pub type Values<'a, K, V> = It<&'a V>;
        pub type ValuesMut<'a, K, V> = It<&'a mut V>;
        pub type Drain<'a, K, V> = It<(K, V)>;
        pub enum Entry<'a, K, V> {
            Occupied(OccupiedEntry<'a, K, V>),
            Vacant(VacantEntry<'a, K, V>),
        }
        pub struct OccupiedEntry<'a, K, V>;
        pub struct VacantEntry<'a, K, V>;
        impl<'a, K, V> Entry<'a, K, V> {
            #[fx(alloc)] fn or_insert(self, default: V) -> &'a mut V {}
            #[fx(alloc)] fn or_insert_with<F: FnOnce() -> V>(self, default: F) -> &'a mut V {}
            #[fx(alloc)] fn or_insert_with_key<F: FnOnce(&K) -> V>(self, default: F) -> &'a mut V {}
            #[fx(alloc)] fn or_default(self) -> &'a mut V {}
            fn key(&self) -> &K {}
            fn and_modify<F: FnOnce(&mut V)>(self, f: F) -> Self {}
            #[fx(alloc)] fn insert_entry(self, value: V) -> OccupiedEntry<'a, K, V> {}
        }
        impl<'a, K, V> OccupiedEntry<'a, K, V> {
            fn key(&self) -> &K {}
            fn get(&self) -> &V {}
            fn get_mut(&mut self) -> &mut V {}
            fn into_mut(self) -> &'a mut V {}
            fn insert(&mut self, value: V) -> V {}
            fn remove(self) -> V {}
            fn remove_entry(self) -> (K, V) {}
        }
        impl<'a, K, V> VacantEntry<'a, K, V> {
            fn key(&self) -> &K {}
            fn into_key(self) -> K {}
            #[fx(alloc)] fn insert(self, value: V) -> &'a mut V {}
        }
    }

    pub struct HashSet<T, S = RandomState>;
    impl<T> HashSet<T> {
        fn new() -> HashSet<T> {}
        #[fx(alloc)] fn with_capacity(capacity: usize) -> HashSet<T> {}
    }
    impl<T, S> HashSet<T, S> {
        fn with_hasher(hasher: S) -> HashSet<T, S> {}
        #[fx(alloc)] fn with_capacity_and_hasher(capacity: usize, hasher: S) -> HashSet<T, S> {}
        fn iter(&self) -> It<&T> {}
        fn len(&self) -> usize {}
        fn is_empty(&self) -> bool {}
        fn drain(&mut self) -> It<T> {}
        fn retain<F: FnMut(&T) -> bool>(&mut self, f: F) {}
        fn clear(&mut self) {}
        #[fx(alloc)] fn reserve(&mut self, additional: usize) {}
        #[fx(alloc)] fn shrink_to_fit(&mut self) {}
        fn difference<'a>(&'a self, other: &'a HashSet<T, S>) -> It<&'a T> {}
        fn symmetric_difference<'a>(&'a self, other: &'a HashSet<T, S>) -> It<&'a T> {}
        fn intersection<'a>(&'a self, other: &'a HashSet<T, S>) -> It<&'a T> {}
        fn union<'a>(&'a self, other: &'a HashSet<T, S>) -> It<&'a T> {}
        fn contains<Q>(&self, value: &Q) -> bool {}
        fn get<Q>(&self, value: &Q) -> Option<&T> {}
        fn is_disjoint(&self, other: &HashSet<T, S>) -> bool {}
        fn is_subset(&self, other: &HashSet<T, S>) -> bool {}
        fn is_superset(&self, other: &HashSet<T, S>) -> bool {}
        #[fx(alloc)] fn insert(&mut self, value: T) -> bool {}
        #[fx(alloc)] fn replace(&mut self, value: T) -> Option<T> {}
        fn remove<Q>(&mut self, value: &Q) -> bool {}
        fn take<Q>(&mut self, value: &Q) -> Option<T> {}
    }
    impl<T, S> Default for HashSet<T, S> { fn default() -> Self {} }
    impl<T, S> Clone for HashSet<T, S> { #[fx(alloc)] fn clone(&self) -> Self {} }
    impl<T, A> From<A> for HashSet<T> { #[fx(alloc)] fn from(arr: A) -> Self {} }
    impl<T, S> FromIterator<T> for HashSet<T, S> { #[fx(alloc)] fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {} }
    impl<T, A, S> Extend<A> for HashSet<T, S> { #[fx(alloc)] fn extend<I: IntoIterator<Item = A>>(&mut self, iter: I) {} }
    impl<T, S> IntoIterator for HashSet<T, S> { type Item = T; type IntoIter = It<T>; fn into_iter(self) -> It<T> {} }
    impl<'a, T, S> IntoIterator for &'a HashSet<T, S> { type Item = &'a T; type IntoIter = It<&'a T>; fn into_iter(self) -> It<&'a T> {} }

    pub mod hash_set {
        use crate::iter::It;
        pub use crate::collections::HashSet;

        pub type Iter<'a, T> = It<&'a T>;
        pub type IntoIter<T> = It<T>;
    }
}
