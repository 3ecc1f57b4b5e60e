//! Deciding about every inherited descriptor, and finding those nobody decided about.

use crate::sys::policy;
use std::fmt;
use std::io;
use std::os::fd::RawFd;
use std::path::{Path, PathBuf};

/// What happens to a descriptor in the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Decision {
    /// It is closed.
    Close,
    /// The number becomes `/dev/null`.
    Null,
    /// A regular file is opened again at the same offset: parent and child no longer move each other's position.
    Reopen,
    /// It stays shared.
    Keep,
}

/// What a descriptor stands for, as `/proc/self/fd` says it (proc(5)).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Something with a path: a file, folder or device.
    Path(PathBuf),
    /// A socket.
    Socket,
    /// A pipe.
    Pipe,
    /// An epoll, eventfd, timerfd, inotify or other anonymous file; the name is the kernel's.
    Anonymous(String),
}

/// An open descriptor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Descriptor {
    /// Its number.
    pub number: RawFd,
    /// What it stands for.
    pub kind: Kind,
}

impl fmt::Display for Descriptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.number)?;
        match &self.kind {
            Kind::Path(path) => path.display().fmt(f),
            Kind::Socket => f.write_str("socket"),
            Kind::Pipe => f.write_str("pipe"),
            Kind::Anonymous(name) => f.write_str(name),
        }
    }
}

type Matches = Box<dyn Fn(&Descriptor) -> bool + Send + Sync>;

/// Rules about inherited descriptors; the first that matches decides. Without a rule there is no decision: the
/// [audit](DescriptorPolicy::audit) lists it.
///
/// ```
/// use fork_runtime::{Decision, DescriptorPolicy};
///
/// # fn main() -> std::io::Result<()> {
/// let policy = DescriptorPolicy::new().stdio(Decision::Keep).path("/dev", Decision::Keep);
/// for descriptor in policy.audit()?.undecided {
///     println!("nobody decided about {descriptor}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
pub struct DescriptorPolicy {
    rules: Vec<(Matches, Decision)>,
}

impl fmt::Debug for DescriptorPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DescriptorPolicy").field("rules", &self.rules.len()).finish()
    }
}

/// The outcome of an [audit](DescriptorPolicy::audit).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// Descriptors with a decision.
    pub decided: Vec<(Descriptor, Decision)>,
    /// Descriptors without one.
    pub undecided: Vec<Descriptor>,
}

impl DescriptorPolicy {
    /// No rules.
    pub fn new() -> Self {
        Self::default()
    }

    /// A rule of one's own.
    #[must_use]
    pub fn rule(mut self, matches: impl Fn(&Descriptor) -> bool + Send + Sync + 'static, decision: Decision) -> Self {
        self.rules.push((Box::new(matches), decision));
        self
    }

    /// Decides about a number.
    #[must_use]
    pub fn number(self, number: RawFd, decision: Decision) -> Self {
        self.rule(move |descriptor| descriptor.number == number, decision)
    }

    /// Decides about the standard streams.
    #[must_use]
    pub fn stdio(self, decision: Decision) -> Self {
        self.rule(|descriptor| descriptor.number <= 2, decision)
    }

    /// Decides about files at or below a path.
    #[must_use]
    pub fn path(self, path: impl AsRef<Path>, decision: Decision) -> Self {
        let path = path.as_ref().to_owned();
        self.rule(move |descriptor| matches!(&descriptor.kind, Kind::Path(found) if found.starts_with(&path)), decision)
    }

    /// Decides about everything that no earlier rule matched.
    #[must_use]
    pub fn otherwise(self, decision: Decision) -> Self {
        self.rule(|_| true, decision)
    }

    /// Looks at all open descriptors and changes none.
    ///
    /// # Errors
    ///
    /// When `/proc/self/fd` cannot be read.
    pub fn audit(&self) -> io::Result<Audit> {
        let mut audit = Audit::default();
        for descriptor in open()? {
            match self.rules.iter().find(|(matches, _)| matches(&descriptor)) {
                Some((_, decision)) => audit.decided.push((descriptor, *decision)),
                None => audit.undecided.push(descriptor),
            }
        }
        Ok(audit)
    }

    pub(crate) fn decisions(&self) -> io::Result<Vec<(RawFd, Decision)>> {
        let decided = self.audit()?.decided;
        Ok(decided.into_iter().map(|(descriptor, decision)| (descriptor.number, decision)).collect())
    }
}

/// All open descriptors but the one that reads the list.
fn open() -> io::Result<Vec<Descriptor>> {
    let mut found = Vec::new();
    for number in policy::numbers()? {
        // Closed by another thread in between, or the list itself.
        let Ok(target) = std::fs::read_link(format!("/proc/self/fd/{number}")) else {
            continue;
        };
        found.push(Descriptor { number, kind: kind(target) });
    }
    Ok(found)
}

fn kind(target: PathBuf) -> Kind {
    if target.is_absolute() {
        return Kind::Path(target);
    }
    let text = target.to_string_lossy();
    if text.starts_with("socket:") {
        Kind::Socket
    } else if text.starts_with("pipe:") {
        Kind::Pipe
    } else {
        Kind::Anonymous(text.trim_start_matches("anon_inode:").to_owned())
    }
}
