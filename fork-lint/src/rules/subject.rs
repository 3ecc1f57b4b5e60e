//! What the rules look at and how they speak of it.

use crate::analysis::{FnId, Program};
use crate::facts::{Call, Callee, Fn, Span, Sym, plain_path};
use crate::rules::{Finding, Level, Rule, Step};

/// Functions whose findings are the user's: of the packages asked about, not under test.
pub(super) fn functions(program: &Program) -> impl Iterator<Item = (FnId, &Fn)> {
    (0..program.fn_count())
        .filter(|&id| program.unit_of(id).member)
        .map(|id| (id, program.function(id)))
        .filter(|(_, f)| !f.is_test)
}

/// The path that a call certainly calls.
pub(super) fn path_of(call: &Call) -> Option<Sym> {
    match call.callee {
        Callee::Path(path) => Some(path),
        _ => None,
    }
}

/// The last segment of what is called, however much of it is known.
pub(super) fn called_name(call: &Call) -> &'static str {
    match &call.callee {
        Callee::Path(path) | Callee::Unknown(path) | Callee::Indirect(path) => path.last(),
        Callee::Dispatch { method, .. } => method.as_str(),
        Callee::Param(_) => "",
    }
}

/// A path as a reader knows it: C functions without their root, others by their last two segments.
pub(super) fn shown(path: Sym) -> String {
    let text = plain_path(path);
    let text = text.as_str();
    if let Some(inner) = text.strip_prefix('<')
        && let Some((ty, method)) = inner.rsplit_once(">::")
    {
        let ty = ty.split(" as ").next().unwrap_or(ty);
        return format!("{}::{method}", ty.rsplit("::").next().unwrap_or(ty));
    }
    if let Some(name) = text.strip_prefix("c::") {
        return name.to_owned();
    }
    let segments: Vec<&str> = text.split("::").filter(|s| !s.starts_with("{closure")).collect();
    segments[segments.len().saturating_sub(2)..].join("::")
}

/// Where a reader should look for a call: the invocation, when a macro wrote it.
pub(super) fn place(call: &Call) -> Span {
    call.expanded_at.unwrap_or(call.span)
}

/// A finding of `rule` at `span` in function `f`, without label, steps, notes and fix.
pub(super) fn finding(rule: &Rule, level: Level, f: &Fn, span: Span, message: String) -> Finding {
    Finding {
        rule: rule.name,
        level,
        message,
        span,
        label: String::new(),
        steps: Vec::new(),
        notes: Vec::new(),
        help: String::new(),
        fix: None,
        function: f.path,
        subject: String::new(),
    }
}

/// A step of a finding.
pub(super) fn step(span: Span, text: impl Into<String>) -> Step {
    Step { span, text: text.into() }
}
