//! The open document, its undo stack, and what the editor has yet to be told.

use std::sync::Arc;

use leptos::prelude::*;

use super::selection::Origin;
use crate::authoring::document::{Change, ChangeKind, Document, Undo};
use crate::source::text::{Replacement, Span, TextEdit};
use crate::ui::dom::editor::{ChangeInput, EditorChange};
use crate::ui::dom::{clock, editor};

/// The identity of the one document of this page in the mirror.
pub const DOCUMENT_ID: &str = "current";

/// The open document.
#[derive(Clone, Copy)]
pub struct DocumentStore {
    document: RwSignal<Document>,
    name: RwSignal<String>,
    undo: RwSignal<Undo>,
    for_editor: StoredValue<Vec<EditorUpdate>>,
    revision: RwSignal<u64>,
    opened: RwSignal<u32>,
}

/// A change that the editor did not make itself.
#[derive(Clone, Debug)]
pub enum EditorUpdate {
    /// Ranges to replace.
    Changes(Vec<EditorChange>),
    /// Another document.
    Text(Arc<str>),
}

impl DocumentStore {
    /// Opens a text under a name.
    pub fn new(name: &str, text: &str) -> Self {
        Self {
            document: RwSignal::new(Document::open(text)),
            name: RwSignal::new(name.to_owned()),
            undo: RwSignal::new(Undo::default()),
            for_editor: StoredValue::new(Vec::new()),
            revision: RwSignal::new(0),
            opened: RwSignal::new(0),
        }
    }

    /// The document as it stands.
    pub fn get(self) -> Document {
        self.document.get()
    }

    /// The document, without following it.
    pub fn get_untracked(self) -> Document {
        self.document.get_untracked()
    }

    /// Its name.
    pub fn name(self) -> String {
        self.name.get()
    }

    /// Its name, without following it.
    pub fn name_untracked(self) -> String {
        self.name.get_untracked()
    }

    /// Gives it another name; an empty one is not taken.
    pub fn rename(self, name: &str) {
        let name = name.trim();
        if name.is_empty() {
            self.name.notify();
            return;
        }
        self.name.set(name.to_owned());
        editor::keep(DOCUMENT_ID, name, self.get_untracked().text());
    }

    /// Opens another text; the old one can be brought back by undo.
    pub fn replace_all(self, name: &str, text: &str) {
        let document = self.document.get_untracked();
        let edit = TextEdit::replace(Span::new(0, document.text().len()), text);
        let change = Change::new(edit, document.text());
        self.undo
            .update(|undo| undo.record(change, ChangeKind::Command, clock::now()));
        self.opened.update(|opened| *opened += 1);
        self.document.set(Document::open(text));
        self.name.set(name.to_owned());
        self.tell_editor(EditorUpdate::Text(text.into()));
        editor::keep(DOCUMENT_ID, name, text);
    }

    /// A number that changes whenever another document is opened.
    pub fn opened(self) -> Signal<u32> {
        self.opened.into()
    }

    /// Applies what the user did in the editor, which has it already.
    pub fn edit_from_editor(self, changes: &[EditorChange], input: ChangeInput) {
        let document = self.document.get_untracked();
        let replacements = changes.iter().map(|change| Replacement {
            span: Span::new(document.to_byte(change.from), document.to_byte(change.to)),
            text: change.insert.clone(),
        });
        let kind = match input {
            ChangeInput::Typed => ChangeKind::Typing,
            ChangeInput::Deleted => ChangeKind::Deleting,
            ChangeInput::Other => ChangeKind::Command,
        };
        let edit = TextEdit::new(replacements.collect());
        let applied = edit
            .ok()
            .and_then(|edit| self.commit(&edit, kind, Origin::Code));
        if applied.is_none() {
            // The two texts have parted, which must not happen; the document's is the true one.
            self.tell_editor(EditorUpdate::Text(document.text().clone()));
        }
    }

    /// Applies an edit made outside the editor.
    pub fn edit(self, edit: &TextEdit) {
        self.commit(edit, ChangeKind::Command, Origin::Panel);
    }

    /// Takes the latest step back.
    pub fn undo(self) {
        let edits = self.undo.try_update(Undo::undo).flatten();
        self.replay(edits);
    }

    /// Does the latest undone step again.
    pub fn redo(self) {
        let edits = self.undo.try_update(Undo::redo).flatten();
        self.replay(edits);
    }

    /// Whether there is something to undo.
    pub fn can_undo(self) -> bool {
        self.undo.with(Undo::can_undo)
    }

    /// Whether there is something to redo.
    pub fn can_redo(self) -> bool {
        self.undo.with(Undo::can_redo)
    }

    /// What the editor has yet to be told; following this signal tells when to ask again.
    pub fn take_editor_updates(self) -> Vec<EditorUpdate> {
        self.revision.track();
        self.for_editor
            .try_update_value(std::mem::take)
            .unwrap_or_default()
    }

    fn commit(self, edit: &TextEdit, kind: ChangeKind, origin: Origin) -> Option<()> {
        let document = self.document.get_untracked();
        let after = document.apply(edit).ok()?;
        let change = Change::new(edit.clone(), document.text());
        self.undo
            .update(|undo| undo.record(change, kind, clock::now()));
        if origin != Origin::Code {
            self.tell_editor(EditorUpdate::Changes(editor_changes(&document, edit)));
        }
        self.document.set(after);
        Some(())
    }

    fn replay(self, edits: Option<Vec<TextEdit>>) {
        let mut document = self.document.get_untracked();
        for edit in edits.unwrap_or_default() {
            let Ok(after) = document.apply(&edit) else {
                return;
            };
            self.tell_editor(EditorUpdate::Changes(editor_changes(&document, &edit)));
            document = after;
        }
        self.document.set(document);
    }

    fn tell_editor(self, update: EditorUpdate) {
        self.for_editor.update_value(|updates| updates.push(update));
        self.revision.update(|revision| *revision += 1);
    }
}

fn editor_changes(document: &Document, edit: &TextEdit) -> Vec<EditorChange> {
    let replacements = edit.replacements().iter();
    replacements
        .map(|Replacement { span, text }| EditorChange {
            from: document.to_utf16(span.start as usize),
            to: document.to_utf16(span.end as usize),
            insert: text.clone(),
        })
        .collect()
}
