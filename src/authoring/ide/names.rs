//! Names of states and variables: where they are defined, and another name for a state.

use std::fmt;
use std::sync::Arc;

use super::expression::word;
use super::hover::{spot, word_at};
use super::place::{Place, PlaceKind, all_names, states, transitions};
use super::scene::Scene;
use super::scope::variables;
use crate::asl::Pointer;
use crate::asl::field::FieldKind;
use crate::authoring::document::Document;
use crate::source::json::{Node, Value};
use crate::source::text::{Replacement, Span, TextEdit};
use crate::source::yaml::write_scalar;

/// The longest name of a state, in characters.
const MAX_NAME: usize = 80;

/// Why an edit that was asked for is not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No state is there.
    NoState,
    /// A name must have a character.
    Empty,
    /// The name has so many characters.
    TooLong(usize),
    /// Another state has the name.
    Taken(String),
    /// The text has syntax errors.
    Broken,
    /// The host's own functions stand in the definition.
    Fixed,
    /// Texts in this notation are not laid out.
    Notation,
    /// No such field is there.
    NoField,
    /// A value is not JSON: why.
    NotJson(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NoState => f.write_str("No state is named here"),
            Refusal::Empty => f.write_str("A state needs a name"),
            Refusal::TooLong(chars) => {
                write!(f, "A name has at most {MAX_NAME} characters, not {chars}")
            }
            Refusal::Taken(name) => write!(f, "Another state is named {name}"),
            Refusal::Broken => f.write_str("The text has syntax errors; repair them first"),
            Refusal::Fixed => f.write_str("Functions of the template stand in the definition"),
            Refusal::NoField => f.write_str("There is no such field"),
            Refusal::NotJson(reason) => write!(f, "This is not JSON: {reason}"),
            Refusal::Notation => f.write_str("Only JSON and YAML are laid out"),
        }
    }
}

impl std::error::Error for Refusal {}

/// Where the state or variable under the cursor is defined.
pub fn target(document: &Document, offset: usize) -> Option<Span> {
    let scene = Scene::new(document, offset)?;
    let spot = spot(&scene.root, scene.at)?;
    let place = Place::of(&scene.root, &spot.pointer);
    if let Some((machine, name)) = named(&place, spot.value) {
        let member = machine.get("States")?.member(&name)?;
        return Some(scene.to_host(member.key.span));
    }
    let (found, _) = word_at(&scene, spot.value?)?;
    let name = word(found).strip_prefix('$')?.split('.').next()?;
    let known = variables(&place);
    let variable = known.iter().find(|variable| *variable.name == *name)?;
    let members = variable.assign.members()?.iter();
    let mut keys = members.map(|member| &member.key);
    let key = keys.find(|key| key.name.trim_end_matches(".$") == name)?;
    Some(scene.to_host(key.span))
}

/// The state that a value names, and its machine.
fn named<'a>(place: &Place<'a>, value: Option<&Node>) -> Option<(&'a Node, Arc<str>)> {
    let PlaceKind::Field(field) = place.kind else {
        return None;
    };
    let is_name = matches!(field.kind, FieldKind::StateName | FieldKind::StartState);
    let name = value?.as_str().filter(|_| is_name)?;
    Some((place.machine()?, name.clone()))
}

/// The state under the cursor: where it is named, or its own name.
fn state_at(scene: &Scene) -> Option<(&Node, Arc<str>, Span)> {
    let spot = spot(&scene.root, scene.at)?;
    let place = Place::of(&scene.root, &spot.pointer);
    if let Some((machine, name)) = named(&place, spot.value) {
        return Some((machine, name, spot.span));
    }
    let around = Place::of(&scene.root, &spot.pointer.parent()?);
    let is_state = spot.value.is_none() && around.kind == PlaceKind::States;
    let name = spot.pointer.tokens().last()?.into_owned();
    is_state.then(|| Some((around.machine()?, name.into(), spot.span)))?
}

/// The name of the state under the cursor, and where it stands there.
pub fn name_at(document: &Document, offset: usize) -> Option<(Arc<str>, Span)> {
    let scene = Scene::new(document, offset)?;
    let (_, name, span) = state_at(&scene)?;
    Some((name, scene.to_host(span)))
}

/// Gives the state under the cursor another name, wherever it is named.
pub fn rename_at(document: &Document, offset: usize, new: &str) -> Result<TextEdit, Refusal> {
    let scene = Scene::new(document, offset).ok_or(Refusal::NoState)?;
    let (machine, name, _) = state_at(&scene).ok_or(Refusal::NoState)?;
    edit(&scene, machine, &name, new)
}

/// Gives a state another name, wherever it is named.
pub fn rename(document: &Document, state: &Pointer, new: &str) -> Result<TextEdit, Refusal> {
    let node = document.root().find(state).ok_or(Refusal::NoState)?;
    let offset = node.span.start as usize;
    let scene = Scene::new(document, offset).ok_or(Refusal::NoState)?;
    let place = Place::of(&scene.root, state);
    let machine = place.machine().ok_or(Refusal::NoState)?;
    let name = state.tokens().last().ok_or(Refusal::NoState)?.into_owned();
    edit(&scene, machine, &name, new)
}

fn edit(scene: &Scene, machine: &Node, name: &str, new: &str) -> Result<TextEdit, Refusal> {
    let chars = new.chars().count();
    if new.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    if chars > MAX_NAME {
        return Err(Refusal::TooLong(chars));
    }
    if new != name && all_names(&scene.root).iter().any(|other| **other == *new) {
        return Err(Refusal::Taken(new.to_owned()));
    }
    let own = machine.get("States").and_then(|states| states.member(name));
    let own = own.map(|member| member.key.span);
    let is_named = |node: &&Node| node.as_str().is_some_and(|other| **other == *name);
    let start = machine.get("StartAt").into_iter();
    let others = states(machine).flat_map(|(_, state)| transitions(state));
    let named = start.chain(others).filter(is_named).map(|node| node.span);
    let mut spans: Vec<Span> = own.into_iter().chain(named).collect();
    // What an alias of YAML stands for has one place.
    spans.sort();
    spans.dedup();
    let replacements = spans.into_iter().map(|span| Replacement {
        text: spelled(scene, span, new),
        span,
    });
    let edit = TextEdit::new(replacements.collect()).map_err(|_| Refusal::Broken)?;
    scene.edit(edit).ok_or(Refusal::Fixed)
}

/// A name in the way that the one before was written.
fn spelled(scene: &Scene, span: Span, new: &str) -> String {
    let is_plain = scene.is_yaml && !span.of(&scene.text).starts_with(['"', '\'']);
    if is_plain {
        let mut text = String::new();
        write_scalar(&mut text, new);
        return text;
    }
    Value::from(new).to_string()
}
