//! Which step the parent operator `%` refers to.
//!
//! Each `%` climbs from where it stands: over the step before it in its path, out of
//! blocks and predicates, until it has passed as many steps as there are `%` in a row.
//! The step that it comes to then binds its input under the name of the `%`.

use std::sync::Arc;

use crate::expr::jsonata::ast::{Kind, Node, named};
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;

/// The `%` of an expression and how many steps each has still to climb.
#[derive(Debug, Default)]
pub(super) struct Ancestry {
    levels: Vec<i32>,
}

impl Ancestry {
    /// A new `%`.
    pub(super) fn parent(&mut self) -> Kind {
        let slot = self.levels.len() as u32;
        self.levels.push(1);
        Kind::Parent(slot, name(slot))
    }

    /// Whether only one step is left to climb.
    pub(super) fn is_nearest(&self, slot: u32) -> bool {
        self.level(slot) == 1
    }

    /// Climbs one step.
    pub(super) fn climb(&mut self, slot: u32) {
        self.add(slot, -1);
    }

    /// Lets the `%` in the last step of a path find theirs; the path keeps seeking for the rest.
    pub(super) fn resolve(&mut self, path: &mut Node) -> Result<(), Error> {
        let Kind::Path { steps, .. } = &mut path.kind else {
            return Ok(());
        };
        let Some((last, before)) = steps.split_last_mut() else {
            return Ok(());
        };
        let mut slots = last.step.names().seeking.clone();
        if let Kind::Parent(slot, _) = last.kind {
            slots.push(slot);
        }
        for slot in slots {
            let mut left = before.len();
            while self.level(slot) > 0 {
                let Some(mut at) = left.checked_sub(1) else {
                    path.step.names_mut().seeking.push(slot);
                    break;
                };
                // Steps that only bind a variable keep the item, so they count as one.
                let is_focus = |at: usize| {
                    before
                        .get(at)
                        .is_some_and(|step| named(&step.step.names().focus).is_some())
                };
                while at > 0 && is_focus(at) && is_focus(at - 1) {
                    at -= 1;
                }
                left = at;
                if let Some(step) = before.get_mut(at) {
                    self.seek(step, slot)?;
                }
            }
        }
        Ok(())
    }

    /// Lets a `%` look for its step in a node.
    pub(super) fn seek(&mut self, node: &mut Node, slot: u32) -> Result<(), Error> {
        match &mut node.kind {
            Kind::Name(_) | Kind::Wildcard => {
                self.climb(slot);
                if self.level(slot) == 0 {
                    node.step.names_mut().ancestors.push(name(slot));
                    node.step.is_tuple = true;
                }
                Ok(())
            }
            Kind::Parent(..) => {
                self.add(slot, 1);
                Ok(())
            }
            Kind::Block(expressions) => {
                if let Some(last) = expressions.last_mut() {
                    node.step.is_tuple = true;
                    self.seek(last, slot)?;
                }
                Ok(())
            }
            Kind::Path { steps, .. } => {
                node.step.is_tuple = true;
                for (index, step) in steps.iter_mut().rev().enumerate() {
                    if index > 0 && self.level(slot) <= 0 {
                        break;
                    }
                    self.seek(step, slot)?;
                }
                Ok(())
            }
            other => Err(Error::at(Code::S0217, node.position).token(other.type_name())),
        }
    }

    fn level(&self, slot: u32) -> i32 {
        self.levels.get(slot as usize).copied().unwrap_or(0)
    }

    fn add(&mut self, slot: u32, steps: i32) {
        if let Some(level) = self.levels.get_mut(slot as usize) {
            *level += steps;
        }
    }
}

/// Lets a parent seek for what its child seeks for.
pub(super) fn adopt(parent: &mut Node, child: &Node) {
    let seeking = &child.step.names().seeking;
    if !seeking.is_empty() {
        parent.step.names_mut().seeking.extend(seeking);
    }
    if let Kind::Parent(slot, _) = child.kind {
        parent.step.names_mut().seeking.push(slot);
    }
}

/// No variable can be called so.
fn name(slot: u32) -> Arc<str> {
    format!("!{slot}").into()
}
