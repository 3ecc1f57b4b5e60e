//! Flags to look for, and whether one is set.

/// A flag to look for.
#[derive(Clone, Copy, Debug)]
pub enum Flag {
    /// Any spelling of close-on-exec: a constant whose name says `CLOEXEC`, or an integer with this bit.
    Cloexec {
        /// Its bit in the argument's integer type.
        bit: i64,
    },
    /// Close-on-exec as `F_SETFD` takes it: `FD_CLOEXEC`, which is another bit than the flags of creating functions.
    Descriptor,
    /// The constant of exactly this name (last segment), or an integer with this bit.
    Named {
        /// Its name.
        name: &'static str,
        /// Its bit.
        bit: i64,
    },
    /// A letter of a string (`e` in a mode of `fopen`).
    Letter(char),
}

impl Flag {
    /// Close-on-exec as the constant of that name spells it.
    pub fn cloexec(name: &str) -> Flag {
        let bit = match name.rsplit("::").next().unwrap_or(name) {
            "FD_CLOEXEC" | "MFD_CLOEXEC" | "FAN_CLOEXEC" | "FSOPEN_CLOEXEC" | "FSMOUNT_CLOEXEC" | "FSPICK_CLOEXEC" => 1,
            "CLOSE_RANGE_CLOEXEC" => 4,
            "PERF_FLAG_FD_CLOEXEC" => 8,
            "MSG_CMSG_CLOEXEC" | "CMSG_CLOEXEC" => 0x4000_0000,
            letter if letter.len() == 1 => return Flag::Letter(letter.chars().next().unwrap_or('e')),
            _ => 0o2_000_000,
        };
        Flag::Cloexec { bit }
    }

    pub(super) fn is_named(self, constant: &str) -> bool {
        match self {
            Flag::Cloexec { .. } => constant.contains("CLOEXEC"),
            Flag::Descriptor => constant.contains("CLOEXEC") && !CREATING.iter().any(|p| constant.starts_with(p)),
            Flag::Named { name, .. } => constant == name,
            Flag::Letter(_) => false,
        }
    }

    pub(super) fn is_in(self, int: i64) -> bool {
        match self {
            Flag::Cloexec { bit } | Flag::Named { bit, .. } => bit != 0 && int & bit == bit,
            Flag::Descriptor => int & 1 == 1,
            Flag::Letter(_) => false,
        }
    }
}

/// How the close-on-exec flags of creating functions start.
const CREATING: &[&str] = &["O_", "SOCK_", "EFD_", "TFD_", "SFD_", "MFD_", "EPOLL_", "IN_", "PERF_", "MSG_", "FAN_"];

/// Whether a flag is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Has {
    /// On some path at least.
    Yes,
    /// On no path.
    No,
    /// Not known; why.
    Maybe(&'static str),
}

impl Has {
    /// Of values that are combined, or of which any may be the one: a flag set on some path counts as set.
    pub(super) fn any(parts: impl IntoIterator<Item = Has>) -> Has {
        let mut all = Has::No;
        for part in parts {
            match part {
                Has::Yes => return Has::Yes,
                Has::Maybe(_) => all = part,
                Has::No => {}
            }
        }
        all
    }

    /// Of values that come from different callers: known only when they agree.
    pub(super) fn agreed(parts: impl IntoIterator<Item = Has>) -> Has {
        let mut parts = parts.into_iter();
        let Some(first) = parts.next() else { return Has::Maybe("no caller is known") };
        if parts.all(|p| p == first) { first } else { Has::Maybe("its callers give different flags") }
    }
}
