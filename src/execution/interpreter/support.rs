//! What the interpreter cannot run yet, told before anything runs.

use std::fmt;

use crate::asl::{MapMode, Pointer, StateKind, StateMachine};

/// A part of a machine that cannot be run yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsupported {
    /// The state.
    pub pointer: Pointer,
    /// What it uses.
    pub feature: UnsupportedFeature,
}

/// A feature of the language that the interpreter lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsupportedFeature {
    /// `"Mode": "DISTRIBUTED"`
    DistributedMap,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.feature {
            UnsupportedFeature::DistributedMap => "a distributed Map",
        };
        write!(
            f,
            "{} uses {what}, which the simulator cannot run yet",
            self.pointer
        )
    }
}

/// Every state that keeps the machine from being run; empty if it can run.
pub fn unsupported(machine: &StateMachine) -> Vec<Unsupported> {
    let mut found = Vec::new();
    for state in machine.walk() {
        let mut add = |feature| {
            let pointer = state.pointer.clone();
            found.push(Unsupported { pointer, feature });
        };
        if let StateKind::Map(map) = &state.kind
            && map.mode == MapMode::Distributed
        {
            add(UnsupportedFeature::DistributedMap);
        }
    }
    found
}
