//! The rest of the C library that programs often call, with why it must not be called in a forked child.
//! source: glibc manual, the safety remarks (`AS-Unsafe`) at each function; man-pages 6.03, ATTRIBUTES

// The allocator. glibc's is usable after `fork` again, not after `vfork` or a raw clone; musl's may be locked.
#[fx(alloc)] pub fn malloc() -> *mut c_void {}
#[fx(alloc)] pub fn calloc() -> *mut c_void {}
#[fx(alloc)] pub fn realloc() -> *mut c_void {}
#[fx(alloc)] pub fn reallocarray() -> *mut c_void {}
#[fx(alloc)] pub fn free() {}
#[fx(alloc)] pub fn aligned_alloc() -> *mut c_void {}
#[fx(alloc)] pub fn memalign() -> *mut c_void {}
#[fx(alloc)] pub fn posix_memalign() -> i32 {}
#[fx(alloc)] pub fn malloc_usable_size() -> usize {}
#[fx(alloc)] pub fn malloc_trim() -> i32 {}
#[fx(alloc)] pub fn mallopt() -> i32 {}
#[fx(alloc)] pub fn strdup() -> *mut i8 {}
#[fx(alloc)] pub fn strndup() -> *mut i8 {}
#[fx(alloc)] pub fn qsort(base: *mut c_void, num: usize, size: usize, compar: extern "C" fn(*const c_void, *const c_void) -> i32) {}
#[fx(alloc)] pub fn realpath() -> *mut i8 {}
#[fx(alloc)] pub fn getcwd() -> *mut i8 {}
#[fx(alloc)] pub fn opendir() -> *mut DIR {}
#[fx(alloc)] pub fn fdopendir() -> *mut DIR {}
#[fx(alloc, lock)] pub fn readdir() -> *mut dirent {}
#[fx(alloc, lock)] pub fn readdir64() -> *mut dirent {}
#[fx(alloc)] pub fn closedir() -> i32 {}
#[fx(lock)] pub fn rewinddir() {}
#[fx(alloc)] pub fn scandir() -> i32 {}
#[fx(alloc)] pub fn nftw(dirpath: *const i8, f: extern "C" fn(*const i8, *const stat, i32) -> i32, nopenfd: i32, flags: i32) -> i32 {}
#[fx(alloc, nss)] pub fn glob(pattern: *const i8, flags: i32, errfunc: Option<extern "C" fn(*const i8, i32) -> i32>, pglob: *mut glob_t) -> i32 {}
#[fx(alloc)] pub fn globfree() {}
#[fx(alloc, nss, env)] pub fn wordexp() -> i32 {}
#[fx(alloc)] pub fn getifaddrs() -> i32 {}
#[fx(alloc)] pub fn freeifaddrs() {}
#[fx(lock)] pub fn if_nametoindex() -> u32 {}
#[fx(lock)] pub fn if_indextoname() -> *mut i8 {}
#[fx(alloc, lock)] pub fn timer_create() -> i32 {}
#[fx(alloc, lock)] pub fn timer_delete() -> i32 {}
#[fx(alloc, lock)] pub fn backtrace() -> i32 {}
#[fx(alloc, lock)] pub fn backtrace_symbols() -> *mut *mut i8 {}
#[fx(alloc)] pub fn regcomp() -> i32 {}
#[fx(alloc, lock)] pub fn iconv_open() -> *mut c_void {}

// C's streams: one lock a stream, and buffers that `exit` flushes in parent and child alike.
/// source: man 3 fopen
#[fx(alloc, lock, stdio)] #[role(opens, flags = 1, flag = "e")] pub fn fopen(filename: *const i8, mode: *const i8) -> *mut FILE {}
/// source: man 3 fopen
#[fx(alloc, lock, stdio)] #[role(opens, flags = 1, flag = "e")] pub fn fopen64(filename: *const i8, mode: *const i8) -> *mut FILE {}
/// source: man 3 fopen
#[fx(alloc, lock, stdio)] #[role(opens, flags = 1, flag = "e")]
pub fn freopen(filename: *const i8, mode: *const i8, file: *mut FILE) -> *mut FILE {}
/// source: man 3 tmpfile
#[fx(alloc, lock, stdio)] #[role(opens, flag = "O_CLOEXEC", instead = "open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)")]
pub fn tmpfile() -> *mut FILE {}
#[fx(alloc, lock, stdio)] pub fn fdopen() -> *mut FILE {}
#[fx(alloc, lock, stdio)] pub fn fclose() -> i32 {}
#[fx(lock, stdio)] pub fn fflush() -> i32 {}
#[fx(lock, stdio)] pub fn fread() -> usize {}
#[fx(lock, stdio)] pub fn fwrite() -> usize {}
#[fx(lock, stdio)] pub fn fgets() -> *mut i8 {}
#[fx(lock, stdio)] pub fn fgetc() -> i32 {}
#[fx(lock, stdio)] pub fn getc() -> i32 {}
#[fx(lock, stdio)] pub fn getchar() -> i32 {}
#[fx(lock, stdio)] pub fn ungetc() -> i32 {}
#[fx(alloc, lock, stdio)] pub fn getline() -> isize {}
#[fx(lock, stdio)] pub fn fputs() -> i32 {}
#[fx(lock, stdio)] pub fn fputc() -> i32 {}
#[fx(lock, stdio)] pub fn putc() -> i32 {}
#[fx(lock, stdio)] pub fn puts() -> i32 {}
#[fx(lock, stdio)] pub fn putchar() -> i32 {}
#[fx(lock, stdio, format)] pub fn printf() -> i32 {}
#[fx(lock, stdio, format)] pub fn fprintf() -> i32 {}
#[fx(lock, stdio, format)] pub fn vprintf() -> i32 {}
#[fx(lock, stdio, format)] pub fn vfprintf() -> i32 {}
#[fx(lock, stdio, format)] pub fn dprintf() -> i32 {}
#[fx(lock, stdio, format)] pub fn perror() {}
#[fx(lock, stdio, format)] pub fn psignal() {}
#[fx(lock, stdio)] pub fn scanf() -> i32 {}
#[fx(lock, stdio)] pub fn fscanf() -> i32 {}
#[fx(lock, stdio)] pub fn fseek() -> i32 {}
#[fx(lock, stdio)] pub fn fseeko() -> i32 {}
#[fx(lock, stdio)] pub fn ftell() -> i64 {}
#[fx(lock, stdio)] pub fn ftello() -> i64 {}
#[fx(lock, stdio)] pub fn rewind() {}
#[fx(lock, stdio)] pub fn setvbuf() -> i32 {}
#[fx(lock, stdio)] pub fn setbuf() {}
#[fx(lock, stdio)] pub fn feof() -> i32 {}
#[fx(lock, stdio)] pub fn ferror() -> i32 {}
#[fx(alloc, lock, stdio)] pub fn open_memstream() -> *mut FILE {}
#[fx(alloc, lock, stdio)] pub fn getpass() -> *mut i8 {}
#[fx(alloc, lock, stdio)] pub fn getmntent() -> *mut c_void {}
#[fx(alloc, lock, stdio)] pub fn setmntent() -> *mut FILE {}
#[fx(format)] pub fn snprintf() -> i32 {}
#[fx(format)] pub fn sprintf() -> i32 {}
#[fx(format)] pub fn vsnprintf() -> i32 {}
#[fx(format, alloc)] pub fn asprintf() -> i32 {}
#[fx(format, alloc)] pub fn vasprintf() -> i32 {}
#[fx(format)] pub fn sscanf() -> i32 {}

// The system log: one lock, one socket.
#[fx(log, lock, alloc, format)] pub fn syslog() {}
#[fx(log, lock, alloc, format)] pub fn vsyslog() {}
#[fx(log, lock)] pub fn openlog() {}
#[fx(log, lock)] pub fn closelog() {}
#[fx(log)] pub fn setlogmask() -> i32 {}

// The environment, the locale, the time zone: tables behind locks, or behind none.
#[fx(env)] pub fn getenv() -> *mut i8 {}
#[fx(env)] pub fn secure_getenv() -> *mut i8 {}
#[fx(env, lock, alloc)] pub fn setenv() -> i32 {}
#[fx(env, lock)] pub fn unsetenv() -> i32 {}
#[fx(env, lock, alloc)] pub fn putenv() -> i32 {}
#[fx(env, lock, alloc)] pub fn clearenv() -> i32 {}
#[fx(env, lock, alloc)] pub fn setlocale() -> *mut i8 {}
#[fx(env, lock, alloc)] pub fn newlocale() -> *mut c_void {}
#[fx(env, lock, alloc)] pub fn freelocale() {}
#[fx(env)] pub fn localeconv() -> *mut lconv {}
#[fx(env)] pub fn nl_langinfo() -> *mut i8 {}
#[fx(env, lock, alloc)] pub fn tzset() {}
#[fx(env, lock, alloc)] pub fn localtime() -> *mut tm {}
#[fx(env, lock, alloc)] pub fn localtime_r() -> *mut tm {}
#[fx(env, lock, alloc)] pub fn gmtime() -> *mut tm {}
#[fx(env, lock, alloc)] pub fn gmtime_r() -> *mut tm {}
#[fx(env, lock, alloc)] pub fn mktime() -> i64 {}
#[fx(env, lock, alloc)] pub fn timegm() -> i64 {}
#[fx(env, lock, alloc)] pub fn ctime() -> *mut i8 {}
#[fx(env, lock, alloc)] pub fn ctime_r() -> *mut i8 {}
#[fx(env)] pub fn asctime() -> *mut i8 {}
#[fx(env, lock, alloc)] pub fn strftime() -> usize {}
#[fx(env)] pub fn strptime() -> *mut i8 {}
#[fx(env, alloc)] pub fn strerror() -> *mut i8 {}
#[fx(env)] pub fn strerror_r() -> i32 {}
#[fx(env)] pub fn __xpg_strerror_r() -> i32 {}
#[fx(env, alloc)] pub fn strsignal() -> *mut i8 {}
#[fx(env, lock, alloc)] pub fn gettext() -> *mut i8 {}
#[fx(env)] pub fn getopt() -> i32 {}
#[fx(env)] pub fn getopt_long() -> i32 {}

// The dynamic linker.
#[fx(lock, alloc, unsafe_call)] pub fn dlopen() -> *mut c_void {}
#[fx(lock, unsafe_call)] pub fn dlsym() -> *mut c_void {}
#[fx(lock, alloc, unsafe_call)] pub fn dlclose() -> i32 {}
#[fx(lock, unsafe_call)] pub fn dladdr() -> i32 {}
#[fx(lock, alloc)] pub fn dlerror() -> *mut i8 {}
#[fx(lock)] pub fn dl_iterate_phdr(callback: Option<extern "C" fn(*mut c_void, usize, *mut c_void) -> i32>, data: *mut c_void) -> i32 {}

// Random numbers behind a lock, and hidden state.
#[fx(lock)] pub fn rand() -> i32 {}
#[fx(lock)] pub fn srand() {}
#[fx(lock)] pub fn random() -> i64 {}
#[fx(lock)] pub fn srandom() {}
#[fx(unsafe_call)] pub fn drand48() -> f64 {}
#[fx(unsafe_call)] pub fn lrand48() -> i64 {}
#[fx(unsafe_call)] pub fn srand48() {}
#[fx(unsafe_call)] pub fn strtok() -> *mut i8 {}
#[fx(unsafe_call)] pub fn inet_ntoa() -> *mut i8 {}
#[fx(unsafe_call)] pub fn ttyname() -> *mut i8 {}
#[fx(unsafe_call)] pub fn ttyname_r() -> i32 {}
#[fx(unsafe_call)] pub fn ctermid() -> *mut i8 {}
#[fx(unsafe_call)] pub fn dirname() -> *mut i8 {}
#[fx(unsafe_call)] pub fn basename() -> *mut i8 {}
