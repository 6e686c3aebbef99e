//! Values: words, states, errors, resources, and what an expression is made of.

use std::collections::BTreeSet;

use super::super::cursor::Cursor;
use super::super::expression::{self, CLOSE, OPEN, Within, is_evaluated, within, word};
use super::super::function::ERRORS;
use super::super::place::{Place, PlaceKind, states};
use super::super::scene::Scene;
use super::{Item, ItemKind, scalar};
use crate::asl::field::{Field, FieldKind};
use crate::asl::{OPTIMIZED_INTEGRATIONS, QueryLanguage};
use crate::source::json::Node;

/// What can stand in a value, and the part of what is typed that it replaces.
pub(super) fn values<'a>(
    scene: &Scene,
    cursor: &'a Cursor,
    place: &Place<'_>,
) -> (&'a str, Vec<Item>) {
    let typed = cursor.typed.as_str();
    let within = within(place, typed);
    if within != Within::Text {
        let word = word(typed);
        return (word, expression::items(place, within, word));
    }
    let text = |item: Item| -> Item {
        if cursor.is_quoted {
            return item;
        }
        let text = scalar(scene, &item.label);
        let len = text.len();
        item.insert(text, len)
    };
    let mut items: Vec<Item> = match place.kind {
        PlaceKind::Field(field) => match field.kind {
            FieldKind::Word(words) => {
                let words = words.iter();
                words
                    .map(|word| text(Item::new(*word, ItemKind::Value).doc(of_word(field, word))))
                    .collect()
            }
            FieldKind::Boolean if !cursor.is_quoted => ["true", "false"]
                .map(|word| Item::new(word, ItemKind::Value))
                .into(),
            FieldKind::StateName | FieldKind::StartState => {
                state_names(place).into_iter().map(text).collect()
            }
            FieldKind::ErrorNames => errors(place).into_iter().map(text).collect(),
            FieldKind::TaskResource => resources().map(text).collect(),
            FieldKind::StorageResource => storage(place).map(text).collect(),
            FieldKind::Boolean
            | FieldKind::Text
            | FieldKind::Integer { .. }
            | FieldKind::Number { .. }
            | FieldKind::Timestamp
            | FieldKind::Path(_)
            | FieldKind::Json
            | FieldKind::Template
            | FieldKind::Condition
            | FieldKind::RoleArn
            | FieldKind::Texts
            | FieldKind::Object(_)
            | FieldKind::Objects(_)
            | FieldKind::States
            | FieldKind::Variables => Vec::new(),
        },
        PlaceKind::Owner(_)
        | PlaceKind::Untyped
        | PlaceKind::States
        | PlaceKind::Template(_)
        | PlaceKind::Unknown => Vec::new(),
    };
    let takes_jsonata = place.language == QueryLanguage::Jsonata && is_evaluated(place);
    if takes_jsonata && !typed.contains(OPEN) {
        let inner = format!("{OPEN}  {CLOSE}");
        let caret = OPEN.len() + 1;
        let item =
            Item::new(format!("{OPEN} … {CLOSE}"), ItemKind::Snippet).detail("an expression");
        items.push(match (cursor.is_quoted, scene.is_yaml) {
            (true, _) => item.insert(inner, caret),
            (false, true) => item.insert(format!("'{inner}'"), caret + 1),
            (false, false) => item.insert(format!("\"{inner}\""), caret + 1),
        });
    }
    (typed, items)
}

/// What a word of a field means.
fn of_word(field: &Field, word: &str) -> &'static str {
    match (field.name, word) {
        ("Type", "Task") => "Does work: calls a function, a service or an activity.",
        ("Type", "Pass") => "Passes its input on, or makes something of it.",
        ("Type", "Choice") => "Chooses the next state by rules.",
        ("Type", "Wait") => "Waits for a time or until a time.",
        ("Type", "Succeed") => "Ends its machine well.",
        ("Type", "Fail") => "Ends its machine with an error.",
        ("Type", "Parallel") => "Runs branches side by side.",
        ("Type", "Map") => "Runs a state machine for every item.",
        ("Mode", "INLINE") => "Iterations run in the execution itself, at most 40 at once.",
        ("Mode", "DISTRIBUTED") => "Every iteration is a child execution of its own.",
        _ => "",
    }
}

/// The states that a transition here can name, this one last.
fn state_names(place: &Place<'_>) -> Vec<Item> {
    let Some(machine) = place.machine() else {
        return Vec::new();
    };
    let own = place.machines.last().and_then(|(_, state)| state.as_ref());
    let is_own = |name: &str| own.is_some_and(|own| *own.name == *name);
    let mut items: Vec<Item> = states(machine)
        .map(|(name, state)| {
            let kind = state.get("Type").and_then(Node::as_str);
            let comment = state.get("Comment").and_then(Node::as_str);
            let item = Item::new(&**name, ItemKind::State);
            item.detail(kind.map_or("", |kind| kind))
                .doc(comment.map_or("", |comment| comment))
        })
        .collect();
    items.sort_by_key(|item| is_own(&item.label));
    items
}

/// The errors of the service, those that the state can raise itself included.
fn errors(place: &Place<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = ERRORS
        .iter()
        .map(|(name, doc)| Item::new(*name, ItemKind::Error).doc(*doc))
        .collect();
    let machine = place.machine();
    let own = machine
        .into_iter()
        .flat_map(states)
        .filter_map(|(_, state)| {
            let is_fail = state
                .get("Type")?
                .as_str()
                .is_some_and(|kind| &**kind == "Fail");
            is_fail.then_some(())?;
            state.get("Error")?.as_str().cloned()
        });
    for name in own.collect::<BTreeSet<_>>() {
        items.push(Item::new(&*name, ItemKind::Error).detail("of this definition"));
    }
    items
}

fn resources() -> impl Iterator<Item = Item> {
    OPTIMIZED_INTEGRATIONS.iter().flat_map(|integration| {
        integration.patterns.iter().map(|pattern| {
            let detail = match pattern.suffix() {
                "" => "goes on with the response",
                ".waitForTaskToken" => "waits for the token",
                _ => "waits for the job",
            };
            Item::new(integration.arn(*pattern), ItemKind::Resource).detail(detail)
        })
    })
}

fn storage(place: &Place<'_>) -> impl Iterator<Item = Item> + use<> {
    let is_writer = place.trail.iter().any(|name| &**name == "ResultWriter");
    let calls: &[(&str, &str)] = match is_writer {
        true => &[("arn:aws:states:::s3:putObject", "writes objects")],
        false => &[
            ("arn:aws:states:::s3:getObject", "reads a file"),
            (
                "arn:aws:states:::s3:listObjectsV2",
                "lists the objects of a bucket",
            ),
        ],
    };
    calls
        .iter()
        .map(|(arn, detail)| Item::new(*arn, ItemKind::Resource).detail(*detail))
}
