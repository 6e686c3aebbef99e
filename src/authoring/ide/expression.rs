//! The word that is typed in an expression, and what can stand there.

use crate::asl::QueryLanguage;
use crate::asl::field::{FieldKind, PathForm};
use crate::expr::intrinsic::Intrinsic;

use super::function::{self, CONTEXT, Function, JSONATA, STATES};
use super::place::{Place, PlaceKind};
use super::scope::variables;
use super::{Item, ItemKind};

/// Where JSONata begins and ends in a string.
pub(super) const OPEN: &str = "{%";
pub(super) const CLOSE: &str = "%}";

/// The last word of an expression that is typed: names, dollars and dots.
pub(super) fn word(typed: &str) -> &str {
    let is_part = |char: char| char.is_alphanumeric() || matches!(char, '_' | '$' | '.');
    let start = typed.rfind(|char| !is_part(char));
    let start = start.and_then(|at| Some(at + typed.get(at..)?.chars().next()?.len_utf8()));
    typed.get(start.unwrap_or(0)..).unwrap_or(typed)
}

/// Which expression a string holds up to the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// JSONata between its marks.
    Jsonata,
    /// A JSONPath, with intrinsic functions or without.
    Path { has_functions: bool },
    /// None.
    Text,
}

/// What the string at a place is, of which `typed` stands before the cursor.
pub(super) fn within(place: &Place<'_>, typed: &str) -> Within {
    match place.language {
        QueryLanguage::Jsonata => {
            let is_open = typed.rfind(OPEN) > typed.rfind(CLOSE);
            if is_open && is_evaluated(place) {
                return Within::Jsonata;
            }
            Within::Text
        }
        QueryLanguage::JsonPath => match place.kind {
            PlaceKind::Field(field) => match field.kind {
                FieldKind::Path(form) => Within::Path {
                    has_functions: form == PathForm::Computing,
                },
                _ => Within::Text,
            },
            PlaceKind::Template(field) if field.kind != FieldKind::Json => {
                match place.trail.last().is_some_and(|name| name.ends_with(".$")) {
                    true => Within::Path {
                        has_functions: true,
                    },
                    false => Within::Text,
                }
            }
            PlaceKind::Template(_)
            | PlaceKind::Owner(_)
            | PlaceKind::Untyped
            | PlaceKind::States
            | PlaceKind::Unknown => Within::Text,
        },
    }
}

/// Whether JSONata is evaluated in the strings of a place.
pub(super) fn is_evaluated(place: &Place<'_>) -> bool {
    match place.kind {
        PlaceKind::Field(field) | PlaceKind::Template(field) => field.is_evaluated,
        PlaceKind::Owner(_) | PlaceKind::Untyped | PlaceKind::States | PlaceKind::Unknown => false,
    }
}

/// What can stand in the place of a word.
pub(super) fn items(place: &Place<'_>, within: Within, word: &str) -> Vec<Item> {
    let (root, context) = match within {
        Within::Jsonata => ("$states", "$states.context"),
        Within::Path { .. } => ("$", "$$"),
        Within::Text => return Vec::new(),
    };
    if let Some(path) = word
        .strip_prefix(context)
        .and_then(|rest| rest.strip_prefix('.'))
    {
        return members(CONTEXT, path, &format!("{context}."));
    }
    if within == Within::Jsonata && word.starts_with("$states.") {
        let is_there = |item: &Item| has_member(place, &item.label);
        let mut items = members(STATES, "", "$states.");
        items.retain(is_there);
        return items;
    }
    let mut items: Vec<Item> = variables(place)
        .into_iter()
        .map(|variable| {
            let detail = format!("assigned by {}", variable.state);
            Item::new(format!("${}", variable.name), ItemKind::Variable).detail(detail)
        })
        .collect();
    match within {
        Within::Jsonata => {
            items.push(
                Item::new(root, ItemKind::Context)
                    .detail("input, result and context")
                    .doc("What the state works on: $states.input, $states.result, $states.errorOutput and $states.context."),
            );
            items.extend(JSONATA.iter().map(call));
        }
        Within::Path { has_functions } => {
            items.push(Item::new("$", ItemKind::Context).detail("the input"));
            items.push(
                Item::new("$$", ItemKind::Context)
                    .detail("the context object")
                    .doc("Execution, state, state machine, task and iteration."),
            );
            if has_functions {
                let functions = Intrinsic::ALL.into_iter().map(function::intrinsic);
                items.extend(functions.map(|function| call(&function)));
            }
        }
        Within::Text => {}
    }
    items
}

/// Whether `$states` has a member at a place.
fn has_member(place: &Place<'_>, name: &str) -> bool {
    let is_in = |field: &str| place.trail.iter().any(|name| &**name == field);
    match name {
        "$states.errorOutput" => is_in("Catch"),
        "$states.result" => {
            let works = place
                .state()
                .and_then(|state| state.node.get("Type")?.as_str());
            let works = works.is_some_and(|name| matches!(&**name, "Task" | "Parallel" | "Map"));
            works && (is_in("Output") || is_in("Assign")) && !is_in("Catch")
        }
        _ => true,
    }
}

/// The members one step below a path.
fn members(all: &[(&str, &str)], path: &str, prefix: &str) -> Vec<Item> {
    let parent = path
        .rfind('.')
        .and_then(|dot| path.get(..=dot))
        .unwrap_or("");
    let found = all.iter().filter(|(name, _)| {
        let rest = name.strip_prefix(parent);
        rest.is_some_and(|rest| !rest.contains('.'))
    });
    found
        .map(|(name, doc)| Item::new(format!("{prefix}{name}"), ItemKind::Context).doc(*doc))
        .collect()
}

fn call(function: &Function) -> Item {
    let Function {
        name,
        parameters,
        doc,
    } = function;
    let insert = format!("{name}()");
    let caret = insert.len() - usize::from(!parameters.is_empty());
    Item::new(*name, ItemKind::Function)
        .detail(format!("({parameters})"))
        .doc(*doc)
        .insert(insert, caret)
}

/// What a word of an expression means, for a hover: its title and what is said of it.
pub(super) fn meaning(place: &Place<'_>, within: Within, word: &str) -> Option<(String, String)> {
    let titled = |function: &Function| {
        let title = format!("{}({})", function.name, function.parameters);
        (title, function.doc.to_owned())
    };
    let of_context = |path: &str| {
        let (_, doc) = CONTEXT.iter().find(|(name, _)| *name == path)?;
        Some((word.to_owned(), (*doc).to_owned()))
    };
    match within {
        Within::Text => None,
        Within::Jsonata => {
            if let Some(path) = word.strip_prefix("$states.context.") {
                return of_context(path);
            }
            if let Some(path) = word.strip_prefix("$states.") {
                let name = path.split('.').next().unwrap_or(path);
                let (_, doc) = STATES.iter().find(|(known, _)| *known == name)?;
                return Some((format!("$states.{name}"), (*doc).to_owned()));
            }
            JSONATA
                .iter()
                .find(|function| function.name == word)
                .map(titled)
        }
        Within::Path { .. } => {
            if let Some(path) = word.strip_prefix("$$.") {
                return of_context(path);
            }
            Intrinsic::named(word).map(|found| titled(&function::intrinsic(found)))
        }
    }
    .or_else(|| {
        let name = word.strip_prefix('$')?.split('.').next()?;
        let found = variables(place)
            .into_iter()
            .find(|variable| *variable.name == *name)?;
        Some((
            format!("${name}"),
            format!("A variable, assigned by {}.", found.state),
        ))
    })
}
