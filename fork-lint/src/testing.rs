//! Hand-built facts for unit tests: a function is a chain of events, one source line each.

use crate::analysis::{CrateUnit, Program};
use crate::catalogue::{Catalogue, Entry, Role};
use crate::facts::{
    AssignOp, Block, BlockId, Body, Call, Callee, ConstDef, CrateFacts, Event, Fn, FnKind, Local, LocalId, Param, Pat,
    Span, Sym, Term, Val,
};

/// A function in the making. Events go to the current block; every event gets the next line.
pub(crate) struct Make {
    f: Fn,
    at: usize,
    line: u32,
    calls: u32,
}

/// The place at a line of the test's only file.
pub(crate) fn at(line: u32) -> Span {
    Span { file: Sym::new("src/lib.rs"), line, column: 1, end_line: line, end_column: 80 }
}

impl Make {
    /// A private free function with one open block.
    pub(crate) fn new(path: &str) -> Make {
        let f = Fn {
            path: Sym::new(path),
            span: at(1),
            kind: FnKind::Free,
            public: false,
            is_unsafe: false,
            is_async: false,
            is_test: false,
            entry: None,
            fork_safe: false,
            minds_threads: false,
            params: Vec::new(),
            returns: Vec::new(),
            body: Body::default(),
        };
        let mut make = Make { f, at: 0, line: 1, calls: 0 };
        make.at = make.block() as usize;
        make
    }

    /// Makes it callable from outside the crate.
    pub(crate) fn public(mut self) -> Make {
        self.f.public = true;
        self
    }

    /// Makes it a closure written in `parent`.
    pub(crate) fn closure_of(mut self, parent: &str) -> Make {
        self.f.kind = FnKind::Closure { parent: Sym::new(parent) };
        self
    }

    /// Makes it an entry point.
    pub(crate) fn entry(mut self, entry: crate::facts::Entry) -> Make {
        self.f.entry = Some(entry);
        self
    }

    /// Makes it `async`.
    pub(crate) fn asynchronous(mut self) -> Make {
        self.f.is_async = true;
        self
    }

    /// Makes it `unsafe`.
    pub(crate) fn unsafe_fn(mut self) -> Make {
        self.f.is_unsafe = true;
        self
    }

    /// Makes a parameter one that can be called.
    pub(crate) fn callable(&mut self, param: usize) {
        self.f.params[param].callable = true;
    }

    /// A parameter; parameters come before other locals.
    pub(crate) fn param(&mut self, name: &str) -> Val {
        let local = self.local(name, &[]);
        self.f.params.push(Param { local, callable: false });
        Val::Local(local)
    }

    /// A local of these type constructors.
    pub(crate) fn local(&mut self, name: &str, heads: &[&str]) -> LocalId {
        let heads = heads.iter().map(|h| Sym::new(h)).collect();
        self.f.body.locals.push(Local { name: Sym::new(name), heads, span: at(self.line) });
        self.f.body.locals.len() as LocalId - 1
    }

    /// A call by path; the value is its result.
    pub(crate) fn call(&mut self, path: &str, args: Vec<Val>) -> Val {
        self.call_with(Callee::Path(Sym::new(path)), args, &[], false)
    }

    /// A call as an expression statement.
    pub(crate) fn call_unused(&mut self, path: &str, args: Vec<Val>) -> Val {
        self.call_with(Callee::Path(Sym::new(path)), args, &[], true)
    }

    /// Any call.
    pub(crate) fn call_with(&mut self, callee: Callee, args: Vec<Val>, heads: &[&str], unused: bool) -> Val {
        let id = self.calls;
        self.calls += 1;
        let heads = heads.iter().map(|h| Sym::new(h)).collect();
        let span = self.next_line();
        self.push(Event::Call(Call { id, callee, args, heads, span, expanded_at: None, unused }));
        Val::Result(id)
    }

    /// `let name = value`
    pub(crate) fn bind(&mut self, name: &str, value: Val) -> Val {
        let local = self.local(name, &[]);
        self.assign(local, AssignOp::Set, value);
        Val::Local(local)
    }

    /// `local = value`, `local |= value`.
    pub(crate) fn assign(&mut self, local: LocalId, op: AssignOp, value: Val) {
        let span = self.next_line();
        self.push(Event::Assign { local, op, value, span });
    }

    /// `place = value`
    pub(crate) fn store(&mut self, place: Val, value: Val) {
        let span = self.next_line();
        self.push(Event::Store { place, op: AssignOp::Set, value, span });
    }

    /// The local's scope ends.
    pub(crate) fn drop_local(&mut self, local: LocalId) {
        let span = self.next_line();
        self.push(Event::Drop { local, span });
    }

    /// A new block, not yet joined to others; it returns until told otherwise.
    pub(crate) fn block(&mut self) -> BlockId {
        let term = Term::Return { value: Val::Unit, span: at(self.line), by_question_mark: false };
        self.f.body.blocks.push(Block { events: Vec::new(), term });
        self.f.body.blocks.len() as BlockId - 1
    }

    /// Events go to that block from now on.
    pub(crate) fn enter(&mut self, block: BlockId) {
        self.at = block as usize;
    }

    /// Ends the current block with a switch.
    pub(crate) fn switch(&mut self, on: Val, arms: Vec<(Pat, BlockId)>) {
        let span = self.next_line();
        self.f.body.blocks[self.at].term = Term::Switch { on, arms, span };
    }

    /// Ends the current block with a jump.
    pub(crate) fn goto(&mut self, to: BlockId) {
        self.f.body.blocks[self.at].term = Term::Goto(to);
    }

    /// Ends the current block with a return.
    pub(crate) fn ret(&mut self, value: Val) {
        let span = self.next_line();
        self.f.body.blocks[self.at].term = Term::Return { value, span, by_question_mark: false };
    }

    /// Ends the current block: it never goes on.
    pub(crate) fn diverge(&mut self) {
        self.f.body.blocks[self.at].term = Term::Diverge;
    }

    /// The function.
    pub(crate) fn done(self) -> Fn {
        self.f
    }

    fn next_line(&mut self) -> Span {
        self.line += 1;
        at(self.line)
    }

    fn push(&mut self, event: Event) {
        self.f.body.blocks[self.at].events.push(event);
    }
}

/// A constant.
pub(crate) fn constant(path: &str, value: Val) -> ConstDef {
    ConstDef { path: Sym::new(path), value }
}

/// A constant's use.
pub(crate) fn const_(path: &str) -> Val {
    Val::Const(Sym::new(path))
}

/// A program of one member crate named `app`.
pub(crate) fn program(fns: Vec<Fn>, consts: Vec<ConstDef>, roles: &[(&str, Role)]) -> Program {
    let mut catalogue = Catalogue::default();
    for (path, role) in roles {
        catalogue.add(Sym::new(path), Entry { roles: vec![role.clone()], ..Entry::default() });
    }
    let facts = CrateFacts { name: "app".to_owned(), fns, consts, ..CrateFacts::default() };
    Program::link(vec![CrateUnit { facts, member: true, library: true }], catalogue)
}
