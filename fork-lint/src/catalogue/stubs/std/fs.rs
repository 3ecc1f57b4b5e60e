//! Files. std opens everything close-on-exec. A path of 384 bytes or more is copied to the heap on its way to a
//! system call; shorter ones are copied to the stack.
//! source: std 1.95 library/std/src/fs.rs, library/std/src/sys/fs/unix.rs, library/std/src/sys/helpers/small_c_string.rs

pub mod fs {
    use crate::ffi::{OsStr, OsString};
    use crate::io;
    use crate::iter::It;
    use crate::path::{Path, PathBuf};
    use crate::time::SystemTime;

    #[role(class = "fd")] pub struct File;
    pub struct Metadata;
    pub type ReadDir = It<io::Result<DirEntry>>;
    pub struct DirEntry;
    pub struct OpenOptions;
    pub struct FileTimes;
    pub struct Permissions;
    pub struct FileType;
    pub struct DirBuilder;
    pub enum TryLockError {
        Error(io::Error),
        WouldBlock,
    }
    impl File {
        #[fx(alloc)] #[role(opens, cloexec = true)] fn open<P: AsRef<Path>>(path: P) -> io::Result<File> {}
        #[fx(alloc)] #[role(opens, cloexec = true)] fn create<P: AsRef<Path>>(path: P) -> io::Result<File> {}
        #[fx(alloc)] #[role(opens, cloexec = true)] fn create_new<P: AsRef<Path>>(path: P) -> io::Result<File> {}
        fn options() -> OpenOptions {}
        fn sync_all(&self) -> io::Result<()> {}
        fn sync_data(&self) -> io::Result<()> {}
        #[role(locks_file)] fn lock(&self) -> io::Result<()> {}
        #[role(locks_file)] fn lock_shared(&self) -> io::Result<()> {}
        #[role(locks_file)] fn try_lock(&self) -> Result<(), TryLockError> {}
        #[role(locks_file)] fn try_lock_shared(&self) -> Result<(), TryLockError> {}
        fn unlock(&self) -> io::Result<()> {}
        fn set_len(&self, size: u64) -> io::Result<()> {}
        fn metadata(&self) -> io::Result<Metadata> {}
        #[role(opens, cloexec = true, dup = true)] fn try_clone(&self) -> io::Result<File> {}
        fn set_permissions(&self, perm: Permissions) -> io::Result<()> {}
        fn set_times(&self, times: FileTimes) -> io::Result<()> {}
        fn set_modified(&self, time: SystemTime) -> io::Result<()> {}
    }
    impl io::Read for File {}
    impl io::Write for File {}
    impl io::Seek for File {}
    impl io::Read for &File {}
    impl io::Write for &File {}
    impl io::Seek for &File {}
    impl OpenOptions {
        fn new() -> OpenOptions {}
        fn read(&mut self, read: bool) -> &mut Self {}
        fn write(&mut self, write: bool) -> &mut Self {}
        fn append(&mut self, append: bool) -> &mut Self {}
        fn truncate(&mut self, truncate: bool) -> &mut Self {}
        fn create(&mut self, create: bool) -> &mut Self {}
        fn create_new(&mut self, create_new: bool) -> &mut Self {}
        #[fx(alloc)] #[role(opens, cloexec = true)] fn open<P: AsRef<Path>>(&self, path: P) -> io::Result<File> {}
    }
    impl Clone for OpenOptions { fn clone(&self) -> Self {} }
    impl Metadata {
        fn file_type(&self) -> FileType {}
        fn is_dir(&self) -> bool {}
        fn is_file(&self) -> bool {}
        fn is_symlink(&self) -> bool {}
        fn len(&self) -> u64 {}
        fn permissions(&self) -> Permissions {}
        fn modified(&self) -> io::Result<SystemTime> {}
        fn accessed(&self) -> io::Result<SystemTime> {}
        fn created(&self) -> io::Result<SystemTime> {}
    }
    impl Permissions {
        fn readonly(&self) -> bool {}
        fn set_readonly(&mut self, readonly: bool) {}
    }
    impl FileType {
        fn is_dir(&self) -> bool {}
        fn is_file(&self) -> bool {}
        fn is_symlink(&self) -> bool {}
    }
    impl DirEntry {
        #[fx(alloc)] fn path(&self) -> PathBuf {}
        fn metadata(&self) -> io::Result<Metadata> {}
        fn file_type(&self) -> io::Result<FileType> {}
        #[fx(alloc)] fn file_name(&self) -> OsString {}
    }
    impl DirBuilder {
        fn new() -> DirBuilder {}
        fn recursive(&mut self, recursive: bool) -> &mut Self {}
        #[fx(alloc)] fn create<P: AsRef<Path>>(&self, path: P) -> io::Result<()> {}
    }
    impl FileTimes {
        fn new() -> FileTimes {}
        fn set_accessed(self, t: SystemTime) -> FileTimes {}
        fn set_modified(self, t: SystemTime) -> FileTimes {}
    }
    #[fx(alloc)] pub fn read<P: AsRef<Path>>(path: P) -> io::Result<Vec<u8>> {}
    #[fx(alloc)] pub fn read_to_string<P: AsRef<Path>>(path: P) -> io::Result<String> {}
    #[fx(alloc)] pub fn write<P: AsRef<Path>, C: AsRef<[u8]>>(path: P, contents: C) -> io::Result<()> {}
    #[fx(alloc)] pub fn remove_file<P: AsRef<Path>>(path: P) -> io::Result<()> {}
    #[fx(alloc)] pub fn metadata<P: AsRef<Path>>(path: P) -> io::Result<Metadata> {}
    #[fx(alloc)] pub fn symlink_metadata<P: AsRef<Path>>(path: P) -> io::Result<Metadata> {}
    #[fx(alloc)] pub fn rename<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> io::Result<()> {}
    #[fx(alloc)] pub fn copy<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> io::Result<u64> {}
    #[fx(alloc)] pub fn hard_link<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()> {}
    #[fx(alloc)] pub fn soft_link<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()> {}
    #[fx(alloc)] pub fn read_link<P: AsRef<Path>>(path: P) -> io::Result<PathBuf> {}
    #[fx(alloc)] pub fn canonicalize<P: AsRef<Path>>(path: P) -> io::Result<PathBuf> {}
    #[fx(alloc)] pub fn create_dir<P: AsRef<Path>>(path: P) -> io::Result<()> {}
    #[fx(alloc)] pub fn create_dir_all<P: AsRef<Path>>(path: P) -> io::Result<()> {}
    #[fx(alloc)] pub fn remove_dir<P: AsRef<Path>>(path: P) -> io::Result<()> {}
    #[fx(alloc)] pub fn remove_dir_all<P: AsRef<Path>>(path: P) -> io::Result<()> {}
    #[fx(alloc)] pub fn read_dir<P: AsRef<Path>>(path: P) -> io::Result<ReadDir> {}
    #[fx(alloc)] pub fn set_permissions<P: AsRef<Path>>(path: P, perm: Permissions) -> io::Result<()> {}
    #[fx(alloc)] pub fn exists<P: AsRef<Path>>(path: P) -> io::Result<bool> {}
}

/// source: std 1.95 library/std/src/os/unix/fs.rs, library/std/src/os/linux/fs.rs
pub mod os {
    pub mod unix {
        pub mod fs {
            use crate::fs::{DirBuilder, DirEntry, File, FileType, Metadata, OpenOptions, Permissions};
            use crate::io;
            use crate::path::Path;

            pub trait FileExt {
                fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize>;
                fn read_exact_at(&self, buf: &mut [u8], offset: u64) -> io::Result<()> {}
                fn write_at(&self, buf: &[u8], offset: u64) -> io::Result<usize>;
                fn write_all_at(&self, buf: &[u8], offset: u64) -> io::Result<()> {}
            }
            impl FileExt for File {}
            pub trait PermissionsExt {
                fn mode(&self) -> u32;
                fn set_mode(&mut self, mode: u32);
                fn from_mode(mode: u32) -> Self;
            }
            impl PermissionsExt for Permissions {}
            pub trait OpenOptionsExt {
                fn mode(&mut self, mode: u32) -> &mut Self;
                /// Added to `O_CLOEXEC`, which stays.
                fn custom_flags(&mut self, flags: i32) -> &mut Self;
            }
            impl OpenOptionsExt for OpenOptions {}
            pub trait MetadataExt {
                fn dev(&self) -> u64;
                fn ino(&self) -> u64;
                fn mode(&self) -> u32;
                fn nlink(&self) -> u64;
                fn uid(&self) -> u32;
                fn gid(&self) -> u32;
                fn rdev(&self) -> u64;
                fn size(&self) -> u64;
                fn atime(&self) -> i64;
                fn mtime(&self) -> i64;
                fn mtime_nsec(&self) -> i64;
                fn ctime(&self) -> i64;
                fn blksize(&self) -> u64;
                fn blocks(&self) -> u64;
            }
            impl MetadataExt for Metadata {}
            pub trait FileTypeExt {
                fn is_block_device(&self) -> bool;
                fn is_char_device(&self) -> bool;
                fn is_fifo(&self) -> bool;
                fn is_socket(&self) -> bool;
            }
            impl FileTypeExt for FileType {}
            pub trait DirEntryExt {
                fn ino(&self) -> u64;
            }
            impl DirEntryExt for DirEntry {}
            pub trait DirBuilderExt {
                fn mode(&mut self, mode: u32) -> &mut Self;
            }
            impl DirBuilderExt for DirBuilder {}
            #[fx(alloc)] pub fn symlink<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()> {}
            #[fx(alloc)] pub fn chown<P: AsRef<Path>>(dir: P, uid: Option<u32>, gid: Option<u32>) -> io::Result<()> {}
            #[fx(alloc)] pub fn lchown<P: AsRef<Path>>(dir: P, uid: Option<u32>, gid: Option<u32>) -> io::Result<()> {}
            #[fx(alloc)] pub fn chroot<P: AsRef<Path>>(dir: P) -> io::Result<()> {}
            pub fn fchown<F: crate::os::fd::AsFd>(fd: F, uid: Option<u32>, gid: Option<u32>) -> io::Result<()> {}
            #[fx(alloc)] pub fn mkfifo<P: AsRef<Path>>(path: P, permissions: Permissions) -> io::Result<()> {}
        }
        pub mod prelude {
            pub use super::ffi::{OsStrExt, OsStringExt};
            pub use super::fs::{DirEntryExt, FileExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt};
            pub use super::io::{AsFd, AsRawFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd, RawFd};
            pub use super::process::{CommandExt, ExitStatusExt};
            pub use super::thread::JoinHandleExt;
        }
    }
    pub mod linux {
        pub mod fs {
            pub trait MetadataExt {
                fn st_dev(&self) -> u64;
                fn st_ino(&self) -> u64;
                fn st_mode(&self) -> u32;
                fn st_nlink(&self) -> u64;
                fn st_uid(&self) -> u32;
                fn st_gid(&self) -> u32;
                fn st_size(&self) -> u64;
                fn st_mtime(&self) -> i64;
            }
            impl MetadataExt for crate::fs::Metadata {}
        }
    }
}
