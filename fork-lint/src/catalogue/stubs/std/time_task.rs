//! Time, futures, panics, and small modules. Reading a clock is a call into the vDSO.
//! source: std 1.95 library/std/src/time.rs, library/std/src/panic.rs, library/std/src/backtrace.rs

pub mod time {
    use crate::ops::{Add, AddAssign, Sub};

    pub struct Duration;
    pub struct Instant;
    pub struct SystemTime;
    pub struct SystemTimeError;
    pub const UNIX_EPOCH: SystemTime = loop {};
    impl Duration {
        const ZERO: Duration = loop {};
        const MAX: Duration = loop {};
        fn new(secs: u64, nanos: u32) -> Duration {}
        fn from_secs(secs: u64) -> Duration {}
        fn from_mins(mins: u64) -> Duration {}
        fn from_hours(hours: u64) -> Duration {}
        fn from_millis(millis: u64) -> Duration {}
        fn from_micros(micros: u64) -> Duration {}
        fn from_nanos(nanos: u64) -> Duration {}
        fn from_secs_f64(secs: f64) -> Duration {}
        fn from_secs_f32(secs: f32) -> Duration {}
        fn is_zero(&self) -> bool {}
        fn as_secs(&self) -> u64 {}
        fn as_millis(&self) -> u128 {}
        fn as_micros(&self) -> u128 {}
        fn as_nanos(&self) -> u128 {}
        fn as_secs_f64(&self) -> f64 {}
        fn as_secs_f32(&self) -> f32 {}
        fn subsec_millis(&self) -> u32 {}
        fn subsec_micros(&self) -> u32 {}
        fn subsec_nanos(&self) -> u32 {}
        fn checked_add(self, rhs: Duration) -> Option<Duration> {}
        fn checked_sub(self, rhs: Duration) -> Option<Duration> {}
        fn saturating_add(self, rhs: Duration) -> Duration {}
        fn saturating_sub(self, rhs: Duration) -> Duration {}
        fn saturating_mul(self, rhs: u32) -> Duration {}
        fn mul_f64(self, rhs: f64) -> Duration {}
        fn mul_f32(self, rhs: f32) -> Duration {}
    }
    impl Instant {
        fn now() -> Instant {}
        fn duration_since(&self, earlier: Instant) -> Duration {}
        fn checked_duration_since(&self, earlier: Instant) -> Option<Duration> {}
        fn saturating_duration_since(&self, earlier: Instant) -> Duration {}
        fn elapsed(&self) -> Duration {}
        fn checked_add(&self, duration: Duration) -> Option<Instant> {}
        fn checked_sub(&self, duration: Duration) -> Option<Instant> {}
    }
    impl SystemTime {
        const UNIX_EPOCH: SystemTime = loop {};
        fn now() -> SystemTime {}
        fn duration_since(&self, earlier: SystemTime) -> Result<Duration, SystemTimeError> {}
        fn elapsed(&self) -> Result<Duration, SystemTimeError> {}
        fn checked_add(&self, duration: Duration) -> Option<SystemTime> {}
        fn checked_sub(&self, duration: Duration) -> Option<SystemTime> {}
    }
    impl SystemTimeError {
        fn duration(&self) -> Duration {}
    }
    impl Clone for Duration { fn clone(&self) -> Self {} }
    impl Copy for Duration {}
    impl Clone for Instant { fn clone(&self) -> Self {} }
    impl Copy for Instant {}
    impl Clone for SystemTime { fn clone(&self) -> Self {} }
    impl Copy for SystemTime {}
    impl Default for Duration { fn default() -> Duration {} }
    impl Add for Duration { type Output = Duration; fn add(self, rhs: Duration) -> Duration {} }
    impl Sub for Duration { type Output = Duration; fn sub(self, rhs: Duration) -> Duration {} }
    impl crate::ops::Mul<u32> for Duration { type Output = Duration; fn mul(self, rhs: u32) -> Duration {} }
    impl crate::ops::Div<u32> for Duration { type Output = Duration; fn div(self, rhs: u32) -> Duration {} }
    impl AddAssign for Duration { fn add_assign(&mut self, rhs: Duration) {} }
    impl Add<Duration> for Instant { type Output = Instant; fn add(self, rhs: Duration) -> Instant {} }
    impl Sub<Duration> for Instant { type Output = Instant; fn sub(self, rhs: Duration) -> Instant {} }
    impl Sub<Instant> for Instant { type Output = Duration; fn sub(self, rhs: Instant) -> Duration {} }
    impl Add<Duration> for SystemTime { type Output = SystemTime; fn add(self, rhs: Duration) -> SystemTime {} }
    impl Sub<Duration> for SystemTime { type Output = SystemTime; fn sub(self, rhs: Duration) -> SystemTime {} }
}

pub mod future {
    use crate::pin::Pin;
    use crate::task::{Context, Poll};

    pub struct Ready<T>;
    pub struct Pending<T>;
    pub trait Future {
        type Output;
        fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output>;
    }
    pub trait IntoFuture {
        type Output;
        type IntoFuture: Future<Output = Self::Output>;
        fn into_future(self) -> Self::IntoFuture;
    }
    impl<F: Future> IntoFuture for F { type Output = <F as Future>::Output; type IntoFuture = F; fn into_future(self) -> F {} }
    impl<F: Future> Future for Pin<F> { type Output = <F as Future>::Output; }
    impl<F: Future> Future for Box<F> { type Output = <F as Future>::Output; }
    impl<F: Future> Future for &mut F { type Output = <F as Future>::Output; }
    impl<T> Future for Ready<T> { type Output = T; }
    impl<T> Future for Pending<T> { type Output = T; }
    pub fn ready<T>(t: T) -> Ready<T> {}
    pub fn pending<T>() -> Pending<T> {}
    pub fn poll_fn<T, F: FnMut(&mut Context<'_>) -> Poll<T>>(f: F) -> Ready<T> {}
}

pub mod task {
    pub enum Poll<T> { Ready(T), Pending }
    pub struct Context<'a>;
    pub struct Waker;
    pub struct RawWaker;
    pub struct RawWakerVTable;
    pub trait Wake {
        fn wake(self: crate::sync::Arc<Self>);
        fn wake_by_ref(self: &crate::sync::Arc<Self>) {}
    }
    macro_rules! ready { () => {} }
    impl<T> Poll<T> {
        fn is_ready(&self) -> bool {}
        fn is_pending(&self) -> bool {}
        fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Poll<U> {}
    }
    impl<T, E> Poll<Result<T, E>> {
        fn map_ok<U, F: FnOnce(T) -> U>(self, f: F) -> Poll<Result<U, E>> {}
        fn map_err<U, F: FnOnce(E) -> U>(self, f: F) -> Poll<Result<T, U>> {}
    }
    impl<'a> Context<'a> {
        fn from_waker(waker: &'a Waker) -> Context<'a> {}
        fn waker(&self) -> &'a Waker {}
    }
    impl Waker {
        fn wake(self) {}
        fn wake_by_ref(&self) {}
        fn will_wake(&self, other: &Waker) -> bool {}
        fn noop() -> &'static Waker {}
        fn from_raw(waker: RawWaker) -> Waker {}
    }
    impl Clone for Waker { fn clone(&self) -> Self {} }
    impl RawWaker {
        fn new(data: *const (), vtable: &'static RawWakerVTable) -> RawWaker {}
    }
}

pub mod panic {
    use crate::any::Any;
    use crate::ops::{Deref, DerefMut};

    pub struct PanicHookInfo<'a>;
    pub type PanicInfo<'a> = PanicHookInfo<'a>;
    pub struct Location<'a>;
    pub struct AssertUnwindSafe<T>(pub T);
    pub trait UnwindSafe {}
    pub trait RefUnwindSafe {}
    impl<T> Deref for AssertUnwindSafe<T> { type Target = T; fn deref(&self) -> &T {} }
    impl<T> DerefMut for AssertUnwindSafe<T> { fn deref_mut(&mut self) -> &mut T {} }
    pub fn catch_unwind<F: FnOnce() -> R, R>(f: F) -> crate::thread::Result<R> {}
    #[fx(panic)] #[role(diverges)] pub fn resume_unwind(payload: Box<dyn Any>) -> ! {}
    #[fx(panic, alloc)] #[role(diverges)] pub fn panic_any<M>(msg: M) -> ! {}
    /// source: std 1.95 library/std/src/panicking.rs
    #[fx(lock)] #[role(stores, param = 0)] pub fn set_hook(hook: Box<dyn Fn(&PanicHookInfo<'_>)>) {}
    /// source: std 1.95 library/std/src/panicking.rs
    #[fx(lock)] pub fn take_hook() -> Box<dyn Fn(&PanicHookInfo<'_>)> {}
    #[fx(lock)] #[role(stores, param = 0)] pub fn update_hook<F>(hook_fn: F) {}
    pub fn always_abort() {}
    impl<'a> PanicHookInfo<'a> {
        fn payload(&self) -> &(dyn Any + Send) {}
        fn payload_as_str(&self) -> Option<&str> {}
        fn location(&self) -> Option<&Location<'_>> {}
    }
    impl<'a> Location<'a> {
        fn caller() -> &'static Location<'static> {}
        fn file(&self) -> &str {}
        fn line(&self) -> u32 {}
        fn column(&self) -> u32 {}
    }
}

pub mod backtrace {
    pub struct Backtrace;
    pub enum BacktraceStatus { Unsupported, Disabled, Captured }
    impl Backtrace {
        #[fx(alloc, lock, env)] fn capture() -> Backtrace {}
        #[fx(alloc, lock)] fn force_capture() -> Backtrace {}
        fn disabled() -> Backtrace {}
        fn status(&self) -> BacktraceStatus {}
    }
    impl crate::fmt::Display for Backtrace { #[fx(format, alloc, lock)] fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {} }
}

pub mod hint {
    pub fn spin_loop() {}
    pub fn black_box<T>(dummy: T) -> T {}
    pub fn unreachable_unchecked() -> ! {}
    pub fn assert_unchecked(cond: bool) {}
    pub fn cold_path() {}
}

pub mod ascii {
    pub fn escape_default(c: u8) -> crate::iter::It<u8> {}
    pub trait AsciiExt {}
}

pub mod intrinsics {
    #[fx(exit_now)] #[role(diverges)] pub fn abort() -> ! {}
}
pub mod arch {
    macro_rules! asm { () => {} }
    macro_rules! global_asm { () => {} }
}
