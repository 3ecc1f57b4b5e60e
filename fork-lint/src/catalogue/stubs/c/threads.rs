//! POSIX threads and locks, signals beyond POSIX's list, memory maps, timers, and helpers without effect.
//! source: glibc manual, safety remarks; the function's page in man-pages 6.03

#[fx(thread_start, alloc, lock)] #[role(starts_threads)] #[role(thread_entry, param = 2)]
pub fn pthread_create(native: *mut u64, attr: *const pthread_attr_t, f: extern "C" fn(*mut c_void) -> *mut c_void, value: *mut c_void) -> i32 {}
#[fx(unsafe_call)] #[role(ends_threads)] pub fn pthread_join() -> i32 {}
#[fx(unsafe_call)] pub fn pthread_detach() -> i32 {}
#[fx(unsafe_call)] #[role(diverges)] pub fn pthread_exit() -> ! {}
#[fx(unsafe_call)] pub fn pthread_cancel() -> i32 {}
pub fn pthread_equal() -> i32 {}
/// The third handler runs in every forked child.
/// source: man 3 pthread_atfork
#[fx(lock, alloc)] #[role(stores, param = 0)] #[role(stores, param = 1)] #[role(atfork_child, param = 2)]
pub fn pthread_atfork(prepare: Option<extern "C" fn()>, parent: Option<extern "C" fn()>, child: Option<extern "C" fn()>) -> i32 {}
/// source: glibc nptl/register-atfork.c
#[fx(lock, alloc)] #[role(stores, param = 0)] #[role(stores, param = 1)] #[role(atfork_child, param = 2)]
pub fn __register_atfork(prepare: Option<extern "C" fn()>, parent: Option<extern "C" fn()>, child: Option<extern "C" fn()>, dso: *mut c_void) -> i32 {}
#[fx(lock)] pub fn pthread_mutex_lock() -> i32 {}
#[fx(lock)] pub fn pthread_mutex_timedlock() -> i32 {}
pub fn pthread_mutex_trylock() -> i32 {}
pub fn pthread_mutex_unlock() -> i32 {}
pub fn pthread_mutex_init() -> i32 {}
pub fn pthread_mutex_destroy() -> i32 {}
pub fn pthread_mutex_consistent() -> i32 {}
pub fn pthread_mutexattr_init() -> i32 {}
pub fn pthread_mutexattr_destroy() -> i32 {}
pub fn pthread_mutexattr_settype() -> i32 {}
pub fn pthread_mutexattr_setpshared() -> i32 {}
pub fn pthread_mutexattr_setrobust() -> i32 {}
#[fx(lock)] pub fn pthread_rwlock_rdlock() -> i32 {}
#[fx(lock)] pub fn pthread_rwlock_wrlock() -> i32 {}
pub fn pthread_rwlock_tryrdlock() -> i32 {}
pub fn pthread_rwlock_trywrlock() -> i32 {}
pub fn pthread_rwlock_unlock() -> i32 {}
pub fn pthread_rwlock_init() -> i32 {}
pub fn pthread_rwlock_destroy() -> i32 {}
#[fx(lock)] pub fn pthread_spin_lock() -> i32 {}
pub fn pthread_spin_unlock() -> i32 {}
#[fx(lock)] pub fn pthread_cond_wait() -> i32 {}
#[fx(lock)] pub fn pthread_cond_timedwait() -> i32 {}
#[fx(lock)] pub fn pthread_cond_signal() -> i32 {}
#[fx(lock)] pub fn pthread_cond_broadcast() -> i32 {}
pub fn pthread_cond_init() -> i32 {}
pub fn pthread_cond_destroy() -> i32 {}
#[fx(lock)] pub fn pthread_barrier_wait() -> i32 {}
#[fx(lock)] pub fn pthread_once(control: *mut pthread_once_t, init: extern "C" fn()) -> i32 {}
pub fn pthread_getspecific() -> *mut c_void {}
#[fx(alloc)] pub fn pthread_setspecific() -> i32 {}
#[fx(unsafe_call)] #[role(stores, param = 1)] pub fn pthread_key_create(key: *mut u32, dtor: Option<extern "C" fn(*mut c_void)>) -> i32 {}
#[fx(unsafe_call)] pub fn pthread_key_delete(key: u32) -> i32 {}
pub fn pthread_attr_init(attr: *mut pthread_attr_t) -> i32 {}
#[fx(alloc)] pub fn pthread_attr_destroy() -> i32 {}
pub fn pthread_attr_setstacksize() -> i32 {}
pub fn pthread_attr_setdetachstate() -> i32 {}
pub fn pthread_attr_getstack() -> i32 {}
#[fx(alloc, lock)] pub fn pthread_getattr_np() -> i32 {}
pub fn pthread_setname_np() -> i32 {}
pub fn pthread_getname_np() -> i32 {}
pub fn pthread_setaffinity_np() -> i32 {}
pub fn pthread_setschedparam() -> i32 {}
pub fn pthread_setcancelstate() -> i32 {}
pub fn pthread_sigqueue() -> i32 {}
pub fn sem_init() -> i32 {}
pub fn sem_destroy() -> i32 {}
#[fx(lock)] pub fn sem_wait() -> i32 {}
#[fx(lock)] pub fn sem_timedwait() -> i32 {}
pub fn sem_trywait() -> i32 {}
pub fn sem_getvalue() -> i32 {}
#[fx(alloc, lock)] pub fn sem_open() -> *mut sem_t {}
#[fx(alloc, lock)] pub fn sem_close() -> i32 {}
pub fn sem_unlink() -> i32 {}

pub fn sigaltstack() -> i32 {}
pub fn siginterrupt() -> i32 {}
pub fn sigwait() -> i32 {}
pub fn sigwaitinfo() -> i32 {}
pub fn sigtimedwait() -> i32 {}
#[fx(signal_mask)] pub fn sigblock() -> i32 {}
#[fx(signal_mask)] pub fn sigsetmask() -> i32 {}

#[role(arms_timer)] pub fn setitimer() -> i32 {}
pub fn getitimer() -> i32 {}
#[role(arms_timer)] pub fn ualarm() -> u32 {}
pub fn usleep() -> i32 {}
pub fn nanosleep() -> i32 {}
pub fn clock_nanosleep() -> i32 {}
pub fn clock_getres() -> i32 {}
pub fn clock_settime() -> i32 {}
pub fn gettimeofday() -> i32 {}
pub fn clock() -> i64 {}
pub fn difftime() -> f64 {}

#[role(maps_memory)] pub fn mmap() -> *mut c_void {}
#[role(maps_memory)] pub fn mmap64() -> *mut c_void {}
pub fn munmap() -> i32 {}
pub fn mremap() -> *mut c_void {}
pub fn mprotect() -> i32 {}
pub fn madvise() -> i32 {}
pub fn msync() -> i32 {}
pub fn mincore() -> i32 {}
pub fn mlock() -> i32 {}
pub fn munlock() -> i32 {}
pub fn mlockall() -> i32 {}
pub fn munlockall() -> i32 {}
#[fx(unsafe_call)] pub fn brk() -> i32 {}
#[fx(unsafe_call)] pub fn sbrk() -> *mut c_void {}
pub fn shmget() -> i32 {}
#[role(maps_memory)] pub fn shmat() -> *mut c_void {}
pub fn shmdt() -> i32 {}
pub fn shmctl() -> i32 {}
pub fn semget() -> i32 {}
pub fn semop() -> i32 {}
pub fn semctl() -> i32 {}
pub fn msgget() -> i32 {}
pub fn msgsnd() -> i32 {}
pub fn msgrcv() -> isize {}
pub fn mq_send() -> i32 {}
pub fn mq_receive() -> isize {}
pub fn mq_unlink() -> i32 {}

pub fn getrandom() -> isize {}
pub fn getentropy() -> i32 {}
/// Required to be async-signal-safe until POSIX.1-2008; glibc answers the common questions by a system call.
pub fn sysconf() -> i64 {}
pub fn pathconf() -> i64 {}
pub fn fpathconf() -> i64 {}
pub fn confstr() -> usize {}
pub fn getauxval() -> u64 {}
pub fn getpagesize() -> i32 {}
pub fn getdtablesize() -> i32 {}
pub fn gnu_get_libc_version() -> *const i8 {}
pub fn get_nprocs() -> i32 {}
pub fn sysinfo() -> i32 {}
pub fn abs() -> i32 {}
pub fn atoi() -> i32 {}
pub fn atol() -> i64 {}
pub fn strtol() -> i64 {}
pub fn strtoul() -> u64 {}
pub fn strtod() -> f64 {}
pub fn bsearch(key: *const c_void, base: *const c_void, num: usize, size: usize, compar: extern "C" fn(*const c_void, *const c_void) -> i32) -> *mut c_void {}
pub fn isalnum() -> i32 {}
pub fn isalpha() -> i32 {}
pub fn isdigit() -> i32 {}
pub fn isspace() -> i32 {}
pub fn isprint() -> i32 {}
pub fn toupper() -> i32 {}
pub fn tolower() -> i32 {}
pub fn memrchr() -> *mut c_void {}
pub fn memmem() -> *mut c_void {}
pub fn mempcpy() -> *mut c_void {}
pub fn explicit_bzero() {}
pub fn strcasecmp() -> i32 {}
pub fn strncasecmp() -> i32 {}
pub fn strsep() -> *mut i8 {}
pub fn strchrnul() -> *mut i8 {}
pub fn fnmatch() -> i32 {}
pub fn inet_addr() -> u32 {}
pub fn inet_aton() -> i32 {}
pub fn inet_pton() -> i32 {}
pub fn inet_ntop() -> *const i8 {}
pub fn setjmp() -> i32 {}
pub fn sigsetjmp() -> i32 {}
pub fn getcontext() -> i32 {}
pub fn setcontext() -> i32 {}
pub fn makecontext(ucp: *mut ucontext_t, func: extern "C" fn(), argc: i32) {}
pub fn swapcontext() -> i32 {}
