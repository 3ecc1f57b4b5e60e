//! Repairs of calls: the text of the call is read again, and changed where it is plain what to write.

use proc_macro2::LineColumn;
use syn::spanned::Spanned;

use crate::facts::{Call, Span};
use crate::rules::{Edit, Fix};

/// A call as it is written.
pub(super) struct Written {
    at: Span,
    call: syn::ExprCall,
}

impl Written {
    /// Reads a call that is written out in a file (not by a macro) and calls a path.
    pub(super) fn read(call: &Call) -> Option<Written> {
        if call.expanded_at.is_some() {
            return None;
        }
        let file = std::fs::read_to_string(call.span.file.as_str()).ok()?;
        let text = cut(&file, call.span)?;
        match syn::parse_str::<syn::Expr>(&text).ok()? {
            syn::Expr::Call(written) if matches!(*written.func, syn::Expr::Path(_)) => {
                Some(Written { at: call.span, call: written })
            }
            _ => None,
        }
    }

    /// Adds a flag to an argument, spelled as its neighbours or the callee are.
    pub(super) fn add_flag(&self, argument: usize, flag: &str) -> Option<Fix> {
        let arg = self.call.args.get(argument)?;
        let parts = union_of(arg)?;
        let spelled = parts.iter().find_map(|part| beside(part, flag)).or_else(|| self.qualified(flag))?;
        let empty = match parts.as_slice() {
            [one] => is_zero(one) || is_empty_call(one),
            _ => false,
        };
        let text = if empty { spelled } else { format!(" | {spelled}") };
        let span = if empty { self.span(arg) } else { self.after(arg) };
        Some(Fix { title: format!("add `{flag}`"), edits: vec![Edit { span, text }] })
    }

    /// Calls another function of the same module instead, with further arguments (`{}` stands for the module's path).
    pub(super) fn call_instead(&self, name: &str, keep: bool, more: &[&str]) -> Option<Fix> {
        let syn::Expr::Path(path) = &*self.call.func else { return None };
        // Unqualified, the other function may not be in scope.
        let module = self.module()?;
        let last = path.path.segments.last()?;
        let mut edits = vec![Edit { span: self.span(&last.ident), text: name.to_owned() }];
        let more: Vec<String> = more.iter().map(|m| m.replace("{}", &module)).collect();
        let inside = self.call.args.iter().next_back();
        match (keep, inside) {
            (true, Some(last)) => {
                edits.push(Edit { span: self.after(last), text: more.iter().map(|m| format!(", {m}")).collect() });
            }
            (false, Some(_)) => {
                let (first, last) = (self.call.args.first()?, self.call.args.last()?);
                let span = Span {
                    end_line: self.span(last).end_line,
                    end_column: self.span(last).end_column,
                    ..self.span(first)
                };
                edits.push(Edit { span, text: more.join(", ") });
            }
            (_, None) => {
                let open = self.span(&self.call.paren_token.span.open());
                let at = Span { line: open.end_line, column: open.end_column, ..open };
                edits.push(Edit { span: at, text: more.join(", ") });
            }
        }
        Some(Fix { title: format!("call `{name}`"), edits })
    }

    /// A name in the module that the callee is written with (`libc::`).
    fn qualified(&self, name: &str) -> Option<String> {
        Some(format!("{}{name}", self.module()?))
    }

    fn module(&self) -> Option<String> {
        let syn::Expr::Path(path) = &*self.call.func else { return None };
        let segments: Vec<String> = path.path.segments.iter().map(|s| s.ident.to_string()).collect();
        let (_, module) = segments.split_last()?;
        (module.last().is_some_and(|m| m == "libc")).then(|| module.iter().map(|m| format!("{m}::")).collect())
    }

    fn after(&self, part: &impl Spanned) -> Span {
        let whole = self.span(part);
        Span { line: whole.end_line, column: whole.end_column, ..whole }
    }

    fn span(&self, part: &impl Spanned) -> Span {
        let span = part.span();
        let place = |at: LineColumn| {
            let first = at.line == 1;
            let column = at.column as u32 + if first { self.at.column } else { 1 };
            (self.at.line + at.line as u32 - 1, column)
        };
        let ((line, column), (end_line, end_column)) = (place(span.start()), place(span.end()));
        Span { file: self.at.file, line, column, end_line, end_column }
    }
}

/// The text at a place; columns count characters.
fn cut(text: &str, at: Span) -> Option<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut out = String::new();
    for (number, line) in (1u32..).zip(text.split_inclusive('\n')).skip(at.line as usize - 1) {
        let from = if number == at.line { at.column as usize - 1 } else { 0 };
        let to = if number == at.end_line { at.end_column as usize - 1 } else { usize::MAX };
        out.extend(line.chars().take(to).skip(from));
        if number == at.end_line {
            return Some(out);
        }
    }
    None
}

/// The members of `a | b`, when all are paths, a plain zero or `T::empty()`.
fn union_of(expr: &syn::Expr) -> Option<Vec<&syn::Expr>> {
    match expr {
        syn::Expr::Binary(b) if matches!(b.op, syn::BinOp::BitOr(_)) => {
            let mut parts = union_of(&b.left)?;
            parts.extend(union_of(&b.right)?);
            Some(parts)
        }
        syn::Expr::Paren(p) => union_of(&p.expr),
        syn::Expr::Path(_) => Some(vec![expr]),
        _ if is_zero(expr) || is_empty_call(expr) => Some(vec![expr]),
        _ => None,
    }
}

fn is_zero(expr: &syn::Expr) -> bool {
    matches!(expr, syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(n), .. }) if n.base10_parse::<u64>().ok() == Some(0) && n.suffix().is_empty())
}

fn is_empty_call(expr: &syn::Expr) -> bool {
    matches!(expr, syn::Expr::Call(call) if call.args.is_empty()
        && matches!(&*call.func, syn::Expr::Path(p) if p.path.segments.len() > 1 && p.path.segments.last().is_some_and(|s| s.ident == "empty")))
}

/// The flag in the module or type that a neighbour is written with.
fn beside(part: &syn::Expr, flag: &str) -> Option<String> {
    let path = match part {
        syn::Expr::Path(p) => &p.path,
        syn::Expr::Call(call) => match &*call.func {
            syn::Expr::Path(p) => &p.path,
            _ => return None,
        },
        _ => return None,
    };
    let segments: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
    let (last, before) = segments.split_last()?;
    let constant = last == "empty" || last.bytes().all(|b| !b.is_ascii_lowercase());
    // A typed flag set has the flag too; a constant out of a module of the program's own may have no such neighbour.
    let known = before.last().is_some_and(|m| m == "libc" || m.contains("Flag") || m.starts_with(char::is_uppercase));
    (constant && known).then(|| format!("{}::{flag}", before.join("::")))
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::facts::{Callee, Sym};

    /// What a fix makes of the one call in a text.
    fn fixed(text: &str, fix: impl std::ops::Fn(&Written) -> Option<Fix>) -> Option<String> {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("lib.rs");
        std::fs::write(&file, text).expect("a file");
        let line =
            |at: usize| (text[..at].matches('\n').count() + 1, at - text[..at].rfind('\n').map_or(0, |n| n + 1) + 1);
        let start = text.find("<<").expect("a start");
        let text = text.replacen("<<", "", 1);
        let end = text.find(">>").expect("an end");
        let text = text.replacen(">>", "", 1);
        std::fs::write(&file, &text).expect("a file");
        let ((l, c), (el, ec)) = (line(start), {
            let at = end;
            (text[..at].matches('\n').count() + 1, at - text[..at].rfind('\n').map_or(0, |n| n + 1) + 1)
        });
        let span = Span {
            file: Sym::new(&file.to_string_lossy()),
            line: l as u32,
            column: c as u32,
            end_line: el as u32,
            end_column: ec as u32,
        };
        let callee = Callee::Unknown(Sym::new("f"));
        let call = Call { id: 0, callee, args: vec![], heads: vec![], span, expanded_at: None, unused: false };
        let mut edits = fix(&Written::read(&call)?)?.edits;
        edits.sort_by_key(|e| std::cmp::Reverse((e.span.line, e.span.column)));
        let source = crate::report::Source::new(&text);
        let mut text = text;
        for edit in edits {
            text.replace_range(source.exact_range(edit.span)?, &edit.text);
        }
        Some(text)
    }

    #[test]
    fn flags_are_spelled_as_their_neighbours() {
        let add = |flag: &'static str, at| move |w: &Written| w.add_flag(at, flag);
        let of = |text: &str, flag, at| fixed(text, add(flag, at));
        assert_eq!(
            of("let fd = <<libc::socket(libc::AF_INET, libc::SOCK_STREAM, 0)>>;", "SOCK_CLOEXEC", 1).as_deref(),
            Some("let fd = libc::socket(libc::AF_INET, libc::SOCK_STREAM | libc::SOCK_CLOEXEC, 0);")
        );
        assert_eq!(
            of("<<libc::memfd_create(\n    name,\n    0,\n)>>", "MFD_CLOEXEC", 1).as_deref(),
            Some("libc::memfd_create(\n    name,\n    libc::MFD_CLOEXEC,\n)")
        );
        assert_eq!(of("<<pipe2(OFlag::empty())>>", "O_CLOEXEC", 0).as_deref(), Some("pipe2(OFlag::O_CLOEXEC)"));
        assert_eq!(
            of("<<libc::open(path, flags)>>", "O_CLOEXEC", 1).as_deref(),
            Some("libc::open(path, flags | libc::O_CLOEXEC)")
        );
        assert_eq!(of("<<open(path, flags)>>", "O_CLOEXEC", 1), None, "where the constant is is not known");
        assert_eq!(of("<<libc::open(path, a + b)>>", "O_CLOEXEC", 1), None, "nor what is computed");
    }

    #[test]
    fn another_function_takes_the_flag() {
        let accept = |w: &Written| w.call_instead("accept4", true, &["{}SOCK_CLOEXEC"]);
        assert_eq!(
            fixed("<<libc::accept(fd, addr, len)>>", accept).as_deref(),
            Some("libc::accept4(fd, addr, len, libc::SOCK_CLOEXEC)")
        );
        assert_eq!(fixed("<<accept(fd, addr, len)>>", accept), None);
        let init = |w: &Written| w.call_instead("inotify_init1", true, &["{}IN_CLOEXEC"]);
        assert_eq!(
            fixed("x(<<libc::inotify_init()>>)", init).as_deref(),
            Some("x(libc::inotify_init1(libc::IN_CLOEXEC))")
        );
        let epoll = |w: &Written| w.call_instead("epoll_create1", false, &["{}EPOLL_CLOEXEC"]);
        assert_eq!(
            fixed("<<libc::epoll_create(16)>>", epoll).as_deref(),
            Some("libc::epoll_create1(libc::EPOLL_CLOEXEC)")
        );
    }
}
