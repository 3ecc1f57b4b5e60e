//! `#[fork_safe]` where it is written: on a function, or on the `impl`, `trait` or `mod` around it.

use super::cx::{Cx, Site};
use crate::facts::Suppression;
use crate::syntax::promise::{Promise, attribute};
use syn::{Attribute, ImplItem, Item, TraitItem};

/// Whether the attributes promise that the function survives a fork.
pub(crate) fn has_fork_safe(attrs: &[Attribute]) -> bool {
    attribute(attrs).is_some()
}

impl Cx<'_> {
    /// Hands an attribute around functions down to each of them, and notes what the attributes allow.
    pub(crate) fn spread_promises(&mut self, item: &mut Item, site: Site) {
        match item {
            Item::Fn(f) => self.note_allowed(&f.attrs, f.block.brace_token.span.close(), site),
            Item::Impl(block) => {
                self.note_allowed(&block.attrs, block.brace_token.span.close(), site);
                for member in &mut block.items {
                    if let ImplItem::Fn(f) = member {
                        self.note_allowed(&f.attrs, f.block.brace_token.span.close(), site);
                        hand_down(&block.attrs, &mut f.attrs);
                    }
                }
            }
            Item::Trait(def) => {
                self.note_allowed(&def.attrs, def.brace_token.span.close(), site);
                for member in &mut def.items {
                    if let TraitItem::Fn(f) = member {
                        if let Some(block) = &f.default {
                            self.note_allowed(&f.attrs, block.brace_token.span.close(), site);
                        }
                        hand_down(&def.attrs, &mut f.attrs);
                    }
                }
            }
            Item::Mod(module) => {
                let Some((brace, items)) = &mut module.content else { return };
                self.note_allowed(&module.attrs, brace.span.close(), site);
                for item in items {
                    match item {
                        Item::Fn(f) => hand_down(&module.attrs, &mut f.attrs),
                        Item::Impl(block) => hand_down(&module.attrs, &mut block.attrs),
                        Item::Trait(def) => hand_down(&module.attrs, &mut def.attrs),
                        Item::Mod(inner) => hand_down(&module.attrs, &mut inner.attrs),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn note_allowed(&mut self, attrs: &[Attribute], end: proc_macro2::Span, site: Site) {
        if !self.input.member {
            return;
        }
        let (Some(attr), Some(promise)) = (attribute(attrs), Promise::of(attrs)) else { return };
        let span = self.span(site, attr.pound_token.span);
        let covers = (span.line, self.span(site, end).end_line);
        // One that was handed down by a module is the module's.
        if promise.allows.is_empty() || self.facts.suppressions.iter().any(|s| s.span == span) {
            return;
        }
        let reason = promise.allows.iter().find_map(|allow| allow.reason.clone());
        let rules = promise.allows.into_iter().flat_map(|allow| allow.rules).map(|(name, _)| name).collect();
        self.facts.suppressions.push(Suppression { rules, reason, span, covers });
    }
}

fn hand_down(from: &[Attribute], to: &mut Vec<Attribute>) {
    if let Some(attr) = attribute(from)
        && attribute(to).is_none()
    {
        to.push(attr.clone());
    }
}
