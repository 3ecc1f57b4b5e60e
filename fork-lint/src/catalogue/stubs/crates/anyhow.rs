//! anyhow and eyre: an error is a box, made when it is made.
//! source: anyhow 1.0 src/error.rs, src/macros.rs; eyre 0.6
pub struct Error;
impl Error { #[fx(alloc)] pub fn new<E>(error: E) -> Error {} #[fx(alloc, format)] pub fn msg<M>(message: M) -> Error {} #[fx(alloc)] #[role(transparent)] pub fn context<C>(self, context: C) -> Error {} }
pub type Result<T, E = Error> = std::result::Result<T, E>;
#[fx(alloc, format)] macro_rules! anyhow { () => { Error } }
#[fx(alloc, format)] macro_rules! eyre { () => { Error } }
#[fx(alloc, format)] #[role(diverges)] macro_rules! bail { () => { ! } }
#[fx(alloc, format)] macro_rules! ensure { () => { () } }
pub trait Context<T, E> {
    /// Allocates when there is an error to wrap.
    #[fx(alloc)] #[role(transparent)] fn context<C>(self, context: C) -> Result<T>;
    #[fx(alloc)] #[role(transparent)] fn with_context<C, F: FnOnce() -> C>(self, f: F) -> Result<T>;
}
impl<T, E> Context<T, E> for std::result::Result<T, E> {
    #[fx(alloc)] #[role(transparent)] fn context<C>(self, context: C) -> Result<T> {}
    #[fx(alloc)] #[role(transparent)] fn with_context<C, F: FnOnce() -> C>(self, f: F) -> Result<T> {}
}
impl<T> Context<T, std::convert::Infallible> for Option<T> {
    #[fx(alloc)] #[role(transparent)] fn context<C>(self, context: C) -> Result<T> {}
    #[fx(alloc)] #[role(transparent)] fn with_context<C, F: FnOnce() -> C>(self, f: F) -> Result<T> {}
}
