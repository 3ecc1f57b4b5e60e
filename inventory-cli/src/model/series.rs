//! Memory over time.

use serde::{Deserialize, Serialize};

/// What a fork and the process it was forked from did to their memory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemorySeries {
    /// The fork.
    pub pid: i32,
    /// The process it was forked from.
    pub parent: i32,
    /// The looks, in order.
    pub samples: Vec<MemorySample>,
}

/// One look at the writable private mappings of a fork, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemorySample {
    /// Seconds since the first look.
    pub seconds: f64,
    /// In memory.
    pub present: u64,
    /// Mapped by nobody else.
    pub exclusive: u64,
    /// In the same pages as the parent's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub same_as_parent: Option<u64>,
    /// In other pages than the parent's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub diverged: Option<u64>,
    /// Copied since the first look because the fork wrote.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by_child: Option<u64>,
    /// Copied since the first look because the parent wrote.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by_parent: Option<u64>,
}
