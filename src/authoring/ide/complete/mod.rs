//! What can be typed at a place.

mod keys;
mod values;

use super::cursor::{Cursor, Part, cursor};
use super::place::{Place, PlaceKind};
use super::scene::Scene;
use crate::asl::field::{Field, FieldKind};
use crate::authoring::document::Document;
use crate::source::json::Value;
use crate::source::text::{Replacement, Span, TextEdit};
use crate::source::yaml::write_scalar;
use keys::keys;
use values::values;

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
        .map(|(span, text)| Replacement { span, text });
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

/// A text as a scalar of the document, with the quotes that it needs.
fn scalar(scene: &Scene, text: &str) -> String {
    match scene.is_yaml {
        true => {
            let mut scalar = String::new();
            write_scalar(&mut scalar, text);
            scalar
        }
        false => Value::from(text).to_string(),
    }
}
