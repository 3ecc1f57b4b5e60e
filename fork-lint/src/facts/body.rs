//! Bodies: small control-flow graphs of events, and the values that flow between them.

use super::{Span, Sym};

/// Index of a local in its [`Body`].
pub type LocalId = u32;
/// Index of a block in its [`Body`].
pub type BlockId = u32;
/// Names a call within its [`Body`]: the `id` of a [`Call`].
pub type CallId = u32;

/// A body. Block 0 is the entry; block order follows the source.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct Body {
    /// Local variables, parameters first.
    pub locals: Vec<Local>,
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// A local variable or a named temporary.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct Local {
    /// Its name; empty for a temporary.
    pub name: Sym,
    /// Type constructors of its type, outermost first, all that are known (`Result<MutexGuard<'_, T>, _>` gives
    /// `std::result::Result`, `std::sync::MutexGuard`); empty when the type is not known.
    pub heads: Vec<Sym>,
    /// Where it is declared.
    pub span: Span,
}

/// A straight run of events and where it goes.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct Block {
    /// In order.
    pub events: Vec<Event>,
    /// What follows.
    pub term: Term,
}

/// How a block ends.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub enum Term {
    /// Goes on there.
    Goto(BlockId),
    /// Takes the first arm whose pattern fits. `if` is a switch whose arms are the condition and [`Pat::Any`].
    Switch {
        /// What is tested.
        on: Val,
        /// Tests in order; an arm with a guard is followed by the arms it may fall to.
        arms: Vec<(Pat, BlockId)>,
        /// The tested expression.
        span: Span,
    },
    /// Leaves the function with this value. `by_question_mark` when `?` took the error out.
    Return {
        /// The value.
        value: Val,
        /// Where the function is left.
        span: Span,
        /// Left by `?`.
        by_question_mark: bool,
    },
    /// Never goes on (an endless loop without `break`, a call that diverges by type).
    Diverge,
}

/// Something that happens.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub enum Event {
    /// A call, or the use of a catalogued macro.
    Call(Call),
    /// `let x = v`, `x = v`, `x |= v`, `x &= v`; a pattern binding is an assignment of the matched value.
    Assign {
        /// What is assigned.
        local: LocalId,
        /// How.
        op: AssignOp,
        /// The value.
        value: Val,
        /// Where.
        span: Span,
    },
    /// A value is stored where it outlives the function's locals: a field, a static, through a pointer.
    Store {
        /// The place: [`Val::Static`], [`Val::Field`] or unknown.
        place: Val,
        /// How.
        op: AssignOp,
        /// The value.
        value: Val,
        /// Where.
        span: Span,
    },
    /// The local's scope ends, or it is overwritten, and its value is dropped if it still has one.
    Drop {
        /// Which.
        local: LocalId,
        /// Where.
        span: Span,
    },
    /// The local's value is moved away (into a call, a closure, another place).
    Move {
        /// Which.
        local: LocalId,
        /// Where.
        span: Span,
    },
}

/// A call.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct Call {
    /// Names this call in [`Val::Result`]; unique in the body.
    pub id: CallId,
    /// What is called.
    pub callee: Callee,
    /// Arguments in order, the receiver first.
    pub args: Vec<Val>,
    /// Type constructors of the result, as for a local.
    pub heads: Vec<Sym>,
    /// The call expression; inside a macro's expansion, the place in the macro's body.
    pub span: Span,
    /// For code out of a macro: where the (outermost) macro was invoked.
    pub expanded_at: Option<Span>,
    /// The result is thrown away: an expression statement, or `let _ =`.
    pub unused: bool,
}

/// What a call calls.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub enum Callee {
    /// Exactly this: a function of the program, a catalogued one, or one whose source is not at hand.
    Path(Sym),
    /// A trait's method on a value whose type is generic or `dyn`.
    Dispatch {
        /// Path of the trait.
        trait_: Sym,
        /// Name of the method.
        method: Sym,
    },
    /// The function's own parameter of that index.
    Param(u32),
    /// A closure held by a captured variable, a field or another value; the text says which.
    Indirect(Sym),
    /// A path or method that could not be resolved, as written.
    Unknown(Sym),
}

/// How an assignment combines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub enum AssignOp {
    /// `=`
    Set,
    /// `|=`
    Or,
    /// Any other compound assignment.
    Other,
}

/// A value, as far as it can be known from the text.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub enum Val {
    /// Nothing is known.
    Unknown,
    /// An integer (or a bool, as 0 or 1).
    Int(i64),
    /// A string literal.
    Str(Sym),
    /// A constant by its canonical path; of a crate whose source is not at hand, the path as resolved (`c::O_CLOEXEC`).
    Const(Sym),
    /// `()`
    Unit,
    /// A local variable (projections and references are looked through).
    Local(LocalId),
    /// A local of the enclosing function, seen from a closure: name and, where known, type constructors.
    Captured(Sym, Vec<Sym>),
    /// The result of a call in this body.
    Result(CallId),
    /// A function item, or a closure by its path.
    Fn(Sym),
    /// A static.
    Static(Sym),
    /// A field of a value.
    Field(Box<Val>, Sym),
    /// A tuple struct, variant or tuple built here; `Ok(..)`, `Some(..)` included. A tuple's name is empty.
    Ctor(Sym, Vec<Val>),
    /// A struct literal: path, and named fields.
    Struct(Sym, Vec<(Sym, Val)>),
    /// `a | b`
    Or(Vec<Val>),
    /// The value of a branch: one of these.
    Phi(Vec<Val>),
    /// The value inside, after `?`, `unwrap` and the like were applied or a pattern took it apart.
    Inside(Box<Val>),
    /// Another operation over these values (arithmetic, comparison, `&`, `!`, cast of something computed).
    Computed(Vec<Val>),
}

/// A test of a value.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub enum Pat {
    /// Always fits (`_`, a binding, `else`).
    Any,
    /// Cannot be judged; may or may not fit.
    Opaque,
    /// Compares with an integer; `== true` is `Eq, 1`.
    Cmp(CmpOp, i64),
    /// A variant by its name (last segment of its path), and the patterns of its fields.
    Variant(Sym, Vec<Pat>),
    /// One of these.
    OneOf(Vec<Pat>),
    /// Not that.
    Not(Box<Pat>),
}

/// Comparison in a [`Pat::Cmp`]: the tested value stands on the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub enum CmpOp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}
