//! Ordered maps and sets, queues, heaps, lists.
//! source: std 1.95 library/alloc/src/collections

pub mod collections {
    use crate::iter::It;
    use crate::ops::RangeBounds;

    pub struct BTreeMap<K, V>;
    impl<K, V> BTreeMap<K, V> {
        fn new() -> BTreeMap<K, V> {}
        fn clear(&mut self) {}
        fn get<Q>(&self, key: &Q) -> Option<&V> {}
        fn get_key_value<Q>(&self, key: &Q) -> Option<(&K, &V)> {}
        fn first_key_value(&self) -> Option<(&K, &V)> {}
        fn last_key_value(&self) -> Option<(&K, &V)> {}
        fn pop_first(&mut self) -> Option<(K, V)> {}
        fn pop_last(&mut self) -> Option<(K, V)> {}
        fn first_entry(&mut self) -> Option<btree_map::OccupiedEntry<'_, K, V>> {}
        fn last_entry(&mut self) -> Option<btree_map::OccupiedEntry<'_, K, V>> {}
        fn contains_key<Q>(&self, key: &Q) -> bool {}
        fn get_mut<Q>(&mut self, key: &Q) -> Option<&mut V> {}
        #[fx(alloc)] fn insert(&mut self, key: K, value: V) -> Option<V> {}
        fn remove<Q>(&mut self, key: &Q) -> Option<V> {}
        fn remove_entry<Q>(&mut self, key: &Q) -> Option<(K, V)> {}
        fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, f: F) {}
        #[fx(alloc)] fn append(&mut self, other: &mut BTreeMap<K, V>) {}
        fn range<T, R: RangeBounds<T>>(&self, range: R) -> It<(&K, &V)> {}
        fn range_mut<T, R: RangeBounds<T>>(&mut self, range: R) -> It<(&K, &mut V)> {}
        #[fx(alloc)] fn entry(&mut self, key: K) -> btree_map::Entry<'_, K, V> {}
        #[fx(alloc)] fn split_off<Q>(&mut self, key: &Q) -> BTreeMap<K, V> {}
        fn into_keys(self) -> It<K> {}
        fn into_values(self) -> It<V> {}
        fn iter(&self) -> It<(&K, &V)> {}
        fn iter_mut(&mut self) -> It<(&K, &mut V)> {}
        fn keys(&self) -> It<&K> {}
        fn values(&self) -> It<&V> {}
        fn values_mut(&mut self) -> It<&mut V> {}
        fn len(&self) -> usize {}
        fn is_empty(&self) -> bool {}
    }
    impl<K, V> Default for BTreeMap<K, V> { fn default() -> Self {} }
    impl<K, V> Clone for BTreeMap<K, V> { #[fx(alloc)] fn clone(&self) -> Self {} }
    impl<K, V, A> From<A> for BTreeMap<K, V> { #[fx(alloc)] fn from(arr: A) -> Self {} }
    impl<K, V> FromIterator<(K, V)> for BTreeMap<K, V> { #[fx(alloc)] fn from_iter<T: IntoIterator<Item = (K, V)>>(iter: T) -> Self {} }
    impl<K, V> Extend<(K, V)> for BTreeMap<K, V> { #[fx(alloc)] fn extend<T: IntoIterator<Item = (K, V)>>(&mut self, iter: T) {} }
    impl<K, V, Q> crate::ops::Index<&Q> for BTreeMap<K, V> { type Output = V; fn index(&self, key: &Q) -> &V {} }
    impl<K, V> IntoIterator for BTreeMap<K, V> { type Item = (K, V); type IntoIter = It<(K, V)>; fn into_iter(self) -> It<(K, V)> {} }
    impl<'a, K, V> IntoIterator for &'a BTreeMap<K, V> { type Item = (&'a K, &'a V); type IntoIter = It<(&'a K, &'a V)>; fn into_iter(self) -> It<(&'a K, &'a V)> {} }
    impl<'a, K, V> IntoIterator for &'a mut BTreeMap<K, V> { type Item = (&'a K, &'a mut V); type IntoIter = It<(&'a K, &'a mut V)>; fn into_iter(self) -> It<(&'a K, &'a mut V)> {} }

    pub mod btree_map {
        use crate::iter::It;
        pub use crate::collections::BTreeMap;

        pub type Iter<'a, K, V> = It<(&'a K, &'a V)>;
        pub type IterMut<'a, K, V> = It<(&'a K, &'a mut V)>;
        pub type IntoIter<K, V> = It<(K, V)>;
        pub type Keys<'a, K, V> = It<&'a K>;
        pub type Values<'a, K, V> = It<&'a V>;
        pub type Range<'a, K, V> = It<(&'a K, &'a V)>;
        pub enum Entry<'a, K, V> {
            Vacant(VacantEntry<'a, K, V>),
            Occupied(OccupiedEntry<'a, K, V>),
        }
        pub struct OccupiedEntry<'a, K, V>;
        pub struct VacantEntry<'a, K, V>;
        impl<'a, K, V> Entry<'a, K, V> {
            #[fx(alloc)] fn or_insert(self, default: V) -> &'a mut V {}
            #[fx(alloc)] fn or_insert_with<F: FnOnce() -> V>(self, default: F) -> &'a mut V {}
            #[fx(alloc)] fn or_default(self) -> &'a mut V {}
            fn key(&self) -> &K {}
            fn and_modify<F: FnOnce(&mut V)>(self, f: F) -> Self {}
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
            #[fx(alloc)] fn insert(self, value: V) -> &'a mut V {}
        }
    }

    pub struct BTreeSet<T>;
    impl<T> BTreeSet<T> {
        fn new() -> BTreeSet<T> {}
        fn range<K, R: RangeBounds<K>>(&self, range: R) -> It<&T> {}
        fn difference<'a>(&'a self, other: &'a BTreeSet<T>) -> It<&'a T> {}
        fn intersection<'a>(&'a self, other: &'a BTreeSet<T>) -> It<&'a T> {}
        fn union<'a>(&'a self, other: &'a BTreeSet<T>) -> It<&'a T> {}
        fn clear(&mut self) {}
        fn contains<Q>(&self, value: &Q) -> bool {}
        fn get<Q>(&self, value: &Q) -> Option<&T> {}
        fn is_subset(&self, other: &BTreeSet<T>) -> bool {}
        fn is_superset(&self, other: &BTreeSet<T>) -> bool {}
        fn first(&self) -> Option<&T> {}
        fn last(&self) -> Option<&T> {}
        fn pop_first(&mut self) -> Option<T> {}
        fn pop_last(&mut self) -> Option<T> {}
        #[fx(alloc)] fn insert(&mut self, value: T) -> bool {}
        fn remove<Q>(&mut self, value: &Q) -> bool {}
        fn take<Q>(&mut self, value: &Q) -> Option<T> {}
        fn retain<F: FnMut(&T) -> bool>(&mut self, f: F) {}
        #[fx(alloc)] fn append(&mut self, other: &mut BTreeSet<T>) {}
        #[fx(alloc)] fn split_off<Q>(&mut self, value: &Q) -> BTreeSet<T> {}
        fn iter(&self) -> It<&T> {}
        fn len(&self) -> usize {}
        fn is_empty(&self) -> bool {}
    }
    impl<T> Default for BTreeSet<T> { fn default() -> Self {} }
    impl<T> Clone for BTreeSet<T> { #[fx(alloc)] fn clone(&self) -> Self {} }
    impl<T, A> From<A> for BTreeSet<T> { #[fx(alloc)] fn from(arr: A) -> Self {} }
    impl<T> FromIterator<T> for BTreeSet<T> { #[fx(alloc)] fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {} }
    impl<T, A> Extend<A> for BTreeSet<T> { #[fx(alloc)] fn extend<I: IntoIterator<Item = A>>(&mut self, iter: I) {} }
    impl<T> IntoIterator for BTreeSet<T> { type Item = T; type IntoIter = It<T>; fn into_iter(self) -> It<T> {} }
    impl<'a, T> IntoIterator for &'a BTreeSet<T> { type Item = &'a T; type IntoIter = It<&'a T>; fn into_iter(self) -> It<&'a T> {} }

    pub mod btree_set {
        use crate::iter::It;
        pub use crate::collections::BTreeSet;

        pub type Iter<'a, T> = It<&'a T>;
        pub type IntoIter<T> = It<T>;
    }

    pub struct VecDeque<T>;
    impl<T> VecDeque<T> {
        fn new() -> VecDeque<T> {}
        #[fx(alloc)] fn with_capacity(capacity: usize) -> VecDeque<T> {}
        fn get(&self, index: usize) -> Option<&T> {}
        fn get_mut(&mut self, index: usize) -> Option<&mut T> {}
        fn swap(&mut self, i: usize, j: usize) {}
        fn capacity(&self) -> usize {}
        #[fx(alloc)] fn reserve(&mut self, additional: usize) {}
        #[fx(alloc)] fn shrink_to_fit(&mut self) {}
        fn truncate(&mut self, len: usize) {}
        fn iter(&self) -> It<&T> {}
        fn iter_mut(&mut self) -> It<&mut T> {}
        fn as_slices(&self) -> (&[T], &[T]) {}
        fn len(&self) -> usize {}
        fn is_empty(&self) -> bool {}
        fn range<R>(&self, range: R) -> It<&T> {}
        fn drain<R>(&mut self, range: R) -> It<T> {}
        fn clear(&mut self) {}
        fn contains(&self, x: &T) -> bool {}
        fn front(&self) -> Option<&T> {}
        fn front_mut(&mut self) -> Option<&mut T> {}
        fn back(&self) -> Option<&T> {}
        fn back_mut(&mut self) -> Option<&mut T> {}
        fn pop_front(&mut self) -> Option<T> {}
        fn pop_back(&mut self) -> Option<T> {}
        #[fx(alloc)] fn push_front(&mut self, value: T) {}
        #[fx(alloc)] fn push_back(&mut self, value: T) {}
        #[fx(alloc)] fn insert(&mut self, index: usize, value: T) {}
        fn remove(&mut self, index: usize) -> Option<T> {}
        fn swap_remove_back(&mut self, index: usize) -> Option<T> {}
        #[fx(alloc)] fn split_off(&mut self, at: usize) -> VecDeque<T> {}
        #[fx(alloc)] fn append(&mut self, other: &mut VecDeque<T>) {}
        fn retain<F: FnMut(&T) -> bool>(&mut self, f: F) {}
        fn make_contiguous(&mut self) -> &mut [T] {}
        fn rotate_left(&mut self, n: usize) {}
        #[fx(alloc)] fn resize(&mut self, new_len: usize, value: T) {}
    }
    impl<T> Default for VecDeque<T> { fn default() -> Self {} }
    impl<T> Clone for VecDeque<T> { #[fx(alloc)] fn clone(&self) -> Self {} }
    impl<T, A> From<A> for VecDeque<T> { #[fx(alloc)] fn from(other: A) -> Self {} }
    impl<T> FromIterator<T> for VecDeque<T> { #[fx(alloc)] fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {} }
    impl<T, A> Extend<A> for VecDeque<T> { #[fx(alloc)] fn extend<I: IntoIterator<Item = A>>(&mut self, iter: I) {} }
    impl<T> crate::ops::Index<usize> for VecDeque<T> { type Output = T; fn index(&self, index: usize) -> &T {} }
    impl<T> IntoIterator for VecDeque<T> { type Item = T; type IntoIter = It<T>; fn into_iter(self) -> It<T> {} }
    impl<'a, T> IntoIterator for &'a VecDeque<T> { type Item = &'a T; type IntoIter = It<&'a T>; fn into_iter(self) -> It<&'a T> {} }
    impl<'a, T> IntoIterator for &'a mut VecDeque<T> { type Item = &'a mut T; type IntoIter = It<&'a mut T>; fn into_iter(self) -> It<&'a mut T> {} }

    pub mod vec_deque {
        use crate::iter::It;
        pub use crate::collections::VecDeque;

        pub type Iter<'a, T> = It<&'a T>;
        pub type IterMut<'a, T> = It<&'a mut T>;
        pub type IntoIter<T> = It<T>;
        pub type Drain<'a, T> = It<T>;
    }

    pub struct BinaryHeap<T>;
    impl<T> BinaryHeap<T> {
        fn new() -> BinaryHeap<T> {}
        #[fx(alloc)] fn with_capacity(capacity: usize) -> BinaryHeap<T> {}
        fn pop(&mut self) -> Option<T> {}
        #[fx(alloc)] fn push(&mut self, item: T) {}
        fn peek(&self) -> Option<&T> {}
        fn into_sorted_vec(self) -> Vec<T> {}
        fn into_vec(self) -> Vec<T> {}
        fn iter(&self) -> It<&T> {}
        fn drain(&mut self) -> It<T> {}
        fn len(&self) -> usize {}
        fn is_empty(&self) -> bool {}
        fn clear(&mut self) {}
    }
    impl<T> Default for BinaryHeap<T> { fn default() -> Self {} }
    impl<T> FromIterator<T> for BinaryHeap<T> { #[fx(alloc)] fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {} }
    impl<T> IntoIterator for BinaryHeap<T> { type Item = T; type IntoIter = It<T>; fn into_iter(self) -> It<T> {} }

    pub mod binary_heap {
        use crate::iter::It;
        pub use crate::collections::BinaryHeap;

    }

    pub struct LinkedList<T>;
    impl<T> LinkedList<T> {
        fn new() -> LinkedList<T> {}
        fn iter(&self) -> It<&T> {}
        fn iter_mut(&mut self) -> It<&mut T> {}
        fn len(&self) -> usize {}
        fn is_empty(&self) -> bool {}
        fn clear(&mut self) {}
        fn append(&mut self, other: &mut LinkedList<T>) {}
        fn front(&self) -> Option<&T> {}
        fn back(&self) -> Option<&T> {}
        #[fx(alloc)] fn push_front(&mut self, elt: T) {}
        #[fx(alloc)] fn push_back(&mut self, elt: T) {}
        fn pop_front(&mut self) -> Option<T> {}
        fn pop_back(&mut self) -> Option<T> {}
    }
    impl<T> Default for LinkedList<T> { fn default() -> Self {} }
    impl<T> IntoIterator for LinkedList<T> { type Item = T; type IntoIter = It<T>; fn into_iter(self) -> It<T> {} }
    impl<'a, T> IntoIterator for &'a LinkedList<T> { type Item = &'a T; type IntoIter = It<&'a T>; fn into_iter(self) -> It<&'a T> {} }

    pub mod linked_list {
        use crate::iter::It;
        pub use crate::collections::LinkedList;

    }
}
