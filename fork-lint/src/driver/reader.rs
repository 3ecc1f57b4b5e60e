//! The syn front end, as the driver's reader.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Digest, Digester, Output, Reader, SeenFile};
use crate::facts::Sym;
use crate::frontend::{self, FrontEnd};
use crate::project::CrateInput;
use crate::resolve::Interface;

impl Reader for FrontEnd {
    type Interface = Interface;

    fn settings(&self) -> Digest {
        let mut stubs: Vec<Sym> = self.stub_roots().collect();
        stubs.sort();
        let mut entries: Vec<_> = self.catalogue.iter().collect();
        entries.sort_by_key(|(path, _)| *path);
        let mut settings = Digester::new();
        settings.add_all(stubs.iter().map(|root| root.as_str()));
        settings.add_all(entries.iter().map(|entry| format!("{entry:?}")));
        settings.digest()
    }

    fn read(
        &self,
        input: &CrateInput,
        direct: &[(String, Sym)],
        below: &FxHashMap<Sym, Arc<Interface>>,
    ) -> Output<Interface> {
        output(FrontEnd::read(self, input, direct, below))
    }

    fn not_read(&self, input: &CrateInput, why: &str) -> Output<Interface> {
        output(frontend::not_read(input, why))
    }
}

fn output(output: frontend::Output) -> Output<Interface> {
    let read = output.files.into_iter().map(|file| {
        let content = Some(Digest::of(file.text.as_bytes()));
        SeenFile { path: file.path, content }
    });
    let missing = output.missing.into_iter().map(|path| SeenFile { path, content: None });
    Output { facts: output.facts, interface: output.interface, seen: read.chain(missing).collect() }
}
