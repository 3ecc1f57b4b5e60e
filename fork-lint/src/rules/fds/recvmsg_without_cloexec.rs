//! Rule `recvmsg-without-cloexec`.

use std::cell::LazyCell;

use super::creation::{Creation, creations};
use super::execs::{Execs, Reaches};
use super::fd_without_cloexec::repair;
use crate::analysis::values::{Has, root_local};
use crate::analysis::{FnId, Program, call_by_id, calls};
use crate::facts::{Body, Call, CrateFacts, Event, LocalId, Pat, Sym, Term, Val};
use crate::rules::subject::{called_name, finding, place, shown};
use crate::rules::{Finding, rule};

rule! {
    /// Descriptors are received without close-on-exec
    ///
    /// ## What it does
    /// Reports `recvmsg` and `recvmmsg` with a control buffer and without `MSG_CMSG_CLOEXEC`, in files that work with
    /// unix sockets or `SCM_RIGHTS`.
    ///
    /// ## Why is this bad
    /// Whoever is at the other end of a unix socket can send descriptors, and the kernel installs as many as the
    /// control buffer has room for, whether or not the program looks at them. Without the flag each passes into
    /// every program executed from then on; setting close-on-exec afterwards leaves a window for other threads.
    ///
    /// ## Example
    /// ```rust
    /// let n = unsafe { libc::recvmsg(socket, &mut message, 0) };
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let n = unsafe { libc::recvmsg(socket, &mut message, libc::MSG_CMSG_CLOEXEC) };
    /// ```
    ///
    /// ## Limits
    /// A message header that is filled elsewhere counts as one with a control buffer. Without a sign of unix sockets in
    /// the file nothing is said: other sockets carry no descriptors.
    pub RecvmsgWithoutCloexec = "recvmsg-without-cloexec", "H04", "fds", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let execs = LazyCell::new(|| Execs::find(program));
    for creation in creations(program).into_iter().filter(|c| c.flag.as_str() == "MSG_CMSG_CLOEXEC" && c.has == Has::No)
    {
        if has_control(program, &creation) && is_about_unix_sockets(program, &creation) {
            out.push(received(&creation, execs.after(creation.site)));
        }
    }
}

fn received(creation: &Creation<'_>, reaches: Reaches) -> Finding {
    let name = shown(creation.path);
    let message = format!("`{name}` receives descriptors without `MSG_CMSG_CLOEXEC`");
    let mut found = finding(&RecvmsgWithoutCloexec, reaches.level(), creation.f, place(creation.call), message);
    found.label = "every program executed from here on inherits what arrives".to_owned();
    found.notes.extend(reaches.why_not());
    found.help = "add `MSG_CMSG_CLOEXEC` to the flags".to_owned();
    found.fix = repair(creation);
    found.subject = name;
    found
}

/// Whether the message may have a control buffer.
fn has_control(program: &Program, creation: &Creation<'_>) -> bool {
    let call = creation.call;
    // A typed wrapper is given the buffer, or `None`.
    if call.args.len() >= 4 {
        return !call.args.iter().any(is_none);
    }
    let body = &creation.f.body;
    let Some(message) = call.args.get(1).and_then(|m| root_local(program, body, m)) else { return true };
    let param = creation.f.params.iter().any(|p| p.local == message);
    param
        || control_of(body, message) != Some(false)
            && (control_of(body, message) == Some(true)
                || given_away(body, message, call)
                || made_elsewhere(body, message))
}

/// Whether a function that is given something makes the header: `header(buffers, control)`.
fn made_elsewhere(body: &Body, message: LocalId) -> bool {
    let made_by = |val: &Val| {
        let mut val = val;
        while let Val::Inside(inner) = val {
            val = inner;
        }
        matches!(val, Val::Result(id) if call_by_id(body, *id).is_some_and(|c| c.args.len() > 1))
    };
    let mut events = body.blocks.iter().flat_map(|b| &b.events);
    events.any(|e| matches!(e, Event::Assign { local, value, .. } if *local == message && made_by(value)))
}

fn is_none(val: &Val) -> bool {
    match val {
        Val::Ctor(name, fields) => fields.is_empty() && name.last() == "None",
        Val::Const(name) => name.last() == "None",
        _ => false,
    }
}

/// Whether the header's control buffer is set in this body: to one, to null, or not at all.
fn control_of(body: &Body, message: LocalId) -> Option<bool> {
    let control = Sym::new("msg_control");
    let mut known = None;
    for event in body.blocks.iter().flat_map(|b| &b.events) {
        let value = match event {
            Event::Store { place: Val::Field(of, name), value, .. }
                if *name == control && **of == Val::Local(message) =>
            {
                value
            }
            Event::Assign { local, value: Val::Struct(_, fields), .. } if *local == message => {
                match fields.iter().find(|(name, _)| *name == control) {
                    Some((_, value)) => value,
                    None => continue,
                }
            }
            _ => continue,
        };
        known = Some(known == Some(true) || !is_null(body, value));
    }
    known
}

fn is_null(body: &Body, val: &Val) -> bool {
    match val {
        Val::Int(0) => true,
        Val::Result(call) => call_by_id(body, *call).is_some_and(|c| matches!(called_name(c), "null" | "null_mut")),
        _ => false,
    }
}

/// Whether something other than `receive` is given the header and may fill it.
fn given_away(body: &Body, message: LocalId, receive: &Call) -> bool {
    calls(body).any(|c| c.id != receive.id && c.args.contains(&Val::Local(message)))
}

/// Whether the code around the call deals in unix sockets or in descriptors as messages.
fn is_about_unix_sockets(program: &Program, creation: &Creation<'_>) -> bool {
    let file = creation.call.span.file;
    let facts: &CrateFacts = &program.unit_of(creation.id as FnId).facts;
    let types = |heads: &[Sym]| heads.iter().any(|h| h.last().starts_with("Unix") || h.last().contains("Ancillary"));
    facts.fns.iter().filter(|f| f.span.file == file).any(|f| {
        types(&f.returns)
            || f.body.locals.iter().any(|l| types(&l.heads))
            || calls(&f.body).any(|c| tells(called_name(c)) || c.args.iter().any(mentions) || types(&c.heads))
            || f.body.blocks.iter().any(|b| match &b.term {
                Term::Switch { on, arms, .. } => mentions(on) || arms.iter().any(|(pat, _)| pattern_mentions(pat)),
                _ => false,
            })
    }) || facts.types.iter().filter(|t| t.span.file == file).any(|t| t.fields.iter().any(|f| types(&f.heads)))
}

/// Names that only code about descriptors in messages has.
fn tells(name: &str) -> bool {
    matches!(name, "SCM_RIGHTS" | "ScmRights" | "AF_UNIX" | "AF_LOCAL" | "PF_UNIX" | "UNIX" | "RecvAncillaryBuffer")
        || matches!(name, "CMSG_DATA" | "cmsg_space" | "cmsg_space!")
}

fn mentions(val: &Val) -> bool {
    match val {
        Val::Const(path) => tells(path.last()),
        Val::Ctor(path, vals) => tells(path.last()) || vals.iter().any(mentions),
        Val::Or(vals) | Val::Phi(vals) | Val::Computed(vals) => vals.iter().any(mentions),
        Val::Inside(inner) | Val::Field(inner, _) => mentions(inner),
        _ => false,
    }
}

fn pattern_mentions(pat: &Pat) -> bool {
    match pat {
        Pat::Variant(name, fields) => tells(name.last()) || fields.iter().any(pattern_mentions),
        Pat::OneOf(pats) => pats.iter().any(pattern_mentions),
        Pat::Not(inner) => pattern_mentions(inner),
        _ => false,
    }
}
