//! What follows from the facts: call graph, effects, child regions, guards, thread order. Sees facts and catalogue only.

mod abs;
mod alive;
mod callables;
mod cfg;
mod child;
mod contract;
mod deeds;
mod diverge;
mod eval;
mod forks;
mod graph;
mod held;
mod order;
mod parts;
mod program;
mod regions;
mod site;
mod summary;
mod syscall;
mod targets;
#[cfg(test)]
mod tests;
mod threads;
mod uses;
pub mod values;
mod walk;

pub use abs::{Abs, Fits};
pub use alive::Alive;
pub use callables::{Callable, Handling, Pass};
pub use cfg::{Reach, reach, successors};
pub use child::BeforeExec;
pub use contract::Breach;
pub use deeds::{ChildEvent, Deed};
pub use forks::{Fork, Forks, Form};
pub use graph::{Edge, Graph, How, Target};
pub use held::{Held, dropped_in_child};
pub use order::{Evidence, Order, Seen, states_condition};
pub use program::*;
pub use regions::{Region, RegionId, RegionKind};
pub use site::{Site, call_sites, event_at};
pub use summary::{Summaries, Witness};
pub use targets::{Effects, Targets, entry_effects};
pub use uses::{Use, UseMap, Uses};
pub use walk::{Exit, Walk};
