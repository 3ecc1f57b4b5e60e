//! The text that a value is.

use crate::analysis::{FnId, Program, call_by_id};
use crate::facts::{Event, Sym, Val};

/// The string literal that a value is, looking through conversions (`CString::new("r")?.as_ptr()`).
pub fn str_of(program: &Program, id: FnId, val: &Val) -> Option<Sym> {
    str_within(program, id, val, 16)
}

/// [`str_of`] over a bounded number of steps: in a loop, a local may be made from itself.
fn str_within(program: &Program, id: FnId, val: &Val, steps: u32) -> Option<Sym> {
    let steps = steps.checked_sub(1)?;
    let body = &program.function(id).body;
    match val {
        Val::Str(text) => Some(*text),
        Val::Inside(inner) => str_within(program, id, inner, steps),
        Val::Const(path) => match program.const_def(*path)?.value {
            Val::Str(text) => Some(text),
            _ => None,
        },
        Val::Local(local) => {
            let mut set = body.blocks.iter().flat_map(|b| &b.events).filter_map(|e| match e {
                Event::Assign { local: l, value, .. } if l == local && *value != Val::Local(*local) => Some(value),
                _ => None,
            });
            match (set.next(), set.next()) {
                (Some(Val::Local(_)), _) | (_, Some(_)) | (None, _) => None,
                (Some(one), None) => str_within(program, id, one, steps),
            }
        }
        Val::Result(call) => {
            let first = call_by_id(body, *call)?.args.first()?;
            if matches!(first, Val::Result(inner) if inner >= call) {
                None
            } else {
                str_within(program, id, first, steps)
            }
        }
        _ => None,
    }
}
