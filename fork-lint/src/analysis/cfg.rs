//! Walking control-flow graphs.

use crate::facts::{Block, BlockId, Body, Event, Term};

/// Blocks that may follow.
pub fn successors(block: &Block) -> impl Iterator<Item = BlockId> + '_ {
    let (one, arms): (Option<BlockId>, &[_]) = match &block.term {
        Term::Goto(to) => (Some(*to), &[]),
        Term::Switch { arms, .. } => (None, arms),
        Term::Return { .. } | Term::Diverge => (None, &[]),
    };
    one.into_iter().chain(arms.iter().map(|(_, to)| *to))
}

/// The part of a body that a walk reaches.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// For each block reached, the events reached: from, to (exclusive).
    spans: Vec<Option<(u32, u32)>>,
    ends: Vec<bool>,
}

impl Reach {
    /// Whether the event is reached.
    pub fn has(&self, block: BlockId, event: u32) -> bool {
        self.spans.get(block as usize).copied().flatten().is_some_and(|(from, to)| from <= event && event < to)
    }

    /// Whether the end of the block is reached.
    pub fn ends(&self, block: BlockId) -> bool {
        self.ends.get(block as usize).copied().unwrap_or_default()
    }

    /// The blocks whose end is reached.
    pub fn ended<'a>(&'a self, body: &'a Body) -> impl Iterator<Item = &'a Block> {
        body.blocks.iter().zip(&self.ends).filter(|(_, end)| **end).map(|(block, _)| block)
    }

    /// Whether a return is reached.
    pub fn returns(&self, body: &Body) -> bool {
        self.ended(body).any(|block| matches!(block.term, Term::Return { .. }))
    }
}

/// Walks from event `from` of block `start`. An event for which `halts` is true is reached, what follows it is not.
pub fn reach(body: &Body, start: BlockId, from: u32, mut halts: impl FnMut(BlockId, u32, &Event) -> bool) -> Reach {
    let n = body.blocks.len();
    let mut out = Reach { spans: vec![None; n], ends: vec![false; n] };
    let mut todo = vec![(start, from)];
    while let Some((b, from)) = todo.pop() {
        let Some(block) = body.blocks.get(b as usize) else { continue };
        let known = out.spans[b as usize];
        if known.is_some_and(|(known_from, _)| known_from <= from) {
            continue;
        }
        let len = block.events.len() as u32;
        let halt = (from..len).find(|&e| halts(b, e, &block.events[e as usize]));
        let to = halt.map_or(len, |e| e + 1);
        // Seen from a later event before: that part stays reached.
        out.spans[b as usize] = Some((from, known.map_or(to, |(_, known_to)| to.max(known_to))));
        if halt.is_none() && !out.ends[b as usize] {
            out.ends[b as usize] = true;
            todo.extend(successors(block).map(|next| (next, 0)));
        }
    }
    out
}
