//! Names: fields, the parameters of a call, new states.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::cursor::Cursor;
use super::super::place::{Place, PlaceKind, all_names, states, transitions};
use super::super::scene::Scene;
use super::super::skeleton::{skeleton, unused};
use super::{Item, ItemKind, scalar};
use crate::asl::field::{Field, FieldKind, Owner, PathForm, Presence, fields};
use crate::asl::{QueryLanguage, StateType, optimized_integration};
use crate::source::json::{Node, Value};
use crate::source::yaml::write_yaml;

/// What can be a name; behind one that has no value stands a place for it.
pub(super) fn keys(
    scene: &Scene,
    cursor: &Cursor,
    place: &Place<'_>,
    root: &Node,
    siblings: &[Arc<str>],
    has_value: bool,
) -> Vec<Item> {
    let key = |item: Item, value: &str| -> Item {
        if has_value {
            let name = match cursor.is_quoted {
                true => item.label.clone(),
                false => scalar(scene, &item.label),
            };
            let len = name.len();
            return item.insert(name, len);
        }
        let mut text = match cursor.is_quoted {
            true => Value::from(item.label.as_str()).to_string(),
            false => scalar(scene, &item.label),
        };
        text.push_str(if value.starts_with('\n') { ":" } else { ": " });
        let value_at = text.len();
        let caret = value.find('\u{0}');
        text.push_str(&value.replacen('\u{0}', "", 1));
        let caret = value_at + caret.unwrap_or(value.len());
        item.insert(text, caret)
    };
    let is_new = |name: &str| !siblings.iter().any(|sibling| **sibling == *name);
    match place.kind {
        PlaceKind::Owner(owner) => {
            let mut own: Vec<&Field> = fields(owner)
                .filter(|field| field.is_allowed_in(place.language))
                .filter(|field| !matches!(field.presence, Presence::Legacy(_)))
                .filter(|field| is_new(field.name))
                .filter(|field| field.excludes.iter().all(|name| is_new(name)))
                .collect();
            own.sort_by_key(|field| !field.is_lacking(|name| !is_new(name)));
            own.into_iter()
                .map(|field| key(field_item(field), &blank(field, place, scene)))
                .collect()
        }
        PlaceKind::Untyped => {
            let common = fields(Owner::State(StateType::Task));
            let common =
                common.filter(|field| matches!(field.name, "Type" | "Comment" | "QueryLanguage"));
            common
                .filter(|field| is_new(field.name))
                .map(|field| key(field_item(field), &blank(field, place, scene)))
                .collect()
        }
        PlaceKind::States => new_states(scene, place, root, &key),
        PlaceKind::Field(field) | PlaceKind::Template(field) => {
            let is_call =
                matches!(field.name, "Parameters" | "Arguments") && place.trail.len() == 1;
            let required = match is_call {
                true => required_parameters(place),
                false => &[],
            };
            let missing = required
                .iter()
                .filter(|name| is_new(name) && is_new(&format!("{name}.$")));
            missing
                .map(|name| {
                    let item = Item::new(*name, ItemKind::Parameter).detail("needed by the call");
                    key(item, if scene.is_yaml { "\u{0}" } else { "\"\u{0}\"" })
                })
                .collect()
        }
        PlaceKind::Unknown => Vec::new(),
    }
}

fn field_item(field: &Field) -> Item {
    let detail = match field.presence {
        Presence::Required => "required",
        Presence::OneOf(_) => "one of them is required",
        Presence::Optional | Presence::Legacy(_) => "",
    };
    Item::new(field.name, ItemKind::Field)
        .detail(detail)
        .doc(field.doc)
}

/// What stands behind a new field's name; the cursor goes where the NUL is.
fn blank(field: &Field, place: &Place<'_>, scene: &Scene) -> String {
    let is_jsonata = place.language == QueryLanguage::Jsonata;
    if scene.is_yaml {
        return match field.kind {
            FieldKind::Boolean => "true".into(),
            FieldKind::Path(PathForm::Reading) => "$.\u{0}".into(),
            FieldKind::Path(_) => "$\u{0}".into(),
            FieldKind::Condition if is_jsonata => "'{% \u{0} %}'".into(),
            FieldKind::ErrorNames | FieldKind::Texts => {
                format!("\n{}- \u{0}", " ".repeat(scene.indent() + 2))
            }
            FieldKind::Object(_)
            | FieldKind::States
            | FieldKind::Template
            | FieldKind::Variables => {
                format!("\n{}\u{0}", " ".repeat(scene.indent() + 2))
            }
            FieldKind::Objects(_) => format!("\n{}- \u{0}", " ".repeat(scene.indent() + 2)),
            FieldKind::Text
            | FieldKind::Word(_)
            | FieldKind::Integer { .. }
            | FieldKind::Number { .. }
            | FieldKind::Timestamp
            | FieldKind::Json
            | FieldKind::Condition
            | FieldKind::TaskResource
            | FieldKind::StorageResource
            | FieldKind::RoleArn
            | FieldKind::StateName
            | FieldKind::StartState => "\u{0}".into(),
        };
    }
    match field.kind {
        FieldKind::Boolean => "true",
        FieldKind::Integer { .. } | FieldKind::Number { .. } | FieldKind::Json => "\u{0}",
        FieldKind::Path(PathForm::Reading) => "\"$.\u{0}\"",
        FieldKind::Path(_) => "\"$\u{0}\"",
        FieldKind::Condition if is_jsonata => "\"{% \u{0} %}\"",
        FieldKind::ErrorNames | FieldKind::Texts => "[\"\u{0}\"]",
        FieldKind::Object(_) | FieldKind::States | FieldKind::Template | FieldKind::Variables => {
            "{\u{0}}"
        }
        FieldKind::Objects(_) => "[{\u{0}}]",
        FieldKind::Text
        | FieldKind::Word(_)
        | FieldKind::Timestamp
        | FieldKind::Condition
        | FieldKind::TaskResource
        | FieldKind::StorageResource
        | FieldKind::RoleArn
        | FieldKind::StateName
        | FieldKind::StartState => "\"\u{0}\"",
    }
    .into()
}

/// The parameters that the call of a Task cannot do without.
fn required_parameters(place: &Place<'_>) -> &'static [&'static str] {
    let resource = place
        .state()
        .and_then(|state| state.node.get("Resource")?.as_str());
    let call = resource.and_then(|resource| {
        let (_, call) = resource.split_once(":states:::")?;
        let (service, action) = call.split_once(':')?;
        optimized_integration(service, action.split('.').next()?)
    });
    call.map_or(&[], |call| call.required)
}

/// States that a transition names and that are not there, and one of each type.
fn new_states(
    scene: &Scene,
    place: &Place<'_>,
    root: &Node,
    key: &impl Fn(Item, &str) -> Item,
) -> Vec<Item> {
    let Some(machine) = place.machine() else {
        return Vec::new();
    };
    let mut items: Vec<Item> = missing_states(machine)
        .into_iter()
        .map(|(name, from)| {
            let value = written(scene, &Value::from([("Type", Value::from("\u{0}"))]));
            let item = Item::new(&*name, ItemKind::State).detail(format!("named by {from}"));
            key(item, &value)
        })
        .collect();
    let names = all_names(root);
    items.extend(StateType::ALL.into_iter().map(|state_type| {
        let name = unused(state_type, &names);
        let value = written(scene, &skeleton(state_type, place.language));
        let mut item = key(Item::new(&*name, ItemKind::Snippet), &value);
        // The name comes first to be changed.
        if let Some((text, caret)) = &mut item.insert {
            *caret = text.find(&name).map_or(*caret, |at| at + name.len());
        }
        item.label = format!("{state_type} state");
        item.detail("a new state")
    }));
    items
}

/// A value as it stands behind a name at the cursor's line.
fn written(scene: &Scene, value: &Value) -> String {
    let indent = " ".repeat(scene.indent());
    if scene.is_yaml {
        let text = write_yaml(value).replace("\"\\u0000\"", "\u{0}");
        let lines = text.lines().map(|line| format!("\n{indent}  {line}"));
        return lines.collect();
    }
    value
        .to_pretty()
        .replace("\\u0000", "\u{0}")
        .replace('\n', &format!("\n{indent}"))
}

/// The names of states that transitions of a machine lead to without there being any, and who
/// names them.
fn missing_states(machine: &Node) -> Vec<(Arc<str>, String)> {
    let known: BTreeSet<&str> = states(machine).map(|(name, _)| &**name).collect();
    let mut named: Vec<(Arc<str>, String)> = Vec::new();
    let start = machine
        .get("StartAt")
        .into_iter()
        .map(|node| (node, "StartAt".to_owned()));
    let of_states = states(machine).flat_map(|(name, state)| {
        let targets = transitions(state).into_iter();
        targets.map(move |node| (node, name.to_string()))
    });
    for (node, from) in start.chain(of_states) {
        let Some(name) = node.as_str() else { continue };
        let is_told = named.iter().any(|(other, _)| other == name);
        if !name.is_empty() && !known.contains(&**name) && !is_told {
            named.push((name.clone(), from));
        }
    }
    named
}
