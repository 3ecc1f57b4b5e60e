//! Items declared inside a block: a name space of their own, resolved before the block's statements.

use super::Lower;
use crate::facts::Sym;
use crate::resolve::ModId;

impl Lower<'_, '_> {
    /// Names, resolves and lowers the items among statements, and makes them visible to what follows.
    pub(super) fn block_items(&mut self, stmts: &[syn::Stmt]) {
        let is_macro_def = |m: &syn::StmtMacro| m.mac.path.is_ident("macro_rules");
        let any = stmts.iter().any(|s| match s {
            syn::Stmt::Item(_) => true,
            syn::Stmt::Macro(m) => is_macro_def(m),
            _ => false,
        });
        if !any {
            return;
        }
        let module = self.block_module();
        let items = stmts
            .iter()
            .filter_map(|s| match s {
                syn::Stmt::Item(item) => Some(item.clone()),
                _ => None,
            })
            .collect();
        let site = self.site;
        self.cx.collect_items(items, module, site);
        self.settle(module);
    }

    /// Statics that a macro declares inside a block.
    pub(super) fn block_statics(&mut self, mac: &syn::Macro) {
        let module = self.block_module();
        let site = self.site;
        let at = self.span(mac.path.segments.last().map_or_else(proc_macro2::Span::call_site, |s| s.ident.span()));
        if self.cx.known_item_macro(mac, module, site, at) {
            self.settle(module);
        }
    }

    /// A name space for the items of a block.
    fn block_module(&mut self) -> ModId {
        let parent = self.frame().module;
        // `<T as Trait>::method` is no path that names can be looked up below.
        let base = match self.frame().path {
            path if path.as_str().starts_with('<') => self.cx.modules[parent].path,
            path => path,
        };
        self.cx.blocks += 1;
        let path = Sym::new(&format!("{base}::{{block#{}}}", self.cx.blocks));
        let (dir, path_dir) = (self.cx.modules[parent].dir.clone(), self.cx.modules[parent].path_dir.clone());
        self.cx.add_module(path, Some(parent), true, false, &dir, &path_dir)
    }

    /// Resolves and lowers what was collected into a block's name space, which the statements that follow see.
    fn settle(&mut self, module: ModId) {
        let site = self.site;
        self.cx.resolve_imports();
        let (fns, values) = self.cx.build_sigs();
        self.set_module(module);
        // They are functions of their own: the frames around them are not theirs.
        let frames = std::mem::take(&mut self.frames);
        self.all(fns, values);
        self.frames = frames;
        self.site = site;
    }

    pub(super) fn set_module(&mut self, module: ModId) {
        let frame = self.frame();
        frame.module = module;
        frame.env.module = module;
    }
}
