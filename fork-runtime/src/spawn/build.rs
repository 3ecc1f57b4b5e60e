//! The request.

use super::{SpawnError, Step};
use crate::child::Child;
use crate::sys::spawn::{self, Plan};
use std::ffi::{CString, OsStr, OsString};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// What becomes of descriptors from 3 on that were not [given](Spawn::fd) to the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Inherit {
    /// None reaches the program: all are marked close-on-exec, by close_range(2) (Linux 5.11), else one by one.
    #[default]
    OnlyGiven,
    /// Those without the close-on-exec flag do, as with `posix_spawn`.
    Unmarked,
}

/// A program to start. See the [module](super).
#[derive(Debug)]
#[must_use]
pub struct Spawn {
    program: OsString,
    args: Vec<OsString>,
    env: Vec<(OsString, OsString)>,
    fds: Vec<(OwnedFd, RawFd)>,
    folder: Option<PathBuf>,
    session: bool,
    group: Option<u32>,
    terminal: Option<RawFd>,
    reset_ignored: bool,
    limits: Vec<(u32, u64, u64)>,
    umask: Option<u32>,
    user: Option<(u32, u32, Vec<u32>)>,
    inherit: Inherit,
}

impl Spawn {
    /// A program: a path if it has a slash, else looked for in the `PATH` of this process, now and not in the child.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let program = program.as_ref().to_owned();
        Self {
            args: vec![program.clone()],
            program,
            env: std::env::vars_os().collect(),
            fds: Vec::new(),
            folder: None,
            session: false,
            group: None,
            terminal: None,
            reset_ignored: true,
            limits: Vec::new(),
            umask: None,
            user: None,
            inherit: Inherit::OnlyGiven,
        }
    }

    /// One more argument.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.args.push(arg.as_ref().to_owned());
        self
    }

    /// More arguments.
    pub fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.args.extend(args.into_iter().map(|arg| arg.as_ref().to_owned()));
        self
    }

    /// Sets a variable. The environment starts as a copy of this process', taken by [`new`](Spawn::new).
    pub fn env(mut self, key: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self = self.env_remove(&key);
        self.env.push((key.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// Removes a variable.
    pub fn env_remove(mut self, key: impl AsRef<OsStr>) -> Self {
        self.env.retain(|(known, _)| known != key.as_ref());
        self
    }

    /// Removes all variables.
    pub fn env_clear(mut self) -> Self {
        self.env.clear();
        self
    }

    /// Gives the program `fd` under the number `target`: 0 to 2 for its standard streams, any other for more. Numbers may
    /// be exchanged: no order of calls is wrong.
    pub fn fd(mut self, fd: impl Into<OwnedFd>, target: RawFd) -> Self {
        self.fds.push((fd.into(), target));
        self
    }

    /// What becomes of the other descriptors.
    pub fn inherit(mut self, policy: Inherit) -> Self {
        self.inherit = policy;
        self
    }

    /// The folder the program starts in.
    pub fn current_dir(mut self, folder: impl AsRef<Path>) -> Self {
        self.folder = Some(folder.as_ref().to_owned());
        self
    }

    /// Starts a session, which has no controlling terminal, and a process group in it.
    pub fn new_session(mut self) -> Self {
        self.session = true;
        self
    }

    /// Joins a process group; 0 starts a new one.
    pub fn process_group(mut self, group: u32) -> Self {
        self.group = Some(group);
        self
    }

    /// Makes the terminal that the program has under this number its controlling terminal; implies
    /// [`new_session`](Spawn::new_session).
    pub fn controlling_terminal(mut self, number: RawFd) -> Self {
        self.session = true;
        self.terminal = Some(number);
        self
    }

    /// Leaves ignored signals ignored. The default sets every signal to its default action (Rust programs ignore
    /// `SIGPIPE`, and would hand that on); the mask is empty in any case.
    pub fn keep_ignored_signals(mut self) -> Self {
        self.reset_ignored = false;
        self
    }

    /// Sets a resource limit: `libc::RLIMIT_NOFILE` and so on, soft and hard. setrlimit(2).
    pub fn rlimit(mut self, resource: u32, soft: u64, hard: u64) -> Self {
        self.limits.push((resource, soft, hard));
        self
    }

    /// The file mode creation mask.
    pub fn umask(mut self, mask: u32) -> Self {
        self.umask = Some(mask);
        self
    }

    /// Becomes a user, with one group and these supplementary groups.
    pub fn user(mut self, uid: u32, gid: u32, groups: impl Into<Vec<u32>>) -> Self {
        self.user = Some((uid, gid, groups.into()));
        self
    }

    /// Starts the program. Safe from any thread at any time; may be called again.
    ///
    /// # Errors
    ///
    /// What failed in the child, exec included, with the system's reason.
    pub fn start(&self) -> Result<Child, SpawnError> {
        let plan = self.plan().map_err(|error| SpawnError { step: Step::Prepare, error })?;
        let (pid, pidfd) = spawn::run(&plan)?;
        Ok(Child::new(pid, pidfd))
    }

    fn plan(&self) -> io::Result<Plan> {
        let text = |text: &OsStr| CString::new(text.as_bytes()).map_err(io::Error::other);
        let pair = |(key, value): &(OsString, OsString)| {
            let joined = [key.as_bytes(), b"=", value.as_bytes()].concat();
            CString::new(joined).map_err(io::Error::other)
        };
        if self.fds.iter().any(|(_, target)| *target < 0) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a descriptor cannot have a negative number"));
        }
        Ok(Plan::new(
            self.programs()?,
            self.args.iter().map(|arg| text(arg)).collect::<Result<_, _>>()?,
            self.env.iter().map(pair).collect::<Result<_, _>>()?,
            spawn::Setting {
                fds: self.fds.iter().map(|(fd, target)| (fd.as_raw_fd(), *target)).collect(),
                folder: self.folder.as_deref().map(|folder| text(folder.as_os_str())).transpose()?,
                session: self.session,
                group: self.group,
                terminal: self.terminal,
                reset_ignored: self.reset_ignored,
                limits: self.limits.clone(),
                umask: self.umask,
                user: self.user.clone(),
                close_others: self.inherit == Inherit::OnlyGiven,
            },
        ))
    }

    /// The paths to try, as execvp(3) would.
    fn programs(&self) -> io::Result<Vec<CString>> {
        let bytes = self.program.as_bytes();
        let paths = if bytes.is_empty() || bytes.contains(&b'/') {
            vec![PathBuf::from(&self.program)]
        } else {
            let path = std::env::var_os("PATH").unwrap_or_else(|| "/bin:/usr/bin".into());
            std::env::split_paths(&path).map(|folder| folder.join(&self.program)).collect()
        };
        paths.into_iter().map(|path| CString::new(path.into_os_string().into_vec()).map_err(io::Error::other)).collect()
    }
}
