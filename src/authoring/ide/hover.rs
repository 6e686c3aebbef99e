//! What is said of the word under the pointer.

use super::expression::{CLOSE, OPEN, Within, meaning, within};
use super::function::ERRORS;
use super::place::{Place, PlaceKind, states};
use super::scene::Scene;
use crate::asl::field::{Field, FieldKind, Owner, Presence, field};
use crate::asl::{Integration, Pattern, StateType};
use crate::authoring::document::Document;
use crate::source::json::{Node, NodeKind, Pointer};
use crate::source::text::Span;

/// What is known of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The word, in the document's text.
    pub span: Span,
    /// What it is.
    pub title: String,
    /// What is said of it, a sentence or two; may be empty.
    pub body: String,
}

/// What is known of the word at an offset.
pub fn hover(document: &Document, offset: usize) -> Option<Hover> {
    let scene = Scene::new(document, offset)?;
    let spot = spot(&scene.root, scene.at)?;
    let place = Place::of(&scene.root, &spot.pointer);
    let said = match spot.value {
        None => of_key(&spot, &scene),
        Some(value) => of_value(&scene, &place, value),
    }?;
    Some(Hover {
        span: scene.to_host(said.span),
        ..said
    })
}

/// A name or a value of the tree.
pub(super) struct Spot<'a> {
    /// Of the value, for a name too.
    pub pointer: Pointer,
    /// The bytes.
    pub span: Span,
    /// The value; nothing for a name.
    pub value: Option<&'a Node>,
}

/// The name or scalar at a place.
pub(super) fn spot(root: &Node, at: usize) -> Option<Spot<'_>> {
    let pointer = root.pointer_at(at);
    let node = root.find(&pointer)?;
    if node.span.touches(at) {
        let is_scalar = !matches!(
            node.kind,
            NodeKind::Object(_) | NodeKind::Array(_) | NodeKind::Missing
        );
        return is_scalar.then_some(Spot {
            span: node.span,
            value: Some(node),
            pointer,
        });
    }
    let parent = root.find(&pointer.parent()?)?;
    let name = pointer.tokens().last()?.into_owned();
    let span = parent.member(&name)?.key.span;
    span.touches(at).then_some(Spot {
        pointer,
        span,
        value: None,
    })
}

fn of_key(spot: &Spot<'_>, scene: &Scene) -> Option<Hover> {
    let name = spot.pointer.tokens().last()?.into_owned();
    let around = Place::of(&scene.root, &spot.pointer.parent()?);
    let said = |title: String, body: String| Hover {
        span: spot.span,
        title,
        body,
    };
    match around.kind {
        PlaceKind::Owner(owner) => {
            let field = field(owner, &name)?;
            Some(said(title_of(field), sentences(field)))
        }
        PlaceKind::Untyped => {
            let field = field(Owner::State(StateType::Task), &name)?;
            Some(said(title_of(field), sentences(field)))
        }
        PlaceKind::States => {
            let state = scene.root.find(&spot.pointer)?;
            let (title, body) = of_state(&name, state);
            Some(said(title, body))
        }
        PlaceKind::Field(_) | PlaceKind::Template(_) | PlaceKind::Unknown => None,
    }
}

fn title_of(field: &Field) -> String {
    let kind = match field.kind {
        FieldKind::Text => "text".to_owned(),
        FieldKind::Word(words) => words.join(", "),
        FieldKind::Boolean => "true or false".into(),
        FieldKind::Integer { min, max } => match (min, max) {
            (min, max) if max > 1_000_000_000 => format!("a whole number from {min}"),
            (min, max) => format!("a whole number, {min} to {max}"),
        },
        FieldKind::Number { .. } => "a number".into(),
        FieldKind::Timestamp => "a time".into(),
        FieldKind::Path(_) => "a path".into(),
        FieldKind::Json => "JSON".into(),
        FieldKind::Template => "a template".into(),
        FieldKind::Condition => "a condition".into(),
        FieldKind::TaskResource | FieldKind::StorageResource | FieldKind::RoleArn => {
            "an ARN".into()
        }
        FieldKind::StateName | FieldKind::StartState => "the name of a state".into(),
        FieldKind::ErrorNames => "error names".into(),
        FieldKind::Texts => "texts".into(),
        FieldKind::Object(_) => "an object".into(),
        FieldKind::Objects(_) => "a list of objects".into(),
        FieldKind::States => "states by name".into(),
        FieldKind::Variables => "variables by name".into(),
    };
    format!("{}: {kind}", field.name)
}

fn sentences(field: &Field) -> String {
    let language = match field.language {
        Some(language) => format!(" Only in {}.", language.as_str()),
        None => String::new(),
    };
    let presence = match field.presence {
        Presence::Required => " Required.".to_owned(),
        Presence::Legacy(name) => format!(" {name} is preferred."),
        Presence::OneOf(_) | Presence::Optional => String::new(),
    };
    format!("{}{presence}{language}", field.doc)
}

fn of_state(name: &str, state: &Node) -> (String, String) {
    let text = |field| {
        state
            .get(field)
            .and_then(Node::as_str)
            .map(|text| text.to_string())
    };
    let title = match text("Type") {
        Some(kind) => format!("{name}: {kind} state"),
        None => name.to_owned(),
    };
    let lines = [text("Comment"), text("Resource")];
    (
        title,
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n"),
    )
}

fn of_value(scene: &Scene, place: &Place<'_>, value: &Node) -> Option<Hover> {
    let text = value.as_str()?;
    let said = |title: String, body: String| Hover {
        span: value.span,
        title,
        body,
    };
    if let PlaceKind::Field(field) = place.kind {
        match field.kind {
            FieldKind::StateName | FieldKind::StartState => {
                let machine = place.machine()?;
                let (_, state) = states(machine).find(|(name, _)| *name == text)?;
                let (title, body) = of_state(text, state);
                return Some(said(title, body));
            }
            FieldKind::ErrorNames => {
                let (name, doc) = ERRORS.iter().find(|(name, _)| *name == &**text)?;
                return Some(said((*name).to_owned(), (*doc).to_owned()));
            }
            FieldKind::TaskResource | FieldKind::StorageResource => {
                let resource = crate::asl::Resource::read(text.clone(), value.span);
                let (title, body) = of_resource(&resource.integration)?;
                return Some(said(title, body));
            }
            FieldKind::Word(_) => return Some(said(title_of(field), sentences(field))),
            _ => {}
        }
    }
    in_expression(scene, place, value)
}

fn of_resource(integration: &Integration) -> Option<(String, String)> {
    let body = match integration {
        Integration::Service { pattern, .. } => match pattern {
            Pattern::RequestResponse => "Goes on with the response of the call.",
            Pattern::Sync => "Waits until the job is done.",
            Pattern::Sync2 => "Waits until the execution is done; its output is read as JSON.",
            Pattern::WaitForTaskToken => "Waits until somebody sends the token back.",
        },
        Integration::LambdaFunction { .. } => {
            "Calls the function and goes on with what it returns."
        }
        Integration::Activity { .. } => "Waits until a worker that polls the activity is done.",
        Integration::Substituted | Integration::Unknown => return None,
    };
    Some((integration.to_string(), body.to_owned()))
}

/// The word of an expression under the pointer.
fn in_expression(scene: &Scene, place: &Place<'_>, value: &Node) -> Option<Hover> {
    let (word, span) = word_at(scene, value)?;
    let start = value.span.start as usize;
    let before = scene.text.get(start..span.start as usize)?;
    let within = match within(place, before.trim_start_matches(['"', '\''])) {
        Within::Text if before.contains(OPEN) && !before.contains(CLOSE) => Within::Jsonata,
        within => within,
    };
    let (title, body) = meaning(place, within, word)?;
    Some(Hover { span, title, body })
}

/// The word of a string at the cursor, with its dollars and dots up to the name that the cursor
/// is in.
pub(super) fn word_at<'a>(scene: &'a Scene, value: &Node) -> Option<(&'a str, Span)> {
    let end = value.span.end as usize;
    let before = scene.text.get(value.span.start as usize..scene.at)?;
    let after = scene.text.get(scene.at..end)?;
    let head = super::expression::word(before);
    let is_part = |char: char| char.is_alphanumeric() || matches!(char, '_' | '$');
    let tail = after.find(|char| !is_part(char)).unwrap_or(after.len());
    let span = Span::new(scene.at - head.len(), scene.at + tail);
    let word = span.of(&scene.text);
    (word.len() > 1).then_some((word, span))
}
