//! The environment: a lock around a table that C code reads without it. Arguments and directories have neither.
//! source: std 1.95 library/std/src/env.rs, library/std/src/sys/env/unix.rs, library/std/src/sys/pal/unix/os.rs

pub mod env {
    use crate::ffi::{OsStr, OsString};
    use crate::io;
    use crate::iter::It;
    use crate::path::{Path, PathBuf};

    pub enum VarError {
        NotPresent,
        NotUnicode(OsString),
    }
    pub struct JoinPathsError;
    pub type Args = It<String>;
    pub type ArgsOs = It<OsString>;
    pub type Vars = It<(String, String)>;
    pub type VarsOs = It<(OsString, OsString)>;
    pub type SplitPaths<'a> = It<PathBuf>;
    #[fx(env, lock, alloc)] pub fn vars() -> It<(String, String)> {}
    #[fx(env, lock, alloc)] pub fn vars_os() -> It<(OsString, OsString)> {}
    #[fx(env, lock, alloc)] pub fn var<K: AsRef<OsStr>>(key: K) -> Result<String, VarError> {}
    #[fx(env, lock, alloc)] pub fn var_os<K: AsRef<OsStr>>(key: K) -> Option<OsString> {}
    #[fx(env, lock, alloc)] pub fn set_var<K: AsRef<OsStr>, V: AsRef<OsStr>>(key: K, value: V) {}
    #[fx(env, lock, alloc)] pub fn remove_var<K: AsRef<OsStr>>(key: K) {}
    #[fx(alloc)] pub fn split_paths<T: AsRef<OsStr>>(unparsed: &T) -> It<PathBuf> {}
    #[fx(alloc)] pub fn join_paths<I>(paths: I) -> Result<OsString, JoinPathsError> {}
    #[fx(alloc)] pub fn args() -> It<String> {}
    #[fx(alloc)] pub fn args_os() -> It<OsString> {}
    #[fx(alloc)] pub fn current_dir() -> io::Result<PathBuf> {}
    #[fx(alloc)] pub fn set_current_dir<P: AsRef<Path>>(path: P) -> io::Result<()> {}
    #[fx(alloc)] pub fn current_exe() -> io::Result<PathBuf> {}
    /// Falls back to `getpwuid_r` when `HOME` is not set.
    #[fx(env, lock, alloc, nss)] pub fn home_dir() -> Option<PathBuf> {}
    #[fx(env, lock, alloc)] pub fn temp_dir() -> PathBuf {}
    pub mod consts {
        pub const ARCH: &str = loop {};
        pub const FAMILY: &str = "unix";
        pub const OS: &str = "linux";
        pub const DLL_PREFIX: &str = "lib";
        pub const DLL_SUFFIX: &str = ".so";
        pub const DLL_EXTENSION: &str = "so";
        pub const EXE_SUFFIX: &str = loop {};
        pub const EXE_EXTENSION: &str = loop {};
    }
}
