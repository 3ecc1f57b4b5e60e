//! Macros known by name, whose arguments are code: what is evaluated when they are called.
//!
//! Only the shape of the arguments is decided here, so a wrong guess of a name costs nothing: arguments that do not
//! have the shape are not seen, and the caller falls back on [`super::loose`]. What the macro itself does is in the
//! catalogue.

use proc_macro2::{Ident, TokenStream};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Pat, Token, Type, Visibility};

use super::parse::{Trouble, parse_checked};
use super::{macro_format, macro_items, macro_select};
use crate::facts::{Sym, plain_path};

/// What a known macro's arguments are.
#[expect(clippy::large_enum_variant, reason = "one is made for an invocation, and taken apart at once")]
pub enum Seen {
    /// Expressions, evaluated in order.
    Args(Args),
    /// `matches!(value, pat if guard)`
    Matches {
        /// The value.
        value: Expr,
        /// The pattern.
        pat: Pat,
        /// The condition after `if`.
        guard: Option<Expr>,
        /// What a failed assertion says (`assert_matches!`).
        message: Args,
    },
    /// Statics with an initialiser that runs on first use: `thread_local!`, `lazy_static!`.
    Statics(Vec<LazyStatic>),
    /// Types of flags: `bitflags!`.
    Flags(Vec<Flags>),
    /// Code under conditions of which the first that holds is compiled: `cfg_if!`, `cfg_select!`.
    Branches(Vec<CfgBranch>),
    /// The arms of a `select!`.
    Select(Vec<SelectArm>),
}

/// Arguments that are expressions.
#[derive(Default)]
pub struct Args {
    /// In the order of evaluation, whether named or not.
    pub exprs: Vec<Expr>,
    /// Variables named in the format text (`"{x}"`), each once, and not given as an argument.
    pub captured: Vec<Ident>,
    /// The format text.
    pub text: Option<String>,
}

/// A static that is initialised on first use.
pub struct LazyStatic {
    /// Its attributes.
    pub attrs: Vec<Attribute>,
    /// Its visibility.
    pub vis: Visibility,
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub ty: Type,
    /// Its initialiser.
    pub init: Expr,
}

/// A type of flags.
pub struct Flags {
    /// Its attributes.
    pub attrs: Vec<Attribute>,
    /// Its visibility.
    pub vis: Visibility,
    /// Its name.
    pub name: Ident,
    /// The integer it is made of.
    pub ty: Type,
    /// Its constants; without a value where the macro gives one.
    pub consts: Vec<(Ident, Option<Expr>)>,
}

/// A branch of a `cfg_if!`.
pub struct CfgBranch {
    /// What is between the parentheses of `cfg(..)`; `None` for `else`.
    pub condition: Option<TokenStream>,
    /// The code.
    pub body: TokenStream,
}

/// An arm of a `select!`.
pub struct SelectArm {
    /// What the result is bound to.
    pub pat: Option<Pat>,
    /// What is waited for; nothing for `else`, `default` and `complete`.
    pub wait: Vec<Expr>,
    /// The condition after `if`.
    pub guard: Option<Expr>,
    /// What runs then.
    pub body: Expr,
}

/// What the arguments of a macro of that path or name are; `None` if the name is not known. They have to be those of a macro
/// in a tree, which is within the bounds.
pub fn builtin(path: Sym, tokens: TokenStream) -> Option<Result<Seen, Trouble>> {
    let path = plain_path(path);
    let shape = Shape::of(path.last().trim_end_matches('!'))?;
    Some(parse_checked(|input| shape.parse(input), tokens))
}

/// How a macro's arguments are written.
#[derive(Clone, Copy)]
enum Shape {
    /// So many expressions, then a format text and its arguments.
    Format(usize),
    /// Fields, a format text and its arguments, in any order: `log`, `tracing`.
    Log,
    /// Expressions between commas.
    Exprs,
    /// `a; n` or `a, b`
    Vec,
    Matches,
    Statics,
    Flags,
    CfgIf,
    CfgSelect,
    Select,
    /// Nothing is evaluated.
    Nothing,
}

impl Shape {
    fn of(name: &str) -> Option<Shape> {
        Some(match name {
            "format" | "format_args" | "print" | "println" | "eprint" | "eprintln" | "panic" | "todo"
            | "unimplemented" | "unreachable" | "anyhow" | "bail" | "eyre" | "format_err" | "miette" => {
                Shape::Format(0)
            }
            "write" | "writeln" | "assert" | "debug_assert" | "ensure" | "prop_assert" => Shape::Format(1),
            "assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne" | "ensure_eq" => Shape::Format(2),
            "trace" | "debug" | "info" | "warn" | "error" | "log" | "event" | "span" | "trace_span" | "debug_span"
            | "info_span" | "warn_span" | "error_span" | "crit" => Shape::Log,
            "dbg" | "join" | "try_join" | "try" | "ready" | "pin" | "pin_mut" | "addr_of" | "addr_of_mut"
            | "poll_fn" | "r#try" => Shape::Exprs,
            "vec" | "smallvec" | "bytes" => Shape::Vec,
            "matches" | "assert_matches" | "debug_assert_matches" => Shape::Matches,
            "thread_local" | "lazy_static" => Shape::Statics,
            "bitflags" => Shape::Flags,
            "cfg_if" => Shape::CfgIf,
            "cfg_select" | "cfg_match" => Shape::CfgSelect,
            "select" | "select_biased" => Shape::Select,
            "stringify" | "concat" | "env" | "option_env" | "line" | "column" | "file" | "module_path" | "cfg"
            | "compile_error" | "include_str" | "include_bytes" | "offset_of" | "const_format_args"
            | "concat_idents" => Shape::Nothing,
            _ => return None,
        })
    }

    fn parse(self, input: ParseStream<'_>) -> syn::Result<Seen> {
        Ok(match self {
            Shape::Format(before) => Seen::Args(macro_format::format(input, before)?),
            Shape::Log => Seen::Args(macro_format::log(input)?),
            Shape::Exprs => Seen::Args(exprs(input)?),
            Shape::Vec => Seen::Args(vector(input)?),
            Shape::Matches => matches(input)?,
            Shape::Statics => Seen::Statics(macro_items::statics(input)?),
            Shape::Flags => Seen::Flags(macro_items::flags(input)?),
            Shape::CfgIf => Seen::Branches(macro_items::cfg_if(input)?),
            Shape::CfgSelect => Seen::Branches(macro_items::cfg_select(input)?),
            Shape::Select => Seen::Select(macro_select::arms(input)?),
            Shape::Nothing => {
                input.parse::<TokenStream>()?;
                Seen::Args(Args::default())
            }
        })
    }
}

/// Expressions between commas, perhaps after `biased;`.
fn exprs(input: ParseStream<'_>) -> syn::Result<Args> {
    macro_select::biased(input)?;
    let exprs = input.parse_terminated(Expr::parse, Token![,])?;
    Ok(Args { exprs: exprs.into_iter().collect(), ..Args::default() })
}

fn vector(input: ParseStream<'_>) -> syn::Result<Args> {
    let ahead = input.fork();
    if ahead.parse::<Expr>().is_ok() && ahead.peek(Token![;]) {
        let element = input.parse()?;
        input.parse::<Token![;]>()?;
        return Ok(Args { exprs: vec![element, input.parse()?], ..Args::default() });
    }
    exprs(input)
}

fn matches(input: ParseStream<'_>) -> syn::Result<Seen> {
    let value = input.parse()?;
    input.parse::<Token![,]>()?;
    let pat = Pat::parse_multi_with_leading_vert(input)?;
    let guard = match input.parse::<Option<Token![if]>>()? {
        Some(_) => Some(input.parse()?),
        None => None,
    };
    input.parse::<Option<Token![,]>>()?;
    Ok(Seen::Matches { value, pat, guard, message: macro_format::format(input, 0)? })
}
