//! Values of a class that are held over a place: guards, temporary files, buffered writers.

use std::collections::{HashMap, HashSet};

use super::{FnId, How, Program, Site, Target, calls, event_at, reach};
use crate::catalogue::Class;
use crate::facts::{Body, Call, CallId, Callee, Event, FnKind, LocalId, Span, Sym, Val};

/// What takes a file or folder away.
const REMOVING: [&str; 6] =
    ["std::fs::remove_file", "std::fs::remove_dir", "std::fs::remove_dir_all", "c::unlink", "c::unlinkat", "c::rmdir"];

/// A value that is held while a call runs.
#[derive(Clone, Debug)]
pub struct Held {
    /// The local that holds it; none for a temporary of the same statement.
    pub local: Option<LocalId>,
    /// Where it came to be.
    pub since: Span,
    /// The type that makes it matter.
    pub head: Sym,
}

/// Types of the program that have a field of a class, directly or deeper.
pub(super) struct Holders {
    by_class: HashMap<Class, HashSet<Sym>>,
}

impl Holders {
    pub(super) fn find(program: &Program) -> Holders {
        let mut by_class = HashMap::new();
        for class in [Class::Guard, Class::TempFile, Class::BufferedWriter] {
            let mut holders: HashSet<Sym> = if class == Class::TempFile { removers(program) } else { HashSet::new() };
            // A few rounds: types nest a few levels deep.
            for _ in 0..4 {
                let before = holders.len();
                for ty in program.crates.iter().flat_map(|unit| &unit.facts.types) {
                    let holds = |head: &Sym| holders.contains(head) || is_class(program, *head, class);
                    // Which variant an enum has is not followed.
                    if ty.variants.is_empty() && ty.fields.iter().any(|field| field.heads.iter().any(holds)) {
                        holders.insert(ty.path);
                    }
                }
                if holders.len() == before {
                    break;
                }
            }
            by_class.insert(class, holders);
        }
        Holders { by_class }
    }

    fn head(&self, program: &Program, heads: &[Sym], class: Class) -> Option<Sym> {
        let holds = |head: &&Sym| is_class(program, **head, class) || self.by_class[&class].contains(*head);
        // Behind these the value is shared or only referred to: what happens to the local does not end it.
        let shared = |head: &&Sym| {
            matches!(head.as_str(), "std::sync::Arc" | "std::rc::Rc" | "std::sync::Mutex" | "std::sync::RwLock")
        };
        heads.iter().take_while(|head| !shared(head)).find(holds).copied()
    }
}

/// Types of the program whose destructor removes a file or folder.
fn removers(program: &Program) -> HashSet<Sym> {
    let drop = (Sym::new("std::ops::Drop"), Sym::new("drop"));
    program
        .implementations(drop.0, drop.1)
        .iter()
        .filter(|&&f| removes(program, f, 0))
        .filter_map(|&f| match program.function(f).kind {
            FnKind::TraitImpl { self_ty, .. } => Some(self_ty),
            _ => None,
        })
        .collect()
}

fn removes(program: &Program, f: FnId, depth: u32) -> bool {
    let body = &program.function(f).body;
    let directly =
        calls(body).any(|call| matches!(&call.callee, Callee::Path(path) if REMOVING.contains(&path.as_str())));
    directly
        || depth < 3
            && program.graph().from(f).iter().any(|edge| match edge.to {
                Target::Fn(to) => edge.how == How::Direct && removes(program, to, depth + 1),
                _ => false,
            })
}

fn is_class(program: &Program, head: Sym, class: Class) -> bool {
    // A cell's borrow is a thread's own affair.
    program.catalogue.classes(head).any(|c| c == class) && !head.as_str().starts_with("std::cell::")
}

impl Program {
    /// Values of a class (guard, temporary file or buffered writer) that are held while the call at a site runs.
    pub fn held_at(&self, site: Site, class: Class) -> Vec<Held> {
        let function = self.function(site.function);
        let holds = |local: LocalId| self.holders().head(self, &function.body.locals.get(local as usize)?.heads, class);
        if !(0..function.body.locals.len()).any(|local| holds(local as LocalId).is_some()) {
            return self.temporary_at(site, class).into_iter().collect();
        }
        // A parameter that the function does not drop is its caller's, or is given on.
        let owned = |local: LocalId| {
            !function.params.iter().any(|p| p.local == local)
                || function
                    .body
                    .blocks
                    .iter()
                    .flat_map(|b| &b.events)
                    .any(|e| matches!(e, Event::Drop { local: l, .. } if *l == local))
        };
        self.alive_at(site)
            .into_iter()
            .filter_map(|alive| Some((alive, holds(alive.local)?)))
            .filter(|(alive, _)| owned(alive.local))
            .map(|(alive, head)| Held { local: Some(alive.local), since: alive.since, head })
            .chain(self.temporary_at(site, class))
            .collect()
    }

    /// A temporary among what the call is given: `lock().unwrap().fork_it()` holds the guard while it runs.
    fn temporary_at(&self, site: Site, class: Class) -> Option<Held> {
        let body = &self.function(site.function).body;
        let Some(Event::Call(call)) = event_at(body, site.block, site.event) else { return None };
        let block = body.blocks.get(site.block as usize)?;
        let made = |id: CallId| {
            block.events.iter().find_map(|e| match e {
                Event::Call(call) if call.id == id => Some(call),
                _ => None,
            })
        };
        let mut todo: Vec<&Val> = call.args.iter().collect();
        for _ in 0..64 {
            match todo.pop()? {
                Val::Result(id) => {
                    let Some(inner) = made(*id) else { continue };
                    if let Some(head) = self.holders().head(self, &inner.heads, class)
                        && !taken(body, *id)
                    {
                        return Some(Held { local: None, since: inner.span, head });
                    }
                    todo.extend(&inner.args);
                }
                Val::Inside(inner) | Val::Field(inner, _) => todo.push(inner),
                _ => {}
            }
        }
        None
    }
}

/// Whether a result is put into a local, which then owns it.
fn taken(body: &Body, id: CallId) -> bool {
    fn is(val: &Val, id: CallId) -> bool {
        match val {
            Val::Result(call) => *call == id,
            Val::Inside(inner) => is(inner, id),
            _ => false,
        }
    }
    body.blocks.iter().flat_map(|b| &b.events).any(|e| matches!(e, Event::Assign { value, .. } if is(value, id)))
}

/// Whether an event ends a local's hold on its value.
fn ends(event: &Event, local: LocalId) -> bool {
    match event {
        Event::Drop { local: l, .. } | Event::Move { local: l, .. } => *l == local,
        Event::Call(call) => forgets(call, local) || drops(call, local),
        _ => false,
    }
}

/// `forget(local)`, `ManuallyDrop::new(local)`
fn forgets(call: &Call, local: LocalId) -> bool {
    is_call(call, local, &["std::mem::forget", "std::mem::ManuallyDrop::new"])
}

/// `drop(local)`
fn drops(call: &Call, local: LocalId) -> bool {
    is_call(call, local, &["std::mem::drop"])
}

fn is_call(call: &Call, local: LocalId, paths: &[&str]) -> bool {
    let Callee::Path(path) = &call.callee else { return false };
    paths.contains(&path.as_str()) && call.args.contains(&Val::Local(local))
}

/// Where a local that is alive at a fork is dropped by the child.
pub fn dropped_in_child(program: &Program, f: FnId, site: Site, child: &super::Walk, local: LocalId) -> Option<Span> {
    let body = &program.function(f).body;
    let held = reach(body, site.block, site.event + 1, |_, _, event| ends(event, local));
    child.spans().find_map(|(b, from, to)| {
        (from..to).filter(|&e| held.has(b, e)).find_map(|e| match event_at(body, b, e)? {
            Event::Drop { local: l, span } if *l == local => Some(*span),
            Event::Call(call) if drops(call, local) => Some(call.span),
            _ => None,
        })
    })
}
