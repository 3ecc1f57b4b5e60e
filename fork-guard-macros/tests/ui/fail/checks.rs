//! Checks that cannot be made.
use fork_runtime::{ForkGuard, Generation, fork_safe};

#[fork_safe]
struct Client {
    #[fork(reset)]
    guard: ForkGuard,
    born: Generation,
    name: String,
}

#[fork_safe(check = self.guard)]
impl Client {
    pub fn shared(&self) -> &str {
        &self.name
    }
}

#[fork_safe(check = self.name)]
impl Client {
    pub fn by_name(&mut self) {
        self.name.clear();
    }
}

#[fork_safe(check = self.gard)]
impl Client {
    pub fn mistyped(&mut self) {}
}

#[fork_safe(check = self.born)]
impl Client {
    pub const fn constant(&self) -> u8 {
        1
    }

    #[fork(left_out)]
    pub fn no_such_word(&self) {}
}

#[fork_safe(check = self.born)]
impl Client {
    fn private(&self) {}
}

struct Undecided(ForkGuard);

#[fork_safe(check = self.0)]
impl Undecided {
    pub fn resets(&mut self) {}
}

fn main() {}
