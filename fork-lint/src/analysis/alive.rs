//! Which locals hold a value at a place: those assigned on some path to it, and not yet dropped or moved away there.

use super::{Program, Site, successors};
use crate::facts::{Body, Event, LocalId, Span};

/// A local that holds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alive {
    /// Which.
    pub local: LocalId,
    /// Where it got the value; for a parameter, where it is declared.
    pub since: Span,
}

/// For each local, where it got its value, if it has one.
type State = Vec<Option<Span>>;

impl Program {
    /// The locals that hold a value just before the event at a site.
    pub fn alive_at(&self, site: Site) -> Vec<Alive> {
        let f = self.function(site.function);
        let mut entry: State = vec![None; f.body.locals.len()];
        for param in &f.params {
            if let Some(local) = f.body.locals.get(param.local as usize) {
                entry[param.local as usize] = Some(local.span);
            }
        }
        let state = state_at(&f.body, entry, site);
        let held = state.into_iter().enumerate().filter_map(|(local, since)| Some((local, since?)));
        held.map(|(local, since)| Alive { local: local as LocalId, since }).collect()
    }
}

fn state_at(body: &Body, entry: State, site: Site) -> State {
    let mut before: Vec<Option<State>> = vec![None; body.blocks.len()];
    let mut todo = vec![(0, entry)];
    while let Some((block, incoming)) = todo.pop() {
        let Some(slot) = before.get_mut(block as usize) else { continue };
        let Some(state) = merged(slot, incoming) else { continue };
        let mut after = state;
        let block = &body.blocks[block as usize];
        block.events.iter().for_each(|event| apply(event, &mut after));
        todo.extend(successors(block).map(|next| (next, after.clone())));
    }
    let mut state = before.get_mut(site.block as usize).and_then(Option::take).unwrap_or_default();
    if let Some(block) = body.blocks.get(site.block as usize) {
        block.events.iter().take(site.event as usize).for_each(|event| apply(event, &mut state));
    }
    state
}

/// Joins a state into what is known of a block; the new state when it says more than before.
fn merged(slot: &mut Option<State>, incoming: State) -> Option<State> {
    let Some(known) = slot else {
        *slot = Some(incoming.clone());
        return Some(incoming);
    };
    let mut more = false;
    for (old, new) in known.iter_mut().zip(incoming) {
        if old.is_none() && new.is_some() {
            *old = new;
            more = true;
        }
    }
    more.then(|| known.clone())
}

fn apply(event: &Event, state: &mut State) {
    match event {
        Event::Assign { local, span, .. } => {
            if let Some(slot) = state.get_mut(*local as usize) {
                *slot = Some(*span);
            }
        }
        Event::Drop { local, .. } | Event::Move { local, .. } => {
            if let Some(slot) = state.get_mut(*local as usize) {
                *slot = None;
            }
        }
        Event::Call(_) | Event::Store { .. } => {}
    }
}
