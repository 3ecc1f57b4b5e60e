//! Types, and checks on their methods.
#![expect(dead_code, reason = "that they compile is what some are for")]

use ::core::convert::From;
use ::renamed_runtime as runtime;
use ::std::assert_eq;
use ::std::option::Option::{self, None, Some};
use ::std::string::String;
use ::std::vec::Vec;
use runtime::{ForkCell, ForkGuard, ForkReset, ForkSafe, PerProcess, fork_safe};

/// A path of somebody's own.
mod elsewhere {
    pub use ::renamed_runtime as forks;
}

#[fork_safe(crate = ::renamed_runtime)]
#[derive(Default)]
struct Plain {
    name: String,
    r#type: u8,
    #[cfg(any())]
    gone: ::std::sync::Mutex<u8>,
    #[cfg_attr(all(), fork(reset))]
    count: u32,
    #[fork(reset = self.count + 1)]
    next: u32,
}

#[fork_safe(crate = elsewhere::forks)]
struct Tuple(
    #[cfg(any())] u8,
    #[fork(reset)] u32,
    #[fork(discard, reason = "the peer is the parent's")] Option<Client>,
);

struct Client(u8);

#[fork_safe(crate = elsewhere::forks)]
struct Unit;

#[fork_safe(crate = elsewhere::forks)]
struct Generic<'a, T, U, const N: usize>
where
    T: ?::core::marker::Sized,
    U: ::core::clone::Clone,
{
    text: &'a str,
    shared: ::std::sync::Arc<T>,
    #[fork(discard)]
    list: Vec<U>,
    #[fork(reset)]
    bytes: [u8; N],
    marker: ::core::marker::PhantomData<fn() -> U>,
}

#[fork_safe(crate = elsewhere::forks)]
enum State {
    Empty,
    Named {
        #[fork(reset)]
        count: u8,
        kept: u8,
    },
    Open(#[fork(close)] ::std::os::unix::net::UnixStream, #[fork(reset = 9)] u8),
}

#[fork_safe(crate = elsewhere::forks)]
enum Never {}

#[fork_safe(crate = elsewhere::forks)]
struct List<T> {
    value: T,
    next: Option<::std::boxed::Box<List<T>>>,
}

#[fork_safe(crate = elsewhere::forks)]
struct Service {
    #[fork(per_process)]
    cell: ForkCell<Plain>,
    #[fork(per_process)]
    lazy: PerProcess<u8>,
    #[fork(reset)]
    guard: ForkGuard,
    #[fork(keep)]
    file: Option<::std::fs::File>,
    nested: Generic<'static, str, u8, 2>,
}

#[fork_safe(check = self.cell, crate = elsewhere::forks)]
impl Service {
    #[must_use]
    pub fn count(&self) -> u32 {
        self.cell.lock().map_or(0, |plain| plain.count)
    }

    pub fn by_arc(self: &::std::sync::Arc<Self>) -> u8 {
        *self.lazy
    }

    /// Waits for nothing.
    pub async fn later(&self) -> u32 {
        ::core::future::ready(()).await;
        self.private()
    }

    fn private(&self) -> u32 {
        self.count()
    }
}

#[fork_safe(check = self.guard, crate = elsewhere::forks)]
impl Service {
    pub fn change(&mut self) -> bool {
        self.file.take().is_some()
    }

    pub fn end(self) -> bool {
        self.file.is_none()
    }

    #[fork(unchecked)]
    #[must_use]
    pub const fn constant(&self) -> bool {
        self.file.is_none()
    }

    #[must_use]
    pub fn without() -> u8 {
        7
    }
}

macro_rules! made {
    ($name:ident, $field:ident: $ty:ty) => {
        #[fork_safe(crate = elsewhere::forks)]
        struct $name {
            #[fork(reset)]
            $field: $ty,
            own: u8,
        }
    };
}

made!(Made, count: u32);

fn survives<T: ForkSafe>(_: &T) {}

#[::core::prelude::v1::test]
fn types() {
    let mut plain = Plain { name: String::from("a"), r#type: 1, count: 5, next: 9 };
    plain.fork_reset();
    assert_eq!((plain.name.as_str(), plain.r#type, plain.count, plain.next), ("a", 1, 0, 1));
    let mut tuple = Tuple(3, Some(Client(1)));
    assert_eq!(tuple.1.as_ref().map(|client| client.0), Some(1));
    tuple.fork_reset();
    assert_eq!((tuple.0, tuple.1.is_none()), (0, true));
    let generic = || Generic {
        text: "a",
        shared: From::from("b"),
        list: ::std::vec![1_u8],
        bytes: [1, 2],
        marker: ::core::marker::PhantomData,
    };
    let mut one = generic();
    one.fork_reset();
    assert_eq!((one.text, &*one.shared, one.list.len(), one.bytes), ("a", "b", 0, [0; 2]));
    survives(&one);
    survives(&Unit);
    let mut named = State::Named { count: 3, kept: 4 };
    named.fork_reset();
    ::std::assert!(::std::matches!(named, State::Named { count: 0, kept: 4 }));
    survives(&List { value: 1, next: Some(::std::boxed::Box::new(List { value: 2, next: None })) });
    let mut made = Made { count: 4, own: 1 };
    made.fork_reset();
    assert_eq!((made.count, made.own), (0, 1));
    let cell = ForkCell::new(plain);
    let mut service =
        Service { cell, lazy: PerProcess::new(|| 3), guard: ForkGuard::new(), file: None, nested: generic() };
    ::std::assert!(!service.change() && service.constant());
    assert_eq!((service.count(), Service::without(), service.nested.list.len()), (0, 7, 1));
    ::std::mem::drop(service.later());
    ::std::assert!(service.end());
    let _: Option<(State, State, Never)> = None;
    let _ = State::Empty;
}
