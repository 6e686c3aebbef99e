//! The open document, its undo stack, and what the editor has yet to be told.

use std::sync::Arc;

use leptos::prelude::*;

use super::selection::Origin;
use crate::authoring::document::{Change, ChangeKind, Document, Undo};
use crate::source::text::{Replacement, Span, TextEdit};
use crate::ui::dom::editor::{ChangeInput, EditorChange};
use crate::ui::dom::{clock, mirror};
use crate::web::documents::record::{DocumentId, Record};

/// The open document.
#[derive(Clone, Copy)]
pub struct DocumentStore {
    id: RwSignal<DocumentId>,
    document: RwSignal<Document>,
    name: RwSignal<String>,
    is_read_only: RwSignal<bool>,
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
    /// Another state of the document, wherever it came from.
    Text(Arc<str>),
    /// Another document.
    Open(Arc<str>),
}

impl DocumentStore {
    /// Opens a document. `is_read_only` says, from now on, whether it may be changed here.
    pub fn new(record: &Record, is_read_only: RwSignal<bool>) -> Self {
        Self {
            id: RwSignal::new(record.summary.id.clone()),
            document: RwSignal::new(Document::open(record.text.clone())),
            name: RwSignal::new(record.summary.name.clone()),
            is_read_only,
            undo: RwSignal::new(Undo::default()),
            for_editor: StoredValue::new(Vec::new()),
            revision: RwSignal::new(0),
            opened: RwSignal::new(0),
        }
    }

    /// The document's identity.
    pub fn id(self) -> DocumentId {
        self.id.get()
    }

    /// The document's identity, without following it.
    pub fn id_untracked(self) -> DocumentId {
        self.id.get_untracked()
    }

    /// Whether it may only be looked at.
    pub fn is_read_only(self) -> bool {
        self.is_read_only.get()
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
        if name.is_empty() || self.is_read_only.get_untracked() {
            self.name.notify();
            return;
        }
        self.name.set(name.to_owned());
        mirror::keep(&self.id.get_untracked(), name, self.get_untracked().text());
    }

    /// Opens another document with its own undo stack; gives that of the one before.
    pub fn open(self, record: &Record, undo: Undo) -> Undo {
        let before = self.undo.get_untracked();
        self.opened.update(|opened| *opened += 1);
        self.id.set(record.summary.id.clone());
        self.show(record, undo, EditorUpdate::Open(record.text.clone()));
        before
    }

    /// Shows what another tab has made of the document; what was done here before no
    /// longer fits and cannot be undone.
    pub fn follow(self, record: &Record) {
        let update = EditorUpdate::Text(record.text.clone());
        self.show(record, Undo::default(), update);
    }

    fn show(self, record: &Record, undo: Undo, update: EditorUpdate) {
        self.undo.set(undo);
        self.document.set(Document::open(record.text.clone()));
        self.name.set(record.summary.name.clone());
        self.tell_editor(update);
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
        if self.is_read_only.get_untracked() {
            return;
        }
        let edits = self.undo.try_update(Undo::undo).flatten();
        self.replay(edits);
    }

    /// Does the latest undone step again.
    pub fn redo(self) {
        if self.is_read_only.get_untracked() {
            return;
        }
        let edits = self.undo.try_update(Undo::redo).flatten();
        self.replay(edits);
    }

    /// Whether there is something to undo.
    pub fn can_undo(self) -> bool {
        self.undo.with(Undo::can_undo) && !self.is_read_only.get()
    }

    /// Whether there is something to redo.
    pub fn can_redo(self) -> bool {
        self.undo.with(Undo::can_redo) && !self.is_read_only.get()
    }

    /// What the editor has yet to be told; following this signal tells when to ask again.
    pub fn take_editor_updates(self) -> Vec<EditorUpdate> {
        self.revision.track();
        self.for_editor
            .try_update_value(std::mem::take)
            .unwrap_or_default()
    }

    fn commit(self, edit: &TextEdit, kind: ChangeKind, origin: Origin) -> Option<()> {
        if self.is_read_only.get_untracked() {
            return None;
        }
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
