//! Family `child-exit`: how a child leaves, and what it runs of its parent's end.

mod buffered_writer;
mod exit;
mod inherited;
mod returns;
mod temp_file;

use super::Rule;

/// The rules of this family.
pub const RULES: &[&Rule] = &[
    &buffered_writer::BufferedWriterAcrossFork,
    &exit::ChildExitsWithExit,
    &returns::ChildReturns,
    &temp_file::TempFileAcrossFork,
];
