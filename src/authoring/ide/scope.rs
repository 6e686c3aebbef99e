//! Which variables a state can read: those that a state before it assigns, in its machine or
//! in one around it.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::place::{Place, StateAt, assignments, states, transitions};
use crate::source::json::Node;

/// A variable, with the name of the state that assigns it and where.
#[derive(Clone, Debug)]
pub(super) struct Variable<'a> {
    /// Its name.
    pub name: Arc<str>,
    /// The state that assigns it.
    pub state: Arc<str>,
    /// The object with the assignment.
    pub assign: &'a Node,
}

/// The variables that can be read at a place, by name.
pub(super) fn variables<'a>(place: &Place<'a>) -> Vec<Variable<'a>> {
    let mut found = BTreeMap::new();
    for (machine, state) in &place.machines {
        let Some(state) = state else { continue };
        for (name, node) in before(machine, state) {
            for assign in assignments(node) {
                for member in assign.members().unwrap_or_default() {
                    let key: Arc<str> = member.key.name.trim_end_matches(".$").into();
                    found.entry(key.clone()).or_insert_with(|| Variable {
                        name: key,
                        state: name.clone(),
                        assign,
                    });
                }
            }
        }
    }
    found.into_values().collect()
}

/// The states from which a state can be reached, itself only in a loop.
fn before<'a>(machine: &'a Node, state: &StateAt<'a>) -> Vec<(&'a Arc<str>, &'a Node)> {
    let all: Vec<(&Arc<str>, &Node)> = states(machine).collect();
    let mut leading: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, node) in &all {
        for target in transitions(node) {
            if let Some(target) = target.as_str() {
                leading.entry(target).or_default().push(name);
            }
        }
    }
    let mut seen: HashSet<&str> = HashSet::new();
    let mut open: Vec<&str> = vec![&state.name];
    while let Some(name) = open.pop() {
        for from in leading.get(name).into_iter().flatten() {
            if seen.insert(from) {
                open.push(from);
            }
        }
    }
    // What nothing leads to yet is about to be linked: then any state may come before it.
    let is_linked =
        !seen.is_empty() || machine.get("StartAt").and_then(Node::as_str) == Some(&state.name);
    let is_before = |name: &str| seen.contains(name) || (!is_linked && name != &*state.name);
    all.into_iter()
        .filter(|(name, _)| is_before(name))
        .collect()
}
