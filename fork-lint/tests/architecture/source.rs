//! What a source file of the linter names.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// What a file names, but for what is compiled for tests alone.
pub(crate) struct Seen {
    /// Its path below `src`.
    pub(crate) name: String,
    /// Modules at the crate's root.
    pub(crate) parts: BTreeSet<String>,
    /// It names the parser's crates.
    pub(crate) parses_source: bool,
    /// It makes a `Command`.
    pub(crate) starts_programs: bool,
    /// Modules between the crate's root and what is being read.
    depth: usize,
}

impl Seen {
    pub(crate) fn of(file: &Path) -> Seen {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let name = file.strip_prefix(root).expect("a file of the crate").to_str().expect("text");
        Seen::of_text(name, &fs::read_to_string(file).expect("a file"))
    }

    pub(crate) fn of_text(name: &str, text: &str) -> Seen {
        let tree = syn::parse_file(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let is_folder = name.ends_with("/mod.rs") || matches!(name, "lib.rs" | "main.rs");
        let depth = name.split('/').count() - usize::from(is_folder);
        let (parts, name) = (BTreeSet::new(), name.to_owned());
        let mut seen = Seen { name, parts, parses_source: false, starts_programs: false, depth };
        seen.visit_file(&tree);
        seen
    }

    fn path(&mut self, segments: &[String]) {
        let ups = segments.iter().take_while(|segment| *segment == "super").count();
        let part = match segments.first().map(String::as_str) {
            Some("crate") => segments.get(1),
            Some("super") if ups >= self.depth => segments.get(ups),
            _ => None,
        };
        self.parts.extend(part.cloned());
        self.parses_source |= segments.first().is_some_and(|name| matches!(&**name, "syn" | "proc_macro2" | "quote"));
        self.starts_programs |= segments.ends_with(&["Command".to_owned(), "new".to_owned()]);
    }

    fn tree(&mut self, before: &mut Vec<String>, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.tree(before, &path.tree);
                before.pop();
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(before, item)),
            syn::UseTree::Name(syn::UseName { ident, .. }) | syn::UseTree::Rename(syn::UseRename { ident, .. }) => {
                let path = [&before[..], &[ident.to_string()]].concat();
                self.path(&path);
            }
            syn::UseTree::Glob(_) => self.path(before),
        }
    }
}

impl<'a> Visit<'a> for Seen {
    fn visit_item(&mut self, item: &'a syn::Item) {
        let attrs = match item {
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        let test = |attr: &syn::Attribute| {
            // `cfg(test)`, `cfg(all(test, ..))`
            let all_of =
                |list: syn::MetaList| list.path.is_ident("all") && list.tokens.to_string().starts_with("test ,");
            attr.path().is_ident("cfg")
                && attr.parse_args::<syn::Meta>().is_ok_and(|meta| match meta {
                    syn::Meta::List(list) => all_of(list),
                    meta => meta.path().is_ident("test"),
                })
        };
        if !attrs.iter().any(test) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        self.depth += 1;
        visit::visit_item_mod(self, item);
        self.depth -= 1;
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        self.tree(&mut Vec::new(), &item.tree);
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.path(&segments);
        visit::visit_path(self, path);
    }
}

/// Source files in a folder and below it, in order; folders and files of tests left out.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        match path.file_stem().and_then(|stem| stem.to_str()) {
            Some("tests" | "testing") => {}
            _ if path.is_dir() => files.extend(files_below(&path)),
            _ if path.extension().is_some_and(|ext| ext == "rs") => files.push(path),
            _ => {}
        }
    }
    files.sort();
    files
}
