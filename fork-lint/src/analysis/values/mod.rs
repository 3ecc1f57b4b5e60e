//! What values are: which flags they carry, and which other values are the same thing.

mod flag;
mod flags;
mod flow;
mod index;
mod names;
mod strings;

pub use flag::{Flag, Has};
pub use flags::{has_flag, has_flag_called};
pub use flow::{Flow, root_local};
pub use index::{ValueIndex, callers};
pub use names::passes_by_name;
pub use strings::str_of;
