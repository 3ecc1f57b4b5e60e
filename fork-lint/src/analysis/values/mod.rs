//! What values are: which flags they carry, and which other values are the same thing.

mod flags;
mod flow;
mod index;
mod names;

pub use flags::{Flag, Has, has_flag, has_flag_called, str_of};
pub use flow::{Flow, root_local};
pub use index::{ValueIndex, callers};
pub use names::passes_by_name;
