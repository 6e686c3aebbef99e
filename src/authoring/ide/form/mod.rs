//! The fields of a state, or of the whole machine, as a form: a row for each field that is
//! there, and what else there may be. Rows, controls and words come from the language's table
//! of fields; what is entered becomes the smallest edit of the text in its own style.

mod change;

use std::sync::Arc;

use super::place::{Place, PlaceKind, states};
use crate::asl::field::{Field, FieldKind, Owner, Presence, fields};
use crate::asl::{Expression, Pointer, StateType};
use crate::authoring::document::Document;
use crate::source::json::{self, Member, Node, NodeKind};
use crate::source::text::Span;

pub use change::{add, add_to, enter, take_out, take_out_of};

/// How long the text of an object or a list is that is entered field by field; of more fields
/// nobody has an overview.
const MOST_BYTES: usize = 4_000;

/// The branches that are entered field by field; others in the text.
const MOST_BRANCHES: usize = 50;

/// The fields of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Where the object is.
    pub pointer: Pointer,
    /// Those that are there, in the order of the text, but for `States`: each has its own form.
    pub rows: Vec<Row>,
    /// Those that can be added, needed ones first.
    pub more: Vec<More>,
}

/// A field that is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name.
    pub name: Arc<str>,
    /// How its value is entered.
    pub control: Control,
    /// The value as it is entered.
    pub text: String,
    /// What the field is for.
    pub doc: &'static str,
    /// Whether the object needs it.
    pub is_needed: bool,
    /// What is wrong with it.
    pub problems: Vec<String>,
}

/// How a value is entered.
#[derive(Clone, Debug, PartialEq)]
pub enum Control {
    /// In one line.
    Line,
    /// By a choice.
    Words(Vec<String>),
    /// As JSON, or as JSONata between its signs.
    Json,
    /// Field by field, as it is an object.
    Fields(Box<Form>),
    /// Field by field, as it is a list of objects; others can be added.
    List(Vec<Form>),
}

/// A field that can be added.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct More {
    /// Its name.
    pub name: &'static str,
    /// Whether the object needs it, or one of its kind.
    pub is_needed: bool,
}

/// The form of the object at a pointer; nothing where no object with fields is.
pub fn form(document: &Document, pointer: &Pointer) -> Option<Form> {
    let object = document.root().find(pointer)?;
    let members = object.members()?;
    let place = Place::of(document.root(), pointer);
    let owner = owner(&place)?;
    let row = |member: &Member| {
        let field = field_of(&place, &member.key.name);
        let is_states = field.is_some_and(|field| field.kind == FieldKind::States);
        (!is_states).then(|| row(document, &place, pointer, member))
    };
    let has = |name: &str| object.member(name).is_some();
    let free = fields(owner).filter(|field| {
        let is_legacy = matches!(field.presence, Presence::Legacy(_));
        field.is_allowed_in(place.language) && !is_legacy && !has(field.name)
    });
    let more = free.map(|field| More {
        name: field.name,
        is_needed: field.is_lacking(has),
    });
    let mut more: Vec<More> = more.collect();
    more.sort_by_key(|more| !more.is_needed);
    Some(Form {
        pointer: pointer.clone(),
        rows: members.iter().filter_map(row).collect(),
        more,
    })
}

fn row(document: &Document, place: &Place<'_>, pointer: &Pointer, member: &Member) -> Row {
    let field = field_of(place, &member.key.name);
    let own = pointer.child(&member.key.name);
    let control = control(document, place, field, &own, &member.value);
    let parts: Vec<&Member> = match (&control, member.value.items()) {
        (Control::Fields(_), _) => member.value.members().unwrap_or_default().iter().collect(),
        (Control::List(_), Some(items)) => {
            items.iter().filter_map(Node::members).flatten().collect()
        }
        _ => Vec::new(),
    };
    // What is wrong with a part stands at the part.
    let problems = document.diagnostics().iter().filter(|problem| {
        let is_in = |member: &Member| member.span().contains(problem.span);
        is_in(member) && !parts.iter().copied().any(is_in)
    });
    Row {
        name: member.key.name.clone(),
        text: entered(&control, &member.value),
        doc: field.map_or("", |field| field.doc),
        is_needed: field.is_some_and(Field::is_required),
        problems: problems.map(|problem| problem.message.clone()).collect(),
        control,
    }
}

/// How a field is entered whose value may consist of objects.
fn control(
    document: &Document,
    place: &Place<'_>,
    field: Option<&Field>,
    own: &Pointer,
    value: &Node,
) -> Control {
    let kind = field.map(|field| field.kind);
    // States inside do not count: each has its own form.
    let is_machine = matches!(
        kind,
        Some(FieldKind::Object(Owner::ItemProcessor) | FieldKind::Objects(Owner::Branch))
    );
    if value.span.len() > MOST_BYTES && !is_machine {
        return plain_control(place, field, value);
    }
    match (kind, &value.kind) {
        (Some(FieldKind::Object(_)), NodeKind::Object(_)) => match form(document, own) {
            Some(form) => Control::Fields(Box::new(form)),
            None => Control::Json,
        },
        (Some(FieldKind::Objects(_)), NodeKind::Array(items)) => {
            let shown = if is_machine {
                MOST_BRANCHES
            } else {
                usize::MAX
            };
            let shown = 0..items.len().min(shown);
            let forms = shown.map(|at| form(document, &own.index(at)));
            // Where one is no object, all are entered as they are written.
            forms
                .collect::<Option<_>>()
                .map_or(Control::Json, Control::List)
        }
        _ => plain_control(place, field, value),
    }
}

fn owner(place: &Place<'_>) -> Option<Owner> {
    match place.kind {
        PlaceKind::Owner(owner) => Some(owner),
        // Its type is what it lacks.
        PlaceKind::Untyped => Some(Owner::State(StateType::Pass)),
        PlaceKind::States | PlaceKind::Field(_) | PlaceKind::Template(_) | PlaceKind::Unknown => {
            None
        }
    }
}

fn field_of(place: &Place<'_>, name: &str) -> Option<&'static Field> {
    let own = fields(owner(place)?).filter(|field| field.name == name);
    let mut own = own.collect::<Vec<_>>();
    own.sort_by_key(|field| !field.is_allowed_in(place.language));
    own.first().copied()
}

fn plain_control(place: &Place<'_>, field: Option<&Field>, value: &Node) -> Control {
    let is_container = matches!(value.kind, NodeKind::Array(_) | NodeKind::Object(_));
    let as_line = if is_container {
        Control::Json
    } else {
        Control::Line
    };
    let Some(field) = field else {
        return as_line;
    };
    let words = |words: Vec<String>| match (is_container, value.as_str()) {
        (true, _) => Control::Json,
        (false, word) => {
            let mut words = words;
            let word = word.map(|word| word.to_string());
            words.extend(word.filter(|word| !words.contains(word)));
            Control::Words(words)
        }
    };
    match field.kind {
        FieldKind::Text
        | FieldKind::Integer { .. }
        | FieldKind::Number { .. }
        | FieldKind::Timestamp
        | FieldKind::Path(_)
        | FieldKind::Condition
        | FieldKind::TaskResource
        | FieldKind::StorageResource
        | FieldKind::RoleArn => as_line,
        FieldKind::Boolean if matches!(value.kind, NodeKind::Bool(_)) => {
            Control::Words(vec!["true".into(), "false".into()])
        }
        FieldKind::Boolean => as_line,
        FieldKind::Word(known) => words(known.iter().map(ToString::to_string).collect()),
        FieldKind::StateName | FieldKind::StartState => words(state_names(place)),
        FieldKind::Json
        | FieldKind::States
        | FieldKind::Template
        | FieldKind::ErrorNames
        | FieldKind::Texts
        | FieldKind::Object(_)
        | FieldKind::Objects(_)
        | FieldKind::Variables => Control::Json,
    }
}

/// The states that a transition can name: not the one it leads from.
fn state_names(place: &Place<'_>) -> Vec<String> {
    let own = place.state().map(|state| state.name.clone());
    let states = place.machine().into_iter().flat_map(states);
    let names = states.map(|(name, _)| name);
    let names = names.filter(|name| Some(*name) != own.as_ref());
    names.map(ToString::to_string).collect()
}

fn entered(control: &Control, value: &Node) -> String {
    match (control, value.as_str()) {
        (Control::Json, Some(text)) if is_jsonata(text) => text.to_string(),
        (Control::Json, _) => json::lay_out(&value.to_value(), "  ", ""),
        (Control::Fields(_) | Control::List(_), _) => String::new(),
        (Control::Line | Control::Words(_), Some(text)) => text.to_string(),
        (Control::Line | Control::Words(_), None) => match value.kind {
            NodeKind::Missing => String::new(),
            _ => value.to_value().to_string(),
        },
    }
}

fn is_jsonata(text: &str) -> bool {
    Expression::jsonata(text, Span::at(0)).is_some()
}
