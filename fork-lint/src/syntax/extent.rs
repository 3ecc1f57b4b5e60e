//! From where to where an expression or statement was written.
//!
//! The parser's own answer prints the whole tree to look at the first and the last token: for nested code that was a
//! tenth of a run. Here both ends are looked up.

use proc_macro2::Span;
use syn::{AttrStyle, Attribute, Expr, MacroDelimiter, Member, PathArguments, RangeLimits, Stmt, UnOp};

/// Both ends of a piece of syntax.
pub(crate) trait Extent {
    /// Place of the first token.
    fn first(&self) -> Span;
    /// Place of the last token.
    fn last(&self) -> Span;

    /// From the one to the other; the first alone where they are not of one text.
    fn span(&self) -> Span {
        let first = self.first();
        first.join(self.last()).unwrap_or(first)
    }
}

/// What the parser says, of what is small or seldom asked for.
fn printed(syntax: &impl quote::ToTokens) -> Span {
    syn::spanned::Spanned::span(syntax)
}

/// The ends of a node that may begin with attributes.
macro_rules! ends {
    ($($node:ident: |$this:ident| $first:expr, $last:expr;)*) => {$(
        impl Extent for syn::$node {
            fn first(&self) -> Span {
                let $this = self;
                attribute(&$this.attrs).unwrap_or_else(|| $first)
            }

            fn last(&self) -> Span {
                let $this = self;
                $last
            }
        }
    )*};
}

/// The same of a node that is asked the parser about.
macro_rules! ends_as_printed {
    ($($node:ident)*) => {$(
        impl Extent for syn::$node {
            fn first(&self) -> Span {
                printed(self)
            }

            fn last(&self) -> Span {
                printed(self)
            }
        }
    )*};
}

fn attribute(attrs: &[Attribute]) -> Option<Span> {
    attrs.iter().find(|attr| matches!(attr.style, AttrStyle::Outer)).map(|attr| attr.pound_token.spans[0])
}

fn label(label: &Option<syn::Label>, otherwise: Span) -> Span {
    label.as_ref().map_or(otherwise, |label| label.name.apostrophe)
}

ends_as_printed!(Pat Type ExprPath ExprClosure ExprContinue Path);

ends! {
    ExprArray: |e| e.bracket_token.span.join(), e.bracket_token.span.join();
    ExprAssign: |e| e.left.first(), e.right.last();
    ExprAsync: |e| e.async_token.span, e.block.brace_token.span.join();
    ExprAwait: |e| e.base.first(), e.await_token.span;
    ExprBinary: |e| e.left.first(), e.right.last();
    ExprBlock: |e| label(&e.label, e.block.brace_token.span.join()), e.block.brace_token.span.join();
    ExprBreak: |e| e.break_token.span, match (&e.expr, &e.label) {
        (Some(expr), _) => expr.last(),
        (None, Some(label)) => label.ident.span(),
        (None, None) => e.break_token.span,
    };
    ExprCall: |e| e.func.first(), e.paren_token.span.join();
    ExprCast: |e| e.expr.first(), printed(&e.ty);
    ExprConst: |e| e.const_token.span, e.block.brace_token.span.join();
    ExprField: |e| e.base.first(), match &e.member {
        Member::Named(name) => name.span(),
        Member::Unnamed(index) => index.span,
    };
    ExprForLoop: |e| label(&e.label, e.for_token.span), e.body.brace_token.span.join();
    ExprGroup: |e| e.group_token.span, e.group_token.span;
    ExprIf: |e| e.if_token.span, match &e.else_branch {
        Some((_, other)) => other.last(),
        None => e.then_branch.brace_token.span.join(),
    };
    ExprIndex: |e| e.expr.first(), e.bracket_token.span.join();
    ExprLet: |e| e.let_token.span, e.expr.last();
    ExprLit: |e| e.lit.span(), e.lit.span();
    ExprLoop: |e| label(&e.label, e.loop_token.span), e.body.brace_token.span.join();
    ExprMacro: |e| printed(&e.mac.path), delimiter(&e.mac.delimiter);
    ExprMatch: |e| e.match_token.span, e.brace_token.span.join();
    ExprMethodCall: |e| e.receiver.first(), e.paren_token.span.join();
    ExprParen: |e| e.paren_token.span.join(), e.paren_token.span.join();
    ExprRange: |e| match &e.start {
        Some(start) => start.first(),
        None => limits(&e.limits),
    }, match &e.end {
        Some(end) => end.last(),
        None => limits(&e.limits),
    };
    ExprReference: |e| e.and_token.spans[0], e.expr.last();
    ExprRepeat: |e| e.bracket_token.span.join(), e.bracket_token.span.join();
    ExprReturn: |e| e.return_token.span, e.expr.as_ref().map_or(e.return_token.span, |expr| expr.last());
    ExprStruct: |e| e.qself.as_ref().map_or_else(|| printed(&e.path), |qself| qself.lt_token.spans[0]), e.brace_token.span.join();
    ExprTry: |e| e.expr.first(), e.question_token.spans[0];
    ExprTuple: |e| e.paren_token.span.join(), e.paren_token.span.join();
    ExprUnary: |e| match &e.op {
        UnOp::Deref(token) => token.spans[0],
        UnOp::Not(token) => token.spans[0],
        UnOp::Neg(token) => token.spans[0],
        other => printed(other),
    }, e.expr.last();
    ExprUnsafe: |e| e.unsafe_token.span, e.block.brace_token.span.join();
    ExprWhile: |e| label(&e.label, e.while_token.span), e.body.brace_token.span.join();
    Arm: |arm| printed(&arm.pat), arm.comma.as_ref().map_or_else(|| arm.body.last(), |comma| comma.spans[0]);
    Local: |local| local.let_token.span, local.semi_token.spans[0];
    StmtMacro: |stmt| printed(&stmt.mac.path), match &stmt.semi_token {
        Some(semicolon) => semicolon.spans[0],
        None => delimiter(&stmt.mac.delimiter),
    };
}

fn delimiter(delimiter: &MacroDelimiter) -> Span {
    match delimiter {
        MacroDelimiter::Paren(token) => token.span.join(),
        MacroDelimiter::Brace(token) => token.span.join(),
        MacroDelimiter::Bracket(token) => token.span.join(),
    }
}

fn limits(limits: &RangeLimits) -> Span {
    match limits {
        RangeLimits::HalfOpen(token) => token.spans[0].join(token.spans[1]).unwrap_or(token.spans[0]),
        RangeLimits::Closed(token) => token.spans[0].join(token.spans[2]).unwrap_or(token.spans[0]),
    }
}

/// One of the two for the kind of expression at hand.
macro_rules! end_of {
    ($expr:expr, $end:ident) => {
        match $expr {
            Expr::Array(e) => e.$end(),
            Expr::Assign(e) => e.$end(),
            Expr::Async(e) => e.$end(),
            Expr::Await(e) => e.$end(),
            Expr::Binary(e) => e.$end(),
            Expr::Block(e) => e.$end(),
            Expr::Break(e) => e.$end(),
            Expr::Call(e) => e.$end(),
            Expr::Cast(e) => e.$end(),
            Expr::Const(e) => e.$end(),
            Expr::Field(e) => e.$end(),
            Expr::ForLoop(e) => e.$end(),
            Expr::Group(e) => e.$end(),
            Expr::If(e) => e.$end(),
            Expr::Index(e) => e.$end(),
            Expr::Let(e) => e.$end(),
            Expr::Lit(e) => e.$end(),
            Expr::Loop(e) => e.$end(),
            Expr::Macro(e) => e.$end(),
            Expr::Match(e) => e.$end(),
            Expr::MethodCall(e) => e.$end(),
            Expr::Paren(e) => e.$end(),
            Expr::Path(e) => path_end!(e, $end),
            Expr::Range(e) => e.$end(),
            Expr::Reference(e) => e.$end(),
            Expr::Repeat(e) => e.$end(),
            Expr::Return(e) => e.$end(),
            Expr::Struct(e) => e.$end(),
            Expr::Try(e) => e.$end(),
            Expr::Tuple(e) => e.$end(),
            Expr::Unary(e) => e.$end(),
            Expr::Unsafe(e) => e.$end(),
            Expr::While(e) => e.$end(),
            other => printed(other),
        }
    };
}

/// A path that is one name is most of what there is.
macro_rules! path_end {
    ($path:expr, $end:ident) => {
        match $path.path.segments.first() {
            Some(only)
                if $path.path.segments.len() == 1
                    && $path.attrs.is_empty()
                    && $path.qself.is_none()
                    && $path.path.leading_colon.is_none()
                    && matches!(only.arguments, PathArguments::None) =>
            {
                only.ident.span()
            }
            _ => $path.$end(),
        }
    };
}

impl Extent for Expr {
    fn first(&self) -> Span {
        end_of!(self, first)
    }

    fn last(&self) -> Span {
        end_of!(self, last)
    }
}

impl Extent for Stmt {
    fn first(&self) -> Span {
        match self {
            Stmt::Local(local) => local.first(),
            Stmt::Expr(expr, _) => expr.first(),
            Stmt::Macro(stmt) => stmt.first(),
            Stmt::Item(item) => printed(item),
        }
    }

    fn last(&self) -> Span {
        match self {
            Stmt::Expr(_, Some(semicolon)) => semicolon.spans[0],
            Stmt::Expr(expr, None) => expr.last(),
            Stmt::Local(local) => local.last(),
            Stmt::Macro(stmt) => stmt.last(),
            Stmt::Item(item) => printed(item),
        }
    }
}
