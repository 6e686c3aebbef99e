//! From the model to the graph.

use std::collections::BTreeMap;
use std::sync::Arc;

use petgraph::graph::{DiGraph, NodeIndex};

use super::{
    Content, Edge, Ghost, Label, Node, NodeKind, Origin, StateGraph, StateNode, badges, summary,
};
use crate::asl::{Pointer, Reference, State, StateKind, StateMachine, Transition};

/// The graph of a definition. Transitions to names that no state has lead to ghosts.
pub fn state_graph(machine: &StateMachine) -> StateGraph {
    let mut graph = DiGraph::new();
    let start = machine.start_at.as_ref().map(|_| {
        graph.add_node(Node {
            pointer: machine.pointer.child("StartAt"),
            parent: None,
            lane: 0,
            is_entry: true,
            kind: NodeKind::Start,
        })
    });
    let scope = Scope {
        machine,
        parent: None,
        lane: 0,
        start: start.map(|start| (start, Origin::Start)),
    };
    scope.add_to(&mut graph);
    StateGraph { graph }
}

/// One machine and where it stands.
struct Scope<'a> {
    machine: &'a StateMachine,
    parent: Option<NodeIndex>,
    lane: usize,
    /// What the arrow to the first state comes from.
    start: Option<(NodeIndex, Origin)>,
}

impl Scope<'_> {
    fn add_to(&self, graph: &mut DiGraph<Node, Edge>) {
        let mut by_name = BTreeMap::new();
        for state in self.machine.states.values() {
            let node = self.add_state(graph, state);
            by_name.insert(state.name.clone(), node);
        }
        let mut targets = Targets {
            scope: self,
            by_name,
        };
        if let (Some((start, origin)), Some(reference)) = (self.start, &self.machine.start_at) {
            let target = targets.find(graph, reference, None);
            if self.parent.is_some()
                && let Some(node) = graph.node_weight_mut(target)
            {
                node.is_entry = true;
            }
            let pointer = self.machine.pointer.child("StartAt");
            connect(graph, (start, target), pointer, origin, None);
        }
        for state in self.machine.states.values() {
            let Some(&source) = targets.by_name.get(&state.name) else {
                continue;
            };
            for (pointer, origin, label, reference) in transitions(state) {
                let target = targets.find(graph, reference, Some(&state.name));
                connect(graph, (source, target), pointer, origin, label);
            }
        }
    }

    fn add_state(&self, graph: &mut DiGraph<Node, Edge>, state: &State) -> NodeIndex {
        let is_container = matches!(state.kind, StateKind::Parallel(_) | StateKind::Map(_));
        let content = is_container.then(|| Content {
            lanes: state.machines().count().max(1),
            states: state.machines().map(|inner| inner.walk().count()).sum(),
        });
        let node = graph.add_node(Node {
            pointer: state.pointer.clone(),
            parent: self.parent,
            lane: self.lane,
            is_entry: false,
            kind: NodeKind::State(StateNode {
                name: state.name.clone(),
                state_type: state.kind.state_type(),
                summary: summary(state),
                badges: badges(state, self.machine.query_language),
                is_terminal: state.is_terminal(),
                content,
            }),
        });
        // As deep as the text is nested, which the parser limits.
        for (lane, machine) in state.machines().enumerate() {
            let scope = Scope {
                machine,
                parent: Some(node),
                lane,
                start: Some((node, Origin::InnerStart { lane })),
            };
            scope.add_to(graph);
        }
        node
    }
}

/// The nodes of one machine by name; missing ones are made when they are asked for.
struct Targets<'a> {
    scope: &'a Scope<'a>,
    by_name: BTreeMap<Arc<str>, NodeIndex>,
}

impl Targets<'_> {
    fn find(
        &mut self,
        graph: &mut DiGraph<Node, Edge>,
        reference: &Reference,
        referrer: Option<&Arc<str>>,
    ) -> NodeIndex {
        let scope = self.scope;
        let name = &reference.name;
        let node = *self.by_name.entry(name.clone()).or_insert_with(|| {
            graph.add_node(Node {
                pointer: scope.machine.pointer.child("States").child(name),
                parent: scope.parent,
                lane: scope.lane,
                is_entry: false,
                kind: NodeKind::Ghost(Ghost {
                    name: name.clone(),
                    referrers: Vec::new(),
                    is_substituted: reference.is_substituted(),
                }),
            })
        });
        let ghost = graph.node_weight_mut(node).map(|node| &mut node.kind);
        if let (Some(NodeKind::Ghost(ghost)), Some(referrer)) = (ghost, referrer)
            && !ghost.referrers.contains(referrer)
        {
            ghost.referrers.push(referrer.clone());
        }
        node
    }
}

fn connect(
    graph: &mut DiGraph<Node, Edge>,
    (source, target): (NodeIndex, NodeIndex),
    pointer: Pointer,
    origin: Origin,
    label: Option<Label>,
) {
    let target_kind = graph.node_weight(target).map(|node| &node.kind);
    let is_broken = matches!(target_kind, Some(NodeKind::Ghost(ghost)) if !ghost.is_substituted);
    graph.add_edge(
        source,
        target,
        Edge {
            pointer,
            origin,
            label,
            is_broken,
        },
    );
}

/// Every transition of a state with its field: the flow first, then the exceptions.
fn transitions(state: &State) -> Vec<(Pointer, Origin, Option<Label>, &Reference)> {
    let at = &state.pointer;
    let mut transitions = Vec::new();
    if let Transition::Next(next) = &state.transition {
        transitions.push((at.child("Next"), Origin::Next, None, next));
    }
    if let StateKind::Choice { rules, default } = &state.kind {
        for (index, rule) in rules.iter().enumerate() {
            if let Some(next) = &rule.next {
                let label = Label::rule(index, rule.condition.as_ref());
                let pointer = rule.pointer.child("Next");
                transitions.push((pointer, Origin::Rule { index }, Some(label), next));
            }
        }
        if let Some(next) = default {
            let label = Some(Label::default());
            transitions.push((at.child("Default"), Origin::Default, label, next));
        }
    }
    for (index, catcher) in state.catchers().iter().enumerate() {
        if let Some(next) = &catcher.next {
            let label = Label::catch(&catcher.error_equals);
            let pointer = catcher.pointer.child("Next");
            transitions.push((pointer, Origin::Catch { index }, Some(label), next));
        }
    }
    transitions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::graph::Badge;
    use crate::diagram::testing::machine;

    fn graph(text: &str) -> StateGraph {
        state_graph(&machine(text))
    }

    fn names(graph: &StateGraph) -> Vec<String> {
        let name = |node: &Node| node.name().map_or("Start".to_owned(), ToString::to_string);
        graph.nodes().map(|(_, node)| name(node)).collect()
    }

    const ORDER: &str = r#"{"StartAt": "A", "States": {
        "A": {"Type": "Choice", "Choices": [
            {"Variable": "$.total", "NumericGreaterThan": 5000, "Next": "B"},
            {"Variable": "$.short", "IsPresent": true, "Next": "Missing"}], "Default": "C"},
        "B": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Retry": [{"ErrorEquals": ["X"]}, {"ErrorEquals": ["Y"], "MaxAttempts": 2}],
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Missing"}], "Next": "C"},
        "C": {"Type": "Parallel", "End": true, "Branches": [
            {"StartAt": "D", "States": {"D": {"Type": "Succeed"}}},
            {"StartAt": "E", "States": {"F": {"Type": "Wait", "Seconds": 7200, "End": true}}}]}}}"#;

    #[test]
    fn shows_states_ghosts_and_start() {
        let graph = graph(ORDER);
        assert_eq!(
            names(&graph),
            ["Start", "A", "B", "C", "D", "F", "E", "Missing"]
        );
        let edges: Vec<(String, Origin, bool)> = graph
            .edges()
            .map(|(_, _, _, edge)| (edge.pointer.to_string(), edge.origin, edge.is_broken))
            .collect();
        let edge = |pointer: &str, origin, broken| (pointer.to_owned(), origin, broken);
        assert_eq!(
            edges,
            [
                edge(
                    "/States/C/Branches/0/StartAt",
                    Origin::InnerStart { lane: 0 },
                    false
                ),
                edge(
                    "/States/C/Branches/1/StartAt",
                    Origin::InnerStart { lane: 1 },
                    true
                ),
                edge("/StartAt", Origin::Start, false),
                edge("/States/A/Choices/0/Next", Origin::Rule { index: 0 }, false),
                edge("/States/A/Choices/1/Next", Origin::Rule { index: 1 }, true),
                edge("/States/A/Default", Origin::Default, false),
                edge("/States/B/Next", Origin::Next, false),
                edge("/States/B/Catch/0/Next", Origin::Catch { index: 0 }, true),
            ]
        );
        let missing = graph.find(&Pointer::parse("/States/Missing")).unwrap();
        let NodeKind::Ghost(ghost) = &graph.node(missing).unwrap().kind else {
            panic!("the missing state is a ghost");
        };
        assert_eq!(ghost.referrers, ["A".into(), "B".into()]);
    }

    #[test]
    fn sums_up_what_states_do() {
        let graph = graph(ORDER);
        let state = |pointer: &str| {
            let index = graph.find(&Pointer::parse(pointer)).unwrap();
            graph.node(index).unwrap().state().unwrap().clone()
        };
        assert_eq!(state("/States/A").summary, "Choice · 2 rules");
        assert_eq!(state("/States/B").summary, "SQS sendMessage");
        let badges = [Badge::WaitsForToken, Badge::Retry(5), Badge::Catch(1)];
        assert_eq!(state("/States/B").badges, badges);
        assert_eq!(state("/States/C/Branches/1/States/F").summary, "Wait · 2 h");
        let content = Content {
            lanes: 2,
            states: 2,
        };
        assert_eq!(state("/States/C").content, Some(content));
        let labels: Vec<String> = graph
            .edges()
            .filter_map(|(_, _, _, edge)| edge.label.as_ref().map(|label| label.text.clone()))
            .collect();
        assert_eq!(
            labels,
            ["total > 5000", "short is present", "default", "States.ALL"]
        );
    }

    #[test]
    fn is_equal_where_nothing_visible_differs() {
        let changed = ORDER.replace(
            "\"Type\": \"Succeed\"",
            "\"Type\": \"Succeed\", \"Comment\": \"x\"",
        );
        assert_eq!(graph(ORDER), graph(&changed));
        assert_ne!(graph(ORDER), graph(&ORDER.replace("5000", "6000")));
        assert_ne!(
            graph(ORDER),
            graph(&ORDER.replace("\"Next\": \"C\"", "\"Next\": \"A\""))
        );
    }
}
