//! A filesystem whose server stops answering: a minimal FUSE server (linux/fuse.h, protocol 7) with one file.

use std::ffi::CString;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::fd::AsRawFd as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The mount. It is taken away with [`DeadMount::end`], or with the value.
pub(crate) struct DeadMount {
    folder: tempfile::TempDir,
    path: PathBuf,
    dead: Arc<AtomicBool>,
}

impl DeadMount {
    /// Mounts it; none without FUSE or the right to mount.
    pub(crate) fn new() -> Option<Self> {
        let device = OpenOptions::new().read(true).write(true).open("/dev/fuse").ok()?;
        let folder = tempfile::tempdir().ok()?;
        let path = folder.path().join("mount");
        std::fs::create_dir(&path).ok()?;
        let point = CString::new(path.as_os_str().as_bytes()).ok()?;
        let options = format!("fd={},rootmode=40000,user_id=0,group_id=0", device.as_raw_fd());
        let options = CString::new(options).ok()?;
        // SAFETY: all strings end in NUL and live across the call.
        let mounted = unsafe {
            libc::mount(c"dead".as_ptr(), point.as_ptr(), c"fuse".as_ptr(), libc::MS_NOSUID, options.as_ptr().cast())
        };
        if mounted != 0 {
            return None;
        }
        let dead = Arc::new(AtomicBool::new(false));
        let flag = dead.clone();
        std::thread::spawn(move || serve(device, &flag));
        Some(Self { folder, path, dead })
    }

    pub(crate) fn path(&self) -> &Path {
        debug_assert!(self.path.starts_with(self.folder.path()));
        &self.path
    }

    /// From now on requests are taken, and never answered.
    pub(crate) fn die(&self) {
        self.dead.store(true, Ordering::SeqCst);
    }

    /// Ends the mount, and every wait for it.
    pub(crate) fn end(&self) {
        let Ok(point) = CString::new(self.path.as_os_str().as_bytes()) else { return };
        // SAFETY: the string ends in NUL.
        unsafe { libc::umount2(point.as_ptr(), libc::MNT_FORCE | libc::MNT_DETACH) };
    }
}

impl Drop for DeadMount {
    fn drop(&mut self) {
        self.end();
    }
}

/// Answers until the mount is taken away.
fn serve(mut device: File, dead: &AtomicBool) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(length) = device.read(&mut buffer) {
        let word = |at: usize| buffer.get(at..at + 4).map_or(0, |b| u32::from_ne_bytes(b.try_into().unwrap()));
        let (operation, node) = (word(4), word(16));
        let request = buffer.get(8..16).map(<[u8]>::to_vec).unwrap_or_default();
        if dead.load(Ordering::SeqCst) || length < 40 {
            continue;
        }
        // FUSE_LOOKUP 1, FUSE_GETATTR 3, FUSE_OPEN 14, FUSE_INIT 26, FUSE_OPENDIR 27.
        let (error, body) = match operation {
            1 => (0, [entry(), attributes(2)].concat()),
            3 => (0, [vec![0; 16], attributes(node)].concat()),
            14 | 27 => (0, vec![0; 16]),
            26 => (0, initialised(word(44))),
            _ => (-libc::ENOSYS, Vec::new()),
        };
        let total = u32::try_from(16 + body.len()).unwrap_or(0);
        let answer = [&total.to_ne_bytes()[..], &i32::to_ne_bytes(error), &request, &body].concat();
        let _ = device.write_all(&answer);
    }
}

/// `struct fuse_entry_out` before its attributes: node 2, valid for no time, so that every `stat` asks again.
fn entry() -> Vec<u8> {
    let mut bytes = vec![0; 40];
    if let Some(first) = bytes.first_mut() {
        *first = 2;
    }
    bytes
}

/// `struct fuse_attr`: inode, size, blocks, three times, their nanoseconds, mode, links, owner, device, block size, flags.
fn attributes(node: u32) -> Vec<u8> {
    let mode: u32 = if node == 1 { libc::S_IFDIR | 0o755 } else { libc::S_IFREG | 0o644 };
    let mut bytes = u64::from(node).to_ne_bytes().to_vec();
    bytes.extend([0; 52]);
    for word in [mode, 1, 0, 0, 0, 512, 0] {
        bytes.extend(word.to_ne_bytes());
    }
    bytes
}

/// `struct fuse_init_out` of version 7.31 without any feature.
fn initialised(minor: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    for word in [7, minor.min(31), 1 << 16, 0, 0, 4096, 0, 0] {
        bytes.extend(u32::to_ne_bytes(word));
    }
    bytes.resize(64, 0);
    bytes
}
