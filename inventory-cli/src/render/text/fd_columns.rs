//! What can be told about a descriptor in a column, and picked by it.

use std::borrow::Cow;
use std::str::FromStr;

use super::fds::{access, describe, relation};
use crate::model::{Descriptor, OpenFile, Process, Snapshot};
use crate::proc::text::harmless;

/// One row in the making.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) process: &'a Process,
    pub(super) descriptor: &'a Descriptor,
    pub(super) file: &'a OpenFile,
    /// How many other processes have the file.
    pub(super) sharers: u32,
}

/// Most cells are one of a few words.
pub(super) type Cell = Cow<'static, str>;

/// A column: its name on the command line, its headline, its cell.
#[derive(Clone, Copy)]
pub struct Column {
    name: &'static str,
    pub(super) head: &'static str,
    pub(super) cell: fn(Row<'_>) -> Cell,
}

fn number(value: Option<u64>) -> Cell {
    value.map_or("-".into(), |v| v.to_string().into())
}

const ALL: &[Column] = &[
    Column { name: "fd", head: "FD", cell: |r| r.descriptor.fd.to_string().into() },
    Column { name: "kind", head: "KIND", cell: |r| r.file.kind.word().into() },
    Column { name: "rw", head: "RW", cell: |r| access(r.file).into() },
    Column {
        name: "close",
        head: "CLOSE",
        cell: |r| r.descriptor.cloexec.map_or("?", |c| if c { "exec" } else { "-" }).into(),
    },
    Column { name: "parent", head: "PARENT'S", cell: |r| relation(r.descriptor.relation).into() },
    Column {
        name: "shared",
        head: "SHARED",
        cell: |r| if r.sharers == 0 { "-".into() } else { r.sharers.to_string().into() },
    },
    Column { name: "target", head: "TARGET", cell: |r| describe(r.snapshot, r.file).into() },
    Column { name: "pid", head: "PID", cell: |r| r.process.pid.to_string().into() },
    Column { name: "name", head: "NAME", cell: |r| harmless(&r.process.name).into() },
    Column { name: "pos", head: "POS", cell: |r| number(r.file.position) },
    Column { name: "inode", head: "INODE", cell: |r| number(r.file.inode) },
    Column { name: "flags", head: "FLAGS", cell: |r| r.file.flags.map_or("?".into(), |f| format!("0{f:o}").into()) },
    Column { name: "held", head: "HELD", cell: |r| if r.file.deleted { number(r.file.bytes) } else { "-".into() } },
    Column {
        name: "state",
        head: "STATE",
        cell: |r| r.file.socket.as_ref().map_or("-".into(), |s| s.state.clone().into()),
    },
    Column {
        name: "lock",
        head: "LOCK",
        cell: |r| r.file.locks.first().map_or("-".into(), |l| format!("{} {}", l.kind, l.mode).into()),
    },
];

/// How many of [`ALL`] are shown when none are named.
const USUAL: usize = 7;

impl Column {
    /// The columns that are shown when none are named.
    pub fn usual() -> Vec<Self> {
        ALL.iter().copied().take(USUAL).collect()
    }
}

impl std::fmt::Debug for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl FromStr for Column {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        ALL.iter().find(|c| c.name == text).copied().ok_or_else(|| {
            let names: Vec<&str> = ALL.iter().map(|c| c.name).collect();
            format!("`{text}` is no column: {}", names.join(", "))
        })
    }
}

/// A condition on the text of a column: `kind=socket`, `kind!=file`, `target~8080`.
#[derive(Clone, Debug)]
pub struct Condition {
    column: Column,
    test: Test,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Test {
    Is,
    IsNot,
    Contains,
}

impl Condition {
    pub(super) fn holds(&self, row: Row<'_>) -> bool {
        let cell = (self.column.cell)(row);
        match self.test {
            Test::Is => cell == self.text,
            Test::IsNot => cell != self.text,
            Test::Contains => cell.contains(&self.text),
        }
    }
}

impl FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let at = text.find(['=', '!', '~']).filter(|at| !text.get(*at..).unwrap_or_default().starts_with("!~"));
        let split = at.map(|at| text.split_at(at)).and_then(|(column, rest)| {
            let tests = [("!=", Test::IsNot), ("=", Test::Is), ("~", Test::Contains)];
            tests.iter().find_map(|(sign, test)| Some((column, *test, rest.strip_prefix(sign)?)))
        });
        let (column, test, value) =
            split.ok_or_else(|| format!("`{text}` is no condition: kind=socket, kind!=file or target~8080"))?;
        Ok(Self { column: column.parse()?, test, text: value.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_a_column_a_test_and_a_text() {
        for (text, test, value) in [
            ("kind=socket", Test::Is, "socket"),
            ("kind!=file", Test::IsNot, "file"),
            ("target~a=b", Test::Contains, "a=b"),
        ] {
            let condition: Condition = text.parse().unwrap();
            assert_eq!((condition.test, condition.text.as_str()), (test, value));
        }
        for nonsense in ["", "kind", "colour=red", "=x", "kind!x", "kind!~x"] {
            assert!(nonsense.parse::<Condition>().is_err(), "{nonsense}");
        }
        assert!("colour".parse::<Column>().unwrap_err().contains("target"));
    }
}
