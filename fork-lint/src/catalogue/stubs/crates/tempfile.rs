//! tempfile: names that are removed when the handle is dropped.
//! source: tempfile 3 documentation
pub mod dir { #[role(class = "temp_file")] pub struct TempDir; impl TempDir { pub fn new() -> std::io::Result<TempDir> {} pub fn path(&self) -> &std::path::Path {} pub fn into_path(self) -> std::path::PathBuf {} pub fn keep(self) -> std::path::PathBuf {} pub fn close(self) -> std::io::Result<()> {} } pub fn tempdir() -> std::io::Result<TempDir> {} }
pub use dir::{TempDir, tempdir};
pub mod file { #[role(class = "temp_file")] pub struct NamedTempFile<F>; #[role(class = "temp_file")] pub struct TempPath; impl<F> NamedTempFile<F> { pub fn new() -> std::io::Result<NamedTempFile<std::fs::File>> {} pub fn path(&self) -> &std::path::Path {} } pub fn tempfile() -> std::io::Result<std::fs::File> {} }
pub use file::{NamedTempFile, TempPath, tempfile};
