//! Help while somebody edits a definition: completion, hover, going to what is named, renaming
//! a state, laying out the text.
//!
//! Editor terms come in (a document and an offset in bytes), plain structs go out; whoever
//! shows them converts offsets. Everything works on broken texts, and for definitions inside
//! other texts the same: spans and edits are those of the document's text.

mod complete;
mod cursor;
mod expression;
mod form;
mod function;
mod hover;
mod names;
mod outline;
mod place;
mod scene;
mod scope;
mod skeleton;

pub use complete::{Completion, Insertion, Item, ItemKind, complete};
pub use form::{Control, Form, More, Row, add, add_to, enter, form, take_out, take_out_of};
pub use function::Function;
pub use hover::{Hover, hover};
pub use names::{Refusal, name_at, rename, rename_at, target};
pub use outline::{Symbol, outline};

use crate::authoring::document::{Document, Notation};
use crate::authoring::exchange::Inlay;
use crate::source::json;
use crate::source::text::TextEdit;
use crate::source::yaml;

/// Lays a text out anew: JSON by its own rules, of YAML the indentation; of a host that holds
/// a definition as a text that one alone. Nothing where that changes nothing.
pub fn layout(document: &Document) -> Result<Option<TextEdit>, Refusal> {
    let inlay = document.shell().and_then(|shell| shell.inlay.as_ref());
    let text = inlay.map_or(&**document.text(), |inlay| inlay.text());
    let laid_out = match (document.notation(), inlay) {
        (Notation::Json, _) | (_, Some(_)) => in_json(text),
        (Notation::Yaml, None) => yaml::format(text),
        (Notation::Other, None) => return Err(Refusal::Notation),
    };
    in_host(text, &laid_out.ok_or(Refusal::Broken)?, inlay)
}

/// The edit of the document that makes a text of its definition another one; nothing where the
/// two are the same.
fn in_host(before: &str, after: &str, inlay: Option<&Inlay>) -> Result<Option<TextEdit>, Refusal> {
    let edit = TextEdit::between(before, after);
    match inlay {
        _ if edit.is_empty() => Ok(None),
        Some(inlay) => inlay.edit(&edit).map(Some).ok_or(Refusal::Fixed),
        None => Ok(Some(edit)),
    }
}

fn in_json(text: &str) -> Option<String> {
    let json::Parse { root, errors } = json::parse(text);
    let is_readable = errors.iter().all(|error| error.kind.is_readable());
    is_readable.then(|| json::format(text, &root))
}
