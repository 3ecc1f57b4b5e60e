//! Places in bodies: one event of one function.

use super::{FnId, Program};
use crate::facts::{BlockId, Body, Call, Event, Span};

/// An event of a function's body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Site {
    /// The function.
    pub function: FnId,
    /// Its block.
    pub block: BlockId,
    /// Index among the block's events.
    pub event: u32,
}

impl Site {
    /// The first event that a function can have, for ranges.
    pub(super) fn first(function: FnId) -> Site {
        Site { function, block: 0, event: 0 }
    }
}

impl Program {
    /// The call at a site, if the event there is one.
    pub fn call_at(&self, site: Site) -> Option<&Call> {
        match event_at(&self.function(site.function).body, site.block, site.event)? {
            Event::Call(call) => Some(call),
            _ => None,
        }
    }

    /// The place in the source of the call at a site; the function's head for anything else.
    pub fn span_at(&self, site: Site) -> Span {
        self.call_at(site).map_or(self.function(site.function).span, |c| c.span)
    }
}

/// The event there.
pub fn event_at(body: &Body, block: BlockId, event: u32) -> Option<&Event> {
    body.blocks.get(block as usize)?.events.get(event as usize)
}

/// Every call of a body with its place.
pub fn call_sites(function: FnId, body: &Body) -> impl Iterator<Item = (Site, &Call)> {
    body.blocks.iter().enumerate().flat_map(move |(b, block)| {
        block.events.iter().enumerate().filter_map(move |(e, event)| match event {
            Event::Call(call) => Some((Site { function, block: b as BlockId, event: e as u32 }, call)),
            _ => None,
        })
    })
}
