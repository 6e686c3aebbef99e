//! Help while somebody edits a definition: completion, hover, going to what is named, renaming
//! a state, laying out the text.
//!
//! Editor terms come in (a document and an offset in bytes), plain structs go out; whoever
//! shows them converts offsets. Everything works on broken texts, and for definitions inside
//! other texts the same: spans and edits are those of the document's text.

mod complete;
mod cursor;
mod expression;
mod function;
mod hover;
mod names;
mod outline;
mod place;
mod scene;
mod scope;
mod skeleton;

pub use complete::{Completion, Insertion, Item, ItemKind, complete};
pub use function::Function;
pub use hover::{Hover, hover};
pub use names::{Refusal, name_at, rename, rename_at, target};
pub use outline::{Symbol, outline};

use crate::authoring::document::Document;
use crate::source::json::{self, format};
use crate::source::text::TextEdit;

/// Lays a definition in JSON out anew; nothing where that changes nothing.
pub fn layout(document: &Document) -> Result<Option<TextEdit>, Refusal> {
    use crate::authoring::document::Notation;
    let inlay = document.shell().map(|shell| shell.inlay.as_ref());
    match (document.notation(), inlay) {
        (Notation::Json, None) => {
            let root = json::parse(document.text());
            let is_readable = root.errors.iter().all(|error| error.kind.is_readable());
            if !is_readable {
                return Err(Refusal::Broken);
            }
            let text = format(document.text(), &root.root);
            let edit = TextEdit::between(document.text(), &text);
            Ok(Some(edit).filter(|edit| !edit.is_empty()))
        }
        (_, Some(Some(inlay))) => {
            let root = json::parse(inlay.text());
            if !root.errors.iter().all(|error| error.kind.is_readable()) {
                return Err(Refusal::Broken);
            }
            let text = format(inlay.text(), &root.root);
            let edit = TextEdit::between(inlay.text(), &text);
            if edit.is_empty() {
                return Ok(None);
            }
            inlay.edit(&edit).map(Some).ok_or(Refusal::Fixed)
        }
        (Notation::Json | Notation::Yaml | Notation::Other, _) => Err(Refusal::Notation),
    }
}
