//! The rest of the C library that programs often call, with why it must not be called in a forked child.
//! source: glibc manual, the safety remarks (`AS-Unsafe`) at each function; man-pages 6.03, ATTRIBUTES

// The allocator. glibc's is usable after `fork` again, not after `vfork` or a raw clone; musl's may be locked.
#[fx(alloc)] pub fn malloc(size: usize) -> *mut c_void {}
#[fx(alloc)] pub fn calloc(nobj: usize, size: usize) -> *mut c_void {}
#[fx(alloc)] pub fn realloc(p: *mut c_void, size: usize) -> *mut c_void {}
#[fx(alloc)] pub fn reallocarray(p: *mut c_void, nobj: usize, size: usize) -> *mut c_void {}
#[fx(alloc)] pub fn free(p: *mut c_void) {}
#[fx(alloc)] pub fn aligned_alloc(alignment: usize, size: usize) -> *mut c_void {}
#[fx(alloc)] pub fn memalign(alignment: usize, size: usize) -> *mut c_void {}
#[fx(alloc)] pub fn posix_memalign(memptr: *mut *mut c_void, align: usize, size: usize) -> i32 {}
#[fx(alloc)] pub fn malloc_usable_size(p: *mut c_void) -> usize {}
#[fx(alloc)] pub fn malloc_trim(pad: usize) -> i32 {}
#[fx(alloc)] pub fn mallopt(param: i32, value: i32) -> i32 {}
#[fx(alloc)] pub fn strdup(cs: *const i8) -> *mut i8 {}
#[fx(alloc)] pub fn strndup(cs: *const i8, n: usize) -> *mut i8 {}
#[fx(alloc)] pub fn qsort(base: *mut c_void, num: usize, size: usize, compar: extern "C" fn(*const c_void, *const c_void) -> i32) {}
#[fx(alloc)] pub fn realpath(path: *const i8, resolved: *mut i8) -> *mut i8 {}
#[fx(alloc)] pub fn getcwd(buf: *mut i8, size: usize) -> *mut i8 {}
#[fx(alloc)] pub fn opendir(dirname: *const i8) -> *mut DIR {}
#[fx(alloc)] pub fn fdopendir(fd: i32) -> *mut DIR {}
#[fx(alloc, lock)] pub fn readdir(dirp: *mut DIR) -> *mut dirent {}
#[fx(alloc, lock)] pub fn readdir64(dirp: *mut DIR) -> *mut dirent {}
#[fx(alloc)] pub fn closedir(dirp: *mut DIR) -> i32 {}
#[fx(lock)] pub fn rewinddir(dirp: *mut DIR) {}
#[fx(alloc)] pub fn scandir(dirp: *const i8, namelist: *mut *mut *mut dirent) -> i32 {}
#[fx(alloc)] pub fn nftw(dirpath: *const i8, f: extern "C" fn(*const i8, *const stat, i32) -> i32, nopenfd: i32, flags: i32) -> i32 {}
#[fx(alloc, nss)] pub fn glob(pattern: *const i8, flags: i32, errfunc: Option<extern "C" fn(*const i8, i32) -> i32>, pglob: *mut glob_t) -> i32 {}
#[fx(alloc)] pub fn globfree(pglob: *mut glob_t) {}
#[fx(alloc, nss, env)] pub fn wordexp(s: *const i8, p: *mut c_void, flags: i32) -> i32 {}
#[fx(alloc)] pub fn getifaddrs(ifap: *mut *mut ifaddrs) -> i32 {}
#[fx(alloc)] pub fn freeifaddrs(ifa: *mut ifaddrs) {}
#[fx(lock)] pub fn if_nametoindex(ifname: *const i8) -> u32 {}
#[fx(lock)] pub fn if_indextoname(ifindex: u32, ifname: *mut i8) -> *mut i8 {}
#[fx(alloc, lock)] pub fn timer_create(clockid: i32, sevp: *mut sigevent, timerid: *mut *mut c_void) -> i32 {}
#[fx(alloc, lock)] pub fn timer_delete(timerid: *mut c_void) -> i32 {}
#[fx(alloc, lock)] pub fn backtrace(buf: *mut *mut c_void, size: i32) -> i32 {}
#[fx(alloc, lock)] pub fn backtrace_symbols(buf: *const *mut c_void, size: i32) -> *mut *mut i8 {}
#[fx(alloc)] pub fn regcomp(preg: *mut c_void, pattern: *const i8, cflags: i32) -> i32 {}
#[fx(alloc, lock)] pub fn iconv_open(tocode: *const i8, fromcode: *const i8) -> *mut c_void {}

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
#[fx(alloc, lock, stdio)] pub fn fdopen(fd: i32, mode: *const i8) -> *mut FILE {}
#[fx(alloc, lock, stdio)] pub fn fclose(file: *mut FILE) -> i32 {}
#[fx(lock, stdio)] pub fn fflush(file: *mut FILE) -> i32 {}
#[fx(lock, stdio)] pub fn fread(ptr: *mut c_void, size: usize, nobj: usize, stream: *mut FILE) -> usize {}
#[fx(lock, stdio)] pub fn fwrite(ptr: *const c_void, size: usize, nobj: usize, stream: *mut FILE) -> usize {}
#[fx(lock, stdio)] pub fn fgets(buf: *mut i8, n: i32, stream: *mut FILE) -> *mut i8 {}
#[fx(lock, stdio)] pub fn fgetc(stream: *mut FILE) -> i32 {}
#[fx(lock, stdio)] pub fn getc(stream: *mut FILE) -> i32 {}
#[fx(lock, stdio)] pub fn getchar() -> i32 {}
#[fx(lock, stdio)] pub fn ungetc(c: i32, stream: *mut FILE) -> i32 {}
#[fx(alloc, lock, stdio)] pub fn getline(lineptr: *mut *mut i8, n: *mut usize, stream: *mut FILE) -> isize {}
#[fx(lock, stdio)] pub fn fputs(s: *const i8, stream: *mut FILE) -> i32 {}
#[fx(lock, stdio)] pub fn fputc(c: i32, stream: *mut FILE) -> i32 {}
#[fx(lock, stdio)] pub fn putc(c: i32, stream: *mut FILE) -> i32 {}
#[fx(lock, stdio)] pub fn puts(s: *const i8) -> i32 {}
#[fx(lock, stdio)] pub fn putchar(c: i32) -> i32 {}
#[fx(lock, stdio, format)] pub fn printf(format: *const i8) -> i32 {}
#[fx(lock, stdio, format)] pub fn fprintf(stream: *mut FILE, format: *const i8) -> i32 {}
#[fx(lock, stdio, format)] pub fn vprintf(format: *const i8, ap: *mut c_void) -> i32 {}
#[fx(lock, stdio, format)] pub fn vfprintf(stream: *mut FILE, format: *const i8, ap: *mut c_void) -> i32 {}
#[fx(lock, stdio, format)] pub fn dprintf(fd: i32, format: *const i8) -> i32 {}
#[fx(lock, stdio, format)] pub fn perror(s: *const i8) {}
#[fx(lock, stdio, format)] pub fn psignal(sig: i32, s: *const i8) {}
#[fx(lock, stdio)] pub fn scanf(format: *const i8) -> i32 {}
#[fx(lock, stdio)] pub fn fscanf(stream: *mut FILE, format: *const i8) -> i32 {}
#[fx(lock, stdio)] pub fn fseek(stream: *mut FILE, offset: i64, whence: i32) -> i32 {}
#[fx(lock, stdio)] pub fn fseeko(stream: *mut FILE, offset: i64, whence: i32) -> i32 {}
#[fx(lock, stdio)] pub fn ftell(stream: *mut FILE) -> i64 {}
#[fx(lock, stdio)] pub fn ftello(stream: *mut FILE) -> i64 {}
#[fx(lock, stdio)] pub fn rewind(stream: *mut FILE) {}
#[fx(lock, stdio)] pub fn setvbuf(stream: *mut FILE, buffer: *mut i8, mode: i32, size: usize) -> i32 {}
#[fx(lock, stdio)] pub fn setbuf(stream: *mut FILE, buf: *mut i8) {}
#[fx(lock, stdio)] pub fn feof(stream: *mut FILE) -> i32 {}
#[fx(lock, stdio)] pub fn ferror(stream: *mut FILE) -> i32 {}
#[fx(alloc, lock, stdio)] pub fn open_memstream(ptr: *mut *mut i8, size: *mut usize) -> *mut FILE {}
#[fx(alloc, lock, stdio)] pub fn getpass(prompt: *const i8) -> *mut i8 {}
#[fx(alloc, lock, stdio)] pub fn getmntent(stream: *mut FILE) -> *mut c_void {}
#[fx(alloc, lock, stdio)] pub fn setmntent(filename: *const i8, ty: *const i8) -> *mut FILE {}
#[fx(format)] pub fn snprintf(s: *mut i8, n: usize, format: *const i8) -> i32 {}
#[fx(format)] pub fn sprintf(s: *mut i8, format: *const i8) -> i32 {}
#[fx(format)] pub fn vsnprintf(s: *mut i8, n: usize, format: *const i8, ap: *mut c_void) -> i32 {}
#[fx(format, alloc)] pub fn asprintf(strp: *mut *mut i8, format: *const i8) -> i32 {}
#[fx(format, alloc)] pub fn vasprintf(strp: *mut *mut i8, format: *const i8, ap: *mut c_void) -> i32 {}
#[fx(format)] pub fn sscanf(s: *const i8, format: *const i8) -> i32 {}

// The system log: one lock, one socket.
#[fx(log, lock, alloc, format)] pub fn syslog(priority: i32, message: *const i8) {}
#[fx(log, lock, alloc, format)] pub fn vsyslog(priority: i32, message: *const i8, ap: *mut c_void) {}
#[fx(log, lock)] pub fn openlog(ident: *const i8, logopt: i32, facility: i32) {}
#[fx(log, lock)] pub fn closelog() {}
#[fx(log)] pub fn setlogmask(maskpri: i32) -> i32 {}

// The environment, the locale, the time zone: tables behind locks, or behind none.
#[fx(env)] pub fn getenv(s: *const i8) -> *mut i8 {}
#[fx(env)] pub fn secure_getenv(s: *const i8) -> *mut i8 {}
#[fx(env, lock, alloc)] pub fn setenv(name: *const i8, val: *const i8, overwrite: i32) -> i32 {}
#[fx(env, lock)] pub fn unsetenv(name: *const i8) -> i32 {}
#[fx(env, lock, alloc)] pub fn putenv(string: *mut i8) -> i32 {}
#[fx(env, lock, alloc)] pub fn clearenv() -> i32 {}
#[fx(env, lock, alloc)] pub fn setlocale(category: i32, locale: *const i8) -> *mut i8 {}
#[fx(env, lock, alloc)] pub fn newlocale(mask: i32, locale: *const i8, base: *mut c_void) -> *mut c_void {}
#[fx(env, lock, alloc)] pub fn freelocale(loc: *mut c_void) {}
#[fx(env)] pub fn localeconv() -> *mut lconv {}
#[fx(env)] pub fn nl_langinfo(item: i32) -> *mut i8 {}
#[fx(env, lock, alloc)] pub fn tzset() {}
#[fx(env, lock, alloc)] pub fn localtime(timep: *const i64) -> *mut tm {}
#[fx(env, lock, alloc)] pub fn localtime_r(timep: *const i64, result: *mut tm) -> *mut tm {}
#[fx(env, lock, alloc)] pub fn gmtime(timep: *const i64) -> *mut tm {}
#[fx(env, lock, alloc)] pub fn gmtime_r(timep: *const i64, result: *mut tm) -> *mut tm {}
#[fx(env, lock, alloc)] pub fn mktime(tm: *mut tm) -> i64 {}
#[fx(env, lock, alloc)] pub fn timegm(tm: *mut tm) -> i64 {}
#[fx(env, lock, alloc)] pub fn ctime(timep: *const i64) -> *mut i8 {}
#[fx(env, lock, alloc)] pub fn ctime_r(timep: *const i64, buf: *mut i8) -> *mut i8 {}
#[fx(env)] pub fn asctime(tm: *const tm) -> *mut i8 {}
#[fx(env, lock, alloc)] pub fn strftime(s: *mut i8, max: usize, format: *const i8, tm: *const tm) -> usize {}
#[fx(env)] pub fn strptime(s: *const i8, format: *const i8, tm: *mut tm) -> *mut i8 {}
#[fx(env, alloc)] pub fn strerror(n: i32) -> *mut i8 {}
#[fx(env)] pub fn strerror_r(errnum: i32, buf: *mut i8, buflen: usize) -> i32 {}
#[fx(env)] pub fn __xpg_strerror_r(errnum: i32, buf: *mut i8, buflen: usize) -> i32 {}
#[fx(env, alloc)] pub fn strsignal(sig: i32) -> *mut i8 {}
#[fx(env, lock, alloc)] pub fn gettext(msgid: *const i8) -> *mut i8 {}
#[fx(env)] pub fn getopt(argc: i32, argv: *const *mut i8, optstr: *const i8) -> i32 {}
#[fx(env)] pub fn getopt_long(argc: i32, argv: *const *mut i8, optstr: *const i8, longopts: *const option, longindex: *mut i32) -> i32 {}

// The dynamic linker.
#[fx(lock, alloc, unsafe_call)] pub fn dlopen(filename: *const i8, flag: i32) -> *mut c_void {}
#[fx(lock, unsafe_call)] pub fn dlsym(handle: *mut c_void, symbol: *const i8) -> *mut c_void {}
#[fx(lock, alloc, unsafe_call)] pub fn dlclose(handle: *mut c_void) -> i32 {}
#[fx(lock, unsafe_call)] pub fn dladdr(addr: *const c_void, info: *mut Dl_info) -> i32 {}
#[fx(lock, alloc)] pub fn dlerror() -> *mut i8 {}
#[fx(lock)] pub fn dl_iterate_phdr(callback: Option<extern "C" fn(*mut c_void, usize, *mut c_void) -> i32>, data: *mut c_void) -> i32 {}

// Random numbers behind a lock, and hidden state.
#[fx(lock)] pub fn rand() -> i32 {}
#[fx(lock)] pub fn srand(seed: u32) {}
#[fx(lock)] pub fn random() -> i64 {}
#[fx(lock)] pub fn srandom(seed: u32) {}
#[fx(unsafe_call)] pub fn drand48() -> f64 {}
#[fx(unsafe_call)] pub fn lrand48() -> i64 {}
#[fx(unsafe_call)] pub fn srand48(seed: i64) {}
#[fx(unsafe_call)] pub fn strtok(s: *mut i8, t: *const i8) -> *mut i8 {}
#[fx(unsafe_call)] pub fn inet_ntoa(addr: in_addr) -> *mut i8 {}
#[fx(unsafe_call)] pub fn ttyname(fd: i32) -> *mut i8 {}
#[fx(unsafe_call)] pub fn ttyname_r(fd: i32, buf: *mut i8, buflen: usize) -> i32 {}
#[fx(unsafe_call)] pub fn ctermid(s: *mut i8) -> *mut i8 {}
#[fx(unsafe_call)] pub fn dirname(path: *mut i8) -> *mut i8 {}
#[fx(unsafe_call)] pub fn basename(path: *mut i8) -> *mut i8 {}
