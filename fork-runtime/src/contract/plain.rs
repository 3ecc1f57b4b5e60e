//! The types of std and of this crate that survive a fork, and what "reset" means for them.

use super::safe::{Declared, ForkSafe};
use super::{ForkCell, ForkGuard, ForkReset};
use crate::pool::{Manager, Pool};
use crate::{CloseOnFork, ForkExcluded, ForkMutex, Generation, PerProcess, TrackedLocal};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};
use std::ffi::{CStr, CString, OsStr, OsString};
use std::marker::PhantomData;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::num::{NonZero, Wrapping};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicPtr, AtomicU8, AtomicU16, AtomicU32,
    AtomicU64, AtomicUsize,
};
use std::time::{Duration, Instant, SystemTime};
use std::{borrow::Cow, net, ops};

/// Memory of the process alone, changed by one instruction or by its owner only. `reset`: the default, in place.
macro_rules! values {
    ($($T:ty),* $(,)?) => { $(
        impl Declared for $T {}
        impl ForkReset for $T {
            fn fork_reset(&mut self) {
                *self = Default::default();
            }
        }
    )* };
}

values!(
    u8,
    u16,
    u32,
    u64,
    u128,
    usize,
    i8,
    i16,
    i32,
    i64,
    i128,
    isize,
    f32,
    f64,
    bool,
    char,
    (),
    String,
    CString,
    OsString,
    PathBuf,
    Duration,
    AtomicBool,
    AtomicI8,
    AtomicI16,
    AtomicI32,
    AtomicI64,
    AtomicIsize,
    AtomicU8,
    AtomicU16,
    AtomicU32,
    AtomicU64,
    AtomicUsize,
);

/// As above, without a default.
macro_rules! kept {
    ($($T:ty),* $(,)?) => { $( impl Declared for $T {} )* };
}

kept!(
    str,
    CStr,
    OsStr,
    Path,
    Instant,
    SystemTime,
    std::cmp::Ordering,
    std::alloc::Layout,
    ops::RangeFull,
    net::IpAddr,
    net::Ipv4Addr,
    net::Ipv6Addr,
    net::SocketAddr,
    net::SocketAddrV4,
    net::SocketAddrV6,
    std::any::TypeId,
    std::process::ExitStatus,
    std::num::ParseIntError,
    std::io::ErrorKind,
    Generation,
);

/// Owned or shared memory around values. `reset`: empty, the values dropped.
macro_rules! around {
    ($([$($T:ident),*] $Container:ty;)*) => { $(
        impl<$($T: ForkSafe),*> Declared for $Container {}
        impl<$($T: ForkSafe),*> ForkReset for $Container {
            fn fork_reset(&mut self) {
                *self = Default::default();
            }
        }
    )* };
}

around! {
    [T] Option<T>;
    [T] Vec<T>;
    [T] VecDeque<T>;
    [T] BTreeSet<T>;
    [K, V] BTreeMap<K, V>;
}

impl<T: ForkSafe + Ord> Declared for BinaryHeap<T> {}
impl<T: ForkSafe + Ord> ForkReset for BinaryHeap<T> {
    fn fork_reset(&mut self) {
        self.clear();
    }
}
// The keys of std's hashers are the parent's: a weakness against chosen keys only.
impl<K: ForkSafe, V: ForkSafe, S> Declared for HashMap<K, V, S> {}
impl<K: ForkSafe, V: ForkSafe, S> ForkReset for HashMap<K, V, S> {
    fn fork_reset(&mut self) {
        self.clear();
    }
}
impl<T: ForkSafe, S> Declared for HashSet<T, S> {}
impl<T: ForkSafe, S> ForkReset for HashSet<T, S> {
    fn fork_reset(&mut self) {
        self.clear();
    }
}

impl<T: ForkSafe + ?Sized> Declared for Box<T> {}
impl<T: ForkReset + ?Sized> ForkReset for Box<T> {
    fn fork_reset(&mut self) {
        (**self).fork_reset();
    }
}
// Counts are changed by one instruction; one that a vanished thread holds stays, which is a leak.
impl<T: ForkSafe + ?Sized> Declared for Arc<T> {}
impl<T: ForkSafe + ?Sized> Declared for Rc<T> {}
impl<T: ForkSafe + ?Sized> Declared for std::sync::Weak<T> {}
impl<T: ForkSafe + ?Sized> Declared for std::rc::Weak<T> {}
impl<T: ForkSafe + ?Sized> Declared for std::pin::Pin<Box<T>> {}
impl<T: ForkSafe + ?Sized> Declared for &T {}
impl<T: ForkSafe + ?Sized> Declared for &mut T {}
impl<T: ForkSafe + ToOwned<Owned: ForkSafe> + ?Sized> Declared for Cow<'_, T> {}
impl<T: ForkSafe> Declared for [T] {}
impl<T: ForkSafe, const N: usize> Declared for [T; N] {}
impl<T: ForkReset> ForkReset for [T] {
    fn fork_reset(&mut self) {
        self.iter_mut().for_each(ForkReset::fork_reset);
    }
}
impl<T: ForkReset, const N: usize> ForkReset for [T; N] {
    fn fork_reset(&mut self) {
        self.as_mut_slice().fork_reset();
    }
}
impl<T: ForkSafe, E: ForkSafe> Declared for Result<T, E> {}
impl<T: ForkSafe> Declared for ops::Range<T> {}
impl<T: ForkSafe> Declared for ops::RangeInclusive<T> {}
impl<T: ForkSafe> Declared for Wrapping<T> {}
impl<T: ForkSafe> Declared for std::cmp::Reverse<T> {}
impl<T: ForkSafe> Declared for ManuallyDrop<T> {}
impl<T: ForkSafe> Declared for MaybeUninit<T> {}
impl<T: ?Sized> Declared for PhantomData<T> {}
impl<T: ForkSafe> Declared for AtomicPtr<T> {}
// Only ever changed by the thread that owns them; it is the one that forked, or nobody reaches them.
impl<T: ForkSafe + ?Sized> Declared for Cell<T> {}
impl<T: ForkSafe + ?Sized> Declared for RefCell<T> {}
impl<T: ForkSafe> Declared for std::cell::OnceCell<T> {}

macro_rules! nonzero {
    ($($T:ty)*) => { $( impl Declared for NonZero<$T> {} )* };
}
nonzero!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

macro_rules! tuples_and_functions {
    ($($T:ident)*) => {
        impl<$($T: ForkSafe),*> Declared for ($($T,)*) {}
        impl<$($T: ForkReset),*> ForkReset for ($($T,)*) {
            #[expect(non_snake_case, reason = "the types' names serve for the values")]
            fn fork_reset(&mut self) {
                let ($($T,)*) = self;
                $( $T.fork_reset(); )*
            }
        }
        functions!($($T)*);
    };
}
/// Code is the same in the child; what it does is for `#[fork_safe]` on the function.
macro_rules! functions {
    ($($T:ident)*) => {
        impl<$($T,)* R> Declared for fn($($T),*) -> R {}
        impl<$($T,)* R> Declared for extern "C" fn($($T),*) -> R {}
    };
}
functions!();
tuples_and_functions!(A);
tuples_and_functions!(A B);
tuples_and_functions!(A B C);
tuples_and_functions!(A B C D);
tuples_and_functions!(A B C D E);
tuples_and_functions!(A B C D E F);

// Of this crate: each of them starts over, refuses or reports by itself in a child.
kept!(ForkGuard, CloseOnFork, ForkExcluded, crate::atfork::Registration, crate::atfork::RawRegistration);
impl<T, F> Declared for PerProcess<T, F> {}
impl<T: Send + 'static> Declared for TrackedLocal<T> {}
impl<T: ForkReset + Send + 'static> Declared for ForkCell<T> {}
impl<T: ForkSafe> Declared for ForkMutex<T> {}
impl<M: Manager> Declared for Pool<M> {}

impl ForkReset for ForkGuard {
    fn fork_reset(&mut self) {
        *self = ForkGuard::new();
    }
}
impl ForkReset for Generation {
    fn fork_reset(&mut self) {
        *self = crate::generation();
    }
}
