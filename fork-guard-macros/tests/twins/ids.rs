//! An id generator: parent and child draw the same ids.

use crate::common::{Outcome, Scenario};
use crate::{ensure, status, succeeds};
use fork_runtime::testkit::Way;
use fork_runtime::{ForkGuard, fork_safe};
use std::io::Read;

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("ids_repeat_without", repeat),
    ("ids_differ_with", differ),
    ("ids_differ_in_grandchildren", grandchildren),
    ("ids_methods_left_out_do_not_reset", left_out),
];

fn seed() -> u64 {
    let mut bytes = [0; 8];
    let read = std::fs::File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes));
    if read.is_ok() { u64::from_ne_bytes(bytes) | 1 } else { 1 }
}

/// xorshift64.
fn step(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

struct Plain {
    state: u64,
    prefix: String,
}

impl Plain {
    fn draw(&mut self) -> String {
        format!("{}{:x}", self.prefix, step(&mut self.state))
    }
}

#[fork_safe]
struct Ids {
    #[fork(reset = seed())]
    state: u64,
    prefix: String,
    #[fork(reset)]
    drawn: u32,
    #[fork(reset)]
    guard: ForkGuard,
}

#[fork_safe(check = self.guard)]
impl Ids {
    fn new() -> Self {
        Self { state: seed(), prefix: "id-".to_owned(), drawn: 0, guard: ForkGuard::new() }
    }

    pub(crate) fn draw(&mut self) -> String {
        self.drawn += 1;
        format!("{}{:x}", self.prefix, step(&mut self.state))
    }

    #[fork(unchecked)]
    pub(crate) fn drawn(&self) -> u32 {
        self.drawn
    }

    pub(crate) fn into_last(self) -> (String, u32) {
        (self.prefix, self.drawn)
    }
}

/// What a child that calls `draw` next gets, and what its parent gets then.
fn both(mut draw: impl FnMut() -> String) -> Result<(String, String), Box<dyn std::error::Error>> {
    let (mut reader, mut writer) = std::io::pipe()?;
    draw();
    let child = Way::Fork.start(|| {
        let written = std::io::Write::write_all(&mut writer, draw().as_bytes());
        status(written.map_err(Into::into))
    })?;
    succeeds(child)?;
    drop(writer);
    let mut childs = String::new();
    reader.read_to_string(&mut childs)?;
    Ok((childs, draw()))
}

fn repeat() -> Outcome {
    let mut ids = Plain { state: seed(), prefix: "id-".to_owned() };
    let (child, parent) = both(|| ids.draw())?;
    ensure(child == parent, "the harm did not happen")
}

fn differ() -> Outcome {
    let mut ids = Ids::new();
    let (child, parent) = both(|| ids.draw())?;
    ensure(child.starts_with("id-") && parent.starts_with("id-"), "the prefix is kept")?;
    ensure(child != parent, "parent and child drew the same id")?;
    ensure(ids.drawn() == 2, "the parent's count was reset")
}

fn grandchildren() -> Outcome {
    let mut ids = Ids::new();
    for way in [Way::UnderscoreFork, Way::Clone3, Way::Grandchild, Way::RawGrandchild] {
        let (child, parent) = {
            let (mut reader, mut writer) = std::io::pipe()?;
            succeeds(way.start(|| {
                let id = ids.draw();
                let counted = ensure(ids.count_by_value() == 1, "the count is the child's own");
                let written = std::io::Write::write_all(&mut writer, id.as_bytes());
                status(written.map_err(Into::into).and(counted))
            })?)?;
            drop(writer);
            let mut childs = String::new();
            reader.read_to_string(&mut childs)?;
            (childs, ids.draw())
        };
        ensure(child != parent, &format!("{way:?}: the same id"))?;
    }
    Ok(())
}

impl Ids {
    fn count_by_value(&mut self) -> u32 {
        let guard = ForkGuard::new();
        let ids = Ids { state: self.state, prefix: std::mem::take(&mut self.prefix), drawn: self.drawn, guard };
        ids.into_last().1
    }
}

fn left_out() -> Outcome {
    let mut ids = Ids::new();
    ids.draw();
    succeeds(Way::Fork.start(|| {
        let before = ids.drawn();
        // By value: the check resets a value that nobody else has.
        let (prefix, after) = ids.into_last();
        i32::from(before != 1 || after != 0 || prefix != "id-")
    })?)
}
