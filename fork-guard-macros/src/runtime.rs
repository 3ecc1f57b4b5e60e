//! Where an expansion finds fork-runtime.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Path;

/// The path that `crate = ..` gives, or the usual one.
pub(crate) fn path(given: Option<&Path>) -> TokenStream {
    given.map_or_else(|| quote!(::fork_runtime), ToTokens::to_token_stream)
}
