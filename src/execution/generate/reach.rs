//! What can follow what in one machine, without regard to errors.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use crate::asl::{State, StateKind, StateMachine, Transition};

/// From which states a machine can end well, and which lie on a common circle.
#[derive(Debug)]
pub(super) struct Reach<'a> {
    machine: &'a StateMachine,
    next: Vec<Vec<usize>>,
    ends_well: Vec<bool>,
    circle: Vec<Option<usize>>,
}

impl<'a> Reach<'a> {
    /// Looks through a machine.
    pub fn of(machine: &'a StateMachine) -> Self {
        let count = machine.states.len();
        let index_of = |name: &str| machine.states.get_index_of(name);
        let next: Vec<Vec<usize>> = machine
            .states
            .values()
            .map(|state| targets(state).filter_map(index_of).collect())
            .collect();
        let mut before = vec![Vec::new(); count];
        for (from, targets) in next.iter().enumerate() {
            for to in targets {
                if let Some(before) = before.get_mut(*to) {
                    before.push(from);
                }
            }
        }
        let is_end = |state: &State| {
            matches!(state.kind, StateKind::Succeed) || state.transition == Transition::End
        };
        let ends = machine.states.values().enumerate();
        let ends = ends.filter(|(_, state)| is_end(state));
        let mut ends_well = vec![false; count];
        let mut stack: Vec<usize> = ends.map(|(index, _)| index).collect();
        while let Some(at) = stack.pop() {
            if let Some(known @ false) = ends_well.get_mut(at) {
                *known = true;
                stack.extend(before.get(at).into_iter().flatten());
            }
        }
        let circle = circles(&next);
        Self {
            machine,
            next,
            ends_well,
            circle,
        }
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.machine.states.get_index_of(name)
    }

    /// Whether the machine can end well from here.
    pub fn ends_well(&self, name: &str) -> bool {
        let known = self.index(name).and_then(|at| self.ends_well.get(at));
        known.copied().unwrap_or(false)
    }

    /// Whether two states, of which one follows the other, lie on a circle.
    pub fn is_circle(&self, one: &str, other: &str) -> bool {
        let circle = |name| self.index(name).and_then(|at| *self.circle.get(at)?);
        circle(one).is_some() && circle(one) == circle(other)
    }

    /// Whether a state can come again in one run of the machine.
    pub fn is_repeated(&self, name: &str) -> bool {
        let Some(at) = self.index(name) else {
            return false;
        };
        let mut next = self.next.get(at).into_iter().flatten();
        next.any(|next| {
            let circle = |at: usize| self.circle.get(at).copied().flatten();
            circle(*next) == circle(at)
        })
    }
}

/// The strongly connected component of every state.
fn circles(next: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut graph = DiGraph::<(), ()>::new();
    let nodes: Vec<_> = next.iter().map(|_| graph.add_node(())).collect();
    for (from, targets) in nodes.iter().zip(next) {
        for to in targets.iter().filter_map(|to| nodes.get(*to)) {
            graph.add_edge(*from, *to, ());
        }
    }
    let mut circle = vec![None; next.len()];
    for (number, component) in kosaraju_scc(&graph).into_iter().enumerate() {
        for node in component {
            if let Some(circle) = circle.get_mut(node.index()) {
                *circle = Some(number);
            }
        }
    }
    circle
}

/// Where a state can go on without an error.
fn targets(state: &State) -> impl Iterator<Item = &str> {
    let (rules, default) = match &state.kind {
        StateKind::Choice { rules, default } => (rules.as_slice(), default.as_ref()),
        _ => (&[] as &[_], None),
    };
    let next = match &state.transition {
        Transition::Next(next) => Some(next),
        Transition::End | Transition::None => None,
    };
    let chosen = rules.iter().filter_map(|rule| rule.next.as_ref());
    chosen
        .chain(default)
        .chain(next)
        .map(|reference| &*reference.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::lower;
    use crate::source::json::parse;

    #[test]
    fn tells_circles_and_good_ends() {
        let text = r#"{"StartAt": "A", "States": {
            "A": {"Type": "Pass", "Next": "B"},
            "B": {"Type": "Pass", "Next": "C"},
            "C": {"Type": "Choice", "Choices": [{"Variable": "$", "IsNull": true, "Next": "B"}], "Default": "D"},
            "D": {"Type": "Pass", "Next": "E"},
            "E": {"Type": "Succeed"},
            "F": {"Type": "Fail"},
            "G": {"Type": "Pass", "Next": "G"}}}"#;
        let machine = lower(&parse(text).root).machine;
        let reach = Reach::of(&machine);
        let repeated = |name: &&str| reach.is_repeated(name);
        let names = ["A", "B", "C", "D", "E", "F", "G", "none"];
        let found: Vec<_> = names.into_iter().filter(repeated).collect();
        assert_eq!(found, ["B", "C", "G"]);
        let good = names.into_iter().filter(|name| reach.ends_well(name));
        assert_eq!(good.collect::<Vec<_>>(), ["A", "B", "C", "D", "E"]);
        assert!(reach.is_circle("B", "C") && !reach.is_circle("C", "D"));
    }
}
