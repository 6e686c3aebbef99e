//! What somebody enters into a form, adds to it and takes out of it, as edits of the text.

use std::sync::Arc;

use super::super::place::Place;
use super::super::place::all_names;
use super::super::scene::own_text;
use super::super::skeleton::unused;
use super::super::{Refusal, in_host};
use super::{Control, entered, field_of, is_jsonata, owner, plain_control, state_names};
use crate::asl::field::{Field, FieldKind, Owner, PathForm, Presence, fields};
use crate::asl::{Operator, Pointer, QueryLanguage, StateType};
use crate::authoring::document::Document;
use crate::authoring::exchange::Inlay;
use crate::source::edit;
use crate::source::json::{self, Member, Node, NodeKind, Number, Value};
use crate::source::text::TextEdit;

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
    ground.finish(edit, &ground)
}

/// Takes a field out.
pub fn take_out(
    document: &Document,
    pointer: &Pointer,
    name: &str,
) -> Result<Option<TextEdit>, Refusal> {
    let ground = Ground::of(document, pointer)?;
    let (object, member) = ground.member(pointer, name)?;
    ground.finish(edit::remove(&ground.text, object, member), &ground)
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
    changed.finish(edit, &ground)
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
    ground.finish(edit::append(&ground.text, &member.value, value), &ground)
}

/// Takes an object out of the list of a field; the field as well with the last one.
pub fn take_out_of(
    document: &Document,
    pointer: &Pointer,
    name: &str,
    index: usize,
) -> Result<Option<TextEdit>, Refusal> {
    let ground = Ground::of(document, pointer)?;
    let (object, member) = ground.member(pointer, name)?;
    let items = member.value.items().unwrap_or_default();
    items.get(index).ok_or(Refusal::NoField)?;
    let edit = match items.len() {
        1 => edit::remove(&ground.text, object, member),
        _ => edit::take_out(&ground.text, &member.value, index),
    };
    ground.finish(edit, &ground)
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

    /// What an edit makes of the text; without one what is to be edited cannot be.
    fn changed(&self, edit: Option<TextEdit>) -> Result<String, Refusal> {
        let edit = edit.ok_or(Refusal::Fixed)?;
        edit.apply(&self.text).map_err(|_| Refusal::Fixed)
    }

    fn after(self, edit: Option<TextEdit>) -> Result<Self, Refusal> {
        let text: Arc<str> = self.changed(edit)?.into();
        let root = match &self.inlay {
            Some(_) => json::parse(&text).root,
            None => {
                let target = self.document.target().clone();
                Document::open_at(text.clone(), target).root().clone()
            }
        };
        Ok(Self { text, root, ..self })
    }

    /// The edit of the document that leads from what was before to what an edit makes of this.
    fn finish(&self, edit: Option<TextEdit>, before: &Self) -> Result<Option<TextEdit>, Refusal> {
        let text = self.changed(edit)?;
        in_host(&before.text, &text, self.inlay.as_ref())
    }
}
