//! POSIX threads and locks, signals beyond POSIX's list, memory maps, timers, and helpers without effect.
//! source: glibc manual, safety remarks; the function's page in man-pages 6.03

#[fx(thread_start, alloc, lock)] #[role(starts_threads)] #[role(thread_entry, param = 2)]
pub fn pthread_create(native: *mut u64, attr: *const pthread_attr_t, f: extern "C" fn(*mut c_void) -> *mut c_void, value: *mut c_void) -> i32 {}
#[fx(unsafe_call)] #[role(ends_threads)] pub fn pthread_join(native: u64, value: *mut *mut c_void) -> i32 {}
#[fx(unsafe_call)] pub fn pthread_detach(thread: u64) -> i32 {}
#[fx(unsafe_call)] #[role(diverges)] pub fn pthread_exit(value: *mut c_void) -> ! {}
#[fx(unsafe_call)] pub fn pthread_cancel(thread: u64) -> i32 {}
pub fn pthread_equal(a: u64, b: u64) -> i32 {}
/// The third handler runs in every forked child.
/// source: man 3 pthread_atfork
#[fx(lock, alloc)] #[role(stores, param = 0)] #[role(stores, param = 1)] #[role(atfork_child, param = 2)]
pub fn pthread_atfork(prepare: Option<extern "C" fn()>, parent: Option<extern "C" fn()>, child: Option<extern "C" fn()>) -> i32 {}
/// source: glibc nptl/register-atfork.c
#[fx(lock, alloc)] #[role(stores, param = 0)] #[role(stores, param = 1)] #[role(atfork_child, param = 2)]
pub fn __register_atfork(prepare: Option<extern "C" fn()>, parent: Option<extern "C" fn()>, child: Option<extern "C" fn()>, dso: *mut c_void) -> i32 {}
#[fx(lock)] pub fn pthread_mutex_lock(lock: *mut pthread_mutex_t) -> i32 {}
#[fx(lock)] pub fn pthread_mutex_timedlock(lock: *mut pthread_mutex_t, abstime: *const timespec) -> i32 {}
pub fn pthread_mutex_trylock(lock: *mut pthread_mutex_t) -> i32 {}
pub fn pthread_mutex_unlock(lock: *mut pthread_mutex_t) -> i32 {}
pub fn pthread_mutex_init(lock: *mut pthread_mutex_t, attr: *const pthread_mutexattr_t) -> i32 {}
pub fn pthread_mutex_destroy(lock: *mut pthread_mutex_t) -> i32 {}
pub fn pthread_mutex_consistent(lock: *mut pthread_mutex_t) -> i32 {}
pub fn pthread_mutexattr_init(attr: *mut pthread_mutexattr_t) -> i32 {}
pub fn pthread_mutexattr_destroy(attr: *mut pthread_mutexattr_t) -> i32 {}
pub fn pthread_mutexattr_settype(attr: *mut pthread_mutexattr_t, ty: i32) -> i32 {}
pub fn pthread_mutexattr_setpshared(attr: *mut pthread_mutexattr_t, pshared: i32) -> i32 {}
pub fn pthread_mutexattr_setrobust(attr: *mut pthread_mutexattr_t, robust: i32) -> i32 {}
#[fx(lock)] pub fn pthread_rwlock_rdlock(lock: *mut pthread_rwlock_t) -> i32 {}
#[fx(lock)] pub fn pthread_rwlock_wrlock(lock: *mut pthread_rwlock_t) -> i32 {}
pub fn pthread_rwlock_tryrdlock(lock: *mut pthread_rwlock_t) -> i32 {}
pub fn pthread_rwlock_trywrlock(lock: *mut pthread_rwlock_t) -> i32 {}
pub fn pthread_rwlock_unlock(lock: *mut pthread_rwlock_t) -> i32 {}
pub fn pthread_rwlock_init(lock: *mut pthread_rwlock_t, attr: *const pthread_rwlockattr_t) -> i32 {}
pub fn pthread_rwlock_destroy(lock: *mut pthread_rwlock_t) -> i32 {}
#[fx(lock)] pub fn pthread_spin_lock(lock: *mut pthread_spinlock_t) -> i32 {}
pub fn pthread_spin_unlock(lock: *mut pthread_spinlock_t) -> i32 {}
#[fx(lock)] pub fn pthread_cond_wait(cond: *mut pthread_cond_t, lock: *mut pthread_mutex_t) -> i32 {}
#[fx(lock)] pub fn pthread_cond_timedwait(cond: *mut pthread_cond_t, lock: *mut pthread_mutex_t, abstime: *const timespec) -> i32 {}
#[fx(lock)] pub fn pthread_cond_signal(cond: *mut pthread_cond_t) -> i32 {}
#[fx(lock)] pub fn pthread_cond_broadcast(cond: *mut pthread_cond_t) -> i32 {}
pub fn pthread_cond_init(cond: *mut pthread_cond_t, attr: *const pthread_condattr_t) -> i32 {}
pub fn pthread_cond_destroy(cond: *mut pthread_cond_t) -> i32 {}
#[fx(lock)] pub fn pthread_barrier_wait(barrier: *mut pthread_barrier_t) -> i32 {}
#[fx(lock)] pub fn pthread_once(control: *mut pthread_once_t, init: extern "C" fn()) -> i32 {}
pub fn pthread_getspecific(key: u32) -> *mut c_void {}
#[fx(alloc)] pub fn pthread_setspecific(key: u32, value: *const c_void) -> i32 {}
#[fx(unsafe_call)] #[role(stores, param = 1)] pub fn pthread_key_create(key: *mut u32, dtor: Option<extern "C" fn(*mut c_void)>) -> i32 {}
#[fx(unsafe_call)] pub fn pthread_key_delete(key: u32) -> i32 {}
pub fn pthread_attr_init(attr: *mut pthread_attr_t) -> i32 {}
#[fx(alloc)] pub fn pthread_attr_destroy(attr: *mut pthread_attr_t) -> i32 {}
pub fn pthread_attr_setstacksize(attr: *mut pthread_attr_t, stack_size: usize) -> i32 {}
pub fn pthread_attr_setdetachstate(attr: *mut pthread_attr_t, state: i32) -> i32 {}
pub fn pthread_attr_getstack(attr: *const pthread_attr_t, addr: *mut *mut c_void, size: *mut usize) -> i32 {}
#[fx(alloc, lock)] pub fn pthread_getattr_np(native: u64, attr: *mut pthread_attr_t) -> i32 {}
pub fn pthread_setname_np(thread: u64, name: *const i8) -> i32 {}
pub fn pthread_getname_np(thread: u64, name: *mut i8, len: usize) -> i32 {}
pub fn pthread_setaffinity_np(thread: u64, cpusetsize: usize, cpuset: *const cpu_set_t) -> i32 {}
pub fn pthread_setschedparam(native: u64, policy: i32, param: *const sched_param) -> i32 {}
pub fn pthread_setcancelstate(state: i32, oldstate: *mut i32) -> i32 {}
pub fn pthread_sigqueue(thread: u64, sig: i32, value: sigval) -> i32 {}
pub fn sem_init(sem: *mut sem_t, pshared: i32, value: u32) -> i32 {}
pub fn sem_destroy(sem: *mut sem_t) -> i32 {}
#[fx(lock)] pub fn sem_wait(sem: *mut sem_t) -> i32 {}
#[fx(lock)] pub fn sem_timedwait(sem: *mut sem_t, abstime: *const timespec) -> i32 {}
pub fn sem_trywait(sem: *mut sem_t) -> i32 {}
pub fn sem_getvalue(sem: *mut sem_t, sval: *mut i32) -> i32 {}
#[fx(alloc, lock)] pub fn sem_open(name: *const i8, oflag: i32) -> *mut sem_t {}
#[fx(alloc, lock)] pub fn sem_close(sem: *mut sem_t) -> i32 {}
pub fn sem_unlink(name: *const i8) -> i32 {}

pub fn sigaltstack(ss: *const stack_t, oss: *mut stack_t) -> i32 {}
pub fn siginterrupt(sig: i32, flag: i32) -> i32 {}
pub fn sigwait(set: *const sigset_t, sig: *mut i32) -> i32 {}
pub fn sigwaitinfo(set: *const sigset_t, info: *mut siginfo_t) -> i32 {}
pub fn sigtimedwait(set: *const sigset_t, info: *mut siginfo_t, timeout: *const timespec) -> i32 {}
#[fx(signal_mask)] pub fn sigblock(mask: i32) -> i32 {}
#[fx(signal_mask)] pub fn sigsetmask(mask: i32) -> i32 {}

#[role(arms_timer)] pub fn setitimer(which: i32, new: *const itimerval, old: *mut itimerval) -> i32 {}
pub fn getitimer(which: i32, curr: *mut itimerval) -> i32 {}
#[role(arms_timer)] pub fn ualarm(usecs: u32, interval: u32) -> u32 {}
pub fn usleep(usecs: u32) -> i32 {}
pub fn nanosleep(rqtp: *const timespec, rmtp: *mut timespec) -> i32 {}
pub fn clock_nanosleep(clk_id: i32, flags: i32, rqtp: *const timespec, rmtp: *mut timespec) -> i32 {}
pub fn clock_getres(clk_id: i32, tp: *mut timespec) -> i32 {}
pub fn clock_settime(clk_id: i32, tp: *const timespec) -> i32 {}
pub fn gettimeofday(tp: *mut timeval, tz: *mut c_void) -> i32 {}
pub fn clock() -> i64 {}
pub fn difftime(a: i64, b: i64) -> f64 {}

#[role(maps_memory)] pub fn mmap(addr: *mut c_void, len: usize, prot: i32, flags: i32, fd: i32, offset: i64) -> *mut c_void {}
#[role(maps_memory)] pub fn mmap64(addr: *mut c_void, len: usize, prot: i32, flags: i32, fd: i32, offset: i64) -> *mut c_void {}
pub fn munmap(addr: *mut c_void, len: usize) -> i32 {}
pub fn mremap(addr: *mut c_void, len: usize, new_len: usize, flags: i32) -> *mut c_void {}
pub fn mprotect(addr: *mut c_void, len: usize, prot: i32) -> i32 {}
pub fn madvise(addr: *mut c_void, len: usize, advice: i32) -> i32 {}
pub fn msync(addr: *mut c_void, len: usize, flags: i32) -> i32 {}
pub fn mincore(addr: *mut c_void, len: usize, vec: *mut u8) -> i32 {}
pub fn mlock(addr: *const c_void, len: usize) -> i32 {}
pub fn munlock(addr: *const c_void, len: usize) -> i32 {}
pub fn mlockall(flags: i32) -> i32 {}
pub fn munlockall() -> i32 {}
#[fx(unsafe_call)] pub fn brk(addr: *mut c_void) -> i32 {}
#[fx(unsafe_call)] pub fn sbrk(increment: isize) -> *mut c_void {}
pub fn shmget(key: i32, size: usize, flags: i32) -> i32 {}
#[role(maps_memory)] pub fn shmat(shmid: i32, addr: *const c_void, flags: i32) -> *mut c_void {}
pub fn shmdt(addr: *const c_void) -> i32 {}
pub fn shmctl(shmid: i32, cmd: i32, buf: *mut c_void) -> i32 {}
pub fn semget(key: i32, nsems: i32, flags: i32) -> i32 {}
pub fn semop(semid: i32, sops: *mut c_void, nsops: usize) -> i32 {}
pub fn semctl(semid: i32, semnum: i32, cmd: i32, arg: u64) -> i32 {}
pub fn msgget(key: i32, flags: i32) -> i32 {}
pub fn msgsnd(msqid: i32, msgp: *const c_void, msgsz: usize, flags: i32) -> i32 {}
pub fn msgrcv(msqid: i32, msgp: *mut c_void, msgsz: usize, typ: i64, flags: i32) -> isize {}
pub fn mq_send(mqd: i32, msg: *const i8, len: usize, prio: u32) -> i32 {}
pub fn mq_receive(mqd: i32, msg: *mut i8, len: usize, prio: *mut u32) -> isize {}
pub fn mq_unlink(name: *const i8) -> i32 {}

pub fn getrandom(buf: *mut c_void, buflen: usize, flags: u32) -> isize {}
pub fn getentropy(buf: *mut c_void, buflen: usize) -> i32 {}
/// Required to be async-signal-safe until POSIX.1-2008; glibc answers the common questions by a system call.
pub fn sysconf(name: i32) -> i64 {}
pub fn pathconf(path: *const i8, name: i32) -> i64 {}
pub fn fpathconf(fd: i32, name: i32) -> i64 {}
pub fn confstr(name: i32, buf: *mut i8, len: usize) -> usize {}
pub fn getauxval(ty: u64) -> u64 {}
pub fn getpagesize() -> i32 {}
pub fn getdtablesize() -> i32 {}
pub fn gnu_get_libc_version() -> *const i8 {}
pub fn get_nprocs() -> i32 {}
pub fn sysinfo(info: *mut sysinfo) -> i32 {}
pub fn abs(i: i32) -> i32 {}
pub fn atoi(s: *const i8) -> i32 {}
pub fn atol(s: *const i8) -> i64 {}
pub fn strtol(s: *const i8, endp: *mut *mut i8, base: i32) -> i64 {}
pub fn strtoul(s: *const i8, endp: *mut *mut i8, base: i32) -> u64 {}
pub fn strtod(s: *const i8, endp: *mut *mut i8) -> f64 {}
pub fn bsearch(key: *const c_void, base: *const c_void, num: usize, size: usize, compar: extern "C" fn(*const c_void, *const c_void) -> i32) -> *mut c_void {}
pub fn isalnum(c: i32) -> i32 {}
pub fn isalpha(c: i32) -> i32 {}
pub fn isdigit(c: i32) -> i32 {}
pub fn isspace(c: i32) -> i32 {}
pub fn isprint(c: i32) -> i32 {}
pub fn toupper(c: i32) -> i32 {}
pub fn tolower(c: i32) -> i32 {}
pub fn memrchr(s: *const c_void, c: i32, n: usize) -> *mut c_void {}
pub fn memmem(haystack: *const c_void, haystacklen: usize, needle: *const c_void, needlelen: usize) -> *mut c_void {}
pub fn mempcpy(dest: *mut c_void, src: *const c_void, n: usize) -> *mut c_void {}
pub fn explicit_bzero(s: *mut c_void, len: usize) {}
pub fn strcasecmp(a: *const i8, b: *const i8) -> i32 {}
pub fn strncasecmp(a: *const i8, b: *const i8, n: usize) -> i32 {}
pub fn strsep(s: *mut *mut i8, delim: *const i8) -> *mut i8 {}
pub fn strchrnul(s: *const i8, c: i32) -> *mut i8 {}
pub fn fnmatch(pattern: *const i8, name: *const i8, flags: i32) -> i32 {}
pub fn inet_addr(s: *const i8) -> u32 {}
pub fn inet_aton(s: *const i8, addr: *mut in_addr) -> i32 {}
pub fn inet_pton(af: i32, src: *const i8, dst: *mut c_void) -> i32 {}
pub fn inet_ntop(af: i32, src: *const c_void, dst: *mut i8, size: u32) -> *const i8 {}
pub fn setjmp(env: *mut c_void) -> i32 {}
pub fn sigsetjmp(env: *mut c_void, savesigs: i32) -> i32 {}
pub fn getcontext(ucp: *mut ucontext_t) -> i32 {}
pub fn setcontext(ucp: *const ucontext_t) -> i32 {}
pub fn makecontext(ucp: *mut ucontext_t, func: extern "C" fn(), argc: i32) {}
pub fn swapcontext(uocp: *mut ucontext_t, ucp: *const ucontext_t) -> i32 {}
