//! What the language says of a place in a definition: which object it is in, which field it is
//! the value of, in which state and machine.

use std::sync::Arc;

use crate::asl::field::{Field, FieldKind, Owner, field};
use crate::asl::{Pointer, QueryLanguage, StateType};
use crate::source::json::Node;

/// A place, by the language's own table of fields.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    /// What the object or value at the place is.
    pub kind: PlaceKind,
    /// The query language in force.
    pub language: QueryLanguage,
    /// The machines around it, outermost first, each with the state inside that leads on.
    pub machines: Vec<(&'a Node, Option<StateAt<'a>>)>,
    /// The names of the fields from the state down to here.
    pub trail: Vec<Arc<str>>,
}

/// A state on the way to a place.
#[derive(Clone, Debug)]
pub(super) struct StateAt<'a> {
    /// Its name.
    pub name: Arc<str>,
    /// Its object.
    pub node: &'a Node,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum PlaceKind {
    /// An object with fields of the language.
    Owner(Owner),
    /// A state without a type that is known.
    Untyped,
    /// `States`
    States,
    /// The value of a field, or an element of its array.
    Field(&'static Field),
    /// Somewhere in the template that a field holds.
    Template(&'static Field),
    /// Nothing the language has a word for.
    Unknown,
}

impl<'a> Place<'a> {
    /// The place that a pointer names in a tree.
    pub fn of(root: &'a Node, pointer: &Pointer) -> Self {
        let mut place = Place {
            kind: PlaceKind::Owner(Owner::StateMachine),
            language: language_of(root).unwrap_or_default(),
            machines: vec![(root, None)],
            trail: Vec::new(),
        };
        let mut node = Some(root);
        for token in pointer.tokens() {
            let inner = node.and_then(|node| match node.items() {
                Some(items) => items.get(token.parse::<usize>().ok()?),
                None => node.get(&token),
            });
            place.step(&token, inner);
            node = inner;
        }
        place
    }

    /// The state that the place is in.
    pub fn state(&self) -> Option<&StateAt<'a>> {
        self.machines
            .iter()
            .rev()
            .find_map(|(_, state)| state.as_ref())
    }

    /// The machine whose states a transition here can name.
    pub fn machine(&self) -> Option<&'a Node> {
        self.machines.last().map(|(machine, _)| *machine)
    }

    fn step(&mut self, token: &str, inner: Option<&'a Node>) {
        match self.kind {
            PlaceKind::Owner(owner) => {
                self.trail.push(token.into());
                self.kind = match field(owner, token) {
                    Some(field) => self.value_of(field, inner),
                    None => PlaceKind::Unknown,
                };
            }
            PlaceKind::Untyped => {
                self.trail.push(token.into());
                let known = field(Owner::State(StateType::Task), token);
                self.kind = known.map_or(PlaceKind::Unknown, |field| self.value_of(field, inner));
            }
            PlaceKind::States => {
                self.trail.clear();
                let kind = inner.and_then(|node| StateType::parse(node.get("Type")?.as_str()?));
                if let (Some((_, state)), Some(node)) = (self.machines.last_mut(), inner) {
                    let name = token.into();
                    *state = Some(StateAt { name, node });
                    self.language = language_of(node).unwrap_or(self.language);
                }
                self.kind = match kind {
                    Some(kind) => PlaceKind::Owner(Owner::State(kind)),
                    None => PlaceKind::Untyped,
                };
            }
            PlaceKind::Field(field) => {
                let is_entry = token.parse::<usize>().is_ok();
                self.kind = match field.kind {
                    FieldKind::Objects(owner) if is_entry => self.enter(owner, inner),
                    FieldKind::ErrorNames | FieldKind::Texts if is_entry => self.kind,
                    FieldKind::Template | FieldKind::Variables | FieldKind::Json => {
                        self.trail.push(token.into());
                        PlaceKind::Template(field)
                    }
                    _ => PlaceKind::Unknown,
                };
            }
            PlaceKind::Template(_) => self.trail.push(token.into()),
            PlaceKind::Unknown => {}
        }
    }

    fn value_of(&mut self, field: &'static Field, inner: Option<&'a Node>) -> PlaceKind {
        match field.kind {
            FieldKind::States => PlaceKind::States,
            FieldKind::Object(owner) => self.enter(owner, inner),
            _ => PlaceKind::Field(field),
        }
    }

    fn enter(&mut self, owner: Owner, inner: Option<&'a Node>) -> PlaceKind {
        if let (Owner::Branch | Owner::ItemProcessor, Some(inner)) = (owner, inner) {
            self.machines.push((inner, None));
        }
        PlaceKind::Owner(owner)
    }
}

/// `QueryLanguage` of a machine or state.
fn language_of(node: &Node) -> Option<QueryLanguage> {
    let text = node.get("QueryLanguage")?.as_str()?;
    [QueryLanguage::JsonPath, QueryLanguage::Jsonata]
        .into_iter()
        .find(|language| language.as_str() == &**text)
}

/// The states of a machine, with their names.
pub(super) fn states(machine: &Node) -> impl Iterator<Item = (&Arc<str>, &Node)> {
    let states = machine.get("States").and_then(Node::members);
    let states = states.unwrap_or_default().iter();
    states.map(|member| (&member.key.name, &member.value))
}

/// The names of the states of every machine.
pub(super) fn all_names(root: &Node) -> Vec<Arc<str>> {
    let mut names = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        open.extend(node.items().unwrap_or_default());
        for member in node.members().unwrap_or_default() {
            if &*member.key.name == "States" {
                let states = member.value.members().unwrap_or_default();
                names.extend(states.iter().map(|state| state.key.name.clone()));
            }
            open.push(&member.value);
        }
    }
    names
}

/// Every string of a state that names another one of its machine.
pub(super) fn transitions(state: &Node) -> Vec<&Node> {
    let rules = |name| state.get(name).and_then(Node::items).unwrap_or_default();
    let of_rules = rules("Choices").iter().chain(rules("Catch"));
    let own = [state.get("Next"), state.get("Default")];
    let all = own.into_iter().chain(of_rules.map(|rule| rule.get("Next")));
    all.flatten()
        .filter(|node| node.as_str().is_some())
        .collect()
}

/// The objects of a state that assign variables.
pub(super) fn assignments(state: &Node) -> Vec<&Node> {
    let rules = |name| state.get(name).and_then(Node::items).unwrap_or_default();
    let of_rules = rules("Choices").iter().chain(rules("Catch"));
    let all = std::iter::once(state).chain(of_rules);
    all.filter_map(|node| node.get("Assign")).collect()
}
