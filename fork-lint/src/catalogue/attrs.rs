//! Reads the catalogue's attributes: `#[fx(..)]`, `#[role(..)]` and the `source:` line of a doc comment.

use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, ExprUnary, Ident, Lit, Token, UnOp};

use super::{Class, Effect, Entry, ForkKind, Role, Shape};
use crate::facts::Sym;

/// What an item's attributes say of it; `None` when they say nothing.
pub fn entry(attrs: &[Attribute]) -> Result<Option<Entry>, String> {
    let mut entry = Entry::default();
    let mut told = false;
    for attr in attrs {
        if attr.path().is_ident("fx") {
            told = true;
            let words = attr
                .parse_args_with(Punctuated::<Ident, Token![,]>::parse_terminated)
                .map_err(|e| format!("`#[fx(..)]`: {e}"))?;
            for word in words {
                let effect = parse_effect(&word.to_string())?;
                if !entry.effects.contains(&effect) {
                    entry.effects.push(effect);
                }
            }
        } else if attr.path().is_ident("role") {
            told = true;
            let role = attr.parse_args::<RoleText>().map_err(|e| format!("`#[role(..)]`: {e}"))?;
            entry.roles.push(role.read()?);
        }
    }
    if !told {
        return Ok(None);
    }
    entry.source = source(attrs).unwrap_or_default();
    Ok(Some(entry))
}

/// The text after `source:` in an item's doc comment. An item without one takes that of the item it is in.
pub fn source(attrs: &[Attribute]) -> Option<String> {
    attrs.iter().find_map(|attr| {
        let syn::Meta::NameValue(doc) = &attr.meta else { return None };
        if !doc.path.is_ident("doc") {
            return None;
        }
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &doc.value else { return None };
        text.value().lines().find_map(|line| line.trim().strip_prefix("source:").map(|s| s.trim().to_owned()))
    })
}

/// The effect of that word, or a message that lists the words.
pub fn parse_effect(word: &str) -> Result<Effect, String> {
    Effect::from_word(word).ok_or_else(|| {
        let words: Vec<_> = Effect::ALL.iter().map(|e| e.word()).collect();
        format!("unknown effect `{word}`; the effects are {}", words.join(", "))
    })
}

/// The role that is written inside `#[role(..)]`: `fork, child = 0` or `class = "guard"`.
pub fn parse_role(text: &str) -> Result<Role, String> {
    RoleText::parse.parse_str(text).map_err(|e| format!("role `{text}`: {e}"))?.read()
}

/// The words that roles begin with.
pub const ROLE_WORDS: [&str; 31] = [
    "fork",
    "daemon",
    "pre_exec",
    "clone_entry",
    "fork_entry",
    "thread_entry",
    "stores",
    "handler",
    "diverges",
    "transparent",
    "opens",
    "fcntl",
    "ioctl",
    "syscall",
    "atfork_child",
    "sets_cloexec",
    "clears_cloexec",
    "closes",
    "closes_range",
    "checks_threads",
    "starts_threads",
    "ends_threads",
    "spawns_child",
    "reaps",
    "reads_pid",
    "auto_reap",
    "resets_signals",
    "locks_file",
    "maps_memory",
    "arms_timer",
    "class",
];

/// A role as written: a word, and keys with values.
struct RoleText {
    word: String,
    keys: Vec<(String, Value)>,
}

#[derive(Debug)]
enum Value {
    Int(i64),
    Text(String),
    Bool(bool),
}

impl Parse for RoleText {
    fn parse(input: ParseStream<'_>) -> syn::Result<RoleText> {
        // `class = "guard"` is the one role whose word has a value of its own.
        let word = input.fork().parse::<Ident>()?.to_string();
        if word != "class" {
            input.parse::<Ident>()?;
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        let pairs = Punctuated::<Pair, Token![,]>::parse_terminated(input)?;
        Ok(RoleText { word, keys: pairs.into_iter().map(|p| (p.key, p.value)).collect() })
    }
}

struct Pair {
    key: String,
    value: Value,
}

impl Parse for Pair {
    fn parse(input: ParseStream<'_>) -> syn::Result<Pair> {
        let key = input.parse::<Ident>()?.to_string();
        input.parse::<Token![=]>()?;
        let expr = input.parse::<Expr>()?;
        let value =
            literal(&expr).ok_or_else(|| syn::Error::new_spanned(&expr, "expected a number, a string or a bool"))?;
        Ok(Pair { key, value })
    }
}

fn literal(expr: &Expr) -> Option<Value> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(n), .. }) => n.base10_parse().ok().map(Value::Int),
        Expr::Lit(ExprLit { lit: Lit::Str(s), .. }) => Some(Value::Text(s.value())),
        Expr::Lit(ExprLit { lit: Lit::Bool(b), .. }) => Some(Value::Bool(b.value)),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => match literal(expr)? {
            Value::Int(n) => Some(Value::Int(-n)),
            _ => None,
        },
        _ => None,
    }
}

impl RoleText {
    fn read(mut self) -> Result<Role, String> {
        let role = self.role()?;
        match self.keys.first() {
            Some((key, _)) => Err(format!("role `{}` has no key `{key}`, or has it twice", self.word)),
            None => Ok(role),
        }
    }

    fn role(&mut self) -> Result<Role, String> {
        Ok(match self.word.as_str() {
            "fork" => Role::Fork { child: self.shape()?, kind: self.kind()? },
            "daemon" => Role::Daemon,
            "pre_exec" => Role::PreExec { param: self.param()? },
            "clone_entry" => Role::CloneEntry { param: self.param()? },
            "fork_entry" => Role::ForkEntry { param: self.param()? },
            "thread_entry" => Role::ThreadEntry { param: self.param()? },
            "stores" => Role::Stores { param: self.param()? },
            "handler" => Role::Handler { param: self.param()? },
            "diverges" => Role::Diverges,
            "transparent" => Role::Transparent,
            "opens" => Role::Opens {
                flags: self.index("flags")?,
                flag: self.text("flag")?,
                instead: self.text("instead")?,
                out: self.index("out")?,
                dup: self.switch("dup")?,
                always: self.switch("cloexec")?,
            },
            "fcntl" => Role::Fcntl,
            "ioctl" => Role::Ioctl,
            "syscall" => Role::Syscall,
            "atfork_child" => Role::AtforkChild { param: self.param()? },
            "sets_cloexec" => Role::SetsCloexec { param: self.param()? },
            "clears_cloexec" => Role::ClearsCloexec { param: self.param()? },
            "closes" => Role::Closes { param: self.param()? },
            "closes_range" => Role::ClosesRange,
            "checks_threads" => Role::ChecksThreads,
            "starts_threads" => Role::StartsThreads,
            "ends_threads" => Role::EndsThreads,
            "spawns_child" => Role::SpawnsChild,
            "reaps" => Role::Reaps,
            "reads_pid" => Role::ReadsPid,
            "auto_reap" => Role::AutoReap,
            "resets_signals" => Role::ResetsSignals,
            "locks_file" => Role::LocksFile,
            "maps_memory" => Role::MapsMemory,
            "arms_timer" => Role::ArmsTimer,
            "class" => Role::Class(self.class()?),
            word => return Err(format!("unknown role `{word}`")),
        })
    }

    fn take(&mut self, key: &str) -> Option<Value> {
        let at = self.keys.iter().position(|(k, _)| k == key)?;
        Some(self.keys.remove(at).1)
    }

    fn wrong(&self, key: &str, expected: &str) -> String {
        format!("role `{}` needs {expected} for `{key}`", self.word)
    }

    fn index(&mut self, key: &str) -> Result<Option<u32>, String> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::Int(n)) => u32::try_from(n).map(Some).map_err(|_| self.wrong(key, "an argument's index")),
            Some(_) => Err(self.wrong(key, "an argument's index")),
        }
    }

    fn param(&mut self) -> Result<u32, String> {
        self.index("param")?.ok_or_else(|| self.wrong("param", "an argument's index"))
    }

    fn text(&mut self, key: &str) -> Result<Sym, String> {
        match self.take(key) {
            None => Ok(Sym::new("")),
            Some(Value::Text(text)) => Ok(Sym::new(&text)),
            Some(_) => Err(self.wrong(key, "a string")),
        }
    }

    fn switch(&mut self, key: &str) -> Result<bool, String> {
        match self.take(key) {
            None => Ok(false),
            Some(Value::Bool(b)) => Ok(b),
            Some(_) => Err(self.wrong(key, "`true` or `false`")),
        }
    }

    fn shape(&mut self) -> Result<Shape, String> {
        match self.take("child") {
            Some(Value::Int(n)) => Ok(Shape::Int(n)),
            Some(Value::Text(variant)) => Ok(Shape::Variant(Sym::new(&variant))),
            _ => Err(self.wrong("child", "a number or a variant's name")),
        }
    }

    fn kind(&mut self) -> Result<ForkKind, String> {
        match self.text("kind")?.as_str() {
            "" | "libc" => Ok(ForkKind::Libc),
            "raw" => Ok(ForkKind::Raw),
            "vfork" => Ok(ForkKind::Vfork),
            _ => Err(self.wrong("kind", "\"libc\", \"raw\" or \"vfork\"")),
        }
    }

    fn class(&mut self) -> Result<Class, String> {
        let word = self.text("class")?;
        Class::from_word(word.as_str()).ok_or_else(|| {
            let words: Vec<_> = Class::WORDS.iter().map(|(_, w)| *w).collect();
            format!("unknown class `{word}`; the classes are {}", words.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_word_is_known() {
        for word in ROLE_WORDS {
            let unknown = parse_role(word).is_err_and(|why| why.contains("unknown role"));
            assert!(!unknown, "{word}");
        }
    }

    fn of(item: &str) -> Result<Option<Entry>, String> {
        entry(&syn::parse_str::<syn::ItemFn>(item).expect("test item parses").attrs)
    }

    #[test]
    fn effects_roles_and_source_are_read() {
        let told = of(
            "/// Text.\n/// source: man 2 fork\n#[fx(fork, alloc)] #[role(fork, child = 0)] #[role(reaps)] fn f() {}",
        )
        .expect("reads")
        .expect("says something");
        assert_eq!(told.effects, [Effect::Fork, Effect::Alloc]);
        assert_eq!(told.roles, [Role::Fork { child: Shape::Int(0), kind: ForkKind::Libc }, Role::Reaps]);
        assert_eq!(told.source, "man 2 fork");
        assert_eq!(of("/// source: nothing else\n#[inline] fn f() {}"), Ok(None));
    }

    #[test]
    fn every_form_of_a_role_is_read() {
        let fork = |child, kind| Role::Fork { child, kind };
        let cases = [
            ("fork, child = \"Child\", kind = \"raw\"", fork(Shape::Variant(Sym::new("Child")), ForkKind::Raw)),
            ("fork, child = -1, kind = \"vfork\"", fork(Shape::Int(-1), ForkKind::Vfork)),
            ("class = \"temp_file\"", Role::Class(Class::TempFile)),
            ("pre_exec, param = 1", Role::PreExec { param: 1 }),
            ("diverges", Role::Diverges),
            ("diverges,", Role::Diverges),
        ];
        for (text, role) in cases {
            assert_eq!(parse_role(text), Ok(role), "{text}");
        }
        let opens =
            parse_role("opens, flags = 1, flag = \"O_CLOEXEC\", out = 0, dup = true, instead = \"x\"").expect("reads");
        let Role::Opens { flags, flag, instead, out, dup, always } = opens else { panic!("not an opener") };
        assert_eq!(
            (flags, flag.as_str(), instead.as_str(), out, dup, always),
            (Some(1), "O_CLOEXEC", "x", Some(0), true, false)
        );
    }

    #[test]
    fn mistakes_are_named() {
        for (text, says) in [
            ("frok, child = 0", "unknown role `frok`"),
            ("fork", "`child`"),
            ("fork, child = 0, kind = \"bsd\"", "`kind`"),
            ("fork, child = 0, param = 1", "no key `param`"),
            ("reaps, param = 0", "no key `param`"),
            ("closes, param = 0, param = 1", "twice"),
            ("closes, param = -1", "index"),
            ("class = \"gaurd\"", "unknown class `gaurd`"),
            ("class", "expected"),
            ("", "role ``"),
            ("closes param", "expected"),
        ] {
            let message = parse_role(text).expect_err(text);
            assert!(message.contains(says), "{text}: {message}");
        }
        assert!(of("#[fx(allocate)] fn f() {}").expect_err("unknown").contains("unknown effect `allocate`"));
    }
}
