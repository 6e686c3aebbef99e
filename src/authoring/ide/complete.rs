//! What can be typed at a place.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cursor::{Cursor, Part, cursor};
use super::expression::{self, CLOSE, OPEN, Within, is_evaluated, within, word};
use super::function::ERRORS;
use super::place::{Place, PlaceKind, states, transitions};
use super::scene::Scene;
use super::skeleton::{skeleton, unused};
use crate::asl::field::{Field, FieldKind, Owner, PathForm, Presence, fields};
use crate::asl::{OPTIMIZED_INTEGRATIONS, QueryLanguage, StateType, optimized_integration};
use crate::authoring::document::Document;
use crate::source::json::{Node, Value};
use crate::source::text::{Span, TextEdit};
use crate::source::yaml::{write_scalar, write_yaml};

/// What can be typed at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// What is typed already, in the document's text: items are searched by it.
    pub typed: Span,
    /// What can be typed, the likeliest first.
    pub items: Vec<Insertion>,
}

/// An item with the edit that choosing it makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Insertion {
    /// What is shown.
    pub item: Item,
    /// The edit of the document's text.
    pub edit: TextEdit,
    /// Where the cursor is afterwards, in bytes of the edit's last replacement.
    pub caret: usize,
}

/// One thing that can be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is called, and searched by.
    pub label: String,
    /// What it is.
    pub kind: ItemKind,
    /// A few words beside the label.
    pub detail: String,
    /// What it is for.
    pub doc: String,
    /// What is written, if not the label.
    insert: Option<(String, usize)>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A field of the language.
    Field,
    /// A member of a call's parameters.
    Parameter,
    /// A word or value that a field takes.
    Value,
    /// The name of a state.
    State,
    /// A state to start from.
    Snippet,
    /// The ARN of a service's action.
    Resource,
    /// The name of an error.
    Error,
    /// A function of an expression language.
    Function,
    /// A variable.
    Variable,
    /// The input, the result, the context object.
    Context,
}

impl ItemKind {
    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            ItemKind::Field => "field",
            ItemKind::Parameter => "parameter",
            ItemKind::Value => "value",
            ItemKind::State => "state",
            ItemKind::Snippet => "snippet",
            ItemKind::Resource => "resource",
            ItemKind::Error => "error",
            ItemKind::Function => "function",
            ItemKind::Variable => "variable",
            ItemKind::Context => "context",
        }
    }
}

impl Item {
    pub(super) fn new(label: impl Into<String>, kind: ItemKind) -> Self {
        Self {
            label: label.into(),
            kind,
            detail: String::new(),
            doc: String::new(),
            insert: None,
        }
    }

    pub(super) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    pub(super) fn doc(mut self, doc: impl Into<String>) -> Self {
        self.doc = doc.into();
        self
    }

    /// What is written, and where in it the cursor goes.
    pub(super) fn insert(mut self, text: impl Into<String>, caret: usize) -> Self {
        self.insert = Some((text.into(), caret));
        self
    }
}

/// What can be typed at an offset of the document's text; nothing where no help is known.
pub fn complete(document: &Document, offset: usize) -> Option<Completion> {
    let scene = Scene::new(document, offset)?;
    let (cursor, root) = cursor(&scene)?;
    let place = Place::of(&root, &cursor.pointer);
    let is_text = matches!(
        place.kind,
        PlaceKind::Field(Field {
            kind: FieldKind::ErrorNames | FieldKind::Texts,
            ..
        })
    );
    let (typed, items) = match &cursor.part {
        // A word behind a dash of YAML may become a name or be a text.
        Part::Key { .. } if is_text => values(&scene, &cursor, &place),
        Part::Key {
            has_value,
            siblings,
        } => {
            let items = keys(&scene, &cursor, &place, &root, siblings, *has_value);
            (cursor.typed.as_str(), items)
        }
        Part::Value => values(&scene, &cursor, &place),
    };
    let start = scene.at - typed.len();
    let span = Span::new(start, scene.at);
    let insertions = items.into_iter().filter_map(|item| {
        let (text, caret) = item.insert.clone().unwrap_or_else(|| {
            let len = item.label.len();
            (item.label.clone(), len)
        });
        insertion(&scene, &cursor, span, item, text, caret)
    });
    let items: Vec<Insertion> = insertions.collect();
    (!items.is_empty()).then(|| Completion {
        typed: scene.to_host(span),
        items,
    })
}

/// The edit that puts a text in the place of what is typed.
fn insertion(
    scene: &Scene,
    cursor: &Cursor,
    typed: Span,
    item: Item,
    text: String,
    caret: usize,
) -> Option<Insertion> {
    let (comma, is_followed) = cursor.commas;
    let is_expression = typed.start > cursor.replace.start;
    let replace = match is_expression {
        true => typed,
        false => cursor.replace,
    };
    // A name with its value takes the place of the quotes as well.
    let is_whole = !is_expression && cursor.is_quoted && text.starts_with('"');
    let replace = match is_whole {
        true => {
            let end = replace.end as usize;
            let is_closed = scene.text.as_bytes().get(end) == Some(&b'"');
            Span::new(replace.start as usize - 1, end + usize::from(is_closed))
        }
        false => replace,
    };
    let mut parts = Vec::new();
    if let Some(at) = comma {
        parts.push((Span::at(at), ",".to_owned()));
    }
    let after = if is_followed { "," } else { "" };
    parts.push((replace, format!("{text}{after}")));
    let replacements = parts
        .into_iter()
        .map(|(span, text)| crate::source::text::Replacement { span, text });
    let edit = TextEdit::new(replacements.collect()).ok()?;
    let edit = scene.edit(edit)?;
    // What the host escapes is counted as it is written.
    let head = scene.edit(TextEdit::replace(replace, text.get(..caret)?))?;
    let caret = head
        .replacements()
        .first()
        .map_or(0, |part| part.text.len());
    Some(Insertion { item, edit, caret })
}

fn keys(
    scene: &Scene,
    cursor: &Cursor,
    place: &Place<'_>,
    root: &Node,
    siblings: &[Arc<str>],
    has_value: bool,
) -> Vec<Item> {
    let key = |item: Item, value: &str| -> Item {
        if has_value {
            let mut name = String::new();
            match (cursor.is_quoted, scene.is_yaml) {
                (true, _) => name.push_str(&item.label),
                (false, true) => write_scalar(&mut name, &item.label),
                (false, false) => name = Value::from(item.label.as_str()).to_string(),
            }
            let len = name.len();
            return item.insert(name, len);
        }
        let mut text = String::new();
        match scene.is_yaml && !cursor.is_quoted {
            true => write_scalar(&mut text, &item.label),
            false => text = Value::from(item.label.as_str()).to_string(),
        }
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

/// What can stand in a value, and the part of what is typed that it replaces.
fn values<'a>(scene: &Scene, cursor: &'a Cursor, place: &Place<'_>) -> (&'a str, Vec<Item>) {
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
        let mut text = String::new();
        match scene.is_yaml {
            true => write_scalar(&mut text, &item.label),
            false => text = Value::from(item.label.as_str()).to_string(),
        }
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
