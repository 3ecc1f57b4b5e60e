//! Rule `signal-mask-across-spawn`.

use crate::analysis::{Program, RegionKind, Site, call_sites, reach};
use crate::catalogue::Effect;
use crate::facts::{Call, Event, Fn, Val};
use crate::rules::child::site_place;
use crate::rules::subject::{called_name, finding, functions, path_of, step};
use crate::rules::workers::starts_program;
use crate::rules::{Finding, Level, rule};

rule! {
    /// A program is started with signals blocked
    ///
    /// ## What it does
    /// Reports `Command::spawn`, `status` and `output` in a function that has blocked signals before and not unblocked them,
    /// when no `pre_exec` closure of the program restores the mask.
    ///
    /// ## Why is this bad
    /// The mask passes through fork and exec, and `Command` leaves it alone: only SIGPIPE gets its default disposition
    /// back. The started program does not know that its signals are blocked. Ctrl-C does not stop it, nor does
    /// SIGTERM; a shell that is started so passes the mask on to everything it runs.
    ///
    /// ## Example
    /// ```rust
    /// unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, &signals, ptr::null_mut()) };
    /// let child = Command::new("helper").spawn()?;
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, &signals, ptr::null_mut()) };
    /// let mut helper = Command::new("helper");
    /// unsafe {
    ///     helper.pre_exec(move || match libc::sigprocmask(libc::SIG_SETMASK, &before, ptr::null_mut()) {
    ///         -1 => Err(io::Error::last_os_error()),
    ///         _ => Ok(()),
    ///     })
    /// };
    /// let child = helper.spawn()?;
    /// ```
    ///
    /// ## Limits
    /// Only a mask that is changed in the function that starts the program is seen.
    pub SignalMaskAcrossSpawn = "signal-mask-across-spawn", "H13", "inherited-state", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let restored =
        program.regions().iter().any(|r| r.kind == RegionKind::PreExec && r.effects(program).has(Effect::SignalMask));
    if restored {
        return;
    }
    for (id, f) in functions(program) {
        for (site, call) in call_sites(id, &f.body) {
            if changes_mask(program, call) == Some(true)
                && let Some(start) = start_after(program, f, site)
            {
                out.push(masked(program, f, site, start));
            }
        }
    }
}

fn masked(program: &Program, f: &Fn, block: Site, start: Site) -> Finding {
    let message = "a program is started while signals are blocked, and inherits the mask".to_owned();
    let mut found = finding(&SignalMaskAcrossSpawn, Level::Warning, f, site_place(program, start), message);
    found.label = "the started program begins with these signals blocked".to_owned();
    found.steps = vec![
        step(site_place(program, block), "signals are blocked here"),
        step(site_place(program, start), "and the mask passes to the program started here"),
    ];
    found.help = "restore the mask in a `pre_exec` closure, or start the program before signals are blocked".to_owned();
    found.subject = program.call_at(start).map_or("", called_name).to_owned();
    found
}

/// Whether a call blocks (`true`) or unblocks signals of the calling thread.
fn changes_mask(program: &Program, call: &Call) -> Option<bool> {
    let name = called_name(call);
    match name {
        "thread_block" => return Some(true),
        "thread_unblock" | "thread_set_mask" | "thread_swap_mask" => return Some(false),
        _ => {}
    }
    let masks = program.catalogue.entry(path_of(call)?)?.effects.contains(&Effect::SignalMask);
    let how = call.args.first().map(constant);
    match how {
        Some(Some("SIG_BLOCK")) if masks => Some(true),
        _ if masks => Some(false),
        _ => None,
    }
}

fn constant(val: &Val) -> Option<&'static str> {
    match val {
        Val::Const(path) | Val::Ctor(path, _) => Some(path.last()),
        _ => None,
    }
}

/// The first start of a program that a blocked mask reaches.
fn start_after(program: &Program, f: &Fn, block: Site) -> Option<Site> {
    let function = block.function;
    let reached = reach(
        &f.body,
        block.block,
        block.event + 1,
        |_, _, event| matches!(event, Event::Call(call) if changes_mask(program, call) == Some(false)),
    );
    call_sites(function, &f.body).find_map(|(site, call)| {
        let starts = path_of(call).is_some_and(|path| starts_program(program, path));
        (starts && reached.has(site.block, site.event)).then_some(site)
    })
}
