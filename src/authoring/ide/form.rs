//! The fields of a state, or of the whole machine, as a form: a row for each field that is
//! there, and what else there may be. Rows, controls and words come from the language's table
//! of fields; what is entered becomes the smallest edit of the text in its own style.

use std::sync::Arc;

use super::Refusal;
use super::complete::all_names;
use super::place::{Place, PlaceKind, states};
use super::scene::own_text;
use super::skeleton::unused;
use crate::asl::field::{Field, FieldKind, Owner, PathForm, Presence, fields};
use crate::asl::{Expression, Operator, Pointer, QueryLanguage, StateType};
use crate::authoring::document::Document;
use crate::authoring::exchange::Inlay;
use crate::source::edit;
use crate::source::json::{self, Member, Node, NodeKind, Number, Value};
use crate::source::text::{Span, TextEdit};

/// The objects of a list that are entered field by field; of more nobody has an overview.
const MOST_PARTS: usize = 50;

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
    /// What it is for.
    pub doc: &'static str,
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
        doc: field.doc,
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
    match (field.map(|field| field.kind), &value.kind) {
        (Some(FieldKind::Object(_)), NodeKind::Object(_)) => match form(document, own) {
            Some(form) => Control::Fields(Box::new(form)),
            None => Control::Json,
        },
        (Some(FieldKind::Objects(_)), NodeKind::Array(items)) if items.len() <= MOST_PARTS => {
            let forms = (0..items.len()).map(|at| form(document, &own.index(at)));
            // Where one is no object, all are entered as they are written.
            forms
                .collect::<Option<_>>()
                .map_or(Control::Json, Control::List)
        }
        _ => plain_control(place, field, value),
    }
}

/// Enters a value into a field.
pub fn enter(
    document: &Document,
    pointer: &Pointer,
    name: &str,
    text: &str,
) -> Result<Option<TextEdit>, Refusal> {
    let ground = Ground::of(document, pointer)?;
    let place = Place::of(&ground.root, pointer);
    let (object, member) = ground.member(pointer, name)?;
    let control = plain_control(&place, field_of(&place, name), &member.value);
    if entered(&control, &member.value) == text {
        return Ok(None);
    }
    let value = read(field_of(&place, name), &control, text)?;
    let edit = match (&member.value.kind, &value) {
        (NodeKind::String(_), Value::String(word)) => {
            Some(edit::set(&ground.text, &member.value, word))
        }
        _ => edit::replace(&ground.text, object, member, &value),
    };
    ground.clone().after(edit)?.finish(&ground)
}

/// Takes a field out.
pub fn take_out(
    document: &Document,
    pointer: &Pointer,
    name: &str,
) -> Result<Option<TextEdit>, Refusal> {
    let ground = Ground::of(document, pointer)?;
    ground.clone().without(pointer, name)?.finish(&ground)
}

/// Adds a field with something to begin with, in the place of those that exclude it.
pub fn add(
    document: &Document,
    pointer: &Pointer,
    name: &str,
) -> Result<Option<TextEdit>, Refusal> {
    let ground = Ground::of(document, pointer)?;
    let place = Place::of(&ground.root, pointer);
    let field = field_of(&place, name).ok_or(Refusal::NoField)?;
    let value = beginning(&place, field);
    let mut changed = ground.clone();
    let rivals = owner(&place).into_iter().flat_map(fields);
    let rivals = rivals.filter(|other| other.name != field.name && are_rivals(field, other));
    for rival in rivals {
        if changed
            .root
            .find(pointer)
            .is_some_and(|it| it.member(rival.name).is_some())
        {
            changed = changed.without(pointer, rival.name)?;
        }
    }
    let object = changed.root.find(pointer).ok_or(Refusal::NoField)?;
    let members = object.members().unwrap_or_default();
    // What leads on stays last.
    let is_last = |member: &Member| matches!(&*member.key.name, "Next" | "End" | "Default");
    let index = members.iter().position(is_last).unwrap_or(members.len());
    let edit = edit::insert(&changed.text, object, index, name, &value);
    changed.after(edit)?.finish(&ground)
}

/// Whether an object has either of two fields, and not both.
fn are_rivals(field: &Field, other: &Field) -> bool {
    let one_of = match field.presence {
        Presence::OneOf(names) => names,
        Presence::Required | Presence::Optional | Presence::Legacy(_) => &[],
    };
    // A rule compares a variable once, or puts others together.
    let compares = |field: &Field| Operator::parse(field.name).is_some();
    let combines = |field: &Field| matches!(field.name, "And" | "Or" | "Not");
    let has_variable = |field: &Field| compares(field) || field.name == "Variable";
    one_of.contains(&other.name)
        || field.excludes.contains(&other.name)
        || other.excludes.contains(&field.name)
        || compares(field) && compares(other)
        || combines(field) && (combines(other) || has_variable(other))
        || has_variable(field) && combines(other)
}

/// Adds an object to the list of a field.
pub fn add_to(
    document: &Document,
    pointer: &Pointer,
    name: &str,
) -> Result<Option<TextEdit>, Refusal> {
    let ground = Ground::of(document, pointer)?;
    let place = Place::of(&ground.root, pointer);
    let field = field_of(&place, name).ok_or(Refusal::NoField)?;
    let (_, member) = ground.member(pointer, name)?;
    let begun = beginning(&place, field);
    let value = begun.at(0).ok_or(Refusal::NoField)?;
    let edit = edit::append(&ground.text, &member.value, value);
    ground.clone().after(edit)?.finish(&ground)
}

/// Takes an object out of the list of a field; the field as well with the last one.
pub fn take_out_of(
    document: &Document,
    pointer: &Pointer,
    name: &str,
    index: usize,
) -> Result<Option<TextEdit>, Refusal> {
    let ground = Ground::of(document, pointer)?;
    let (_, member) = ground.member(pointer, name)?;
    let items = member.value.items().unwrap_or_default();
    items.get(index).ok_or(Refusal::NoField)?;
    if items.len() == 1 {
        return take_out(document, pointer, name);
    }
    let edit = edit::take_out(&ground.text, &member.value, index);
    ground.clone().after(edit)?.finish(&ground)
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

/// What is entered, as a value. A line is a text where it is nothing else that the field takes,
/// so that nothing is lost; the rules say what is wrong with it.
fn read(field: Option<&Field>, control: &Control, text: &str) -> Result<Value, Refusal> {
    let kind = field.map(|field| field.kind);
    Ok(match (control, kind) {
        (Control::Json, _) if is_jsonata(text.trim()) => text.trim().into(),
        (Control::Json, _) => {
            Value::parse(text).map_err(|error| Refusal::NotJson(error.kind.to_string()))?
        }
        (_, Some(FieldKind::Integer { .. } | FieldKind::Number { .. })) => {
            match Number::parse(text.trim()) {
                Some(number) => number.into(),
                None => text.into(),
            }
        }
        (_, Some(FieldKind::Boolean | FieldKind::Condition)) if text == "true" => true.into(),
        (_, Some(FieldKind::Boolean | FieldKind::Condition)) if text == "false" => false.into(),
        (_, Some(FieldKind::Path(PathForm::Selecting | PathForm::Placing))) if text == "null" => {
            Value::Null
        }
        _ => text.into(),
    })
}

/// What a new field begins with.
fn beginning(place: &Place<'_>, field: &Field) -> Value {
    let json = |text: &str| Value::parse(text).unwrap_or_default();
    let next = || state_names(place).into_iter().next().unwrap_or_default();
    let test = || json(r#"{"Variable": "$", "IsPresent": true}"#);
    match field.kind {
        FieldKind::Word(words) => words.first().copied().unwrap_or_default().into(),
        FieldKind::Boolean => true.into(),
        FieldKind::Integer { min, .. } => Number::from(min.max(1)).into(),
        FieldKind::Number { min, .. } => {
            Number::from_f64(min.max(1.0)).map_or(Value::Null, Value::from)
        }
        FieldKind::Timestamp => "2030-01-01T00:00:00Z".into(),
        FieldKind::Path(_) => "$".into(),
        FieldKind::Condition => "{% true %}".into(),
        FieldKind::StateName | FieldKind::StartState => next().into(),
        FieldKind::ErrorNames => json(r#"["States.ALL"]"#),
        FieldKind::Texts => json("[]"),
        FieldKind::Objects(Owner::Retrier) => json(r#"[{"ErrorEquals": ["States.ALL"]}]"#),
        FieldKind::Objects(Owner::Catcher) => {
            let catcher = [
                ("ErrorEquals", json(r#"["States.ALL"]"#)),
                ("Next", next().into()),
            ];
            vec![catcher.into()].into()
        }
        FieldKind::Objects(Owner::ChoiceRule) => {
            let condition = match place.language {
                QueryLanguage::Jsonata => vec![("Condition", "{% true %}".into())],
                QueryLanguage::JsonPath => {
                    vec![("Variable", "$".into()), ("IsPresent", true.into())]
                }
            };
            let rule = condition.into_iter().chain([("Next", Value::from(next()))]);
            let rule: json::Object = rule.collect();
            vec![rule.into()].into()
        }
        FieldKind::Objects(Owner::Branch) => {
            let root = place.machines.first().map(|(root, _)| *root);
            let names = root.map(all_names).unwrap_or_default();
            let name = unused(StateType::Pass, &names);
            let states = [(name.as_str(), json(r#"{"Type": "Pass", "End": true}"#))];
            let branch = [
                ("StartAt", name.as_str().into()),
                ("States", Value::from(states)),
            ];
            vec![branch.into()].into()
        }
        FieldKind::Objects(Owner::DataTest) => vec![test()].into(),
        FieldKind::Object(Owner::DataTest) => test(),
        FieldKind::Objects(_) => json("[]"),
        FieldKind::Json
        | FieldKind::Template
        | FieldKind::Variables
        | FieldKind::Object(_)
        | FieldKind::States => Value::empty_object(),
        FieldKind::Text
        | FieldKind::TaskResource
        | FieldKind::StorageResource
        | FieldKind::RoleArn => "".into(),
    }
}

/// The text that is edited, step by step: that of the definition, or of its host.
#[derive(Clone)]
struct Ground {
    text: Arc<str>,
    root: Node,
    document: Document,
    inlay: Option<Inlay>,
}

impl Ground {
    fn of(document: &Document, pointer: &Pointer) -> Result<Self, Refusal> {
        let (text, root, inlay) = own_text(document);
        let ground = Self {
            text,
            root,
            document: document.clone(),
            inlay,
        };
        let is_there = ground.root.find(pointer).is_some();
        if is_there {
            Ok(ground)
        } else {
            Err(Refusal::NoState)
        }
    }

    fn member(&self, pointer: &Pointer, name: &str) -> Result<(&Node, &Member), Refusal> {
        let object = self.root.find(pointer).ok_or(Refusal::NoState)?;
        let member = object.member(name).ok_or(Refusal::NoField)?;
        Ok((object, member))
    }

    fn without(self, pointer: &Pointer, name: &str) -> Result<Self, Refusal> {
        let (object, member) = self.member(pointer, name)?;
        let edit = edit::remove(&self.text, object, member);
        self.after(edit)
    }

    /// What an edit makes of it; without one what is to be edited cannot be.
    fn after(self, edit: Option<TextEdit>) -> Result<Self, Refusal> {
        let edit = edit.ok_or(Refusal::Fixed)?;
        let text: Arc<str> = edit.apply(&self.text).map_err(|_| Refusal::Fixed)?.into();
        let root = match &self.inlay {
            Some(_) => json::parse(&text).root,
            None => {
                let target = self.document.target().clone();
                Document::open_at(text.clone(), target).root().clone()
            }
        };
        Ok(Self { text, root, ..self })
    }

    /// The edit of the document that leads here.
    fn finish(self, before: &Self) -> Result<Option<TextEdit>, Refusal> {
        super::in_host(&before.text, &self.text, self.inlay.as_ref())
    }
}
