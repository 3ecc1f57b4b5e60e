//! Users, groups, hosts and services: plug-ins loaded at run time, sockets, locks, static buffers.
//! source: glibc manual, safety remarks (`AS-Unsafe dlopen plugin heap lock`); man 5 nsswitch.conf

#[fx(nss, lock, alloc)] pub fn getpwnam(name: *const i8) -> *mut passwd {}
#[fx(nss, lock, alloc)] pub fn getpwuid(uid: u32) -> *mut passwd {}
#[fx(nss, lock, alloc)] pub fn getpwnam_r(name: *const i8, pwd: *mut passwd, buf: *mut i8, buflen: usize, result: *mut *mut passwd) -> i32 {}
#[fx(nss, lock, alloc)] pub fn getpwuid_r(uid: u32, pwd: *mut passwd, buf: *mut i8, buflen: usize, result: *mut *mut passwd) -> i32 {}
#[fx(nss, lock, alloc)] pub fn getgrnam(name: *const i8) -> *mut group {}
#[fx(nss, lock, alloc)] pub fn getgrgid(gid: u32) -> *mut group {}
#[fx(nss, lock, alloc)] pub fn getgrnam_r(name: *const i8, grp: *mut group, buf: *mut i8, buflen: usize, result: *mut *mut group) -> i32 {}
#[fx(nss, lock, alloc)] pub fn getgrgid_r(gid: u32, grp: *mut group, buf: *mut i8, buflen: usize, result: *mut *mut group) -> i32 {}
#[fx(nss, lock, alloc)] pub fn getgrouplist(user: *const i8, group: u32, groups: *mut u32, ngroups: *mut i32) -> i32 {}
#[fx(nss, lock, alloc)] pub fn getspnam(name: *const i8) -> *mut spwd {}
#[fx(nss, lock, alloc)] pub fn getspnam_r(name: *const i8, spbuf: *mut spwd, buf: *mut i8, buflen: usize, spbufp: *mut *mut spwd) -> i32 {}
#[fx(nss, lock, alloc)] pub fn getpwent() -> *mut passwd {}
#[fx(nss, lock, alloc)] pub fn setpwent() {}
#[fx(nss, lock, alloc)] pub fn endpwent() {}
#[fx(nss, lock, alloc)] pub fn getgrent() -> *mut group {}
#[fx(nss, lock, alloc)] pub fn setgrent() {}
#[fx(nss, lock, alloc)] pub fn endgrent() {}
#[fx(nss, lock, alloc)] pub fn getlogin() -> *mut i8 {}
#[fx(nss, lock, alloc)] pub fn getlogin_r(name: *mut i8, len: usize) -> i32 {}
#[fx(nss, lock, alloc)] pub fn getaddrinfo(node: *const i8, service: *const i8, hints: *const addrinfo, res: *mut *mut addrinfo) -> i32 {}
#[fx(alloc)] pub fn freeaddrinfo(res: *mut addrinfo) {}
#[fx(nss, lock, alloc)] pub fn getnameinfo(sa: *const sockaddr, salen: u32, host: *mut i8, hostlen: u32, serv: *mut i8, servlen: u32, flags: i32) -> i32 {}
#[fx(env)] pub fn gai_strerror(errcode: i32) -> *const i8 {}
#[fx(nss, lock, alloc)] pub fn gethostbyname(name: *const i8) -> *mut hostent {}
#[fx(nss, lock, alloc)] pub fn gethostbyname2(name: *const i8, af: i32) -> *mut hostent {}
#[fx(nss, lock, alloc)] pub fn gethostbyaddr(addr: *const c_void, len: u32, ty: i32) -> *mut hostent {}
#[fx(nss, lock, alloc)] pub fn getservbyname(name: *const i8, proto: *const i8) -> *mut c_void {}
#[fx(nss, lock, alloc)] pub fn getservbyport(port: i32, proto: *const i8) -> *mut c_void {}
#[fx(nss, lock, alloc)] pub fn getprotobyname(name: *const i8) -> *mut c_void {}
#[fx(nss, lock, alloc)] pub fn getprotobynumber(proto: i32) -> *mut c_void {}
#[fx(nss, lock, alloc)] pub fn getnetgrent(host: *mut *mut i8, user: *mut *mut i8, domain: *mut *mut i8) -> i32 {}
#[fx(nss, lock, alloc)] pub fn innetgr(group: *const i8, host: *const i8, user: *const i8, domain: *const i8) -> i32 {}
#[fx(nss, lock, alloc)] pub fn res_init() -> i32 {}
#[fx(nss, lock, alloc)] pub fn res_query(dname: *const i8, class: i32, ty: i32, answer: *mut u8, anslen: i32) -> i32 {}
#[fx(lock, alloc)] pub fn getutxent() -> *mut c_void {}
#[fx(lock, alloc)] pub fn setutxent() {}
#[fx(lock, alloc)] pub fn endutxent() {}
#[fx(lock, alloc)] pub fn pututxline(ut: *const c_void) -> *mut c_void {}
