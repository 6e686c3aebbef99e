//! An input and mocks that a machine runs through with, made from what it asks for.
//!
//! The machine is walked without being run. Input and task results are *holes*: every path
//! that is read asks something of them, every Choice Rule that is to match says what they
//! are compared with. The walk prefers the way that ends well and does not go round, then
//! looks at the states beside that way, whose tasks get mocks too. In the end each hole is
//! filled with a value that keeps all that was asked: what the comparisons name, what the
//! service usually answers, or a text that says where it stands.
//!
//! Equal machines give equal values. States whose query language is JSONata are passed by:
//! their tasks get the usual response of their integration.

mod condition;
mod fields;
mod hole;
mod reach;
mod read;
mod response;
mod sample;
mod symbol;
mod walk;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use indexmap::IndexMap;

use crate::asl::{StateKind, StateMachine};
use crate::execution::interpreter::{Mock, Mocks, TaskResult};
use crate::source::json::Value;
use hole::Holes;
use reach::Reach;

/// The name of the test case in generated mocks.
pub const TEST_CASE: &str = "Generated";

/// The last attempt that a mock is for where a state can come again.
const MANY: u32 = 999;

/// What [`generate`] makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Generated {
    /// The input of the execution.
    pub input: Value,
    /// A result for every Task state, in the test case [`TEST_CASE`].
    pub mocks: Mocks,
}

impl Generated {
    /// The input, for people to read and change.
    pub fn input_text(&self) -> String {
        self.input.to_pretty()
    }

    /// The mocks as a `MockConfigFile.json`.
    pub fn mocks_text(&self) -> String {
        self.mocks.to_text()
    }
}

/// Makes an input and mocks for a machine; `name` is what the mocks call it.
pub fn generate(machine: &StateMachine, name: &str) -> Generated {
    let mut holes = Holes::default();
    let input = holes.add("");
    holes.need(input);
    let walk = walk::walk(machine, input, holes);
    let mut results: IndexMap<Arc<str>, Value> = IndexMap::new();
    for state in machine.walk() {
        if let StateKind::Task(_) = state.kind {
            let hole = walk.results.get(&state.name);
            let value = hole.and_then(|hole| walk.holes.value(*hole));
            results.insert(
                state.name.clone(),
                value.unwrap_or_else(Value::empty_object),
            );
        }
    }
    let repeated = repeated(machine);
    let states = results.into_iter().map(|(state, value)| {
        let last = if repeated.contains(&state) { MANY } else { 0 };
        let mock = Mock::always(TaskResult::Success(value), last);
        (state, mock)
    });
    Generated {
        input: walk.holes.value(input).unwrap_or_else(Value::empty_object),
        mocks: Mocks::of_states(name, TEST_CASE, states),
    }
}

/// The names of states that can be visited more than once: in a loop, in a Map, or because
/// several states bear the name.
fn repeated(machine: &StateMachine) -> HashSet<Arc<str>> {
    let mut repeated = HashSet::new();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut stack = vec![(machine, false)];
    while let Some((machine, is_inside)) = stack.pop() {
        let reach = Reach::of(machine);
        for state in machine.states.values() {
            let count = counts.entry(&state.name).or_default();
            *count += 1;
            let is_repeated = is_inside || *count > 1 || reach.is_repeated(&state.name);
            if is_repeated {
                repeated.insert(state.name.clone());
            }
            let is_inside = is_repeated || matches!(state.kind, StateKind::Map(_));
            stack.extend(state.machines().map(|inner| (inner, is_inside)));
        }
    }
    repeated
}

#[cfg(test)]
mod tests;
