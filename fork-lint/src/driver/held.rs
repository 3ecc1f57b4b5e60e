//! Interfaces kept for the crates above.

use std::sync::{Arc, OnceLock};

use serde::de::DeserializeOwned;

use super::entry::Packed;

/// An interface, opened only when a crate above it is really read.
pub(super) struct Held<I> {
    open: OnceLock<Option<Arc<I>>>,
    packed: Option<Packed>,
}

impl<I: DeserializeOwned> Held<I> {
    pub(super) fn read(interface: I) -> Held<I> {
        Held { open: OnceLock::from(Some(Arc::new(interface))), packed: None }
    }

    pub(super) fn cached(packed: Packed) -> Held<I> {
        Held { open: OnceLock::new(), packed: Some(packed) }
    }

    pub(super) fn is_open(&self) -> bool {
        self.open.get().is_some()
    }

    /// `None` when the cache gave something that is no interface.
    pub(super) fn get(&self) -> Option<Arc<I>> {
        self.open.get_or_init(|| self.packed.as_ref()?.open().map(Arc::new)).clone()
    }
}
