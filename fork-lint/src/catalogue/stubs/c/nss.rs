//! Users, groups, hosts and services: plug-ins loaded at run time, sockets, locks, static buffers.
//! source: glibc manual, safety remarks (`AS-Unsafe dlopen plugin heap lock`); man 5 nsswitch.conf

#[fx(nss, lock, alloc)] pub fn getpwnam() -> *mut passwd {}
#[fx(nss, lock, alloc)] pub fn getpwuid() -> *mut passwd {}
#[fx(nss, lock, alloc)] pub fn getpwnam_r() -> i32 {}
#[fx(nss, lock, alloc)] pub fn getpwuid_r() -> i32 {}
#[fx(nss, lock, alloc)] pub fn getgrnam() -> *mut group {}
#[fx(nss, lock, alloc)] pub fn getgrgid() -> *mut group {}
#[fx(nss, lock, alloc)] pub fn getgrnam_r() -> i32 {}
#[fx(nss, lock, alloc)] pub fn getgrgid_r() -> i32 {}
#[fx(nss, lock, alloc)] pub fn getgrouplist() -> i32 {}
#[fx(nss, lock, alloc)] pub fn getspnam() -> *mut spwd {}
#[fx(nss, lock, alloc)] pub fn getspnam_r() -> i32 {}
#[fx(nss, lock, alloc)] pub fn getpwent() -> *mut passwd {}
#[fx(nss, lock, alloc)] pub fn setpwent() {}
#[fx(nss, lock, alloc)] pub fn endpwent() {}
#[fx(nss, lock, alloc)] pub fn getgrent() -> *mut group {}
#[fx(nss, lock, alloc)] pub fn setgrent() {}
#[fx(nss, lock, alloc)] pub fn endgrent() {}
#[fx(nss, lock, alloc)] pub fn getlogin() -> *mut i8 {}
#[fx(nss, lock, alloc)] pub fn getlogin_r() -> i32 {}
#[fx(nss, lock, alloc)] pub fn getaddrinfo() -> i32 {}
#[fx(alloc)] pub fn freeaddrinfo() {}
#[fx(nss, lock, alloc)] pub fn getnameinfo() -> i32 {}
#[fx(env)] pub fn gai_strerror() -> *const i8 {}
#[fx(nss, lock, alloc)] pub fn gethostbyname() -> *mut hostent {}
#[fx(nss, lock, alloc)] pub fn gethostbyname2() -> *mut hostent {}
#[fx(nss, lock, alloc)] pub fn gethostbyaddr() -> *mut hostent {}
#[fx(nss, lock, alloc)] pub fn getservbyname() -> *mut c_void {}
#[fx(nss, lock, alloc)] pub fn getservbyport() -> *mut c_void {}
#[fx(nss, lock, alloc)] pub fn getprotobyname() -> *mut c_void {}
#[fx(nss, lock, alloc)] pub fn getprotobynumber() -> *mut c_void {}
#[fx(nss, lock, alloc)] pub fn getnetgrent() -> i32 {}
#[fx(nss, lock, alloc)] pub fn innetgr() -> i32 {}
#[fx(nss, lock, alloc)] pub fn res_init() -> i32 {}
#[fx(nss, lock, alloc)] pub fn res_query() -> i32 {}
#[fx(lock, alloc)] pub fn getutxent() -> *mut c_void {}
#[fx(lock, alloc)] pub fn setutxent() {}
#[fx(lock, alloc)] pub fn endutxent() {}
#[fx(lock, alloc)] pub fn pututxline() -> *mut c_void {}
