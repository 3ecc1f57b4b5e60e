//! The body under construction: blocks, locals, scopes, and the frames of the functions around a closure.

use rustc_hash::FxHashMap;

use crate::facts::{AssignOp, Block, BlockId, Body, CallId, Event, Local, LocalId, Pat, Span, Sym, Term, Val};
use crate::resolve::{ModId, Ty, TyEnv};

/// A value with its type.
#[derive(Clone, Debug)]
pub(super) struct Op {
    pub(super) val: Val,
    pub(super) ty: Ty,
}

impl Op {
    pub(super) fn new(val: Val, ty: Ty) -> Op {
        Op { val, ty }
    }

    pub(super) fn unknown() -> Op {
        Op::new(Val::Unknown, Ty::Unknown)
    }

    pub(super) fn unit() -> Op {
        Op::new(Val::Unit, Ty::unit())
    }

    pub(super) fn never() -> Op {
        Op::new(Val::Unknown, Ty::Never)
    }
}

/// A loop or labelled block that can be left.
pub(super) struct Leave {
    pub(super) label: Option<Sym>,
    pub(super) on_break: BlockId,
    /// `None` for a labelled block.
    pub(super) on_continue: Option<BlockId>,
    /// Values given to `break`.
    pub(super) values: Vec<Op>,
    pub(super) broken: bool,
    /// Scopes that are open at the loop.
    pub(super) depth: usize,
}

/// One function, closure or initialiser under construction.
pub(super) struct Frame {
    pub(super) path: Sym,
    pub(super) body: Body,
    pub(super) tys: Vec<Ty>,
    pub(super) cur: BlockId,
    /// The current block cannot be reached.
    pub(super) dead: bool,
    pub(super) scopes: Vec<FxHashMap<Sym, LocalId>>,
    /// Locals in the order of declaration with the scope they belong to.
    pub(super) declared: Vec<(usize, LocalId)>,
    pub(super) calls: CallId,
    pub(super) closures: u32,
    pub(super) leaves: Vec<Leave>,
    pub(super) env: TyEnv,
    pub(super) module: ModId,
    pub(super) ret: Ty,
    pub(super) params: Vec<crate::facts::Param>,
    /// Bool locals that hold the outcome of a test.
    pub(super) tests: FxHashMap<LocalId, (Val, Pat)>,
    /// What `return` gave.
    pub(super) returned: Vec<Ty>,
    pub(super) is_async: bool,
    /// Unnamed locals that hold guards until their statement ends.
    pub(super) temps: Vec<LocalId>,
}

impl Frame {
    pub(super) fn new(path: Sym, env: TyEnv, ret: Ty) -> Frame {
        let module = env.module;
        Frame {
            path,
            body: Body { locals: Vec::new(), blocks: vec![open_block()] },
            tys: Vec::new(),
            cur: 0,
            dead: false,
            scopes: vec![FxHashMap::default()],
            declared: Vec::new(),
            calls: 0,
            closures: 0,
            leaves: Vec::new(),
            env,
            module,
            ret,
            params: Vec::new(),
            tests: FxHashMap::default(),
            returned: Vec::new(),
            is_async: false,
            temps: Vec::new(),
        }
    }

    pub(super) fn block(&mut self) -> BlockId {
        self.body.blocks.push(open_block());
        (self.body.blocks.len() - 1) as BlockId
    }

    pub(super) fn enter(&mut self, block: BlockId) {
        self.cur = block;
        self.dead = false;
    }

    /// Adds an event; code that cannot be reached does nothing.
    pub(super) fn event(&mut self, event: Event) {
        if self.dead {
            return;
        }
        let cur = self.cur as usize;
        self.body.blocks[cur].events.push(event);
    }

    /// Ends the current block. What follows cannot be reached until another block is entered.
    pub(super) fn end(&mut self, term: Term) {
        if self.dead {
            return;
        }
        let cur = self.cur as usize;
        self.body.blocks[cur].term = term;
        self.dead = true;
    }

    pub(super) fn goto(&mut self, block: BlockId) {
        self.end(Term::Goto(block));
    }

    /// A local without a name and scope: it passes a value on, and what it owns is dropped with the statement.
    pub(super) fn unowned(&mut self, ty: Ty, span: Span) -> LocalId {
        let id = self.body.locals.len() as LocalId;
        self.body.locals.push(Local { name: Sym::new(""), heads: ty.heads(false), span });
        if owns(&ty) {
            self.temps.push(id);
        }
        self.tys.push(ty);
        id
    }

    pub(super) fn local(&mut self, name: Sym, ty: Ty, span: Span) -> LocalId {
        let id = self.body.locals.len() as LocalId;
        self.body.locals.push(Local { name, heads: ty.heads(false), span });
        self.tys.push(ty);
        self.declared.push((self.scopes.len() - 1, id));
        if !name.as_str().is_empty()
            && let Some(scope) = self.scopes.last_mut()
        {
            scope.insert(name, id);
        }
        id
    }

    pub(super) fn find(&self, name: Sym) -> Option<LocalId> {
        self.scopes.iter().rev().find_map(|s| s.get(&name).copied())
    }

    pub(super) fn assign(&mut self, local: LocalId, op: AssignOp, value: Val, span: Span) {
        self.event(Event::Assign { local, op, value, span });
    }

    pub(super) fn push_scope(&mut self) {
        self.scopes.push(FxHashMap::default());
    }

    /// Closes scopes down to `depth`, dropping what they own, last first.
    pub(super) fn pop_scope(&mut self, span: Span) {
        let depth = self.scopes.len() - 1;
        self.scopes.pop();
        while let Some(&(at, local)) = self.declared.last() {
            if at < depth {
                break;
            }
            self.declared.pop();
            if !self.dead && owns(&self.tys[local as usize]) {
                self.event(Event::Drop { local, span });
            }
        }
    }

    /// Drops what scopes above `depth` own without closing them: a jump out of them.
    pub(super) fn drop_above(&mut self, depth: usize, span: Span) {
        let ids: Vec<LocalId> = self.declared.iter().rev().filter(|(at, _)| *at >= depth).map(|(_, l)| *l).collect();
        for local in ids {
            if owns(&self.tys[local as usize]) {
                self.event(Event::Drop { local, span });
            }
        }
    }
}

fn open_block() -> Block {
    Block { events: Vec::new(), term: Term::Diverge }
}

/// A value of this type may have something to drop.
pub(super) fn owns(ty: &Ty) -> bool {
    match ty {
        Ty::Adt(..) => true,
        Ty::Tuple(parts) => parts.iter().any(owns),
        Ty::Slice(inner) => owns(inner),
        _ => false,
    }
}
