//! The open document, its undo stack, and what the editor has yet to be told.

use std::sync::Arc;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;

use super::assistant::AssistantStore;
use super::selection::Origin;
use super::settled::{MOST_AT_ONCE, PAUSE};
use crate::asl::WorkflowType;
use crate::authoring::document::{Change, ChangeKind, Document, Target, Undo};
use crate::source::Diagnostic;
use crate::source::text::{Replacement, Span, TextEdit};
use crate::ui::dom::editor::{ChangeInput, EditorChange};
use crate::ui::dom::{clock, mirror};
use crate::ui::erased::memo;
use crate::web::documents::record::{DocumentId, Record};
use crate::web::messages::Subject;

/// The open document.
#[derive(Clone, Copy)]
pub struct DocumentStore {
    id: RwSignal<DocumentId>,
    document: RwSignal<Document>,
    /// The document that panels show; an older one while a large text is being typed in.
    shown: RwSignal<Document>,
    /// The latest document whose problems are known; an older one while they are looked for.
    checked: RwSignal<Document>,
    checking: RwSignal<Checking>,
    timer: StoredValue<Option<TimeoutHandle>>,
    assistant: AssistantStore,
    name: RwSignal<String>,
    is_read_only: RwSignal<bool>,
    undo: RwSignal<Undo>,
    for_editor: StoredValue<Vec<EditorUpdate>>,
    revision: RwSignal<u64>,
    opened: RwSignal<u32>,
}

/// How the search for problems stands, which is the worker's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checking {
    /// It has not begun, as the page has only just started.
    NotYet,
    /// Nothing is to be looked for.
    Idle,
    /// The worker is looking.
    UnderWay,
    /// The worker could not look.
    Failed,
}

/// When a document is analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Analyse {
    Now,
    /// At once if it is small.
    WhenTypingPauses,
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
    pub fn new(record: &Record, is_read_only: RwSignal<bool>, assistant: AssistantStore) -> Self {
        let document = Document::open_definition(record.text.clone(), record.beside.target.clone());
        let store = Self {
            id: RwSignal::new(record.summary.id.clone()),
            document: RwSignal::new(document.clone()),
            shown: RwSignal::new(document.clone()),
            checked: RwSignal::new(document),
            checking: RwSignal::new(Checking::NotYet),
            timer: StoredValue::new(None),
            assistant,
            name: RwSignal::new(record.summary.name.clone()),
            is_read_only,
            undo: RwSignal::new(Undo::default()),
            for_editor: StoredValue::new(Vec::new()),
            revision: RwSignal::new(0),
            opened: RwSignal::new(0),
        };
        store.read_elsewhere(&store.document.get_untracked());
        store
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

    /// The document with all that follows from its text. Of a large text that is an older
    /// one until typing pauses.
    pub fn analysed(self) -> Document {
        self.shown.get()
    }

    /// As [`analysed`](Self::analysed), without following it.
    pub fn analysed_untracked(self) -> Document {
        self.shown.get_untracked()
    }

    /// Whether what is shown is older than the text.
    pub fn is_behind(self) -> bool {
        self.document
            .with(|document| self.shown.with(|shown| !shown.is(document)))
    }

    /// The latest document whose problems are known, to be shown with them; of one that was
    /// just opened only the syntax has been looked at.
    pub fn checked(self) -> Document {
        self.checked.get()
    }

    /// As [`checked`](Self::checked), without following it.
    pub fn checked_untracked(self) -> Document {
        self.checked.get_untracked()
    }

    /// How the search for problems stands.
    pub fn checking(self) -> Checking {
        self.checking.get()
    }

    /// Looks for problems from now on. Before that the worker would only delay the page.
    pub fn begin_checking(self) {
        self.checking.set(Checking::Idle);
        self.check();
    }

    /// Has the worker look for the problems of what is shown, if it has nothing to do.
    fn check(self) {
        let document = self.shown.get_untracked();
        if document.is_awaited() {
            return;
        }
        let checking = self.checking.get_untracked();
        if document.is_checked() || checking == Checking::NotYet {
            self.checked.set(document);
            return;
        }
        if checking == Checking::UnderWay {
            return;
        }
        self.checking.set(Checking::UnderWay);
        let text = document.text().to_string();
        let target = document.target().clone();
        self.assistant.check(text, target, move |found| {
            self.checking.set(match found {
                Some(_) => Checking::Idle,
                None => Checking::Failed,
            });
            if !self.shown.with_untracked(|shown| shown.is(&document)) {
                return self.check();
            }
            self.checked.set(match found {
                Some(found) => document.with_diagnostics(found),
                None => document,
            });
        });
    }

    /// Has the problems of a definition looked for that is to become a state machine of a type.
    pub fn check_definition(
        self,
        text: String,
        workflow_type: WorkflowType,
        then: impl FnOnce(Option<Vec<Diagnostic>>) + 'static,
    ) {
        let target = Target::of_type(workflow_type);
        self.assistant.check(text, target, then);
    }

    /// Has a picture drawn.
    pub fn draw(self, subject: Subject, then: impl FnOnce(Option<String>) + 'static) {
        let target = self
            .document
            .with_untracked(|document| document.target().clone());
        self.assistant.draw(subject, target, then);
    }

    /// Means another state machine of the text, or the same as one of another type.
    pub fn aim(self, target: Target) {
        if self.is_read_only.get_untracked() {
            return;
        }
        let document = self.document.get_untracked().with_target(target);
        self.put(document, Analyse::Now);
    }

    /// How many errors it has.
    pub fn error_count(self) -> Signal<usize> {
        let count = move || {
            let document = self.checked();
            let problems = document.diagnostics().iter();
            problems
                .filter(|problem| problem.severity.is_error())
                .count()
        };
        memo(count).into()
    }

    /// Shows the document as it stands, at once.
    pub fn catch_up(self) {
        self.timer.update_value(|timer| *timer = None);
        let document = self.document.get_untracked();
        let is_shown = self.shown.with_untracked(|shown| shown.is(&document));
        if !is_shown && !self.read_elsewhere(&document) {
            self.shown.set(document);
            self.check();
        }
    }

    /// Has a document read by the worker, if it takes more than the page has; it is shown
    /// when that is done.
    fn read_elsewhere(self, document: &Document) -> bool {
        if !document.is_awaited() {
            return false;
        }
        let asked = document.clone();
        self.assistant.read(document, move |reading| {
            if !self.document.with_untracked(|document| document.is(&asked)) {
                return;
            }
            let document = match reading {
                Some(reading) => asked.with_reading(reading),
                None => asked.read_as_json(),
            };
            self.document.set(document.clone());
            self.shown.set(document);
            self.check();
        });
        true
    }

    /// Takes another document; a large one is analysed when typing pauses.
    fn put(self, document: Document, when: Analyse) {
        let is_large = document.text().len() > MOST_AT_ONCE;
        self.document.set(document);
        if let Some(waiting) = self.timer.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
        if when == Analyse::Now {
            // Of another document nothing older may be shown.
            let document = self.document.get_untracked();
            self.shown.set(document.clone());
            self.checked.set(document.clone());
            self.read_elsewhere(&document);
            self.check();
            return;
        }
        if !is_large {
            self.catch_up();
            return;
        }
        let timer = set_timeout_with_handle(move || self.catch_up(), PAUSE);
        match timer {
            Ok(timer) => self.timer.set_value(Some(timer)),
            Err(_) => self.catch_up(),
        }
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
        let target = record.beside.target.clone();
        let document = Document::open_definition(record.text.clone(), target);
        self.put(document, Analyse::Now);
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

    /// Applies an edit made outside the editor, to the text that panels show. While that is
    /// older than the document the edit would not fit, so what is shown catches up instead.
    pub fn edit(self, edit: &TextEdit) {
        if untrack(|| self.is_behind()) {
            self.catch_up();
            return;
        }
        self.commit(edit, ChangeKind::Command, Origin::Panel);
    }

    /// Applies the fix of a problem, unless the text has changed since it was found.
    pub fn repair(self, edit: &TextEdit) {
        if self.checked.get_untracked() == self.document.get_untracked() {
            self.edit(edit);
        } else {
            self.catch_up();
        }
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
        self.put(after, Analyse::WhenTypingPauses);
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
        self.put(document, Analyse::WhenTypingPauses);
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
