//! The tables of descriptors of all processes read.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;
use std::os::fd::OwnedFd;

use super::files::{Files, Place};
use super::gaps::Gaps;
use super::{Bounds, Parts, files};
use crate::model::{Descriptor, Kind, OpenFile, Process, Relation, Role};
use crate::proc::{ProcDir, elf, fdinfo, maps, number, text};
use crate::sys;

const O_CLOEXEC: u32 = libc::O_CLOEXEC.cast_unsigned();
const O_DIRECTORY: u32 = libc::O_DIRECTORY.cast_unsigned();
/// Contains the bit of `O_DIRECTORY`, and is no directory.
const O_TMPFILE: u32 = libc::O_TMPFILE.cast_unsigned();

/// When more processes than this are asked for, the flags of what a forked one has inherited are not read again.
const MANY: usize = 16;

pub(super) fn read(seen: &mut [(ProcDir, Process, Gaps)], files: &mut Files, parts: Parts, bounds: &mut Bounds) {
    let many = seen.iter().filter(|(_, p, _)| p.role == Role::Target).count() > MANY;
    for at in 0..seen.len() {
        let (before, rest) = seen.split_at_mut(at);
        let Some((dir, process, gaps)) = rest.first_mut() else { continue };
        if process.kernel_thread || bounds.over(|| format!("descriptors of {}", process.pid)) {
            continue;
        }
        let origin = process.forked_from.unwrap_or(process.parent);
        let baseline = before.iter().find(|(_, p, _)| p.pid == origin);
        let baseline = baseline.and_then(|(_, p, _)| Some((p.pid, p.descriptors.as_deref()?)));
        let reader = Reader::open(dir);
        let Some(mut reader) = gaps.keep("fd", reader) else { continue };
        reader.brief = parts.brief || process.role != Role::Target || many && process.forked_without_exec;
        process.descriptors = Some(reader.table(process, baseline, files, gaps, bounds));
    }
}

/// The directories of one process's descriptors.
struct Reader<'a> {
    dir: &'a ProcDir,
    links: OwnedFd,
    infos: Option<OwnedFd>,
    /// Types of the filesystems by mount number, read when a deleted file asks for it.
    filesystems: Option<HashMap<u32, bool>>,
    /// Whether the flags of inherited descriptors are left unread.
    brief: bool,
    /// Texts of `fdinfo` are read into this.
    buffer: Vec<u8>,
}

impl<'a> Reader<'a> {
    fn open(dir: &'a ProcDir) -> io::Result<Self> {
        Ok(Self {
            dir,
            links: dir.open_dir("fd")?,
            infos: dir.open_dir("fdinfo").ok(),
            filesystems: None,
            brief: false,
            buffer: Vec::new(),
        })
    }

    fn table(
        &mut self,
        process: &Process,
        baseline: Option<(i32, &[Descriptor])>,
        files: &mut Files,
        gaps: &mut Gaps,
        bounds: &mut Bounds,
    ) -> Vec<Descriptor> {
        let mut numbers = Vec::new();
        if let Err(error) = sys::list(&self.links, |name| {
            numbers.extend(number(name));
            true
        }) {
            gaps.note("fd", &error);
        }
        numbers.sort_unstable();
        let mut table = Vec::with_capacity(numbers.len());
        let known = baseline.map(|(pid, table)| files::Baseline::new(pid, table));
        for (done, fd) in numbers.iter().enumerate() {
            if done % 256 == 255 && bounds.over(|| format!("descriptors of {} after {done}", process.pid)) {
                break;
            }
            let place = Place { pid: process.pid, fd: *fd };
            let inherited = known.as_ref().and_then(|b| files.inherited(b, place, gaps));
            let entry = match inherited {
                Some(file) if self.brief => Descriptor { fd: *fd, file, cloexec: None, relation: Relation::Inherited },
                Some(file) => {
                    let cloexec = self.info(*fd, gaps).flags.map(|flags| flags & O_CLOEXEC != 0);
                    Descriptor { fd: *fd, file, cloexec, relation: Relation::Inherited }
                }
                None => match self.whole(*fd, gaps) {
                    Some((file, cloexec)) => {
                        let (file, relation) = files.add(file, place, known.as_ref(), gaps);
                        Descriptor { fd: *fd, file, cloexec, relation }
                    }
                    None => continue,
                },
            };
            table.push(entry);
        }
        table
    }

    fn info(&mut self, fd: i32, gaps: &mut Gaps) -> fdinfo::FdInfo {
        /// A malicious target decides how long its watch lists are.
        const LONGEST: usize = 8 << 20;
        let Some(infos) = &self.infos else {
            gaps.note("fdinfo", &io::Error::from_raw_os_error(libc::EACCES));
            return fdinfo::FdInfo::default();
        };
        match sys::read_at(infos, sys::Name::of(fd).get(), &mut self.buffer, LONGEST) {
            Ok(bytes) => {
                let text = std::str::from_utf8(bytes).map_or_else(|_| Cow::Owned(text::lossless(bytes)), Cow::Borrowed);
                fdinfo::parse(&text)
            }
            // Closed meanwhile: nothing was kept from us.
            Err(error) if error.raw_os_error() == Some(libc::ENOENT) => fdinfo::FdInfo::default(),
            Err(error) => {
                gaps.note("fdinfo", &error);
                fdinfo::FdInfo::default()
            }
        }
    }

    /// Everything about a descriptor; none when it was closed meanwhile.
    fn whole(&mut self, fd: i32, gaps: &mut Gaps) -> Option<(OpenFile, Option<bool>)> {
        let name = sys::Name::of(fd);
        let name = name.get();
        let mut buffer = [0; 4096];
        let link = match sys::read_link_at(&self.links, name, &mut buffer) {
            Ok(link) => text::lossless(link),
            Err(error) if error.raw_os_error() == Some(libc::ENOENT) => return None,
            Err(error) => {
                gaps.note("fd", &error);
                String::new()
            }
        };
        let info = self.info(fd, gaps);
        let (kind, target) = kind(link, info.flags.unwrap_or(0));
        let mut file = OpenFile {
            inode: info.inode.or_else(|| inode_in(&target)),
            position: info.position,
            flags: info.flags.map(|flags| flags & !O_CLOEXEC),
            locks: info.locks,
            watches: info.watches,
            details: info.details,
            kind,
            target,
            ..OpenFile::default()
        };
        if matches!(kind, Kind::File | Kind::Directory)
            && let Some(path) = file.target.strip_suffix(maps::DELETED)
            && info.mount.is_none_or(|mount| self.is_local(mount))
        {
            match sys::size_at(&self.links, name) {
                // A name may end like the kernel's mark.
                Ok((_, 1..)) => {}
                Ok((bytes, 0)) => {
                    file.bytes = Some(bytes);
                    (file.target, file.deleted) = (path.to_owned(), true);
                }
                Err(_) => (file.target, file.deleted) = (path.to_owned(), true),
            }
        }
        Some((file, info.flags.map(|flags| flags & O_CLOEXEC != 0)))
    }

    fn is_local(&mut self, mount: u32) -> bool {
        let filesystems = self.filesystems.get_or_insert_with(|| {
            let text = self.dir.read_up_to("mountinfo", 4 << 20).unwrap_or_default();
            let text = text::lossless(&text);
            elf::mounts(&text).map(|m| (m.id, !elf::is_remote(m.filesystem))).collect()
        });
        filesystems.get(&mount).copied().unwrap_or(false)
    }
}

/// `pipe:[7]`
fn inode_in(target: &str) -> Option<u64> {
    target.split_once(":[")?.1.strip_suffix(']')?.parse().ok()
}

/// The kind, and the target without decoration.
fn kind(link: String, flags: u32) -> (Kind, String) {
    let kind = match link.as_str() {
        "" => Kind::Unknown,
        path if path.starts_with("/memfd:") => Kind::Memfd,
        path if path.starts_with("/dev/") && !path.starts_with("/dev/shm/") && !path.starts_with("/dev/mqueue/") => {
            Kind::Device
        }
        path if path.starts_with('/') && flags & O_TMPFILE == O_DIRECTORY => Kind::Directory,
        path if path.starts_with('/') => Kind::File,
        pipe if pipe.starts_with("pipe:[") => Kind::Pipe,
        socket if socket.starts_with("socket:[") => Kind::Socket,
        "anon_inode:[eventpoll]" => Kind::Epoll,
        "anon_inode:[eventfd]" => Kind::Eventfd,
        "anon_inode:[timerfd]" => Kind::Timerfd,
        "anon_inode:[signalfd]" => Kind::Signalfd,
        "anon_inode:inotify" => Kind::Inotify,
        "anon_inode:[fanotify]" => Kind::Fanotify,
        "anon_inode:[io_uring]" => Kind::IoUring,
        pidfd if pidfd == "anon_inode:[pidfd]" || pidfd.starts_with("pidfd:[") => Kind::Pidfd,
        other if !other.starts_with("anon_inode:") && other.contains(":[") => Kind::Namespace,
        _ => Kind::Other,
    };
    (kind, link)
}
